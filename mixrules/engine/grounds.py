"""The values on which a breach rests: which fields were read, and of which elements.

A finding below what is asked for rests on the dwellings that do not count for it; one above a limit, on those
that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mixrules.engine import observe
from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.engine.gaps import Gap as Ground
from mixrules.engine.law_date import LawDate
from mixrules.engine.measure import Measures
from mixrules.programme.model import Submission
from mixrules.programme.scope import Element, build
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import (
    Average,
    Collection,
    Compare,
    Count,
    Dated,
    Distinct,
    Fact,
    Field,
    Named,
    Node,
    Outermost,
    Quantified,
    RuleOutcome,
    Share,
    Total,
)
from mixrules.rulebook.walk import children, walk

__all__ = ["Ground", "of_breaches"]
"""A ground is written as a gap is: a field, and the element that holds it."""


@dataclass
class _Rule:
    rule: Rule
    measures: Measures


def of_breaches(
    decision: Decision, submission: Submission, books: Iterable[Rulebook], law: LawDate
) -> Iterator[tuple[Finding | Advantage, list[Ground]]]:
    """What each unmet finding and each refused claim rests on, in the order of the decision."""
    rules: dict[str, _Rule] = {}
    for book in books:
        measures = Measures(book, law.of(book))
        rules |= {rule.key: _Rule(rule, measures) for rule in book.at(law.of(book))}
    tree = build(submission)
    elements: dict[str, dict[str, Element]] = {}
    parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    for part in parts:
        known = rules.get(part.rule)
        if part.status not in {"unmet", "refused"} or known is None:
            continue
        if part.at not in elements:
            elements[part.at] = {e.path: e for e in tree.elements(part.at)}
        element = elements[part.at].get(part.scope)
        if element is not None:
            yield part, list(dict.fromkeys(_of_part(part, known, element)))


def _of_part(part: Finding | Advantage, known: _Rule, element: Element) -> Iterator[Ground]:
    award = known.rule.award
    if award is not None:
        if award.claimed is not None and getattr(part, "claimed", None) is not None:
            yield from _reads(known.measures, award.claimed, element)
        return
    exception = getattr(part, "exception", None)
    wanted = next((o.require for o in known.rule.overrides if o.name == exception and o.require), None)
    wanted = wanted or known.rule.require
    if wanted is None or any(isinstance(node, RuleOutcome) for node in walk(wanted)):
        return
    for check in observe.checks(known.measures, wanted, element):
        if check.truth is not True:
            yield from _of_check(known.measures, check.node, element)


def _of_check(measures: Measures, node: Node, element: Element) -> Iterator[Ground]:
    """What was observed, else what is required; of a share too small, the members outside it, else those inside."""
    if not isinstance(node, Compare):
        yield from _reads(measures, node, element)
        return
    left = _plain(measures, node.left)
    if not isinstance(left, Share):
        yield from list(_reads(measures, left, element)) or _reads(measures, node.right, element)
        return
    inside = node.op in {"<", "<="}
    for member, _, most, _ in measures.members(left.over, element):
        if most and measures.value(left.part, member) is inside:
            yield from _reads(measures, left.part, member)


def _plain(measures: Measures, node: Node) -> Node:
    while isinstance(node, Named | Dated):
        body = node.body if isinstance(node, Named) else measures.dated(node)
        if body is None:
            return node
        node = body
    return node


def _reads(measures: Measures, node: Node, element: Element) -> Iterator[Ground]:
    """Every field that an expression reads at an element."""
    node = _plain(measures, node)
    if isinstance(node, Field):
        yield _ground(node.path, node.owner, element)
    elif isinstance(node, Fact):
        yield _ground(node.name if node.group == "item" else f"{node.group}.{node.name}", node.owner, element)
    elif isinstance(node, Count | Total | Share | Average | Outermost | Distinct | Quantified):
        for member, _, most, _ in measures.members(node.over, element):
            if isinstance(node, Quantified) and measures.value(node.condition, member) is not False:
                continue
            if most and not member.supposed:
                for term in _terms(node):
                    yield from _reads(measures, term, member)
    else:
        for child in children(node):
            yield from _reads(measures, child, element)  # type: ignore[arg-type]


def _terms(node: Node) -> Iterator[Node]:
    """What a measure asks of each member: its condition, then what it adds up or compares."""
    for child in children(node):
        if not isinstance(child, Collection):
            yield child
        elif child.where is not None:
            yield child.where


def _ground(name: str, owner: str, element: Element) -> Ground:
    try:
        return Ground(name, element.ancestor(owner).path, owner)
    except LookupError:
        return Ground(name, element.path, owner)
