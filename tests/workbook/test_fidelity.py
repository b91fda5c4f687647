"""What was in the promoter's workbook is in the copy."""

from pathlib import Path

import openpyxl
import pytest
from copies import changed, marking, parts, zipped
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from mixrules.workbook.annotate.package import Package

HERE = Path(__file__).parent
APILOS = sorted((HERE.parent / "programme" / "foreign" / "data" / "apilos").glob("*.xlsx"))
MIXED = HERE.parent.parent / "fixtures" / "programme-mixte.xlsx"
EXTENDED = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
    "<x14:formula1><xm:f>Listes!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B2:B9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


@pytest.fixture
def rich(tmp_path: Path) -> bytes:
    """A workbook with much of what promoters put into theirs."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lots d'été"
    for row in range(1, 9):
        sheet.append([f"L{row}", row * 10, f"=B{row}*2"])
    sheet["A1"].fill = PatternFill("solid", fgColor="FF0000")
    sheet["B2"].comment = Comment("à vérifier par Léa", "Léa")
    sheet.conditional_formatting.add(
        "B1:B8", CellIsRule("greaterThan", ["40"], fill=PatternFill(bgColor="00FF00"))
    )
    validation = DataValidation(type="list", formula1='"PLUS,PLAI"')
    validation.add("A1:A8")
    sheet.add_data_validation(validation)
    sheet.print_area, sheet.print_title_rows = "A1:C8", "1:1"
    sheet.page_setup.orientation, sheet.oddHeader.center.text = "landscape", "Programme"
    sheet.column_dimensions["A"].width, sheet.freeze_panes = 33, "A2"
    sheet.merge_cells("E1:F2")
    sheet.row_dimensions[7].hidden = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=8))
    sheet.add_chart(chart, "H2")
    hidden = book.create_sheet("Listes")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "PLUS"
    book.defined_names["taux"] = DefinedName("taux", attr_text="Listes!$A$1")
    path = tmp_path / "rich.xlsx"
    book.save(path)
    held = parts(path.read_bytes())
    name = "xl/worksheets/sheet1.xml"
    held[name] = held[name].replace(b"</worksheet>", EXTENDED.encode() + b"</worksheet>")
    held["xl/printerSettings/printerSettings1.bin"] = b"\x00\x01printer"
    return zipped(held)


def test_everything_of_a_rich_workbook_is_kept(rich: bytes) -> None:
    copy = marking(rich, "Lots d'été!B2", "Lots d'été!B3", "Lots d'été!Z99", "Listes!A1")
    assert copy.marked == 4
    assert changed(rich, copy.content) == set()


def test_a_workbook_without_marks_keeps_each_part_to_the_byte(rich: bytes) -> None:
    kept, before = parts(marking(rich).content), parts(rich)
    assert {name for name, content in before.items() if kept[name] != content} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_it_opens_with_its_formulas_its_comments_and_ours(rich: bytes, tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(marking(rich, "Lots d'été!B2", "Lots d'été!B3").content)
    book = openpyxl.load_workbook(path)
    sheet = book["Lots d'été"]
    assert sheet["C3"].value == "=B3*2"
    assert sheet["B2"].comment.text.startswith("à vérifier par Léa\n— mixrules —\n")
    assert sheet["B2"].comment.author == "Léa"
    assert sheet["B3"].comment.author == "mixrules"
    assert sheet["A1"].fill.fgColor.rgb == "00FF0000"
    assert sheet.print_area == "'Lots d''été'!$A$1:$C$8"
    assert book["Listes"].sheet_state == "hidden"
    assert book.sheetnames[-1] == "Contrôle"
    assert list(book.defined_names) == ["taux"]


@pytest.mark.parametrize("path", [*APILOS, MIXED], ids=lambda path: path.stem)
def test_real_workbooks_are_kept_whole(path: Path) -> None:
    before = path.read_bytes()
    first = next(iter(Package(path.read_bytes()).sheets()))
    copy = marking(before, f"{first}!B5", f"{first}!C7")
    assert copy.shed == []
    assert copy.marked == 2
    assert changed(before, copy.content) == set()


@pytest.mark.parametrize("path", [*APILOS, MIXED], ids=lambda path: path.stem)
def test_a_copy_of_a_copy_is_the_copy(path: Path) -> None:
    first = next(iter(Package(path.read_bytes()).sheets()))
    once = marking(path.read_bytes(), f"{first}!B5", f"{first}!C7").content
    assert marking(once, f"{first}!B5", f"{first}!C7").content == once


def test_a_later_copy_forgets_what_is_mended(rich: bytes) -> None:
    marked = marking(rich, "Lots d'été!B2", "Lots d'été!B3").content
    assert marking(marked).content == marking(rich).content or changed(rich, marking(marked).content) == set()
    book = parts(marking(marked).content)
    assert not any(b"mixrules" in content for name, content in book.items() if "comment" in name.lower())


def test_a_sheet_of_the_promoter_called_like_ours_stays(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Contrôle"
    book.active["A1"] = "mes propres contrôles"
    path = tmp_path / "own.xlsx"
    book.save(path)
    once = marking(path.read_bytes(), "Contrôle!A1").content
    path.write_bytes(marking(once, "Contrôle!A1").content)
    again = openpyxl.load_workbook(path)
    assert again.sheetnames == ["Contrôle", "Contrôle (2)"]
    assert again["Contrôle"]["A1"].value == "mes propres contrôles"


def test_ours_are_known_again_when_another_program_forgot_who_wrote_them(rich: bytes) -> None:
    def forgotten(content: bytes) -> bytes:
        held = parts(content)
        return zipped({name: part.replace(b"<author>mixrules<", b"<author><") for name, part in held.items()})

    once = marking(rich, "Lots d'été!B2", "Lots d'été!B3").content
    again = parts(marking(forgotten(once), "Lots d'été!B3").content)
    written = b"".join(content for name, content in again.items() if "comments/" in name)
    assert written.count("— mixrules —".encode()) == 1
    assert "à vérifier par Léa".encode() in written
