"""An order in draft as plain text, to paste."""

from __future__ import annotations

import textwrap

from mixrules.report.motivation.order import Order

WIDTH = 100


def render(order: Order, width: int = WIDTH) -> str:
    """The order, one paragraph after the other; notes for the officer stand apart at the end."""
    lines: list[str] = []
    for paragraph in order.paragraphs:
        if paragraph.role == "note":
            continue
        if paragraph.role == "title":
            lines += [paragraph.text, "═" * len(paragraph.text), ""]
            continue
        if paragraph.role != "item" and lines and lines[-1]:
            lines.append("")
        head = "  – " if paragraph.role == "item" else ""
        wrapped = textwrap.wrap(
            paragraph.text,
            width,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_long_words=False,
        )
        lines += [*wrapped, *([] if paragraph.role == "item" else [""])]
    notes = [paragraph.text for paragraph in order.paragraphs if paragraph.role == "note"]
    lines += ["", "— Notes pour le service, hors de l'acte —"]
    for note in notes:
        lines += textwrap.wrap(
            note, width, initial_indent="  • ", subsequent_indent="    ", break_long_words=False
        )
    return "\n".join(lines) + "\n"
