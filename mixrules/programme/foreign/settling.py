"""Which field each column of a table holds: from its title, checked by its values; else a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mixrules.message import Place
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.header import Column, Header
from mixrules.programme.foreign.lexicon import LEFT_OUT, Meaning, Trust, words_of
from mixrules.programme.foreign.likeness import (
    ENOUGH,
    SAMPLE,
    agreement,
    category_of,
    is_floor,
    number,
    placed,
)
from mixrules.programme.foreign.mapping import IGNORE, Path, targets

MOSTLY = Fraction(4, 5)
"""The share of values that lets them speak without a title."""
TOLD = ("lot", "rooms", "tenure", "living_area", "floor_area")
"""Fields that values can reveal, or that a doubtful title must not lose."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A column and what it holds: a field of a dwelling, `programme`, `total` or `ignore`."""

    column: Column
    target: str
    trust: Trust
    samples: tuple[str, ...] = ()

    @property
    def index(self) -> int:
        """Where the column stands in the sheet."""
        return self.column.index


def column_path(sheet: str, column: Column) -> Path:
    """Where the meaning of a column stands in a mapping."""
    return ("sheets", sheet or "csv", "columns", column.title)


def settle(grid: Grid, header: Header, rows: Sequence[int], findings: Findings) -> list[Settled]:
    """Decide every column of a table; what stays doubtful is asked."""
    columns = [*_untitled(grid, header, rows), *header.columns]
    found = [_one(grid, column, rows, findings) for column in columns]
    return [_unique(grid, settled, found, findings) for settled in found]


def _values(grid: Grid, index: int, rows: Sequence[int]) -> list[Any]:
    values = []
    for row in rows:
        value = grid.own(row, index)
        if value is not None:
            values.append(value)
            if len(values) == SAMPLE:
                break
    return values


def _untitled(grid: Grid, header: Header, rows: Sequence[int]) -> Iterator[Column]:
    """Columns without a title that stand before or inside the table, where their values say what they are."""
    titled = {column.index for column in header.columns}
    first, last = min(titled), max(titled)
    wide = any(column.wide for column in header.columns)
    for index in range(max(header.left, first - 2), last):
        values = [] if index in titled else _values(grid, index, rows)
        if not values:
            continue
        near = next(column.title for column in header.columns if column.index > index)
        field = _revealed(values)
        trust = Trust.SURE if wide and field else Trust.DOUBTFUL
        yield Column(index, header.bottom, f"(avant {near})", Meaning(field, trust))


def _revealed(values: Sequence[Any]) -> str:
    """The field that almost all values point to, by themselves."""
    kinds: Counter[str] = Counter()
    for value in values:
        where = placed(value)
        category = category_of(value) if isinstance(value, str) and len(value) < 40 else None
        field = where[0] if where else category[0] if category else ""
        kinds["floor" if is_floor(value) else field] += 1
    field, most = kinds.most_common(1)[0]
    return field if most >= MOSTLY * len(values) else ""


def _one(grid: Grid, column: Column, rows: Sequence[int], findings: Findings) -> Settled:
    values = _values(grid, column.index, rows)
    samples = tuple(dict.fromkeys(str(value) for value in values[:40]))[:3]
    path = column_path(grid.sheet, column)
    answer = findings.decided(path)
    if answer is not None:
        return Settled(_narrow(column, answer), answer, Trust.SURE, samples)
    meaning = column.meaning
    if column.wide:
        return _wide(column, values, samples)
    if meaning.field == LEFT_OUT:
        return Settled(column, IGNORE, meaning.trust, samples)
    if meaning.trust is Trust.SURE and agreement(meaning.field, values) >= ENOUGH:
        return Settled(column, meaning.field, Trust.SURE, samples)
    asked = meaning.field or _hinted(column, values)
    doubtful = asked and values and (meaning.trust is Trust.SURE or agreement(asked, values) >= ENOUGH)
    return Settled(column, asked if doubtful else IGNORE, Trust.DOUBTFUL if doubtful else Trust.NONE, samples)


def _narrow(column: Column, answer: str) -> Column:
    """A column answered to be anything but a count is no longer one count among others."""
    return column if answer == "count" or not column.wide else replace(column, wide=False)


def _hinted(column: Column, values: Sequence[Any]) -> str:
    """The field that the values of a column without a known title point to."""
    field = _revealed(values) if values else ""
    if field:
        return field
    if "surface" in words_of(column.title) and agreement("living_area", values) >= MOSTLY:
        return "living_area"
    if agreement("tenure", values) >= MOSTLY:
        return "tenure"
    return ""


def _wide(column: Column, values: Sequence[Any], samples: tuple[str, ...]) -> Settled:
    """A column of counts, whose title says of what; a title that says something else is asked."""
    if column.meaning.trust is Trust.SURE:
        return Settled(column, "count", Trust.SURE, samples)
    if all(number(value) == 0 for value in values):
        return Settled(column, IGNORE, Trust.NONE, samples)
    return Settled(column, "count", Trust.DOUBTFUL, samples)


def _unique(grid: Grid, settled: Settled, found: Sequence[Settled], findings: Findings) -> Settled:
    """Ask where a column is doubtful, or where two columns claim one field."""
    path = column_path(grid.sheet, settled.column)
    place = grid.place(settled.column.row, settled.index)
    rivals = [
        other
        for other in found
        if other is not settled and other.target == settled.target and not other.column.wide
    ]
    exclusive = settled.target not in {IGNORE, "total"} and not settled.column.wide
    if settled.trust is Trust.DOUBTFUL and settled.target != IGNORE:
        _ask(path, "ask_column", place, settled, findings)
        return settled
    if (
        exclusive
        and any(rival.trust is Trust.SURE for rival in rivals)
        and findings.mapping.answer(*path) is None
    ):
        _ask(path, "ask_column_twice", place, settled, findings, other=rivals[0].column.title)
        return replace(settled, trust=Trust.DOUBTFUL)
    if settled.trust is Trust.NONE and settled.samples:
        findings.note("column_not_read", place, header=settled.column.title)
    if settled.target != IGNORE and settled.index in grid.hidden_columns:
        findings.note("hidden_column_read", place, header=settled.column.title)
    findings.entries.setdefault(path, settled.target)
    return settled


def _ask(path: Path, code: str, place: Place, settled: Settled, findings: Findings, **args: object) -> None:
    samples = ", ".join(settled.samples)
    words = {"header": settled.column.title, "samples": samples, "expected": ", ".join(targets())}
    findings.ask(path, code, place, settled.target, **words, **args)
