"""French typography: the spaces that keep a sign with its word."""

from __future__ import annotations

from mixrules.message.lang import Lang

NO_BREAK = "\u00a0"
NARROW = "\u202f"
HELD = [
    (" »", f"{NARROW}»"),
    ("« ", f"«{NARROW}"),
    (" ;", f"{NARROW};"),
    (" !", f"{NARROW}!"),
    (" ?", f"{NARROW}?"),
    (" :", f"{NO_BREAK}:"),
    (" %", f"{NO_BREAK}%"),
    ("art. ", f"art.{NO_BREAK}"),
    ("al. ", f"al.{NO_BREAK}"),
    ("C. urb", f"C.{NO_BREAK}urb"),
    ("L. ", f"L.{NO_BREAK}"),
    ("R. ", f"R.{NO_BREAK}"),
    ("n° ", f"n°{NO_BREAK}"),
]
"""A space as it is typed, and as it is set: narrow before a high sign and inside quotation marks."""


def held(text: str) -> str:
    """A text whose signs and references never stand alone at the start or end of a line."""
    for loose, tied in HELD:
        text = text.replace(loose, tied)
    return text


def typeset(text: str, lang: Lang) -> str:
    """A text with the spaces of its language: those of French are held, those of English are left."""
    return held(text) if lang == "fr" else text
