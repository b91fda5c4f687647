"""Comments on cells, beside those that are already there (ECMA-376, part 1, § 18.7, and its VML drawing).

Ours open with a line that says so, alone or after the comment that was there, and a later copy takes ours away
before it writes anew. The author would not do to know them by: LibreOffice forgets it.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from lxml import etree

from mixrules.programme.reader.archive import address
from mixrules.workbook.annotate.package import MAIN, OFFICE, Package, insert, main

AUTHOR = "mixrules"
RULE = "— mixrules —"
"""The line that opens ours."""
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>\s*", re.DOTALL)
CHARACTERS_A_LINE, LINE_HEIGHT, WIDTH, MOST_HEIGHT = 52, 13, 300, 400
"""The box of a comment, in points."""
VML_HEAD = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b'</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clear(package: Package, part: str) -> None:
    """Take our comments off a sheet; those of other people stay as they were."""
    name, drawing = package.related(part, "comments"), _drawing(package, part)
    if not name:
        return
    root = package.tree(name)
    gone = []
    for comment in list(root.iter(main("comment"))):
        if _strip(comment) and not _said(comment):
            gone.append(comment.get("ref", ""))
            _list(root).remove(comment)
    if not gone:
        return
    authors = list(_authors(root))
    used = {comment.get("authorId") for comment in _list(root)}
    if authors and authors[-1].text == AUTHOR and str(len(authors) - 1) not in used:
        _authors(root).remove(authors[-1])
    if drawing:
        _remove_shapes(package, drawing, gone)
    if not len(_list(root)):
        package.remove(name)
        if drawing and not SHAPE.search(package.parts[drawing]):
            package.remove(drawing)
            for element in package.tree(part).findall(main("legacyDrawing")):
                package.tree(part).remove(element)


def write(package: Package, part: str, cells: dict[str, str]) -> list[str]:
    """Hang comments on cells of a sheet; the cells whose thread of conversation forbids it are given back."""
    name, drawing = package.related(part, "comments"), _drawing(package, part)
    if not name:
        name = package.free("xl/comments{}.xml")
        package.relate(part, "comments", name)
        empty = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
        package.add(name, empty.encode(), COMMENTS_TYPE)
    if not drawing:
        drawing = package.free("xl/drawings/vmlDrawing{}.vml")
        identifier = package.relate(part, "vmlDrawing", drawing)
        package.parts[drawing] = VML_HEAD
        package.default_type("vml", VML_TYPE)
        legacy = etree.Element(main("legacyDrawing"))
        legacy.set(f"{{{OFFICE}}}id", identifier)
        insert(package.tree(part), legacy)
    root = package.tree(name)
    author = _author(root)
    held = {comment.get("ref", ""): comment for comment in _list(root)}
    fresh, refused = {}, []
    for cell, text in cells.items():
        clean = f"{RULE}\n{CONTROL.sub('', text)}"
        if cell not in held:
            fresh[cell] = clean
        elif _threaded(root, held[cell]):
            refused.append(cell)
        else:
            _append(held[cell], clean)
    for cell, text in fresh.items():
        comment = etree.SubElement(_list(root), main("comment"), ref=cell, authorId=str(author))
        _run(etree.SubElement(comment, main("text")), text)
    _sort(_list(root))
    _add_shapes(package, drawing, fresh)
    return refused


def _drawing(package: Package, part: str) -> str:
    element = package.tree(part).find(main("legacyDrawing"))
    identifier = element.get(f"{{{OFFICE}}}id") if element is not None else None
    targets = {relation.get("Id"): target for relation, target in package.relations(part)}
    target = targets.get(identifier, "")
    return target if target in package.parts else ""


def _list(root: etree._Element) -> etree._Element:
    found = root.find(main("commentList"))
    return etree.SubElement(root, main("commentList")) if found is None else found


def _authors(root: etree._Element) -> etree._Element:
    found = root.find(main("authors"))
    if found is None:
        found = etree.Element(main("authors"))
        root.insert(0, found)
    return found


def _author(root: etree._Element) -> int:
    authors = _authors(root)
    for index, author in enumerate(authors):
        if author.text == AUTHOR:
            return index
    etree.SubElement(authors, main("author")).text = AUTHOR
    return len(authors) - 1


def _threaded(root: etree._Element, comment: etree._Element) -> bool:
    """A conversation of Excel 365 keeps its text elsewhere: what is added here would be lost."""
    authors = [author.text or "" for author in root.iter(main("author"))]
    return authors[int(comment.get("authorId", "0"))].startswith("tc=")


def _run(text: etree._Element, content: str) -> None:
    run = etree.SubElement(text, main("r"))
    properties = etree.SubElement(run, main("rPr"))
    etree.SubElement(properties, main("sz"), val="9")
    etree.SubElement(properties, main("rFont"), val="Calibri")
    held = etree.SubElement(run, main("t"))
    held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    held.text = content


def _append(comment: etree._Element, content: str) -> None:
    text = comment.find(main("text"))
    if text is None:
        text = etree.SubElement(comment, main("text"))
    for plain in text.findall(main("t")):
        # A plain text and runs do not stand together: the plain text becomes a run.
        run = etree.Element(main("r"))
        text.replace(plain, run)
        run.append(plain)
    _run(text, f"\n{content}")


def _strip(comment: etree._Element) -> bool:
    """Take our line and what follows it away from a comment; whether there was any."""
    text = comment.find(main("text"))
    if text is None:
        return False
    ours = False
    for held in list(text.iter(main("t"))):
        run = held.getparent()
        if not ours and RULE in (held.text or ""):
            ours = True
            held.text = (held.text or "").partition(RULE)[0].rstrip("\n")
            if not held.text and run is not None and run is not text:
                text.remove(run)
        elif ours and run is not None and run is not text:
            text.remove(run)
    runs = text.findall(main("r"))
    if ours and len(runs) == 1 and len(runs[0]) == 1:
        # It was a plain text before ours came.
        text.replace(runs[0], runs[0][0])
    return ours


def _said(comment: etree._Element) -> str:
    """The text of a comment, without what LibreOffice writes beside it."""
    return "".join(text.text or "" for text in comment.iterfind(f"{main('text')}//{main('t')}")).strip()


def _sort(comments: etree._Element) -> None:
    comments[:] = sorted(comments, key=lambda comment: address(comment.get("ref", "A1")))


def _add_shapes(package: Package, drawing: str, cells: dict[str, str]) -> None:
    held = package.parts[drawing]
    taken = [int(n) for n in re.findall(rb'"_x0000_s(\d+)"', held)]
    first = max([1024, *taken]) + 1
    shapes = "".join(_shape(first + n, cell, text) for n, (cell, text) in enumerate(cells.items()))
    before, _, after = held.rpartition(b"</xml>")
    package.parts[drawing] = before + shapes.encode() + b"</xml>" + after


def _shape(number: int, cell: str, text: str) -> str:
    row, column = address(cell)
    lines = sum(1 + len(line) // CHARACTERS_A_LINE for line in text.split("\n"))
    height = min(MOST_HEIGHT, 8 + LINE_HEIGHT * lines)
    style = f"position:absolute;margin-left:60pt;margin-top:1.5pt;width:{WIDTH}pt;height:{height}pt;visibility:hidden"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="{escape(style)}" fillcolor="#fff4e5" '
        'o:insetmode="auto"><v:fill color2="#fff4e5"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _remove_shapes(package: Package, drawing: str, cells: list[str]) -> None:
    gone = {address(cell) for cell in cells}

    def kept(match: re.Match[bytes]) -> bytes:
        row = re.search(rb"<x:Row>(\d+)</x:Row>", match[0])
        column = re.search(rb"<x:Column>(\d+)</x:Column>", match[0])
        note = b'ObjectType="Note"' in match[0]
        return b"" if note and row and column and (int(row[1]), int(column[1])) in gone else match[0]

    package.parts[drawing] = SHAPE.sub(kept, package.parts[drawing])
