"""The places of a rule that hold an expression, each with how to put another one there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Node


@dataclass(frozen=True)
class Slot:
    """One place: which part of the rule, under which name, what stands there, and the rule with another."""

    part: str
    name: str
    node: Node
    put: Callable[[Any], Rule]


def slots(rule: Rule) -> Iterator[Slot]:
    """Every expression of a rule, in the order in which it is read."""
    if rule.applies is not None:
        yield Slot("applies", "", rule.applies, lambda node: rule.replace(applies=node))
    if rule.require is not None:
        yield Slot("require", "", rule.require, lambda node: rule.replace(require=node))
    for index, override in enumerate(rule.overrides):
        for field in ("when", "require"):
            yield from _listed(rule, "overrides", index, field, "exception", override.name)
    for index in range(len(rule.questions)):
        yield from _listed(rule, "questions", index, "when", "question", str(index + 1))
    yield from _awarded(rule)


def conditions(rule: Rule) -> Iterator[Slot]:
    """The places that decide an outcome: scope, requirement, exceptions, conditions of the advantage."""
    return (slot for slot in slots(rule) if slot.part in {"applies", "require", "exception", "step"})


def _listed(rule: Rule, items: str, index: int, field: str, part: str, name: str) -> Iterator[Slot]:
    held = getattr(rule, items)
    node = getattr(held[index], field)
    if node is not None:
        yield Slot(
            part,
            name,
            node,
            lambda new: rule.replace(
                **{items: _set(held, index, held[index].replace(**{field: new}))},
            ),
        )


def _awarded(rule: Rule) -> Iterator[Slot]:
    award = rule.award
    if award is None:
        return
    for index, step in enumerate(award.steps):
        for field, part in (("when", "step"), ("rate", "rate"), ("amount", "amount")):
            yield from _of_award(rule, "steps", index, field, part, step.name)
    for field, part in (("base", "base"), ("claimed", "claimed")):
        node = getattr(award, field)
        if node is not None:
            yield Slot(part, "", node, _put_award(rule, field))
    for index, cap in enumerate(award.caps):
        yield from _of_award(rule, "caps", index, "limit", "cap", cap.name)


def _put_award(rule: Rule, field: str) -> Callable[[Any], Rule]:
    award = rule.award
    assert award is not None
    return lambda new: rule.replace(award=award.replace(**{field: new}))


def _of_award(rule: Rule, items: str, index: int, field: str, part: str, name: str) -> Iterator[Slot]:
    award = rule.award
    held = getattr(award, items)
    node = getattr(held[index], field)
    if node is not None:
        put = _put_award(rule, items)
        yield Slot(part, name, node, lambda new: put(_set(held, index, held[index].replace(**{field: new}))))


def _set(items: tuple[Any, ...], index: int, value: Any) -> tuple[Any, ...]:
    return (*items[:index], value, *items[index + 1 :])
