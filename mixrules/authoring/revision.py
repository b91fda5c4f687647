"""What changed in a rulebook between two days: rules that appear or go, what each says otherwise, values, definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from mixrules.record import Record
from mixrules.rulebook.model import (
    Award,
    Cumulation,
    Override,
    Parameter,
    Row,
    Rule,
    Rulebook,
    Source,
    Version,
)
from mixrules.rulebook.tree import Dated, HasKey, Lookup, Node
from mixrules.rulebook.walk import expressions, walk


class Difference(Record):
    """One part of a rule that is not the same: which part, under which name, what it was and what it is.

    What it was and is: a tree, an exception, a question, a source, or a plain word; `None` where there is none.
    """

    part: str
    name: str
    before: Any
    after: Any


class RuleChange(Record):
    """A rule in force on both days that does not say the same."""

    before: Rule
    after: Rule
    differences: tuple[Difference, ...]


class DefinitionChange(Record):
    """A dated definition that does not mean the same on both days, and the rules that read it."""

    node: Dated
    before: Node | None
    after: Node | None
    readers: tuple[str, ...]


class ParameterChange(Record):
    """A parameter that does not hold the same on both days: rows before and after, by key."""

    parameter: Parameter
    rows: tuple[tuple[Row | None, Row | None], ...]
    source: tuple[Source | None, Source | None]


class Revision(Record):
    """What changed between two days."""

    book: Rulebook
    before: date
    after: date
    appeared: tuple[Rule | Cumulation, ...]
    gone: tuple[Rule | Cumulation, ...]
    changed: tuple[RuleChange, ...]
    definitions: tuple[DefinitionChange, ...]
    parameters: tuple[ParameterChange, ...]
    same_rules: int
    same_parameters: int


def revise(book: Rulebook, before: date, after: date, only: str = "") -> Revision:
    """Compare a rulebook, or one of its rules, as it stands on two days."""
    rules = [rule for rule in book.rules if only in {"", rule.id}]
    limits = [limit for limit in book.cumulations if only in {"", limit.id}]
    old = _held([*rules, *limits], before)
    new = _held([*rules, *limits], after)
    both = [(old[name], new[name]) for name in old if name in new]
    pairs = [(one, two) for one, two in both if isinstance(one, Rule) and isinstance(two, Rule)]
    changed = tuple(c for one, two in pairs if (c := RuleChange(one, two, differences(one, two))).differences)
    definitions = tuple(_definitions([r for pair in pairs for r in pair], before, after))
    read = {rule.id: _read([rule], book) for _, rule in pairs}
    parameters = _read(rules, book) if only else list(book.parameters.values())
    moved = tuple(m for p in parameters if (m := _parameter(p, before, after)) is not None)
    others = {name for definition in definitions for name in definition.readers}
    others |= {name for name, held in read.items() if any(m.parameter in held for m in moved)}
    known = [p for p in parameters if any(v is not None and v.rows for v in (p.at(before), p.at(after)))]
    return Revision(
        book,
        before,
        after,
        tuple(new[name] for name in new if name not in old),
        tuple(old[name] for name in old if name not in new),
        changed,
        definitions,
        moved,
        len(both) - len({change.after.id for change in changed} | others),
        len(known) - len(moved),
    )


def _held(items: Iterable[Rule | Cumulation], day: date) -> dict[str, Rule | Cumulation]:
    return {item.id: item for item in items if item.period.holds(day)}


# -- rules ---------------------------------------------------------------------------------------------


def differences(one: Rule, two: Rule) -> tuple[Difference, ...]:
    """What two versions of a rule do not say alike, in the order in which a rule is read."""
    found = [
        *_words(one, two, ("kind", "force", "scope", "applies", "require", "rounding", "when_empty")),
        *_awards(one.award, two.award),
        *_words(one, two, ("promise",)),
        *_listed("exception", one.overrides, two.overrides, lambda o: o.name, _same_exception),
        *_listed("question", one.questions, two.questions, lambda q: q.ask, lambda a, b: a == b),
    ]
    if one.source != two.source:
        found.append(Difference("source", "", one.source, two.source))
    return tuple(found)


def _words(one: Any, two: Any, fields: Iterable[str]) -> Iterator[Difference]:
    for field in fields:
        held = getattr(one, field), getattr(two, field)
        if held[0] != held[1]:
            yield Difference(field, "", *held)


def _awards(one: Award | None, two: Award | None) -> Iterator[Difference]:
    if one is None or two is None:
        return
    yield from _words(one, two, ("grants", "choice"))
    for field in ("when", "rate", "amount"):

        def same(a: Any, b: Any, field: str = field) -> bool:
            return bool(getattr(a, field) == getattr(b, field))

        for found in _listed(field, one.steps, two.steps, lambda s: s.name, same):
            held = (getattr(s, field) if s is not None else None for s in (found.before, found.after))
            difference = Difference(field, found.name, *held)
            if difference.before is not None or difference.after is not None:
                yield difference
    yield from _words(one, two, ("elected", "base"))
    for found in _listed("cap", one.caps, two.caps, lambda c: c.name, lambda a, b: a.limit == b.limit):
        limits = (c.limit if c is not None else None for c in (found.before, found.after))
        yield Difference("cap", found.name, *limits)
    yield from _words(one, two, ("claimed", "kept_while", "even_zero"))


def _listed(
    part: str,
    one: tuple[Any, ...],
    two: tuple[Any, ...],
    name: Callable[[Any], Any],
    same: Callable[[Any, Any], bool],
) -> Iterator[Difference]:
    """Items matched by name: those that changed, those that went, those that came."""
    old, new = {name(item): item for item in one}, {name(item): item for item in two}
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before is None or after is None or not same(before, after):
            yield Difference(part, str(key) if isinstance(key, str) else "", before, after)


def _same_exception(one: Override, two: Override) -> bool:
    return (one.when, one.require) == (two.when, two.require)


# -- definitions and parameters ------------------------------------------------------------------------


def _definitions(rules: list[Rule], before: date, after: date) -> Iterator[DefinitionChange]:
    readers: dict[Dated, dict[str, None]] = {}
    for rule in rules:
        for expression in expressions(rule):
            for node in walk(expression):
                if isinstance(node, Dated):
                    readers.setdefault(node, {})[rule.id] = None
    for node, names in readers.items():
        bodies = meaning(node, before), meaning(node, after)
        if bodies[0] != bodies[1]:
            yield DefinitionChange(node, *bodies, tuple(names))


def meaning(node: Dated, day: date) -> Node | None:
    """What a dated definition means on a day; `None` before its first version."""
    held = [body for start, body in node.versions if start <= day.toordinal()]
    return held[-1] if held else None


def _read(rules: list[Rule], book: Rulebook) -> list[Parameter]:
    """The parameters that rules read, each once."""
    nodes = (n for rule in rules for expression in expressions(rule) for n in walk(expression))
    names = dict.fromkeys(n.parameter for n in nodes if isinstance(n, Lookup | HasKey))
    return [book.parameters[name] for name in names]


def _parameter(parameter: Parameter, before: date, after: date) -> ParameterChange | None:
    old, new = parameter.at(before), parameter.at(after)
    rows = {key: (_row(old, key), _row(new, key)) for v in (old, new) if v for key in _keys(v)}
    moved = tuple(pair for pair in rows.values() if pair[0] != pair[1])
    if not moved:
        return None
    sources = old.source if old else None, new.source if new else None
    return ParameterChange(parameter, moved, sources)


def _keys(version: Version) -> list[tuple[Any, ...]]:
    return [row.keys for row in version.rows]


def _row(version: Version | None, keys: tuple[Any, ...]) -> Row | None:
    return next((row for row in version.rows if row.keys == keys), None) if version is not None else None
