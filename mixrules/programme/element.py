"""The elements of a submission: each node of the scope tree, its members and what is known of its fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from math import inf
from typing import Any

from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.vocabulary import OF_DISTRICT, FieldName, fields, item_fields
from mixrules.quantity import ABSENT, UNLIMITED, Absent, Interval, point

Value = Interval | bool | frozenset[str] | str | Absent | None
"""What a field holds: `None` is an unknown text or yes/no; unknown numbers and categories are wide."""


@dataclass(frozen=True, slots=True)
class Member:
    """An element of a collection with how many there are at least and at most.

    `doubt` names the field that would settle the number where the two differ.
    """

    element: Element
    least: int
    most: int | float
    doubt: str = ""


@dataclass(eq=False, slots=True)
class Element:
    """One node of the tree, such as a programme, a landing or a line of dwellings."""

    scope: str
    name: str
    parent: Element | None
    record: object = None
    values: dict[str, Value] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    members: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    supposed: bool = False

    @property
    def path(self) -> str:
        """Where the element stands, from the programme down: `P1/A/1/R+2`."""
        parts: list[str] = []
        element: Element | None = self
        while element is not None and element.scope not in {"commune", "district"}:
            parts.insert(0, element.name)
            element = None if element.scope in OF_DISTRICT else element.parent
        return "/".join(parts) or self.name

    def ancestor(self, scope: str) -> Element:
        """The element of a wider scope that contains this one, or itself."""
        element: Element | None = self
        while element is not None:
            if element.scope == scope:
                return element
            element = element.parent
        raise LookupError(scope)

    def collection(self, name: str) -> tuple[Member, ...]:
        """The members of a collection inside this element, or inside what contains it."""
        element: Element | None = self
        while element is not None:
            found = element.members.get(name)
            if found is not None:
                return found
            element = element.parent
        return ()

    def get(self, path: str) -> Value:
        """The value of one of the element's own fields."""
        value = self.values.get(path, _UNREAD)
        if value is _UNREAD:
            value = self.values[path] = self._read(path)
        return value  # type: ignore[return-value]

    def _read(self, path: str) -> Value:
        declared = item_fields(self.scope).get(path) or fields()[path]
        if self.supposed:
            return unknown(declared)
        record: object = self.record
        for name in path.rpartition(".")[2:] if self.scope != "programme" else _steps(path):
            record = getattr(record, name)
        return to_value(record, declared)


_UNREAD = object()


def _steps(path: str) -> list[str]:
    head, _, tail = path.partition(".")
    return [tail] if head == "programme" else [head, tail]


@cache
def unknown(declared: FieldName) -> Value:
    """What is known of a field that was not given."""
    if declared.kind == "number":
        return Interval(0, inf)
    if declared.kind == "date":
        return Interval(-inf, inf)
    if declared.kind == "category":
        return CATEGORIES[declared.category].everything
    return None


def to_value(raw: object, declared: FieldName) -> Value:
    """A field as the engine reads it."""
    if raw is None:
        return unknown(declared)
    if raw == "none" and declared.kind in {"number", "date"}:
        return ABSENT
    if declared.kind == "text" and isinstance(raw, str) and fold(raw) in NONE_WORDS:
        return ABSENT
    if raw == "unlimited" and declared.kind == "number":
        return UNLIMITED
    if declared.kind == "number":
        assert isinstance(raw, int | Fraction)
        return point(raw)
    if declared.kind == "date":
        return point(raw.toordinal())  # type: ignore[attr-defined]
    return raw  # type: ignore[return-value]
