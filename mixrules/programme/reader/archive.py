"""Look at an xlsx before a spreadsheet library opens it: is it one, is it whole, is it of a sane size?

A few kilobytes can hold gigabytes, and one cell at XFD1048576 makes a dense table of seventeen billion cells.
The same pass finds what a library would silently read as empty: formulas never computed, and error cells.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NoReturn
from xml.parsers import expat

from mixrules.message import InvalidInputError, Place, Problem

MOST_UNPACKED = 100_000_000
"""Bytes of all parts once unpacked."""
MOST_RATIO = 400
"""A part of more than a megabyte that packs better than this is a bomb: real sheets stay under 50."""
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000
"""Cells of the rectangle that a sheet spans."""
MOST_TEXT = 1_000_000_000
"""Characters that shared texts would take if every cell held the longest one."""
MOST_FAULTS = 50
"""Faulty cells told for one sheet: beyond, the whole column is at fault."""
MOST_COLUMNS = 16_384
TRUE = frozenset({"1", "true"})


@dataclass(slots=True)
class SheetPart:
    """What one sheet spans and hides, and the cells that a library would read as empty although they are not."""

    rows: int = 0
    columns: int = 0
    shared: int = 0
    not_computed: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def look(file: str, content: bytes) -> dict[str, SheetPart]:
    """The sheets of a workbook by name.

    Raises:
        InvalidInputError: not an xlsx, protected, truncated, or out of proportion.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        _refuse("workbook_protected" if protected else "workbook_old", file)
    if not content.startswith(b"PK\x03\x04"):
        _refuse("workbook_expected", file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _look(file, archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        expat.ExpatError,
        NotImplementedError,
        ValueError,
        OSError,
    ):
        _refuse("workbook_broken", file)
    except RuntimeError:  # what zipfile raises for an encrypted part
        _refuse("workbook_protected", file)


def _refuse(code: str, file: str, **args: object) -> NoReturn:
    raise InvalidInputError([Problem.of(code, Place(file=file), "", **args)])


def _look(file: str, archive: zipfile.ZipFile) -> dict[str, SheetPart]:
    parts = archive.infolist()
    refuse_archive_bomb(file, parts)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        _refuse("workbook_expected", file)
    sheets: dict[str, SheetPart] = {}
    longest_text = 0
    for part in parts:
        if part.filename.endswith((".xml", ".XML")):
            sheet, longest = _scan(archive, part.filename)
            longest_text = max(longest_text, longest)
            if sheet is not None:
                sheets[part.filename] = sheet
    for sheet in sheets.values():
        if sheet.rows * sheet.columns > MOST_CELLS:
            _refuse("workbook_too_wide", file, rows=sheet.rows, columns=sheet.columns)
        if sheet.shared * longest_text > MOST_TEXT:
            size = sheet.shared * longest_text // 1_000_000
            _refuse("workbook_bomb", file, size=size, most=MOST_TEXT // 1_000_000)
    return {name: sheets[path] for name, path in _sheet_paths(archive).items() if path in sheets}


def refuse_archive_bomb(file: str, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose parts, once unpacked, are too many or out of proportion.

    Raises:
        InvalidInputError: it is a bomb.
    """
    unpacked = sum(part.file_size for part in parts)
    packed_well = any(
        part.file_size > 1_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or packed_well:
        _refuse("workbook_bomb", file, size=unpacked // 1_000_000, most=MOST_UNPACKED // 1_000_000)


class _Scan:
    """The handlers of one pass over a part: extents, formulas without a value, error cells, longest text."""

    def __init__(self) -> None:
        self.sheet: SheetPart | None = None
        self.longest = 0
        self.row = self.column = 0
        self.cell = self.kind = self.row_text = ""
        self.formula = self.in_value = False
        self.value = ""
        self.text = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        local = _local(name)
        if self.sheet is None:
            if local == "worksheet":
                self.sheet = SheetPart()
            elif local == "si":
                self.text = 0
        elif local == "c":
            self._cell(attributes)
        elif local == "v":
            self.in_value = True
            self._spread()
        elif local == "row":
            self._row(attributes)
        elif local == "f":
            self.formula = True
        elif local == "is":
            self._spread()
        elif local == "col" and attributes.get("hidden") in TRUE:
            last = min(int(attributes["max"]), MOST_COLUMNS)
            self.sheet.hidden_columns.update(range(int(attributes["min"]) - 1, last))

    def _row(self, attributes: dict[str, str]) -> None:
        assert self.sheet is not None
        self.row = int(attributes.get("r") or self.row + 1)
        self.row_text = str(self.row)
        self.column = 0
        if attributes.get("hidden") in TRUE:
            self.sheet.hidden_rows.add(self.row - 1)

    def _spread(self) -> None:
        """A cell that holds something widens the sheet; a million formatted rows do not."""
        assert self.sheet is not None
        self.sheet.rows = max(self.sheet.rows, self.row)
        self.sheet.columns = max(self.sheet.columns, self.column)

    def _cell(self, attributes: dict[str, str]) -> None:
        assert self.sheet is not None
        self.cell = attributes.get("r", "")
        letters = self.cell.removesuffix(self.row_text)
        if not letters.isalpha():
            letters = self.cell.rstrip("0123456789")
            self.row = int(self.cell[len(letters) :] or self.row)
        self.column = column_number(letters) if letters else self.column + 1
        self.cell = self.cell or f"{column_letters(self.column - 1)}{self.row}"
        self.kind = attributes.get("t", "")
        self.sheet.shared += self.kind == "s"
        self.formula, self.value = False, ""

    def end(self, name: str) -> None:
        """An element closes."""
        local = _local(name)
        if local == "v":
            self.in_value = False
        elif local == "c" and self.sheet is not None:
            if self.kind == "e":
                self.sheet.errors.append((self.cell, self.value[:20]))
            elif self.formula and not self.value and self.kind != "str":
                self.sheet.not_computed.append(self.cell)
        elif local == "si":
            self.longest = max(self.longest, self.text)

    def characters(self, data: str) -> None:
        """Text between elements."""
        if self.in_value:
            self.value = data if not self.value else self.value
        elif self.sheet is None:
            self.text += len(data)


def _no_doctype(*_: object) -> NoReturn:
    """The format forbids document types: one would only serve to define entities."""
    raise ValueError


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _scan(archive: zipfile.ZipFile, path: str) -> tuple[SheetPart | None, int]:
    scan, parser = _Scan(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    parser.StartDoctypeDeclHandler = _no_doctype
    with archive.open(path) as stream:
        parser.ParseFile(stream)
    return scan.sheet, scan.longest


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet lies in the archive."""
    identifiers: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            identifiers[attributes.get("name", "")] = key

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path

    for path, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        if path in archive.namelist():
            parser.Parse(archive.read(path), True)
    return {name: targets.get(key, "") for name, key in identifiers.items()}


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(cell: str) -> tuple[int, int]:
    """(0, 0) for A1: a row and a column."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters) - 1


@cache
def column_letters(index: int) -> str:
    """A for 0, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
