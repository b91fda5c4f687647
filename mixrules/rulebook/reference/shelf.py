"""The reference tables of some folders, and what they say of a commune on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record
from mixrules.rulebook import store
from mixrules.rulebook.library import TABLES, read_text
from mixrules.rulebook.reference.table import (
    Column,
    HeldTable,
    ReferenceTable,
    Rows,
    beside,
    one_line_end,
)


class Answer(Record):
    """What a table says of a commune: the cell, the column and the table."""

    table: ReferenceTable
    column: Column
    cell: str


class ReferenceShelf:
    """Tables read when first asked for; the user's folders come before the shipped ones."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = [folder.parent if folder.is_file() else folder for folder in folders]

    @cached_property
    def tables(self) -> list[HeldTable]:
        """Every table, by identifier; of two that share one, the first folder's.

        Raises:
            InvalidInputError: every problem of every table.
        """
        found: dict[str, HeldTable] = {}
        problems: list[Problem] = []
        for folder in self.folders:
            own: dict[str, HeldTable] = {}
            for path in headers([folder]):
                try:
                    held = fetched(path.name, read_text(path), beside(path))
                except InvalidInputError as error:
                    problems += error.problems
                    continue
                if held.table.id in own:
                    problems.append(Problem.of("table_twice", Place(path.name), found=held.table.id))
                own[held.table.id] = held
            found = {**own, **found}
        if problems:
            raise InvalidInputError(problems)
        return [found[name] for name in sorted(found)]

    @classmethod
    def of_kept(
        cls, kept: Iterable[tuple[str, bytes]], before: ReferenceShelf | None = None
    ) -> ReferenceShelf:
        """The tables of these headers and rows, and no other but those of a shelf that comes before.

        Raises:
            InvalidInputError: a table that cannot be read any more.
        """
        found = {}
        for header, rows in kept:
            held = fetched("", header, lambda _, rows=rows: one_line_end(rows))  # type: ignore[misc]
            found[held.table.id] = held
        found |= {held.table.id: held for held in (before.tables if before is not None else ())}
        shelf = cls()
        shelf.tables = [found[name] for name in sorted(found)]
        return shelf

    def named(self, names: Iterable[str]) -> list[HeldTable]:
        """The tables of these identifiers."""
        wanted = set(names)
        return [held for held in self.tables if held.table.id in wanted]

    def answer(self, field: str, code: str, day: date) -> Answer | None:
        """What the tables in force on a day say of a commune: nothing rather than another vintage.

        Raises:
            InvalidInputError: two tables in force do not say the same.
        """
        answers = []
        for held in self.tables:
            column = held.table.column(field, day)
            cell = held.cell(code, column) if column is not None else ""
            if column is not None and cell:
                answers.append(Answer(held.table, column, cell))
        if len({found.cell for found in answers}) > 1:
            one, two = answers[:2]
            raise InvalidInputError([_overlap(one.table, two.table, field, code, f"{one.cell} / {two.cell}")])
        return answers[0] if answers else None

    def overlaps(self) -> Iterator[Problem]:
        """Two tables that give one field of one commune on the same days."""
        for one, two in combinations(self.tables, 2):
            for first in one.table.columns:
                for second in two.table.columns:
                    if first.field != second.field or not _meet(first, second):
                        continue
                    shared = sorted(one.codes(first).keys() & two.codes(second).keys())
                    if shared:
                        more = f"… ({len(shared)})" if len(shared) > 3 else ""
                        yield _overlap(
                            one.table, two.table, first.field, ", ".join(shared[:3]) + more, first.name
                        )


def headers(folders: Iterable[Path]) -> Iterator[Path]:
    """The header of each table: the YAML files of the folders `tables`, at the top or one level below."""
    for folder in folders:
        root = folder.resolve()
        for shelf in (folder / TABLES, *sorted(folder.glob(f"*/{TABLES}"))):
            for path in sorted(shelf.glob("*.y*ml")):
                # A link could lead out of the folder.
                if path.suffix in {".yaml", ".yml"} and path.resolve().is_relative_to(root):
                    yield path


def fetched(file: str, text: str, read: Rows) -> HeldTable:
    """A table, from the cache where its header was checked with these rows before.

    Raises:
        InvalidInputError: every problem found.
    """
    key = store.key([text])
    kept = store.fetch(key, ReferenceTable)
    if kept is not None:
        return HeldTable(kept, text, read)
    from mixrules.rulebook.reference.loading import load

    held = load(file, text, read)
    store.keep(key, held.table)
    return held


def _meet(one: Column, two: Column) -> bool:
    a, b = one.period, two.period
    return (a.end is None or b.start is None or b.start < a.end) and (
        b.end is None or a.start is None or a.start < b.end
    )


def _overlap(one: ReferenceTable, two: ReferenceTable, field: str, code: str, what: str) -> Problem:
    return Problem.of(
        "table_overlap", Place(one.rows_file), one=one.id, two=two.id, field=field, found=code, what=what
    )
