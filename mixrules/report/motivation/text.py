"""An order in draft as plain text, to paste."""

from __future__ import annotations

import textwrap

from mixrules.report.motivation.order import Order, Paragraph, Role

WIDTH = 100
UNDERLINED: dict[Role, str] = {"title": "═", "heading": "─"}
HEADS: dict[Role, str] = {"item": "  – ", "point": "  – "}
"""How the paragraphs of a list open."""


def render(order: Order, width: int = WIDTH) -> str:
    """The order, one paragraph after the other; notes for the officer stand apart at the end."""
    lines: list[str] = []
    for before, paragraph in zip([None, *order.paragraphs], order.paragraphs, strict=False):
        ended = before is not None and before.role in HEADS and paragraph.role not in HEADS
        lines += [*([""] if ended else []), *_lines(paragraph, width)]
    return "\n".join(lines).lstrip() + "\n"


def _lines(paragraph: Paragraph, width: int) -> list[str]:
    if paragraph.role in UNDERLINED:
        return ["", paragraph.text, UNDERLINED[paragraph.role] * len(paragraph.text), ""]
    head = HEADS.get(paragraph.role, "")
    wrapped = textwrap.wrap(
        paragraph.text, width, initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False
    )
    return wrapped if paragraph.role in HEADS else [*wrapped, ""]
