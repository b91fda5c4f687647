"""`--why RULE`: one rule of a decision in a terminal, unfolded step by step down to the dwellings counted."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.message import InvalidInputError, Lang, Problem, say, suggest
from mixrules.message.wording import advantage_status, finding_status, titled
from mixrules.programme.scope import ScopeTree
from mixrules.report.speech import Speech
from mixrules.report.typography import typeset, visible
from mixrules.report.why import Line, Who, Why, of_condition, sections

WORST = ("unmet", "refused", "undetermined", "excepted", "met", "granted", "not-applicable")
MARKS = {"met": "✓", "granted": "✓", "unmet": "✗", "refused": "✗", "undetermined": "?", "excepted": "~"}
FEW = 6
"""Elements of one rule unfolded at most, the worst first; the rest is counted."""
NARROWEST = 24
"""Columns left to a sentence, however deep it stands."""


def render(decision: Decision, rule: str, lang: Lang, tree: ScopeTree | None = None) -> str:
    """Every finding or advantage of a rule, unfolded.

    Raises:
        InvalidInputError: the decision says nothing of such a rule.
    """
    width = min(shutil.get_terminal_size((100, 40)).columns, 110)
    return "\n".join(_Page(decision, lang, tree, width).lines(named(decision, rule))) + "\n"


def named(decision: Decision, rule: str) -> list[Finding | Advantage]:
    """What a decision says of a rule, named in full or by what follows its rulebook; the worst first."""
    parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    found = [part for part in parts if rule in {part.rule, part.rule.rpartition("/")[2]}]
    if not found:
        known = list(dict.fromkeys(part.rule for part in parts))
        raise InvalidInputError([Problem.of("rule_unknown", found=rule, near=suggest(rule, known))])
    return sorted(found, key=lambda part: WORST.index(part.status))


CONDITIONS = {"yes": "✓", "no": "✗", "unknown": "?"}


class _Page(Speech):
    def __init__(self, decision: Decision, lang: Lang, tree: ScopeTree | None, width: int) -> None:
        super().__init__(lang)
        self.why, self.width = Why(decision, lang, tree), width

    def lines(self, parts: Sequence[Finding | Advantage]) -> Iterator[str]:
        for part in parts[:FEW]:
            yield from self.part(part)
            yield ""
        if len(parts) > FEW:
            yield say("why.rest", self.lang, count=len(parts) - FEW)

    def part(self, part: Finding | Advantage) -> Iterator[str]:
        status = (advantage_status if isinstance(part, Advantage) else finding_status)(part.status, self.lang)
        head = f"{MARKS.get(part.status, '–')} {titled(part, self.lang)} — {part.scope}"
        yield from self._entry("", "  ", head, status)
        yield from self._wrapped(part.explanation[self.lang], "  ")
        for condition in part.conditions if isinstance(part, Advantage) else []:
            mark = CONDITIONS[condition.holds]
            yield from self._entry("  ", "    ", f"{mark} {condition.explanation[self.lang]}", "")
            yield from self._tree(self.why.lines(of_condition(condition, self.lang).places), "    ")
        for section in sections(part, self.lang):
            yield f"  {self._set(section.heading + self.colon)}"
            yield from self._tree(self.why.lines(section.places), "  ")

    def _set(self, text: str) -> str:
        """Signs and references held to their words before lines are cut; what would steer the terminal is shown."""
        return visible(typeset(text, self.lang))

    def _tree(self, lines: Sequence[Line], lead: str) -> Iterator[str]:
        for line in lines:
            last = line is lines[-1]
            below = lead + ("   " if last else "│  ")
            text = f"{line.text} [{say('why.deciding', self.lang)}]" if line.decides else line.text
            rest = bool(line.because or line.source or line.counted or line.steps)
            yield from self._entry(
                lead + ("└─ " if last else "├─ "), below + ("│  " if rest else "   "), text, line.value
            )
            deeper = below + ("│  " if line.steps else "   ")
            for told in (line.because, line.source):
                if told:
                    yield from self._wrapped(told, deeper)
            for who in line.counted:
                yield from self._who(who, deeper)
            yield from self._tree(line.steps, below)

    def _who(self, who: Who, lead: str) -> Iterator[str]:
        yield from self._entry(lead, lead, f"{who.what}{self.colon} {who.text}", who.value)
        for heads, word in ((who.sure, ""), (who.maybe, f"{say('why.perhaps', self.lang)}{self.colon} ")):
            told = heads.told(self.lang)
            if told:
                yield from self._wrapped(word + told, lead + "  ")

    def _wrapped(self, text: str, lead: str) -> Iterator[str]:
        space = max(self.width - len(lead), NARROWEST)
        yield from (lead + part for part in textwrap.wrap(self._set(text), space, break_long_words=False))

    def _entry(self, first: str, lead: str, text: str, value: str) -> Iterator[str]:
        """A sentence, and its value at the right end of its first line; below it where there is no room."""
        text, value = self._set(text), self._set(value)
        space = self.width - len(first) - len(value) - 2
        if space < NARROWEST:
            yield from self._hung(first, lead, textwrap.wrap(text, max(self.width - len(first), NARROWEST)))
            yield f"{lead}{value:>{max(self.width - len(lead), len(value))}}" if value else ""
            return
        parts = textwrap.wrap(text, space) or [""]
        parts[0] = f"{parts[0]:<{space}}  {value}".rstrip()
        yield from self._hung(first, lead, parts)

    @staticmethod
    def _hung(first: str, lead: str, parts: Sequence[str]) -> Iterator[str]:
        for place, part in enumerate(parts):
            yield (lead if place else first) + part
