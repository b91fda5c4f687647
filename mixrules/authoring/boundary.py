"""Which sides of each numeric comparison the examples visit: below, equal, above, and how close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any

from mixrules.engine.deliberation import Deliberation
from mixrules.engine.measure import Function, Measures
from mixrules.programme.scope import Element
from mixrules.quantity import Exact, Interval
from mixrules.rulebook.model import Period, Rulebook
from mixrules.rulebook.tree import Compare, Literal_, Node, Share
from mixrules.rulebook.walk import children

SIDES = ("below", "equal", "above")


@dataclass
class Visits:
    """What one comparison saw over all examples: the nearest distances on both sides, and whether it met."""

    below: Exact | None = None
    equal: bool = False
    above: Exact | None = None

    def see(self, distance: Exact) -> None:
        """Take note of how far the left side stands from the right one."""
        if distance == 0:
            self.equal = True
        elif distance < 0:
            self.below = distance if self.below is None else max(self.below, distance)
        else:
            self.above = distance if self.above is None else min(self.above, distance)

    def missing(self, node: Compare) -> list[str]:
        """The sides that no example visits, among those that exist."""
        seen = {"below": self.below is not None, "equal": self.equal, "above": self.above is not None}
        return [side for side in _sides(node) if not seen[side]]


def _sides(node: Compare) -> tuple[str, ...]:
    """The sides that a comparison has: nothing counts below zero, no share exceeds the whole."""
    bound = node.right.value if isinstance(node.right, Literal_) else None
    if bound == 0 and node.left.type.kind == "number":
        return ("equal", "above")
    if bound == 1 and isinstance(node.left, Share):
        return ("below", "equal")
    return SIDES


@dataclass
class Log:
    """The comparisons evaluated, by expression, scale of the element and day."""

    seen: dict[Node, dict[tuple[str, date], Visits]] = field(default_factory=dict)

    def see(self, node: Compare, scope: str, day: date, distance: Exact) -> None:
        """Take note of one evaluation."""
        self.seen.setdefault(node, {}).setdefault((scope, day), Visits()).see(distance)

    def of(self, node: Compare, scope: str | None, period: Period) -> Visits:
        """What a comparison saw during a period at a scale, or at every scale."""
        places = self.seen.get(node, {}).items()
        held = [v for (place, day), v in places if scope in {None, place} and period.holds(day)]
        found = Visits()
        for visits in held:
            for distance in (visits.below, visits.above, 0 if visits.equal else None):
                if distance is not None:
                    found.see(distance)
        return found


class WatchedMeasures(Measures):
    """Measures that write down what each numeric comparison saw."""

    def __init__(self, book: Rulebook, day: date, log: Log) -> None:
        super().__init__(book, day)
        self.log = log
        self._watched: dict[int, tuple[Node, Function]] = {}

    def of(self, node: Node) -> Function:
        """The function of a node, watched where it compares numbers or dates."""
        made = super().of(node)
        if not isinstance(node, Compare) or node.left.type.kind not in {"number", "date"}:
            return made
        if id(node) not in self._watched:
            self._watched[id(node)] = (node, self._watch(node, made))
        return self._watched[id(node)][1]

    def _watch(self, node: Compare, made: Function) -> Function:
        left, right = self.of(node.left), self.of(node.right)

        def watched(element: Element) -> Any:
            a, b = left(element), right(element)
            if _exact(a) and _exact(b):
                self.log.see(node, element.scope, self.day, a.value - b.value)
            return made(element)

        return watched


def _exact(value: Any) -> bool:
    return isinstance(value, Interval) and value.known and abs(value.lo) != inf


def watched(book: Rulebook, day: date, log: Log) -> Deliberation:
    """A deliberation whose comparisons are written down."""
    deliberation = Deliberation(book, day)
    deliberation.measures = WatchedMeasures(book, day, log)
    return deliberation


def comparisons(node: Any, *, nested: bool = False) -> Iterator[tuple[Compare, bool]]:
    """The numeric comparisons of an expression, and whether each stands inside a measure."""
    if isinstance(node, Compare) and node.left.type.kind in {"number", "date"}:
        yield node, nested
    inside = nested or hasattr(node, "over")
    for child in children(node):
        yield from comparisons(child, nested=inside)
