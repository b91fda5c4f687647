"""SQL expressions and the stages that name them, so that what is used twice is written and computed once.

A yes/no expression is three-valued as SQL is: null is unknown, and `AND`, `OR` and `NOT` are Kleene's.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from mixrules.message import Problem

GREATEST = 2**126


class RefusalError(Exception):
    """A construct that the compiler does not hold; `why` names it, in the words of the catalogue."""

    def __init__(self, code: str, /, **values: str | int) -> None:
        self.why = Problem(code, args=tuple((name, str(value)) for name, value in values.items()))
        super().__init__(self.why.sentence("en"))


@dataclass(frozen=True, slots=True)
class Sql:
    """An expression: its text, the last stage whose columns it reads, and whether it is never null."""

    text: str
    level: int = 0
    sure: bool = False

    @property
    def atomic(self) -> bool:
        """Whether it is a column or a constant."""
        return self.blank or self.text.replace("_", "").removeprefix("-").isalnum()

    @property
    def blank(self) -> bool:
        """Whether it is known while compiling to be null."""
        return self.text.startswith("NULL::") and self.text.removeprefix("NULL::").isalnum()

    @property
    def constant(self) -> int | None:
        """The whole number that it writes, if it does."""
        return int(self.text) if self.text.removeprefix("-").isdigit() else None


YES, NO, OPEN = Sql("TRUE", sure=True), Sql("FALSE", sure=True), Sql("NULL::BOOLEAN")
ZERO, ONE = Sql("0", sure=True), Sql("1", sure=True)
RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def whole(value: int) -> Sql:
    """A whole number; the database would read a greater one as a binary float."""
    if abs(value) >= GREATEST:
        raise RefusalError("refusal_wide")
    return Sql(str(value), sure=True)


def truth(value: bool | None) -> Sql:
    """A yes, a no or an unknown."""
    return OPEN if value is None else YES if value else NO


def text(value: str) -> Sql:
    """A text constant."""
    return Sql("'" + value.replace("'", "''") + "'", sure=True)


def name(column: str) -> str:
    """A column's name, quoted."""
    return '"' + column.replace('"', '""') + '"'


def sql(template: str, *parts: Sql, sure: bool | None = None) -> Sql:
    """An expression made of others; unless told, it is never null when they never are."""
    written = template.format(*(part.text for part in parts))
    level = max((part.level for part in parts), default=0)
    return Sql(written, level, all(part.sure for part in parts) if sure is None else sure)


def related(left: Sql, op: str, right: Sql) -> Sql:
    """A comparison, worked out where both sides are whole numbers known while compiling."""
    a, b = left.constant, right.constant
    if a is not None and b is not None:
        return truth(RELATIONS[op](a, b))
    if left == right and left.sure:
        return truth(op in {"=", "<=", ">="})
    return sql("({} " + op + " {})", left, right)


def is_open(part: Sql) -> Sql:
    """Whether an expression is null."""
    if part.sure or part.blank:
        return NO if part.sure else YES
    return sql("({} IS NULL)", part, sure=True)


def surely(part: Sql) -> Sql:
    """Whether a condition is known to hold."""
    return part if part.sure else NO if part.blank else sql("coalesce({}, FALSE)", part, sure=True)


def possibly(part: Sql) -> Sql:
    """Whether a condition holds or may hold."""
    return part if part.sure else YES if part.blank else sql("coalesce({}, TRUE)", part, sure=True)


def bit_count(mask: Sql) -> Sql:
    """How many bits are set."""
    return sql("bit_count({})", mask) if mask.constant is None else whole(mask.constant.bit_count())


def as_day(ordinal: Sql) -> Sql:
    """The date of an ordinal, as Python counts days."""
    return sql("(DATE '0001-01-01' + ({} - 1)::INTEGER)", ordinal)


def as_ordinal(date: Sql) -> Sql:
    """A date as its ordinal."""
    return sql("(({} - DATE '0001-01-01') + 1)", date)


def both(*parts: Sql) -> Sql:
    """Yes when all are yes."""
    return _junction(parts, "AND", YES, NO)


def either(*parts: Sql) -> Sql:
    """Yes when one is yes."""
    return _junction(parts, "OR", NO, YES)


def _junction(parts: Iterable[Sql], word: str, neutral: Sql, decisive: Sql) -> Sql:
    kept = list(dict.fromkeys(part for part in parts if part != neutral))
    if decisive in kept:
        return decisive
    if not kept:
        return neutral
    if len(kept) == 1:
        return kept[0]
    return sql("(" + f" {word} ".join(["{}"] * len(kept)) + ")", *kept)


def no(part: Sql) -> Sql:
    """The negation."""
    if part in {YES, NO}:
        return NO if part == YES else YES
    return part if part == OPEN else sql("(NOT {})", part)


def case(when: Sql, then: Sql, otherwise: Sql) -> Sql:
    """A choice; a condition that is not known chooses the second."""
    if when == YES or then == otherwise:
        return then
    if when in {NO, OPEN}:
        return otherwise
    if when.sure and then in {YES, NO} and otherwise in {YES, NO}:
        return when if then == YES else no(when)
    return sql("CASE WHEN {} THEN {} ELSE {} END", when, then, otherwise, sure=then.sure and otherwise.sure)


def total(*parts: Sql) -> Sql:
    """A sum of whole numbers."""
    known = sum(c for part in parts if (c := part.constant) is not None)
    rest = [part for part in parts if part.constant is None]
    if not rest:
        return whole(known)
    if known:
        rest.append(whole(known))
    return rest[0] if len(rest) == 1 else sql("(" + " + ".join(["{}"] * len(rest)) + ")", *rest)


def product(*parts: Sql) -> Sql:
    """A product of whole numbers."""
    known = 1
    for part in parts:
        known *= part.constant if part.constant is not None else 1
    rest = [part for part in parts if part.constant is None]
    if not rest or known == 0:
        return whole(known)
    if known != 1:
        rest.append(whole(known))
    return rest[0] if len(rest) == 1 else sql("(" + " * ".join(["{}"] * len(rest)) + ")", *rest)


def divisor(n: Sql, d: Sql) -> Sql:
    """The greatest common divisor of two whole numbers, the second of which is positive."""
    return sql("divisor({}, {})", n, d)


def quotient(n: Sql, d: Sql) -> Sql:
    """The whole part of a quotient of whole numbers, towards zero."""
    return sql("quotient({}, {})", n, d)


class Stages:
    """Named expressions, stage by stage: each stage reads the columns of those before it."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.columns: list[dict[str, str]] = []
        self._known: dict[str, Sql] = {}

    def let(self, expression: Sql) -> Sql:
        """The column of an expression; equal ones share it."""
        if expression.atomic:
            return expression
        known = self._known.get(expression.text)
        if known is None:
            while len(self.columns) <= expression.level:
                self.columns.append({})
            made = f"{self.prefix}{len(self._known)}"
            self.columns[expression.level][made] = expression.text
            known = self._known[expression.text] = Sql(made, expression.level + 1, expression.sure)
        return known

    def over(self, source: str, kept: str, read: Iterable[str]) -> str:
        """A query that gives the named columns which some expressions read, beside some columns of its source.

        A stage hands on what is read after it and no more: planning a query takes as long as its stages are wide.
        """
        carried = ", ".join(one.rpartition(" AS ")[2] for one in kept.split(", "))
        for stage, passed in self._live(read):
            added = "".join(f",\n  {written} AS {column}" for column, written in stage.items())
            source = f"(SELECT {', '.join([kept, *passed])}{added}\nFROM {source})"
            kept = carried
        return source

    def _live(self, read: Iterable[str]) -> list[tuple[dict[str, str], list[str]]]:
        """The columns of each stage that are read, and those of earlier stages that are read after it."""
        order = {column: place for place, column in enumerate(chain.from_iterable(self.columns))}
        named = re.compile(rf"\b{self.prefix}\d+\b")

        def columns(texts: Iterable[str]) -> set[str]:
            return order.keys() & set(chain.from_iterable(map(named.findall, texts)))

        wanted = columns(read)
        found = []
        for stage in reversed(self.columns or [{}]):
            mine = {column: written for column, written in stage.items() if column in wanted}
            later = wanted - mine.keys()
            found.append((mine, sorted(later, key=order.__getitem__)))
            wanted = later | columns(mine.values())
        return found[::-1]
