"""Expressions of rules as formulas of the solver.

A yes/no gives two formulas: one that holds wherever the expression is surely true, one wherever it is surely false;
neither where it is unknown. Both may hold too often, never too seldom. A number gives its value, and a formula that
holds wherever it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf
from typing import Any, Protocol

import z3

from mixrules.authoring.proof.symbols import Symbols, number, same
from mixrules.rulebook.model import Bounds, Row, Rulebook
from mixrules.rulebook.tree import (
    Aggregate,
    Arithmetic,
    Average,
    Compare,
    Extremum,
    Fact,
    Field,
    Given,
    HasKey,
    IfElse,
    Junction,
    Literal_,
    Lookup,
    Node,
    Not,
    Quantified,
    Rounding,
    Share,
    Within,
)
from mixrules.rulebook.walk import unfolded

YES, NO = z3.BoolVal(True), z3.BoolVal(False)
Pair = tuple[Any, Any]
"""Of a yes/no: surely true, surely false. Of a number: its value, and whether it has one."""
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


class Measuring(Protocol):
    """What gives the value of measures over collections."""

    def value(self, node: Aggregate) -> Pair:
        """The value of a measure, and whether it has one."""

    def ratio(self, node: Share | Average) -> Pair:
        """The part and the whole of which a share or an average is the quotient."""

    def truth(self, node: Quantified) -> Pair:
        """Whether all or any members satisfy a condition."""


class Translator:
    """Translates the expressions of one rulebook on one day."""

    def __init__(
        self, symbols: Symbols, book: Rulebook, day: date, measures: Measuring | None = None
    ) -> None:
        self.symbols, self.book, self.day, self.measures = symbols, book, day, measures

    def plain(self, node: Any) -> Any:
        """What a definition says on the day; itself where it says nothing yet."""
        return unfolded(node, self.day)

    def true(self, node: Node) -> Any:
        """Holds wherever the expression is surely true."""
        return self.both(node)[0]

    def false(self, node: Node) -> Any:
        """Holds wherever the expression is surely false."""
        return self.both(node)[1]

    def both(self, node: Node) -> Pair:
        """Both formulas of a yes/no."""
        node = self.plain(node)
        key = ("truth", self.book.id, self.day, node)
        return self.symbols.once(key, lambda: self._truth(node))  # type: ignore[no-any-return]

    def term(self, node: Node) -> Pair:
        """A number, a date, a word: its value, and whether it has one."""
        node = self.plain(node)
        key = ("term", self.book.id, self.day, node)
        return self.symbols.once(key, lambda: self._term(node))  # type: ignore[no-any-return]

    # -- yes and no ------------------------------------------------------------------------------------

    def _truth(self, node: Node) -> Pair:
        made = _TRUTHS.get(type(node))
        if made is not None:
            return made(self, node)
        if isinstance(node, Field | Fact):
            value, _ = self.symbols.ask(node)
            return value, z3.Not(value)
        return self.open()

    def open(self) -> Pair:
        """A yes/no of which nothing is known."""
        value = self.symbols.truth()
        return value, z3.Not(value)

    def _literal(self, node: Literal_) -> Pair:
        return (YES, NO) if node.value is True else (NO, YES) if node.value is False else (NO, NO)

    def _not(self, node: Not) -> Pair:
        true, false = self.both(node.operand)
        return false, true

    def _junction(self, node: Junction) -> Pair:
        pairs = [self.both(item) for item in node.items]
        every, some = (0, 1) if node.op == "and" else (1, 0)
        joined = z3.And([p[every] for p in pairs]), z3.Or([p[some] for p in pairs])
        return joined if node.op == "and" else (joined[1], joined[0])

    def _chosen(self, node: IfElse) -> Pair:
        when, unless = self.both(node.condition)
        one, other = self.both(node.then), self.both(node.otherwise)
        unknown = z3.Not(z3.Or(when, unless))
        return (
            z3.Or(z3.And(when, one[0]), z3.And(unless, other[0]), z3.And(unknown, one[0], other[0])),
            z3.Or(z3.And(when, one[1]), z3.And(unless, other[1]), z3.And(unknown, one[1], other[1])),
        )

    def _within(self, node: Within) -> Pair:
        value, has = self.term(node.item)
        inside = z3.Or([value == self.symbols.code(word) for word in sorted(node.choices)])
        return z3.And(has, inside), z3.And(has, z3.Not(inside))

    def _given(self, node: Given) -> Pair:
        operand = self.plain(node.operand)
        if operand.type.kind == "yes_no" or not isinstance(operand, Field | Fact | Lookup):
            return self.open()
        _, has = self.symbols.ask(operand) if isinstance(operand, Field | Fact) else self.term(operand)
        return has, z3.Not(has)

    def _has_key(self, node: HasKey) -> Pair:
        version = self.book.parameters[node.parameter].at(self.day)
        value, has = self.term(node.key)
        if version is None:
            return NO, NO
        inside = z3.Or([NO, *(self._reached(row, 0, value) for row in version.rows)])
        return z3.And(has, inside), z3.Or(z3.Not(has), z3.Not(inside))

    def _quantified(self, node: Quantified) -> Pair:
        return self.measures.truth(node) if self.measures is not None else self.open()

    def _compare(self, node: Compare) -> Pair:
        if node.left.type.kind == "yes_no":
            one, other = self.both(node.left), self.both(node.right)
            alike = z3.Or(z3.And(one[0], other[0]), z3.And(one[1], other[1]))
            apart = z3.Or(z3.And(one[0], other[1]), z3.And(one[1], other[0]))
            return (alike, apart) if node.op == "=" else (apart, alike)
        left, right = self._fraction(node.left), self._fraction(node.right)
        if left is not None and right is not None:
            # A share compared is a part compared with a multiple of the whole: nothing is divided.
            (a, over, has), (b, under, there) = left, right
            known, one, other = z3.And(has, there), _times(a, under), _times(b, over)
        else:
            (one, has), (other, there) = self.term(node.left), self.term(node.right)
            known = z3.And(has, there)
        return (
            z3.And(known, COMPARED[node.op](one, other)),
            z3.And(known, COMPARED[CONTRARY[node.op]](one, other)),
        )

    def _fraction(self, node: Node) -> tuple[Any, Any, Any] | None:
        """A quotient as its two terms (the lower above zero or `None`), and whether it has a value."""
        node = self.plain(node)
        if isinstance(node, Share | Average) and self.measures is not None:
            part, whole = self.measures.ratio(node)
            return part, whole, whole > 0
        if isinstance(node, Arithmetic) and node.op in {"+", "-"} and node.type.kind == "number":
            one, other = self._fraction(node.left), self._fraction(node.right)
            if one is None or other is None:
                return None
            over = one[1] if other[1] is None else other[1]
            if one[1] is not None and other[1] is not None and not same(one[1], other[1]):
                return None
            a, b = (part if under is not None else _times(part, over) for part, under, _ in (one, other))
            return (a + b if node.op == "+" else a - b), over, z3.And(one[2], other[2])
        value, has = self.term(node)
        return value, None, has

    # -- numbers, dates and words ----------------------------------------------------------------------

    def _term(self, node: Node) -> Pair:
        made = _TERMS.get(type(node))
        if made is not None:
            return made(self, node)
        if isinstance(node, Field | Fact):
            return self.symbols.value(node)
        if isinstance(node, Aggregate) and self.measures is not None:
            return self.measures.value(node)
        return self.blank(node)

    def blank(self, node: Node) -> Pair:
        """A value of which nothing is known, not even whether it is there."""
        value = self.symbols.real() if node.type.kind == "number" else self.symbols.whole()
        return value, self.symbols.truth()

    def _value(self, node: Literal_) -> Pair:
        if node.value is None:
            return self.blank(node)[0], NO
        if isinstance(node.value, str):
            return self.symbols.code(node.value), YES
        if node.value == inf:
            return self.symbols.real(), YES
        exact = number(node.value)  # type: ignore[arg-type]
        return (z3.IntVal(int(node.value)), YES) if node.type.kind == "date" else (exact, YES)

    def _arithmetic(self, node: Arithmetic) -> Pair:
        if node.type.kind == "date" or node.left.type.kind == "date":
            return self._calendar(node)
        (a, has), (b, there) = self.term(node.left), self.term(node.right)
        known = z3.And(has, there)
        if node.op == "/":
            return a / b, z3.And(known, b != 0)
        return {"+": a + b, "-": a - b, "*": a * b}[node.op], known

    def _calendar(self, node: Arithmetic) -> Pair:
        (a, has), (b, there) = self.term(node.left), self.term(node.right)
        known = z3.And(has, there)
        if node.right.type.kind == "date":
            return z3.ToReal(a - b), known
        if node.right.type.unit.powers[0][0] == "day":
            return (a + b if node.op == "+" else a - b), known
        return self.symbols.whole(), known

    def _rounding(self, node: Rounding) -> Pair:
        value, has = self.term(node.operand)
        if node.mode == "abs":
            return z3.If(value >= 0, value, -value), has
        step = number(node.step)
        steps = value / step
        if node.mode == "round_half_even":
            near = self.symbols.whole()
            half = number(1) / 2
            self.symbols.facts += [z3.ToReal(near) <= steps + half, z3.ToReal(near) >= steps - half]
            return z3.ToReal(near) * step, has
        whole = {
            "ceil": lambda: -z3.ToInt(-steps),
            "floor": lambda: z3.ToInt(steps),
            "round_half_up": lambda: z3.ToInt(steps + number(1) / 2),
        }[node.mode]()
        return z3.ToReal(whole) * step, has

    def _extremum(self, node: Extremum) -> Pair:
        terms = [self.term(item) for item in node.items]
        found = terms[0][0]
        for value, _ in terms[1:]:
            found = z3.If(value < found if node.op == "min" else value > found, value, found)
        return found, z3.And([has for _, has in terms])

    def _if_else(self, node: IfElse) -> Pair:
        when, unless = self.both(node.condition)
        (a, has), (b, there) = self.term(node.then), self.term(node.otherwise)
        choice = self.symbols.truth()
        self.symbols.facts += [z3.Implies(when, choice), z3.Implies(unless, z3.Not(choice))]
        return z3.If(choice, a, b), z3.If(choice, has, there)

    def _lookup(self, node: Lookup) -> Pair:
        parameter = self.book.parameters[node.parameter]
        version = parameter.at(self.day)
        if version is None:
            return self.blank(node)[0], NO
        place = [name for name, _ in parameter.columns].index(node.column)
        keys = [self.term(key) for key in node.keys]
        value, has = self.blank(node)[0], NO
        rows = sorted(version.rows, key=_step) if parameter.match == "step" else list(reversed(version.rows))
        for row in rows:
            here = z3.And([self._reached(row, i, key, parameter.match) for i, (key, _) in enumerate(keys)])
            held, there = self._cell(row, place, node)
            value, has = z3.If(here, held, value), z3.If(here, there, has)
        return value, z3.And(has, *(there for _, there in keys))

    def _reached(self, row: Row, place: int, key: Any, match: str = "exact") -> Any:
        """Whether a row is that of a key."""
        mark = row.keys[place]
        if isinstance(mark, str):
            return key == self.symbols.code(mark)
        if not isinstance(mark, Bounds):
            return key >= number(mark) if match == "step" else key == number(mark)
        ends = [YES]
        if mark.low is not None:
            ends.append(key > number(mark.low) if mark.low_open else key >= number(mark.low))
        if mark.high is not None:
            ends.append(key < number(mark.high) if mark.high_open else key <= number(mark.high))
        return z3.And(ends)

    def _cell(self, row: Row, place: int, node: Lookup) -> Pair:
        value = row.values[place]
        if value is None:
            return self.blank(node)[0], NO
        if row.until and row.until[place] is not None:
            return self.blank(node)[0], YES
        if node.type.kind == "yes_no":
            return self.blank(node)[0], YES
        return self._value(Literal_(value, node.type))

    def _looked_up(self, node: Lookup) -> Pair:
        """A yes/no that a table holds."""
        del node
        return self.open()


def _step(row: Row) -> Any:
    return row.keys[0]


def _times(term: Any, factor: Any) -> Any:
    return term if factor is None else term * factor


_TRUTHS: dict[type, Callable[[Translator, Any], Pair]] = {
    Literal_: Translator._literal,
    Not: Translator._not,
    Junction: Translator._junction,
    IfElse: Translator._chosen,
    Within: Translator._within,
    Given: Translator._given,
    HasKey: Translator._has_key,
    Quantified: Translator._quantified,
    Compare: Translator._compare,
    Lookup: Translator._looked_up,
}
_TERMS: dict[type, Callable[[Translator, Any], Pair]] = {
    Literal_: Translator._value,
    Arithmetic: Translator._arithmetic,
    Rounding: Translator._rounding,
    Extremum: Translator._extremum,
    IfElse: Translator._if_else,
    Lookup: Translator._lookup,
}
