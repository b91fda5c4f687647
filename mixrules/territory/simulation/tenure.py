"""Which dwellings a rule asks for: the tenures that its measures count, where they all count the same."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.programme.category import TENURE
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import (
    Compare,
    Count,
    Dated,
    Field,
    Junction,
    Literal_,
    Named,
    Node,
    Not,
    Share,
    Within,
)
from mixrules.rulebook.walk import walk


def counted(rule: Rule) -> frozenset[str]:
    """The tenures that a rule counts whatever else holds; none where it counts several sets, or no tenure."""
    found = set(_sets(rule.require)) if rule.require is not None else set()
    return found.pop() if len(found) == 1 else frozenset()


def _sets(require: Node) -> Iterator[frozenset[str]]:
    for node in walk(require):
        part = node.part if isinstance(node, Share) else node.over.where if isinstance(node, Count) else None
        if part is not None:
            tenures = frozenset(tenure for tenure in TENURE.members if _holds(part, tenure))
            if tenures and tenures != TENURE.everything:
                yield tenures


def _holds(node: Node, tenure: str) -> bool | None:
    """Whether a dwelling of a tenure is counted; None where the tenure alone does not say."""
    if isinstance(node, Named):
        return _holds(node.body, tenure)
    if isinstance(node, Dated):
        return _holds(node.versions[-1][1], tenure)
    if isinstance(node, Not):
        held = _holds(node.operand, tenure)
        return None if held is None else not held
    if isinstance(node, Junction):
        decisive = node.op == "or"
        held_all = [_holds(item, tenure) for item in node.items]
        return decisive if decisive in held_all else None if None in held_all else not decisive
    if isinstance(node, Within) and _is_tenure(node.item):
        return tenure in node.choices
    if isinstance(node, Compare) and _is_tenure(node.left) and isinstance(node.right, Literal_):
        return (node.right.value == tenure) is (node.op == "=")
    return None


def _is_tenure(node: Node) -> bool:
    return isinstance(node, Field) and (node.owner, node.path) == ("dwelling", "tenure")
