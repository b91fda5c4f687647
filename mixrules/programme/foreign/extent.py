"""Which rows under a header are dwellings, which are totals, titles and remarks, and where the table ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.header import Column, Header
from mixrules.programme.foreign.lexicon import Trust, is_total, label_meaning
from mixrules.programme.foreign.likeness import looks_like, number, placed

TELLING = frozenset({"rooms", "tenure", "living_area", "floor_area", "count", "price", "rent"})
"""Fields whose values can be told from words."""
REMARK_WORDS = 4
"""A text of more words, alone in its row, is a remark."""


class RowKind(Enum):
    """What a row of a table is; a remark, or titles repeated on each page, is left out."""

    DATA = "data"
    TOTAL = "total"
    PLACE = "place"
    TITLE = "title"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and what it is; a title carries its text."""

    row: int
    kind: RowKind
    text: str = ""


def rows_of(grid: Grid, header: Header, end: int, findings: Findings) -> list[TableRow]:
    """The rows of a table, up to its end, without blanks and repeated titles.

    Args:
        grid: the sheet.
        header: the titles of the table.
        end: the row where the next table starts.
        findings: where remarks and questions go.
    """
    found: list[TableRow] = []
    columns = {column.index: column for column in header.columns}
    first = min(columns)
    span = range(max(header.left, first - 2), max(columns) + 1)
    blank = False
    resumed = header.bottom
    for row in range(header.bottom + 1, end):
        if row < resumed:
            continue
        filled = [index for index in span if grid.own(row, index) is not None]
        if not filled:
            blank = True
            continue
        kind = _kind(grid, row, filled, columns, findings)
        if blank and kind is None and not _continues(grid, row, filled, columns):
            findings.note("table_ends", grid.place(row, filled[0]), found=str(grid.own(row, filled[0]))[:60])
            resumed = next((n for n in range(row + 1, end) if _repeats(grid, n, columns)), end)
            continue
        if kind is not RowKind.REMARK:
            blank = blank and kind is RowKind.TITLE
            text = _first_text(grid, row, filled)
            found.append(TableRow(row, kind or RowKind.DATA, text))
    return found


def _first_text(grid: Grid, row: int, filled: Sequence[int]) -> str:
    values = (grid.own(row, index) for index in filled)
    return next((value for value in values if isinstance(value, str) and number(value) is None), "")


def _kind(
    grid: Grid, row: int, filled: Sequence[int], columns: dict[int, Column], findings: Findings
) -> RowKind | None:
    """What a row surely is, other than data."""
    text = _first_text(grid, row, filled)
    if is_total(text):
        return RowKind.TOTAL
    if _repeats(grid, row, columns):
        return RowKind.REMARK
    if len(filled) == 2 and label_meaning(text.partition(":")[0].strip()).field:
        findings.note("row_not_read", grid.place(row, filled[0]), found=text[:60])
        return RowKind.REMARK
    told = any(index in columns and _telling(columns[index]) for index in filled)
    first = next(index for index in filled if grid.own(row, index) == text) if text else -1
    single = len(filled) == 1 and number(text) is None
    if text and (single or (not told and any(map(_telling, columns.values())))):
        return _bare(grid, row, first, text, columns, findings)
    return None


def _repeats(grid: Grid, row: int, columns: dict[int, Column]) -> bool:
    """Whether a row holds the titles of the table again, as on each page of a long one."""
    filled = [index for index in columns if grid.own(row, index) is not None]
    again = [i for i in filled if " ".join(str(grid.own(row, i)).split()) in columns[i].title.split(" › ")]
    return len(filled) > 1 and len(again) == len(filled)


def _telling(column: Column) -> bool:
    """Whether what stands in a column describes dwellings, and does not only name or place them."""
    return column.wide or column.meaning.field in TELLING


def _bare(
    grid: Grid, row: int, index: int, text: str, columns: dict[int, Column], findings: Findings
) -> RowKind | None:
    """A row that describes nothing: the place of what follows, a label, a remark, or a dwelling with no more."""
    if len([i for i in columns if grid.own(row, i) is not None]) <= 1 and placed(text):
        return RowKind.PLACE
    if label_meaning(text.partition(":")[0].strip()).field:
        return RowKind.REMARK
    column = columns.get(index)
    named = column is not None and column.meaning.field == "lot" and column.meaning.trust is Trust.SURE
    if named and any(char.isdigit() for char in text) and len(text.split()) <= 2:
        return None
    answer = findings.decided(("rows", text))
    if answer is not None:
        return RowKind.TITLE if answer == "title" else None
    if len(text.split()) > REMARK_WORDS or text.startswith(("*", "(", "NB", "Nota")):
        findings.note("row_not_read", grid.place(row, index), found=text[:60])
        return RowKind.REMARK
    findings.ask(("rows", text), "ask_row", grid.place(row, index), "title", found=text)
    return RowKind.TITLE


def _continues(grid: Grid, row: int, filled: Sequence[int], columns: dict[int, Column]) -> bool:
    """After a blank row, only what looks like the table goes on with it."""
    judged = [
        looks_like(columns[index].meaning.field, grid.own(row, index))
        for index in filled
        if index in columns and not columns[index].wide and columns[index].meaning.field in TELLING
    ]
    counts = [number(grid.own(row, i)) is not None for i in filled if i in columns and columns[i].wide]
    fitting = judged + counts
    return len(fitting) > 0 and sum(fitting) * 2 >= len(fitting)


def data_rows(rows: Sequence[TableRow]) -> list[int]:
    """The rows that hold dwellings."""
    return [row.row for row in rows if row.kind is RowKind.DATA]


def beside(grid: Grid, header: Header, last: int) -> Iterator[tuple[int, int]]:
    """The cells to the right of a table that hold something."""
    edge = max(column.index for column in header.columns)
    for row in range(header.top, last + 1):
        yield from ((row, index) for index in grid.filled(row) if edge < index < header.right)
