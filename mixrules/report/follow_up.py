"""A programme through its phases, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mixrules.message import Lang, format_quantity
from mixrules.message.wording import advantage_status, finding_status, word
from mixrules.programme.category import PHASE
from mixrules.quantity import NotExactError, parse_exact
from mixrules.register.follow_up import FollowUp, Lost, Pending, Stage, Step, Turn
from mixrules.report.speech import Speech

_WORDS = {
    "thread": ("Suivi du dossier {0}", "Follow-up of file {0}"),
    "granted": (
        "Avantages acquis au stade « {0} » (décision n° {1})",
        "Advantages granted at {0} (decision no. {1})",
    ),
    "replaces": ("remplace {0} décision(s) du même stade", "replaces {0} decision(s) of the same phase"),
    "stage": ("Au stade « {0} » (décision n° {1})", "At {0} (decision no. {1})"),
    "alone": ("Aucun stade ultérieur au registre.", "No later phase in the register."),
    "unchanged": ("rien n'a changé", "nothing changed"),
    "given": ("accordé", "granted"),
    "owed": ("dû", "owed"),
    "recover": ("à récupérer", "to be recovered"),
    "unsure": ("à établir", "to be settled"),
    "broken": ("condition perdue ou non établie", "condition lost or not settled"),
    "kept": ("à conserver", "to be kept"),
    "turns": ("Règles dont le constat a changé", "Rules found otherwise"),
    "lost": ("Avantages qui ne sont plus dus comme accordés", "Advantages no longer owed as granted"),
    "pending": ("Engagements sans preuve au registre", "Commitments without evidence in the register"),
    "due": ("ÉCHU", "DUE"),
    "later": ("à venir", "to come"),
}


def render(found: FollowUp, lang: Lang) -> str:
    """The whole follow-up."""
    return "\n".join(_Page(lang).lines(found)) + "\n"


class _Page(Speech):
    catalogue = _WORDS

    def lines(self, found: FollowUp) -> Iterator[str]:
        title = self.say("thread", found.dossier)
        yield title
        yield "═" * len(title)
        for step in found.steps:
            yield self.step(step)
        yield ""
        yield self.say("granted", self.phase(found.granted.phase), found.granted.number)
        if not found.stages:
            yield self.say("alone")
        for stage in found.stages:
            yield ""
            yield from self.stage(stage)
        if found.pending:
            yield ""
            yield self.say("pending")
            yield from (self.pending(one) for one in found.pending)

    def step(self, step: Step) -> str:
        note = f" – {self.say('replaces', step.replaces)}" if step.replaces else ""
        verdict = word(step.verdict, self.lang)
        return f"  n° {step.number}  {step.at[:10]}  {self.phase(step.phase)}{self.colon} {verdict}{note}"

    def phase(self, name: str) -> str:
        return PHASE.members[name][self.index] if name in PHASE.members else name or "?"

    def stage(self, stage: Stage) -> Iterator[str]:
        yield self.say("stage", self.phase(stage.step.phase), stage.step.number)
        if not stage.turns and not stage.lost:
            yield f"  {self.say('unchanged')}"
        if stage.lost:
            yield f"  {self.say('lost')}"
            for lost in stage.lost:
                yield from self.lost(lost)
        if stage.turns:
            yield f"  {self.say('turns')}"
            for turn in stage.turns:
                yield from self.turn(turn)

    def lost(self, lost: Lost) -> Iterator[str]:
        yield f"    ✗ {lost.title[self.lang]} ({lost.scope}){self.colon} {self.advantage(lost.after)}"
        owed = self.amount(lost.owed, lost.unit) if lost.owed else self.say("unsure")
        recover = self.amount(lost.recover, lost.unit) if lost.recover else self.say("unsure")
        yield (
            f"      {self.say('given')} {self.amount(lost.given, lost.unit)}, {self.say('owed')} {owed}, "
            f"{self.say('recover')}{self.colon} {recover}"
        )
        yield from (f"      {self.say('broken')}{self.colon} {c[self.lang]}" for c in lost.broken)
        if lost.kept_while.get(self.lang):
            yield f"      {self.say('kept')}{self.colon} {lost.kept_while[self.lang]}"

    def turn(self, turn: Turn) -> Iterator[str]:
        yield (
            f"    {turn.title[self.lang]} ({turn.scope}){self.colon} "
            f"{self.finding(turn.before)} → {self.finding(turn.after)}"
        )
        if turn.explanation:
            yield f"      {turn.explanation[self.lang]}"

    def pending(self, one: Pending) -> str:
        mark = self.say("due" if one.due else "later")
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
