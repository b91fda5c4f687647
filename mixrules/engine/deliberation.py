"""Deciding a submission under one rulebook: rules in their order of dependence, element by element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import get_args

from mixrules.engine import logic
from mixrules.engine.award import Worth, worth
from mixrules.engine.inference import Judge
from mixrules.engine.logic import Logic
from mixrules.engine.measure import Measures
from mixrules.engine.network import ALWAYS, MOST_NODES, OPEN, Truth
from mixrules.message import InvalidInputError, Lang, Place, Problem
from mixrules.programme.category import PHASE
from mixrules.programme.scope import Element, ScopeTree
from mixrules.quantity import EMPTY_BASE, Interval, point
from mixrules.rulebook.dependence import commune_reads, reads
from mixrules.rulebook.model import BINDING, Cumulation, Question, Rule, Rulebook
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import Average, Dated, IfElse, Node, Quantified, RuleOutcome, Share
from mixrules.rulebook.walk import children, expressions


@dataclass
class Outcome:
    """What a rule concludes for one element."""

    rule: Rule
    element: Element
    answers: dict[str, Truth]
    status: str
    worth: Worth | None = None
    claim: dict[str, Truth] = field(default_factory=dict)
    empty: Truth = False
    refused_by: tuple[Cumulation, ...] = ()

    @property
    def fulfilled(self) -> Truth:
        """Whether the rule is met, set aside, or without object here."""
        if self.rule.award is not None:
            return {"granted": True, "refused": False, "not-applicable": False}.get(self.status)
        breach = self.answers["unmet"]
        return None if breach is None else not breach

    @property
    def breach(self) -> Truth:
        """Whether a binding rule is broken here, or a binding bonus claimed beyond what is earned."""
        if self.rule.award is None:
            return self.answers["unmet"]
        claimed = self.worth.claimed if self.worth is not None else False
        if claimed is not True:
            return False if claimed is False else None
        return {"granted": False, "undetermined": None}.get(self.status, True)


@dataclass
class Limit:
    """What a limit across advantages concludes for one element."""

    cumulation: Cumulation
    element: Element
    total: Interval | None
    limit: Interval | None
    claimed: bool
    respected: Truth
    concerned: bool


class Deliberation:
    """One rulebook at one date: its measures and networks, used for any number of submissions."""

    def __init__(self, book: Rulebook, day: date, questions: tuple[Question, ...] = ()) -> None:
        self.book = book
        self.measures = Measures(book, day)
        self.rules = [_asking(rule, questions) for rule in ordered(book.at(day))]
        self.day = day
        self.done: dict[str, list[Outcome]] = {}
        self._logic: dict[tuple[str, str], Logic] = {}
        self._based: dict[int, tuple[Node, list[Share | Average]]] = {}
        self._bound()

    def _bound(self) -> None:
        """Refuse rules with more conditions than the engine takes, before anything is decided.

        Raises:
            InvalidInputError: with each of them, its file and line.
        """
        sizes = {(r, k): self._network(k, r).size for r in self.rules for k in _kinds(r)}
        where = {rule: Place(self.book.file, line=rule.line) for rule, _ in sizes}
        large = [
            Problem.of("rule_too_large", where[rule], found=rule.id, count=size, most=MOST_NODES)
            for (rule, _), size in sizes.items()
            if size > MOST_NODES
        ]
        if large:
            raise InvalidInputError(large)

    def decide(self, tree: ScopeTree, judge: Judge) -> tuple[list[Outcome], list[Limit]]:
        """Every rule for every element of its scale, then the limits across advantages."""
        done: dict[str, list[Outcome]] = {}
        self.measures.outcome = partial(_outcome, done)
        for rule in self.rules:
            done[rule.id] = [self._one(rule, element, done, judge) for element in tree.elements(rule.scope)]
        self.done = done
        limits = self._limits(tree, done, judge)
        return [outcome for outcomes in done.values() for outcome in outcomes], limits

    @cached_property
    def speakers(self) -> dict[Lang, Speaker]:
        """Who says the rules, by language."""
        return {lang: Speaker(lang, self.book.labels, self.book.inputs) for lang in get_args(Lang)}

    @cached_property
    def commune_reads(self) -> dict[str, frozenset[str]]:
        """The facts of the commune that each rule reads, and each limit across advantages."""
        found = {rule.key: commune_reads(expressions(rule)) for rule in self.rules}
        for limit in self.book.cumulations:
            found[limit.key] = commune_reads([limit.limit] if limit.limit is not None else [])
        return found

    def fulfilled(self, name: str, element: Element) -> Truth:
        """Whether a rule is met wherever it bears on an element."""
        outcomes = [o.fulfilled for o in self.done.get(name, ()) if related(o.element, element)]
        return fold(outcomes, missing=name not in self.done)

    def _network(self, kind: str, rule: Rule) -> Logic:
        key = (kind, rule.id)
        if key not in self._logic:
            self._logic[key] = logic.of_rule(rule) if kind == "rule" else logic.of_steps(rule)
        return self._logic[key]

    def _one(self, rule: Rule, element: Element, done: dict[str, list[Outcome]], judge: Judge) -> Outcome:
        if rule.promise is not None:
            return self._commitment(rule, element, judge)
        made = self._network("rule", rule)
        empty = self._emptiness(rule, element)
        inputs = [self._atom(atom, element, done, empty) for atom in made.atoms]
        answers = judge.conclude(rule.key, made.network, inputs)
        if element.supposed and answers["unmet"] is True:
            # It may not exist: what it would breach is not a breach.
            answers = {**answers, "unmet": None}
        outcome = Outcome(rule, element, answers, status_of(answers, FINDING), empty=empty)
        if rule.award is not None:
            self._award(outcome, done, judge)
        return outcome

    def _atom(self, atom: object, element: Element, done: dict[str, list[Outcome]], empty: Truth) -> Truth:
        if atom is OPEN:
            return None
        if atom is logic.EMPTY or atom == logic.EMPTY:
            return empty
        if atom is ALWAYS:
            return True
        if isinstance(atom, RuleOutcome):
            return _outcome(done, atom, element)
        if isinstance(atom, logic.OverNothing):
            return any_of([self._empty(node, element) for node in self._bases(atom.node)])
        truth: Truth = self.measures.value(atom, element)  # type: ignore[arg-type]
        return truth

    def _emptiness(self, rule: Rule, element: Element) -> Truth:
        """Whether a share that the rule compares has an empty base."""
        if rule.require is None:
            return False
        return any_of([self._empty(node, element) for node in self._bases(rule.require)])

    def _bases(self, node: Node) -> list[Share | Average]:
        """The shares and averages that an expression surely compares, looked for once."""
        if id(node) not in self._based:
            # The node is kept, so that its identity stays its own.
            self._based[id(node)] = (node, list(self._compared(node)))
        return self._based[id(node)][1]

    def _compared(self, node: Node) -> Iterator[Share | Average]:
        """The shares and averages of an expression, not those inside other measures."""
        if isinstance(node, Share | Average):
            yield node
        elif isinstance(node, Dated):
            body = self.measures.dated(node)
            yield from self._compared(body) if body is not None else ()
        elif not (isinstance(node, Quantified | IfElse) or hasattr(node, "over")):
            for child in children(node):
                yield from self._compared(child)  # type: ignore[arg-type]

    def _empty(self, node: Share | Average, element: Element) -> Truth:
        value = self.measures.value(node, element)
        if isinstance(value, Interval) and not value.undefined:
            # A share or average that is a number has a base.
            return False
        base = self.measures.base(node, element)
        return True if base.hi == 0 else False if base.lo > 0 else None

    # -- commitments -----------------------------------------------------------------------------------

    def _commitment(self, rule: Rule, element: Element, judge: Judge) -> Outcome:
        """A commitment falls due at a phase; until then it does not count."""
        assert rule.promise is not None
        applies = True if rule.applies is None else self.measures.value(rule.applies, element)
        due = _reached(element, rule.promise.due)
        record = element.record
        proofs = [getattr(record, "evidence", {}).get(name) for name in rule.promise.evidence]
        made = commitment_logic(len(proofs))
        answers = judge.conclude(rule.key, made.network, [applies, due, *proofs])
        return Outcome(rule, element, answers, status_of(answers, FINDING))

    # -- advantages ------------------------------------------------------------------------------------

    def _award(self, outcome: Outcome, done: dict[str, list[Outcome]], judge: Judge) -> None:
        rule, element = outcome.rule, outcome.element
        assert rule.award is not None
        made = self._network("steps", rule)
        inputs = [self._atom(atom, element, done, None) for atom in made.atoms]
        steps = judge.conclude(rule.key, made.network, inputs)
        truths = [steps[str(i)] for i in range(len(rule.award.steps))]
        outcome.worth = value = worth(self.measures, rule.award, truths, element)
        holds = outcome.answers["wanted"]
        claim = logic.of_claim()
        given: dict[object, Truth] = {
            "applies": outcome.answers["applies"],
            "holds": holds,
            "claimed": value.claimed,
            "fits": value.fits,
            "due": value.due,
            "asked": any_of([t for name, t in outcome.answers.items() if name.startswith("question:")]),
        }
        outcome.claim = judge.conclude(rule.key, claim.network, [given[a] for a in claim.atoms])
        outcome.status = status_of(outcome.claim, ADVANTAGE)

    # -- cumulation ------------------------------------------------------------------------------------

    def _limits(self, tree: ScopeTree, done: dict[str, list[Outcome]], judge: Judge) -> list[Limit]:
        found: list[Limit] = []
        bound: dict[int, list[Limit]] = {}
        for cumulation in self.book.cumulations:
            if not cumulation.period.holds(self.day):
                continue
            for element in tree.elements("programme"):
                limit = self._limit(cumulation, element, done)
                found.append(limit)
                for outcome in self._under(cumulation, element, done):
                    bound.setdefault(id(outcome), []).append(limit)
        for outcomes in done.values():
            for outcome in outcomes:
                limits = [b for b in bound.get(id(outcome), []) if b.concerned]
                if limits and outcome.worth is not None and outcome.worth.claimed is not False:
                    self._restrict(outcome, limits, judge)
        return found

    @staticmethod
    def _under(cumulation: Cumulation, element: Element, done: dict[str, list[Outcome]]) -> list[Outcome]:
        names = (*cumulation.over, *cumulation.against)
        return [o for name in names for o in done.get(name, []) if o.element is element]

    def _limit(self, cumulation: Cumulation, element: Element, done: dict[str, list[Outcome]]) -> Limit:
        if cumulation.against:
            sides = [
                any_of([_claimed(o) for n in names for o in done.get(n, []) if o.element is element])
                for names in (cumulation.over, cumulation.against)
            ]
            conflict = fold(sides, missing=False)
            respected = None if conflict is None else not conflict
            return Limit(cumulation, element, None, None, conflict is True, respected, conflict is not False)
        assert cumulation.limit is not None
        ceiling = self.measures.value(cumulation.limit, element)
        by_rate = cumulation.limit.type.unit.is_ratio
        outcomes = self._under(cumulation, element, done)
        claimed = [o for o in outcomes if _claimed(o) is not False]
        counted = claimed or [o for o in outcomes if o.status == "granted"]
        total = point(0)
        for outcome in counted:
            total += _size(outcome, by_rate, bool(claimed))
        if not isinstance(ceiling, Interval) or ceiling.undefined or total.undefined:
            return Limit(cumulation, element, total, None, bool(claimed), None, bool(claimed))
        within: Truth = True if total.hi <= ceiling.lo else False if total.lo > ceiling.hi else None
        return Limit(cumulation, element, total, ceiling, bool(claimed), within, bool(counted))

    @staticmethod
    def _restrict(outcome: Outcome, limits: list[Limit], judge: Judge) -> None:
        made = logic.of_cumulation(len(limits))
        alone = outcome.claim["granted"]
        given: dict[object, Truth] = {f"limit{i}": limit.respected for i, limit in enumerate(limits)}
        given["granted"] = alone
        answers = judge.conclude(outcome.rule.key, made.network, [given[a] for a in made.atoms])
        if answers["refused"] is True:
            outcome.status = "refused"
            outcome.refused_by = tuple(b.cumulation for b in limits if b.respected is False)
        elif answers["granted"] is None and outcome.status == "granted":
            outcome.status = "undetermined"


def _kinds(rule: Rule) -> tuple[str, ...]:
    if rule.promise is not None:
        return ()
    return ("rule",) if rule.award is None else ("rule", "steps")


FINDING = ("not-applicable", "met", "excepted", "unmet")
ADVANTAGE = ("granted", "refused", "not-applicable")


def _outcome(done: dict[str, list[Outcome]], node: RuleOutcome, element: Element) -> Truth:
    """Whether rules decided before are fulfilled wherever they concern an element."""
    found = [o.fulfilled for name in node.rules for o in done.get(name, []) if related(o.element, element)]
    return fold(found, missing=any(name not in done for name in node.rules))


def status_of(answers: dict[str, Truth], names: Sequence[str]) -> str:
    """The status that is surely reached, else undetermined."""
    return next((name for name in names if answers.get(name) is True), "undetermined")


def fold(truths: Sequence[Truth], *, missing: bool) -> Truth:
    """Whether all are yes."""
    if False in truths:
        return False
    return None if None in truths or missing else True


def any_of(truths: Sequence[Truth]) -> Truth:
    """Whether one is yes."""
    if True in truths:
        return True
    return None if None in truths else False


def related(one: Element, other: Element) -> bool:
    """Whether one element is the other, contains it, or lies inside it."""
    return _inside(one, other) or _inside(other, one)


def _inside(inner: Element, outer: Element) -> bool:
    element: Element | None = inner
    while element is not None:
        if element is outer:
            return True
        element = element.parent
    return False


def _claimed(outcome: Outcome) -> Truth:
    return outcome.worth.claimed if outcome.worth is not None else False


def _size(outcome: Outcome, by_rate: bool, claimed: bool) -> Interval:
    value = outcome.worth
    assert value is not None
    if claimed and value.claim is not None:
        if value.claim_on_rate is by_rate:
            return value.claim
        if not by_rate and value.base is not None:
            return value.claim * value.base
        if by_rate and value.base is not None:
            return value.claim / value.base
    found = value.rate if by_rate else value.amount
    return found if found is not None else EMPTY_BASE


def _reached(element: Element, due: str) -> Truth:
    """Whether the file has reached the phase at which a commitment falls due."""
    phases = list(PHASE.members)
    current = element.ancestor("commune").get("phase")
    if not isinstance(current, frozenset):
        return None
    ranks = [phases.index(p) >= phases.index(due) for p in current]
    return ranks[0] if len(set(ranks)) == 1 else None


def _asking(rule: Rule, questions: tuple[Question, ...]) -> Rule:
    """A rule whose version depends on an answer: undetermined, with the question."""
    return rule.replace(questions=(*rule.questions, *questions)) if questions else rule


def ordered(rules: list[Rule]) -> list[Rule]:
    """Rules so that each comes after those whose outcome it reads."""
    names = {rule.id: rule for rule in rules}
    placed: dict[str, Rule] = {}

    def place(rule: Rule, path: tuple[str, ...]) -> None:
        if rule.id in placed or rule.id in path:
            return
        for other in reads(rule):
            if other in names:
                place(names[other], (*path, rule.id))
        placed[rule.id] = rule

    for rule in rules:
        place(rule, ())
    return list(placed.values())


def commitment_logic(proofs: int) -> Logic:
    """A commitment as a network: due and proved, due and not, or not due yet."""
    from mixrules.engine.network import Builder

    b = Builder()
    applies = b.both(b.atom("applies"), b.atom("due"))
    proved = b.both(*(b.atom(f"proof{i}") for i in range(proofs)))
    b.output("applies", applies)
    b.output("not-applicable", b.no(applies))
    b.output("met", b.both(applies, proved))
    b.output("unmet", b.both(applies, b.no(proved)))
    network, atoms = b.build()
    return Logic(network, tuple(atoms))


__all__ = ["BINDING", "Deliberation", "Limit", "Outcome", "ordered"]
