"""What an expression of the typed tree becomes in SQL: a yes/no, a number, a category or a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mixrules.programme.category import CATEGORIES
from mixrules.quantity import ABSENT as SANS_OBJET
from mixrules.rulebook.model import Input
from mixrules.rulebook.tree import Type
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    OPEN,
    YES,
    RefusalError,
    Sql,
    both,
    case,
    is_open,
    related,
    sql,
    text,
    truth,
    whole,
)
from mixrules.territory.sql.number import Number


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes, no or null."""

    sql: Sql
    absent: Sql = NO


@dataclass(frozen=True, slots=True)
class Mask:
    """The members that a category may be, one bit each; null where even that is not known.

    `single` where it is known while compiling to be one member in every row.
    """

    sql: Sql
    members: tuple[str, ...]
    absent: Sql = NO
    single: bool = False

    def bits(self, chosen: frozenset[str]) -> int:
        """The bits of some members."""
        return bits(self.members, chosen)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, null where it is not known."""

    sql: Sql
    absent: Sql = NO


MOST_MEMBERS = 126
"""Members that a whole number of 128 bits holds, one bit each."""
Value = Truth | Mask | Text | Number


def bits(members: Sequence[str], chosen: frozenset[str]) -> int:
    """The bits of some members of a list."""
    return sum(1 << index for index, member in enumerate(members) if member in chosen)


def members_of(kind: Type, inputs: dict[str, Input]) -> tuple[str, ...]:
    """The members of a category, in the order of their bits."""
    if kind.category in CATEGORIES:
        found = tuple(CATEGORIES[kind.category].members)
    else:
        given = inputs.get(kind.category.removeprefix("input:"))
        found = tuple(member for member, _ in given.members) if given is not None else ()
    if not found or len(found) > MOST_MEMBERS:
        raise RefusalError("refusal_category", name=kind.category or "?")
    return found


def constant(value: Any, kind: Type, members: Sequence[str] = ()) -> Value:
    """A value of the engine that is known while compiling."""
    if kind.kind in {"number", "date"}:
        return number.ABSENT if value is SANS_OBJET else number.constant(value)
    absent = YES if value is SANS_OBJET else NO
    if kind.kind == "yes_no":
        return Truth(truth(value) if value is not SANS_OBJET else OPEN, absent)
    if kind.kind == "category":
        held = isinstance(value, frozenset)
        return Mask(whole(bits(members, value)) if held else Sql("NULL::BIGINT"), tuple(members), absent)
    return Text(text(value) if isinstance(value, str) else Sql("NULL::VARCHAR"), absent)


def choose(when: Sql, then: Value, otherwise: Value) -> Truth | Mask | Text:
    """One of two values that are no numbers; where the condition is not known, what may be said of both.

    Raises:
        RefusalError: two categories that have not the same members.
    """
    if isinstance(then, Number) or isinstance(otherwise, Number) or type(then) is not type(otherwise):
        raise RefusalError("refusal_choice_kinds")
    absent = case(when, then.absent, otherwise.absent)
    unknown = is_open(when)
    if unknown != NO:
        absent = case(unknown, both(then.absent, otherwise.absent), absent)
    one = case(when, then.sql, otherwise.sql)
    torn = related(then.absent, "<>", otherwise.absent)
    if isinstance(then, Mask) and isinstance(otherwise, Mask):
        if then.members != otherwise.members:
            raise RefusalError("refusal_choice_categories")
        any_ = case(torn, Sql("NULL::BIGINT"), sql("({} | {})", then.sql, otherwise.sql))
        return Mask(case(unknown, any_, one), then.members, absent)
    same = case(torn, OPEN, related(then.sql, "=", otherwise.sql))
    made = case(unknown, sql("CASE WHEN {} THEN {} END", same, then.sql, sure=False), one)
    return Truth(made, absent) if isinstance(then, Truth) else Text(made, absent)


__all__ = ["Mask", "Text", "Truth", "Value", "bits", "choose", "constant", "members_of"]
