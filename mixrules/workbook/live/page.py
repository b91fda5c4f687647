"""Writing the sheet « Conformité »: what a developer sees while typing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from mixrules.message import format_date
from mixrules.programme.template import write_text
from mixrules.rulebook.model import BINDING, text_in
from mixrules.workbook.live.board import (
    HEADERS,
    OPEN_WORD,
    SCALES,
    TO_CHECK,
    Guarded,
    Line,
    land_price,
    lines,
    verdict,
)
from mixrules.workbook.live.formula import quoted

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Conformité"
WIDTHS = (52, 40, 10, 12, 16, 16, 16, 14, 26, 70)
FORCES = {"law": "loi", "plan": "plan", "contract": "contrat", "charter": "charte"}
FIRST_RULE = 5

COLOURS = {
    "C6EFCE": ("respectée", "respecté", "ouvert", "CONFORME"),
    "FFC7CE": ("non respectée", "refusé", "NON CONFORME", "dépasse le plafond"),
    "FFEB9C": (OPEN_WORD, "INDÉTERMINÉ", TO_CHECK),
}


def write(sheet: Worksheet, books: list[Guarded], day: date, whole: list[tuple[str, str]]) -> list[Line]:
    """Write the sheet."""
    from openpyxl.styles import Alignment, Font, PatternFill

    bold = Font(bold=True)
    sheet.cell(1, 1, "Verdict (règles opposables : loi et plan)").font = bold
    sheet.cell(1, 5, f"={verdict(books)}").font = Font(bold=True, size=14)
    price = land_price(books)
    if price is not None:
        sheet.cell(2, 1, "Prix du foncier").font = bold
        sheet.cell(2, 5, f"={price}").font = bold
    shown_day = format_date(day, "fr")
    sheet.cell(
        3,
        1,
        f"Règles en vigueur au {shown_day}. Feuille indicative : seule la décision de mixrules fait foi.",
    )
    for row, (ok, warning) in enumerate(whole, start=4):
        sheet.cell(row, 1, f'=IF({ok}=1,"",{quoted(f"⚠ {warning}")})').font = bold
    row = FIRST_RULE + len(whole)
    written: list[Line] = []
    for title, wanted in _sections():
        found = [(book, line) for book in books for line in lines(book) if wanted(line.ruled)]
        if not found:
            continue
        sheet.cell(row, 1, title).font = bold
        row += 1
        headers = (
            HEADERS
            if "Avantages" not in title
            else ("Avantage", *HEADERS[1:4], "Droit", "Demandé", "Montant", *HEADERS[7:])
        )
        for column, header in enumerate(headers, start=1):
            cell = sheet.cell(row, column, header)
            cell.font, cell.fill = bold, PatternFill("solid", fgColor="DDE6F0")
        row += 1
        for book, line in found:
            _line(sheet, row, book, line)
            written.append(line)
            row += 1
        row += 1
    for letter, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        for one in sheet[letter]:
            one.alignment = Alignment(wrap_text=letter in "AB" and one.row > FIRST_RULE, vertical="top")
    _colour(sheet, row)
    return written


def _sections() -> list[tuple[str, Any]]:
    return [
        (
            "Règles opposables (loi et plan)",
            lambda r: r.rule.award is None and r.rule.force in BINDING and r.rule.kind != "ceiling",
        ),
        ("Avantages", lambda r: r.rule.award is not None),
        ("Prix du foncier", lambda r: r.rule.kind == "ceiling"),
        (
            "Charte et contrats (jamais un motif de refus du permis)",
            lambda r: r.rule.award is None and r.rule.force not in BINDING and r.rule.kind != "ceiling",
        ),
    ]


def _line(sheet: Worksheet, row: int, book: Guarded, line: Line) -> None:
    rule = line.ruled.rule
    texts = (
        text_in(rule.title, "fr") or rule.id,
        rule.source.ref,
        FORCES[rule.force],
        SCALES.get(rule.scope, rule.scope),
    )
    for column, said in enumerate(texts, start=1):
        write_text(sheet.cell(row, column), said)
    for header, formula in line.cells.items():
        column = HEADERS.index(header) + 1
        cell = sheet.cell(row, column, f"={_guarded(book, line, header, formula)}")
        if header in {"Constaté", "Exigé"} and line.unit:
            cell.number_format = {"ratio": "0.00%", "date": "DD/MM/YYYY", "dwelling": "0"}.get(
                line.unit, "# ##0.00"
            )
    if line.note:
        write_text(sheet.cell(row, len(HEADERS)), line.note)
    line.status = sheet.cell(row, HEADERS.index("Résultat") + 1).coordinate


def _guarded(book: Guarded, line: Line, header: str, formula: str) -> str:
    if line.ruled.refused is not None:
        return formula
    otherwise = TO_CHECK if header == "Résultat" else ""
    return f'IF({book.guard}=0,"{otherwise}",{formula})'


def _colour(sheet: Worksheet, last: int) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    for colour, words in COLOURS.items():
        for word in words:
            fill = PatternFill("solid", bgColor=colour)
            rule = CellIsRule(operator="equal", formula=[quoted(word)], fill=fill)  # type: ignore[no-untyped-call]
            for area in ("E1:E2", f"I4:I{last}"):
                sheet.conditional_formatting.add(area, rule)
