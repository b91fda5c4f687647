"""The words of the page: its own, and those that all reports share."""

from __future__ import annotations

from mixrules.message import Lang, term
from mixrules.message.catalogue import FAMILIES


def word(key: str, lang: Lang) -> str:
    """A fixed word of the page, or one that all reports share."""
    return term("page" if key in FAMILIES["page"] else "report", key, lang)
