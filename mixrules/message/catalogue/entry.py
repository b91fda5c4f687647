"""What stands under a key of the catalogue: a text in both languages, with its plural forms where it counts."""

from __future__ import annotations

from typing import NamedTuple

from mixrules.message.lang import Lang
from mixrules.message.locale import Category
from mixrules.message.typography import held

Text = tuple[str, str]
"""French, then English."""


class Counted(NamedTuple):
    """A text that follows a number: which of its values counts, and a form for each plural category.

    French alone has « many », for whole millions; in figures it is written as « other » is (1 000 000 logements).
    """

    by: str
    one: Text
    other: Text
    many: Text | None = None

    def of(self, category: Category, lang: Lang) -> str:
        """The form of a category in a language."""
        forms = {"one": self.one, "many": self.many or self.other, "other": self.other}
        return forms[category][0 if lang == "fr" else 1]


Entry = Text | Counted


def spoken(entry: Entry) -> Entry:
    """An entry whose French has the spaces of French typography; what fills it is left as it is given."""
    if isinstance(entry, Counted):
        one, other, many = (None if text is None else _spoken(text) for text in entry[1:])
        assert one is not None
        assert other is not None
        return Counted(entry.by, one, other, many)
    return _spoken(entry)


def _spoken(text: Text) -> Text:
    return held(text[0]), text[1]
