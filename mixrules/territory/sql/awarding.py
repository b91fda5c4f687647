"""What an advantage is worth, as SQL: its steps, caps, base and claim, read as `engine.award` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mixrules.rulebook.model import Award, Cumulation, Step
from mixrules.territory.sql import number
from mixrules.territory.sql.compiler import Compiler
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    Sql,
    bit_count,
    both,
    case,
    either,
    is_open,
    no,
    possibly,
    related,
    sql,
    surely,
    text,
    whole,
)
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.value import Mask, Text

if TYPE_CHECKING:
    from mixrules.territory.sql.ruled import Ruled

NOTHING = Number(Bound(ZERO), Bound(ZERO), nonneg=True)


@dataclass
class Worth:
    """An advantage's entitlement and the claim; a claim that is « sans objet » is none."""

    by_rate: bool
    rate: Number | None = None
    amount: Number | None = None
    base: Number | None = None
    claim: Number | None = None
    claim_on_rate: bool = True
    claimed: Sql = NO
    fits: Sql = OPEN
    due: Sql = OPEN
    alone: Sql = OPEN


def worth(on: Compiler, award: Award, truths: Sequence[Sql]) -> Worth:
    """An advantage, given which steps' conditions hold."""
    let = on.stages.let
    result = Worth(all(step.rate is not None for step in award.steps))
    if award.base is not None:
        base = on.number(award.base)
        result.base = _kept(on, number.blanked(base, base.absent))
    chosen = _elected(on, award, truths)
    value = _best(on, [_valued(on, step, t, result) for step, t in zip(award.steps, chosen, strict=True)])
    capped = NO
    if result.by_rate:
        result.rate, _ = _capped(on, award, value, on_rate=True)
        if result.base is not None:
            result.amount = _kept(on, number.multiply(result.rate, result.base, let))
    else:
        result.amount = value
    if result.amount is not None:
        result.amount, capped = _capped(on, award, result.amount, on_rate=False)
    result.due = let(_due(result, capped, ">=" if award.even_zero else ">"))
    _claim(on, award, result)
    return result


def _kept(on: Compiler, made: Number) -> Number:
    return number.named(made, on.stages.let)


def _elected(on: Compiler, award: Award, truths: Sequence[Sql]) -> list[Sql]:
    """Which steps count: with an election, the one elected; with none, no step."""
    if award.choice != "elected" or award.elected is None:
        return list(truths)
    election = on.of(award.elected)
    found = []
    for step, holds in zip(award.steps, truths, strict=True):
        perhaps = case(surely(holds), OPEN, holds)
        if isinstance(election, Mask):
            bit = election.bits(frozenset({step.name}))
            named = sql(f"({{}} & {bit} > 0)", election.sql)
            alone = related(bit_count(election.sql), "=", ONE)
            picked = case(named, case(alone, holds, perhaps), NO)
        elif isinstance(election, Text):
            picked = case(related(election.sql, "=", text(step.name)), holds, NO)
        else:
            # No step is called by a number, or by yes or no.
            picked = NO
        if isinstance(election, Number):
            found.append(NO)
            continue
        unknown = is_open(election.sql)
        found.append(on.stages.let(case(election.absent, NO, case(unknown, perhaps, picked))))
    return found


def _valued(on: Compiler, step: Step, holds: Sql, result: Worth) -> tuple[Sql, Number]:
    node = step.rate if step.rate is not None else step.amount
    assert node is not None
    value = on.number(node)
    given = Number(value.lo, value.hi, value.undefined, NO, value.nonneg)
    if step.rate is not None and not result.by_rate and result.base is not None:
        given = _kept(on, number.multiply(given, result.base, on.stages.let))
    return on.stages.let(case(value.absent, NO, holds)), given


def _best(on: Compiler, values: Sequence[tuple[Sql, Number]]) -> Number:
    """The best of the steps surely earned, at most the best of those that may be."""
    let = on.stages.let
    low, high = Bound(ZERO), Bound(ZERO)
    some_sure, some_possible = NO, NO
    for holds, value in values:
        sure = let(surely(holds))
        possible = let(possibly(holds))
        low = _raised(on, sure, some_sure, value.lo, low)
        high = _raised(on, possible, some_possible, value.hi, high)
        some_sure, some_possible = let(either(some_sure, sure)), let(either(some_possible, possible))
    undefined = case(
        some_sure,
        either(*(both(surely(holds), value.undefined) for holds, value in values)),
        either(*(both(possibly(holds), value.undefined) for holds, value in values)),
    )
    undefined = let(undefined)
    low = Bound(case(undefined, ZERO, low.n), low.d, case(undefined, whole(-1), low.i))
    return _kept(on, Number(low, high, undefined, NO, all(value.nonneg for _, value in values)))


def _raised(on: Compiler, when: Sql, some: Sql, value: Bound, best: Bound) -> Bound:
    """The greater of two bounds, where the first counts; the first that counts whatever it is."""
    greater = either(no(some), number.compared(value, best, ">"))
    return number.kept(number.chosen(both(when, greater), value, best), on.stages.let)


def _capped(on: Compiler, award: Award, current: Number, *, on_rate: bool) -> tuple[Number, Sql]:
    capped = NO
    for cap in award.caps:
        if cap.limit.type.unit.is_ratio is not on_rate:
            continue
        limit = on.number(cap.limit)
        plain = Number(limit.lo, limit.hi, limit.undefined, NO, limit.nonneg)
        lowered = number.extreme("min", [current, plain], on.stages.let)
        current = _kept(on, number.choose(limit.absent, current, lowered, on.stages.let))
        capped = either(capped, no(limit.absent))
    return current, on.stages.let(capped)


def _due(result: Worth, capped: Sql, op: str) -> Sql:
    def some(part: Number | None) -> Sql:
        return OPEN if part is None else number.compare(op, part, NOTHING)

    if not result.by_rate:
        return some(result.amount)
    return both(some(result.rate), either(no(capped), some(result.amount)))


def _claim(on: Compiler, award: Award, result: Worth) -> None:
    if award.claimed is None:
        return
    claim = on.number(award.claimed)
    result.claim_on_rate = result.by_rate and award.claimed.type.unit.is_ratio
    result.claim = claim
    let = on.stages.let
    plain = Number(claim.lo, claim.hi, claim.undefined, NO, claim.nonneg)
    result.claimed = let(case(claim.absent, NO, number.compare(">", plain, NOTHING)))
    entitlement = result.rate if result.claim_on_rate else result.amount
    if entitlement is not None:
        result.fits = let(case(claim.absent, OPEN, number.compare("<=", plain, entitlement)))


# -- limits across advantages --------------------------------------------------------------------------


@dataclass
class Limit:
    """A limit across advantages: whether it is respected, and whether it bears on the programme."""

    respected: Sql
    concerned: Sql


def limit(on: Compiler, cumulation: Cumulation, done: Mapping[str, Ruled]) -> Limit:
    """A limit across the advantages of a programme."""
    let = on.stages.let
    if cumulation.against:
        sides = [
            either(*(_claimed(done[name]) for name in names if name in done))
            for names in (cumulation.over, cumulation.against)
        ]
        conflict = let(both(*sides))
        return Limit(let(no(conflict)), let(possibly(conflict)))
    assert cumulation.limit is not None
    ceiling = on.number(cumulation.limit)
    by_rate = cumulation.limit.type.unit.is_ratio
    outcomes = [done[name] for name in dict.fromkeys(cumulation.over) if name in done]
    some = let(either(*(possibly(_claimed(outcome)) for outcome in outcomes)))
    total, counted_any = NOTHING, NO
    for outcome in outcomes:
        granted = sql("({} = 'granted')", outcome.status)
        counted = let(case(some, possibly(_claimed(outcome)), granted))
        size = number.choose(some, _claim_size(on, outcome, by_rate), _size(outcome, by_rate), let)
        total = _kept(on, number.add(total, number.choose(counted, _kept(on, size), NOTHING, let)))
        counted_any = either(counted_any, counted)
    within = number.compare("<=", total, ceiling)
    blank = either(ceiling.unusable, total.undefined)
    return Limit(let(within), let(case(blank, some, counted_any)))


def _claimed(outcome: Ruled) -> Sql:
    return outcome.worth.claimed if outcome.worth is not None else NO


def _claim_size(on: Compiler, outcome: Ruled, by_rate: bool) -> Number:
    value = outcome.worth
    assert value is not None
    if value.claim is None:
        return _size(outcome, by_rate)
    claim = value.claim
    plain = Number(claim.lo, claim.hi, claim.undefined, NO, claim.nonneg)
    if value.claim_on_rate is not by_rate:
        if value.base is None:
            return _size(outcome, by_rate)
        made = number.divide if by_rate else number.multiply
        plain = _kept(on, made(plain, value.base, on.stages.let))
    return number.choose(claim.absent, _size(outcome, by_rate), plain, on.stages.let)


def _size(outcome: Ruled, by_rate: bool) -> Number:
    assert outcome.worth is not None
    found = outcome.worth.rate if by_rate else outcome.worth.amount
    return found if found is not None else number.EMPTY


def restricted(status: Sql, value: Worth, limits: Sequence[Limit]) -> Sql:
    """The status of an advantage once the limits that bear on it are respected, or not."""
    respected = both(*(case(limit.concerned, limit.respected, YES) for limit in limits))
    refused = both(value.alone, no(respected))
    open_ = both(is_open(both(value.alone, respected)), sql("({} = 'granted')", status))
    left = case(refused, text("refused"), case(open_, text("undetermined"), status))
    return case(possibly(value.claimed), left, status)
