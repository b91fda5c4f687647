"""How many more dwellings of a tenure a district can take before one of its rules is no longer met.

Nothing is solved: a next programme of N such dwellings is added to those decided, and the whole is decided, for N
doubled and then halved. That a rule which fails for N fails for more is supposed, and said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mixrules.engine.decide import Decider
from mixrules.engine.decision import Bilingual, Decision, Finding
from mixrules.engine.law_date import LawDate
from mixrules.programme.model import Dwelling, Programme, Submission
from mixrules.record import Record

MOST = 2000
"""Dwellings beyond which a rule is said not to limit the next programme."""
NEXT = "prochain programme"


class Headroom(Record):
    """A district rule, and the dwellings of a tenure that it still allows; None where it allows `MOST` or more.

    `status` is how the rule is found today; a rule that is not met allows nothing.
    """

    rule: str
    title: Bilingual
    force: str
    status: str
    observed: str
    required: str
    explanation: Bilingual
    allowed: dict[str, int | None]


def headroom(whole: Submission, decider: Decider, law: LawDate, tenures: list[str]) -> list[Headroom]:
    """The headroom of every rule at district scale, tenure by tenure.

    Args:
        whole: the district with all its programmes.
        decider: the rulebooks.
        law: the date of the applicable law.
        tenures: the tenures of a next programme.
    """
    today = _of_district(decider.decide(whole, law))
    found = {
        rule: Headroom(
            rule,
            finding.title,
            finding.force,
            finding.status,
            finding.observed,
            finding.required,
            finding.explanation,
            {},
        )
        for rule, finding in today.items()
    }
    for tenure in tenures:
        trial = _Trial(whole, decider, law, tenure)
        for rule, one in found.items():
            if one.status == "met":
                one.allowed[tenure] = _most(partial(trial.met, rule))
            elif one.status == "unmet":
                one.allowed[tenure] = 0
    return list(found.values())


class _Trial:
    """A next programme of one tenure, in any number; each number is decided once for all rules."""

    def __init__(self, whole: Submission, decider: Decider, law: LawDate, tenure: str) -> None:
        self.whole, self.decider, self.law, self.tenure = whole, decider, law, tenure
        self._met: dict[int, set[str]] = {}

    def met(self, rule: str, number: int) -> bool:
        """Whether a rule is met with so many more dwellings."""
        if number not in self._met:
            decision = self.decider.decide(_with(self.whole, self.tenure, number), self.law)
            self._met[number] = {name for name, f in _of_district(decision).items() if f.status == "met"}
        return rule in self._met[number]


def _of_district(decision: Decision) -> dict[str, Finding]:
    return {finding.rule: finding for finding in decision.findings if finding.at == "district"}


def _with(whole: Submission, tenure: str, number: int) -> Submission:
    lines = [Dwelling.model_validate({"count": number, "tenure": tenure})]
    return whole.model_copy(update={"programmes": [*whole.programmes, Programme(id=NEXT, dwellings=lines)]})


def _most(holds: Callable[[int], bool]) -> int | None:
    """The greatest number that holds, or None from `MOST` on."""
    high = 1
    while high < MOST and holds(high):
        high *= 2
    if high >= MOST:
        if holds(MOST):
            return None
        high = MOST
    low = high // 2 if high > 1 else 0
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low
