"""From a submission, rulebooks and a date to a decision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mixrules.engine import facts, logic
from mixrules.engine.decision import (
    Advantage,
    Applied,
    Decision,
    Finding,
    Identified,
    LandPrice,
    LawDay,
    Summary,
    sealed,
)
from mixrules.engine.deliberation import Deliberation, Limit, Outcome
from mixrules.engine.inference import Judge
from mixrules.engine.law_date import LawDate
from mixrules.engine.network import Truth
from mixrules.engine.statement import advantage, finding, reference
from mixrules.engine.statement import limit as limits
from mixrules.engine.statement.common import STATUSES, both
from mixrules.engine.statement.trace import Tracer
from mixrules.engine.statement.unfolding import Unfolding
from mixrules.engine.supplement import Borrowed, supplement
from mixrules.message import InvalidInputError
from mixrules.programme.model import Commune, Submission
from mixrules.programme.scope import ScopeTree, build, canonical_text, programme_text
from mixrules.record import Record
from mixrules.rulebook.model import BINDING, Question, Rule, Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf


class View(Record):
    """A file on a day of the law: its scope tree, and what the reference tables in force told of it."""

    tree: ScopeTree
    borrowed: list[Borrowed]


@dataclass
class Ruled:
    """One rulebook with what it concluded, and what reference tables told it."""

    deliberation: Deliberation
    tree: ScopeTree
    borrowed: list[Borrowed]
    outcomes: list[Outcome]
    limits: list[Limit]

    def read_by(self, rule: Rule) -> frozenset[str]:
        """The facts of the commune that a rule reads, where tables told some."""
        return self.deliberation.commune_reads[rule.key] if self.borrowed else frozenset()


class Decider:
    """Decides submissions under the same rulebooks; what does not depend on the file is kept between them."""

    def __init__(
        self, books: Iterable[Rulebook], judge: Judge | None = None, shelf: ReferenceShelf | None = None
    ) -> None:
        self.books = sorted(books, key=lambda book: book.id)
        self.judge = judge
        self.shelf = shelf
        self._kept: dict[tuple[str, int, tuple[Question, ...]], Deliberation] = {}

    def decide(self, submission: Submission, law: LawDate) -> Decision:
        """Decide one submission.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares, or a reference table
                that cannot be used.
            DisagreementError: the evaluators do not agree.
        """
        known = {name: given for book in self.books for name, given in book.inputs.items()}
        wrong = facts.problems(submission, known)
        if wrong:
            raise InvalidInputError(wrong)
        judge = self.judge or Judge()
        deliberations = [self._deliberation(book, law) for book in self.books]
        views = self._views(submission, deliberations, law.day)
        ruled = []
        try:
            for deliberation in deliberations:
                view = views[deliberation.day]
                outcomes, limits = deliberation.decide(view.tree, judge)
                ruled.append(Ruled(deliberation, view.tree, view.borrowed, outcomes, limits))
            unexamined = {fact.name for fact in facts.strangers(submission, known)}
            return _decision(
                submission, self.books, law, judge, views[law.day].tree, ruled, sorted(unexamined)
            )
        finally:
            for one in self._kept.values():
                one.measures.forget()

    def _views(
        self, submission: Submission, deliberations: list[Deliberation], law_day: date
    ) -> dict[date, View]:
        """The file as each day of the law sees it: the tables in force may differ."""
        views: dict[date, View] = {}
        trees: dict[Commune, ScopeTree] = {}
        for day in sorted({law_day, *(deliberation.day for deliberation in deliberations)}):
            full, borrowed = submission, list[Borrowed]()
            if self.shelf is not None and submission.commune.insee is not None:
                reads = (d.commune_reads.values() for d in deliberations if d.day == day)
                wanted = frozenset[str]().union(*(facts for rules in reads for facts in rules))
                full, borrowed = supplement(submission, wanted, self.shelf, day)
            if full.commune not in trees:
                trees[full.commune] = build(full)
            views[day] = View(trees[full.commune], borrowed)
        return views

    def _deliberation(self, book: Rulebook, law: LawDate) -> Deliberation:
        day, questions = law.of(book), law.questions(book)
        key = (book.digest, day.toordinal(), questions)
        if key not in self._kept:
            if len(self._kept) > 500:
                self._kept.clear()
            self._kept[key] = Deliberation(book, day, questions)
        return self._kept[key]


def decide(
    submission: Submission,
    books: Iterable[Rulebook],
    law: LawDate,
    judge: Judge | None = None,
    shelf: ReferenceShelf | None = None,
) -> Decision:
    """Decide one submission under rulebooks at a date, with the reference tables of a shelf."""
    return Decider(books, judge, shelf).decide(submission, law)


def _decision(
    submission: Submission,
    books: Sequence[Rulebook],
    law: LawDate,
    judge: Judge,
    tree: ScopeTree,
    ruled: list[Ruled],
    unexamined: list[str],
) -> Decision:
    findings: list[Finding] = []
    advantages: list[Advantage] = []
    cumulations = []
    tracer = Tracer()
    for one in ruled:
        unfolding = Unfolding(tracer, one.deliberation, one.tree)
        for outcome in one.outcomes:
            read = one.read_by(outcome.rule)
            if outcome.rule.award is not None:
                stated = advantage.state(one.deliberation, outcome, unfolding)
                advantages.append(reference.named(stated, read, one.borrowed))
            elif not idle(outcome):
                found = finding.state(one.deliberation, outcome, unfolding)
                findings.append(reference.named(found, read, one.borrowed))
        cumulations += [limits.state(limit, unfolding) for limit in one.limits]
    outcomes = [outcome for one in ruled for outcome in one.outcomes]
    planning = law.planning
    decision = Decision(
        format="mixrules-decision/1",
        programme=Identified(id=_name(submission), digest=digest(submission), title=_title(submission)),
        rulebooks=[
            Applied(id=book.id, digest=book.digest, title=both(book.title), law_date=law.of(book).isoformat())
            for book in books
            if book.rules
        ],
        law_date=LawDay(
            date=planning.day.isoformat(),
            because={"fr": planning.fr, "en": planning.en},
            agreements=law.day.isoformat(),
        ),
        verdict=verdict(
            outcomes, any(binds(rule) for one in ruled for rule in one.deliberation.rules), judge
        ),  # type: ignore[arg-type]
        findings=findings,
        summaries=_summaries(outcomes),
        advantages=advantages,
        cumulations=cumulations,
        land_price=land_price(outcomes),
        contradictions=[limits.state_contradiction(c) for c in tree.contradictions],
        references=reference.state((b, one.deliberation.day) for one in ruled for b in one.borrowed),
        trace=tracer.trace(),
        unexamined=unexamined,
        evaluators=judge.names,
        digest="",
    )
    return sealed(decision)


def idle(outcome: Outcome) -> bool:
    """A supposed landing on which nothing can be short says nothing."""
    return outcome.element.supposed and outcome.status != "undetermined"


def digest(submission: Submission) -> str:
    """A digest of what is submitted, whatever the order of its rows."""
    programmes = sorted(programme_text(programme) for programme in submission.programmes)
    # Who applies is no part of what is decided, and may be erased from where it is kept.
    changes = {"programmes": [], "district": _sorted_district(submission), "applicant": None}
    rest = submission.model_copy(update=changes)
    text = "\n".join([canonical_text(rest), *programmes])
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _sorted_district(submission: Submission) -> Any:
    district = submission.district
    return district.model_copy(
        update={
            name: sorted(records, key=canonical_text)
            for name in ("existing", "shared_places")
            if (records := getattr(district, name)) is not None
        }
        | {"facts": dict(sorted(district.facts.items()))}
    )


def _name(submission: Submission) -> str:
    if submission.id:
        return submission.id
    if len(submission.programmes) == 1:
        only = submission.programmes[0]
        return only.id or only.name or "programme"
    return submission.district.id or submission.district.name or "quartier"


def _title(submission: Submission) -> Any:
    names = [p.name for p in submission.programmes if p.name]
    name = names[0] if len(submission.programmes) == 1 and names else submission.district.name
    return {"fr": name, "en": name} if name else {}


def verdict(outcomes: list[Outcome], binding: bool, judge: Judge) -> str:
    """Only law and plan are opposable to a permit; contract and charter rules stand beside the verdict."""
    breaches = [outcome.breach for outcome in outcomes if binds(outcome.rule)]
    made = logic.of_verdict()
    given: dict[object, Truth] = {
        "a finding breached": True in breaches,
        "a finding open": None if None in breaches else False,
    }
    if not binding:
        given["a finding open"] = None
    answers = judge.conclude("verdict", made.network, [given[a] for a in made.atoms])
    if answers["non-compliant"] is True:
        return "non-compliant"
    return "compliant" if answers["compliant"] is True else "undetermined"


def binds(rule: Rule) -> bool:
    """Whether a rule is opposable to a permit and makes the verdict."""
    return rule.force in BINDING and rule.kind in {"obligation", "ceiling", "advantage"}


def _summaries(outcomes: list[Outcome]) -> list[Summary]:
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.rule.award is None and outcome.rule.scope in {"block", "building", "stairwell", "landing"}:
            found.setdefault(outcome.rule.key, []).append(outcome)
    summaries = []
    for key, grouped in found.items():
        counts = {s: sum(o.status == s for o in grouped if not idle(o)) for s in STATUSES}
        summaries.append(
            Summary(
                rule=key,
                at=grouped[0].rule.scope,
                met=counts["met"],
                unmet=counts["unmet"],
                undetermined=counts["undetermined"],
                not_applicable=counts["not-applicable"],
                excepted=counts["excepted"],
            )
        )
    return summaries


def land_price(outcomes: list[Outcome]) -> LandPrice:
    """The land price against every ceiling."""
    ceilings = [o for o in outcomes if o.rule.kind == "ceiling"]
    statuses = {o.status for o in ceilings}
    names = list(dict.fromkeys(o.rule.key for o in ceilings))
    if "unmet" in statuses:
        return LandPrice(status="exceeds", findings=names)
    if "undetermined" in statuses:
        return LandPrice(status="undetermined", findings=names)
    return LandPrice(status="within" if "met" in statuses else "not-applicable", findings=names)
