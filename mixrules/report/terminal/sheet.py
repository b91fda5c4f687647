"""The lines of a report: titles, paragraphs and marks, within the width of the screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from mixrules.message import Lang, say
from mixrules.message.wording import word
from mixrules.report.terminal.screen import Screen
from mixrules.report.typography import typeset, visible

SOFT = "bright_black"
"""The colour of what matters less."""
MARKS = {
    "met": ("✓", "green"),
    "unmet": ("✗", "red"),
    "undetermined": ("?", "yellow"),
    "excepted": ("~", "cyan"),
    "not-applicable": ("–", SOFT),
    "granted": ("✓", "green"),
    "refused": ("✗", "red"),
    "within": ("✓", "green"),
    "exceeds": ("✗", "red"),
    "compliant": ("✓", "green"),
    "non-compliant": ("✗", "red"),
}
"""A sign and a colour for each status: the colour never speaks alone."""


class Sheet:
    """Sets texts in one language on one screen."""

    def __init__(self, lang: Lang, screen: Screen) -> None:
        self.lang, self.width, self.colour = lang, screen.width, screen.colour
        self.colon, self.semicolon = say("sign.colon", lang), say("sign.semicolon", lang)

    def say(self, key: str) -> str:
        """A fixed word."""
        return word(key, self.lang)

    def set(self, text: str) -> str:
        """Signs held to their words, so that no line starts with one; what would steer the terminal is shown."""
        return visible(typeset(text, self.lang))

    def paint(self, text: str, style: str, *, bold: bool = False) -> str:
        """A text in a colour, where colours are shown."""
        if not self.colour:
            return text
        from typer import style as styled

        return styled(text, fg=style or None, bold=bold)

    def title(self, text: str) -> Iterator[str]:
        """The title of a section."""
        yield ""
        for line in self.wrapped(text, 0):
            yield self.paint(line, "", bold=True)
        yield "─" * min(self.width, cells(self.set(text)))

    def wrapped(self, text: str, indent: int, first: str = "") -> list[str]:
        """A paragraph within the width of the screen; no-break spaces hold."""
        lead = " " * indent
        return self.split(self.set(text), self.width, first or lead, lead) or [first]

    def split(self, text: str, width: int, first: str = "", lead: str = "") -> list[str]:
        """A text already set, in lines of a width; only a word longer than a line is cut."""
        return textwrap.wrap(
            text, max(width, 12), initial_indent=first, subsequent_indent=lead, break_on_hyphens=False
        )

    def entry(self, status: str, title: str, label: str) -> Iterator[str]:
        """A mark, a title over as many lines as it needs, and a label at the right of the first."""
        mark, style = MARKS[status]
        room = self.width - cells(label) - 5
        beside = room >= self.width // 2
        parts = self.split(self.set(title), room if beside else self.width - 3) or [""]
        space = " " * (self.width - cells(parts[0]) - cells(label) - 3) if beside else ""
        tail = space + self.paint(label, style, bold=True) if beside else ""
        yield f" {self.paint(mark, style, bold=True)} {self.paint(parts[0], '', bold=True)}{tail}"
        for part in parts[1:]:
            yield f"   {self.paint(part, '', bold=True)}"
        if not beside:
            yield f"   {self.paint(label, style, bold=True)}"

    def soft(self, lines: Sequence[str]) -> Iterator[str]:
        """Lines that matter less."""
        for line in lines:
            yield self.paint(line, SOFT)


def cells(text: str) -> int:
    """How many columns a text takes."""
    from rich.cells import cell_len

    return cell_len(text)
