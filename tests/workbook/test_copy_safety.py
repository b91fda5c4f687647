"""What a file says never becomes a formula, and nothing in the copy runs or reaches elsewhere."""

import io
from pathlib import Path

import openpyxl
import pytest
from copies import marking, parts, zipped

from mixrules.message import InvalidInputError
from mixrules.workbook.annotate.cell_value import text
from mixrules.workbook.annotate.page import Link, Page

OURS = "xl/worksheets/sheet2.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DANGEROUS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/C calc'!A0", "＝1"]


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("value", DANGEROUS)
def test_a_text_never_becomes_a_formula(value: str) -> None:
    page = Page("Contrôle")
    page.line([value, text(value), Link(value, "Lots", "A1")])
    for cell in openpyxl.load_workbook(io.BytesIO(saved(page.book))).active[1][:3]:
        assert cell.data_type == "s"
        assert cell.value.strip() == value.strip()
        assert cell.quotePrefix or not value.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("value", DANGEROUS)
def test_nor_in_a_copy(value: str) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lots"
    copy = marking(saved(book), "Lots!A1", said=value).content
    assert not any(b"<f>" in content for name, content in parts(copy).items() if "worksheets" in name)


def linked() -> bytes:
    """A workbook with macros, a link to another file, a DDE formula, a connection and a linked picture."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lots"
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = (
        "=[1]Prix!B2",
        "=cmd|'/C calc'!A0",
        "=SUM(B1:B2)",
        "=WEBSERVICE(B1)",
    )
    sheet["A5"] = "https://www.legifrance.gouv.fr"
    sheet["A5"].hyperlink = "https://www.legifrance.gouv.fr"
    held = parts(saved(book))
    name = "xl/worksheets/sheet1.xml"
    held[name] = (
        held[name]
        .replace(b"<v />", b"<v></v>")
        .replace(b"<v/>", b"<v></v>")
        .replace(b"<v></v>", b"<v>42</v>")
    )
    relations = (
        f'<Relationship Id="rId90" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        f'<Relationship Id="rId91" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        f'<Relationship Id="rId92" Type="{OFFICE}/connections" Target="connections.xml"/>'
        f'<Relationship Id="rId93" Type="{OFFICE}/image" Target="http://ailleurs.test/espion.png" TargetMode="External"/>'
        "</Relationships>"
    )
    rels = "xl/_rels/workbook.xml.rels"
    held[rels] = held[rels].replace(b"</Relationships>", relations.encode())
    held["xl/workbook.xml"] = (
        held["xl/workbook.xml"]
        .replace(b"<definedNames/>", b"")
        .replace(
            b"<calcPr",
            b'<externalReferences><externalReference xmlns:r="'
            + OFFICE.encode()
            + b'" r:id="rId90"/></externalReferences>'
            b"<definedNames><definedName name=\"loin\">'[1]Prix (2)'!$A$1</definedName></definedNames><calcPr",
        )
    )
    held["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    held["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x/externalLinkPath" Target="//serveur/prix.xlsx" TargetMode="External"/></Relationships>'
    )
    held["xl/vbaProject.bin"] = b"Sub Auto_Open()"
    held["xl/connections.xml"] = (
        b'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" '
        b'refreshOnLoad="1" type="5"><dbPr connection="Provider=SQLOLEDB;Server=ailleurs" command="select 1"/></connection></connections>'
    )
    held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return zipped(held)


def test_macros_links_and_connections_do_not_live_on_and_it_is_said() -> None:
    copy = marking(linked(), "Lots!A1")
    held = parts(copy.content)
    everything = b"\n".join(content for name, content in held.items() if name != OURS)
    everything += "\n".join(held).encode()
    for word in (
        b"vbaProject",
        b"externalLink",
        b"externalReference",
        b"ailleurs",
        b"serveur",
        b"macroEnabled",
        b"loin",
    ):
        assert word not in everything
    assert b"legifrance" in everything  # a link to be clicked is the promoter's own
    assert [problem.code for problem in copy.shed] == [
        "annotate_macros",
        "annotate_links",
        "annotate_connections",
    ]
    said = copy.shed[1].render("fr")
    assert "Lots!A1, Lots!A2, Lots!A4" in said


def test_what_reached_out_keeps_its_last_value(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    path.write_bytes(marking(linked()).content)
    sheet = openpyxl.load_workbook(path)["Lots"]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3", "A4")] == [42, 42, "=SUM(B1:B2)", 42]


def test_a_column_of_a_table_is_no_link() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lots"
    book.active["A1"] = "=SUM(Ventes[[#This Row],[2024]],Ventes[2025])&\"a|b\"&'x|y'!A1"
    copy = marking(saved(book))
    assert copy.shed == []
    assert b"[2024]" in parts(copy.content)["xl/worksheets/sheet1.xml"]


def test_entities_are_refused() -> None:
    held = parts(saved(openpyxl.Workbook()))
    held["xl/styles.xml"] = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + held["xl/styles.xml"]
    with pytest.raises(InvalidInputError) as caught:
        marking(zipped(held))
    assert [problem.code for problem in caught.value.problems] == ["annotate_entities"]


def test_a_package_that_contradicts_itself_is_refused_in_words() -> None:
    held = parts(saved(openpyxl.Workbook()))
    del held["xl/worksheets/sheet1.xml"]
    with pytest.raises(InvalidInputError) as caught:
        marking(zipped(held))
    assert "enregistrez-le" in caught.value.problems[0].render("fr")
