"""Read a workbook that nobody laid out for mixrules, into a draft with the cell of every value.

What is sure is read; what is not is a question, answered once in a mapping that the next version reuses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.category import fold
from mixrules.programme.draft import Draft, pointer
from mixrules.programme.foreign.areas import settle_areas
from mixrules.programme.foreign.extent import beside
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.header import find_headers
from mixrules.programme.foreign.mapping import IGNORE, Mapping, Path
from mixrules.programme.foreign.merging import merge
from mixrules.programme.foreign.opening import left_alone, open_sheets
from mixrules.programme.foreign.pairs import Pair, find_pairs, settle_pairs
from mixrules.programme.foreign.table import FoundTable, Record, read_table
from mixrules.programme.foreign.totals import check_totals
from mixrules.programme.layout import entries_of
from mixrules.programme.model import Dwelling
from mixrules.programme.reader.assembly import attach
from mixrules.quantity import canonical

Step = Callable[[str, int, int], None]
"""Told what is being done, how far it is, and how far it goes."""


@dataclass(slots=True)
class Understanding:
    """What a workbook was understood to say, and what is still to ask."""

    draft: Draft
    findings: Findings
    tables: list[FoundTable] = field(default_factory=list)
    labels: dict[str, Pair] = field(default_factory=dict)

    def entries(self) -> dict[Path, str]:
        """The mapping to write: what was decided, then what is asked with its suggestion."""
        asked = {path: question.suggestion for path, question in self.findings.questions.items()}
        return {**self.findings.entries, **asked}


def understand(
    file: str, content: bytes, mapping: Mapping | None = None, step: Step = lambda *_: None
) -> Understanding:
    """Understand a workbook or a CSV.

    Raises:
        InvalidInputError: it cannot be opened, or it holds no dwellings.
    """
    grids = open_sheets(file, content)
    findings = Findings(mapping or Mapping(), notes=left_alone(file, content))
    tables: list[FoundTable] = []
    labels: list[Pair] = []
    for number, grid in enumerate(grids):
        step(grid.sheet or file, number, len(grids))
        found = _tables(grid, findings)
        tables += found
        if findings.mapping.answer("sheets", grid.sheet or "csv", "read") != IGNORE:
            labels += find_pairs(grid, found, findings)
    if not tables:
        names = ", ".join(grid.sheet for grid in grids if grid.sheet) or file
        if not labels:
            nothing = Problem.of("import_nothing_found", Place(file=file), sheets=names)
            raise InvalidInputError([nothing, *findings.notes])
        findings.note("import_no_dwellings", Place(file=file), sheets=names)
    understood = Understanding(Draft(file), findings, tables, settle_pairs(labels, findings))
    _assemble(understood)
    _lost_entries(findings)
    step(file, len(grids), len(grids))
    return understood


def _tables(grid: Grid, findings: Findings) -> list[FoundTable]:
    """The tables of dwellings of a sheet; those of anything else are named."""
    sheet = grid.sheet or "csv"
    if findings.decided(("sheets", sheet, "read")) == IGNORE:
        findings.note("sheet_left_out", Place(file=grid.file, sheet=grid.sheet), sheet=sheet)
        return []
    headers = find_headers(grid)
    found = []
    for number, header in enumerate(headers):
        end = min((h.top for h in headers[number + 1 :] if h.top > header.bottom), default=len(grid.rows))
        place = grid.place(header.bottom, header.columns[0].index)
        if header.kind:
            findings.note("table_of_others", place, kind=header.kind)
            continue
        table = read_table(grid, header, end, findings)
        if not table.records:
            findings.note("table_empty", place)
            continue
        _remarks_beside(table, findings)
        settle_areas(table, findings)
        found.append(table)
    return found


def _remarks_beside(table: FoundTable, findings: Findings) -> None:
    """What stands to the right of a table is not read; the first cell is told."""
    others = list(beside(table.grid, table.header, table.last))
    if others:
        row, column = others[0]
        text = str(table.grid.own(row, column))[:60]
        findings.note("beside_table", table.grid.place(row, column), found=text, count=len(others))


def _assemble(understood: Understanding) -> None:
    findings, draft = understood.findings, understood.draft
    records, checks = merge(understood.tables, findings)
    programmes = _programmes(records, understood)
    draft.data["programmes"] = [{} for _ in programmes]
    for number, (name, own) in enumerate(programmes.items()):
        if name:
            draft.data["programmes"][number]["name"] = name
        _dwellings(own, number, draft)
    _declare(understood, checks, single=len(programmes) == 1)
    _label_values(understood)
    _given_values(understood)
    draft.problems, draft.notes = findings.problems, findings.notes


def _programmes(records: list[Record], understood: Understanding) -> dict[str, list[Record]]:
    """Dwellings by programme; a blank belongs to the only programme there is."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.programme, []).append(record)
    if "" in found and len(found) > 1:
        understood.findings.refuse("programme_needed", found[""][0].place, expected=", ".join(sorted(found)))
    return found or {"": []}


_FIELDS = tuple(entry.path[-1] for entry in entries_of(Dwelling))


def _dwellings(records: list[Record], number: int, draft: Draft) -> None:
    if not records:
        return
    held: list[dict[str, Any]] = []
    draft.data["programmes"][number]["dwellings"] = held
    draft.places[pointer("programmes", number, "dwellings")] = records[0].place
    for index, record in enumerate(records):
        here = f"/programmes/{number}/dwellings/{index}"
        draft.places[here] = record.place
        for name in _FIELDS:
            if name in record.places:
                draft.places[f"{here}/{name}"] = record.places[name]
        held.append({name: record.values[name] for name in _FIELDS if name in record.values})


def _declare(understood: Understanding, checks: list[FoundTable], *, single: bool) -> None:
    """Totals that the rows contradict become declared totals: what depends on them is then undetermined."""
    stated = [
        declared for table in understood.tables for declared in check_totals(table, understood.findings)
    ]
    stated += [_recap(table) for table in checks]
    label = understood.labels.pop("declared.count", None)
    if label is not None:
        stated.append(({"count": label.value, "source": str(label.place)}, label.place))
    if not stated or not single:
        return
    draft = understood.draft
    draft.data["programmes"][0]["declared"] = [declared for declared, _ in stated]
    for index, (_, place) in enumerate(stated):
        draft.places[pointer("programmes", 0, "declared", index)] = place


def _recap(table: FoundTable) -> tuple[dict[str, Any], Place]:
    from mixrules.programme.foreign.merging import total

    return {"count": canonical(total(table)), "source": str(table.place)}, table.place


def _label_values(understood: Understanding) -> None:
    draft = understood.draft
    for name, pair in understood.labels.items():
        parts = name.split(".")
        path: tuple[str | int, ...] = tuple(parts)
        if parts[0] == "programme":
            path = ("programmes", 0, *parts[1:])
        holder: Any = draft.data
        for part in path[:-1]:
            holder = holder[part] if isinstance(part, int) else holder.setdefault(part, {})
        holder.setdefault(path[-1], pair.value)
        draft.places[pointer(*path)] = pair.place


def _given_values(understood: Understanding) -> None:
    """What the mapping adds under `values`: the rest of the file, which the workbook does not hold."""
    mapping, draft = understood.findings.mapping, understood.draft
    for key, answer in mapping.answers.items():
        if key[0] != "values":
            continue
        name = mapping.written[key][1]
        path: tuple[str | int, ...] = tuple(name.split("."))
        if path[0] == "programme":
            path = ("programmes", 0, *path[1:])
        place = Place(file=mapping.file, pointer=f"values.{name}")
        understood.findings.entries["values", name] = answer
        try:
            attach(draft.data, path, answer)
        except TypeError:
            understood.findings.refuse("field_unknown", place, key=name, hint_fr="", hint_en="")
        draft.places[pointer(*path)] = place


def _lost_entries(findings: Findings) -> None:
    """An entry of the mapping that the workbook no longer answers to would lose its data in silence."""
    for path, answer in findings.mapping.unmatched():
        known = [
            key[-1] for key in findings.entries if len(key) == len(path) and fold(key[1]) == fold(path[1])
        ]
        place = Place(file=findings.mapping.file)
        found = ", ".join(dict.fromkeys(known))
        findings.refuse("mapping_entry_unmatched", place, entry=" › ".join(path), answer=answer, found=found)
