"""The typed tree: what a rulebook means once every name and unit has been checked.

Nodes are plain data. Each back end (exact evaluation, inference, prose, SQL) is a reading of the same tree.
"""

from __future__ import annotations

from typing import Literal

from mixrules.quantity import RATIO, Exact, Unit
from mixrules.record import Record

ValueKind = Literal["number", "yes_no", "category", "text", "date"]


class Type(Record):
    """The type of an expression; numbers have a unit, categories a list."""

    kind: ValueKind
    unit: Unit = RATIO
    category: str = ""

    def __str__(self) -> str:
        if self.kind == "number":
            return f"a number ({self.unit.described})"
        names = {"yes_no": "yes or no", "text": "a text", "date": "a date"}
        return f"a {self.category}" if self.kind == "category" else names[self.kind]


YES_NO = Type("yes_no")
DATE = Type("date")
TEXT = Type("text")


class Literal_(Record):  # noqa: N801 - `Literal` is typing's
    """A number, a date (as its ordinal), a text, a yes or a no; `None` stands for « sans objet »."""

    value: Exact | str | bool | float | None
    type: Type


class Choices(Record):
    """A set of members of a category, or of texts."""

    members: frozenset[str]
    type: Type


class Field(Record):
    """A field of the submission: whose (a scope or an item) and which."""

    owner: str
    path: str
    type: Type


class Fact(Record):
    """A further input that the rulebook declares."""

    owner: str
    group: str
    name: str
    type: Type


class Named(Record):
    """A definition where it is used; the name serves the prose."""

    name: str
    body: Node
    type: Type


class Dated(Record):
    """A definition whose meaning changed: the version in force at the law date counts."""

    name: str
    versions: tuple[tuple[int, Node], ...]
    type: Type


class Not(Record):
    """Negation."""

    operand: Node
    type: Type = YES_NO


class Junction(Record):
    """A conjunction (`and`) or a disjunction (`or`)."""

    op: Literal["and", "or"]
    items: tuple[Node, ...]
    type: Type = YES_NO


class Compare(Record):
    """A comparison of two numbers or dates, or an equality."""

    op: Literal["<", "<=", ">", ">=", "=", "!="]
    left: Node
    right: Node
    type: Type = YES_NO


class Within(Record):
    """Membership of a category or a text in a set."""

    item: Node
    choices: frozenset[str]
    type: Type = YES_NO


class HasKey(Record):
    """Whether a keyed parameter holds a key."""

    key: Node
    parameter: str
    type: Type = YES_NO


class Given(Record):
    """Whether a value exists: no when it is « sans objet » or not claimed, unknown when nobody said."""

    operand: Node
    type: Type = YES_NO


class Arithmetic(Record):
    """A sum, difference, product or quotient."""

    op: Literal["+", "-", "*", "/"]
    left: Node
    right: Node
    type: Type


class Rounding(Record):
    """A rounding that the rule asks for, to a multiple of `step`."""

    mode: Literal["ceil", "floor", "round_half_up", "round_half_even", "abs"]
    operand: Node
    step: Exact
    type: Type


class Power(Record):
    """A ratio multiplied by itself a whole number of times: interest, indexation."""

    base: Node
    exponent: Node
    type: Type = Type("number")


class Elapsed(Record):
    """How many whole months or years have passed from one day to another."""

    start: Node
    end: Node
    type: Type


class Extremum(Record):
    """The lesser or the greater of several values."""

    op: Literal["min", "max"]
    items: tuple[Node, ...]
    type: Type


class IfElse(Record):
    """A choice between two values."""

    condition: Node
    then: Node
    otherwise: Node
    type: Type


class Lookup(Record):
    """A value of a dated parameter, keyed or not; `column` for a record."""

    parameter: str
    keys: tuple[Node, ...]
    column: str
    type: Type


class Marginal(Record):
    """The sum of a table's rates, each on the part of the key that lies in its band."""

    table: Lookup
    type: Type


class Collection(Record):
    """Members of one or several collections that satisfy a condition."""

    sources: tuple[str, ...]
    where: Node | None = None


class Count(Record):
    """How many members."""

    over: Collection
    type: Type


class Total(Record):
    """A sum over members."""

    term: Node
    over: Collection
    type: Type


class Share(Record):
    """The part of a collection that satisfies a condition, by number or weighted (by area…)."""

    part: Node
    over: Collection
    weight: Node | None
    type: Type


class Average(Record):
    """An average over members, weighted or not."""

    term: Node
    weight: Node | None
    over: Collection
    type: Type


class Outermost(Record):
    """The least or the greatest value over members."""

    op: Literal["min", "max"]
    term: Node
    over: Collection
    type: Type


class Distinct(Record):
    """How many different values members take."""

    term: Node
    over: Collection
    type: Type


class Quantified(Record):
    """Whether all members, or at least one, satisfy a condition."""

    op: Literal["all", "any"]
    over: Collection
    condition: Node
    type: Type = YES_NO


class RuleOutcome(Record):
    """Whether rules of the same decision are met, or an advantage granted."""

    rules: tuple[str, ...]
    outcome: Literal["met", "granted"]
    type: Type = YES_NO


Node = (
    Literal_
    | Choices
    | Field
    | Fact
    | Named
    | Dated
    | Not
    | Junction
    | Compare
    | Within
    | HasKey
    | Given
    | Arithmetic
    | Rounding
    | Power
    | Elapsed
    | Extremum
    | IfElse
    | Lookup
    | Marginal
    | Count
    | Total
    | Share
    | Average
    | Outermost
    | Distinct
    | Quantified
    | RuleOutcome
)
Aggregate = Count | Total | Share | Average | Outermost | Distinct | Quantified
