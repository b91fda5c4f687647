"""How an advantage came about: when it applies, each way to earn it, its base, its caps."""

from __future__ import annotations

from mixrules.engine.award import Worth
from mixrules.engine.decision import AwardSteps, CapRead, Way
from mixrules.engine.deliberation import Outcome
from mixrules.engine.statement.common import ternary
from mixrules.engine.statement.unfolding import Unfolding
from mixrules.programme.scope import Element
from mixrules.rulebook.model import Cap, Step

NO_STEPS = AwardSteps(applies=None, ways=[], base=None, caps=[])


def award_steps(outcome: Outcome, unfolding: Unfolding) -> AwardSteps:
    """The steps of an advantage; one that does not apply says only why."""
    rule, element, value = outcome.rule, outcome.element, outcome.worth
    assert rule.award is not None
    assert value is not None
    applies = unfolding.of(rule.applies, element) if rule.applies is not None else None
    if outcome.status == "not-applicable":
        return NO_STEPS.replace(applies=applies)
    base = rule.award.base
    return AwardSteps(
        applies=applies,
        ways=[_way(step, value, unfolding, element) for step in rule.award.steps],
        base=unfolding.of(base, element) if base is not None else None,
        caps=[_cap(cap, value, unfolding, element) for cap in rule.award.caps],
    )


def _way(step: Step, value: Worth, unfolding: Unfolding, element: Element) -> Way:
    given = step.rate if step.rate is not None else step.amount
    assert given is not None
    holds = unfolding.measures.value(step.when, element) if step.when is not None else True
    return Way(
        name=step.name,
        holds=ternary(holds),
        when=unfolding.of(step.when, element) if step.when is not None else None,
        gives=unfolding.of(given, element),
        taken=step is value.step,
    )


def _cap(cap: Cap, value: Worth, unfolding: Unfolding, element: Element) -> CapRead:
    return CapRead(name=cap.name, limit=unfolding.of(cap.limit, element), lowers=cap is value.capped_by)
