"""Going through a typed tree, node by node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from mixrules.rulebook.tree import Collection, Node, Type


def walk(node: Node | Collection) -> Iterator[Node | Collection]:
    """The node and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node | Collection) -> Iterator[Node | Collection]:
    """The nodes directly below a node."""
    kind: Any = type(node)
    for name in _names(kind):
        value = getattr(node, name)
        if isinstance(value, tuple):
            for item in value:
                if isinstance(item, tuple):
                    yield from (part for part in item if _is_node(part))
                elif _is_node(item):
                    yield item
        elif _is_node(value):
            yield value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _is_node(value: object) -> bool:
    return (
        is_dataclass(value)
        and not isinstance(value, Type | type)
        and hasattr(value, "__slots__")
        and (isinstance(value, Collection) or hasattr(value, "type"))
    )
