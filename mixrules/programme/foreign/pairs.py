"""Labels with a value beside them, outside the tables: « Surface du terrain : 1 250 m² »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mixrules.message import Place
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.lexicon import Trust, label_meaning, lists
from mixrules.programme.foreign.likeness import number
from mixrules.programme.foreign.mapping import IGNORE
from mixrules.programme.foreign.table import FoundTable
from mixrules.quantity import canonical

TEXTS = frozenset({"id", "commune.name", "commune.insee", "commune.zone_abc", "programme.name"})
LONGEST_LABEL = 80
MOST_BESIDE = 4
"""A row with more cells is a row of titles or of a table."""
FAR = 4
"""A value stands at most so many columns after its label."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of the workbook, the field it names, and the value beside it."""

    label: str
    field: str
    value: Any
    place: Place


def find_pairs(grid: Grid, tables: Sequence[FoundTable], findings: Findings) -> list[Pair]:
    """The labelled values of a sheet, outside its tables; a doubtful label is asked."""
    taken = {row: table for table in tables for row in range(table.header.top, table.last + 1)}
    found = []
    for row in range(len(grid.rows)):
        edge = max((c.index for c in taken[row].header.columns), default=-1) if row in taken else -1
        for label, value, place in _labelled(grid, row, edge):
            field = _field(label, place, findings)
            if field is not None:
                settled = _plain(field, value)
                if settled is not None:
                    found.append(Pair(label, field, settled, place))
    return found


def _labelled(grid: Grid, row: int, edge: int) -> Iterator[tuple[str, Any, Place]]:
    for column in grid.filled(row):
        text = grid.own(row, column)
        if column <= edge or not isinstance(text, str) or len(text) > 4 * LONGEST_LABEL:
            continue
        label, colon, rest = text.partition(":")
        if len(label) > LONGEST_LABEL or not label_meaning(label.strip()).field:
            continue
        if colon and rest.strip():
            yield label.strip(), rest.strip(), grid.place(row, column)
            continue
        index = next((n for n in range(column + 1, column + 1 + FAR) if grid.own(row, n) is not None), None)
        if index is not None and len(grid.filled(row)) <= MOST_BESIDE:
            yield label.strip(), grid.own(row, index), grid.place(row, index)


def _field(label: str, place: Place, findings: Findings) -> str | None:
    path = ("labels", label)
    answer = findings.decided(path)
    if answer is not None:
        return None if answer == IGNORE else answer
    meaning = label_meaning(label)
    if meaning.trust is not Trust.SURE:
        findings.ask(path, "ask_label", place, meaning.field, label=label, expected=", ".join(fields()))
        return None
    findings.entries[path] = meaning.field
    return meaning.field


def fields() -> tuple[str, ...]:
    """What a label may name."""
    return tuple(lists()["pairs"])


def _plain(field: str, value: Any) -> Any:
    """The value as the model takes it, or None where it is no value of this field (« nb : entier »)."""
    if field in TEXTS:
        return str(value) if isinstance(value, str | int) and str(value).strip(" -_.…") else None
    if field.startswith("dates."):
        return value if isinstance(value, date) or (isinstance(value, str) and "/" in value) else None
    found = number(value)
    return None if found is None else canonical(found)


def settle_pairs(pairs: Sequence[Pair], findings: Findings) -> dict[str, Pair]:
    """One value a field; where two cells differ, both are told and neither is kept."""
    kept: dict[str, Pair] = {}
    differing: set[str] = set()
    for pair in pairs:
        first = kept.setdefault(pair.field, pair)
        if first.value != pair.value and pair.field not in differing:
            differing.add(pair.field)
            findings.note("values_differ", first.place, found=first.value, value=pair.value, other=pair.place)
    return {field: pair for field, pair in kept.items() if field not in differing}
