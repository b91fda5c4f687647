"""The unknowns of a proof: what a file may say of its commune, its site, its dwellings, as variables of the solver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3

from mixrules.programme.category import CATEGORIES
from mixrules.programme.vocabulary import SCOPES
from mixrules.quantity import Exact
from mixrules.rulebook.tree import Aggregate, Fact, Field, Node
from mixrules.rulebook.walk import walk


@dataclass
class Symbols:
    """The variables made so far and what is always true of them; equal things share one variable."""

    facts: list[Any] = field(default_factory=list)
    asked: dict[Field | Fact, tuple[Any, Any]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)
    prefix: str = ""
    complete: bool = False
    """Whether every value is there: a missing one may be any, and no expression can tell but « is given »."""

    def code(self, word: str) -> Any:
        """A word of a list, or a text, as a number of its own."""
        return z3.IntVal(self.words.setdefault(word, len(self.words)))

    def word(self, code: int) -> str | None:
        """The word behind a number, or None for a text that no rule knows."""
        return next((word for word, known in self.words.items() if known == code), None)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """The same thing made once."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def real(self, name: str = "x") -> Any:
        """A new number."""
        return z3.FreshReal(self.prefix + name)

    def whole(self, name: str = "n") -> Any:
        """A new whole number."""
        return z3.FreshInt(self.prefix + name)

    def truth(self, name: str = "b") -> Any:
        """A new yes or no."""
        return z3.FreshBool(self.prefix + name)

    def value(self, node: Field | Fact) -> tuple[Any, Any]:
        """What a file gives, as a measure reads it."""
        value, given = self.ask(node)
        return value, z3.BoolVal(True) if self.complete else given

    def ask(self, node: Field | Fact) -> tuple[Any, Any]:
        """What a file gives: its value, and whether there is one (« sans objet » otherwise)."""
        if node not in self.asked:
            self.asked[node] = self._asked(node)
        return self.asked[node]

    def _asked(self, node: Field | Fact) -> tuple[Any, Any]:
        name = node.path if isinstance(node, Field) else f"{node.group}.{node.name}"
        kind = node.type.kind
        given = self.truth(f"given {name}")
        if kind == "yes_no":
            return self.truth(name), z3.BoolVal(True)
        if kind == "number":
            value = self.real(name)
            if isinstance(node, Field):
                # No field of a file is below zero.
                self.facts.append(value >= 0)
            return value, given
        value = self.whole(name)
        known = CATEGORIES.get(node.type.category) if kind == "category" else None
        if known is not None:
            self.facts.append(z3.Or([value == self.code(word) for word in known.members]))
        return value, given


def number(value: Exact) -> Any:
    """An exact number."""
    exact = Fraction(value)
    return z3.RealVal(f"{exact.numerator}/{exact.denominator}")


def same(one: Any, other: Any) -> bool:
    """Whether two terms are the very same."""
    return bool(one.eq(other))


def reads_members(node: Node, scope: str) -> bool:
    """Whether an expression inside a measure of a scope differs from member to member."""
    return any(
        isinstance(n, Aggregate) or (isinstance(n, Field | Fact) and not _shared(n.owner, scope))
        for n in walk(node)
    )


def _shared(owner: str, scope: str) -> bool:
    """Whether all members have one owner: the scope itself, or one that holds it."""
    return owner in SCOPES and SCOPES.index(owner) <= SCOPES.index(scope)
