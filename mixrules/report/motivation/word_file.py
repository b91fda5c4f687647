"""An order in draft as a Word document, since offices edit it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from mixrules.report.motivation.order import Order, Role

STYLES: dict[Role, str] = {
    "title": "Title",
    "visa": "Normal",
    "ground": "Normal",
    "decides": "Normal",
    "item": "List Bullet",
    "note": "Quote",
}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date in the file: the same order gives the same bytes."""


def render(order: Order) -> bytes:
    """The document."""
    from docx import Document

    document = Document()
    for paragraph in order.paragraphs:
        added = document.add_paragraph(style=STYLES[paragraph.role])
        head, rest = _opening(paragraph.role, paragraph.text)
        if head:
            added.add_run(head).bold = True
        added.add_run(rest)
    properties = document.core_properties
    properties.title, properties.language, properties.author = order.paragraphs[0].text, "fr-FR", "mixrules"
    properties.created = properties.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - the format has no zone
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


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
