"""The small changes that an expression may suffer: a threshold, an operator, a set, a rounding, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from typing import Any

from mixrules.programme.category import CATEGORIES
from mixrules.quantity import Exact, Unit, simplify
from mixrules.record import Record
from mixrules.rulebook.model import Change
from mixrules.rulebook.tree import (
    Arithmetic,
    Compare,
    Dated,
    Extremum,
    Junction,
    Literal_,
    Named,
    Node,
    Rounding,
    RuleOutcome,
    Type,
    Within,
)

SWAPPED: dict[str, Any] = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": "!=", "!=": "="}
ROUNDINGS = ("ceil", "floor", "round_half_up", "round_half_even")
POINT, HUNDREDTH = Fraction(1, 100), Fraction(1, 10_000)


@dataclass(frozen=True)
class Alteration:
    """A changed expression, the kind of change, and the part of it to show: the nearest yes/no around it."""

    kind: Change
    whole: Any
    before: Any
    after: Any
    framed: bool = False

    def inside(self, parent: Any, whole: Any) -> Alteration:
        """The same change seen from the expression above."""
        if self.framed:
            return replace(self, whole=whole)
        own = getattr(parent, "type", None)
        if own is None:
            return replace(self, whole=whole)
        return Alteration(self.kind, whole, parent, whole, framed=own.kind == "yes_no")


def alterations(node: Any, unit: Unit | None = None) -> Iterator[Alteration]:
    """Every small change of an expression; a definition is changed where it is defined, not where it is used.

    `unit` is the unit that the place expects, where a bare number takes it.
    """
    if isinstance(node, Named | Dated):
        return
    own = _OWN.get(type(node))
    if own is not None:
        framed = isinstance(node, Compare | Within | Junction | RuleOutcome)
        kind = "date" if isinstance(node, Literal_) and node.type.kind == "date" else _KINDS[type(node)]
        yield from (Alteration(kind, new, node, new, framed=framed) for new in own(node, unit))
    for name, value in zip(node.fields_, node.as_tuple(), strict=True):
        for changed, inner in _below(value, _expected(node, name)):
            yield inner.inside(node, node.replace(**{name: changed}))


def _below(value: Any, unit: Unit | None) -> Iterator[tuple[Any, Alteration]]:
    if isinstance(value, Record) and not isinstance(value, Type):
        for inner in alterations(value, unit):
            yield inner.whole, inner
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            for changed, inner in _below(item, unit):
                yield (*value[:index], changed, *value[index + 1 :]), inner


def _expected(node: Any, name: str) -> Unit | None:
    if isinstance(node, Compare):
        other: Type = (node.right if name == "left" else node.left).type
        return other.unit if other.kind == "number" else None
    if isinstance(node, Arithmetic) and node.op in {"*", "/"}:
        return None
    return node.type.unit if isinstance(node, Arithmetic | Extremum) else None


def steps(value: Exact, unit: Unit) -> tuple[Exact, ...]:
    """The smallest changes that mean something: one dwelling, 0.01 m² or €, a point and a hundredth of one."""
    if unit.is_ratio:
        if 0 < value < 1 or (unit.base and value <= 1):
            return (POINT, HUNDREDTH)
        return (1,) if Fraction(value).denominator == 1 and not unit.base else (POINT,)
    counted = all(power > 0 for _, _, power in unit.powers)
    days = {base for base, _, _ in unit.powers} <= {"day", "month", "year"}
    return (1,) if counted and (unit.is_count or days) else (POINT,)


def nudged(value: Exact, unit: Unit) -> Iterator[Exact]:
    """A number a little lower and a little higher; nothing here is measured below zero."""
    for step in steps(value, unit):
        for changed in (value - step, value + step):
            if changed >= 0 or value < 0:
                yield simplify(Fraction(changed))


def _literal(node: Literal_, unit: Unit | None) -> Iterator[Node]:
    if node.value is None or isinstance(node.value, bool | str) or node.value == inf:
        return
    value: Any = node.value
    if node.type.kind == "date":
        yield from (node.replace(value=int(value) + step) for step in (-1, 1))
    elif node.type.kind == "number":
        own = node.type.unit
        bare = own.is_ratio and not own.base
        yield from (node.replace(value=new) for new in nudged(value, unit if bare and unit else own))


def _compare(node: Compare, _: Unit | None) -> Iterator[Node]:
    yield node.replace(op=SWAPPED[node.op])


def _junction(node: Junction, _: Unit | None) -> Iterator[Node]:
    yield node.replace(op="or" if node.op == "and" else "and")


def _rounding(node: Rounding, _: Unit | None) -> Iterator[Node]:
    if node.mode in ROUNDINGS:
        yield from (node.replace(mode=mode) for mode in ROUNDINGS if mode != node.mode)


def _within(node: Within, _: Unit | None) -> Iterator[Node]:
    if len(node.choices) > 1:
        for member in sorted(node.choices):
            yield node.replace(choices=node.choices - {member})
    known = CATEGORIES.get(node.item.type.category)
    for member in known.members if known is not None else ():
        if member not in node.choices:
            yield node.replace(choices=node.choices | {member})


def _outcome(node: RuleOutcome, _: Unit | None) -> Iterator[Node]:
    if len(node.rules) > 1:
        for name in node.rules:
            yield node.replace(rules=tuple(rule for rule in node.rules if rule != name))


_OWN: dict[type, Callable[[Any, Unit | None], Iterator[Node]]] = {
    Literal_: _literal,
    Compare: _compare,
    Junction: _junction,
    Rounding: _rounding,
    Within: _within,
    RuleOutcome: _outcome,
}
_KINDS: dict[type, Change] = {
    Literal_: "threshold",
    Compare: "operator",
    Junction: "connective",
    Rounding: "rounding",
    Within: "set",
    RuleOutcome: "outcome",
}
