"""The direct evaluator: solves a network gate by gate."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.engine.network import Gate, Network, Truth, Wire

NAME = "direct"


def solve(network: Network, inputs: Sequence[Truth]) -> dict[str, Truth]:
    """The conclusions of a network for given atoms."""
    values: list[Truth] = list(inputs)
    for gate in network.gates:
        values.append(_value(gate, values))
    return {name: _read(wire, values) for name, wire in network.outputs}


def _read(wire: Wire, values: Sequence[Truth]) -> Truth:
    value = values[wire[0]]
    if value is None:
        return None
    return not value if wire[1] else value


def _value(gate: Gate, values: Sequence[Truth]) -> Truth:
    decisive = gate.op == "or"
    unknown = False
    for wire in gate.inputs:
        value = _read(wire, values)
        if value is decisive:
            return decisive
        unknown = unknown or value is None
    return None if unknown else not decisive
