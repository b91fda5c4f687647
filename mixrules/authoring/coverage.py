"""What the examples of a rulebook reach: which outcomes of each rule, which sides of each threshold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mixrules.authoring.boundary import Log, Visits, comparisons, watched
from mixrules.authoring.rehearsal import Scene, scene_of
from mixrules.authoring.slot import conditions
from mixrules.engine import direct
from mixrules.engine.decision import Decision
from mixrules.engine.inference import Judge
from mixrules.programme.category import PHASE
from mixrules.rulebook.model import Rule, Rulebook, Survivor
from mixrules.rulebook.tree import Compare, Not

OUTCOMES = ("met", "unmet", "undetermined", "not-applicable", "excepted")
AWARDS = ("granted", "refused", "undetermined", "not-applicable")
LIMITS = ("within", "exceeds")
EXCLUSIONS = ("exceeds",)
"""An exclusion says something only where two advantages that exclude each other are claimed."""


@dataclass(frozen=True)
class Reached:
    """One rule or limit: how many examples reach each of its outcomes, and how many say so."""

    name: str
    line: int
    wanted: tuple[str, ...]
    reached: dict[str, int]
    said: dict[str, int]
    explained: tuple[Survivor, ...] = ()

    @property
    def missing(self) -> list[str]:
        """The outcomes that no example reaches, and that nobody explains."""
        why = {given.outcome for given in self.explained}
        return [outcome for outcome in self.wanted if not self.reached.get(outcome) and outcome not in why]

    @property
    def unsound(self) -> list[Survivor]:
        """Explanations of an outcome that an example reaches, or that the rule cannot have anyway."""
        return [g for g in self.explained if g.outcome not in self.wanted or self.reached.get(g.outcome)]

    @property
    def unsaid(self) -> list[str]:
        """The outcomes that examples reach without expecting them."""
        return [o for o in self.wanted if self.reached.get(o) and not self.said.get(o)]


@dataclass(frozen=True)
class Boundary:
    """One numeric comparison of one version of a rule, and what the examples saw of it."""

    rule: Rule
    node: Compare
    visits: Visits


@dataclass(frozen=True)
class Coverage:
    """What the examples of a rulebook reach."""

    book: Rulebook
    reached: tuple[Reached, ...]
    boundaries: tuple[Boundary, ...]

    @property
    def passed(self) -> bool:
        """Whether every outcome is reached or explained, and every explanation true."""
        return not any(rule.missing or rule.unsound for rule in self.reached)


def cover(book: Rulebook) -> Coverage:
    """Run the examples and note what they reach."""
    judge, log = Judge({direct.NAME: direct.solve}), Log()
    names = frozenset([*(rule.id for rule in book.rules), *(limit.id for limit in book.cumulations)])
    days = {day: watched(book, day, log) for day in {example.on for example in book.examples}}
    seen: list[tuple[Scene, Decision]] = []
    for example in book.examples:
        scene = scene_of(book, example)
        seen.append((scene, scene.play(days[example.on], judge, names)))
    rules = {rule.id: [r for r in book.rules if r.id == rule.id] for rule in book.rules}
    reached = [_reached(book, name, outcomes(of), of[0].line, seen) for name, of in rules.items()]
    reached += [
        _reached(book, limit.id, EXCLUSIONS if limit.against else LIMITS, 0, seen)
        for limit in book.cumulations
    ]
    return Coverage(book, tuple(reached), tuple(_boundaries(book, log)))


# -- outcomes ------------------------------------------------------------------------------------------


def outcomes(versions: list[Rule]) -> tuple[str, ...]:
    """The outcomes that some version of a rule can have."""
    order = AWARDS if versions[0].award is not None else OUTCOMES
    possible = {outcome for rule in versions for outcome in _possible(rule)}
    return tuple(outcome for outcome in order if outcome in possible)


def _possible(rule: Rule) -> Iterator[str]:
    yield "undetermined"
    if rule.award is not None:
        yield "granted"
        if not _always_earned(rule):
            yield "refused"
    elif not any(question.when is None for question in rule.questions):
        yield "met"
        if not _always_asked(rule):
            yield "unmet"
    if rule.applies is not None or rule.when_empty == "not-applicable" or _falls_due(rule):
        yield "not-applicable"
    if rule.award is None and any(override.require is None for override in rule.overrides):
        yield "excepted"


def _always_earned(rule: Rule) -> bool:
    """What is given without condition, exception, cap or claim is not refused wherever the rule applies."""
    award = rule.award
    assert award is not None
    free = rule.require is None and any(step.when is None for step in award.steps)
    return free and not rule.overrides and not award.caps and award.claimed is None


def _always_asked(rule: Rule) -> bool:
    """A question that arises whenever the requirement fails: the rule is never simply unmet."""
    return any(question.when == Not(rule.require) for question in rule.questions if rule.require is not None)


def _falls_due(rule: Rule) -> bool:
    return rule.promise is not None and rule.promise.due != next(iter(PHASE.members))


def _reached(
    book: Rulebook, name: str, wanted: tuple[str, ...], line: int, seen: list[tuple[Scene, Decision]]
) -> Reached:
    reached = dict.fromkeys(wanted, 0)
    said = dict.fromkeys(wanted, 0)
    for scene, decision in seen:
        parts: list[Any] = [*decision.findings, *decision.advantages, *decision.cumulations]
        for status in {part.status for part in parts if part.rule == f"{book.id}/{name}"}:
            reached[status] = reached.get(status, 0) + 1
            if scene.expects(name) == status:
                said[status] = said.get(status, 0) + 1
    explained = tuple(given for given in book.survivors if given.outcome and given.subject == name)
    return Reached(name, line, wanted, reached, said, explained)


# -- boundaries ----------------------------------------------------------------------------------------


def _boundaries(book: Rulebook, log: Log) -> Iterator[Boundary]:
    for rule in book.rules:
        told: set[Compare] = set()
        for slot in conditions(rule):
            for node, nested in comparisons(slot.node):
                if node not in told:
                    told.add(node)
                    yield Boundary(rule, node, log.of(node, None if nested else rule.scope, rule.period))
