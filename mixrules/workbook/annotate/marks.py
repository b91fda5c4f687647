"""Which cells are marked, and what each mark says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mixrules.engine.decision import Advantage, Decision, Finding, Missing
from mixrules.engine.grounds import Ground
from mixrules.message import Lang, Place, Problem
from mixrules.message.wording import titled, word
from mixrules.programme.category import fold
from mixrules.programme.location import Locator

ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
MOST_MARKS = 2_000
"""Marked cells of a workbook: beyond, a spreadsheet slows down, and the sheet « Contrôle » says the rest."""
MOST_OF_ONE = 60
"""Cells marked for one finding."""
MOST_SENTENCES = 6
"""Sentences in one comment."""
MOST_TEXT = 600


@dataclass
class Marks:
    """The sentences to hang on each cell, by the sheet's title as the file has it."""

    titles: tuple[str, ...] = ()
    cells: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    left: int = 0

    def sheet(self, place: Place) -> str:
        """The title of the sheet of a place, as the file writes it; empty where there is none."""
        if place.sheet in self.titles:
            return place.sheet
        return next((title for title in self.titles if place.sheet and fold(title) == fold(place.sheet)), "")

    def address(self, place: Place) -> tuple[str, str] | None:
        """The sheet and cell of a place, where it has one in this workbook."""
        title = self.sheet(place)
        return (title, place.cell) if title and ADDRESS.fullmatch(place.cell) else None

    def put(self, place: Place, sentence: str) -> None:
        """Hang a sentence on a cell."""
        address = self.address(place)
        if address is None:
            return
        if address not in self.cells and len(self.cells) >= MOST_MARKS:
            self.left += 1
            return
        held = self.cells.setdefault(address, [])
        if sentence not in held:
            held.append(sentence if len(sentence) <= MOST_TEXT else sentence[:MOST_TEXT] + "…")


def of_problems(marks: Marks, problems: Iterable[Problem], lang: Lang) -> None:
    """The cells that a reader found fault with."""
    for problem in problems:
        marks.put(problem.where, problem.sentence(lang))


def of_decision(
    marks: Marks,
    decision: Decision,
    grounds: Iterable[tuple[str, list[Ground]]],
    locator: Locator,
    lang: Lang,
) -> None:
    """The cells behind what fails, then those that are missing."""
    for text, cells in grounds:
        shown = 0
        for ground in cells:
            for place in locator.places(ground.field, [ground.where]):
                if shown < MOST_OF_ONE:
                    marks.put(place, text)
                elif marks.address(place) is not None:
                    marks.left += 1
                shown += 1
    for gap, rules in missing(decision, lang):
        needed = f"{word('to_give', lang)} – {gap.label[lang]} ({', '.join(rules)})"
        for place in locator.places(gap.field, gap.where):
            marks.put(place, needed)


def missing(decision: Decision, lang: Lang) -> list[tuple[Missing, list[str]]]:
    """Each missing field once, with the titles of the rules that wait for it."""
    found: dict[tuple[str, str], tuple[Missing, dict[str, None], dict[str, None]]] = {}
    parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    for part in parts:
        for gap in part.missing:
            _, places, rules = found.setdefault((gap.owner, gap.field), (gap, {}, {}))
            places.update(dict.fromkeys(gap.where))
            rules[titled(part, lang)] = None
    return [
        (gap.replace(where=sorted(places), count=max(gap.count, len(places))), list(rules))
        for gap, places, rules in found.values()
    ]


def breach_text(finding: Finding | Advantage, lang: Lang) -> str:
    """What a finding says on a cell: what and which rule."""
    title = titled(finding, lang)
    return f"{title} – {finding.source.ref} – {word(finding.status, lang)}\n{finding.explanation[lang]}"
