"""An xlsx as its parts (ECMA-376, part 2): what is not touched is written back byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from mixrules.message import InvalidInputError, Problem

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "xl/workbook.xml"
CONTENT_TYPES = "[Content_Types].xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Every part bears the same day: the same workbook and decision give the same bytes."""


def main(name: str) -> str:
    """The qualified name of an element of a spreadsheet."""
    return f"{{{MAIN}}}{name}"


class Package:
    """The parts of a workbook, those that are read as trees, and the relations between them."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
        self._trees: dict[str, etree._Element] = {}
        self._as_read: dict[str, bytes] = {}
        if self.tree(WORKBOOK).tag != main("workbook"):
            raise InvalidInputError([Problem.of("annotate_dialect")])

    def tree(self, name: str) -> etree._Element:
        """The root of a part; what is changed in it is written back.

        Raises:
            InvalidInputError: the part declares entities, which no workbook needs.
        """
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.fromstring(self.parts[name], parser)
            if root.getroottree().docinfo.internalDTD is not None:
                raise InvalidInputError([Problem.of("annotate_entities", found=name)])
            self._trees[name] = root
            self._as_read[name] = _written(root)
        return self._trees[name]

    def add(self, name: str, content: bytes, kind: str) -> None:
        """Add a part and say of which type it is."""
        self.parts[name] = content
        etree.SubElement(
            self.tree(CONTENT_TYPES), f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=kind
        )

    def default_type(self, extension: str, kind: str) -> None:
        """Say of which type the parts with an extension are."""
        root = self.tree(CONTENT_TYPES)
        known = {e.get("Extension", "").lower() for e in root.iterfind(f"{{{TYPES}}}Default")}
        if extension not in known:
            root.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=kind))

    def type_of(self, name: str) -> etree._Element | None:
        """The declaration of a part's type."""
        overrides = self.tree(CONTENT_TYPES).iterfind(f"{{{TYPES}}}Override")
        return next((e for e in overrides if e.get("PartName", "").lower() == f"/{name}".lower()), None)

    def remove(self, name: str) -> None:
        """Remove a part with its relations and every relation to it."""
        for gone in (name, relations_name(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)
            declared = self.type_of(gone)
            if declared is not None:
                drop(declared)
        for holder in [part for part in self.parts if part.endswith(".rels")]:
            for relation in list(self.tree(holder)):
                if _target(holder, relation) == name:
                    drop(relation)

    def relations(self, name: str) -> Iterator[tuple[etree._Element, str]]:
        """The relations of a part, each with the part that it leads to, or an empty name for one outside."""
        holder = relations_name(name)
        if holder in self.parts:
            for relation in list(self.tree(holder)):
                yield relation, _target(holder, relation)

    def related(self, name: str, kind: str) -> str:
        """The part that a relation of some type leads to, or an empty name."""
        found = (t for r, t in self.relations(name) if r.get("Type", "").endswith(f"/{kind}"))
        return next((target for target in found if target in self.parts), "")

    def relate(self, name: str, kind: str, target: str) -> str:
        """Relate a part to another and give the relation's identifier."""
        holder = relations_name(name)
        if holder not in self.parts:
            self.parts[holder] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        root = self.tree(holder)
        taken = {relation.get("Id") for relation in root}
        identifier = next(i for i in (f"rId{n}" for n in range(1, len(taken) + 2)) if i not in taken)
        path = posixpath.relpath(target, posixpath.dirname(name))
        etree.SubElement(
            root, f"{{{RELATIONS}}}Relationship", Id=identifier, Type=f"{OFFICE}/{kind}", Target=path
        )
        return identifier

    def free(self, pattern: str) -> str:
        """The first name of a pattern (`xl/comments{}.xml`) that no part bears."""
        taken = {name.lower() for name in self.parts}
        names = (pattern.format(number) for number in range(1, len(taken) + 2))
        return next(name for name in names if name.lower() not in taken)

    def sheets(self) -> dict[str, tuple[etree._Element, str]]:
        """Each sheet by its title: its element in the workbook, and its part."""
        targets = {relation.get("Id"): target for relation, target in self.relations(WORKBOOK)}
        found = self.tree(WORKBOOK).iterfind(f"{main('sheets')}/{main('sheet')}")
        return {e.get("name", ""): (e, targets.get(e.get(f"{{{OFFICE}}}id"), "")) for e in found}

    def remove_sheet(self, title: str) -> None:
        """Remove a sheet; what the workbook says of the sheets after it moves up by one."""
        element, part = self.sheets()[title]
        holder = element.getparent()
        assert holder is not None
        gone = holder.index(element)
        holder.remove(element)
        for name in list(self.tree(WORKBOOK).iter(main("definedName"))):
            local = name.get("localSheetId")
            if local is not None and int(local) > gone:
                name.set("localSheetId", str(int(local) - 1))
            elif local is not None and int(local) == gone:
                drop(name)
        for view in self.tree(WORKBOOK).iter(main("workbookView")):
            for key in ("activeTab", "firstSheet"):
                if int(view.get(key, "0")) >= max(gone, 1):
                    view.set(key, str(int(view.get(key, "0")) - 1))
        self.remove(part)

    def content(self) -> bytes:
        """The whole workbook; trees that were only read keep their bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in sorted(self.parts, key=lambda name: (name != CONTENT_TYPES, name)):
                held, tree = self.parts[name], self._trees.get(name)
                written = held if tree is None else _written(tree)
                if tree is not None and written == self._as_read[name]:
                    written = held
                info = zipfile.ZipInfo(name, EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, written)
        return stream.getvalue()


def relations_name(name: str) -> str:
    """Where the relations of a part stand."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _target(holder: str, relation: etree._Element) -> str:
    """The part that a relation leads to; nothing for one that leads outside."""
    if relation.get("TargetMode") == "External":
        return ""
    target = relation.get("Target", "")
    folder = posixpath.dirname(posixpath.dirname(holder))
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def drop(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
"""The elements of a sheet in the order that the standard imposes (ECMA-376, part 1, § 18.3.1.99)."""


def insert(sheet: etree._Element, element: etree._Element) -> None:
    """Put an element into a sheet where the standard wants it."""
    rank = ORDER.index(etree.QName(element).localname)
    for index, other in enumerate(sheet):
        if isinstance(other.tag, str):
            name = etree.QName(other).localname
            # An alternative written by a newer Excel (controls, pictures) stands among the last.
            if (ORDER.index(name) if name in ORDER else ORDER.index("oleObjects")) > rank:
                sheet.insert(index, element)
                return
    sheet.append(element)
