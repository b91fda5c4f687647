"""What a comparison saw: observed, required, and how far apart, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf
from typing import Any

from mixrules.engine.measure import Measures
from mixrules.engine.network import Truth
from mixrules.message import Lang, format_number, format_quantity, say, term
from mixrules.programme.scope import Element
from mixrules.quantity import ABSENT, COUNTS, Exact, Interval, canonical, in_unit, simplify
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import (
    Compare,
    Dated,
    Extremum,
    Given,
    Junction,
    Literal_,
    Named,
    Node,
    Not,
    RuleOutcome,
    Share,
    Within,
)

HUNDREDTHS = {"m²", "m³", "€", "m"}
"""Units in which the law and people count to the hundredth."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of a requirement, as it stands for an element."""

    node: Node
    truth: Truth
    observed: str
    required: str
    unit: str
    operator: str
    distance: Exact | None
    distance_unit: str
    base: tuple[Exact, Exact] | None = None

    @property
    def short(self) -> bool:
        """Whether what is observed lies under what is required (else above)."""
        return self.operator in {">=", ">", "="}


def checks(measures: Measures, node: Node, element: Element) -> list[Check]:
    """The comparisons of a requirement, in the order of its text."""
    if isinstance(node, Named):
        return checks(measures, node.body, element)
    if isinstance(node, Dated):
        body = measures.dated(node)
        return checks(measures, body, element) if body is not None else []
    if isinstance(node, Junction):
        return [check for item in node.items for check in checks(measures, item, element)]
    if isinstance(node, Compare) and node.left.type.kind in {"number", "date"}:
        return [_compared(measures, node, element)]
    if isinstance(node, Not) and isinstance(node.operand, Named | Junction | Dated):
        return checks(measures, node.operand, element)
    truth = measures.value(node, element)
    return [Check(node, truth, _yes_no(truth), "yes", "", "=", None, "")]


def behind(measures: Measures, node: Node, element: Element, wanted: bool) -> tuple[Truth, list[Check]]:
    """Whether a condition holds, and the comparisons that make it `wanted`: only those on which it rests."""
    if isinstance(node, Named):
        return behind(measures, node.body, element, wanted)
    if isinstance(node, Dated):
        body = measures.dated(node)
        return behind(measures, body, element, wanted) if body is not None else (None, [])
    if isinstance(node, Not) and not isinstance(node.operand, Within):
        truth, found = behind(measures, node.operand, element, not wanted)
        return (None if truth is None else not truth), found
    if isinstance(node, Junction):
        parts = [behind(measures, item, element, wanted) for item in node.items]
        truths = [truth for truth, _ in parts]
        decisive = node.op == "or"
        whole: Truth = decisive if decisive in truths else None if None in truths else not decisive
        return whole, [check for truth, found in parts if truth is wanted for check in found]
    if isinstance(node, RuleOutcome):
        return None, []
    found = checks(measures, node, element)
    return found[0].truth, found


def _yes_no(truth: Truth) -> str:
    return "unknown" if truth is None else "yes" if truth else "no"


def _compared(measures: Measures, node: Compare, element: Element) -> Check:
    left, right = measures.value(node.left, element), measures.value(node.right, element)
    truth = measures.value(node, element)
    unit = compared_unit(node)
    base = ratio_of(measures, node.left, element)
    observed = written(left, unit)
    if base is not None:
        observed = f"{canonical(base[0])}/{canonical(base[1])}"
    distance, distance_unit = _distance(node, left, right, base)
    return Check(node, truth, observed, written(right, unit), unit, node.op, distance, distance_unit, base)


def compared_unit(node: Compare) -> str:
    """The unit in which both sides of a comparison are said."""
    if node.left.type.kind == "date":
        return "date"
    for side in (node.left, node.right):
        if not side.type.unit.is_ratio:
            return str(side.type.unit)
    return "ratio"


def written(value: Any, unit: str) -> str:
    """A value as a decision writes it: exact, or the bounds between which it lies."""
    if value is ABSENT:
        return "none"
    if not isinstance(value, Interval) or value.undefined:
        return "unknown"
    if unit == "date":
        from datetime import date

        return date.fromordinal(int(value.lo)).isoformat() if value.known else "unknown"
    if value.known:
        return in_unit(value.lo, unit)
    if value.lo == -inf and value.hi == inf:
        return "unknown"
    low = "" if value.lo == -inf else in_unit(value.lo, unit)
    high = "" if value.hi == inf else in_unit(value.hi, unit)
    return f"{low}..{high}"


def share_of(node: Node) -> Share | None:
    """The share that an expression is, whatever names it goes by."""
    while isinstance(node, Named):
        node = node.body
    return node if isinstance(node, Share) else None


def weighed_in(share: Share) -> str:
    """The unit of the parts of a share: what is counted, or an area."""
    if share.weight is not None:
        return str(share.weight.type.unit)
    counted = share.over.sources[0].removesuffix("s")
    return "dwelling" if counted == "existing" else counted


def ratio_of(measures: Measures, node: Node, element: Element) -> tuple[Exact, Exact] | None:
    """A share as its two numbers, when both are known."""
    share = share_of(node)
    if share is None:
        return None
    part: Exact = 0
    whole: Exact = 0
    weight = measures.of(share.weight) if share.weight is not None else None
    satisfied = measures.of(share.part)
    for member, least, most, _ in measures.members(share.over, element):
        satisfies = satisfied(member)
        if satisfies is None or least != most:
            return None
        if not least:
            continue
        size: Any = least
        if weight is not None:
            heavy = weight(member)
            if not isinstance(heavy, Interval) or not heavy.known or heavy.lo == inf:
                return None
            size = heavy.lo * least
        whole += size
        part += size if satisfies else 0
    return (simplify(part), simplify(whole)) if whole else None


def _distance(
    node: Compare, left: Any, right: Any, base: tuple[Exact, Exact] | None
) -> tuple[Exact | None, str]:
    """How far a comparison is from being met, in dwellings or area for a share, else in its own unit."""
    if not isinstance(right, Interval) or not right.known or right.lo == inf or node.left.type.kind == "date":
        return None, ""
    if base is not None:
        return _share_distance(node, base, right.value)
    if not isinstance(left, Interval) or not left.known or left.lo == inf:
        return None, ""
    return _gap(node.op, left.value, right.value, compared_unit(node)), compared_unit(node)


def _share_distance(node: Compare, base: tuple[Exact, Exact], wanted: Exact) -> tuple[Exact | None, str]:
    share = share_of(node.left)
    assert share is not None
    part, whole = base
    unit = weighed_in(share)
    return _gap(node.op, part, Fraction(wanted) * Fraction(whole), unit), unit


def _gap(op: str, seen: Exact, target: Exact, unit: str) -> Exact | None:
    """The least change that meets a comparison: whole dwellings, hundredths of a square metre, cents."""
    grain = 1 if unit in COUNTS else Fraction(1, 100) if unit in HUNDREDTHS else None
    goal: Fraction
    if grain is None:
        goal = Fraction(target)
    elif op in {">=", "<"}:
        goal = Fraction(ceil(Fraction(target) / grain) * grain)
    else:
        goal = Fraction(floor(Fraction(target) / grain) * grain)
    if op == "=":
        goal = Fraction(target)
    elif op in {">", "<"}:
        goal += (grain or 0) if op == ">" else -(grain or 0)
    gap = goal - seen if op in {">=", ">", "="} else seen - goal
    return simplify(gap) if gap > 0 else None


def decisive(measures: Measures, node: Node, element: Element) -> Node | None:
    """The term of a least or greatest value that gave the result, when it is known."""
    while isinstance(node, Named):
        node = node.body
    if not isinstance(node, Extremum):
        return None
    result = measures.value(node, element)
    if not isinstance(result, Interval) or not result.known:
        return None
    return next(
        (i for i in node.items if (v := measures.value(i, element)) is not ABSENT and v == result), None
    )


def phrase(check: Check, speaker: Speaker, *, gap: bool = True) -> str:
    """A check as a sentence: what was counted, what is required, what is short where the gap is wanted."""
    lang = speaker.lang
    if isinstance(check.node, Given):
        state = say("observe.given", lang) if check.truth is True else say("word.none", lang)
        said = speaker.say(check.node.operand)
        return said + say("sign.colon", lang) + (_truth_word(None, lang) if check.truth is None else state)
    if not isinstance(check.node, Compare):
        return f"{speaker.say(check.node)}{say('sign.colon', lang)}{_truth_word(check.truth, lang)}"
    required = speaker.required(check.node)
    value = "" if ".." in check.required else shown_text(check.required, check.unit, lang)
    if value and value != required and not isinstance(check.node.right, Literal_):
        required = f"{value} ({required})"
    text = say(
        "observe.compared",
        lang,
        subject=_capital(speaker.say(check.node.left)),
        observed=shown(check, lang),
        operator=term("operator", check.operator, lang),
        required=required,
    )
    if gap and check.truth is False and check.distance is not None:
        amount = format_quantity(check.distance, check.distance_unit, lang)
        missing = say("observe.missing", lang, amount=amount)
        text += missing if check.short else say("observe.too_many", lang, amount=amount)
    return text


def shown(check: Check, lang: Lang) -> str:
    """What was observed: « 5 sur 20 (25 %) », « 52,10 m² », « entre 3 et 5 logements »."""
    if check.base is not None:
        part, whole = check.base
        ratio = format_quantity(Fraction(part) / Fraction(whole), "%", lang)
        return say("observe.part", lang, part=part, whole=whole, ratio=ratio)
    if check.observed in {"0..", "0/1..", "0.00.."}:
        return say("word.unknown", lang)
    return shown_text(check.observed, check.unit, lang) or (say("word.unknown", lang))


def shown_text(text: str, unit: str, lang: Lang) -> str:
    """What a decision writes exactly (`3..5`, `5/20`, `none`), as people read it; empty where it is unknown."""
    if text in {"unknown", "none"}:
        return "" if text == "unknown" else say("word.none", lang)
    if text == "unlimited":
        return format_number(inf, lang)
    if unit == "date":
        from datetime import date

        return format_quantity(date.fromisoformat(text).toordinal(), "date", lang)
    if ".." in text:
        low, high = (format_quantity(Fraction(end), unit, lang) if end else "" for end in text.split(".."))
        return between(low, high, lang)
    try:
        return format_quantity(Fraction(text), unit, lang)
    except ValueError:
        return text


def between(low: str, high: str, lang: Lang) -> str:
    """Two ends in words; one that is not known is empty."""
    if not high:
        return say("observe.at_least", lang, low=low)
    if not low:
        return say("observe.at_most", lang, high=high)
    return say("observe.between", lang, low=low, high=high)


def _truth_word(truth: Truth, lang: Lang) -> str:
    if truth is None:
        return say("word.unknown", lang)
    return say("word.yes", lang) if truth else say("word.no", lang)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
