"""A programme through its phases, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mixrules.message import Lang, format_quantity, say
from mixrules.message.wording import advantage_status, finding_status, titled, word
from mixrules.programme.category import PHASE
from mixrules.quantity import NotExactError, parse_exact
from mixrules.register.follow_up import FollowUp, Lost, Pending, Stage, Step, Turn
from mixrules.report.speech import Speech


def render(found: FollowUp, lang: Lang) -> str:
    """The whole follow-up."""
    return "\n".join(_Page(lang).lines(found)) + "\n"


class _Page(Speech):
    def lines(self, found: FollowUp) -> Iterator[str]:
        title = say("follow_up.thread", self.lang, dossier=found.dossier)
        yield title
        yield "═" * len(title)
        for step in found.steps:
            yield self.step(step)
        yield ""
        yield say(
            "follow_up.granted",
            self.lang,
            phase=self.phase(found.granted.phase),
            number=str(found.granted.number),
        )
        if not found.stages:
            yield say("follow_up.alone", self.lang)
        for stage in found.stages:
            yield ""
            yield from self.stage(stage)
        if found.pending:
            yield ""
            yield say("follow_up.pending", self.lang)
            yield from (self.pending(one) for one in found.pending)

    def step(self, step: Step) -> str:
        note = f" – {say('follow_up.replaces', self.lang, replaces=step.replaces)}" if step.replaces else ""
        verdict = word(step.verdict, self.lang)
        return f"  n° {step.number}  {step.at[:10]}  {self.phase(step.phase)}{self.colon} {verdict}{note}"

    def phase(self, name: str) -> str:
        return PHASE.members[name][self.index] if name in PHASE.members else name or "?"

    def stage(self, stage: Stage) -> Iterator[str]:
        yield say(
            "follow_up.stage", self.lang, phase=self.phase(stage.step.phase), number=str(stage.step.number)
        )
        if not stage.turns and not stage.lost:
            yield f"  {say('follow_up.unchanged', self.lang)}"
        if stage.lost:
            yield f"  {say('follow_up.lost', self.lang)}"
            for lost in stage.lost:
                yield from self.lost(lost)
        if stage.turns:
            yield f"  {say('follow_up.turns', self.lang)}"
            for turn in stage.turns:
                yield from self.turn(turn)

    def lost(self, lost: Lost) -> Iterator[str]:
        yield f"    ✗ {titled(lost, self.lang)} ({lost.scope}){self.colon} {self.advantage(lost.after)}"
        owed = self.amount(lost.owed, lost.unit) if lost.owed else say("follow_up.unsure", self.lang)
        recover = self.amount(lost.recover, lost.unit) if lost.recover else say("follow_up.unsure", self.lang)
        yield (
            f"      {say('follow_up.given', self.lang)} {self.amount(lost.given, lost.unit)}, {say('follow_up.owed', self.lang)} {owed}, "
            f"{say('follow_up.recover', self.lang)}{self.colon} {recover}"
        )
        yield from (
            f"      {say('follow_up.broken', self.lang)}{self.colon} {c[self.lang]}" for c in lost.broken
        )
        if lost.kept_while.get(self.lang):
            yield f"      {say('follow_up.kept', self.lang)}{self.colon} {lost.kept_while[self.lang]}"

    def turn(self, turn: Turn) -> Iterator[str]:
        yield (
            f"    {turn.title[self.lang]} ({turn.scope}){self.colon} "
            f"{self.finding(turn.before)} → {self.finding(turn.after)}"
        )
        if turn.explanation:
            yield f"      {turn.explanation[self.lang]}"

    def pending(self, one: Pending) -> str:
        mark = say("follow_up.due" if one.due else "follow_up.later", self.lang)
        return f"  {'✗' if one.due else '·'} {one.title[self.lang]} ({one.scope}) – {mark}. {one.explanation[self.lang]}"

    def finding(self, status: str) -> str:
        return finding_status(status, self.lang)

    def advantage(self, status: str) -> str:
        return advantage_status(status, self.lang)

    def amount(self, value: str, unit: str) -> str:
        try:
            return format_quantity(Fraction(parse_exact(value)), unit, self.lang)
        except NotExactError:
            return value or "?"
