"""Exact numbers, quantities and dates as people read them, in French or English typography.

Separators, patterns, names of months and plural categories are those of CLDR, through Babel; what is exact, what is
marked as cut and the names of what is counted are ours.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from math import inf
from typing import Literal, NamedTuple

from mixrules.message.catalogue.units import UNITS, UNLIMITED
from mixrules.message.lang import Lang
from mixrules.message.locale import category, locale

NO_BREAK_SPACE = "\u00a0"
CUT = f"≈{NO_BREAK_SPACE}"
"""Says that decimals were left out for reading."""

Style = Literal["number", "percent", "currency"]


def _decimals(value: Fraction) -> int | None:
    """How many decimals write a number exactly, or None when its decimal form never ends."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def _shown(value: Fraction, places: int) -> tuple[str, bool]:
    """The digits of a number's size as they are shown, a half rounded up, and whether decimals were cut."""
    needed = _decimals(value)
    shown = places if needed is None else min(needed, places)
    if needed is not None and needed > 0 and shown == 1 and places == 2:
        shown = 2
    scaled = abs(value) * 10**shown
    whole = scaled.numerator // scaled.denominator
    if 2 * (scaled - whole) >= 1:
        whole += 1
    text = str(whole).rjust(shown + 1, "0")
    digits = f"{text[:-shown]}.{text[-shown:]}" if shown else text
    return digits, needed is None or needed > shown


class _Pattern(NamedTuple):
    """How a language writes numbers: its separators, and what stands before and after (positive, negative)."""

    group: str
    point: str
    before: tuple[str, str]
    after: tuple[str, str]


@cache
def _pattern(style: Style, lang: Lang) -> _Pattern:
    known = locale(lang)
    signs = known.number_symbols["latn"]
    pattern = {
        "number": known.decimal_formats[None],
        "percent": known.percent_formats[None],
        "currency": known.currency_formats["standard"],
    }[style]
    before, after = (
        tuple(text.replace("¤", "€").replace("-", signs["minusSign"]) for text in side)
        for side in (pattern.prefix, pattern.suffix)
    )
    return _Pattern(signs["group"], signs["decimal"], before, after)


def _written(value: Fraction, style: Style, lang: Lang, places: int = 2) -> str:
    digits, cut = _shown(value, places)
    pattern, negative = _pattern(style, lang), value < 0
    whole, _, decimals = digits.partition(".")
    text = f"{int(whole):,}".replace(",", pattern.group) + (pattern.point + decimals if decimals else "")
    return f"{CUT if cut else ''}{pattern.before[negative]}{text}{pattern.after[negative]}"


@lru_cache(maxsize=8192)
def format_number(value: Fraction | float, lang: Lang = "fr", places: int = 2) -> str:
    """A number grouped by thousands; « ≈ » says that decimals beyond `places` were cut for reading."""
    if value == inf:
        return UNLIMITED[0 if lang == "fr" else 1]
    return _written(Fraction(value), "number", lang, places)


def format_ratio(value: Fraction | int, lang: Lang = "fr") -> str:
    """A ratio as a percentage with up to two decimals."""
    return _written(Fraction(value) * 100, "percent", lang)


@lru_cache(maxsize=8192)
def format_quantity(value: Fraction | float, unit: str, lang: Lang = "fr") -> str:
    """A number with its unit as written in a decision: `1 272 000 €`, `36,67 %`, `1 logement`."""
    if value == inf:
        return UNLIMITED[0 if lang == "fr" else 1]
    if unit == "date":
        return format_date(date.fromordinal(int(value)), lang)
    exact = Fraction(value)
    if unit in {"ratio", "%"}:
        return format_ratio(exact, lang)
    if unit in {"", "1", "value"}:
        return format_number(value, lang)
    if unit in UNITS:
        return (
            f"{format_number(value, lang)}{NO_BREAK_SPACE}{_noun(unit, Decimal(_shown(exact, 2)[0]), lang)}"
        )
    first, *per = unit.split("/")
    below = "".join(f"/{_noun(one, Decimal(1), lang)}" for one in per)
    if first == "€":
        return _written(exact, "currency", lang) + below
    return f"{format_number(value, lang)}{NO_BREAK_SPACE}{_noun(first, Decimal(_shown(exact, 2)[0]), lang)}{below}"


def unit_word(unit: str, lang: Lang = "fr") -> str:
    """A unit beside a number in a cell of its own: `logement`, `€/m²`; what is compared with it is left out."""
    if unit == "ratio":
        return "%"
    return "/".join(_noun(part, Decimal(1), lang) for part in unit.split(" of ", maxsplit=1)[0].split("/"))


def _noun(unit: str, number: Decimal, lang: Lang) -> str:
    """The name of what is counted, in the plural where the number asks for it; a sign stays itself."""
    forms = UNITS.get(unit)
    return forms.of(category(number, lang), lang) if forms is not None else unit


@lru_cache(maxsize=1024)
def format_date(day: date, lang: Lang = "fr") -> str:
    """A date in words: `1er mars 2026`, `1 March 2026`, whatever the machine's locale."""
    from babel import dates

    text = dates.format_date(day, "long", locale=locale(lang))
    # CLDR writes the first of a month as any other day; French does not.
    return f"1er{text.removeprefix('1')}" if lang == "fr" and day.day == 1 else text
