"""A reference table: its header, and its rows on disk, read only where a commune is looked up."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record
from mixrules.rulebook.model import Period, Source, Texts

KEY = "insee"
"""The first column of every table: the code of the commune."""
SEPARATOR = ";"
LARGEST = 5_000_000
"""The largest rows accepted, in bytes; all 35,000 communes of France take a tenth of it."""


class Column(Record):
    """A column: its name in the rows, the field of the vocabulary that it gives, and when it holds."""

    name: str
    field: str
    period: Period


class ReferenceTable(Record):
    """What a table says of itself; `digest` names this header, which states the digest of the rows."""

    id: str
    title: Texts
    source: Source
    licence: str
    vintage: Texts
    columns: tuple[Column, ...]
    rows_file: str
    rows_digest: str
    rows_count: int
    digest: str
    left_out: Texts = ()

    def column(self, field: str, day: date) -> Column | None:
        """The column that gives a field on a day."""
        return next((c for c in self.columns if c.field == field and c.period.holds(day)), None)


class HeldTable:
    """A table whose header was checked with its rows, and the file of these rows."""

    def __init__(self, table: ReferenceTable, path: Path) -> None:
        self.table = table
        self.path = path

    @cached_property
    def rows(self) -> str:
        """The rows as text.

        Raises:
            InvalidInputError: the file is no longer the one that was checked.
        """
        content = rows_content(self.path)
        if digest_of(content) != self.table.rows_digest:
            raise InvalidInputError([altered(self.path.name, self.table.rows_digest, content)])
        return content.decode()

    def cell(self, code: str, column: Column) -> str:
        """What a column says of a commune; nothing where the table does not hold it, or leaves it blank."""
        start = self.rows.find(f"\n{code}{SEPARATOR}") + 1
        if not start:
            return ""
        cells = self.rows[start : self.rows.index("\n", start)].split(SEPARATOR)
        return cells[self.table.columns.index(column) + 1]

    def codes(self, column: Column) -> dict[str, str]:
        """What a column says, by commune; blanks are left out."""
        at = self.table.columns.index(column) + 1
        lines = (line.split(SEPARATOR) for line in self.rows.splitlines()[1:])
        return {cells[0]: cells[at] for cells in lines if cells[at]}


def rows_content(path: Path) -> bytes:
    """The rows of a table, with one kind of line end whatever the machine that keeps them.

    Raises:
        InvalidInputError: they cannot be read, or are too many.
    """
    place = Place(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidInputError([Problem.of("table_too_large", place, most=LARGEST)])
        content = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise InvalidInputError(
            [Problem.of("table_rows_missing", place, found=path.name, why=error.strerror or "?")]
        ) from None
    return content if content.endswith(b"\n") else content + b"\n"


def digest_of(content: bytes) -> str:
    """The SHA-256 that a header states of its rows."""
    return hashlib.sha256(content).hexdigest()


def altered(name: str, stated: str, content: bytes) -> Problem:
    """Rows that are not those whose digest the header states."""
    return Problem.of("table_digest", Place(name), stated=stated, found=digest_of(content))
