"""Files made to harm: each is refused at once, in a message, and nothing in it is run or followed."""

import contextlib
import io
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mixrules.message import InvalidInputError
from mixrules.programme.foreign.reading import understand

NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
TEXT = '<table:table-cell office:value-type="string"{more}><text:p>x</text:p></table:table-cell>'


def ods(rows: str, doctype: str = "") -> bytes:
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content {NAMESPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="Lots">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(change: dict[str, bytes]) -> bytes:
    plain = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["Lot", "Type"])
    workbook.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change.get(name, source.read(name)))
        for name, content in change.items():
            if name not in source.namelist():
                target.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'

HARMFUL = {
    "ods: a row repeated a million times": (
        "x.ods",
        ods(
            f'<table:table-row table:number-rows-repeated="1048576">{TEXT.format(more="")}</table:table-row>'
            * 5
        ),
        "workbook_too_wide",
    ),
    "ods: a cell repeated over all columns of all rows": (
        "x.ods",
        ods(
            '<table:table-row table:number-rows-repeated="1000000">'
            + TEXT.format(more=' table:number-columns-repeated="16384"')
            + "</table:table-row>"
        ),
        "workbook_too_wide",
    ),
    "ods: a merge over the whole sheet": (
        "x.ods",
        ods(
            "<table:table-row>"
            + TEXT.format(more=' table:number-columns-spanned="16384" table:number-rows-spanned="1048576"')
            + "</table:table-row>"
        ),
        "workbook_too_wide",
    ),
    "ods: entities that expand": (
        "x.ods",
        ods(f"<table:table-row>{'&l9;'}</table:table-row>", DOCTYPE),
        "workbook_broken",
    ),
    "ods: nested twenty thousand deep": (
        "x.ods",
        ods("<text:p>" * 20_000 + "</text:p>" * 20_000),
        "workbook_too_deep",
    ),
    "ods: a bomb": ("x.ods", ods(f"<table:table-row>{' ' * 90_000_000}</table:table-row>"), "workbook_bomb"),
    "xlsx: a cell in the last corner": (
        "x.xlsx",
        xlsx(
            {
                SHEET: b"<worksheet "
                + MAIN
                + b'><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
            }
        ),
        "workbook_too_wide",
    ),
    "xlsx: entities that expand": (
        "x.xlsx",
        xlsx({SHEET: DOCTYPE.encode() + b"<worksheet " + MAIN + b"><sheetData>&l9;</sheetData></worksheet>"}),
        "workbook_broken",
    ),
    "xlsx: an entity that reads another file": (
        "x.xlsx",
        xlsx({SHEET: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet ' + MAIN + b"/>"}),
        "workbook_broken",
    ),
    "xlsx: nested a hundred thousand deep": (
        "x.xlsx",
        xlsx({SHEET: b"<worksheet " + MAIN + b">" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</worksheet>"}),
        "import_nothing_found",
    ),
    "xlsx: merges without end": (
        "x.xlsx",
        xlsx(
            {
                SHEET: b"<worksheet "
                + MAIN
                + b'><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
                b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
            }
        ),
        "import_nothing_found",
    ),
    "xls: noise after the signature": (
        "x.xls",
        b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 400,
        "workbook_broken",
    ),
    "xls: a text with its suffix": ("x.xls", b"Lot;Type\n1;T2\n", "workbook_expected"),
    "csv: a quote never closed": ("x.csv", b'Lot;Type\n"1;T2\n', "csv_syntax"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_in_bounded_memory(name: str) -> None:
    file, content, code = HARMFUL[name]
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInputError) as caught:
            understand(file, content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [problem.code for problem in caught.value.problems][:1] == [code]
    assert caught.value.problems[0].render("fr")
    assert peak < 300_000_000


def test_an_old_workbook_cut_anywhere_is_refused_or_read_and_never_breaks() -> None:
    whole = (Path(__file__).parent / "data" / "grille.xls").read_bytes()
    for length in range(8, len(whole), 97):
        with contextlib.suppress(InvalidInputError):
            understand("x.xls", whole[:length])


def test_macros_and_links_are_left_alone_and_said() -> None:
    sheet = (
        b"<worksheet " + MAIN + b'><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Lot</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>Type</t></is></c></row><row r="2"><c r="A2"><v>1</v></c>'
        b'<c r="B2" t="str"><f>[1]Source!A1</f><v>T2</v></c></row></sheetData></worksheet>'
    )
    content = xlsx(
        {SHEET: sheet, "xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    )
    found = understand("x.xlsm", content)
    assert {"workbook_macros", "workbook_links"} <= {note.code for note in found.draft.notes}
    assert found.draft.data["programmes"][0]["dwellings"] == [{"lot": 1, "rooms": 2}]
