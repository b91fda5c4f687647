"""The durable-rules evaluator: solves a network by forward chaining in a Rete engine.

durable-rules 2.0.28 has measured faults, and this module alone meets it. It is given closed facts only: one
integer a fact, made here, and never a number to compare or a text from a file. Unknown needs no negation:
each node carries two facts, « surely yes » and « possibly yes », and each gate is monotone in both. Joins are
between facts selected by equality alone, alternatives stay on one fact, every fact has an explicit
identifier (the same set in every session) and a rule that listens to it, and sessions are closed in all
cases. There are no timers, no threads, no events.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from typing import Any

from mixrules.engine.network import MOST_NODES, Gate, Network, Truth, Wire

VERSION = "2.0.28"
NAME = f"durable-rules {VERSION}"
SESSION = "decision"
SURE, POSSIBLE = 1, 0
Layers = tuple[int, ...]
PLAIN: Layers = (SURE,)
"""Where nothing is unknown, « surely » and « possibly » are the same: one layer says it all, in half the facts."""
BOTH: Layers = (SURE, POSSIBLE)
COLLECT_EVERY = 400


def available() -> bool:
    """Whether durable-rules can serve here: not on Python 3.13 and newer, nor on Windows."""
    if sys.version_info >= (3, 13) or sys.platform == "win32":
        return False
    from importlib.util import find_spec

    return find_spec("durable") is not None


class EngineFaultError(RuntimeError):
    """durable-rules failed or concluded less than it must: nothing may be issued."""


def _key(node: int, layer: int, value: int) -> int:
    return 4 * node + 2 * layer + value


def _wire_key(wire: Wire, layer: int, value: int, layers: Layers) -> int:
    """The fact that says a wire has a value; a negated wire reads the other layer, inverted."""
    node, negated = wire
    if not negated:
        return _key(node, layer, value)
    return _key(node, layer if layers == PLAIN else 1 - layer, 1 - value)


def _fnv(text: str) -> int:
    """FNV-1a on 32 bits: how durable-rules tells facts apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


class _Session:
    """What one session has concluded."""

    def __init__(self) -> None:
        self.known: set[int] = set()


class Rete:
    """One host for the process, with one ruleset a network."""

    def __init__(self) -> None:
        from durable.engine import Host

        class QuietHost(Host):  # type: ignore[misc]
            """A host without its two timer threads."""

            def _run(self) -> None:
                return

        self._host = QuietHost()
        self._names: dict[tuple[Network, Layers], str] = {}
        self._session = _Session()
        self._solved = 0

    def solve(self, network: Network, inputs: Sequence[Truth]) -> dict[str, Truth]:
        """The conclusions of a network for given atoms.

        Raises:
            EngineFaultError: the engine failed, or left a node without a conclusion.
        """
        layers = BOTH if None in inputs else PLAIN
        name = self._names.get((network, layers)) or self._register(network, layers)
        self._session = session = _Session()
        facts = [{"id": "open", "k": -1}]
        for node, truth in enumerate(inputs):
            for layer in layers:
                key = _key(node, layer, int(truth is True if layer == SURE else truth is not False))
                session.known.add(key)
                facts.append({"id": _identity(node, layer), "k": key})
        for fact in facts:
            fact["sid"] = SESSION
        try:
            state = self._host.assert_facts(name, facts)
        except Exception as error:
            raise EngineFaultError(f"{type(error).__name__}: {error}") from error
        finally:
            self._host.delete_state(name, SESSION)
        if not isinstance(state, dict) or "exception" in state:
            # Actions swallow every exception: the state alone tells.
            raise EngineFaultError(str(state))
        self._solved += 1
        if self._solved % COLLECT_EVERY == 0:
            # Every fired action leaves a reference cycle inside durable-rules.
            gc.collect()
        return {output: self._conclusion(wire, session, layers) for output, wire in network.outputs}

    @staticmethod
    def _conclusion(wire: Wire, session: _Session, layers: Layers) -> Truth:
        sure = _bit(wire, SURE, session, layers)
        possible = sure if layers == PLAIN else _bit(wire, POSSIBLE, session, layers)
        if sure and not possible:
            raise EngineFaultError(f"contradictory conclusion on node {wire[0]}")
        return True if sure else None if possible else False

    def _register(self, network: Network, layers: Layers) -> str:
        nodes = network.inputs + len(network.gates)
        if nodes > MOST_NODES:
            raise EngineFaultError(f"a rule needs {nodes} conditions and gates; {MOST_NODES} at most")
        identities = {_fnv(_identity(node, layer)) for node in range(nodes) for layer in (SURE, POSSIBLE)}
        if len(identities | {_fnv("open")}) != 2 * nodes + 1:
            raise EngineFaultError("two fact identifiers share one hash")
        name = f"network{len(self._names)}"
        self._host.set_rulesets({name: self._ruleset(network, layers)})
        self._names[network, layers] = name
        return name

    def _ruleset(self, network: Network, layers: Layers) -> dict[str, Any]:
        # Rules are numbered: definition order is firing order, and names are all the engine shows.
        rules: dict[str, Any] = {}
        for index, gate in enumerate(network.gates):
            node = network.inputs + index
            for layer in layers:
                for value in (1, 0):
                    rules[f"r{len(rules)}"] = self._rule(gate, node, layer, value, layers)
        rules["listen"] = {"all": [{"m": {"$gte": {"k": -1}}}], "cap": 1000, "run": _ignore}
        return rules

    def _rule(self, gate: Gate, node: int, layer: int, value: int, layers: Layers) -> dict[str, Any]:
        """One bit of one gate: a join of all its inputs, or any one of them."""
        keys = [_wire_key(wire, layer, value, layers) for wire in gate.inputs]
        if (gate.op == "and") == bool(value):
            antecedents: list[dict[str, Any]] = [{f"m{i}": {"k": key}} for i, key in enumerate(keys)]
        else:
            antecedents = [{"m": {"$or": [{"k": key} for key in keys]}}]
        return {"all": antecedents, "run": self._concluder(node, layer, value)}

    def _concluder(self, node: int, layer: int, value: int) -> Callable[[Any], None]:
        key, identity = _key(node, layer, value), _identity(node, layer)

        def conclude(c: Any) -> None:
            if key in self._session.known:
                return
            self._session.known.add(key)
            c.assert_fact({"id": identity, "sid": SESSION, "k": key})

        return conclude


def _bit(wire: Wire, layer: int, session: _Session, layers: Layers) -> bool:
    yes = _wire_key(wire, layer, 1, layers) in session.known
    no = _wire_key(wire, layer, 0, layers) in session.known
    if yes == no:
        raise EngineFaultError(f"node {wire[0]} has {'two conclusions' if yes else 'no conclusion'}")
    return yes


def _identity(node: int, layer: int) -> str:
    return f"n{node}{'s' if layer == SURE else 'p'}"


def _ignore(c: Any) -> None:  # noqa: ARG001 - durable-rules reads the number of parameters
    return


_rete: Rete | None = None


def solve(network: Network, inputs: Sequence[Truth]) -> dict[str, Truth]:
    """The conclusions of a network, from the one engine of this process."""
    global _rete  # noqa: PLW0603 - durable-rules wants one host a process
    if _rete is None:
        _rete = Rete()
    return _rete.solve(network, inputs)
