"""From the typed tree to formulas: one method a construct; what formulas do not hold is refused by name.

A value is known exactly or not at all: where the engine would reason with bounds, the sheet says that it does not know.
What it does conclude, the engine concludes too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any

from mixrules.engine.tables import Table
from mixrules.programme.category import CATEGORIES
from mixrules.programme.placing import PLACES
from mixrules.programme.vocabulary import fields, item_fields
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import (
    Arithmetic,
    Average,
    Compare,
    Count,
    Dated,
    Distinct,
    Elapsed,
    Extremum,
    Fact,
    Field,
    Given,
    HasKey,
    IfElse,
    Junction,
    Literal_,
    Lookup,
    Marginal,
    Named,
    Node,
    Not,
    Outermost,
    Power,
    Quantified,
    Rounding,
    RuleOutcome,
    Share,
    Total,
    Within,
)
from mixrules.workbook.live import arithmetic, keyed, measures
from mixrules.workbook.live.formula import (
    ABSENT,
    ABSENT_NUMBER,
    EPOCH,
    NO,
    OPEN,
    YES,
    Choice,
    NotHeldError,
    Number,
    Text,
    Truth,
    Value,
    both,
    constant,
    either,
    no,
    quoted,
    says_none,
)
from mixrules.workbook.live.inputs import Inputs, Worded
from mixrules.workbook.live.ledger import Root, Rows
from mixrules.workbook.live.places import FIELDS, Places

ITEMS = ("dwelling", "premise", "existing", "shared_place")


@dataclass
class Compiler:
    """The formulas of one rulebook at one date."""

    book: Rulebook
    day: date
    inputs: Inputs
    places: Places
    outcome: Callable[[RuleOutcome, str], Truth]
    made: dict[tuple[Node, str], Value] = field(default_factory=dict)

    def value(self, node: Node, at: str) -> Value:
        """The value of a node for an element of a scope.

        Raises:
            NotHeldError: formulas do not hold one of its constructs.
        """
        key = (node, at)
        if key not in self.made:
            builder = _BUILDERS.get(type(node))
            if builder is None:
                raise NotHeldError(_NAMES.get(type(node), "live.construct"))
            self.made[key] = builder(self, node, at)
        return self.made[key]

    def truth(self, node: Node, at: str) -> str:
        """A yes/no value."""
        value = self.value(node, at)
        if not isinstance(value, Truth):
            raise NotHeldError("live.condition_another_type")
        return value.formula

    def number(self, node: Node, at: str) -> Number:
        """A number or a date."""
        value = self.value(node, at)
        if not isinstance(value, Number):
            raise NotHeldError("live.number_another_type")
        return value

    def sheet(self, at: str) -> Root | Rows:
        """Where the formulas of a scope stand."""
        return self.places.sheet(at)

    def keep(self, at: str, title: str, truth: str) -> Truth:
        """A truth in a cell of its own."""
        return Truth(truth if truth in {NO, OPEN, YES} else self.sheet(at).cell(title, truth))

    def table(self, node: Lookup) -> Table:
        """The table behind a lookup, in its version of the day."""
        return Table(self.book.parameters[node.parameter], node.column, self.day)

    # -- values ----------------------------------------------------------------------------------------

    def _literal(self, node: Literal_, at: str) -> Value:
        del at
        value = node.value
        if node.type.kind in {"number", "date"}:
            if value is None:
                return ABSENT_NUMBER
            if value == inf:
                raise NotHeldError("live.unlimited")
            return constant(value - (EPOCH if node.type.kind == "date" else 0))  # type: ignore[operator, arg-type]
        if node.type.kind == "yes_no":
            return Truth(OPEN if value is None else YES if value else NO)
        if node.type.kind == "category" and node.type.category in CATEGORIES:
            members = tuple(CATEGORIES[node.type.category].members)
            return Choice(str(members.index(str(value)) + 1), members)
        return Text(quoted(str(value)))

    def _field(self, node: Field, at: str) -> Value:
        if node.owner not in ITEMS:
            if node.path in {"programme.housing_floor_area", "programme.floor_area"}:
                return measures.stated_area(self, node.path)
            root = self.places.root
            return self.inputs.field(root, self.inputs.typed(node.path), fields()[node.path])
        declared = item_fields(at).get(node.path) if at in ITEMS else None
        if declared is None:
            raise NotHeldError("live.outside_list", path=node.path)
        cell = self.inputs.in_row(FIELDS[at], node.path)
        return self.inputs.field(self.sheet(at), cell, declared)

    def _fact(self, node: Fact, at: str) -> Value:
        name = node.name if node.group == "item" else f"{node.group}.{node.name}"
        given = self.book.inputs.get(name)
        if node.group == "evidence":
            return self.inputs.evidence(self.places.root, node.name)
        if node.group == "item":
            if at != "dwelling":
                raise NotHeldError("live.fact_other_things_than")
            return self.inputs.fact(
                self.sheet(at), self.inputs.fact_in_row(node.name), node.type, given, False
            )
        closed = node.group in {"claims", "elections"}
        return self.inputs.fact(self.places.root, self.inputs.typed(name), node.type, given, closed)

    def _named(self, node: Named, at: str) -> Value:
        return self.value(node.body, at)

    def _dated(self, node: Dated, at: str) -> Value:
        held = [body for start, body in node.versions if start <= self.day.toordinal()]
        if not held:
            raise NotHeldError("live.no_version", name=node.name)
        return self.value(held[-1], at)

    # -- logic -----------------------------------------------------------------------------------------

    def _not(self, node: Not, at: str) -> Value:
        return Truth(no(self.truth(node.operand, at)))

    def _junction(self, node: Junction, at: str) -> Value:
        join = both if node.op == "and" else either
        return self.keep(at, node.op, join(*(self.truth(item, at) for item in node.items)))

    def _compare(self, node: Compare, at: str) -> Value:
        if node.left.type.kind == "yes_no":
            left, right = self.truth(node.left, at), self.truth(node.right, at)
            same = f"IF(OR({left}=0.5,{right}=0.5),0.5,IF({left}={right},1,0))"
            return self.keep(at, "égalité", same if node.op == "=" else no(same))
        left_number, right_number = self.number(node.left, at), self.number(node.right, at)
        return self.keep(at, node.op, arithmetic.compare(node.op, left_number, right_number))

    def _within(self, node: Within, at: str) -> Value:
        item = self.value(node.item, at)
        if isinstance(item, Text):
            said = ",".join(f"EXACT({item.formula},{quoted(choice)})" for choice in sorted(node.choices))
            outside = f"IF(OR({said}),1,0)"
            return self.keep(at, "parmi", f'IF({item.formula}="",0.5,{outside})')
        if not isinstance(item, Choice):
            raise NotHeldError("live.membership_number")
        if node.choices >= frozenset(item.members) and isinstance(item, Worded):
            return Truth(YES)
        if isinstance(item, Worded):
            truths = self.inputs.words.within(item.category, node.choices)
            found = f"IF({item.place}>0,INDEX({truths},{item.place}),IF({item.code}<0,0,0.5))"
            return self.keep(at, "parmi", found)
        ranks = [str(n) for n, name in enumerate(item.members, start=1) if name in node.choices]
        inside = f"IF(OR({','.join(f'{item.code}={rank}' for rank in ranks)}),1,0)" if ranks else NO
        return self.keep(at, "parmi", f"IF({item.code}=0,0.5,{inside})")

    def _given(self, node: Given, at: str) -> Value:
        if node.operand.type.kind == "yes_no" and isinstance(node.operand, Lookup):
            raise NotHeldError("live.whether_yes_no_table")
        operand = self.value(node.operand, at)
        if isinstance(operand, Number):
            if operand.exact is not None:
                return Truth(YES)
            given = f'IF(ISNUMBER({operand.num}),1,IF({operand.num}="{ABSENT}",0,0.5))'
        elif isinstance(operand, Truth):
            given = f"IF({operand.formula}=0.5,0.5,1)"
        elif isinstance(operand, Worded):
            given = f"IF({operand.place}>0,1,IF({operand.code}<0,0,0.5))"
        elif isinstance(operand, Choice):
            given = f"IF({operand.code}>0,1,IF({operand.code}<0,0,0.5))"
        else:
            given = f'IF({operand.formula}="",0.5,IF({says_none(operand.formula)},0,1))'
        return self.keep(at, "donné", given)

    def _if_else(self, node: IfElse, at: str) -> Value:
        condition = self.truth(node.condition, at)
        then, otherwise = self.value(node.then, at), self.value(node.otherwise, at)
        if condition in {NO, YES}:
            return then if condition == YES else otherwise
        if isinstance(then, Truth) and isinstance(otherwise, Truth):
            a, b = then.formula, otherwise.formula
            chosen = f"IF({condition}=0.5,IF({a}={b},{a},0.5),IF({condition}=1,{a},{b}))"
            return self.keep(at, "si", chosen)
        if isinstance(then, Number) and isinstance(otherwise, Number):
            return arithmetic.choose(self.sheet(at), condition, then, otherwise)
        if isinstance(then, Choice) and isinstance(otherwise, Choice) and then.members == otherwise.members:
            chosen = f"IF({condition}=0.5,0,IF({condition}=1,{then.code},{otherwise.code}))"
            return Choice(self.sheet(at).cell("si", chosen), then.members)
        raise NotHeldError("live.choice_between_two_texts")

    def _outcome(self, node: RuleOutcome, at: str) -> Value:
        return self.outcome(node, at)

    # -- numbers ---------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic, at: str) -> Value:
        left, right = self.number(node.left, at), self.number(node.right, at)
        return arithmetic.operate(self.sheet(at), node, left, right)

    def _rounding(self, node: Rounding, at: str) -> Value:
        return arithmetic.rounded(self.sheet(at), node.mode, self.number(node.operand, at), node.step)

    def _extremum(self, node: Extremum, at: str) -> Value:
        items = [self.number(item, at) for item in node.items]
        found = items[0]
        for item in items[1:]:
            found = arithmetic.extreme(self.sheet(at), node.op, found, item)
        return found

    def scope_inside(self, source: str, at: str) -> bool:
        """Whether the members of a scope lie inside an element of another."""
        order = ("programme", *PLACES, "dwelling")
        return source in order and at in order and order.index(source) > order.index(at)


_NAMES: dict[type, str] = {
    Power: "live.power",
    Elapsed: "live.elapsed",
    Marginal: "live.marginal",
}
"""Constructs that formulas do not hold."""

_BUILDERS: dict[type, Callable[[Compiler, Any, str], Value]] = {
    Literal_: Compiler._literal,
    Field: Compiler._field,
    Fact: Compiler._fact,
    Named: Compiler._named,
    Dated: Compiler._dated,
    Lookup: keyed.lookup,
    HasKey: keyed.has_key,
    Not: Compiler._not,
    Junction: Compiler._junction,
    Compare: Compiler._compare,
    Within: Compiler._within,
    Given: Compiler._given,
    IfElse: Compiler._if_else,
    RuleOutcome: Compiler._outcome,
    Arithmetic: Compiler._arithmetic,
    Rounding: Compiler._rounding,
    Extremum: Compiler._extremum,
    Count: measures.count,
    Total: measures.total,
    Share: measures.share,
    Average: measures.average,
    Outermost: measures.outermost,
    Distinct: measures.distinct,
    Quantified: measures.quantified,
}
