"""Writing the sheet « Conformité »: what a developer sees while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from mixrules.message import Lang, term
from mixrules.programme.template import write_text
from mixrules.rulebook.model import BINDING, text_in
from mixrules.workbook.live.board import (
    AWARD_COLUMNS,
    COLUMNS,
    Guarded,
    Line,
    land_price,
    lines,
    verdict,
    worded,
)
from mixrules.workbook.live.formula import quoted
from mixrules.workbook.live.rulings import Ruled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Conformité"
WIDTHS = (52, 40, 10, 15, 16, 16, 16, 14, 26, 70)
LINE_HEIGHT = 15.0
FIRST_RULE = 5

COLOURS = {
    "C6EFCE": ("met", "within", "granted", "COMPLIANT"),
    "FFC7CE": ("unmet", "refused", "NON-COMPLIANT", "exceeds"),
    "FFEB9C": ("undetermined", "UNDETERMINED", "to_check"),
}
SECTIONS: tuple[tuple[str, Callable[[Ruled], bool]], ...] = (
    ("binding", lambda r: r.rule.award is None and r.rule.force in BINDING and r.rule.kind != "ceiling"),
    ("advantages", lambda r: r.rule.award is not None),
    ("land_price", lambda r: r.rule.kind == "ceiling"),
    ("charter", lambda r: r.rule.award is None and r.rule.force not in BINDING and r.rule.kind != "ceiling"),
)


def write(
    sheet: Worksheet, books: list[Guarded], day: date, whole: list[tuple[str, str]], lang: Lang = "fr"
) -> list[Line]:
    """Write the sheet."""
    from openpyxl.styles import Alignment, Font, PatternFill

    bold = Font(bold=True)
    sheet.cell(1, 1, worded("verdict", lang)).font = bold
    sheet.cell(1, 5, f"={verdict(books, lang)}").font = Font(bold=True, size=14)
    price = land_price(books)
    if price is not None:
        sheet.cell(2, 1, worded("land_price", lang)).font = bold
        sheet.cell(2, 5, f"={price}").font = bold
    sheet.cell(3, 1, worded("day", lang, day=day))
    for row, (ok, warning) in enumerate(whole, start=4):
        sheet.cell(row, 1, f'=IF({ok}=1,"",{quoted(f"⚠ {warning}")})').font = bold
    row = FIRST_RULE + len(whole)
    written: list[Line] = []
    heights: dict[int, float] = {}
    for title, wanted in SECTIONS:
        found = [(book, line) for book in books for line in lines(book) if wanted(line.ruled)]
        if not found:
            continue
        sheet.cell(row, 1, worded(title, lang)).font = bold
        row += 1
        headers = AWARD_COLUMNS if title == "advantages" else COLUMNS
        for column, header in enumerate(headers, start=1):
            cell = sheet.cell(row, column, worded(header, lang))
            cell.font, cell.fill = bold, PatternFill("solid", fgColor="DDE6F0")
        row += 1
        for book, line in found:
            heights[row] = _line(sheet, row, book, line)
            written.append(line)
            row += 1
        row += 1
    for letter, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        for one in sheet[letter]:
            wraps = letter in "AB" and one.row in heights
            one.alignment = Alignment(wrap_text=wraps, vertical="top")
    for number, height in heights.items():
        sheet.row_dimensions[number].height = height
    _colour(sheet, row, lang)
    return written


def _line(sheet: Worksheet, row: int, book: Guarded, line: Line) -> float:
    """Write one line; gives the height that its title and its reference need, in points."""
    rule = line.ruled.rule
    texts = (
        text_in(rule.title, book.lang) or rule.id,
        rule.source.ref,
        term("force_short", rule.force, book.lang),
        term("scale", rule.scope, book.lang),
    )
    for column, said in enumerate(texts, start=1):
        write_text(sheet.cell(row, column), said)
    for header, formula in line.cells.items():
        column = COLUMNS.index(header) + 1
        cell = sheet.cell(row, column, f"={_guarded(book, line, header, formula)}")
        if header in {"observed", "required"} and line.unit:
            cell.number_format = {"ratio": "0.00%", "date": "DD/MM/YYYY", "dwelling": "0"}.get(
                line.unit, "# ##0.00"
            )
    if line.note:
        write_text(sheet.cell(row, len(COLUMNS)), line.note)
    line.status = sheet.cell(row, COLUMNS.index("result") + 1).coordinate
    return LINE_HEIGHT * max(
        ceil(len(said) / (width - 4)) for said, width in zip(texts[:2], WIDTHS, strict=False)
    )


def _guarded(book: Guarded, line: Line, header: str, formula: str) -> str:
    if line.ruled.refused is not None:
        return formula
    otherwise = book.word("to_check") if header == "result" else '""'
    return f"IF({book.guard}=0,{otherwise},{formula})"


def _colour(sheet: Worksheet, last: int, lang: Lang) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    for colour, words in COLOURS.items():
        for word in words:
            fill = PatternFill("solid", bgColor=colour)
            rule = CellIsRule(operator="equal", formula=[quoted(worded(word, lang))], fill=fill)  # type: ignore[no-untyped-call]
            for area in ("E1:E2", f"I4:I{last}"):
                sheet.conditional_formatting.add(area, rule)
