"""A share of dwellings rarely falls on a whole number: a rule that compares one says how the text rounds."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.authoring.manuscript import Manuscript
from mixrules.authoring.remark import Remark
from mixrules.rulebook.tree import Arithmetic, Compare, Count, Node, Share
from mixrules.rulebook.walk import walk


def check(manuscript: Manuscript) -> Iterator[Remark]:
    """Obligations (errors), conditions and ceilings (warnings) that leave the rounding unsaid."""
    for written in manuscript.versions():
        rule = written.rule
        if rule.award is not None or rule.rounding:
            continue
        asked = [rule.require, *(override.require for override in rule.overrides)]
        if any(compares_a_share(node) for node in asked if node is not None):
            level = "error" if rule.kind == "obligation" else "warning"
            path = (*written.path, rule.kind, "require")
            yield manuscript.remark(level, "rounding_unsaid", path, key=True, what=rule.id)  # type: ignore[arg-type]


def compares_a_share(node: Node) -> bool:
    """Whether an expression compares a share by number, or a rate times a number of dwellings."""
    compared = [c for c in walk(node) if isinstance(c, Compare)]
    return any(_is_share(part) for c in compared for side in (c.left, c.right) for part in walk(side))


def _is_share(node: object) -> bool:
    if isinstance(node, Share):
        return node.weight is None
    if not isinstance(node, Arithmetic) or node.op != "*":
        return False
    for rate, number in ((node.left, node.right), (node.right, node.left)):
        if rate.type.unit.is_ratio and any(isinstance(part, Count) for part in walk(number)):
            return True
    return False
