"""What a decision writes exactly, as a cell of a spreadsheet: a real number where one can hold it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mixrules.engine.decision import Distance
from mixrules.engine.observe import HUNDREDTHS, shown_text
from mixrules.message import Lang, format_number, format_quantity
from mixrules.message.wording import word

Shown = tuple[str | int | float | date | None, str]
"""A value and its number format; a text has none."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> Shown:
    """A text that a spreadsheet accepts."""
    return UNSEEN.sub("", value)[:32_000], ""


def quantity(written: str, unit: str, lang: Lang) -> Shown:
    """A number of a decision (`5/20`, `1272000.00`, `3..5`, `unknown`), with its unit in the number format."""
    if not written:
        return None, ""
    if unit == "date" and ".." not in written and written != "unknown":
        return date.fromisoformat(written), "dd/mm/yyyy"
    try:
        exact = Fraction(written)
    except (ValueError, ZeroDivisionError):
        words = {"yes": word("yes", lang), "no": word("no", lang), "unknown": word("unknown", lang)}
        return text(words.get(written) or shown_text(written, unit, lang) or word("unknown", lang))
    number = as_double(exact)
    if number is None:
        return text(format_quantity(exact, unit, lang))
    return number, number_format(exact, unit, lang)


def distance(short: Distance | None, lang: Lang) -> Shown:
    """How far a requirement is from being met; the format says which way."""
    if short is None:
        return None, ""
    value, code = quantity(short.value, short.unit, lang)
    said = word("short_of" if short.direction == "missing" else "over_by", lang)
    return (f"{said} {value}", "") if isinstance(value, str) else (value, f'"{said} "{code}')


def as_double(exact: Fraction) -> float | int | None:
    """The number as a spreadsheet holds it, or None where fifteen digits do not write it exactly."""
    if exact.denominator == 1 and abs(exact) < 10**15:
        return int(exact)
    number = float(f"{float(exact):.15g}")
    return number if Fraction(Decimal(f"{number:.15g}")) == exact else None


def number_format(exact: Fraction, unit: str, lang: Lang) -> str:
    """How a number shows: thousands grouped, as many decimals as it has (at least two for money and areas)."""
    percent = unit in {"ratio", "%"}
    scaled = exact * 100 if percent else exact
    decimals = next((n for n in range(10) if (scaled * 10**n).denominator == 1), 10)
    if unit in HUNDREDTHS or percent:
        decimals = max(decimals, 2)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if percent:
        return f"{digits} %"
    suffix = format_quantity(exact, unit, lang).removeprefix(format_number(exact, lang)).strip()
    return f'{digits} "{suffix}"' if suffix else digits
