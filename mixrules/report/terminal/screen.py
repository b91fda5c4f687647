"""What the terminal can show: its width, its colours, its signs."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from typing import NamedTuple

NARROWEST, WIDEST, USUAL = 40, 120, 100
"""Columns: below the first nothing aligns, beyond the second a line is too long for the eye."""
PLAIN = str.maketrans(
    {
        "✓": "+",
        "✗": "x",
        "–": "-",
        "—": "-",
        "−": "-",
        "≈": "~",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "×": "x",
        "→": "->",
        "·": "/",
        "•": "*",
        "…": "...",
        "\u00ab": '"',
        "\u00bb": '"',
        "“": '"',
        "”": '"',
        "’": "'",
        "═": "=",
        "─": "-",
        "€": "EUR",
        "\u0153": "oe",
        "\u0152": "OE",
        "°": "o",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
"""Signs as a terminal that is not UTF-8 shows them."""


class Screen(NamedTuple):
    """The width in columns, whether colours show, and the encoding of what is written."""

    width: int
    colour: bool
    encoding: str


def here(*, colour: bool = True) -> Screen:
    """The screen that the user looks at; no colour where it is a file or a pipe, or with NO_COLOR."""
    columns = shutil.get_terminal_size((USUAL, 40)).columns
    shown = colour and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Screen(max(NARROWEST, min(columns, WIDEST)), shown, sys.stdout.encoding or "ascii")


def paper() -> Screen:
    """What a file of text holds."""
    return Screen(USUAL, False, "utf-8")


def shown(text: str, encoding: str) -> str:
    """A text of which every character can be written in an encoding; accents go last."""
    if _fits(text, encoding):
        return text
    return "".join(c if _fits(c, encoding) else _nearest(c, encoding) for c in text)


def _nearest(character: str, encoding: str) -> str:
    plain = character.translate(PLAIN)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return bare if bare and _fits(bare, encoding) else "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
