"""Our sheet, as openpyxl writes it, put into the package beside the sheets that are there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lxml import etree

from mixrules.workbook.annotate.package import OFFICE, WORKBOOK, Package, main
from mixrules.workbook.annotate.styles import STYLES, Styles

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MOST_LETTERS = 31
"""The longest title of a sheet."""


def free_title(package: Package, wanted: str) -> str:
    """The title, numbered where another sheet bears it."""
    taken = {title.casefold() for title in package.sheets()}
    numbered = (f"{wanted} ({n})" for n in range(2, len(taken) + 3))
    return next(t for t in (wanted, *numbered) if t.casefold() not in taken)[:MOST_LETTERS]


def add(package: Package, book: Workbook, title: str, styles: Styles) -> None:
    """Add the only sheet of a workbook made by openpyxl, styles and all."""
    stream = io.BytesIO()
    book.save(stream)
    made = Package(stream.getvalue())
    (_, source), *_ = made.sheets().values()
    sheet = made.tree(source)
    adopted = styles.adopt(made.tree(STYLES))
    for element in sheet.iter(main("c"), main("row"), main("col")):
        key = "style" if element.tag == main("col") else "s"
        if element.get(key) is not None:
            element.set(key, str(adopted[int(element.get(key, "0"))]))
    for view in sheet.iter(main("sheetView")):
        # Two selected sheets would be edited together.
        view.attrib.pop("tabSelected", "")
    _hang(package, etree.tostring(sheet, xml_declaration=True, encoding="UTF-8", standalone=True), title)


def _hang(package: Package, content: bytes, title: str) -> None:
    name = package.free("xl/worksheets/sheet{}.xml")
    package.add(name, content, SHEET_TYPE)
    identifier = package.relate(WORKBOOK, "worksheet", name)
    holder = package.tree(WORKBOOK).find(main("sheets"))
    assert holder is not None
    number = max((int(e.get("sheetId", "0")) for e in holder), default=0) + 1
    element = etree.SubElement(holder, main("sheet"), name=title, sheetId=str(number))
    element.set(f"{{{OFFICE}}}id", identifier)
