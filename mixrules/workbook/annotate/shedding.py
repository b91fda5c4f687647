"""What a copy does not keep alive: macros, links to other files, data connections, signatures; each is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mixrules.message import Problem
from mixrules.workbook.annotate.package import CONTENT_TYPES, TYPES, WORKBOOK, Package, drop, main

PLAIN_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_PARTS = re.compile(
    r"xl/(vba|macrosheets/|intlMacrosheets/|dialogsheets/)|customUI/|userCustomization/", re.IGNORECASE
)
LINKED = re.compile(r"'\[\d+\](?:[^']|'')*'!|\[\d+\][^\s\[\]'(),;:+*/^&=<>\"-]*!")
"""A reference to another workbook, as a formula stores it: `[1]Prix!A1`; a table's column `[2024]` is none."""
LIVE = re.compile(r"\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|IMAGE|SQL\.REQUEST)\s*\(", re.IGNORECASE)
"""Functions that reach outside the workbook when it is computed."""
QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'")
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHOWN = 8


def shed(package: Package) -> list[Problem]:
    """Take out what could run or reach elsewhere, and say what was taken out."""
    said = [*_macros(package), *_signatures(package), *_links(package), *_connections(package)]
    _plain_type(package)
    return said


def _macros(package: Package) -> Iterator[Problem]:
    """Macros, the sheets of older macros and the buttons of the ribbon that call them."""
    titles = {part: title for title, (_, part) in package.sheets().items()}
    gone = [name for name in package.parts if MACRO_PARTS.match(name) and not name.endswith(".rels")]
    for name in gone:
        if name in titles:
            package.remove_sheet(titles[name])
        package.remove(name)
    if gone:
        yield Problem.of("annotate_macros", found=", ".join(gone[:SHOWN]))


def _signatures(package: Package) -> Iterator[Problem]:
    """A signature does not survive a change."""
    gone = [name for name in package.parts if name.startswith("_xmlsignatures/") and ".rels" not in name]
    for name in gone:
        package.remove(name)
    if gone:
        yield Problem.of("annotate_signature")


def _links(package: Package) -> Iterator[Problem]:
    """Links to other files: their formulas keep the value last computed."""
    links = [name for name in package.parts if re.match(r"xl/externalLinks/[^/]*$", name)]
    for name in links:
        package.remove(name)
    book = package.tree(WORKBOOK)
    for element in list(book.iter(main("externalReferences"))):
        drop(element)
    names = [n for n in book.iter(main("definedName")) if _reaches_out(n.text or "")]
    for element in names:
        drop(element)
    frozen = [
        place for title, (_, part) in package.sheets().items() for place in _freeze(package, title, part)
    ]
    _charts(package)
    if frozen and "xl/calcChain.xml" in package.parts:
        package.remove("xl/calcChain.xml")
    pictures = list(_outside(package))
    if links or names or frozen or pictures:
        more = ", …" if len(frozen) > SHOWN else ""
        cells = ", ".join(frozen[:SHOWN]) + more or "–"
        yield Problem.of("annotate_links", count=len(links) + len(pictures), names=len(names), cells=cells)


def _freeze(package: Package, title: str, part: str) -> Iterator[str]:
    """The cells of a sheet whose formula reaches outside lose it and keep their value."""
    if part not in package.parts or not re.search(
        rb"[\[|]|WEBSERVICE|RTD|CALL|IMAGE|REGISTER", package.parts[part], re.IGNORECASE
    ):
        return
    groups: set[str | None] = set()
    formulas = list(package.tree(part).iter(main("f")))
    for formula in formulas:
        if _reaches_out(formula.text or ""):
            if formula.get("t") == "shared":
                groups.add(formula.get("si"))
            yield from _frozen(formula, title)
    for formula in formulas:
        if formula.getparent() is not None and formula.get("t") == "shared" and formula.get("si") in groups:
            yield from _frozen(formula, title)


def _frozen(formula: etree._Element, title: str) -> Iterator[str]:
    cell = formula.getparent()
    assert cell is not None
    cell.remove(formula)
    yield f"{title}!{cell.get('r', '?')}"


def _reaches_out(formula: str) -> bool:
    return bool(LINKED.search(formula) or LIVE.search(formula) or "|" in QUOTED.sub("", formula))


def _charts(package: Package) -> None:
    """A chart drawn from another workbook keeps the values it last showed."""
    for name in [n for n in package.parts if re.match(r"xl/charts/chart[^/]*\.xml$", n)]:
        if b"[" not in package.parts[name]:
            continue
        for formula in list(package.tree(name).iter(f"{{{CHART}}}f")):
            if LINKED.search(formula.text or ""):
                _literal(formula.getparent())


def _literal(reference: etree._Element | None) -> None:
    assert reference is not None
    kind = etree.QName(reference).localname
    cache = next((e for e in reference if etree.QName(e).localname.endswith("Cache")), None)
    holder = reference.getparent()
    assert holder is not None
    if etree.QName(holder).localname == "tx":
        text = etree.Element(f"{{{CHART}}}v")
        text.text = "" if cache is None else "".join(str(part) for part in cache.itertext())
        holder.replace(reference, text)
    elif cache is not None and kind in {"numRef", "strRef"}:
        cache.tag = f"{{{CHART}}}{kind[:3]}Lit"
        holder.replace(reference, cache)
    else:
        holder.remove(reference)


def _outside(package: Package) -> Iterator[str]:
    """Relations that fetch something elsewhere on opening; a link to be clicked is left."""
    for holder in [name for name in package.parts if name.endswith(".rels")]:
        for relation in package.tree(holder):
            if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith(
                "/hyperlink"
            ):
                if relation.get("Target") != "NULL":
                    yield relation.get("Target", "")
                # What Excel itself writes for a picture that it lost.
                relation.set("Target", "NULL")


def _connections(package: Package) -> Iterator[Problem]:
    """Data connections stay in their place, without the address that they would fetch from."""
    emptied = 0
    for name in [n for n in package.parts if re.match(r"xl/connections[^/]*\.xml$", n)]:
        for element in package.tree(name).iter():
            for key in (
                "connection",
                "command",
                "serverCommand",
                "url",
                "sourceFile",
                "odcFile",
                "post",
                "editPage",
            ):
                if element.get(key):
                    element.set(key, "")
                    emptied += 1
            for key in ("refreshOnLoad", "interval", "keepAlive"):
                element.attrib.pop(key, "")
    if emptied:
        yield Problem.of("annotate_connections")


def _plain_type(package: Package) -> None:
    """A workbook without macros says so."""
    declared = package.type_of(WORKBOOK)
    if declared is not None:
        declared.set("ContentType", PLAIN_WORKBOOK)
    for default in list(package.tree(CONTENT_TYPES).iterfind(f"{{{TYPES}}}Default")):
        if default.get("Extension", "").lower() == "xml" and "macroEnabled" in default.get("ContentType", ""):
            default.set("ContentType", PLAIN_WORKBOOK)
