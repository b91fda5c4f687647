"""A reference table: its header, and its rows on disk, read only where a commune is looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record
from mixrules.rulebook.model import Period, Source, Texts

KEY = "insee"
"""The first column of every table: the code of the commune."""
SEPARATOR = ";"
Rows = Callable[[str], bytes]
"""How the rows of a file name are read."""
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
    """A table whose header was checked with its rows; the rows are read when a commune is first looked up."""

    def __init__(self, table: ReferenceTable, header: str, read: Rows) -> None:
        self.table = table
        self.header = header
        self.read = read

    @cached_property
    def rows(self) -> str:
        """The rows as text.

        Raises:
            InvalidInputError: they are no longer those that were checked.
        """
        content = self.read(self.table.rows_file)
        if digest_of(content) != self.table.rows_digest:
            raise InvalidInputError([altered(self.table.rows_file, self.table.rows_digest, content)])
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


def beside(header: Path) -> Rows:
    """How the rows beside a header are read: from its folder only, and no more than a table may hold."""
    return partial(_beside, header)


def _beside(header: Path, name: str) -> bytes:
    path = header.parent / name
    # A link could lead out of the folder.
    if Path(name).name != name or not path.resolve().is_relative_to(header.parent.resolve()):
        raise InvalidInputError([Problem.of("table_rows_elsewhere", Place(header.name), found=name)])
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidInputError([Problem.of("table_too_large", Place(name), most=LARGEST)])
        return one_line_end(path.read_bytes())
    except OSError as error:
        why = error.strerror or "?"
        raise InvalidInputError(
            [Problem.of("table_rows_missing", Place(name), found=name, why=why)]
        ) from None


def one_line_end(content: bytes) -> bytes:
    """Rows with one kind of line end, whatever the machine that keeps them."""
    content = content.replace(b"\r\n", b"\n")
    return content if content.endswith(b"\n") else content + b"\n"


def digest_of(content: bytes) -> str:
    """The SHA-256 that a header states of its rows."""
    return hashlib.sha256(content).hexdigest()


def altered(name: str, stated: str, content: bytes) -> Problem:
    """Rows that are not those whose digest the header states."""
    return Problem.of("table_digest", Place(name), stated=stated, found=digest_of(content))
