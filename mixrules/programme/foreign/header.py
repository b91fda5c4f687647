"""Find where tables start: rows of titles, whatever stands above, beside or between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mixrules.programme.foreign.composite import describes
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.lexicon import (
    LEFT_OUT,
    Meaning,
    Trust,
    column_meaning,
    is_column_number,
    is_total,
    stranger,
    words_of,
)
from mixrules.programme.foreign.likeness import category_of, counts_dwellings, number, placed
from mixrules.programme.reader.archive import MOST_COLUMNS

MOST_TITLE_ROWS = 4
WIDE_ENOUGH = 3
"""A row that counts dwellings of so many kinds is about dwellings, whatever else it says."""
LOOKED_AT = 30
"""Rows looked at under a row of titles, to see whether it is one."""
INSTRUCTION = 60
"""A cell with more characters, under a title, explains how to fill the column in."""


@dataclass(slots=True)
class Column:
    """One column of a table: what is written above it, and what that says.

    Attributes:
        context: values that the title gives to every row (« Bâtiment A », « T3 »).
        wide: the title is a value, and the cells count or describe the dwellings that have it.
    """

    index: int
    row: int
    title: str
    meaning: Meaning
    context: dict[str, str] = field(default_factory=dict)
    wide: bool = False


@dataclass(slots=True)
class Header:
    """The rows of titles of one table, and its columns from left to right.

    Attributes:
        left: the first column that is its own: what stands before belongs to the table beside.
        right: the first column of the table beside, if any.
    """

    top: int
    bottom: int
    columns: list[Column]
    left: int = 0
    right: int = MOST_COLUMNS

    @property
    def kind(self) -> str:
        """The kind of thing that the rows are, where they are not dwellings; empty otherwise."""
        if sum(column.wide and bool(column.context) for column in self.columns) >= WIDE_ENOUGH:
            return ""
        return next((kind for column in self.columns if (kind := stranger(column.title))), "")

    def fields(self) -> set[str]:
        """The fields that the titles name surely."""
        known = {c.meaning.field for c in self.columns if c.meaning.trust is Trust.SURE and not c.wide}
        return known - {LEFT_OUT}


def find_headers(grid: Grid) -> list[Header]:
    """The tables of a sheet, from top to bottom and left to right."""
    found: list[Header] = []
    row = since = 0
    while row < len(grid.rows):
        if _starts(grid, row):
            row, since = _first(grid, row, since), row + 1
            bottom = _bottom(grid, row)
            top = _top(grid, row)
            known = [_titles_of(header) for header in found]
            parts = _split(grid, top, row, bottom)
            found.extend(part for part in parts if not any(map(_titles_of(part).issubset, known)))
            row = bottom
        row += 1
    return found


def _first(grid: Grid, row: int, since: int) -> int:
    """The first row that holds these titles, among others that nobody knows: titles are repeated on each page."""
    texts = set(_texts(grid, row))
    return next((n for n in range(since, row) if texts.issubset(_texts(grid, n))), row)


def _titles_of(header: Header) -> set[tuple[int, str]]:
    """The titles of a table where they stand: the same ones again, further down, go on with it."""
    return {(column.index, column.title) for column in header.columns}


def _texts(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The texts of a row of titles; none where the row holds a number: it is data."""
    texts = []
    for column, value in enumerate(grid.rows[row]):
        if value is None:
            continue
        if not isinstance(value, str) or number(value) is not None:
            return []
        texts.append((column, value))
    return texts


def _starts(grid: Grid, row: int) -> bool:
    texts = _texts(grid, row)
    if len(texts) < 2 or is_total(texts[0][1]):
        return False
    known = {_subject(text) for _, text in texts} - {""}
    left_out = sum(column_meaning(text).field == LEFT_OUT for _, text in texts)
    if len(known) >= 2 and (len(known) * 4 >= len(texts) - left_out or len(known) >= 4):
        return True
    below = row + 1 < len(grid.rows) and _starts(grid, row + 1)
    return not below and _wide_start(texts) and _counted_below(grid, row, texts)


def _subject(text: str) -> str:
    """What a title is surely about: a field, a kind of table; empty for what proves nothing."""
    if placed(text):
        return ""
    kind = stranger(text)
    if kind:
        return kind
    found = column_meaning(text)
    if found.trust is Trust.SURE:
        return "" if found.field == LEFT_OUT else found.field
    wide = category_of(text) if "nb" in words_of(text) else None
    return " ".join(wide) if wide else ""


def _wide_start(texts: list[tuple[int, str]]) -> bool:
    """Values of one kind side by side, over counts or descriptions: « T2 | T3 | T4 », « Bât. A | Bât. B »."""
    kinds: dict[str, set[str]] = {}
    for _, text in texts:
        found = _value_title(text)
        if found:
            kinds.setdefault(found[0], set()).add(found[1])
    if not kinds:
        return False
    field_name, most = max(kinds.items(), key=lambda item: len(item[1]))
    return len(most) >= 2 and len(most) * 2 >= len(texts) and field_name != "stairwell"


def _counted_below(grid: Grid, row: int, texts: list[tuple[int, str]]) -> bool:
    """Whether counts, or descriptions of dwellings, stand under titles that are values."""
    columns = [column for column, text in texts if _value_title(text)]
    below = range(row + 1, min(row + 1 + LOOKED_AT, len(grid.rows)))
    values = [v for n in below for column in columns if (v := grid.own(n, column)) is not None]
    fitting = [v for v in values if number(v) is not None or (isinstance(v, str) and describes(v))]
    return bool(values) and len(fitting) * 2 >= len(values)


def _value_title(text: str) -> tuple[str, str] | None:
    return category_of(text) or placed(text)


def _bottom(grid: Grid, row: int) -> int:
    """The last row of titles: sub-titles, numbers of columns and instructions follow the first."""
    spanned = _span(grid, row)
    last = row
    while (
        last + 1 < len(grid.rows) and last + 1 - row < MOST_TITLE_ROWS and _continues(grid, last + 1, spanned)
    ):
        last += 1
    return last


def _span(grid: Grid, row: int) -> set[int]:
    """The columns that stand under a row of titles, merged cells included."""
    columns = set(grid.filled(row))
    for block in grid.merged:
        if block.top <= row <= block.bottom and grid.own(block.top, block.left) is not None:
            columns.update(range(block.left, block.right + 1))
    return columns


def _continues(grid: Grid, row: int, spanned: set[int]) -> bool:
    texts = [
        (column, text) for column, text in enumerate(grid.rows[row]) if text is not None and column in spanned
    ]
    covered = any(block.top < row <= block.bottom and block.left in spanned for block in grid.merged)
    if not texts:
        return covered and _continues_below(grid, row, spanned)
    if any(not isinstance(text, str) or number(text) is not None for _, text in texts):
        return False
    return all(covered_or_title(text) for _, text in texts)


def _continues_below(grid: Grid, row: int, spanned: set[int]) -> bool:
    """An empty row inside vertically merged titles belongs to them."""
    return any(block.top < row <= block.bottom and block.left in spanned for block in grid.merged)


def covered_or_title(text: str) -> bool:
    """Whether a text under a title is one more title: known, a number of column, or an instruction."""
    if placed(text):
        return False
    if is_column_number(text) or text.startswith("(") or len(text) > INSTRUCTION:
        return True
    return column_meaning(text).trust is Trust.SURE or bool(stranger(text)) or category_of(text) is not None


def _top(grid: Grid, row: int) -> int:
    """The row above, where it groups the columns of this one under common titles."""
    if row == 0:
        return row
    spanned = _span(grid, row)
    merged = any(
        block.top == row - 1
        and block.right > block.left
        and set(range(block.left, block.right + 1)) < spanned
        for block in grid.merged
    )
    return row - 1 if merged or _groups(grid, row - 1) else row


def _groups(grid: Grid, row: int) -> dict[int, str]:
    """The places named side by side in a row above the titles: each holds until the next."""
    texts = _texts(grid, row)
    places = {index: text for index, text in texts if placed(text)}
    return places if len(places) == len(texts) and len(places) > 1 else {}


def _split(grid: Grid, top: int, row: int, bottom: int) -> Iterator[Header]:
    """The tables that stand side by side under one row of titles."""
    part: list[Column] = []
    left = 0
    for column in _columns(grid, top, row, bottom):
        if part and _restarts(part, column):
            yield Header(top, bottom, part, left, column.index)
            left = part[-1].index + 1
            part = []
        part.append(column)
    if part:
        yield Header(top, bottom, part, left)


def _restarts(part: list[Column], column: Column) -> bool:
    """A gap, or another group, and the first title again: another table starts."""
    gap = column.index - part[-1].index > 1
    grouped = bool(column.context) and column.context != part[-1].context and not column.wide
    again = any(column.title.split(" › ")[-1] == known.title.split(" › ")[-1] for known in part)
    return (gap or grouped) and again


def _columns(grid: Grid, top: int, row: int, bottom: int) -> Iterator[Column]:
    spanned = _span(grid, row)
    for line in range(row + 1, bottom + 1):
        beside = {column + 1 for column in spanned}
        spanned |= {c for c in grid.filled(line) if c in beside and covered_or_title(str(grid.own(line, c)))}
    for index in sorted(spanned):
        texts = _titles(grid, index, top, bottom)
        if texts:
            yield _column(index, max(texts.values()), list(texts))


def _titles(grid: Grid, index: int, top: int, bottom: int) -> dict[str, int]:
    """The texts above a column, from top to bottom, each with its row."""
    texts: dict[str, int] = {}
    for row in range(top, bottom + 1):
        text: Any = grid.value(row, index)
        groups = _groups(grid, row) if text is None and row == top < bottom else {}
        if groups:
            text = next((groups[start] for start in sorted(groups, reverse=True) if start <= index), None)
        if text is None or not isinstance(text, str) or text in texts or is_column_number(text):
            continue
        if texts and (text.startswith("(") or len(text) > INSTRUCTION):
            continue
        texts[" ".join(text.split())] = row
    return texts


def _column(index: int, row: int, texts: list[str]) -> Column:
    title = " › ".join(texts)
    context = dict(found for text in texts[:-1] if (found := placed(text)))
    named = [text for text in texts if placed(text) is None]
    meaning = _meaning(named) if named else Meaning()
    known = meaning.trust is Trust.SURE or meaning.field == LEFT_OUT
    wide = {} if known else dict(found for text in texts if (found := _value_title(text)))
    if wide and _value_title(texts[-1]):
        return Column(index, row, title, Meaning("count", Trust.SURE), context | wide, wide=True)
    if meaning.trust is not Trust.SURE and counts_dwellings(texts[-1]):
        return Column(index, row, title, Meaning("count", Trust.DOUBTFUL), context, wide=True)
    return Column(index, row, title, meaning, context)


def _meaning(texts: list[str]) -> Meaning:
    """The whole title if it is known, else its last line where nothing above contradicts it."""
    whole = column_meaning(" ".join(texts))
    if whole.trust is Trust.SURE or len(texts) == 1:
        return whole
    last, first = column_meaning(texts[-1]), column_meaning(texts[0])
    if last.trust is Trust.SURE and (not first.field or first.field == last.field):
        return last
    if first.trust is Trust.SURE and last.trust is Trust.NONE:
        return first
    return Meaning(last.field or first.field, Trust.DOUBTFUL) if last.field or first.field else whole
