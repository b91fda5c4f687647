"""Pieces of spreadsheet formulas: truths as 0, 0.5 and 1, exact numbers as a quotient of two integers.

With no as 0, yes as 1 and unknown as one half, Kleene's logic is arithmetic that binary floats hold exactly: `and`
is MIN, `or` is MAX, `not` is 1 - x. Numbers never meet a decimal fraction: areas are counted in 0.01 m², money in
cents, and shares are compared by cross-multiplying their two integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from mixrules.message import LANGS, say

ROW = "\x00"
"""Stands for the number of the row in a formula that is written once for a column."""
NO, OPEN, YES = "0", "0.5", "1"
UNKNOWN, ABSENT = "inconnu", "sans objet"
"""What a cell of a number holds when it holds none."""
MOST = 10**14
"""Integers stay below: spreadsheets take numbers for equal that agree on 15 digits, before 2^53 is reached."""
EPOCH = 693_594
"""The ordinal of 1899-12-30, from which spreadsheets count days."""
NONE_SPELLED = ("sans objet", "néant", "neant", "none", "s.o.", "s o")
LONGEST_TEXT = 255
"""Characters of a text inside a formula at most."""


class NotHeldError(Exception):
    """A construct that formulas do not hold: its name in every language, an entry of the catalogue."""

    def __init__(self, key: str, /, **values: object) -> None:
        self.said = {lang: say(key, lang, **values) for lang in LANGS}
        super().__init__(self.said["en"])


@dataclass(frozen=True)
class Truth:
    """A yes/no value: a formula that gives 0, 0.5 or 1."""

    formula: str


@dataclass(frozen=True)
class Number:
    """An exact number `num / den`; `num` may be a text, « inconnu » or « sans objet », and `den` is above zero."""

    num: str
    den: int | str
    exact: Fraction | None = None


@dataclass(frozen=True)
class Choice:
    """A member of a list by its rank; 0 is unknown, -1 is « sans objet »."""

    code: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A free text; empty is unknown."""

    formula: str


Value = Truth | Number | Choice | Text


def constant(value: Fraction | int) -> Number:
    """A number that is written in the rule."""
    exact = Fraction(value)
    if max(abs(exact.numerator), exact.denominator) >= MOST:
        raise NotHeldError("live.number_too_large")
    return Number(str(exact.numerator), exact.denominator, exact)


ABSENT_NUMBER = Number(f'"{ABSENT}"', 1)
UNKNOWN_NUMBER = Number(f'"{UNKNOWN}"', 1)


def both(*truths: str) -> str:
    """Yes when all are yes."""
    return _joined("MIN", truths, neutral=YES, decisive=NO)


def either(*truths: str) -> str:
    """Yes when one is yes."""
    return _joined("MAX", truths, neutral=NO, decisive=YES)


def _joined(function: str, truths: tuple[str, ...], neutral: str, decisive: str) -> str:
    kept = [truth for truth in dict.fromkeys(truths) if truth != neutral]
    if decisive in kept:
        return decisive
    if len(kept) < 2:
        return kept[0] if kept else neutral
    return f"{function}({','.join(kept)})"


def no(truth: str) -> str:
    """The negation."""
    if truth in {NO, OPEN, YES}:
        return {NO: YES, OPEN: OPEN, YES: NO}[truth]
    return truth[3:-1] if truth.startswith("(1-") and _closed(truth) else f"(1-{truth})"


def _closed(text: str) -> bool:
    """Whether the first parenthesis closes at the very end."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index == len(text) - 1
    return False


def quoted(text: str) -> str:
    """A text inside a formula: it stays a text."""
    if len(text) > LONGEST_TEXT or any(ord(character) < 32 for character in text):
        raise NotHeldError("live.text_too_long")
    return '"' + text.replace('"', '""') + '"'


def known(*numbers: Number) -> str:
    """A condition: every number is one."""
    cells = [n.num for n in numbers if n.exact is None]
    if any(cell.startswith('"') for cell in cells):
        return "FALSE"
    return f"COUNT({','.join(cells)})={len(cells)}" if cells else "TRUE"


def times(*factors: int | str) -> str:
    """A product of integers, without the factors that are one."""
    whole = 1
    cells = []
    for factor in factors:
        if isinstance(factor, int) or factor.lstrip("-").isdigit():
            whole *= int(factor)
        else:
            cells.append(factor)
    if whole == 0 or not cells:
        return str(whole)
    return "*".join([*([str(whole)] if whole != 1 else []), *cells])


def crossed(a: Number, b: Number) -> tuple[str, str]:
    """Both numbers over one denominator: their numerators, to compare or add."""
    left, right = a.den, b.den
    if isinstance(left, int) and isinstance(right, int):
        common = gcd(left, right)
        left, right = left // common, right // common
    return times(a.num, right), times(b.num, left)


ODD_BLANKS = "\u00a0\u202f\u2007\u2009\u2002\u2003\u200a\u3000"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"


def cleaned(cell: str) -> str:
    """A text as the reader takes it: without invisible characters, doubled or odd spaces."""
    formula = f'{cell}&""'
    for code in (9, 10, 13):
        formula = f'SUBSTITUTE({formula},CHAR({code})," ")'
    for blank in ODD_BLANKS:
        formula = f'SUBSTITUTE({formula},"{blank}"," ")'
    for unseen in UNSEEN:
        formula = f'SUBSTITUTE({formula},"{unseen}","")'
    return f"TRIM({formula})"


def says_none(cell: str) -> str:
    """A condition: the cell says « sans objet »."""
    return "OR(" + ",".join(f'TRIM({cell})="{word}"' for word in NONE_SPELLED) + ")"
