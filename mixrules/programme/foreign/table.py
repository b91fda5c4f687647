"""Read the dwellings of one table, each value with its cell; totals are kept aside to check them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mixrules.message import Place
from mixrules.programme.category import fold
from mixrules.programme.foreign.composite import read_composite
from mixrules.programme.foreign.extent import RowKind, TableRow, data_rows, rows_of
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.grid import NOT_COMPUTED, Grid
from mixrules.programme.foreign.header import Header
from mixrules.programme.foreign.likeness import number, placed
from mixrules.programme.foreign.mapping import IGNORE, accepted
from mixrules.programme.foreign.settling import Settled, settle
from mixrules.programme.foreign.value import NUMBERS, DoubtError, read_value, suggestion
from mixrules.programme.layout import entries_of
from mixrules.programme.model import Dwelling

PLACES = ("block", "building", "stairwell", "floor", "landing")
OWN = NUMBERS | {"lot"}
"""What belongs to one dwelling alone, whatever cells are merged."""
IDENTITY = frozenset({*PLACES, "lot", "rooms", "tenure", "public", "residence"})
"""Fields that tell which dwellings a row is about."""
MOST_FAULTS = 50
MOST_KNOWN = 10_000
"""Values of one field whose reading is remembered: the same ones come back in every row."""


@dataclass(slots=True)
class Record:
    """A dwelling, or a line for several, with the cell of each value."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    programme: str = ""
    row: int = 0
    column: int = -1

    def put(self, name: str, value: Any, place: Place) -> None:
        """Set a value; a blank leaves its cell, so that what is missing can be asked there."""
        self.places[name] = place
        if value is not None:
            self.values[name] = value


@dataclass(slots=True)
class FoundTable:
    """A table as it was read."""

    grid: Grid
    header: Header
    columns: list[Settled]
    rows: list[TableRow]
    records: list[Record] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """The first cell of its header."""
        return self.grid.place(self.header.bottom, self.header.columns[0].index)

    @property
    def last(self) -> int:
        """Its last row."""
        return self.rows[-1].row if self.rows else self.header.bottom

    def named(self) -> bool:
        """Whether each of its rows is one dwelling with a name."""
        return bool(self.records) and all("lot" in record.values for record in self.records)


def read_table(grid: Grid, header: Header, end: int, findings: Findings) -> FoundTable:
    """Read a table, from its header to the row before `end`."""
    rows = rows_of(grid, header, end, findings)
    rows = _seen(grid, rows, findings)
    columns = settle(grid, header, data_rows(rows), findings)
    table = FoundTable(grid, header, columns, rows)
    _Reader(table, findings).read()
    return table


def _seen(grid: Grid, rows: list[TableRow], findings: Findings) -> list[TableRow]:
    """Hidden rows are an old variant as often as a filter: somebody must say whether they count."""
    hidden = [row for row in rows if row.row in grid.hidden_rows and row.kind is RowKind.DATA]
    if not hidden:
        return rows
    path = ("sheets", grid.sheet or "csv", "hidden")
    answer = findings.decided(path)
    if answer is None:
        numbers = ", ".join(str(row.row + 1) for row in hidden[:10]) + (", …" if len(hidden) > 10 else "")
        findings.ask(path, "ask_hidden_rows", grid.place(hidden[0].row, 0), found=numbers, count=len(hidden))
    if answer == "skip":
        findings.note("hidden_rows_skipped", grid.place(hidden[0].row, 0), count=len(hidden))
        return [row for row in rows if row.row not in grid.hidden_rows]
    return rows


class _Reader:
    """One pass over the rows of a table, with the titles that hold until the next."""

    def __init__(self, table: FoundTable, findings: Findings) -> None:
        self.table, self.grid, self.findings = table, table.grid, findings
        self.words = findings.mapping.words()
        self.narrow = [s for s in table.columns if not s.column.wide and s.target not in {IGNORE, "total"}]
        self.wide = [s for s in table.columns if s.column.wide and s.target == "count"]
        self.identity = [s for s in self.narrow if s.target in IDENTITY]
        self.counted = any(s.target == "count" for s in self.narrow)
        self.section: dict[str, tuple[str, Place]] = {}
        self.apart = False
        self.known: dict[str, dict[Any, Any]] = {}
        self.faults = 0

    def read(self) -> None:
        """Fill in the records of the table."""
        self._sheet_context()
        self._programmes()
        for row in self.table.rows:
            if row.kind is RowKind.PLACE:
                self._enter(row)
            elif row.kind is RowKind.TITLE:
                # « VILLAS » after « Bâtiment B »: whether it stands inside is not said.
                self.section.clear()
                self._sheet_context()
            elif row.kind is RowKind.DATA and self._whole(row):
                self._row(row.row)

    def _sheet_context(self) -> None:
        """A sheet called « Bât. A » holds the dwellings of building A."""
        where = placed(self.grid.sheet)
        if where and where[0] in {"building", "block", "stairwell"} and not self._holds(where[0]):
            self.section[where[0]] = (where[1], Place(file=self.grid.file, sheet=self.grid.sheet))

    def _programmes(self) -> None:
        """Lines of counts that nothing tells apart: parts of one programme, or one programme each?"""
        named = self.identity or any(s.target == "programme" for s in self.narrow)
        if not self.wide or named or len(data_rows(self.table.rows)) < 2:
            return
        path = ("sheets", self.grid.sheet or "csv", "rows")
        answer = self.findings.decided(path)
        self.apart = answer == "apart"
        if answer is None:
            self.findings.ask(path, "ask_rows_apart", self.table.place)

    def _holds(self, name: str) -> bool:
        return any(s.target == name or name in s.column.context for s in self.table.columns)

    def _enter(self, row: TableRow) -> None:
        """A title « Bâtiment B » holds until the next, and ends what was narrower."""
        where = placed(row.text)
        assert where is not None
        index = next(i for i in self.grid.filled(row.row) if self.grid.own(row.row, i) == row.text)
        for name in PLACES[PLACES.index(where[0]) :]:
            self.section.pop(name, None)
        self.section[where[0]] = (where[1], self.grid.place(row.row, index))

    def _whole(self, row: TableRow) -> bool:
        """Numbers that belong to nobody may be a total without its word: they are not read as a dwelling."""
        if not self.identity or any(self._value(row.row, s) is not None for s in self.identity):
            return True
        numbers = [s for s in (*self.narrow, *self.wide) if number(self._value(row.row, s)) is not None]
        if numbers:
            self.findings.refuse("row_unlabelled", self.grid.place(row.row, numbers[0].index))
        return False

    def _value(self, row: int, settled: Settled) -> Any:
        return self.grid.value(row, settled.index)

    def _row(self, row: int) -> None:
        base = Record(self.grid.place(row, self.table.columns[0].index), row=row)
        base.programme = str(row + 1) if self.apart else ""
        for name, (value, place) in self.section.items():
            base.put(name, value, place)
        for settled in self.narrow:
            self._put(base, row, settled)
        if not self.wide:
            self._keep(base, row)
            return
        for settled in self.wide:
            self._spread(base, row, settled)

    def _put(self, record: Record, row: int, settled: Settled) -> None:
        place = self.grid.place(row, settled.index)
        raw = self._value(row, settled)
        if self.grid.faults and self._faulty(row, settled.index, place):
            raw = None
        if self.grid.merged and settled.target in OWN and self._shared(row, settled.index):
            self.findings.refuse("value_for_several", place, found=raw)
        if settled.target == "programme":
            record.programme = "" if raw is None else str(raw)
            return
        value = self._read(settled.target, raw, place)
        for name, given in settled.column.context.items():
            record.put(name, given, self.grid.place(settled.column.row, settled.index))
        record.put(settled.target, value, place)

    def _faulty(self, row: int, index: int, place: Place) -> bool:
        fault = self.grid.faults.get(self.grid.corner(row, index))
        if fault is None:
            return False
        self.faults += 1
        if self.faults <= MOST_FAULTS:
            code = "formula_not_computed" if fault == NOT_COMPUTED else "cell_in_error"
            self.findings.refuse(code, place, found=fault)
        return True

    def _shared(self, row: int, index: int) -> bool:
        """A number merged over several rows is one number for several dwellings."""
        return self.grid.corner(row, index)[0] != row

    def _read(self, name: str, raw: Any, place: Place) -> Any:
        known = self.known.setdefault(name, {})
        if raw.__class__ is not bool and raw in known:
            return known[raw]
        try:
            value = read_value(name, raw, self.words)
        except DoubtError as doubt:
            self._ask(doubt, place)
            return None
        if raw.__class__ is not bool and len(known) < MOST_KNOWN:
            known[raw] = value
        return value

    def _ask(self, doubt: DoubtError, place: Place) -> None:
        path = ("words", doubt.field, doubt.word)
        label = next(entry.label for entry in entries_of(Dwelling) if entry.path[-1] == doubt.field)
        expected = " | ".join(accepted(path) or ())
        words = {"found": doubt.word, "field_fr": label.fr, "field_en": label.en, "expected": expected}
        self.findings.ask(path, "ask_word", place, suggestion(doubt), **words)

    def _keep(self, record: Record, row: int) -> None:
        count = record.values.get("count")
        if count in {"0", 0}:
            return
        if self.counted and count is None:
            record.values["count"] = ""
        if not self.identity or record.values:
            record.row = row
            self.table.records.append(record)

    def _spread(self, base: Record, row: int, settled: Settled) -> None:
        """One cell of a matrix: how many dwellings, or which."""
        place = self.grid.place(row, settled.index)
        if self._faulty(row, settled.index, place):
            return
        raw = self._value(row, settled)
        if raw is None or (isinstance(raw, str) and fold(raw) in {"", "x", "neant", "sans objet"}):
            return
        count = number(raw)
        if count == 0:
            return
        described: list[dict[str, Any]] | None = [{"count": str(count)}] if isinstance(count, int) else None
        if described is None and isinstance(raw, str):
            described = self._composite(raw, place)
        if described is None:
            self.findings.refuse("cell_not_understood", place, found=str(raw)[:60])
            return
        for values in described:
            self._matrix_record(base, settled, values, place)

    def _composite(self, raw: str, place: Place) -> list[dict[str, Any]] | None:
        try:
            found = read_composite(raw, self.words)
        except DoubtError as doubt:
            self._ask(doubt, place)
            return []
        for values in found or ():
            if "area" in values:
                path = ("sheets", self.grid.sheet or "csv", "cells")
                answer = self.findings.decided(path)
                if answer is None:
                    self.findings.ask(path, "ask_cell_area", place, "living_area", found=raw)
                area = values.pop("area")
                if answer:
                    values[answer] = area
        return found

    def _matrix_record(self, base: Record, settled: Settled, values: dict[str, Any], place: Place) -> None:
        record = Record(place, dict(base.values), dict(base.places), base.programme, base.row, settled.index)
        title = self.grid.place(settled.column.row, settled.index)
        for name, given in settled.column.context.items():
            record.put(name, self._read(name, given, title), title)
        for name, value in values.items():
            record.put(name, value, place)
        self.table.records.append(record)
