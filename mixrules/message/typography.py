"""French typography: the spaces that keep a sign with its word."""

from __future__ import annotations

from mixrules.message.lang import Lang

NO_BREAK = "\u00a0"
NARROW = "\u202f"
SIGNS = [
    (" »", f"{NARROW}»"),
    ("« ", f"«{NARROW}"),
    (" ;", f"{NARROW};"),
    (" !", f"{NARROW}!"),
    (" ?", f"{NARROW}?"),
    (" :", f"{NO_BREAK}:"),
    (" %", f"{NO_BREAK}%"),
]
"""A space as it is typed, and as it is set: narrow before a high sign and inside quotation marks."""
REFERENCES = [
    ("art. ", f"art.{NO_BREAK}"),
    ("al. ", f"al.{NO_BREAK}"),
    ("C. urb", f"C.{NO_BREAK}urb"),
    ("L. ", f"L.{NO_BREAK}"),
    ("R. ", f"R.{NO_BREAK}"),
    ("n° ", f"n°{NO_BREAK}"),
]
"""What holds an article to its number, whatever the language around it."""


def typeset(text: str, lang: Lang) -> str:
    """A text with the spaces of its language: references to articles hold in both, French holds its signs too."""
    return held(text) if lang == "fr" else _tied(text, REFERENCES)


def held(text: str) -> str:
    """A French text whose signs and references never stand alone at the start or end of a line."""
    return _tied(text, SIGNS + REFERENCES)


def _tied(text: str, spaces: list[tuple[str, str]]) -> str:
    for loose, tied in spaces:
        text = text.replace(loose, tied)
    return text
