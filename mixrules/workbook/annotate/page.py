"""Writing rows on a sheet of openpyxl: sections, headers, cells with their links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mixrules.workbook.annotate.cell_value import Shown, text

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = (42, 28, 22, 17, 17, 20, 20, 76, 18)
"""Characters."""
HEAD, SECTION = "1F3A5F", "DDE6F0"
TONES = {"bad": "F8D7DA", "open": "FFF3CD", "good": "DFF0D8", "idle": "EEEEEE"}
LINE_HEIGHT = 13.5
NUMBERS = range(4, 7)
"""The columns of numbers and of what stands for one, set to the right (from 1)."""
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the start of a formula."""


class Link:
    """A text that leads to a cell of the workbook."""

    def __init__(self, shown: str, sheet: str, cell: str) -> None:
        self.shown, self.sheet, self.cell = shown, sheet, cell


Cell = Shown | str | Link | None


class Page:
    """The sheet, written from the top down."""

    def __init__(self, title: str) -> None:
        from openpyxl import Workbook

        self.book: Workbook = Workbook()
        sheet: Any = self.book.active
        sheet.title = title
        sheet.sheet_properties.tabColor = HEAD
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for number, width in enumerate(WIDTHS):
            sheet.column_dimensions["ABCDEFGHI"[number]].width = width
        self.sheet, self.row = sheet, 0

    def heading(self, title: str) -> None:
        """The title of the sheet."""
        self._line([title], size=16, bold=True, colour=HEAD)
        self.sheet.row_dimensions[self.row].height = 24

    def section(self, title: str, headers: Sequence[str]) -> None:
        """A title, then the headers of a table."""
        from openpyxl.styles import PatternFill

        self.row += 1
        self._line([title], size=12, bold=True, colour=HEAD)
        self._line(headers, bold=True)
        for column in range(1, len(headers) + 1):
            self.sheet.cell(self.row, column).fill = PatternFill("solid", fgColor=SECTION)

    def line(self, cells: Sequence[Cell], *, state: int | None = None, tone: str = "") -> None:
        """A row; the column `state` (from 0) is coloured by its tone, whose words stand in it."""
        from openpyxl.styles import Font, PatternFill

        self._line(cells)
        if state is not None and tone:
            cell = self.sheet.cell(self.row, state + 1)
            cell.fill = PatternFill("solid", fgColor=TONES[tone])
            cell.font = Font(name="Calibri", size=10, bold=True)

    def note(self, said: str) -> None:
        """A sentence across the table."""
        self._line([said], wide=True)

    def fact(self, label: str, *said: str, tone: str = "") -> None:
        """A label, what it says, and a remark that may run over the cells beside it."""
        from openpyxl.styles import Font, PatternFill

        self._line([label, *said], wide=True)
        self.sheet.cell(self.row, 1).font = Font(name="Calibri", size=10, bold=True)
        if tone:
            cell = self.sheet.cell(self.row, 2)
            cell.fill, cell.font = (
                PatternFill("solid", fgColor=TONES[tone]),
                Font(name="Calibri", size=12, bold=True),
            )

    def _line(
        self,
        cells: Sequence[Cell],
        *,
        size: int = 10,
        bold: bool = False,
        colour: str = "000000",
        wide: bool = False,
    ) -> None:
        from openpyxl.styles import Alignment, Font

        self.row += 1
        lines = 1
        for column, content in enumerate(cells, start=1):
            if content is None or content == (None, ""):
                continue
            cell = self.sheet.cell(self.row, column)
            cell.font = Font(name="Calibri", size=size, bold=bold, color=colour)
            right = not wide and column in NUMBERS
            cell.alignment = Alignment(
                horizontal="right" if right else "left",
                indent=int(column == 7),
                wrap_text=not wide and size == 10,
                vertical="top",
            )
            value = self._write(cell, content)
            if isinstance(value, str) and not wide and size == 10:
                lines = max(lines, _lines(value, WIDTHS[column - 1]))
        if lines > 1:
            self.sheet.row_dimensions[self.row].height = LINE_HEIGHT * min(lines, 26)

    def _write(self, cell: Any, content: str | Shown | Link) -> object:
        from openpyxl.styles import Font
        from openpyxl.worksheet.hyperlink import Hyperlink

        if isinstance(content, Link):
            quoted = content.sheet.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{content.cell}")
            cell.font = Font(name="Calibri", size=10, color="0563C1", underline="single")
            content = content.shown
        value, code = text(content) if isinstance(content, str) else content
        cell.value = value
        if isinstance(value, str):
            # Text stays text: what a file says never becomes a formula, on opening or on editing.
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_LIKE)
        elif code:
            cell.number_format = code
        return value


def _lines(value: str, width: int) -> int:
    """How many lines a text takes in a column, about."""
    return sum(1 + int(len(line) / (width * 1.15)) for line in value.split("\n"))
