"""The further facts, claims, elections and evidence of a file, read in the types that rulebooks declare."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from mixrules.message import Place, Problem
from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.model import Programme, Submission
from mixrules.programme.scope import Element, Value
from mixrules.quantity import ABSENT, UNKNOWN, UNLIMITED, Interval, NotExactError, parse_exact, point
from mixrules.rulebook.literal import read_day, read_quantity
from mixrules.rulebook.model import Input
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import Fact, Type

MOST_RATE = 4
"""400 %: no rate of these rules is greater; a greater one is a percentage without its sign."""
MOST_KEPT = 10_000
"""Values kept once converted: files of one corpus often say the same."""


class FactReader:
    """Reads facts in the types of one rulebook's inputs."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        self.inputs = inputs
        self._converted: dict[tuple[str, str, type, Any], Value] = {}

    def read(self, node: Fact, element: Element) -> Value:
        """A fact of an element; a claim or an election that is not made is « sans objet »."""
        closed = node.group in {"claims", "elections"}
        if element.supposed and node.group == "item":
            return self.unknown(node.type)
        raw = self._raw(node, element)
        if raw is None:
            if closed:
                return False if node.type.kind == "yes_no" else ABSENT
            return self.unknown(node.type)
        if not isinstance(raw, Hashable):
            return self._convert(raw, node)
        # Yes is not the number one, though Python says that they are equal.
        key = (node.group, node.name, type(raw), raw)
        if key not in self._converted:
            if len(self._converted) > MOST_KEPT:
                self._converted.clear()
            self._converted[key] = self._convert(raw, node)
        return self._converted[key]

    def _convert(self, raw: Any, node: Fact) -> Value:
        try:
            return convert(raw, node.type, self.members(node))
        except ValueError:
            return self.unknown(node.type)

    def _raw(self, node: Fact, element: Element) -> Any:
        if node.group == "item":
            return element.facts.get(node.name)
        owner = element.ancestor(node.owner)
        if node.group == "district.facts":
            return owner.facts.get(node.name)
        assert isinstance(owner.record, Programme)
        return getattr(owner.record, node.group).get(node.name)

    def members(self, node: Fact) -> frozenset[str]:
        """The members of the category that a fact takes."""
        name = node.name if node.group == "item" else f"{node.group}.{node.name}"
        given = self.inputs.get(name)
        return frozenset(m for m, _ in given.members) if given is not None else frozenset()

    def unknown(self, kind: Type) -> Value:
        """What is known of a fact that nobody gave."""
        if kind.kind in {"number", "date"}:
            return UNKNOWN
        if kind.kind == "category":
            if kind.category in CATEGORIES:
                return CATEGORIES[kind.category].everything
            given = self.inputs.get(kind.category.removeprefix("input:"))
            return frozenset(m for m, _ in given.members) if given is not None else None
        return None


def convert(raw: Any, kind: Type, members: frozenset[str]) -> Value:
    """A fact in its declared type.

    Raises:
        ValueError: it is none.
    """
    if kind.kind == "yes_no":
        return _yes_no(raw)
    if isinstance(raw, str) and fold(raw) in NONE_WORDS:
        return ABSENT
    if kind.kind == "number":
        return _number(raw, kind)
    if kind.kind == "date":
        try:
            return point(read_day(str(raw)[:10]).toordinal())
        except ExpressionError as error:
            raise ValueError(str(raw)) from error
    text = str(raw).strip()
    if kind.kind == "category":
        known = CATEGORIES.get(kind.category)
        found = known.read(text) if known is not None else frozenset({text}) & members
        if not found:
            raise ValueError(text)
        return found
    return text


def _yes_no(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw))
    if word in {"oui", "yes", "true", "1"}:
        return True
    if word in {"non", "no", "false", "0"} | NONE_WORDS:
        return False
    raise ValueError(str(raw))


def _number(raw: Any, kind: Type) -> Value:
    if isinstance(raw, str) and fold(raw) in {"unlimited", "illimite"}:
        return UNLIMITED
    try:
        if not isinstance(raw, str):
            return point(parse_exact(raw))
        try:
            return point(parse_exact(raw))
        except NotExactError:
            number, unit, _ = read_quantity(raw.replace(",", "."))
            kind.unit.unify(unit)
            return point(number)
    except (NotExactError, ExpressionError, ValueError) as error:
        raise ValueError(str(raw)) from error


@dataclass(frozen=True, slots=True)
class Offered:
    """A fact, claim or election that the file gives: its full name, its value, where it stands."""

    name: str
    raw: Any
    pointer: str


def offered(submission: Submission) -> Iterator[Offered]:
    """Every fact, claim and election of a file."""
    for index, programme in enumerate(submission.programmes):
        for group in ("facts", "claims", "elections"):
            for name, raw in getattr(programme, group).items():
                yield Offered(f"{group}.{name}", raw, f"/programmes/{index}/{group}/{name}")
        for line, dwelling in enumerate(programme.dwellings or ()):
            for name, raw in dwelling.facts.items():
                yield Offered(name, raw, f"/programmes/{index}/dwellings/{line}/facts/{name}")
    for name, raw in submission.district.facts.items():
        yield Offered(f"district.facts.{name}", raw, f"/district/facts/{name}")


def problems(submission: Submission, known: Mapping[str, Input]) -> list[Problem]:
    """Facts and claims that are not of the type which a rulebook declares."""
    found: list[Problem] = []
    for fact in offered(submission):
        given = known.get(fact.name)
        if given is None or fact.raw is None:
            continue
        place = Place(pointer=fact.pointer)
        try:
            value = convert(fact.raw, given.type, frozenset(m for m, _ in given.members))
        except ValueError:
            found.append(Problem.of("fact_wrong", place, name=fact.name, found=fact.raw, expected=given.type))
            continue
        if given.percent and isinstance(value, Interval) and _looks_like_percent(fact.raw, value):
            found.append(Problem.of("fact_percent", place, name=fact.name, found=fact.raw))
    return found


def _looks_like_percent(raw: Any, value: Interval) -> bool:
    """Whether a rate was written without its sign: 20 for 20 %."""
    return value.hi != inf and value.hi > (1 if isinstance(raw, int) else MOST_RATE)


def strangers(submission: Submission, known: Iterable[str]) -> list[Offered]:
    """Facts and claims that none of these inputs is called."""
    names = set(known)
    return [fact for fact in offered(submission) if fact.name not in names]
