"""A report spoken in one language."""

from __future__ import annotations

from mixrules.message import LANGS, Lang, say


class Speech:
    """The language of a report, its place in a pair of texts, and its colon."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.index = LANGS.index(lang)
        self.colon = say("sign.colon_close", lang)
