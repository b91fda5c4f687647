"""The sheet « Contrôle »: verdict, rules, shortfalls, advantages, land price, what is missing, with links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.engine.grounds import Ground
from mixrules.message import Lang, Place, Problem, format_date, say, term
from mixrules.message.wording import advantage_status, claim_status, finding_status, titled, word
from mixrules.programme.location import Locator
from mixrules.rulebook.model import BINDING
from mixrules.workbook.annotate import cell_value
from mixrules.workbook.annotate.marks import Marks, missing
from mixrules.workbook.annotate.page import Cell, Link, Page

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 2_000
"""Rows of one table; beyond, they are counted."""
TONES = {
    "unmet": "bad",
    "refused": "bad",
    "exceeds": "bad",
    "non-compliant": "bad",
    "undetermined": "open",
    "met": "good",
    "granted": "good",
    "within": "good",
    "compliant": "good",
    "excepted": "idle",
    "not-applicable": "idle",
}
SIGNS = {"bad": "✗", "open": "?", "good": "✓", "idle": "–"}
WORST = ("unmet", "undetermined", "excepted", "met")
SMALL = {"block", "building", "stairwell", "landing"}


@dataclass
class Answer:
    """What the sheet tells: a decision with its grounds, or why there is none."""

    lang: Lang
    locator: Locator
    marks: Marks
    decision: Decision | None = None
    grounds: Sequence[tuple[Finding | Advantage, list[Ground]]] = ()
    problems: Sequence[Problem] = ()
    notes: Sequence[Problem] = ()
    shed: Sequence[Problem] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)


def build(answer: Answer, title: str) -> Workbook:
    """The sheet, alone in a workbook of its own."""
    return _Control(answer, title).write()


class _Control:
    """The sections of the sheet, in the order in which they are needed."""

    def __init__(self, answer: Answer, title: str) -> None:
        self.answer, self.lang, self.page = answer, answer.lang, Page(title)
        self.first = {
            (part.rule, part.scope): place
            for part, grounds in answer.grounds
            if (place := self._first(grounds)) is not None
        }

    def say(self, key: str) -> str:
        return word(key, self.lang)

    def write(self) -> Workbook:
        decision = self.answer.decision
        self.page.heading(self.say("control_head"))
        self.page.note(self.say("control_note"))
        if decision is None:
            self.page.fact(self.say("verdict"), f"✗ {self.say('no_decision')}", tone="bad")
        else:
            self._head(decision)
            self._rulebooks(decision)
        self._reading()
        if decision is not None:
            found = [f for f in decision.findings if f.kind != "ceiling"]
            self._findings("binding", [f for f in found if f.force in BINDING])
            self._advantages(decision)
            self._findings("land_price", [f for f in decision.findings if f.kind == "ceiling"])
            self._findings("voluntary", [f for f in found if f.force not in BINDING])
            self._missing(decision)
            self._sentences("contradictions", [c.explanation[self.lang] for c in decision.contradictions])
            self._sentences("unexamined", decision.unexamined)
        shed = [problem.sentence(self.lang) for problem in self.answer.shed]
        left = self.answer.marks.left
        self._sentences("shed", shed + ([f"{left} {self.say('marks_left')}"] if left else []))
        self.page.sheet.freeze_panes = "A2"
        return self.page.book

    # -- links -----------------------------------------------------------------------------------------

    def _link(self, place: Place | None) -> Cell:
        """A link to a cell of the workbook, else where it is, in words."""
        if place is None or not str(place):
            return None
        marks = self.answer.marks
        sheet = marks.sheet(place)
        if not sheet:
            return f"{place.file} › {place}" if place.sheet and place.file else str(place)
        address = marks.address(place)
        hidden = self.say("hidden") if sheet in self.answer.hidden else ""
        return Link(f"{sheet}!{place.cell}{hidden}", sheet, address[1] if address else "A1")

    def _first(self, grounds: Iterable[Ground]) -> Place | None:
        for ground in grounds:
            for place in self.answer.locator.places(ground.field, [ground.where]):
                return place
        return None

    # -- sections --------------------------------------------------------------------------------------

    def _head(self, decision: Decision) -> None:
        tone = TONES[decision.verdict]
        name = decision.programme.title.get(self.lang) or decision.programme.id
        self.page.fact(self.say("programme").capitalize(), name)
        verdict = f"{SIGNS[tone]} {self.say(decision.verdict)}"
        self.page.fact(self.say("verdict"), verdict, self.say("verdict_note"), tone=tone)
        day = format_date(date.fromisoformat(decision.law_date.date), self.lang)
        self.page.fact(self.say("law"), f"{self.say('at')} {day}", decision.law_date.because[self.lang])
        self.page.fact(self.say("evaluators"), " + ".join(decision.evaluators))
        digests = (("programme", decision.programme.digest), ("exact", decision.digest))
        for key, digest in digests:
            self.page.fact(f"{self.say('digest')} ({self.say(key)})", digest)

    def _rulebooks(self, decision: Decision) -> None:
        keys = (
            "rulebook",
            "identifier",
            "force",
            "day",
            "n_met",
            "n_unmet",
            "n_undetermined",
            "conclusion",
            "digest",
        )
        self.page.section(self.say("rulebooks"), [self.say(key) for key in keys])
        for book in decision.rulebooks:
            found = [f for f in decision.findings if f.rule.startswith(f"{book.id}/")]
            counts = {s: sum(f.status == s for f in found) for s in WORST}
            parts: list[Finding | Advantage] = [
                *found,
                *(a for a in decision.advantages if a.rule.startswith(f"{book.id}/")),
            ]
            forces = say("sign.semicolon", self.lang).join(
                dict.fromkeys(term("force_in_sheet", part.force, self.lang) for part in parts)
            )
            worst = next((s for s in ("unmet", "undetermined", "met") if counts[s]), "")
            day = (date.fromisoformat(book.law_date), "dd/mm/yyyy")
            numbers: list[Cell] = [(counts[s], "0") for s in ("met", "unmet", "undetermined")]
            conclusion = term("conclusion", worst or "idle", self.lang)
            tone = TONES.get(worst, "idle")
            self.page.line(
                [
                    book.title.get(self.lang) or book.id,
                    book.id,
                    forces,
                    day,
                    *numbers,
                    f"{SIGNS[tone]} {conclusion}",
                    book.digest[7:19],
                ],
                state=7,
                tone=tone,
            )

    def _reading(self) -> None:
        """What reading the file brought up, cell by cell."""
        told = [("error", problem) for problem in self.answer.problems]
        told += [("remark", note) for note in self.answer.notes]
        if not told:
            return
        self.page.section(self.say("reading"), [self.say("message"), self.say("cell"), self.say("kind")])
        for kind, problem in told[:MOST_ROWS]:
            tone = "bad" if kind == "error" else "idle"
            cells = [problem.sentence(self.lang), self._link(problem.where), self.say(kind)]
            self.page.line(cells, state=2, tone=tone)
        self._rest(len(told))

    def _findings(self, title: str, found: Sequence[Finding]) -> None:
        shown = [f for f in found if f.status != "not-applicable"]
        idle = dict.fromkeys(titled(f, self.lang) for f in found if f.status == "not-applicable")
        if not found:
            return
        keys = ("rule", "article", "scope", "observed", "required", "gap", "state", "why", "cell")
        self.page.section(self.say(title), [self.say(key) for key in keys])
        ranked = sorted(shown, key=lambda f: WORST.index(f.status))
        single = [f for f in ranked if f.status not in {"met", "excepted"} or f.at not in SMALL]
        for finding in single[:MOST_ROWS]:
            self._finding(finding, title)
        self._rest(len(single))
        self._counted([f for f in ranked if f.status in {"met", "excepted"} and f.at in SMALL])
        if idle:
            names = f"{self.say('not_applicable')}{say('sign.colon', self.lang)}"
            self.page.note(names + say("sign.semicolon", self.lang).join(idle))

    def _finding(self, finding: Finding, section: str) -> None:
        tone = TONES[finding.status]
        status = finding.status
        if section == "land_price":
            status = {"met": "within", "unmet": "exceeds"}.get(status, status)  # type: ignore[assignment]
        label = finding_status(status, self.lang)
        self.page.line(
            [
                titled(finding, self.lang),
                finding.source.ref,
                finding.scope.replace("/?", self.say("unplaced")),
                cell_value.quantity(finding.observed, finding.unit, self.lang),
                cell_value.quantity(finding.required, finding.unit, self.lang),
                cell_value.distance(finding.shortfall, self.lang),
                f"{SIGNS[tone]} {label}",
                finding.explanation[self.lang],
                self._link(self.first.get((finding.rule, finding.scope))),
            ],
            state=6,
            tone=tone,
        )

    def _counted(self, found: Sequence[Finding]) -> None:
        """Landings, stairwells and buildings where a rule is met: counted, one row a rule."""
        groups: dict[tuple[str, str], list[Finding]] = {}
        for finding in found:
            groups.setdefault((finding.rule, finding.status), []).append(finding)
        for group in groups.values():
            first, tone = group[0], TONES[group[0].status]
            where = cell_value.quantity(str(len(group)), first.at, self.lang)
            title = titled(first, self.lang)
            state = f"{SIGNS[tone]} {self.say(first.status)}"
            why = first.explanation[self.lang] if len(group) == 1 else ""
            self.page.line([title, first.source.ref, where, None, None, None, state, why], state=6, tone=tone)

    def _advantages(self, decision: Decision) -> None:
        live = [a for a in decision.advantages if a.status != "not-applicable"]
        if not live:
            return
        keys = ("advantage", "article", "rate", "amount", "claimed", "gap", "state", "why", "cell")
        self.page.section(self.say("advantages"), [self.say(key) for key in keys])
        for advantage in live[:MOST_ROWS]:
            self._advantage(advantage)
        self._rest(len(live))
        for limit in decision.cumulations:
            if limit.status != "not-applicable":
                tone = TONES[limit.status]
                label = advantage_status(limit.status, self.lang)
                total = cell_value.quantity(limit.total or "", limit.unit, self.lang)
                most = cell_value.quantity(limit.limit or "", limit.unit, self.lang)
                cells: list[Cell] = [
                    titled(limit, self.lang),
                    limit.source.ref,
                    None,
                    most,
                    total,
                ]
                why = limit.explanation[self.lang]
                self.page.line([*cells, None, f"{SIGNS[tone]} {label}", why], state=6, tone=tone)

    def _advantage(self, advantage: Advantage) -> None:
        tone = TONES[advantage.status]
        label = claim_status(advantage.status, advantage.asked, self.lang)
        amount = advantage.amount
        unit = amount.unit if amount is not None else ""
        asked_unit = "ratio" if "/" in (advantage.claimed or "") else unit
        why = [advantage.explanation[self.lang]]
        for sign, holds in (("✗", "no"), ("?", "unknown")):
            why += [f"{sign} {c.explanation[self.lang]}" for c in advantage.conditions if c.holds == holds]
        filled = [c.explanation[self.lang] for c in advantage.conditions if c.holds == "yes"]
        why += [f"✓ {' ; '.join(filled)}"] if filled else []
        self.page.line(
            [
                titled(advantage, self.lang),
                advantage.source.ref,
                cell_value.quantity(advantage.rate or "", "ratio", self.lang),
                cell_value.quantity(amount.value if amount is not None else "", unit, self.lang),
                cell_value.quantity(advantage.claimed or "", asked_unit, self.lang),
                cell_value.distance(advantage.shortfall, self.lang),
                f"{SIGNS[tone]} {label}",
                "\n".join(why),
                self._link(self.first.get((advantage.rule, advantage.scope))),
            ],
            state=6,
            tone=tone,
        )

    def _missing(self, decision: Decision) -> None:
        gaps = missing(decision, self.lang)
        parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
        questions = list(dict.fromkeys(q[self.lang] for part in parts for q in part.questions))
        if not gaps and not questions:
            return
        keys = ("field", "cell", "how_many", "for_rules")
        self.page.section(self.say("missing"), [self.say(key) for key in keys])
        for gap, rules in gaps:
            places: list[Place | None] = [*self.answer.locator.places(gap.field, gap.where)]
            for number, place in enumerate(places or [None]):
                count: Cell = (gap.count, "0") if number == 0 else None
                names = ", ".join(rules) if number == 0 else None
                self.page.line([gap.label[self.lang], self._link(place), count, names])
        for question in questions:
            self.page.line([self.say("question"), None, None, question])

    def _sentences(self, title: str, said: Sequence[str]) -> None:
        if said:
            self.page.section(self.say(title), [self.say("message")])
            for sentence in said:
                self.page.note(sentence)

    def _rest(self, count: int) -> None:
        if count > MOST_ROWS:
            self.page.note(f"… {count - MOST_ROWS} {self.say('rows_left')}")
