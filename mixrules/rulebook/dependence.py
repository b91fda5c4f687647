"""Which rules read the outcome of which others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Field, Node, RuleOutcome
from mixrules.rulebook.walk import expressions, walk


def outcomes(rule: Rule) -> list[RuleOutcome]:
    """Where a rule reads the outcome of others."""
    return [n for node in expressions(rule) for n in walk(node) if isinstance(n, RuleOutcome)]


@lru_cache(maxsize=4096)
def reads(rule: Rule) -> tuple[str, ...]:
    """The rules whose outcome a rule reads."""
    return tuple(dict.fromkeys(name for outcome in outcomes(rule) for name in outcome.rules))


def granted_reads(rule: Rule) -> set[str]:
    """The advantages of which a rule asks whether they are granted."""
    return {name for outcome in outcomes(rule) if outcome.outcome == "granted" for name in outcome.rules}


def commune_reads(nodes: Iterable[Node]) -> frozenset[str]:
    """The facts of the commune that expressions read, through definitions or not."""
    return frozenset[str]().union(*map(_commune_reads, nodes))


@lru_cache(maxsize=16_384)
def _commune_reads(node: Node) -> frozenset[str]:
    read = (n.path for n in walk(node) if isinstance(n, Field))
    return frozenset(path for path in read if path.startswith("commune."))


def circles(rules: Iterable[Rule]) -> list[list[str]]:
    """Rules that depend on their own outcome, through others or not."""
    graph: dict[str, list[str]] = {}
    for rule in rules:
        graph.setdefault(rule.id, []).extend(reads(rule))
    found: list[list[str]] = []
    clear: set[str] = set()

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            found.append([*path[path.index(name) :], name])
            return
        if name in clear:
            return
        for other in graph.get(name, ()):
            visit(other, [*path, name])
        clear.add(name)

    for name in graph:
        visit(name, [])
    return found
