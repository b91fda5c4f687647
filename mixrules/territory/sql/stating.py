"""What a finding says beside its status, as SQL: what is observed, what is required, by how much it is short.

The reading is that of `engine.observe` and `engine.statement`; what the file does not settle is null, as is what a
query cannot write exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mixrules.engine import logic
from mixrules.engine.observe import HUNDREDTHS, compared_unit, share_of, weighed_in
from mixrules.quantity import COUNTS
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Compare, Dated, Junction, Named, Node, Not, Share, Type
from mixrules.territory.sql import number
from mixrules.territory.sql.awarding import Worth
from mixrules.territory.sql.expression import (
    NO,
    ZERO,
    RefusalError,
    Sql,
    both,
    case,
    either,
    is_open,
    no,
    sql,
    text,
)
from mixrules.territory.sql.gathering import any_of, sum_of
from mixrules.territory.sql.members import Scale
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.rounding import rounded
from mixrules.territory.sql.writing import NOTHING, known, written

STATED = ("observed", "required", "unit", "shortfall", "shortfall_unit", "direction")
AWARDED = ("rate", "amount", "amount_unit", "claimed")


@dataclass(frozen=True, slots=True)
class Said:
    """One comparison of a requirement: its truth, and the texts of a finding that rests on it."""

    truth: Sql
    texts: dict[str, Sql]


def stated(scale: Scale, rule: Rule, answers: dict[str, Sql], status: Sql) -> dict[str, Sql]:
    """What a finding says; nothing where a comparison is one that queries do not write."""
    try:
        return _stated(scale, rule, answers, status)
    except RefusalError:
        return {}


def _stated(scale: Scale, rule: Rule, answers: dict[str, Sql], status: Sql) -> dict[str, Sql]:
    if rule.require is None:
        return {}
    found = _main(_checks(scale, rule.require))
    for override in reversed(logic.ranked(rule.overrides)):
        if override.require is None:
            continue
        # The strongest exception that holds and asks for something else, unless one excuses.
        held = both(answers[f"exception:{override.name}"], sql("({} <> 'excepted')", status))
        other = _main(_checks(scale, override.require))
        found = {
            name: case(held, other.get(name, NOTHING), found.get(name, NOTHING))
            for name in {**found, **other}
        }
    short = sql("({} = 'unmet')", status)
    for name in ("shortfall", "shortfall_unit", "direction"):
        there = both(short, sql("({} IS NOT NULL)", found.get("shortfall", NOTHING), sure=True))
        found[name] = case(there, found.get(name, NOTHING), NOTHING)
    return {name: found.get(name, NOTHING) for name in STATED}


def _main(checks: Sequence[Said]) -> dict[str, Sql]:
    """The check that decides: the first that fails, else the first not known, else the first."""
    if not checks:
        return {}
    failing = [(sql("({} IS FALSE)", one.truth, sure=True), one) for one in checks]
    open_ = [(is_open(one.truth), one) for one in checks]
    found = dict(checks[0].texts)
    for when, one in reversed([*failing, *open_]):
        found = {name: case(when, one.texts[name], other) for name, other in found.items()}
    return found


def _checks(scale: Scale, node: Node) -> list[Said]:
    """The comparisons of a requirement, in the order of its text."""
    if isinstance(node, Named):
        return _checks(scale, node.body)
    if isinstance(node, Dated):
        body = scale.on.measures.dated(node)
        return _checks(scale, body) if body is not None else []
    if isinstance(node, Junction):
        return [check for item in node.items for check in _checks(scale, item)]
    if isinstance(node, Compare) and node.left.type.kind in {"number", "date"}:
        return [_compared(scale, node)]
    if isinstance(node, Not) and isinstance(node.operand, Named | Junction | Dated):
        return _checks(scale, node.operand)
    truth = scale.on.stages.let(scale.on.truth(node))
    observed = case(is_open(truth), NOTHING, case(truth, text("yes"), text("no")))
    return [Said(truth, _texts(observed, text("yes"), ""))]


def _texts(
    observed: Sql, required: Sql, unit: str, short: Sql = NOTHING, of: str = "", direction: str = ""
) -> dict[str, Sql]:
    words = (text(word) if word else NOTHING for word in (unit, of, direction))
    unit_, of_, direction_ = words
    return dict(zip(STATED, (observed, required, unit_, short, of_, direction_), strict=True))


def _compared(scale: Scale, node: Compare) -> Said:
    let = scale.on.stages.let
    unit = compared_unit(node)
    left, right = scale.on.number(node.left), scale.on.number(node.right)
    truth = let(scale.on.truth(node))
    observed, required = written(left, unit, let), written(right, unit, let)
    direction = "missing" if node.op in {">=", ">", "="} else "excess"
    if node.left.type.kind == "date":
        return Said(truth, _texts(observed, required, unit))
    target = let(both(number.known(right), no(right.unusable), _finite(right.lo)))
    seen = let(both(number.known(left), no(left.unusable), _finite(left.lo)))
    short = case(both(target, seen), _gap(scale, node.op, left.lo, right.lo, unit), NOTHING)
    share = share_of(node.left)
    if share is None:
        return Said(truth, _texts(observed, required, unit, short, unit, direction))
    part, base, none = _ratio(scale, share)
    parts = sql("({} || '/' || {})", _plain(part, let), _plain(base, let))
    observed = case(none, observed, parts)
    of = weighed_in(share)
    wanted = number.multiply(_point(right.lo), _point(base), let).lo
    counted = case(target, _gap(scale, node.op, part, wanted, of), NOTHING)
    texts = _texts(observed, required, unit, case(none, short, counted), of, direction)
    texts["shortfall_unit"] = case(none, text(unit), text(of))
    return Said(truth, texts)


def _ratio(scale: Scale, node: Share) -> tuple[Bound, Bound, Sql]:
    """A share as its two numbers, and whether one of them is not known."""
    let = scale.on.stages.let
    torn, part, base = [], [], []
    for p, weight in scale.weighed(node):
        holds = p.truth(node.part)
        heavy = p.times(weight)
        blank = either(no(number.known(heavy)), heavy.undefined, weight.absent, no(_finite(heavy.lo)))
        torn.append((p.tally, both(p.may, either(is_open(holds), blank))))
        kept = p.tally.stages.let(both(p.may, no(blank)))
        base.append((p.tally, kept, heavy.lo))
        part.append((p.tally, p.tally.stages.let(both(kept, holds)), heavy.lo))
    whole = number.kept(sum_of(base, let, low=True), let)
    none = let(either(any_of(torn, let), number.compared(whole, Bound(ZERO), "=")))
    return number.kept(sum_of(part, let, low=True), let), whole, none


def _point(bound: Bound) -> Number:
    return Number(bound, bound)


def _finite(bound: Bound) -> Sql:
    return no(bound.endless)


def _plain(bound: Bound, let: Let) -> Sql:
    return written(_point(bound), "", let)


def _gap(scale: Scale, op: str, seen: Bound, target: Bound, unit: str) -> Sql:
    """The least change that meets a comparison: whole dwellings, hundredths of a square metre, cents."""
    let = scale.on.stages.let
    grain = Fraction(1) if unit in COUNTS else Fraction(1, 100) if unit in HUNDREDTHS else None
    goal = _point(target)
    if grain is not None and op != "=":
        goal = rounded("ceil" if op in {">=", "<"} else "floor", grain, goal, let)
        if op in {">", "<"}:
            step = Number(number.exact(grain), number.exact(grain))
            goal = number.add(goal, step) if op == ">" else number.subtract(goal, step)
    one, other = (goal, _point(seen)) if op in {">=", ">", "="} else (_point(seen), goal)
    gap = number.named(number.subtract(one, other), let)
    zero = Bound(ZERO)
    return case(number.compared(gap.lo, zero, ">"), known(gap, unit, let), NOTHING)


# -- advantages ----------------------------------------------------------------------------------------


def awarded(scale: Scale, rule: Rule, worth: Worth, status: Sql) -> dict[str, Sql]:
    """What an advantage says: the rate and amount owed, and what is claimed."""
    let = scale.on.stages.let
    award = rule.award
    assert award is not None
    first = award.steps[0] if award.steps else None
    kind: Type | None = award.base.type if award.base is not None else None
    if first is not None and first.amount is not None:
        kind = first.amount.type
    unit = str(kind.unit) if kind is not None else ""
    rate = known(worth.rate, "ratio", let) if worth.rate is not None else NOTHING
    amount = known(worth.amount, unit, let) if worth.amount is not None else NOTHING
    claimed = NOTHING
    if worth.claim is not None and award.claimed is not None:
        claim = worth.claim
        plain = Number(claim.lo, claim.hi, claim.undefined, NO, claim.nonneg)
        claimed = known(claim, str(award.claimed.type.unit), let)
        settled = both(number.known(plain), no(claim.unusable))
        due = let(both(sql("({} = 'granted')", status), settled, worth.claimed))
        if worth.claim_on_rate:
            rate = case(due, known(claim, "ratio", let), rate)
            given = (
                number.named(number.multiply(plain, worth.base, let), let) if worth.base is not None else None
            )
            amount = case(due, known(given, unit, let) if given is not None else NOTHING, amount)
        else:
            amount = case(due, known(claim, unit, let), amount)
    if not worth.by_rate:
        rate = NOTHING
    if kind is None:
        amount = NOTHING
    there = sql("({} IS NOT NULL)", amount, sure=True)
    return dict(zip(AWARDED, (rate, amount, case(there, text(unit), NOTHING), claimed), strict=True))


__all__ = ["AWARDED", "STATED", "awarded", "stated"]
