"""Lines of a report: a label and a text, wrapped, with the spaces that French wants before its marks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mixrules.message import Lang, say
from mixrules.report.typography import held

WIDTH = 100


def lines(lang: Lang, label: str, text: str, indent: int) -> Iterator[str]:
    """A labelled text, its following lines indented; nothing where there is no text."""
    if not text:
        return
    colon = say("sign.colon", lang) if label else ""
    said = f"{label}{colon}{text}"
    if lang == "fr":
        said = held(said)
    start, rest = " " * indent, " " * (indent + 2)
    yield from textwrap.wrap(said, WIDTH, initial_indent=start, subsequent_indent=rest)
