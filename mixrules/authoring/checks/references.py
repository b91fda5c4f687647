"""Reference tables: each as its header says, none over another, and the days on which nothing answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from mixrules.authoring.remark import Remark
from mixrules.message import InvalidInputError, Place, Problem
from mixrules.rulebook.library import read_text
from mixrules.rulebook.reference.loading import load
from mixrules.rulebook.reference.shelf import ReferenceShelf, headers
from mixrules.rulebook.reference.table import beside


def check(shelf: ReferenceShelf, *, shipped: bool) -> Iterator[Remark]:
    """What is wrong with the tables of a shelf, read anew whatever the cache holds.

    The days on which no table answers are told of the shipped ones only when asked for.
    """
    broken = False
    for path in headers(shelf.folders):
        try:
            load(path.name, read_text(path), beside(path))
        except InvalidInputError as error:
            broken = True
            yield from (Remark("error", problem) for problem in error.problems)
    if not broken:
        yield from (Remark("error", problem) for problem in shelf.overlaps())
        own = shelf.folders if shipped else shelf.folders[:-1]
        yield from _silences(shelf, own)


def _silences(shelf: ReferenceShelf, own: Sequence[Path]) -> Iterator[Remark]:
    """Between two tables of a fact, and after the last, nobody knows: their author is told."""
    spans: dict[str, list[tuple[date, date, str]]] = {}
    told = {held.table.id for held in ReferenceShelf(own).tables}
    for held in shelf.tables:
        for column in held.table.columns:
            start, end = column.period.start, column.period.end
            if start is not None and end is not None:
                spans.setdefault(column.field, []).append((start, end, held.table.id))
    for field, found in sorted(spans.items()):
        found.sort()
        end = found[0][1]
        for (_, _, before), (start, until, _) in pairwise(found):
            if end < start and before in told:
                yield _note("table_gap", before, field=field, day=end, expected=start)
            end = max(end, until)
        if found[-1][2] in told:
            yield _note("table_last_day", found[-1][2], field=field, day=end)


def _note(code: str, table: str, **args: object) -> Remark:
    return Remark("note", Problem.of(code, Place(table), "", **args))
