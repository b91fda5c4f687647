"""The logic of a decision as a network of gates over atoms that are yes, no or unknown.

A rule's condition, its exceptions and the statuses it may take are one network: two evaluators solve it
independently, and a decision is issued only when they agree. The logic is Kleene's strong three-valued one:
what is unknown stays unknown unless the rest already decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mixrules.rulebook.tree import Dated, Junction, Literal_, Named, Node, Not

Truth = bool | None
"""Yes, no, or unknown."""
Wire = tuple[int, bool]
"""The output of a node, and whether it is negated."""
WIDEST = 12
"""Inputs of one gate at most: durable-rules joins fewer than 16 facts."""


MOST_NODES = 100
"""Conditions and gates of one rule at most: a ruleset stays far under the 511 tests that one alpha node can hold."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A conjunction or disjunction of wires."""

    op: Literal["and", "or"]
    inputs: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Inputs come first (0 … inputs-1), then gates in order; outputs are named wires."""

    inputs: int
    gates: tuple[Gate, ...]
    outputs: tuple[tuple[str, Wire], ...]


Solver = Callable[[Network, Sequence[Truth]], dict[str, Truth]]


class Builder:
    """Builds a network; equal atoms and equal gates are shared."""

    def __init__(self) -> None:
        self.atoms: dict[object, int] = {}
        self.gates: dict[Gate, int] = {}
        self.outputs: list[tuple[str, Wire]] = []
        self._pending: list[Gate] = []

    def atom(self, key: object) -> Wire:
        """The wire of an input, made at its first use."""
        if key not in self.atoms:
            self.atoms[key] = len(self.atoms)
        return (-1 - self.atoms[key], False)

    def both(self, *wires: Wire) -> Wire:
        """Yes when all are yes."""
        return self._gate("and", wires)

    def either(self, *wires: Wire) -> Wire:
        """Yes when one is yes."""
        return self._gate("or", wires)

    @staticmethod
    def no(wire: Wire) -> Wire:
        """The negation of a wire."""
        return (wire[0], not wire[1])

    def choose(self, condition: Wire, then: Wire, otherwise: Wire) -> Wire:
        """`then` if the condition holds, else `otherwise`; known also when both agree."""
        return self.either(
            self.both(condition, then), self.both(self.no(condition), otherwise), self.both(then, otherwise)
        )

    def _gate(self, op: Literal["and", "or"], wires: Iterable[Wire]) -> Wire:
        unique = tuple(dict.fromkeys(wires))
        if len(unique) == 1:
            return unique[0]
        while len(unique) > WIDEST:
            parts = [unique[i : i + WIDEST] for i in range(0, len(unique), WIDEST)]
            unique = tuple(self._gate(op, part) for part in parts)
        gate = Gate(op, unique)
        if gate not in self.gates:
            self.gates[gate] = len(self._pending)
            self._pending.append(gate)
        return (self.gates[gate], False)

    def formula(self, node: Node) -> Wire:
        """The wire of a yes/no expression: its connectives become gates, the rest are atoms."""
        if isinstance(node, Named):
            return self.formula(node.body)
        if isinstance(node, Not):
            return self.no(self.formula(node.operand))
        if isinstance(node, Junction):
            wires = [self.formula(item) for item in node.items]
            return self._gate(node.op, wires)
        return self.atom(node)

    def output(self, name: str, wire: Wire) -> None:
        """Name a wire as a conclusion."""
        self.outputs.append((name, wire))

    def build(self) -> tuple[Network, list[object]]:
        """The network, and what each input stands for."""
        count = len(self.atoms)

        def place(wire: Wire) -> Wire:
            index, negated = wire
            return (-1 - index if index < 0 else count + index, negated)

        gates = tuple(Gate(g.op, tuple(place(w) for w in g.inputs)) for g in self._pending)
        outputs = tuple((name, place(wire)) for name, wire in self.outputs)
        return Network(count, gates, outputs), list(self.atoms)


ALWAYS = Literal_(True, Not(Literal_(True, None)).type)  # type: ignore[arg-type]
"""An atom that is always yes."""
OPEN = "an open question"
"""An atom that is always unknown."""

__all__ = ["ALWAYS", "OPEN", "Builder", "Dated", "Gate", "Network", "Solver", "Truth", "Wire"]
