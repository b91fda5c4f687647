"""A colour on the marked cells that touches none of their styles: a conditional format of ours."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from mixrules.workbook.annotate.package import Package, insert, main
from mixrules.workbook.annotate.styles import Styles

FORMULA = '"mixrules"<>""'
"""Always true; it is how ours is known again."""
COLOUR = "FFFFE0B2"
CELLS_A_FORMAT = 200


def clear(package: Package, part: str) -> None:
    """Take our colour off a sheet."""
    root = package.tree(part)
    for holder in root.findall(main("conditionalFormatting")):
        for rule in holder.findall(main("cfRule")):
            if "".join(str(part) for part in rule.itertext()) == FORMULA:
                holder.remove(rule)
        if holder.find(main("cfRule")) is None:
            root.remove(holder)


def write(package: Package, part: str, cells: Sequence[str], styles: Styles) -> None:
    """Colour some cells of a sheet, after every format that is there."""
    root = package.tree(part)
    colour = styles.fill(COLOUR)
    last = max((int(rule.get("priority", "0")) for rule in root.iter(main("cfRule"))), default=0)
    for start in range(0, len(cells), CELLS_A_FORMAT):
        last += 1
        holder = etree.Element(
            main("conditionalFormatting"), sqref=" ".join(cells[start : start + CELLS_A_FORMAT])
        )
        rule = etree.SubElement(
            holder, main("cfRule"), type="expression", dxfId=str(colour), priority=str(last)
        )
        etree.SubElement(rule, main("formula")).text = FORMULA
        insert(root, holder)
