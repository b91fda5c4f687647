"""The rows of a public CSV, each with its line, read one at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
"""Joiners that no eye sees: they stand in headers and values of real files."""
HEADERS = 3
"""Rows among which the titles are looked for: labels may stand before the codes."""

csv.field_size_limit(10_000_000)


class Row(Record):
    """A row with the line on which it starts: a quoted cell may hold line breaks."""

    file: str
    line: int
    cells: dict[str, str]

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(file=self.file, line=self.line)

    def __getitem__(self, title: str) -> str:
        """A cell; a column that the file does not have is empty."""
        return self.cells.get(title, "")


class UnreadRowError(Exception):
    """A row that cannot be read honestly, and why."""

    def __init__(self, code: str, **args: object) -> None:
        self.code, self.args_ = code, args
        super().__init__(code)


Refuse = Callable[[Problem], None]


def rows(path: Path, needed: Sequence[str], refuse: Refuse) -> Iterator[Row]:
    """The rows of a file under its titles; one of another width is refused, and the next is read.

    Raises:
        InvalidInputError: no such file, not UTF-8, not CSV, or without the columns needed.
    """
    if not path.is_file():
        raise InvalidInputError([Problem.of("file_missing", Place(file=path.name))])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from _under_titles(path.name, _records(path.name, stream), needed, refuse)


def titles(path: Path) -> list[str]:
    """The first row of a file, invisible signs left out.

    Raises:
        InvalidInputError: it cannot be read.
    """
    if not path.is_file():
        raise InvalidInputError([Problem.of("file_missing", Place(file=path.name))])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return _clean(next(_records(path.name, stream), (1, []))[1])


def _under_titles(
    file: str, records: Iterable[tuple[int, list[str]]], needed: Sequence[str], refuse: Refuse
) -> Iterator[Row]:
    names: list[str] = []
    for index, (line, record) in enumerate(records):
        cells = _clean(record)
        if names and len(cells) == len(names):
            yield Row(file, line, dict(zip(names, cells, strict=True)))
        elif names and any(cells):
            place = Place(file=file, line=line)
            refuse(Problem.of("row_width", place, found=len(cells), expected=len(names)))
        elif not names and set(needed) <= set(cells):
            names = cells
        elif not names and index + 1 >= HEADERS:
            break
    if not names:
        raise InvalidInputError([Problem.of("row_titles", Place(file=file), expected=", ".join(needed))])


def _records(file: str, stream: TextIO) -> Iterator[tuple[int, list[str]]]:
    """The records of a stream with their first lines."""
    line = 1
    try:
        first = stream.readline()
        stream.seek(0)
        delimiter = max((";", ",", "\t"), key=first.count)
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error:
        raise InvalidInputError([Problem.of("csv_syntax", Place(file=file, line=line))]) from None
    except UnicodeDecodeError:
        raise InvalidInputError([Problem.of("not_utf8", Place(file=file, line=line))]) from None


def _clean(record: Iterable[str]) -> list[str]:
    return [cell.translate(INVISIBLE).strip() for cell in record]


def whole(row: Row, title: str) -> int | None:
    """A whole number, or None where the cell is empty.

    Raises:
        UnreadRowError: another text, or less than zero.
    """
    text = row[title]
    if not text:
        return None
    try:
        number = int(text)
    except ValueError:
        raise UnreadRowError("row_number", title=title, found=text[:60]) from None
    if number < 0:
        raise UnreadRowError("row_negative", title=title, found=number)
    return number
