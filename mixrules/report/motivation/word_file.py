"""An order in draft as a Word document, since offices edit it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from mixrules.report.motivation.order import Order, Role

STYLES: dict[Role, str] = {
    "title": "Heading 1",
    "heading": "Heading 2",
    "visa": "Normal",
    "ground": "Normal",
    "decides": "Normal",
    "item": "List Bullet",
    "note": "Note",
    "point": "Note Bullet",
}
LANGUAGE = "fr-FR"
FONT = "Times New Roman"
"""That of administrative acts, on every machine or replaced there by one of the same widths."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date in the file: the same order gives the same bytes."""


def render(order: Order) -> bytes:
    """The document."""
    from docx import Document

    document = Document()
    _set_out(document)
    for paragraph in order.paragraphs:
        added = document.add_paragraph(style=STYLES[paragraph.role])
        added.paragraph_format.keep_with_next = paragraph.text.endswith(":") or None
        head, rest = _opening(paragraph.role, paragraph.text)
        if head:
            added.add_run(head).bold = True
        added.add_run(rest)
    properties = document.core_properties
    properties.title, properties.language, properties.author = order.paragraphs[0].text, LANGUAGE, "mixrules"
    properties.created = properties.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no zone
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _set_out(document: Any) -> None:
    """A4 pages with their numbers, black headings, every text marked as French."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    for name, base in (("Note", "Normal"), ("Note Bullet", "List Bullet")):
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = document.styles[base]
        added.font.italic, added.font.size = True, Pt(10)
    for style, size in (("Normal", 11), ("Heading 1", 16), ("Heading 2", 13)):
        _font(document.styles[style], Pt(size), RGBColor(0, 0, 0))
        document.styles[style].paragraph_format.space_after = Pt(8)
    _numbered(section.footer.paragraphs[0])


def _font(style: Any, size: Any, colour: Any) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    style.font.name, style.font.size, style.font.color.rgb = FONT, size, colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    properties.append(language)


def _numbered(footer: Any) -> None:
    """The number of the page and how many there are, counted by the word processor."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for field, after in (("PAGE", " / "), ("NUMPAGES", "")):
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        footer._p.append(counted)  # noqa: SLF001 - the library has no field
        footer.add_run(after)


def _opening(role: Role, text: str) -> tuple[str, str]:
    """The words in bold: « Vu », « Considérant », « Article 1er »."""
    found = (
        re.match(r"Vu|Considérant|Article \S+\s:", text) if role in {"visa", "ground", "decides"} else None
    )
    return (found[0], text[found.end() :]) if found else ("", text)


def _timeless(content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return kept.getvalue()
