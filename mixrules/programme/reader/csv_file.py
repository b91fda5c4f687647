"""Read a table of dwellings from CSV, with the rest of the submission in a JSON file beside it."""

from __future__ import annotations

import csv
import io
from typing import Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.draft import Draft
from mixrules.programme.layout import tables
from mixrules.programme.reader.assembly import Programmes, assemble
from mixrules.programme.reader.json_file import decode, read_json
from mixrules.programme.reader.table import read_rows


def read_csv(file: str, content: bytes, side: tuple[str, bytes] | None) -> Draft:
    """Read dwellings from CSV and the rest from the side file, when there is one.

    Raises:
        InvalidInputError: the text is not UTF-8, not CSV, or the side file is not JSON.
    """
    draft = read_json(*side) if side else Draft(file)
    draft.file = file
    programmes = _side_programmes(draft, side[0] if side else "")
    cells, lines = cells_of(file, content)
    table = tables()[0]

    def where(row: int, column: int) -> Place:
        return Place(file=file, line=lines[row] if row < len(lines) else 1, column=column + 1)

    rows = read_rows(cells, table, where, draft)
    if programmes is not None:
        assemble(rows, table, programmes, draft)
    if side is None:
        draft.note("side_missing", Place(file=file), side=file.rpartition(".")[0] + ".json")
    return draft


def _side_programmes(draft: Draft, side: str) -> Programmes | None:
    records = draft.data.setdefault("programmes", [{}])
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return None
    for index, record in enumerate(records):
        if "dwellings" in record:
            place = Place(file=side, pointer=f"/programmes/{index}/dwellings")
            draft.refuse("side_with_dwellings", place)
            record.pop("dwellings")
    return Programmes(records, [f"Programme {n + 1}" for n in range(len(records))])


def cells_of(file: str, content: bytes) -> tuple[list[list[Any]], list[int]]:
    """The cells and, for each record, its first line: a quoted cell may hold line breaks.

    Raises:
        InvalidInputError: the text is not UTF-8, or a quote is never closed.
    """
    text = decode(file, content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    cells: list[list[Any]] = []
    lines: list[int] = []
    try:
        before = 0
        for record in reader:
            cells.append(list(record))
            lines.append(before + 1)
            before = reader.line_num
    except csv.Error:
        where = Place(file=file, line=max(reader.line_num, 1))
        raise InvalidInputError([Problem.of("csv_syntax", where)]) from None
    return cells, lines


def _delimiter(text: str) -> str:
    """The sign that cuts the first line in most parts: French spreadsheets write `;`, others `,` or tabs."""
    first = text.split("\n", 1)[0]
    return max((";", ",", "\t"), key=first.count)
