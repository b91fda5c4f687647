"""The styles of a workbook, to which those of our own sheet are added; what is there already serves again."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from mixrules.workbook.annotate.package import WORKBOOK, Package, main

STYLES = "xl/styles.xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
FIRST_OWN_FORMAT = 164
"""Number formats below are built in (ECMA-376, part 1, § 18.8.30)."""
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


class Styles:
    """The styles part of a package."""

    def __init__(self, package: Package) -> None:
        name = package.related(WORKBOOK, "styles")
        if not name:
            name = STYLES
            package.add(name, f'<styleSheet xmlns="{main("")[1:-1]}"/>'.encode(), STYLES_TYPE)
            package.relate(WORKBOOK, "styles", name)
        self.root = package.tree(name)

    def fill(self, colour: str) -> int:
        """The number of a conditional format that fills a cell."""
        made = etree.Element(main("dxf"))
        pattern = etree.SubElement(etree.SubElement(made, main("fill")), main("patternFill"))
        etree.SubElement(pattern, main("bgColor"), rgb=colour)
        return self._kept("dxfs", made)

    def adopt(self, foreign: etree._Element) -> list[int]:
        """Add the cell formats of another workbook; each is given its number here."""
        fonts, fills, borders = (
            [self._kept(group, copy.deepcopy(element)) for element in _group(foreign, group)]
            for group in ("fonts", "fills", "borders")
        )
        formats = {e.get("numFmtId"): e.get("formatCode", "") for e in _group(foreign, "numFmts")}
        if not len(self._holder("cellStyleXfs")):
            etree.SubElement(self._holder("cellStyleXfs"), main("xf"))
            self._count("cellStyleXfs")
        adopted = []
        for element in _group(foreign, "cellXfs"):
            made = copy.deepcopy(element)
            made.set("fontId", str(fonts[int(made.get("fontId", "0"))]))
            made.set("fillId", str(fills[int(made.get("fillId", "0"))]))
            made.set("borderId", str(borders[int(made.get("borderId", "0"))]))
            made.set("xfId", "0")
            for applied in ("applyFont", "applyFill", "applyBorder", "applyNumberFormat"):
                made.set(applied, "1")
            code = formats.get(made.get("numFmtId"))
            if code is not None:
                made.set("numFmtId", str(self._number_format(code)))
            adopted.append(self._kept("cellXfs", made))
        return adopted

    def _number_format(self, code: str) -> int:
        holder = self._holder("numFmts")
        for element in holder:
            if element.get("formatCode") == code:
                return int(element.get("numFmtId", "0"))
        free = max([FIRST_OWN_FORMAT - 1, *(int(e.get("numFmtId", "0")) for e in holder)]) + 1
        etree.SubElement(holder, main("numFmt"), numFmtId=str(free), formatCode=code)
        self._count("numFmts")
        return free

    def _kept(self, group: str, element: etree._Element) -> int:
        """The number of an element in its group, where it is added unless it is there."""
        wanted, holder = _likeness(element), self._holder(group)
        for index, other in enumerate(holder):
            if _likeness(other) == wanted:
                return index
        holder.append(element)
        self._count(group)
        return len(holder) - 1

    def _count(self, group: str) -> None:
        self._holder(group).set("count", str(len(self._holder(group))))

    def _holder(self, group: str) -> etree._Element:
        found = self.root.find(main(group))
        if found is not None:
            return found
        made = etree.Element(main(group))
        before = [e for e in self.root if etree.QName(e).localname in ORDER[: ORDER.index(group)]]
        self.root.insert(self.root.index(before[-1]) + 1 if before else 0, made)
        return made


def _likeness(element: etree._Element) -> object:
    """What an element says, whatever prefixes and blanks it is written with."""
    attributes = sorted((str(key), str(value)) for key, value in element.attrib.items())
    return element.tag, attributes, (element.text or "").strip(), [_likeness(child) for child in element]


def _group(root: etree._Element, group: str) -> Iterator[etree._Element]:
    holder = root.find(main(group))
    if holder is not None:
        yield from holder
