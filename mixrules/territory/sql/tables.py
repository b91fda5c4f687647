"""Dated tables as SQL: exact keys, steps, bands and interpolation, read as `engine.tables` reads them.

A key that is not known may reach several rows, or none. What a table gives is then what may be said of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mixrules.engine.tables import Table
from mixrules.quantity import Exact
from mixrules.rulebook.model import Bounds, Row
from mixrules.rulebook.tree import Type
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    Sql,
    bit_count,
    both,
    case,
    either,
    is_open,
    no,
    product,
    related,
    sql,
    text,
    total,
    whole,
)
from mixrules.territory.sql.line import Line, clipped
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.value import Mask, Text, Truth, Value, bits, constant


@dataclass(frozen=True, slots=True)
class Reached:
    """A value of a table, and when a key may reach it; a number may depend on the key."""

    when: Sql
    value: Any
    lo: Bound | None = None
    hi: Bound | None = None


def read(table: Table, keys: Sequence[Value], members: tuple[str, ...], let: Let) -> Value:
    """The value for keys: « sans objet » where the table has none, unknown where it has no version."""
    unknown = constant(table.unknown(), table.type, members)
    if table.version is None:
        return unknown
    gone = let(either(*(key.absent for key in keys)))
    alone = len(keys) == 1
    doubt = let(both(no(gone), either(*(_unread(key, alone) for key in keys))))
    rows, missed = _reached(table, keys, let)
    rows = [row for row in rows if row.when != NO]
    missed = either(missed, *(row.when for row in rows if row.value is None))
    rows = [row for row in rows if row.value is not None]
    found = let(either(*(row.when for row in rows)))
    absent = let(either(gone, both(no(doubt), no(found))))
    torn = let(both(no(doubt), missed, found))
    return _joined(table.type, rows, unknown, doubt, torn, absent, members)


def _unread(key: Value, alone: bool) -> Sql:
    """Whether a key is not known well enough to look it up; one number alone may reach several rows."""
    if isinstance(key, Number):
        return key.undefined if alone else no(number.known(key))
    return is_open(key.sql)


def _joined(
    kind: Type,
    rows: list[Reached],
    unknown: Value,
    doubt: Sql,
    torn: Sql,
    absent: Sql,
    members: Sequence[str],
) -> Value:
    """What may be said of every value reached; nothing where it may also be that there is none."""
    if isinstance(unknown, Number):
        return _numbers(rows, either(doubt, torn), absent)
    if isinstance(unknown, Mask):
        found: Sql = whole(0)
        for row in rows:
            bit = whole(bits(members, frozenset({str(row.value)})))
            found = sql("({} | {})", found, case(row.when, bit, ZERO))
        blank = Sql("NULL::BIGINT")
        return Mask(case(doubt, unknown.sql, case(torn, blank, found)), tuple(members), absent)
    by_value = {value: either(*(r.when for r in rows if r.value == value)) for value in _values(rows)}
    several = either(*(both(a, b) for i, a in enumerate(by_value.values()) for b in [*by_value.values()][:i]))
    blank, written = (OPEN, {True: YES, False: NO}) if kind.kind == "yes_no" else (Sql("NULL::VARCHAR"), {})
    one = blank
    for value, when in by_value.items():
        one = case(when, written.get(value) or text(str(value)), one)
    made = case(either(doubt, torn, absent, several), blank, one)
    return Truth(made, absent) if kind.kind == "yes_no" else Text(made, absent)


def _values(rows: Sequence[Reached]) -> list[Any]:
    return list(dict.fromkeys(row.value for row in rows))


def _numbers(rows: list[Reached], blank: Sql, absent: Sql) -> Number:
    if not rows:
        return number.ABSENT if blank == NO else number.replace_absent(number.EMPTY, absent)
    low, high = number.first_of(_ascending(rows)), number.first_of(_ascending(rows, turned=True))
    nonneg = all(row.lo is None and row.value >= 0 for row in rows)
    made = Number(low, high, NO, NO, nonneg)
    return number.replace_absent(number.blanked(made, blank), absent)


def _ascending(rows: list[Reached], *, turned: bool = False) -> list[tuple[Sql, Bound]]:
    """Bounds and when they are reached, the lowest first; of bands that interpolate one alone is reached."""
    if any(row.lo is not None for row in rows):
        return [(row.when, (row.hi if turned else row.lo) or number.exact(row.value)) for row in rows]
    return [
        (either(*(row.when for row in rows if row.value == value)), number.exact(value))
        for value in sorted(_values(rows), reverse=turned)
    ]


# -- which rows a key reaches --------------------------------------------------------------------------


def _reached(table: Table, keys: Sequence[Value], let: Let) -> tuple[list[Reached], Sql]:
    """The rows that keys may reach, and whether they may reach none."""
    if table.parameter.match == "band":
        return _bands(table, keys[0], let)
    held = {row.keys: row.values[table.index] for row in reversed(table.rows)}
    key = keys[0]
    if isinstance(key, Number) and len(keys) == 1:
        way = _steps if table.parameter.match == "step" else _marks
        return way({row[0]: value for row, value in held.items()}, key, let)
    rows = []
    for row, value in reversed(held.items()):
        when = both(*(_reaches(key, at) for key, at in zip(keys, row, strict=True)))
        rows.append(Reached(let(when), value))
    return rows, _fewer(rows, keys, let)


def _fewer(rows: list[Reached], keys: Sequence[Value], let: Let) -> Sql:
    """Whether fewer rows are reached than keys are possible."""
    masks = [key for key in keys if isinstance(key, Mask)]
    whens = [row.when for row in rows if row.when != NO]
    if not masks:
        return no(either(*whens))
    hits = let(total(*(ONE if when == YES else sql("({})::INTEGER", when) for when in whens)))
    return let(related(hits, "<", product(*(bit_count(mask.sql) for mask in masks))))


def _reaches(key: Value, at: Any) -> Sql:
    """Whether a key may be the key of a row; never null."""
    if isinstance(key, Mask):
        bit = bits(key.members, frozenset({str(at)}))
        if key.sql.constant is not None:
            return YES if key.sql.constant & bit else NO
        return sql(f"(coalesce({{}}, 0) & {bit} > 0)", key.sql, sure=True) if bit else NO
    if isinstance(key, Number):
        return number.equal_to(key, at)
    wanted = (YES if at else NO) if isinstance(key, Truth) else text(str(at))
    return sql("coalesce({} = {}, FALSE)", key.sql, wanted, sure=True)


def _marks(held: dict[Any, Any], key: Number, let: Let) -> tuple[list[Reached], Sql]:
    """Exact numbers: a number that is not known may be none of them."""
    rows = [Reached(let(number.may_be(key, mark)), value) for mark, value in held.items()]
    return rows, either(no(number.known(key)), no(either(*(row.when for row in rows))))


def _steps(held: dict[Any, Any], key: Number, let: Let) -> tuple[list[Reached], Sql]:
    """Each row serves from its key on, up to the next one; nothing serves below the first."""
    marks = sorted(held)
    starts = [number.compared(key.hi, number.exact(mark), ">=") for mark in marks]
    ends = [number.compared(key.lo, number.exact(mark), "<") for mark in marks]
    rows = [
        Reached(let(both(start, end)), held[mark])
        for mark, start, end in zip(marks, starts, [*ends[1:], YES], strict=False)
    ]
    return rows, ends[0] if ends else YES


def _bands(table: Table, key: Value, let: Let) -> tuple[list[Reached], Sql]:
    """Bands do not overlap: a key that one band covers touches no other."""
    assert isinstance(key, Number)
    rows = [_band(row, table.index, key, let) for row in table.rows]
    covered = either(*(_covers(row.keys[0], key) for row in table.rows))  # type: ignore[arg-type]
    return rows, no(let(covered))


def _band(row: Row, index: int, key: Number, let: Let) -> Reached:
    bounds, start = row.keys[0], row.values[index]
    assert isinstance(bounds, Bounds)
    when = let(_touches(bounds, key))
    if not row.until:
        return Reached(when, start)
    assert bounds.low is not None
    assert bounds.high is not None
    slope = (Fraction(row.until[index]) - Fraction(start)) / Fraction(bounds.high - bounds.low)  # type: ignore[arg-type]
    line = Line.through(bounds.low, start, slope)  # type: ignore[arg-type]
    ends = [
        number.kept(line.at(number.kept(clipped(end, bounds.low, bounds.high), let)), let)
        for end in dict.fromkeys([key.lo, key.hi])
    ]
    return Reached(when, start, *((ends[0], ends[-1]) if slope >= 0 else (ends[-1], ends[0])))


def by_bounds(band: Bounds) -> tuple[bool, Exact]:
    """The order in which bands follow each other."""
    return (band.low is not None, band.low or 0)


def beside(bound: Bound, mark: Exact | None, op: str) -> Sql:
    """Whether a bound is on one side of a mark; where there is none, it is."""
    return YES if mark is None else number.compared(bound, number.exact(mark), op)


def _touches(bounds: Bounds, key: Number) -> Sql:
    return _between(bounds, key.hi, key.lo)


def _covers(bounds: Bounds, key: Number) -> Sql:
    return _between(bounds, key.lo, key.hi)


def _between(bounds: Bounds, above: Bound, below: Bound) -> Sql:
    """Whether one bound is above the low end of a band, and another below its high end."""
    low = beside(above, bounds.low, ">" if bounds.low_open else ">=")
    return both(low, beside(below, bounds.high, "<" if bounds.high_open else "<="))


# -- whether a table has a key -------------------------------------------------------------------------


def holds(table: Table, key: Value, let: Let) -> Sql:
    """Whether the table has a row for a first key; unknown where it has no version."""
    if table.version is None:
        return OPEN
    held: list[Any] = [row.keys[0] for row in table.rows]
    if isinstance(key, Number):
        sure, possible = _holding(table.parameter.match, held, key, let)
        return case(key.absent, NO, case(key.undefined, OPEN, case(sure, YES, case(possible, OPEN, NO))))
    if isinstance(key, Mask):
        return case(key.absent, NO, within(key, frozenset(map(str, held))))
    if isinstance(key, Text):
        return case(key.absent, NO, one_of(key.sql, sorted({str(at) for at in held})))
    truths = [related(key.sql, "=", YES if at else NO) for at in dict.fromkeys(held)]
    return case(key.absent, NO, either(*truths) if truths else case(_unread(key, True), OPEN, NO))


def _holding(match: str, held: list[Any], key: Number, let: Let) -> tuple[Sql, Sql]:
    """Whether a number is surely held, and whether it may be."""
    if match == "band":
        return either(*(_covers(band, key) for band in held)), either(*(_touches(b, key) for b in held))
    if match == "step":
        first = min(held, default=None)
        ends = (key.lo, key.hi)
        return tuple(NO if first is None else beside(end, first, ">=") for end in ends)  # type: ignore[return-value]
    possible = let(either(*(number.may_be(key, mark) for mark in held)))
    return both(number.known(key), possible), possible


def within(item: Mask, choices: frozenset[str]) -> Sql:
    """Yes where every member it may be is chosen, no where none is."""
    chosen = item.bits(choices)
    if item.sql.constant is not None:
        mask = item.sql.constant
        return YES if not mask & ~chosen else OPEN if mask & chosen else NO
    others = (1 << len(item.members)) - 1 - chosen
    if not chosen:
        return case(is_open(item.sql), OPEN, NO)
    if item.single:
        return sql(f"({{}} & {chosen} <> 0)", item.sql, sure=True)
    written = f"CASE WHEN {{}} & {others} = 0 THEN TRUE WHEN {{}} & {chosen} = 0 THEN FALSE END"
    return sql(written, item.sql, item.sql, sure=False)


def one_of(column: Sql, words: Sequence[str]) -> Sql:
    """Whether a text is one of some words."""
    if not words:
        return case(is_open(column), OPEN, NO)
    listed = ", ".join(text(word).text for word in words)
    return sql(f"({{}} IN ({listed}))", column)
