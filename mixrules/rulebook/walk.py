"""Going through a typed tree, node by node."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mixrules.record import Record
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Collection, Dated, Named, Node, Type


def expressions(rule: Rule) -> Iterator[Node]:
    """Every expression of a rule."""
    nodes: list[Node | None] = [rule.applies, rule.require]
    nodes += [o.when for o in rule.overrides] + [o.require for o in rule.overrides]
    nodes += [q.when for q in rule.questions]
    if rule.award is not None:
        award = rule.award
        nodes += [n for step in award.steps for n in (step.when, step.rate, step.amount)]
        nodes += [award.elected, award.base, award.claimed, *(cap.limit for cap in award.caps)]
    yield from (node for node in nodes if node is not None)


def all_expressions(book: Rulebook) -> Iterator[Node]:
    """Every expression of the rules of a rulebook, and of its limits across advantages."""
    for rule in book.rules:
        yield from expressions(rule)
    yield from (one.limit for one in book.cumulations if one.limit is not None)


def unfolded(node: Any, day: date) -> Any:
    """What a definition means on a day; itself where it says nothing yet."""
    while isinstance(node, Named | Dated):
        if isinstance(node, Named):
            node = node.body
            continue
        held = [body for start, body in node.versions if start <= day.toordinal()]
        if not held:
            return node
        node = held[-1]
    return node


def walk(node: Node | Collection) -> Iterator[Node | Collection]:
    """The node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node | Collection) -> Iterator[Node | Collection]:
    """The nodes directly below a node."""
    for value in node.as_tuple():
        if isinstance(value, tuple):
            for item in value:
                # A dated definition holds pairs of a day and a node.
                parts = item if isinstance(item, tuple) else (item,)
                yield from (part for part in parts if _is_node(part))
        elif _is_node(value):
            yield value


def deeper(node: Node, most: int) -> bool:
    """Whether a tree has more than a number of levels; no recursion, since it may be much deeper."""
    waiting: list[tuple[Node | Collection, int]] = [(node, 1)]
    while waiting:
        found, depth = waiting.pop()
        if depth > most:
            return True
        waiting += [(child, depth + 1) for child in children(found)]
    return False


def _is_node(value: object) -> bool:
    return isinstance(value, Record) and not isinstance(value, Type)
