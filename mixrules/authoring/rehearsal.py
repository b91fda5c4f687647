"""The examples of a rulebook made ready once, to be run again and again on changed copies of its rules.

Only what an example expects is decided, by the direct evaluator: a mutation campaign asks thousands of times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mixrules.authoring.example import differences, submission_of
from mixrules.engine import decide, direct
from mixrules.engine.decision import Decision, Identified, LawDay
from mixrules.engine.deliberation import Deliberation, Limit, Outcome
from mixrules.engine.inference import Judge
from mixrules.engine.statement import advantage, finding
from mixrules.engine.statement import limit as stated
from mixrules.engine.statement.trace import Tracer
from mixrules.programme.scope import ScopeTree, build
from mixrules.rulebook.dependence import reads
from mixrules.rulebook.model import Example, Rulebook


@dataclass(frozen=True)
class Scene:
    """One example: what is submitted, and which rules and limits its expectations rest on."""

    example: Example
    tree: ScopeTree
    needs: frozenset[str]
    spoken: frozenset[str]

    def expects(self, name: str) -> str | None:
        """The status that the example expects of a rule or limit."""
        text = dict(self.example.expect).get(name)
        wanted = json.loads(text) if text is not None else None
        return wanted.get("status") if isinstance(wanted, dict) else wanted

    def play(self, deliberation: Deliberation, judge: Judge, about: frozenset[str] | None = None) -> Decision:
        """The decision, as far as the example speaks of it, or about the rules and limits named."""
        outcomes, limits = deliberation.decide(self.tree, judge)
        spoken = self.spoken if about is None else about
        decision = _decision(self, spoken, deliberation, outcomes, limits, judge)
        deliberation.measures.forget()
        return decision


class Rehearsal:
    """The scenes of a rulebook."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.scenes = [scene_of(book, example) for example in book.examples]

    def notices(self, changed: Rulebook, touched: frozenset[str]) -> Example | None:
        """The first example that fails on a changed rulebook; `touched` names what the change bears on."""
        judge = Judge({direct.NAME: direct.solve})
        ready: dict[tuple[frozenset[str], date], Deliberation] = {}
        for scene in self._ordered(touched):
            key = (scene.needs, scene.example.on)
            if key not in ready:
                ready[key] = Deliberation(restricted(changed, scene.needs), scene.example.on)
            decision = scene.play(ready[key], judge)
            if any(True for _ in differences(changed, scene.example, decision)):
                return scene.example
        return None

    def _ordered(self, touched: frozenset[str]) -> list[Scene]:
        """The scenes that a change may upset, those that speak of the changed rules first."""
        concerned = [scene for scene in self.scenes if scene.needs & touched]
        return sorted(concerned, key=lambda scene: not scene.spoken & touched)


def scene_of(book: Rulebook, example: Example) -> Scene:
    """An example made ready."""
    keys = frozenset(key for key, _ in example.expect)
    return Scene(example, build(submission_of(json.loads(example.given))), closure(book, keys), keys)


def _decision(
    scene: Scene,
    spoken: frozenset[str],
    deliberation: Deliberation,
    outcomes: list[Outcome],
    limits: list[Limit],
    judge: Judge,
) -> Decision:
    told = [o for o in outcomes if o.rule.id in spoken and not decide.idle(o)]
    binding = any(decide.binds(rule) for rule in deliberation.rules)
    return Decision(
        format="mixrules-decision/1",
        programme=Identified(id="", digest="", title={}),
        rulebooks=[],
        law_date=LawDay(date=scene.example.on.isoformat(), because={}, agreements=""),
        verdict=decide.verdict(outcomes, binding, judge),  # type: ignore[arg-type]
        findings=[finding.state(deliberation, o) for o in told if o.rule.award is None],
        summaries=[],
        advantages=[advantage.state(deliberation, o) for o in told if o.rule.award is not None],
        cumulations=[stated.state(b) for b in limits if b.cumulation.id in spoken],
        land_price=decide.land_price(outcomes),
        contradictions=[stated.state_contradiction(c) for c in scene.tree.contradictions],
        references=[],
        trace=Tracer().trace(),
        unexamined=[],
        evaluators=judge.names,
        digest="",
    )


def restricted(book: Rulebook, needs: frozenset[str]) -> Rulebook:
    """A rulebook with only some of its rules and limits."""
    return book.replace(
        rules=tuple(rule for rule in book.rules if rule.id in needs),
        cumulations=tuple(limit for limit in book.cumulations if limit.id in needs),
    )


def closure(book: Rulebook, keys: Iterable[str]) -> frozenset[str]:
    """The rules and limits on which expectations rest, directly or through others."""
    links = _links(book)
    found: set[str] = set()
    waiting = [name for key in keys for name in _asked(book, key)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += links.get(name, ())
    return frozenset(found)


def _asked(book: Rulebook, key: str) -> list[str]:
    if key == "land_price":
        return [rule.id for rule in book.rules if rule.kind == "ceiling"]
    if key in {"verdict", "contradictions"}:
        return [*(rule.id for rule in book.rules), *(limit.id for limit in book.cumulations)]
    return [key]


def _links(book: Rulebook) -> dict[str, set[str]]:
    """What each rule or limit reads: rules read others, limits bind advantages together."""
    links: dict[str, set[str]] = {}
    for rule in book.rules:
        links.setdefault(rule.id, set()).update(reads(rule))
    for limit in book.cumulations:
        bound = {*limit.over, *limit.against}
        links.setdefault(limit.id, set()).update(bound)
        for name in bound:
            links.setdefault(name, set()).add(limit.id)
    return links
