"""Names that no rule reads: definitions, parameters, further facts, local names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mixrules.authoring.manuscript import Manuscript
from mixrules.authoring.remark import Remark
from mixrules.rulebook.document import AdvantagePart, Part, TestPart
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Dated, Fact, HasKey, Lookup, Named, Node
from mixrules.rulebook.walk import expressions, walk

SECTIONS = {
    "definitions": "unused_definitions",
    "parameters": "unused_parameters",
    "inputs": "unused_inputs",
}
"""The sections whose names must serve, each with the message that says that one does not."""


def check(manuscript: Manuscript, dependents: Iterable[Manuscript]) -> Iterator[Remark]:
    """The names of a rulebook that neither its rules nor those of the rulebooks that use it read."""
    part = manuscript.draft.part
    written = [(section, name) for section in SECTIONS for name in getattr(part, section)]
    left = set(written) - read_by(manuscript)
    for other in dependents if left else ():
        left -= read_by(other)
    for section, name in written:
        if (section, name) in left:
            yield manuscript.remark("note", SECTIONS[section], (section, name), key=True, what=name)
    yield from _lets(manuscript)


def _lets(manuscript: Manuscript) -> Iterator[Remark]:
    for written in manuscript.versions():
        body = getattr(written.part, written.rule.kind)
        if isinstance(body, TestPart | AdvantagePart):
            spoken = [set(_words(text)) for text in _expressions(written.part)]
            for name, text in body.let.items():
                # Each name stands in its own expression's place once: elsewhere, or nowhere.
                own = name in set(_words(text))
                if sum(name in words for words in spoken) <= own:
                    path = (*written.path, written.rule.kind, "let", name)
                    yield manuscript.remark("note", "unused_definitions", path, key=True, what=name)


def read_by(manuscript: Manuscript) -> set[tuple[str, str]]:
    """The definitions, parameters and inputs that the rules of a rulebook read, or that open it."""
    book = manuscript.book
    found: set[tuple[str, str]] = {("definitions", name) for name in _definitions(manuscript)}
    found.update(("inputs", name) for name in manuscript.draft.part.opened_by)
    for rule in book.rules:
        found.update(_named(expressions(rule)))
        found.update(("inputs", f"evidence.{_bare(name)}") for name in _evidence(rule))
    found.update(_named(c.limit for c in book.cumulations if c.limit is not None))
    return found


def _definitions(manuscript: Manuscript) -> set[str]:
    """The definitions named by the rules, or by a definition so named: a set of words leaves none in the tree."""
    part, known = manuscript.draft.part, manuscript.draft.definitions
    parts: list[Part] = [*part.rules.values(), *part.cumulation.values()]
    waiting = [word for p in parts for text in _expressions(p) for word in _words(text)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            trees = [tree for _, tree in known[name].trees]
            waiting += [str(token) for tree in trees for token in tree.scan_values(lambda _: True)]
    return found


def _expressions(part: Part) -> Iterator[str]:
    """The expressions written in a part of a rulebook."""
    for name, value in part:
        if isinstance(value, str) and name in _WRITTEN:
            yield value
        elif isinstance(value, Part):
            yield from _expressions(value)
        elif isinstance(value, list | dict):
            held = list(value.values()) if isinstance(value, dict) else value
            for item in held:
                if isinstance(item, Part):
                    yield from _expressions(item)
                elif isinstance(item, str) and name in {"let", "cap"}:
                    yield item


_WRITTEN = frozenset(
    {"when", "require", "applies_when", "rate", "amount", "of", "elected", "claimed", "limit"}
)
_WORD = re.compile(r"[^\W\d][\w.]*(?:-[\w.]+)*")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _evidence(rule: Rule) -> tuple[str, ...]:
    return rule.promise.evidence if rule.promise is not None else ()


def _bare(name: str) -> str:
    return name.removeprefix("evidence.")


def _named(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    for expression in nodes:
        for node in walk(expression):
            if isinstance(node, Named | Dated):
                yield "definitions", node.name
            elif isinstance(node, Lookup | HasKey):
                yield "parameters", node.parameter
            elif isinstance(node, Fact):
                yield "inputs", node.name if node.group == "item" else f"{node.group}.{node.name}"
