"""An advantage in words and exact strings: entitlement, claim, conditions, next step."""

from __future__ import annotations

from math import inf
from typing import Any, cast

from mixrules.engine import observe
from mixrules.engine.award import exact, shortfall
from mixrules.engine.decision import (
    Advantage,
    Amount,
    Condition,
    Missing,
    NextStep,
)
from mixrules.engine.deliberation import Deliberation, Outcome
from mixrules.engine.observe import Check
from mixrules.engine.statement import missing as gap_list
from mixrules.engine.statement.common import LANGS, both, source_note, speakers, ternary
from mixrules.engine.statement.finding import distance, open_sentence, questions_of, reasons_against
from mixrules.engine.statement.unfolding import Unfolding
from mixrules.engine.statement.ways import NO_STEPS, award_steps
from mixrules.message import Lang, format_quantity, say
from mixrules.programme.scope import Element
from mixrules.quantity import Interval, in_unit
from mixrules.record import Record
from mixrules.rulebook.model import Rule, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import Junction, Node, RuleOutcome, Type
from mixrules.rulebook.walk import walk


def state(deliberation: Deliberation, outcome: Outcome, unfolding: Unfolding | None = None) -> Advantage:
    """An advantage with its rate, amount, claim and conditions; with how it came about where that is unfolded."""
    rule, element, value = outcome.rule, outcome.element, outcome.worth
    assert rule.award is not None
    assert value is not None
    measures = deliberation.measures
    owed = entitled(outcome)
    granted = outcome.status == "granted"
    short = shortfall(measures, value, element) if outcome.status == "refused" else None
    missing = (
        _award_missing(deliberation, outcome)
        if outcome.status == "undetermined" or (granted and not owed.settled)
        else []
    )
    questions = questions_of(outcome)
    capped = (
        outcome.refused_by[0].key
        if outcome.refused_by
        else (value.capped_by.name if value.capped_by else None)
    )
    spoken = speakers(deliberation)
    return Advantage(
        rule=rule.key,
        title=both(rule.title),
        force=rule.force,
        grants=rule.award.grants,
        at=rule.scope,
        scope=element.path,
        status=cast("Any", outcome.status),
        rate=owed.rate,
        amount=owed.amount,
        base=_amount(exact(value.base), rule.award.base.type if rule.award.base is not None else None),
        claimed=owed.claimed,
        shortfall=distance(short) if short is not None and short.truth is False else None,
        step=value.step.name or None if value.step is not None and outcome.status == "granted" else None,
        next_step=_next_step(deliberation, outcome, spoken),
        capped_by=capped,
        decisive={lang: s.say(value.decisive) for lang, s in spoken.items()}
        if value.decisive is not None
        else None,
        conditions=_conditions(deliberation, outcome, spoken, unfolding),
        steps=award_steps(outcome, unfolding) if unfolding is not None else NO_STEPS,
        missing=missing,
        questions=questions,
        kept_while=both(rule.award.kept_while),
        source=source_note(rule),
        references=[],
        explanation={
            lang: _award_sentence(deliberation, outcome, missing, questions, short, s)
            for lang, s in spoken.items()
        },
    )


class Entitlement(Record):
    """What an advantage gives: the rate and amount owed, what is claimed, and whether the amount is settled."""

    rate: str | None
    amount: Amount | None
    claimed: str | None
    settled: bool


def entitled(outcome: Outcome) -> Entitlement:
    """The rate and amount owed; where a claim is granted, what is claimed."""
    value = outcome.worth
    assert value is not None
    claim = value.claim if value.claim is not None and value.claim.known else None
    rate, amount = exact(value.rate), exact(value.amount)
    if outcome.status == "granted" and claim is not None and value.claimed:
        rate = claim.lo if value.claim_on_rate else rate
        if value.claim_on_rate:
            amount = exact(claim * value.base) if value.base is not None else None
        else:
            amount = claim.lo
    return Entitlement(
        in_unit(rate, "ratio") if rate is not None and value.by_rate else None,
        _amount(amount, _amount_type(outcome.rule)),
        in_unit(claim.lo, _claim_unit(outcome)) if claim is not None else None,
        amount is not None,
    )


def _amount_type(rule: Rule) -> Type | None:
    assert rule.award is not None
    first = rule.award.steps[0] if rule.award.steps else None
    if first is not None and first.amount is not None:
        return first.amount.type
    return rule.award.base.type if rule.award.base is not None else None


def _amount(value: Any, kind: Type | None) -> Amount | None:
    if value is None or kind is None:
        return None
    unit = str(kind.unit)
    return Amount(value=in_unit(value, unit), unit=unit)


def _next_step(deliberation: Deliberation, outcome: Outcome, spoken: dict[Lang, Speaker]) -> Any:
    value = outcome.worth
    step = value.next_step if value is not None else None
    if step is None or step.when is None or outcome.rule.award is None or outcome.rule.award.choice != "best":
        return None
    texts: Any = {}
    node = step.rate if step.rate is not None else step.amount
    assert node is not None
    size = deliberation.measures.value(node, outcome.element)
    unit = "%" if step.rate is not None else str(node.type.unit)
    for lang, speaker in spoken.items():
        known = isinstance(size, Interval) and size.known
        worth = _interval(size, unit, speaker) if known else speaker.say(node)
        lacking = [
            _outcome_name(deliberation, n, lang)
            for n in _unfulfilled(deliberation, outcome.element, step.when)
        ]
        names = ", ".join(dict.fromkeys(lacking)) or speaker.say(step.when)
        texts[lang] = say("statement.if", speaker.lang, worth=worth, names=names)
    return NextStep(name=step.name, explanation=texts)


def _unfulfilled(deliberation: Deliberation, element: Element, when: Node) -> list[str]:
    named = [r for n in walk(when) if isinstance(n, RuleOutcome) for r in n.rules]
    return [name for name in named if deliberation.fulfilled(name, element) is not True]


def _outcome_name(deliberation: Deliberation, rule_id: str, lang: Lang) -> str:
    rule = next((r for r in deliberation.rules if r.id == rule_id), None)
    return (text_in(rule.title, lang) if rule is not None else "") or rule_id


def _conditions(
    deliberation: Deliberation,
    outcome: Outcome,
    spoken: dict[Lang, Speaker],
    unfolding: Unfolding | None,
) -> list[Condition]:
    require = outcome.rule.require
    found: list[Condition] = []
    if require is not None:
        for check in observe.checks(deliberation.measures, _without_outcomes(require), outcome.element):
            texts = {lang: observe.phrase(check, s) for lang, s in spoken.items()}
            steps = unfolding.check(check.node, outcome.element) if unfolding is not None else []
            found.append(Condition(holds=ternary(check.truth), steps=steps, explanation=texts))
    nodes = [n for n in [require, *(s.when for s in outcome.rule.award.steps)] if n is not None]  # type: ignore[union-attr]
    read = dict.fromkeys(
        r for node in nodes for n in walk(node) if isinstance(n, RuleOutcome) for r in n.rules
    )
    for name in read:
        texts = {lang: _outcome_name(deliberation, name, lang) for lang in LANGS}
        found.append(
            Condition(
                holds=ternary(deliberation.fulfilled(name, outcome.element)),
                steps=[],
                explanation=cast("Any", texts),
            )
        )
    return found


def _without_outcomes(node: Node) -> Node:
    kept = tuple(gap_list.measured(node))
    return Junction("and", kept)


def _award_missing(deliberation: Deliberation, outcome: Outcome) -> list[Missing]:
    rule, value = outcome.rule, outcome.worth
    assert rule.award is not None
    assert value is not None
    nodes: list[Node] = list(value.behind)
    if outcome.answers["applies"] is None and rule.applies is not None:
        nodes.append(rule.applies)
    if outcome.answers["wanted"] is None:
        nodes += [n for n in [rule.require, *(o.when for o in rule.overrides)] if n is not None]
    nodes += [step.when for step in rule.award.steps if step.when is not None]
    return gap_list.grouped(gap_list.of_nodes(deliberation, nodes, outcome.element), deliberation)


def _award_sentence(
    deliberation: Deliberation,
    outcome: Outcome,
    missing: list[Missing],
    questions: list[Any],
    short: Check | None,
    speaker: Speaker,
) -> str:
    value, lang = outcome.worth, speaker.lang
    assert value is not None
    if outcome.status == "not-applicable":
        reasons = reasons_against(deliberation, outcome, speaker)
        return say("statement.not_applicable", speaker.lang) + (f" ({reasons})." if reasons else ".")
    parts = [_entitled(outcome, speaker)]
    if value.decisive is not None:
        parts.append(say("statement.decisive_term", speaker.lang) + speaker.say(value.decisive))
    if value.capped_by is not None:
        name = value.capped_by.name
        parts.append(say("statement.limited_cap", speaker.lang, name=name))
    if value.claim is not None and value.claim.known:
        claim = format_quantity(value.claim.lo, _claim_unit(outcome), lang)
        if value.claim_on_rate and value.base is not None and value.base.known:
            kind = _amount_type(outcome.rule)
            asked = _interval(value.claim * value.base, str(kind.unit) if kind is not None else "", speaker)
            claim = f"{claim} = {asked}"
        parts.append(say("statement.claimed", speaker.lang, claim=claim))
    if short is not None and short.truth is False:
        parts.append(observe.phrase(short, speaker))
    for cumulation in outcome.refused_by:
        title = text_in(cumulation.title, lang) or cumulation.id
        parts.append(say("statement.refused_by_limit", speaker.lang, title=title))
    text = say("sign.semicolon", lang).join(p for p in parts if p) + "."
    return text + (open_sentence(missing, questions, speaker) if outcome.status == "undetermined" else "")


def _claim_unit(outcome: Outcome) -> str:
    award = outcome.rule.award
    assert award is not None
    assert award.claimed is not None
    unit = award.claimed.type.unit
    return str(unit)


def _entitled(outcome: Outcome, speaker: Speaker) -> str:
    value = outcome.worth
    assert value is not None
    label = say("statement.entitlement", speaker.lang)
    kind = _amount_type(outcome.rule)
    rate = _interval(value.rate, "%", speaker) if value.by_rate else ""
    amount = _interval(value.amount, str(kind.unit) if kind is not None else "", speaker)
    base = ""
    if value.base is not None and value.by_rate and value.base.known:
        assert outcome.rule.award is not None
        assert outcome.rule.award.base is not None
        shown = format_quantity(value.base.lo, str(outcome.rule.award.base.type.unit), speaker.lang)
        base = say("statement.of", speaker.lang, shown=shown)
    if rate and amount:
        return f"{label}{rate}{base} = {amount}"
    return label + (rate + base or amount or say("statement.not_established", speaker.lang))


def _interval(value: Interval | None, unit: str, speaker: Speaker) -> str:
    if value is None or value.undefined or (value.lo == -inf and value.hi == inf):
        return ""
    if value.known:
        return format_quantity(value.lo, unit, speaker.lang)
    if value.hi == inf:
        least = format_quantity(value.lo, unit, speaker.lang)
        return observe.between(least, "", speaker.lang) if value.lo > 0 else ""
    low = format_quantity(max(value.lo, 0), unit, speaker.lang)
    high = format_quantity(value.hi, unit, speaker.lang)
    return observe.between(low, high, speaker.lang)
