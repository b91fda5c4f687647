"""An xlsx as its parts, and what two workbooks have in common once our marks are taken off."""

import io
import zipfile

from lxml import etree

from mixrules.message import Place, Problem
from mixrules.workbook.annotate import comments, highlight
from mixrules.workbook.annotate.copying import Copy, Told, annotated
from mixrules.workbook.annotate.package import Package

OWN = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
"""The parts in which a sheet more must be declared."""


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(held: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return stream.getvalue()


def marking(content: bytes, *cells: str, said: str = "faux") -> Copy:
    """A copy in which some cells (`Lots!F12`) bear a mark."""
    problems = []
    for place in cells:
        sheet, _, cell = place.rpartition("!")
        problems.append(Problem.of("category_unknown", Place("f.xlsx", sheet, cell), found=said, **BLANKS))
    return annotated(content, Told("fr", problems=problems))


BLANKS = dict.fromkeys(("label_fr", "label_en", "expected_fr", "expected_en", "hint_fr", "hint_en"), "x")


def canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n")


def changed(before: bytes, after: bytes) -> set[str]:
    """The parts of the original that the copy lacks or changes, beyond what our marks need."""
    package = Package(after)
    for _, part in package.sheets().values():
        if part.startswith("xl/worksheets/"):
            comments.clear(package, part)
            highlight.clear(package, part)
    bare, wanted = parts(package.content()), parts(before)
    return {
        name
        for name, content in wanted.items()
        if name not in OWN
        and bare.get(name) != content
        and (
            name not in bare
            or not name.endswith((".xml", ".rels"))
            or canonical(bare[name]) != canonical(content)
        )
    }
