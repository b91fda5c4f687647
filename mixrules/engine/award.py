"""What an advantage is worth: the best or elected step, its caps, its base, and the claim against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import Any

from mixrules.engine.arithmetic import COMPARISONS
from mixrules.engine.measure import Measures
from mixrules.engine.network import Truth
from mixrules.engine.observe import Check, checks, decisive
from mixrules.programme.scope import Element
from mixrules.quantity import ABSENT, EMPTY_BASE, Exact, Interval, point
from mixrules.quantity.interval import lowest
from mixrules.rulebook.model import Award, Cap, Step
from mixrules.rulebook.tree import Compare, Literal_, Node, Share

NOTHING = point(0)


@dataclass
class Worth:
    """An advantage's entitlement for one element, and the claim."""

    by_rate: bool
    rate: Interval | None = None
    amount: Interval | None = None
    base: Interval | None = None
    step: Step | None = None
    next_step: Step | None = None
    capped_by: Cap | None = None
    decisive: Node | None = None
    claim: Interval | None = None
    claim_on_rate: bool = True
    amount_capped: bool = False
    even_zero: bool = False
    behind: list[Node] = field(default_factory=list)

    @property
    def claimed(self) -> Truth:
        """Whether the applicant claims something."""
        if self.claim is None:
            return False
        return COMPARISONS[">"](self.claim, NOTHING)

    @property
    def entitlement(self) -> Interval | None:
        """What the claim is compared with."""
        return self.rate if self.claim_on_rate else self.amount

    @property
    def fits(self) -> Truth:
        """Whether the claim stays within the entitlement."""
        if self.claim is None or self.entitlement is None or self.entitlement.undefined:
            return None
        return COMPARISONS["<="](self.claim, self.entitlement)

    @property
    def due(self) -> Truth:
        """Whether anything is earned: a rate, and an amount where a cap on it may leave nothing."""
        parts = [self.rate] if self.by_rate else [self.amount]
        if self.by_rate and self.amount_capped:
            parts.append(self.amount)
        test = COMPARISONS[">=" if self.even_zero else ">"]
        truths = [None if part is None or part.undefined else test(part, NOTHING) for part in parts]
        return False if False in truths else None if None in truths else True


def worth(measures: Measures, award: Award, truths: list[Truth], element: Element) -> Worth:
    """Evaluate an advantage for an element, given which steps' conditions hold."""
    by_rate = all(step.rate is not None for step in award.steps)
    result = Worth(by_rate, even_zero=award.even_zero)
    if award.base is not None:
        result.base = _number(measures.value(award.base, element))
        result.behind.append(award.base)
    chosen = _chosen(measures, award, truths, element)
    values = [_valued(measures, step, truth, result, element) for step, truth in chosen]
    value = _best(values, result)
    for step, _, _ in values:
        result.behind += [n for n in (step.rate, step.amount) if n is not None]
    if by_rate:
        result.rate = value
        _cap(measures, award, result, element, on_rate=True)
        if result.rate is not None and result.base is not None:
            result.amount = result.rate * result.base
    else:
        result.amount = value
    _cap(measures, award, result, element, on_rate=False)
    if result.step is not None:
        node = result.step.rate or result.step.amount
        assert node is not None
        result.decisive = decisive(measures, node, element)
    _claim(measures, award, result, element)
    return result


def _number(value: Any) -> Interval:
    return value if isinstance(value, Interval) else EMPTY_BASE


def _chosen(
    measures: Measures, award: Award, truths: list[Truth], element: Element
) -> list[tuple[Step, Truth]]:
    pairs = list(zip(award.steps, truths, strict=True))
    if award.choice != "elected" or award.elected is None:
        return pairs
    election = measures.value(award.elected, element)
    if election is ABSENT:
        return []
    if election is None:
        return [(step, None if truth else truth) for step, truth in pairs]
    names = election if isinstance(election, frozenset) else {election}
    picked = [(step, truth) for step, truth in pairs if step.name in names]
    return picked if len(names) == 1 else [(step, None if truth else truth) for step, truth in picked]


def _valued(
    measures: Measures, step: Step, truth: Truth, result: Worth, element: Element
) -> tuple[Step, Truth, Interval]:
    """A step with what it gives; « sans objet » gives nothing, whatever its condition."""
    node = step.rate if step.rate is not None else step.amount
    assert node is not None
    value = measures.value(node, element)
    if value is ABSENT:
        return step, False, NOTHING
    if step.rate is not None and not result.by_rate and result.base is not None:
        value = value * result.base
    return step, truth, value


def _best(values: list[tuple[Step, Truth, Interval]], result: Worth) -> Interval:
    """The best of the steps surely earned, at most the best of those that may be."""
    if not values:
        return NOTHING
    sure = [(step, value) for step, truth, value in values if truth is True]
    possible = [(step, value) for step, truth, value in values if truth is not False]
    if not possible:
        result.next_step = values[0][0]
        return NOTHING
    best = max(sure, key=lambda pair: (pair[1].lo, pair[1].hi)) if sure else None
    low: Any = best[1].lo if best else 0
    high: Any = max(value.hi for _, value in possible)
    result.step = best[0] if best else (possible[0][0] if len(values) == 1 else None)
    better = [(step, value) for step, truth, value in values if truth is not True and value.lo > low]
    if better:
        result.next_step = min(better, key=lambda pair: pair[1].lo)[0]
    undefined = any(value.undefined for _, value in (sure or possible))
    return Interval(low if not undefined else -inf, high, undefined)


def _cap(measures: Measures, award: Award, result: Worth, element: Element, *, on_rate: bool) -> None:
    for cap in award.caps:
        if cap.limit.type.unit.is_ratio is not on_rate:
            continue
        limit = measures.value(cap.limit, element)
        if limit is ABSENT:
            continue
        current = result.rate if on_rate else result.amount
        if current is None:
            continue
        lowered = lowest([current, limit])
        if COMPARISONS["<"](limit, current):
            result.capped_by = cap
        if on_rate:
            result.rate = lowered
        else:
            result.amount = lowered
            result.amount_capped = True
        result.behind.append(cap.limit)


def _claim(measures: Measures, award: Award, result: Worth, element: Element) -> None:
    if award.claimed is None:
        return
    claim = measures.value(award.claimed, element)
    result.claim_on_rate = result.by_rate and award.claimed.type.unit.is_ratio
    if isinstance(claim, Interval):
        result.claim = claim


def shortfall(measures: Measures, result: Worth, element: Element) -> Check | None:
    """By how much the share that limits a refused claim is short of it."""
    step = result.step
    node = result.decisive if result.decisive is not None else (step.rate if step else None)
    claim = result.claim
    if node is None or claim is None or not claim.known or claim.lo == inf:
        return None
    plain: Any = node
    while hasattr(plain, "body"):
        plain = plain.body
    if not isinstance(plain, Share):
        return None
    wanted = Literal_(Fraction(claim.value), node.type)
    return checks(measures, Compare(">=", node, wanted), element)[0]


def exact(value: Interval | None) -> Exact | float | None:
    """The one value of an entitlement, or None while it is not known."""
    if value is None or not value.known:
        return None
    return value.lo
