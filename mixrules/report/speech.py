"""A report's own words in one language, and the signs around them."""

from __future__ import annotations

from collections.abc import Mapping

from mixrules.message import Lang


class Speech:
    """The words of a report: a catalogue of French and English, spoken in one of them."""

    catalogue: Mapping[str, tuple[str, str]] = {}

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.index = 0 if lang == "fr" else 1
        self.colon = "\u00a0:" if lang == "fr" else ":"

    def say(self, key: str, *values: object) -> str:
        """Words with their values filled in."""
        return self.catalogue[key][self.index].format(*values)
