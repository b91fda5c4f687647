"""The sheet that an annotated copy bears: it tells a former decision, and is no part of what is submitted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mixrules.message import LANGS
from mixrules.message.wording import word

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def our_sheets(content: bytes) -> list[str]:
    """The titles of the sheets that mixrules wrote in a workbook."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [title for title in workbook.sheet_names if is_ours(workbook, title)]


def is_ours(workbook: CalamineWorkbook, title: str) -> bool:
    """Whether mixrules wrote a sheet: its title, then its first cell say so."""
    if not title.startswith(tuple(word("control", lang) for lang in LANGS)):
        return False
    rows = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False, nrows=1)
    return bool(rows and rows[0]) and rows[0][0] in {word("control_head", lang) for lang in LANGS}
