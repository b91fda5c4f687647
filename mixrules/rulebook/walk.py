"""Going through a typed tree, node by node."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.record import Record
from mixrules.rulebook.tree import Collection, Node, Type


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


def _is_node(value: object) -> bool:
    return isinstance(value, Record) and not isinstance(value, Type)
