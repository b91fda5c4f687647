"""The appendix on paper: how each finding and advantage was computed, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.message import Lang, say
from mixrules.programme.scope import ScopeTree
from mixrules.report.page.words import word
from mixrules.report.paper.mood import MARKS
from mixrules.report.why import Line, Section, Who, Why, of_condition, sections

MOST_STEPS = 4000
"""Steps unfolded in one file; for the rest it names the command."""
WHOLE = {"unmet", "refused", "undetermined"}
"""What is unfolded down to its last step; of the rest, the first steps alone."""
FIRST = 2
"""Levels of steps shown of a rule that is met."""
SIGNS = {"yes": MARKS["good"], "no": MARKS["bad"], "unknown": MARKS["open"]}


class Workings:
    """Unfolds what the body of the paper states, as long as there is room."""

    def __init__(self, decision: Decision, lang: Lang, tree: ScopeTree | None) -> None:
        self._why, self._lang, self._left = Why(decision, lang, tree), lang, MOST_STEPS

    def of(self, part: Finding | Advantage) -> dict[str, Any]:
        """The sections of one statement; none where nothing was computed."""
        levels = 0 if part.status in WHOLE else FIRST
        unfolded = list(self._sections(part, levels)) if self._left > 0 else []
        full = self._left <= 0
        return {
            "checks": list(self._checks(part)),
            "sections": unfolded,
            "cut": say("page.more_steps", self._lang, most=MOST_STEPS, rule=part.rule) if full else "",
        }

    def _checks(self, part: Finding | Advantage) -> Iterator[str]:
        colon = say("sign.colon", self._lang)
        for check in part.checks if isinstance(part, Finding) else []:
            seen, asked = self._why.compared(check)
            yield (
                f"{word('observed', self._lang)}{colon}{seen}{say('sign.semicolon', self._lang)}"
                f"{word('required', self._lang)}{colon}{asked}"
            )

    def _sections(self, part: Finding | Advantage, levels: int) -> Iterator[dict[str, Any]]:
        for condition in part.conditions if isinstance(part, Advantage) else []:
            heading = f"{SIGNS[condition.holds]} {condition.explanation[self._lang]}"
            if condition.steps:
                yield self._section(of_condition(condition, self._lang).replace(heading=heading), levels)
        for section in sections(part, self._lang):
            if not (levels and section.aside):
                yield self._section(section, levels)

    def _section(self, section: Section, levels: int) -> dict[str, Any]:
        lines = self._lines(self._why.lines(section.places), levels)
        return {"heading": section.heading, "lines": lines}

    def _lines(self, lines: Sequence[Line], levels: int) -> list[dict[str, Any]]:
        return [self._line(line, levels) for line in lines if self._left > 0]

    def _line(self, line: Line, levels: int) -> dict[str, Any]:
        self._left -= 1
        return {
            "text": line.text,
            "value": line.value,
            "deciding": word("decisive", self._lang) if line.decides else "",
            "notes": [note for note in (line.because, line.source) if note],
            "counted": [text for who in line.counted for text in self._who(who)],
            "steps": [] if levels == 1 else self._lines(line.steps, levels - 1 if levels else 0),
        }

    def _who(self, who: Who) -> Iterator[str]:
        colon = say("sign.colon", self._lang)
        sure = who.sure.told(self._lang)
        yield f"{who.what}{colon}{who.text} – {who.value}" + (f"{colon}{sure}" if sure else "")
        if maybe := who.maybe.told(self._lang):
            yield f"{word('maybe', self._lang)}{colon}{maybe}"
