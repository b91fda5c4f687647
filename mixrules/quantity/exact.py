"""Exact numbers: how they enter from text and spreadsheets, and how they are written back."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import inf, isfinite

Exact = int | Fraction
"""An exact rational; integers stay `int` for speed."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_NUMBER = re.compile(r"[+-]?(\d+(?:[.,]\d+)?|[.,]\d+)(?:/(\d+))?")
_GROUPED = re.compile(r"[+-]?\d{1,3}([\s\u00a0\u202f\u2009'])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
LONGEST = 40
"""The longest number accepted, in characters: no dwelling, price or area needs more."""


MOST_PLACES = 1000
"""The most decimals written; a longer number is written as a fraction."""


class NotExactError(ValueError):
    """A value that is not one exact number."""


def simplify(value: Exact) -> Exact:
    """Give an integer back when a fraction is whole."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def parse_exact(value: object) -> Exact:
    """Read one exact number.

    Text may hold French or English decimals, spaces between thousands and a fraction (`7/36`).
    A binary float enters through its shortest decimal form (`0.1` is one tenth).

    Raises:
        NotExactError: booleans, infinities, and anything that is not one number.
    """
    if isinstance(value, bool):
        raise NotExactError(str(value))
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return simplify(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise NotExactError(str(value))
        return simplify(Fraction(Decimal(repr(value))))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise NotExactError(str(value))
        return simplify(Fraction(value))
    if isinstance(value, str):
        return _parse_text(value)
    raise NotExactError(str(value))


def _parse_text(text: str) -> Exact:
    stripped = text.strip()
    if len(stripped) > LONGEST:
        raise NotExactError(stripped[:LONGEST] + "…")
    compact = _SPACES.sub("", stripped)
    if compact != stripped and not _GROUPED.fullmatch(stripped):
        raise NotExactError(text)
    match = _NUMBER.fullmatch(compact)
    if not match:
        raise NotExactError(text)
    numerator, _, denominator = compact.replace(",", ".").partition("/")
    if denominator and int(denominator) == 0:
        raise NotExactError(text)
    number = Fraction(numerator)
    return simplify(number / int(denominator) if denominator else number)


@lru_cache(maxsize=8192)
def canonical(value: Exact | float) -> str:
    """Write an exact number one way only: a decimal if it ends, else a reduced fraction."""
    if value == inf:
        return "unlimited"
    if isinstance(value, int):
        return str(value)
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    denominator, places = exact.denominator, 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    while denominator % 5 == 0:
        denominator //= 5
        places += 1
    while denominator % 2 == 0:
        denominator //= 2
        places += 1
    if denominator != 1 or places > MOST_PLACES:
        return f"{exact.numerator}/{exact.denominator}"
    scaled = exact * 10**places
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 else text


def in_unit(value: Exact | float, unit: str) -> str:
    """Write an exact number as a decision does: ratios as fractions, money to the cent, the rest canonical."""
    if value == inf:
        return "unlimited"
    exact = Fraction(value)
    if unit == "ratio":
        return f"{exact.numerator}/{exact.denominator}"
    if unit == "€" and (exact * 100).denominator == 1:
        cents = abs(exact.numerator * 100 // exact.denominator)
        return f"{'-' if exact < 0 else ''}{cents // 100}.{cents % 100:02d}"
    return canonical(value)
