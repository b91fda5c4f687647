"""Whether two expressions mean the same whatever the file says: no example could tell them apart.

Yes/no expressions are compared over every member of the categories they test and every truth of their other parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod
from typing import Any

from mixrules.authoring.slot import slots
from mixrules.programme.category import CATEGORIES
from mixrules.record import Record
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Dated, Junction, Node, Not, Within
from mixrules.rulebook.walk import unfolded, walk

MOST = 20_000
"""Cases compared at most; beyond, expressions are held to differ."""


def equivalent_books(one: Rulebook, other: Rulebook) -> bool:
    """Whether two versions of a rulebook decide alike because their expressions mean the same."""
    if one.parameters != other.parameters or one.cumulations != other.cumulations:
        return False
    return all(Comparison(day).same(one.at(day), other.at(day)) for day in _days((*one.rules, *other.rules)))


def _days(rules: tuple[Rule, ...]) -> list[date]:
    """One day in each period during which no rule and no definition changes."""
    found = {day for rule in rules for day in (rule.period.start, rule.period.end) if day is not None}
    for rule in rules:
        for slot in slots(rule):
            for node in walk(slot.node):
                if isinstance(node, Dated):
                    found.update(date.fromordinal(start) for start, _ in node.versions)
    return sorted({date.min, *found})


class Comparison:
    """Compares trees on a day: a dated definition means what it says then."""

    def __init__(self, day: date) -> None:
        self.day = day

    def same(self, one: Any, other: Any) -> bool:
        """Whether two trees mean the same."""
        if one is other:
            return True
        if isinstance(one, tuple | list) and isinstance(other, tuple | list):
            return len(one) == len(other) and all(map(self.same, one, other))
        if not isinstance(one, Record) or not isinstance(other, Record):
            return bool(one == other)
        one, other = self._plain(one), self._plain(other)
        if _logical(one) and _logical(other) and self._same_truth(one, other):
            return True
        return type(one) is type(other) and all(map(self.same, one.as_tuple(), other.as_tuple()))

    def _plain(self, node: Any) -> Any:
        """What a definition says on the day; itself where it says nothing yet."""
        return unfolded(node, self.day)

    def _same_truth(self, one: Node, other: Node) -> bool:
        atoms = list(dict.fromkeys([*self._atoms(one), *self._atoms(other)]))
        ranges = [_range(atom) for atom in atoms]
        if prod(map(len, ranges)) > MOST:
            return False
        cases = (dict(zip(atoms, values, strict=True)) for values in product(*ranges))
        return all(self._truth(one, case) == self._truth(other, case) for case in cases)

    def _atoms(self, node: Any) -> Iterator[Node]:
        """What an expression rests on: the categories it tests, and yes/no parts of any other kind."""
        node = self._plain(node)
        if isinstance(node, Not):
            yield from self._atoms(node.operand)
        elif isinstance(node, Junction):
            for item in node.items:
                yield from self._atoms(item)
        elif isinstance(node, Within) and node.item.type.category in CATEGORIES:
            yield node.item
        else:
            yield node

    def _truth(self, node: Any, case: dict[Node, Any]) -> bool:
        node = self._plain(node)
        if isinstance(node, Not):
            return not self._truth(node.operand, case)
        if isinstance(node, Junction):
            fold = all if node.op == "and" else any
            return fold(self._truth(item, case) for item in node.items)
        if isinstance(node, Within) and node.item in case:
            return case[node.item] in node.choices
        return bool(case[node])


def _logical(node: Any) -> bool:
    return isinstance(node, Junction | Not | Within)


def _range(atom: Node) -> list[Any]:
    known = CATEGORIES.get(atom.type.category) if atom.type.kind == "category" else None
    return [False, True] if known is None else list(known.members)
