"""Two exceptions that may both apply say which one prevails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from mixrules.authoring.checks.constant import exclude, truth
from mixrules.authoring.manuscript import Manuscript, Written
from mixrules.authoring.remark import Remark
from mixrules.rulebook.model import Override, Rule
from mixrules.rulebook.tree import Node

if TYPE_CHECKING:
    from mixrules.authoring.proof.prover import Prover


def check(manuscript: Manuscript, prover: Prover | None = None) -> Iterator[Remark]:
    """Pairs of exceptions without an order, and exceptions that never apply."""
    for written in manuscript.versions():
        yield from _pairs(manuscript, written, prover)
        for override in written.rule.overrides:
            if truth(override.when) is False or _never(prover, written.rule, override.when):
                path = (*written.path, "exceptions", override.name, "when")
                yield manuscript.remark("error", "exception_never", path, what=override.name)


def _never(prover: Prover | None, rule: Rule, *whens: Node) -> bool:
    """Whether exceptions of a rule are proved never to apply together where the rule applies."""
    return prover is not None and prover.never(rule, *whens, rule.applies)


def _pairs(manuscript: Manuscript, written: Written, prover: Prover | None) -> Iterator[Remark]:
    overrides = written.rule.overrides
    for one, two in combinations(overrides, 2):
        ordered = prevails(one, two, overrides) or prevails(two, one, overrides)
        apart = exclude(one.when, two.when) or _never(prover, written.rule, one.when, two.when)
        if ordered or apart:
            continue
        # The same effect twice: only the reason given depends on the order.
        level, code = ("error", "exceptions_unordered")
        if one.require == two.require:
            level, code = ("warning", "exceptions_alike")
        first = manuscript.draft.source.place((*written.path, "exceptions", one.name), key=True)
        path = (*written.path, "exceptions", two.name)
        found = {"what": written.rule.id, "one": one.name, "two": two.name, "line": first.line}
        yield manuscript.remark(level, code, path, key=True, **found)  # type: ignore[arg-type]


def prevails(one: Override, other: Override, overrides: tuple[Override, ...]) -> bool:
    """Whether an exception comes before another, directly or through others."""
    named = {o.name: o for o in overrides}
    seen: set[str] = set()
    waiting = [one.name]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in named:
            continue
        seen.add(name)
        if other.name in named[name].before:
            return True
        waiting += named[name].before
    return False
