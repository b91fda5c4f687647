"""What is missing: the fields that would settle a value which is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mixrules.engine.measure import Measures
from mixrules.programme.scope import Element
from mixrules.quantity import ABSENT, Interval
from mixrules.rulebook.tree import (
    Average,
    Count,
    Dated,
    Distinct,
    Fact,
    Field,
    Lookup,
    Named,
    Node,
    Outermost,
    Quantified,
    Share,
    Total,
)
from mixrules.rulebook.walk import children


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One missing field: its name, and the element that lacks it."""

    field: str
    where: str
    owner: str = ""


def find(measures: Measures, node: Node, element: Element) -> Iterator[Gap]:
    """The gaps behind a value; nothing when the value is known."""
    if is_known(measures.value(node, element)):
        return
    if isinstance(node, Field):
        yield _of_field(node, element)
    elif isinstance(node, Fact):
        name = node.name if node.group == "item" else f"{node.group}.{node.name}"
        yield Gap(name, _owner_path(node.owner, element), node.owner)
    elif isinstance(node, Named):
        yield from find(measures, node.body, element)
    elif isinstance(node, Dated):
        body = measures.dated(node)
        if body is None:
            yield Gap(f"definition:{node.name}", "", "rulebook")
        else:
            yield from find(measures, body, element)
    elif isinstance(node, Lookup) and (not node.keys or measures.table(node).version is None):
        yield Gap(f"parameter:{node.parameter}", "", "rulebook")
    elif isinstance(node, Count | Total | Share | Average | Outermost | Distinct | Quantified):
        yield from _of_measure(measures, node, element)
    else:
        for child in children(node):
            yield from find(measures, child, element)  # type: ignore[arg-type]


def _of_field(node: Field, element: Element) -> Gap:
    return Gap(node.path, _owner_path(node.owner, element), node.owner)


def _owner_path(owner: str, element: Element) -> str:
    try:
        return element.ancestor(owner).path
    except LookupError:
        return element.path


def _of_measure(
    measures: Measures,
    node: Count | Total | Share | Average | Outermost | Distinct | Quantified,
    element: Element,
) -> Iterator[Gap]:
    over = node.over
    inner = list(_terms(node))
    for source in over.sources:
        for member in element.collection(source):
            keep = True if over.where is None else measures.value(over.where, member.element)
            if keep is False:
                continue
            if member.least != member.most and member.doubt:
                yield Gap(member.doubt, member.element.path, member.element.scope)
            if keep is None and over.where is not None:
                yield from find(measures, over.where, member.element)
            for term in inner:
                if not member.element.supposed or member.element.scope != "dwelling":
                    yield from find(measures, term, member.element)


def _terms(node: Node) -> Iterator[Node]:
    if isinstance(node, Share):
        yield node.part
        if node.weight is not None:
            yield node.weight
    elif isinstance(node, Average):
        yield node.term
        if node.weight is not None:
            yield node.weight
    elif isinstance(node, Quantified):
        yield node.condition
    elif isinstance(node, Total | Outermost | Distinct):
        yield node.term


def is_known(value: Any) -> bool:
    """Whether a value is settled."""
    if value is ABSENT:
        return True
    if isinstance(value, Interval):
        return value.known
    if isinstance(value, frozenset):
        return len(value) == 1
    return value is not None
