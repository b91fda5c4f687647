"""Open an OpenDocument spreadsheet (.ods): its size and what it hides first, then its cells.

A repeated row or cell costs a few bytes in the file and a table of any size in memory: what holds something is
measured before a library expands it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.foreign.grid import NOT_COMPUTED, Cell, Grid, blocks
from mixrules.programme.reader.archive import MOST_CELLS, refuse_archive_bomb

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
DEEPEST = 200
"""Nesting of elements that no real sheet comes near."""
MOST_MERGED = 20_000
ERROR = re.compile(r"#[A-Z/0!?]+[!?AF0]?|Err:\d+")


class _ProportionError(Exception):
    """The document is deeper or wider than any real one."""

    def __init__(self, rows: int = 0, columns: int = 0) -> None:
        self.rows, self.columns = rows, columns
        super().__init__()


@dataclass(slots=True)
class _Part:
    """What one sheet spans, hides and merges, and its faulty cells."""

    rows: int = 0
    columns: int = 0
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[Cell, Cell]] = field(default_factory=list)
    faults: dict[Cell, str] = field(default_factory=dict)


def recognises(content: bytes) -> bool:
    """Whether an archive says that it is an OpenDocument spreadsheet."""
    return MIMETYPE in content[:200]


def open_ods(file: str, content: bytes) -> list[Grid]:
    """The sheets of an OpenDocument spreadsheet.

    Raises:
        InvalidInputError: it is broken, protected, or out of proportion.
    """
    parts = _look(file, content)
    from python_calamine import CalamineError, CalamineWorkbook

    grids = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in workbook.sheet_names:
            part = parts.get(title, _Part())
            rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            grids.append(
                Grid(
                    file,
                    title,
                    rows,
                    merged=blocks(part.merged),
                    hidden_rows=frozenset(part.hidden_rows),
                    hidden_columns=frozenset(part.hidden_columns),
                    hidden=part.hidden,
                    faults=part.faults,
                )
            )
    except (CalamineError, OSError, ValueError):
        _refuse("workbook_broken", file)
    return grids


def _refuse(code: str, file: str, **args: object) -> NoReturn:
    raise InvalidInputError([Problem.of(code, Place(file=file), "", **args)])


def _look(file: str, content: bytes) -> dict[str, _Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_archive_bomb(file, archive.infolist())
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                _refuse("workbook_protected", file)
            scan = _Scan()
            with archive.open("content.xml") as stream:
                scan.parse(stream.read())
            return scan.parts
    except _ProportionError as error:
        if not error.rows:
            _refuse("workbook_too_deep", file, most=DEEPEST)
        _refuse("workbook_too_wide", file, rows=error.rows, columns=error.columns)
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, KeyError, ValueError, OSError):
        _refuse("workbook_broken", file)
    except (RuntimeError, NotImplementedError):
        _refuse("workbook_protected", file)


class _Scan:
    """One pass over `content.xml`."""

    def __init__(self) -> None:
        self.parts: dict[str, _Part] = {}
        self.part = _Part()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = self.depth = 0
        self.row_repeat = self.repeat = 1
        self.formula = self.valued = self.filled = False
        self.text = ""

    def parse(self, content: bytes) -> None:
        """Read the whole document."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _ProportionError
        match name:
            case "style:style":
                self.style = attributes.get("style:name", "")
            case "style:table-properties":
                if attributes.get("table:display") == "false":
                    self.hidden_styles.add(self.style)
            case "table:table":
                self.row = self.column = 0
                self.part = _Part(hidden=attributes.get("table:style-name", "") in self.hidden_styles)
                self.parts[attributes.get("table:name", "")] = self.part
            case "table:table-column":
                self._columns(attributes)
            case "table:table-row":
                self.column = 0
                self.row_repeat = int(attributes.get("table:number-rows-repeated", "1"))
                if (
                    attributes.get("table:visibility") in {"collapse", "filter"}
                    and self.row_repeat < MOST_CELLS
                ):
                    self.part.hidden_rows.update(range(self.row, self.row + min(self.row_repeat, 70_000)))
            case "table:table-cell" | "table:covered-table-cell":
                self._cell(attributes)
        self.filled = self.filled or name == "text:p"

    def _columns(self, attributes: dict[str, str]) -> None:
        repeat = min(int(attributes.get("table:number-columns-repeated", "1")), 16_384)
        if attributes.get("table:visibility") in {"collapse", "filter"}:
            self.part.hidden_columns.update(range(self.column, self.column + repeat))
        self.column += repeat

    def _cell(self, attributes: dict[str, str]) -> None:
        self.repeat = int(attributes.get("table:number-columns-repeated", "1"))
        self.formula = "table:formula" in attributes
        self.valued = "office:value-type" in attributes
        self.filled, self.text = self.valued, ""
        if attributes.get("calcext:value-type") == "error":
            self.part.faults[self.row, self.column] = "?"
        across = int(attributes.get("table:number-columns-spanned", "1"))
        down = int(attributes.get("table:number-rows-spanned", "1"))
        if across > 1 or down > 1:
            self.part.merged.append(
                ((self.row, self.column), (self.row + down - 1, self.column + across - 1))
            )
            if len(self.part.merged) > MOST_MERGED or across * down > MOST_CELLS:
                raise _ProportionError(down, across)

    def end(self, name: str) -> None:
        """An element closes."""
        self.depth -= 1
        if name in {"table:table-cell", "table:covered-table-cell"}:
            self._close_cell()
        elif name == "table:table-row":
            self.row += self.row_repeat

    def _close_cell(self) -> None:
        here = (self.row, self.column)
        if self.formula and ERROR.fullmatch(self.text):
            self.part.faults[here] = self.text
        elif self.formula and not self.valued:
            self.part.faults[here] = NOT_COMPUTED
        self.column += self.repeat
        if self.filled:
            part = self.part
            part.rows = max(part.rows, self.row + self.row_repeat)
            part.columns = max(part.columns, self.column)
            if part.rows * part.columns > MOST_CELLS:
                raise _ProportionError(part.rows, part.columns)
        self.filled = False

    def characters(self, data: str) -> None:
        """Text between elements."""
        if self.formula and len(self.text) < 20:
            self.text += data.strip()


def _no_doctype(*_: object) -> NoReturn:
    """No spreadsheet writes one: it would only serve to define entities."""
    raise ValueError
