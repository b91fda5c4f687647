"""A decision in a terminal: what an officer needs, in the order in which it is needed."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mixrules.engine.decision import Advantage, Decision, Finding, Missing, SourceNote
from mixrules.message import Lang, format_date, say
from mixrules.message.wording import advantage_status, claim_status, finding_status, word
from mixrules.programme.location import Locator
from mixrules.report.typography import held
from mixrules.rulebook.model import BINDING

if TYPE_CHECKING:
    from mixrules.programme.reading import Reading

MARKS = {
    "met": ("✓", "green"),
    "unmet": ("✗", "red"),
    "undetermined": ("?", "yellow"),
    "excepted": ("~", "cyan"),
    "not-applicable": ("–", "bright_black"),
    "granted": ("✓", "green"),
    "refused": ("✗", "red"),
    "within": ("✓", "green"),
    "exceeds": ("✗", "red"),
    "compliant": ("✓", "green"),
    "non-compliant": ("✗", "red"),
}
WORST = ("unmet", "undetermined", "excepted", "met")
"""A report opens on the worst."""
FEW = 6
"""Findings of one rule shown one by one at most; the rest is counted."""


def wants_colour() -> bool:
    """Whether the terminal shows colours and the user has not switched them off (NO_COLOR)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def render(
    decision: Decision,
    lang: Lang,
    reading: Reading | None = None,
    *,
    colour: bool = False,
    detail: bool = False,
) -> str:
    """The whole report as text."""
    width = min(shutil.get_terminal_size((100, 40)).columns, 110)
    return "\n".join(Page(decision, lang, reading, colour=colour, width=width, detail=detail).lines()) + "\n"


class Page:
    """One report, section by section."""

    def __init__(
        self,
        decision: Decision,
        lang: Lang,
        reading: Reading | None,
        *,
        colour: bool,
        width: int,
        detail: bool,
    ) -> None:
        self.decision, self.lang, self.reading = decision, lang, reading
        self.colour, self.width, self.detail = colour, width, detail
        self.locator = Locator(reading)

    def lines(self) -> Iterator[str]:
        """Every line of the report."""
        yield from self.head()
        # Ceilings on the land price have a section of their own.
        found = [f for f in self.decision.findings if f.kind != "ceiling"]
        yield from self.findings("binding", [f for f in found if f.force in BINDING])
        yield from self.advantages()
        yield from self.land_price()
        yield from self.findings("voluntary", [f for f in found if f.force not in BINDING])
        yield from self.missing()
        yield from self.contradictions()
        yield from self.references()
        yield from self.notes()
        yield from self.foot()

    # -- typography ------------------------------------------------------------------------------------

    def say(self, key: str) -> str:
        """A fixed word."""
        return word(key, self.lang)

    def paint(self, text: str, style: str, *, bold: bool = False) -> str:
        """A text in a colour, where colours are shown."""
        if not self.colour:
            return text
        from typer import style as styled

        return styled(text, fg=style or None, bold=bold)

    def title(self, text: str) -> Iterator[str]:
        """The title of a section."""
        yield ""
        yield self.paint(text, "", bold=True)
        yield "─" * min(self.width, len(text))

    def wrapped(self, text: str, indent: int, first: str = "") -> Iterator[str]:
        """A paragraph within the width of the terminal; no-break spaces hold."""
        lead = " " * indent
        text = self.set(text)
        yield from textwrap.wrap(
            text, self.width, initial_indent=first or lead, subsequent_indent=lead, break_long_words=False
        ) or [first]

    @property
    def colon(self) -> str:
        """A colon as the language spaces it."""
        return say("sign.colon", self.lang)

    def set(self, text: str) -> str:
        """French punctuation held to its word, so that no line starts with it."""
        return held(text) if self.lang == "fr" else text

    def entry(self, status: str, title: str, label: str) -> str:
        """A line with a mark, a title and a status at the right."""
        mark, style = MARKS[status]
        space = max(1, self.width - len(title) - len(label) - 4)
        return (
            f" {self.paint(mark, style, bold=True)} {title}{' ' * space}{self.paint(label, style, bold=True)}"
        )

    def headline(self, status: str, title: str, label: str) -> Iterator[str]:
        """An entry whose title may need several lines."""
        parts = textwrap.wrap(self.set(title), self.width - len(label) - 6) or [""]
        yield self.entry(status, parts[0], label)
        for part in parts[1:]:
            yield f"   {part}"

    # -- sections --------------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        """Which file, which verdict, which law."""
        decision = self.decision
        name = decision.programme.title.get(self.lang, "")
        title = (
            f"{self.say('decision')} – {name} ({decision.programme.id})"
            if name
            else f"{self.say('decision')} – {decision.programme.id}"
        )
        yield self.paint(title, "", bold=True)
        yield "═" * min(self.width, len(title))
        mark, style = MARKS[decision.verdict]
        verdict = self.paint(f"{mark} {self.say(decision.verdict)}", style, bold=True)
        yield f"{self.say('verdict'):<17}{verdict}, {self.say('verdict_note')}"
        day = format_date(date.fromisoformat(decision.law_date.date), self.lang)
        because = decision.law_date.because[self.lang]
        yield from self.wrapped(f"{self.say('at')} {day} – {because}", 17, f"{self.say('law'):<17}")
        if decision.law_date.agreements != decision.law_date.date:
            day = format_date(date.fromisoformat(decision.law_date.agreements), self.lang)
            yield from self.wrapped(f"{self.say('agreements')} {day}", 17, " " * 17)
            for book in decision.rulebooks:
                if book.law_date not in (decision.law_date.date, decision.law_date.agreements):
                    day = format_date(date.fromisoformat(book.law_date), self.lang)
                    yield from self.wrapped(f"{book.id}{self.colon}{self.say('at')} {day}", 17, " " * 17)
        names = decision.evaluators
        agreed = f"{' + '.join(names)} ({self.say('agree')})" if len(names) > 1 else self.say("alone")
        yield from self.wrapped(agreed, 17, f"{self.say('evaluators'):<17}")

    def findings(self, section: str, found: list[Finding]) -> Iterator[str]:
        """The findings of a section, rule by rule; those without object are listed together."""
        yield from self.title(self.say(section))
        idle = [f for f in found if f.status == "not-applicable"]
        live = [f for f in found if f.status != "not-applicable"]
        if not live:
            yield f"   {self.say('nothing')}"
        for group in sorted(_by_rule(live), key=lambda g: min(WORST.index(f.status) for f in g)):
            yield from self.rule(group)
        yield from self.idle([g[0] for g in _by_rule(idle) if not any(f.rule == g[0].rule for f in live)])

    def rule(self, group: list[Finding]) -> Iterator[str]:
        """One rule with its findings, the worst first."""
        group = sorted(group, key=lambda f: WORST.index(f.status))
        first = group[0]
        label = finding_status(first.status, self.lang)
        yield from self.headline(first.status, f"{_title(first, self.lang)} — {first.source.ref}", label)
        several = first.at not in {"programme", "district", "commune"} or len(group) > 1
        for finding in group[:FEW]:
            mark = MARKS[finding.status][0]
            text = finding.explanation[self.lang]
            where = finding.scope.replace("/?", self.say("unplaced"))
            yield from self.wrapped(
                f"{mark} {where} – {text}" if several else text, 7 if several else 5, "     "
            )
        if len(group) > FEW:
            counts = {s: sum(f.status == s for f in group[FEW:]) for s in WORST}
            rest = ", ".join(
                f"{count} {finding_status(s, self.lang)}" for s, count in counts.items() if count
            )
            yield f"     … {self.say('others')}{self.colon}{rest}"
        yield from self.doubt(first.source)

    def doubt(self, source: SourceNote) -> Iterator[str]:
        """How sure a source is, where its text was not read."""
        if source.certainty in {"reported", "presumed"}:
            yield from self.wrapped(
                f"{self.say('certainty')}{self.colon}{self.say(source.certainty)}.", 7, "     ! "
            )

    def idle(self, found: Sequence[Finding | Advantage]) -> Iterator[str]:
        """What has no object here: the titles together, or each with its reason when details are wanted."""
        if not found:
            return
        mark, style = MARKS["not-applicable"]
        if self.detail:
            texts = [f"{_title(f, self.lang)} — {f.source.ref}. {f.explanation[self.lang]}" for f in found]
        else:
            titles = dict.fromkeys(_title(f, self.lang) for f in found)
            texts = [f"{self.say('not_applicable')}{self.colon}{' ; '.join(titles)}."]
        for text in texts:
            for line in self.wrapped(text, 3, f" {mark} "):
                yield self.paint(line, style)

    def advantages(self) -> Iterator[str]:
        """The advantages, then the limits across them."""
        decision = self.decision
        if not decision.advantages:
            return
        yield from self.title(self.say("advantages"))
        live = [a for a in decision.advantages if a.status != "not-applicable"]
        for advantage in live:
            yield from self.advantage(advantage)
        for limit in decision.cumulations:
            if limit.status == "not-applicable":
                continue
            status = limit.status
            label = advantage_status(status, self.lang)
            name = limit.title.get(self.lang) or limit.rule
            yield from self.headline(status, f"{name} — {limit.source.ref}", label)
            yield from self.wrapped(limit.explanation[self.lang], 5)
            yield from self.doubt(limit.source)
        yield from self.idle([a for a in decision.advantages if a.status == "not-applicable"])

    def advantage(self, advantage: Advantage) -> Iterator[str]:
        """One advantage: what is earned and how, what is claimed, what comes next."""
        status = advantage.status
        title = f"{advantage.title.get(self.lang) or advantage.rule} — {advantage.source.ref}"
        if len(self.decision.programme.title) and advantage.at == "programme" and self.several_programmes():
            title += f" [{advantage.scope}]"
        label = claim_status(status, advantage.asked, self.lang)
        yield from self.headline(status, title, label)
        yield from self.wrapped(advantage.explanation[self.lang], 5)
        yield from self.conditions(advantage)
        if advantage.next_step:
            yield from self.wrapped(
                f"{self.say('next')}{self.colon}{advantage.next_step.explanation[self.lang]}", 5
            )
        if advantage.kept_while and status == "granted":
            yield from self.wrapped(f"{self.say('kept')}{self.colon}{advantage.kept_while[self.lang]}", 5)
        yield from self.doubt(advantage.source)

    def conditions(self, advantage: Advantage) -> Iterator[str]:
        """The conditions of an advantage: those that fail or are open one by one, the others together."""
        filled = [c.explanation[self.lang] for c in advantage.conditions if c.holds == "yes"]
        for condition in advantage.conditions:
            if condition.holds != "yes":
                mark = "✗" if condition.holds == "no" else "?"
                yield from self.wrapped(f"{mark} {condition.explanation[self.lang]}", 9, "       ")
        if filled:
            yield from self.wrapped(f"✓ {' ; '.join(filled)}", 9, "       ")

    def several_programmes(self) -> bool:
        """Whether the decision is about more than one programme."""
        return len({a.scope for a in self.decision.advantages if a.at == "programme"}) > 1

    def land_price(self) -> Iterator[str]:
        """The land price against its ceilings, in one line: the findings say the rest."""
        price = self.decision.land_price
        if price.status == "not-applicable":
            return
        label = advantage_status(price.status, self.lang)
        yield from self.title(self.say("land_price"))
        found = [f for f in self.decision.findings if f.kind == "ceiling"]
        for finding in found:
            yield from self.headline(
                {"met": "within", "unmet": "exceeds"}.get(finding.status, finding.status),
                f"{_title(finding, self.lang)} — {finding.source.ref}",
                label if len(found) == 1 else self.say(_price_word(finding.status)),
            )
            yield from self.wrapped(finding.explanation[self.lang], 5)
            yield from self.doubt(finding.source)

    def missing(self) -> Iterator[str]:
        """Each missing field once, with the cells where it can be filled in."""
        wanted: dict[tuple[str, str], tuple[Missing, set[str]]] = {}
        parts: list[Finding | Advantage] = [*self.decision.findings, *self.decision.advantages]
        for part in parts:
            for gap in part.missing:
                _, places = wanted.setdefault((gap.owner, gap.field), (gap, set()))
                places.update(gap.where)
        questions = list(dict.fromkeys(q[self.lang] for p in parts for q in p.questions))
        if not wanted and not questions:
            return
        yield from self.title(self.say("missing"))
        for gap, places in wanted.values():
            cells = self.locator.cells(gap.field, sorted(places))
            count = f" (× {max(gap.count, len(places))})" if max(gap.count, len(places)) > 1 else ""
            where = f"{self.colon}{_few(cells)}" if cells else ""
            yield from self.wrapped(f"{gap.label[self.lang]}{count}{where}", 5, "   • ")
        for question in questions:
            yield from self.wrapped(question, 5, "   • ")

    def contradictions(self) -> Iterator[str]:
        """Totals that contradict their parts."""
        if not self.decision.contradictions:
            return
        yield from self.title(self.say("contradictions"))
        for found in self.decision.contradictions:
            yield from self.wrapped(found.explanation[self.lang], 5, "   ! ")

    def references(self) -> Iterator[str]:
        """What was looked up in reference tables, what the file contradicts first."""
        if not self.decision.references:
            return
        yield from self.title(self.say("references"))
        for found in sorted(self.decision.references, key=lambda r: r.status):
            mark = "!" if found.status == "contradicted" else "•"
            text = f"{found.explanation[self.lang]} {found.table} {found.digest[7:15]}"
            yield from self.wrapped(text, 5, f"   {mark} ")

    def notes(self) -> Iterator[str]:
        """What reading the file brought up, and what no rule looks at."""
        notes = [note.render(self.lang) for note in self.reading.notes] if self.reading is not None else []
        if notes:
            yield from self.title(self.say("notes"))
            for note in notes:
                yield from self.wrapped(note, 5, "   • ")
        if self.decision.unexamined:
            yield from self.title(self.say("unexamined"))
            yield from self.wrapped(", ".join(self.decision.unexamined), 3)

    def foot(self) -> Iterator[str]:
        """Digests: what was decided, under which rulebooks."""
        yield ""
        decision = self.decision
        books = ", ".join(f"{book.id} {book.digest[7:15]}" for book in decision.rulebooks)
        text = f"{self.say('digests')}{self.colon}{self.say('programme')} {decision.programme.digest[7:19]} · {self.say('exact')} {decision.digest[7:19]} · {books}"
        for line in self.wrapped(text, 2, ""):
            yield self.paint(line, "bright_black")


def _by_rule(found: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(finding.rule, []).append(finding)
    return list(groups.values())


def _title(finding: Finding | Advantage, lang: Lang) -> str:
    return finding.title.get(lang) or finding.rule


def _price_word(status: str) -> str:
    return {"met": "within", "unmet": "exceeds", "undetermined": "a_undetermined"}.get(status, status)


def _few(cells: list[str]) -> str:
    return ", ".join(cells[:8]) + (" …" if len(cells) > 8 else "")
