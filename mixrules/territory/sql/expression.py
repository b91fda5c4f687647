"""SQL expressions and the stages that name them, so that what is used twice is written and computed once.

A yes/no expression is three-valued as SQL is: null is unknown, and `AND`, `OR` and `NOT` are Kleene's.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    """An expression: its text, the last stage whose columns it reads, and whether it is never null.

    `afar` tells that it reads nothing but what is worked out beside its own stages.
    """

    text: str
    level: int = 0
    sure: bool = False
    afar: bool = field(default=False, compare=False)

    @property
    def atomic(self) -> bool:
        """Whether it is a column or a constant."""
        return self.blank or self.text.replace("_", "").removeprefix("-").isalnum()

    @property
    def blank(self) -> bool:
        """Whether it is known while compiling to be null."""
        return self.text.startswith("NULL::") and self.text.removeprefix("NULL::").isalnum()

    @property
    def literal(self) -> bool:
        """Whether it reads nothing."""
        return self.blank or self.text in {"TRUE", "FALSE"} or self.constant is not None

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
    afar = any(part.afar for part in parts) and all(part.afar or part.literal for part in parts)
    return Sql(written, level, all(part.sure for part in parts) if sure is None else sure, afar)


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


MACROS = (
    "quotient(n, d) AS coalesce((TRY_CAST(n AS BIGINT) // TRY_CAST(d AS BIGINT))::HUGEINT, n::HUGEINT // d::HUGEINT)",
    "divisor(n, d) AS coalesce(gcd(TRY_CAST(n AS BIGINT), TRY_CAST(d AS BIGINT))::HUGEINT, gcd(n::HUGEINT, d::HUGEINT))",
)
"""Divisions of whole numbers: on 64 bits they take a tenth of the time that they take on 128."""


def divisor(n: Sql, d: Sql) -> Sql:
    """The greatest common divisor of two whole numbers, the second of which is positive."""
    return sql("divisor({}, {})", n, d)


def quotient(n: Sql, d: Sql) -> Sql:
    """The whole part of a quotient of whole numbers, towards zero."""
    return sql("quotient({}, {})", n, d)


class Stages:
    """Named expressions, stage by stage: each stage reads the columns of those before it, and of what is beside."""

    def __init__(self, prefix: str, beside: Beside | None = None) -> None:
        self.prefix = prefix
        self.beside = beside
        self.columns: list[dict[str, str]] = []
        self._known: dict[str, Sql] = {}
        self._levels: dict[str, int] = {}
        self._named = re.compile(rf"\b{prefix}\d+\b")

    def let(self, expression: Sql) -> Sql:
        """The column of an expression; equal ones share it."""
        if expression.atomic:
            return expression
        if expression.afar and self.beside is not None:
            return self.beside.let(expression)
        known = self._known.get(expression.text)
        if known is None:
            while len(self.columns) <= expression.level:
                self.columns.append({})
            made = f"{self.prefix}{len(self._known)}"
            self.columns[expression.level][made] = expression.text
            self._levels[made] = expression.level + 1
            known = self._known[expression.text] = Sql(made, expression.level + 1, expression.sure)
        return known

    def over(self, source: str, kept: str, read: Iterable[str]) -> str:
        """A query that gives the named columns which some expressions read, beside some columns of its source.

        A stage hands on what is read after it and no more: planning a query takes as long as its stages are wide.
        """
        (made, passed), *stages = self._live(read)
        if self.beside is not None:
            made = {column: self.beside.told(written) for column, written in made.items()}
            passed = [f"{self.beside.told(column)} AS {column}" for column in passed]
        source = _stage(kept, passed, made, source)
        kept = ", ".join(one.rpartition(" AS ")[2] for one in kept.split(", "))
        for made, passed in stages:
            source = _stage(kept, passed, made, source)
        return source

    def named(self, texts: Iterable[str]) -> set[str]:
        """The columns that some texts read."""
        return self._levels.keys() & set(chain.from_iterable(map(self._named.findall, texts)))

    def _live(self, read: Iterable[str]) -> list[tuple[dict[str, str], list[str]]]:
        """The columns of each stage that are read, and those made before it that are read after it."""
        order = {column: place for place, column in enumerate(chain.from_iterable(self.columns))}

        def columns(texts: Collection[str]) -> set[str]:
            return self.named(texts) | (self.beside.named(texts) if self.beside is not None else set())

        wanted = columns(list(read))
        found = []
        for stage in reversed(self.columns or [{}]):
            mine = {column: written for column, written in stage.items() if column in wanted}
            later = wanted - mine.keys()
            found.append((mine, sorted(later, key=lambda one: (order.get(one, -1), one))))
            wanted = later | columns(mine.values())
        return found[::-1]


def _stage(kept: str, passed: Iterable[str], made: Mapping[str, str], source: str) -> str:
    added = "".join(f",\n  {written} AS {column}" for column, written in made.items())
    return f"(SELECT {', '.join([kept, *passed])}{added}\nFROM {source})"


class Beside(Stages):
    """What lines read of the programme around them: worked out once for all of them, in a table of its own.

    `table` is what the stages beside these call it.
    """

    def __init__(self, prefix: str, table: str) -> None:
        super().__init__(prefix)
        self.table = table

    def let(self, expression: Sql) -> Sql:
        """The column of an expression, which the stages beside these read from the first on."""
        level = max((self._levels[column] for column in self.named([expression.text])), default=0)
        found = super().let(replace(expression, level=level))
        return found if found.literal else Sql(found.text, 0, found.sure, afar=True)

    def told(self, written: str) -> str:
        """A text in which the columns of the table bear its name."""
        return self._named.sub(rf"{self.table}.\g<0>", written)
