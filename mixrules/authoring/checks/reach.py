"""Rules that can say something: they may apply, and somebody reads what they conclude."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mixrules.authoring.checks.constant import truth
from mixrules.authoring.manuscript import Manuscript
from mixrules.authoring.remark import Remark
from mixrules.rulebook.dependence import reads
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Node

if TYPE_CHECKING:
    from mixrules.authoring.proof.prover import Prover


def check(manuscript: Manuscript, prover: Prover | None = None) -> Iterator[Remark]:
    """Rules that never apply, and conditions that no advantage reads; with a solver, also what words do not show."""
    unread = _unread(manuscript)
    for written in manuscript.versions():
        rule, body = written.rule, (*written.path, written.rule.kind)
        silent = _never(prover, rule, rule.applies)
        if silent:
            yield manuscript.remark("error", "rule_never_applies", (*body, "applies_when"), what=rule.id)
        if rule.award is not None and not silent and _never(prover, rule, rule.require, rule.applies):
            yield manuscript.remark("error", "advantage_never_granted", (*body, "when"), what=rule.id)
        if rule.id in unread:
            unread.discard(rule.id)
            yield manuscript.remark("note", "condition_unread", ("rules", rule.id), key=True, what=rule.id)


def _never(prover: Prover | None, rule: Rule, node: Node | None, *others: Node | None) -> bool:
    """Whether a condition of a rule, with others, is never true: by its words, or proved."""
    if truth(node) is False:
        return True
    return prover is not None and node is not None and prover.never(rule, node, *others)


def _unread(manuscript: Manuscript) -> set[str]:
    """The conditions that no advantage reads, directly or through other rules."""
    rules = manuscript.book.rules
    graph: dict[str, set[str]] = {}
    for rule in rules:
        graph.setdefault(rule.id, set()).update(reads(rule))
    seen: set[str] = set()
    waiting = [rule.id for rule in rules if rule.kind == "advantage"]
    while waiting:
        for name in graph.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return {rule.id for rule in rules if rule.kind == "condition"} - seen
