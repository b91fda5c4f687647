"""Invented promoters' workbooks: rows typed as they stand, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from mixrules.programme.checking import check
from mixrules.programme.foreign.mapping import Mapping, read_mapping
from mixrules.programme.foreign.reading import Understanding, understand
from mixrules.programme.model import Dwelling, Submission

Rows = Sequence[Sequence[Any]]


def book(path: Path, sheets: dict[str, Rows], dress: Callable[[Any], object] | None = None) -> Path:
    """Write a workbook: each sheet from its rows, then what `dress` adds (merges, hidden rows…)."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet: Worksheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if dress is not None:
        dress(workbook)
    workbook.save(path)
    return path


def mapping(text: str) -> Mapping:
    """A mapping written by hand."""
    return read_mapping("map.yaml", f'mixrules-mapping: "1"\n{text}'.encode())


def understood(path: Path, known: str = "") -> Understanding:
    found = understand(path.name, path.read_bytes(), mapping(known) if known else None)
    for problem in [
        *found.draft.problems,
        *found.draft.notes,
        *(q.problem for q in found.findings.questions.values()),
    ]:
        assert problem.render("fr")
        assert problem.render("en")
    return found


def asked(found: Understanding) -> set[tuple[str, ...]]:
    return set(found.findings.questions)


def submission(found: Understanding) -> Submission:
    """The programme, where nothing is asked any more."""
    assert asked(found) == set()
    assert found.draft.problems == []
    checked = check(found.draft)
    assert found.draft.problems == []
    assert checked is not None
    return checked


def dwellings(found: Understanding) -> list[Dwelling]:
    return submission(found).programmes[0].dwellings or []


def codes(found: Understanding) -> list[tuple[str, str]]:
    """The remarks, by cell and code."""
    return [(str(note.where), note.code) for note in found.draft.notes]
