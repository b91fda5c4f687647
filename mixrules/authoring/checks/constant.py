"""What an expression is worth whatever the file says: always yes, never yes, or not known before the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf

from mixrules.quantity import Exact
from mixrules.rulebook.tree import (
    Choices,
    Collection,
    Compare,
    Dated,
    IfElse,
    Junction,
    Literal_,
    Named,
    Node,
    Not,
    Within,
)

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def truth(node: Node | Collection | Choices | None) -> bool | None:
    """Yes or no where the expression never depends on a file, else None."""
    if isinstance(node, Literal_):
        return node.value if isinstance(node.value, bool) else None
    if isinstance(node, Named):
        return truth(node.body)
    if isinstance(node, Dated):
        return _shared(truth(body) for _, body in node.versions)
    if isinstance(node, Not):
        inner = truth(node.operand)
        return None if inner is None else not inner
    if isinstance(node, Junction):
        return _junction(node)
    if isinstance(node, IfElse):
        chosen = truth(node.condition)
        if chosen is None:
            return _shared((truth(node.then), truth(node.otherwise)))
        return truth(node.then if chosen else node.otherwise)
    return _compared(node) if isinstance(node, Compare) else None


def exclude(one: Node, other: Node) -> bool:
    """Whether two conditions can never hold together, as far as their words tell."""
    return truth(Junction("and", (one, other))) is False


def _shared(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _junction(node: Junction) -> bool | None:
    decisive = node.op == "or"
    values = [truth(item) for item in node.items]
    if decisive in values:
        return decisive
    if all(value is (not decisive) for value in values):
        return not decisive
    if node.op == "and" and _contradictory(list(_conjuncts(node))):
        return False
    return None


def _conjuncts(node: Node) -> Iterator[Node]:
    """The conditions that must all hold, named ones spelt out."""
    if isinstance(node, Named):
        yield from _conjuncts(node.body)
    elif isinstance(node, Junction) and node.op == "and":
        for item in node.items:
            yield from _conjuncts(item)
    elif isinstance(node, Not) and isinstance(node.operand, Named):
        yield Not(_spelt(node.operand))
    else:
        yield node


def _spelt(node: Node) -> Node:
    return _spelt(node.body) if isinstance(node, Named) else node


def _contradictory(items: list[Node]) -> bool:
    if any(isinstance(item, Not) and item.operand in items for item in items):
        return True
    words: dict[Node, frozenset[str]] = {}
    bounds: dict[Node, tuple[Exact | float, bool, Exact | float, bool]] = {}
    for item in items:
        if isinstance(item, Within):
            words[item.item] = words.get(item.item, item.choices) & item.choices
        elif isinstance(item, Compare):
            _narrow(item, bounds)
    empty = any(
        low > high or (low == high and (low_open or high_open))
        for low, low_open, high, high_open in bounds.values()
    )
    return empty or any(not choices for choices in words.values())


def _narrow(item: Compare, bounds: dict[Node, tuple[Exact | float, bool, Exact | float, bool]]) -> None:
    op, subject, limit = item.op, item.left, item.right
    if isinstance(subject, Literal_):
        op, subject, limit = _TURNED[op], limit, subject  # type: ignore[assignment]
    if not isinstance(limit, Literal_) or isinstance(limit.value, bool | str) or limit.value is None:
        return
    low, low_open, high, high_open = bounds.get(subject, (-inf, False, inf, False))
    strict = op in {"<", ">"}
    if op in {">", ">=", "="} and (limit.value, strict) > (low, low_open):
        low, low_open = limit.value, strict
    if op in {"<", "<=", "="} and (limit.value < high or (limit.value == high and strict)):
        high, high_open = limit.value, strict
    bounds[subject] = (low, low_open, high, high_open)


def _compared(node: Compare) -> bool | None:
    left, right = node.left, node.right
    if not isinstance(left, Literal_) or not isinstance(right, Literal_):
        return None
    one, other = left.value, right.value
    if isinstance(one, str | bool) or isinstance(other, str | bool) or one is None or other is None:
        return None
    return {
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
        "=": one == other,
        "!=": one != other,
    }[node.op]
