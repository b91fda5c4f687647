"""Exact numbers, quantities and dates as people read them, in French or English typography."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import inf

from mixrules.message.lang import Lang

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

UNIT_WORDS: dict[str, dict[Lang, tuple[str, str]]] = {
    "dwelling": {"fr": ("logement", "logements"), "en": ("dwelling", "dwellings")},
    "landing": {"fr": ("palier", "paliers"), "en": ("landing", "landings")},
    "stairwell": {"fr": ("cage", "cages"), "en": ("stairwell", "stairwells")},
    "storey": {"fr": ("étage", "étages"), "en": ("storey", "storeys")},
    "building": {"fr": ("bâtiment", "bâtiments"), "en": ("building", "buildings")},
    "block": {"fr": ("îlot", "îlots"), "en": ("block", "blocks")},
    "programme": {"fr": ("programme", "programmes"), "en": ("programme", "programmes")},
    "place": {"fr": ("place", "places"), "en": ("place", "places")},
    "bed": {"fr": ("lit", "lits"), "en": ("bed", "beds")},
    "room": {"fr": ("pièce", "pièces"), "en": ("room", "rooms")},
    "point": {"fr": ("point", "points"), "en": ("point", "points")},
    "person": {"fr": ("personne", "personnes"), "en": ("person", "people")},
    "household": {"fr": ("ménage", "ménages"), "en": ("household", "households")},
    "shared_place": {"fr": ("tiers-lieu", "tiers-lieux"), "en": ("shared place", "shared places")},
    "premise": {"fr": ("local", "locaux"), "en": ("premise", "premises")},
    "day": {"fr": ("jour", "jours"), "en": ("day", "days")},
    "month": {"fr": ("mois", "mois"), "en": ("month", "months")},
    "year": {"fr": ("an", "ans"), "en": ("year", "years")},
    "value": {"fr": ("valeur", "valeurs"), "en": ("value", "values")},
}

MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


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


def _digits(value: Fraction, places: int) -> str:
    scaled = abs(value) * 10**places
    whole = scaled.numerator // scaled.denominator
    if 2 * (scaled - whole) >= 1:
        whole += 1
    text = str(whole).rjust(places + 1, "0")
    return text if places == 0 else f"{text[:-places]}.{text[-places:]}"


@lru_cache(maxsize=8192)
def format_number(value: Fraction | float, lang: Lang = "fr", places: int = 2) -> str:
    """A number grouped by thousands; « ≈ » says that decimals beyond `places` were cut for reading."""
    if value == inf:
        return "illimité" if lang == "fr" else "unlimited"
    exact = Fraction(value)
    needed = _decimals(exact)
    shown = places if needed is None else min(needed, places)
    if needed is not None and needed > 0 and shown == 1 and places == 2:
        shown = 2
    digits = _digits(exact, shown)
    whole, _, decimals = digits.partition(".")
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    text = (NARROW_SPACE if lang == "fr" else ",").join(groups)
    if decimals:
        text += ("," if lang == "fr" else ".") + decimals
    sign = "-" if exact < 0 else ""
    mark = "≈\u00a0" if needed is None or needed > shown else ""
    return mark + sign + text


def format_ratio(value: Fraction | int, lang: Lang = "fr") -> str:
    """A ratio as a percentage with up to two decimals."""
    percent = format_number(Fraction(value) * 100, lang)
    return percent + (NO_BREAK_SPACE + "%" if lang == "fr" else "%")


@lru_cache(maxsize=8192)
def format_quantity(value: Fraction | float, unit: str, lang: Lang = "fr") -> str:
    """A number with its unit as written in a decision: `1 272 000 €`, `36,67 %`, `1 logement`."""
    if value == inf:
        return format_number(value, lang)
    if unit == "date":
        return format_date(date.fromordinal(int(value)), lang)
    if unit in {"ratio", "%"}:
        return format_ratio(Fraction(value), lang)
    number = format_number(value, lang)
    if unit in {"", "1", "value"}:
        return number
    words = UNIT_WORDS.get(unit)
    if words is not None:
        size = abs(Fraction(value))
        plural = size >= 2 if lang == "fr" else size != 1
        return f"{number}{NO_BREAK_SPACE}{words[lang][1 if plural else 0]}"
    for word, forms in UNIT_WORDS.items():
        unit = unit.replace(f"/{word}", f"/{forms[lang][0]}")
        if unit.startswith(f"{word}/"):
            unit = forms[lang][1] + unit[len(word) :]
    return f"{number}{NO_BREAK_SPACE}{unit}"


def format_date(day: date, lang: Lang = "fr") -> str:
    """A date in words: `1er mars 2026`, `1 March 2026`, whatever the machine's locale."""
    if lang == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number} {MONTHS_FR[day.month - 1]} {day.year}"
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{day.day} {names[day.month - 1]} {day.year}"
