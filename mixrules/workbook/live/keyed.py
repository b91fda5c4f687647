"""Dated tables in formulas: exact keys, steps, bands and interpolation."""

from __future__ import annotations

from fractions import Fraction
from itertools import product as combinations
from math import inf, lcm
from typing import TYPE_CHECKING, Any

from mixrules.engine.tables import Table
from mixrules.programme.category import CATEGORIES
from mixrules.quantity import ABSENT as NOT_HELD
from mixrules.quantity import Interval
from mixrules.rulebook.model import Bounds, Row
from mixrules.rulebook.tree import HasKey, Lookup, Type
from mixrules.workbook.live import arithmetic
from mixrules.workbook.live.formula import (
    ABSENT,
    ABSENT_NUMBER,
    EPOCH,
    MOST,
    UNKNOWN,
    Choice,
    NotHeldError,
    Number,
    Text,
    Truth,
    Value,
    both,
    constant,
    either,
    known,
    no,
    quoted,
    says_none,
    times,
)
from mixrules.workbook.live.words import FIRST

if TYPE_CHECKING:
    from mixrules.workbook.live.compiler import Compiler

MOST_ROWS = 2_000
"""Rows of a table that a formula looks through."""


def lookup(c: Compiler, node: Lookup, at: str) -> Value:
    """A value of a parameter in its version of the day; « sans objet » where the table has no row."""
    table = c.table(node)
    if table.version is None:
        raise NotHeldError("live.no_version_2", parameter=node.parameter)
    if not node.keys:
        return _plain(table, table.read(()))
    if len(table.rows) > MOST_ROWS:
        raise NotHeldError("live.table_too_long")
    keys = [c.value(key, at) for key in node.keys]
    if len(keys) == 1 and isinstance(keys[0], Number):
        key = keys[0]
        if table.parameter.match == "band":
            return _banded(c, at, table, key)
        return _picked(
            c, at, table, _rank_of_number(c, at, table, key), [row.values[table.index] for row in table.rows]
        )
    rank, raws = _rank(c, at, table, keys)
    return _picked(c, at, table, rank, raws)


def has_key(c: Compiler, node: HasKey, at: str) -> Truth:
    """Whether a table has a row for a first key."""
    parameter = c.book.parameters[node.parameter]
    table = Table(parameter, parameter.columns[0][0], c.day)
    if table.version is None:
        raise NotHeldError("live.no_version_2", parameter=node.parameter)
    key = c.value(node.key, at)
    if isinstance(key, Number):
        if parameter.match == "band":
            inside = either(*(_inside(row.keys[0], key) for row in table.rows))  # type: ignore[arg-type]
        else:
            inside = f"IF({_rank_of_number(c, at, table, key)}>0,1,0)"
        absent = f'{key.num}="{ABSENT}"'
        return c.keep(at, "clé", f"IF({known(key)},{inside},IF({absent},0,0.5))")
    held = {str(row.keys[0]) for row in table.rows}
    if isinstance(key, Choice):
        ranks = [str(n) for n, m in enumerate(key.members, start=1) if m in held]
        inside = f"IF(OR({','.join(f'{key.code}={r}' for r in ranks)}),1,0)" if ranks else "0"
        return c.keep(at, "clé", f"IF({key.code}=0,0.5,{inside})")
    if not isinstance(key, Text):
        raise NotHeldError("live.key_another_type")
    place = _place_of_text(c, key, sorted(held))
    return c.keep(at, "clé", f'IF({key.formula}="",0.5,IF({place}>0,1,0))')


# -- keys --------------------------------------------------------------------------------------------------


def _rank(c: Compiler, at: str, table: Table, keys: list[Value]) -> tuple[str, list[Any]]:
    """The rank of the combination of keys (-1 « sans objet », 0 unknown), and the raw value of each."""
    names: list[list[str]] = []
    places: list[str] = []
    states: list[str] = []
    for number, key in enumerate(keys):
        if isinstance(key, Choice):
            names.append(list(key.members))
            places.append(key.code)
            states.append(key.code)
        elif isinstance(key, Text):
            held = sorted({str(row.keys[number]) for row in table.rows})
            names.append(held)
            place = _place_of_text(c, key, held)
            found = f'IF({key.formula}="",0,IF({says_none(key.formula)},-1,IF({place}>0,{place},-1)))'
            cell = c.sheet(at).cell("clé", found)
            places.append(cell)
            states.append(cell)
        else:
            raise NotHeldError("live.table_number_another_key")
    held_rows = {tuple(map(str, row.keys)): row.values[table.index] for row in reversed(table.rows)}
    raws = [held_rows.get(combination) for combination in combinations(*names)]
    index = "1"
    size = 1
    for place, members in zip(reversed(places), reversed(names), strict=True):
        index = f"{index}+{times(f'({place}-1)', size)}"
        size *= len(members)
    least = f"MIN({','.join(states)})"
    # One key that is « sans objet » makes the value so, before another that is unknown.
    return c.sheet(at).cell("rang", f"IF({least}<0,-1,IF({least}=0,0,{index}))"), raws


def _place_of_text(c: Compiler, key: Text, held: list[str]) -> str:
    if not held:
        return "0"
    for text in held:
        quoted(text)
    every = c.inputs.words.column("clés", list(held))
    return f"SUMPRODUCT(EXACT({every},{key.formula})*(ROW({every})-{FIRST - 1}))"


def _rank_of_number(c: Compiler, at: str, table: Table, key: Number) -> str:
    """The rank of the row that a number equals, or of the last step that it reaches; -1 where there is none."""
    marks = [Fraction(row.keys[0]) for row in table.rows]  # type: ignore[arg-type]
    common = lcm(*(mark.denominator for mark in marks)) if marks else 1
    if any(abs(mark * common) >= MOST for mark in marks):
        raise NotHeldError("live.keys_too_large")
    if table.parameter.match == "step":
        if marks != sorted(marks):
            raise NotHeldError("live.steps_out_order")
        tests = [arithmetic.compare(">=", key, constant(mark)) for mark in marks]
        found = "+".join(tests) or "0"
        sure = both(*(f"IF({test}=0.5,0,1)" for test in tests))
        safe = f"IF({known(key)},{sure}=1,FALSE)"
    else:
        every = c.inputs.words.column("clés", [int(mark * common) for mark in marks])
        target = times(key.num, common)
        safe = f"IF({known(key)},ABS({target})<{MOST},FALSE)"
        found = f"SUMPRODUCT(({every}*{key.den}={target})*(ROW({every})-{FIRST - 1}))"
    rank = c.sheet(at).cell("rang", f"IF({safe},{found},0)")
    absent = f'IF({key.num}="{ABSENT}",-1,0)'
    return c.sheet(at).cell("rang", f"IF({safe},IF({rank}>0,{rank},-1),{absent})")


# -- values ------------------------------------------------------------------------------------------------


def _plain(table: Table, value: object) -> Value:
    if value is NOT_HELD:
        return ABSENT_NUMBER if table.type.kind in {"number", "date"} else Truth("0.5")
    if isinstance(value, Interval):
        if value.lo == inf:
            raise NotHeldError("live.unlimited")
        return constant(Fraction(value.value) - (EPOCH if table.type.kind == "date" else 0))
    if isinstance(value, bool):
        return Truth("1" if value else "0")
    if isinstance(value, frozenset) and len(value) == 1:
        members = _members(table)
        return Choice(str(members.index(next(iter(value))) + 1), members)
    if isinstance(value, str):
        return Text(quoted(value))
    raise NotHeldError("live.table_value_no_plain")


def _members(table: Table) -> tuple[str, ...]:
    kind: Type = table.type
    if kind.kind == "category" and kind.category in CATEGORIES:
        return tuple(CATEGORIES[kind.category].members)
    return tuple(
        sorted({str(row.values[table.index]) for row in table.rows if row.values[table.index] is not None})
    )


def _picked(c: Compiler, at: str, table: Table, rank: str, raws: list[Any]) -> Value:
    """The value at a rank: 0 is unknown unless the key is a number, -1 « sans objet »."""
    sheet, kind = c.sheet(at), table.type.kind
    if any(raw == inf for raw in raws):
        raise NotHeldError("live.unlimited")
    if kind in {"number", "date"}:
        shift = EPOCH if kind == "date" else 0
        values = [None if raw is None else Fraction(raw) - shift for raw in raws]
        den = lcm(*(v.denominator for v in values if v is not None)) if values else 1
        scaled: list[Any] = [ABSENT if v is None else int(v * den) for v in values]
        if any(isinstance(v, int) and abs(v) >= MOST for v in scaled):
            raise NotHeldError("live.values_too_large")
        found = _indexed(c, table, scaled, rank)
        return Number(sheet.cell("barème", _by_rank(table, rank, found, f'"{ABSENT}"', f'"{UNKNOWN}"')), den)
    if kind == "yes_no":
        found = _indexed(c, table, [0.5 if raw is None else int(raw) for raw in raws], rank)
        return c.keep(at, "barème", _by_rank(table, rank, found, "0.5", "0.5"))
    members = _members(table)
    found = _indexed(c, table, [-1 if raw is None else members.index(str(raw)) + 1 for raw in raws], rank)
    return Choice(sheet.cell("barème", _by_rank(table, rank, found, "-1", "0")), members)


def _indexed(c: Compiler, table: Table, values: list[Any], rank: str) -> str:
    return f"INDEX({c.inputs.words.column(table.parameter.name, values)},{rank})"


def _by_rank(table: Table, rank: str, found: str, absent: str, unknown: str) -> str:
    del table
    return f"IF({rank}>0,{found},IF({rank}<0,{absent},{unknown}))"


def _banded(c: Compiler, at: str, table: Table, key: Number) -> Number:
    """The value of the first band that holds a key, interpolated where the band has two ends."""
    sheet = c.sheet(at)
    num, den = f'"{ABSENT}"', "1"
    for row in reversed(table.rows):
        inside = f"{_inside(row.keys[0], key)}=1"  # type: ignore[arg-type]
        value = _in_band(row, table, key)
        num, den = f"IF({inside},{value.num},{num})", f"IF({inside},{value.den},{den})"
    settled = known(key)
    absent = f'IF({key.num}="{ABSENT}","{ABSENT}","{UNKNOWN}")'
    unsafe = either(*(no(_sure(row.keys[0], key)) for row in table.rows))  # type: ignore[arg-type]
    divisor = sheet.cell("tranche : diviseur", f"IF({settled},{den},1)")
    value_num = f'IF({unsafe}>0,"{UNKNOWN}",{num})'
    found = sheet.cell("tranche", f"IF({settled},{value_num},{absent})")
    held = f'IF(ISNUMBER({found}),IF(MAX(ABS({found}),{divisor})<{MOST},{found},"{UNKNOWN}"),{found})'
    return Number(sheet.cell("tranche exacte", held), divisor)


def _tests(bounds: Bounds, key: Number) -> list[str]:
    tests = []
    if bounds.low is not None and bounds.low != -inf:
        tests.append(
            arithmetic.compare(">" if bounds.low_open else ">=", key, constant(Fraction(bounds.low)))
        )
    if bounds.high is not None and bounds.high != inf:
        tests.append(
            arithmetic.compare("<" if bounds.high_open else "<=", key, constant(Fraction(bounds.high)))
        )
    return tests


def _inside(bounds: Bounds, key: Number) -> str:
    return both(*_tests(bounds, key))


def _sure(bounds: Bounds, key: Number) -> str:
    """Yes when the comparisons with the bounds are exact."""
    tests = _tests(bounds, key)
    return both(*(f"IF({test}=0.5,0,1)" for test in tests))


def _in_band(row: Row, table: Table, key: Number) -> Number:
    start = row.values[table.index]
    if start is None:
        return ABSENT_NUMBER
    if start == inf:
        raise NotHeldError("live.unlimited")
    if not row.until:
        return constant(Fraction(start))
    bounds, end = row.keys[0], row.until[table.index]
    assert isinstance(bounds, Bounds)
    slope = (Fraction(end) - Fraction(start)) / (Fraction(bounds.high) - Fraction(bounds.low))  # type: ignore[arg-type]
    shift = Fraction(start) - slope * Fraction(bounds.low)  # type: ignore[arg-type]
    common = lcm(slope.denominator, shift.denominator)
    num = f"{times(key.num, int(slope * common))}+{times(key.den, int(shift * common))}"
    return Number(f"({num})", times(key.den, common))


__all__ = ["has_key", "lookup"]
