"""What a name means where it stands: a field, a definition, a parameter, an input, a member of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from mixrules.message import suggest
from mixrules.programme.category import CATEGORIES
from mixrules.programme.vocabulary import DEPTH, ITEMS, OF_DISTRICT, SCOPES, FieldName, fields, item_fields
from mixrules.quantity import parse_unit
from mixrules.rulebook.model import Input, Parameter
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import DATE, TEXT, YES_NO, Dated, Fact, Field, Literal_, Lookup, Named, Node, Type

if TYPE_CHECKING:
    from lark import Token, Tree


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression, not checked until it is used: its type depends on where it stands."""

    name: str
    trees: tuple[tuple[date | None, Tree[Token]], ...]
    local: bool = False


@dataclass(frozen=True)
class Names:
    """Everything that can be named in a rulebook."""

    definitions: Mapping[str, Definition] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    rules: frozenset[str] = frozenset()

    def members(self, category: str) -> frozenset[str]:
        """The members of a built-in list, or of one that an input declares."""
        if category in CATEGORIES:
            return CATEGORIES[category].everything
        if category.startswith("parameter:"):
            return frozenset(self.parameters[category.partition(":")[2]].members)
        return frozenset(
            name
            for given in self.inputs.values()
            if given.type.category == category
            for name, _ in given.members
        )


@dataclass(frozen=True)
class Where:
    """Where an expression stands: at a scope, inside measures over items, inside definitions."""

    scope: str
    items: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    member: str = ""

    def over(self, item: str, *others: str) -> Where:
        """The same place, inside a measure over items; names are those of the first."""
        member = min((self._around(found) for found in (item, *others)), key=DEPTH.__getitem__)
        return replace(self, items=(*self.items, item), member=member)

    def _around(self, item: str) -> str:
        """The narrowest scope around each member of a collection: what a district lists stands beside it."""
        own = self.narrowest if item in OF_DISTRICT else "programme" if item == "premise" else item
        return max(own, self.narrowest, key=DEPTH.__getitem__)

    @property
    def narrowest(self) -> str:
        """The narrowest scope that surely is around what the expression speaks of."""
        return self.member or self.scope

    @property
    def subject(self) -> str:
        """What the expression speaks of: the innermost item or the scope."""
        return self.items[-1] if self.items else self.scope


def type_of(declared: FieldName) -> Type:
    """The type of a field of the vocabulary."""
    if declared.kind == "number":
        return Type("number", parse_unit(declared.unit)[0])
    if declared.kind == "category":
        return Type("category", category=declared.category)
    return {"yes_no": YES_NO, "date": DATE, "text": TEXT}[declared.kind]


def resolve(
    names: Names,
    where: Where,
    words: list[str],
    expected: Type | None,
    check: Callable[[Tree[Token], Where], Node],
) -> Node:
    """The meaning of a dotted name.

    Raises:
        ExpressionError: nobody knows it; the message suggests the nearest name.
    """
    path = ".".join(words)
    if len(words) == 1:
        found = _bare(names, where, path, expected, check)
        if found is not None:
            return found
    else:
        found = _dotted(names, where, words)
        if found is not None:
            return found
    raise _unknown(names, where, path, expected)


def _bare(
    names: Names, where: Where, name: str, expected: Type | None, check: Callable[[Tree[Token], Where], Node]
) -> Node | None:
    for item in reversed(where.items):
        if name in item_fields(item):
            declared = item_fields(item)[name]
            return Field(item, name, type_of(declared))
        given = names.inputs.get(name)
        if given is not None and given.group == "item" and given.owner == item:
            return Fact(item, "item", name, given.type)
    if name in names.definitions:
        if name in where.inside and _is_member(names, name, expected):
            return Literal_(name, expected)  # type: ignore[arg-type]
        if name in where.inside:
            raise ExpressionError("definition_circular", found=name)
        return _defined(names.definitions[name], replace(where, inside=(*where.inside, name)), check)
    parameter = names.parameters.get(name)
    if parameter is not None:
        if parameter.keys:
            raise ExpressionError("parameter_keyed", found=name)
        return Lookup(name, (), parameter.columns[0][0], parameter.columns[0][1])
    if expected is not None and expected.kind == "category" and name in names.members(expected.category):
        return Literal_(name, expected)
    if name in fields():
        return Field(fields()[name].owner, name, type_of(fields()[name]))
    own = f"programme.{name}"
    if own in fields() and not where.items and where.scope == "programme":
        return Field("programme", own, type_of(fields()[own]))
    return None


def _is_member(names: Names, name: str, expected: Type | None) -> bool:
    return expected is not None and expected.kind == "category" and name in names.members(expected.category)


def _defined(definition: Definition, where: Where, check: Callable[[Tree[Token], Where], Node]) -> Node:
    versions = [(start.toordinal() if start else 0, check(tree, where)) for start, tree in definition.trees]
    if definition.local:
        # A name given by `let` serves its rule only: prose says what it stands for.
        return versions[0][1]
    if len(versions) == 1 and not versions[0][0]:
        return Named(definition.name, versions[0][1], versions[0][1].type)
    return Dated(definition.name, tuple(sorted(versions, key=lambda v: v[0])), versions[0][1].type)


def _dotted(names: Names, where: Where, words: list[str]) -> Node | None:
    path = ".".join(words)
    declared = fields().get(path)
    if declared is not None:
        _within(where, declared.owner, path)
        return Field(declared.owner, path, type_of(declared))
    if words[0] == "evidence" and len(words) == 2:
        return Fact("programme", "evidence", words[1], YES_NO)
    given = names.inputs.get(path)
    if given is not None and given.group != "item":
        _within(where, given.owner, path)
        return Fact(given.owner, given.group, words[-1], given.type)
    return None


def _within(where: Where, owner: str, path: str) -> None:
    """A rule at district scale cannot read one programme's land: there may be several."""
    if owner not in SCOPES:
        return
    if DEPTH[where.narrowest] < DEPTH[owner]:
        raise ExpressionError("field_too_narrow", found=path, scope=where.scope, owner=owner)


def _unknown(names: Names, where: Where, path: str, expected: Type | None) -> ExpressionError:
    for item in ITEMS:
        if path in item_fields(item) and item not in where.items:
            return ExpressionError("field_of_item", found=path, item=item, subject=where.subject)
    known = [*fields(), *names.definitions, *names.parameters, *names.inputs]
    for item in where.items:
        known += item_fields(item)
    if expected is not None and expected.kind == "category":
        known += names.members(expected.category)
    near = suggest(path, known)
    return ExpressionError("name_unknown", found=path, near=near)
