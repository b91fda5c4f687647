"""Type-checking functions of plain values: roundings, the lesser of several, powers, time elapsed, rates by band."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mixrules.quantity import Exact, parse_unit
from mixrules.rulebook import check_measure
from mixrules.rulebook.model import Bounds, Parameter, Row
from mixrules.rulebook.names import Where
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import (
    DATE,
    Arithmetic,
    Count,
    Dated,
    Distinct,
    Elapsed,
    Extremum,
    IfElse,
    Literal_,
    Lookup,
    Marginal,
    Named,
    Node,
    Power,
    Rounding,
    Type,
)

if TYPE_CHECKING:
    from lark import Token, Tree

    from mixrules.rulebook.check import Checker

ROUNDINGS = ("ceil", "floor", "round_half_up", "round_half_even", "abs")
ELAPSED = {"years_between": "year", "months_between": "month"}
FUNCTIONS = (*ROUNDINGS, *ELAPSED, "power", "marginal")
MOST_TIMES = 600
"""The greatest exponent: fifty years of months."""


def is_function(name: str, arguments: list[Tree[Token]]) -> bool:
    """Whether a call is a function of plain values; `min` and `max` of one collection are measures."""
    if name in {"min", "max"}:
        return len(arguments) > 1 and all(check_measure.is_plain(a) for a in arguments)
    return name in FUNCTIONS


def function(
    checker: Checker, name: str, arguments: list[Tree[Token]], where: Where, expected: Type | None
) -> Node:
    """Type a function.

    Raises:
        ExpressionError: arguments that it does not take.
    """
    if name in {"min", "max"}:
        return _extremum(checker, name, arguments, where, expected)
    if name in ROUNDINGS:
        return _rounding(checker, name, arguments, where)
    return _BUILDERS[name](checker, name, arguments, where)


def _plain(name: str, arguments: list[Tree[Token]], number: int, shape: str) -> list[Tree[Token]]:
    if len(arguments) != number or not all(check_measure.is_plain(a) for a in arguments):
        column = arguments[0].meta.column if arguments else 1
        raise ExpressionError("arguments_wrong", column, found=name, expected=shape)
    return [check_measure.split(a).value for a in arguments]


def _rounding(checker: Checker, name: str, arguments: list[Tree[Token]], where: Where) -> Node:
    parts = [check_measure.split(a) for a in arguments]
    # A clause left in (`188 €/m² of floor_area * …`) would change what is rounded, and say nothing.
    clauses = any(clause is not None for p in parts for clause in (p.of, p.where, p.weight))
    if [p.label for p in parts] not in (["", "to"], [""]) or clauses:
        raise ExpressionError("arguments_wrong", found=name, expected="(x) (x, to: 0.01)")
    operand = checker.check(parts[0].value, where)
    checker.numbers(operand, operand, parts[0].value.meta.column)
    step: Exact = 1
    if len(parts) > 1:
        literal = checker.check(parts[1].value, where)
        if (
            not isinstance(literal, Literal_)
            or not isinstance(literal.value, int | Exact)
            or literal.value <= 0
        ):
            raise ExpressionError("step_expected", parts[1].value.meta.column)
        step = literal.value
    return Rounding(name, operand, step, operand.type)  # type: ignore[arg-type]


def _extremum(
    checker: Checker, name: str, arguments: list[Tree[Token]], where: Where, expected: Type | None
) -> Node:
    nodes = [checker.check(check_measure.split(a).value, where, expected) for a in arguments]
    found = nodes[0].type
    for node in nodes[1:]:
        if node.type.kind != found.kind or found.kind not in {"number", "date"}:
            raise ExpressionError("type_differs", found=node.type, expected=found)
        if found.kind == "number":
            found = Type("number", checker.unify(found.unit, node.type.unit))
    return Extremum(name, tuple(nodes), found)  # type: ignore[arg-type]


# -- interest and indexation ---------------------------------------------------------------------------


def _power(checker: Checker, name: str, arguments: list[Tree[Token]], where: Where) -> Node:
    base_tree, times_tree = _plain(name, arguments, 2, "(1 + 2.5 %, years_between(a, b))")
    base, times = checker.check(base_tree, where), checker.check(times_tree, where)
    checker.numbers(base, times, times_tree.meta.column)
    if not base.type.unit.is_ratio:
        raise ExpressionError("power_base", base_tree.meta.column, found=base.type.unit.described)
    if not is_whole(times, checker.names.parameters) or not _times(times.type):
        raise ExpressionError("power_times", times_tree.meta.column)
    if isinstance(times, Literal_) and abs(Fraction(times.value)) > MOST_TIMES:  # type: ignore[arg-type]
        raise ExpressionError("power_too_great", times_tree.meta.column, found=times.value, most=MOST_TIMES)
    return Power(base, times)


def _times(kind: Type) -> bool:
    """A number of times is a count or a number of years or months, never a share of something."""
    bases = [base for base, _, power in kind.unit.powers if power == 1]
    return (kind.unit.is_count and not kind.unit.base) or bases in (["year"], ["month"])


def is_whole(node: Node, parameters: dict[str, Parameter] | Any) -> bool:
    """Whether an expression is a whole number, whatever the file says."""
    if isinstance(node, Count | Elapsed | Distinct):
        return True
    if isinstance(node, Literal_):
        return isinstance(node.value, int) and not isinstance(node.value, bool)
    if isinstance(node, Rounding):
        return node.mode != "abs" and Fraction(node.step).denominator == 1
    if isinstance(node, Lookup):
        return _holds_whole(parameters[node.parameter], node.column)
    parts: tuple[Node, ...] = ()
    if isinstance(node, Arithmetic) and node.op != "/":
        parts = (node.left, node.right)
    elif isinstance(node, Extremum):
        parts = node.items
    elif isinstance(node, IfElse):
        parts = (node.then, node.otherwise)
    elif isinstance(node, Named):
        parts = (node.body,)
    elif isinstance(node, Dated):
        parts = tuple(body for _, body in node.versions)
    return bool(parts) and all(is_whole(part, parameters) for part in parts)


def _holds_whole(parameter: Parameter, column: str) -> bool:
    index = [name for name, _ in parameter.columns].index(column)
    rows = [row for version in parameter.versions for row in version.rows]
    return all(isinstance(row.values[index], int) and not row.until for row in rows)


def _elapsed(checker: Checker, name: str, arguments: list[Tree[Token]], where: Where) -> Node:
    days = []
    for tree in _plain(name, arguments, 2, "(dates.filing, dates.decision)"):
        day = checker.check(tree, where, DATE)
        checker.require(day, DATE, tree.meta.column)
        days.append(day)
    return Elapsed(days[0], days[1], Type("number", parse_unit(ELAPSED[name])[0]))


# -- rates by band -------------------------------------------------------------------------------------


def _marginal(checker: Checker, name: str, arguments: list[Tree[Token]], where: Where) -> Node:
    (tree,) = _plain(name, arguments, 1, "(table[x])")
    node = checker.check(tree, where)
    column = tree.meta.column
    if not isinstance(node, Lookup):
        raise ExpressionError("arguments_wrong", column, found=name, expected="(table[x])")
    parameter = checker.names.parameters[node.parameter]
    if parameter.match != "band" or node.type.kind != "number":
        raise ExpressionError("marginal_table", column, found=node.parameter)
    for version in parameter.versions:
        index = [held for held, _ in parameter.columns].index(node.column)
        if not _continuous(version.rows, index):
            raise ExpressionError("marginal_bands", column, found=node.parameter)
    return Marginal(node, Type("number", node.type.unit * parameter.keys[0].unit))


def _continuous(rows: tuple[Row, ...], index: int) -> bool:
    """Whether bands follow each other from zero, each with one rate that is a number."""
    bands = [key for row in rows for key in row.keys if isinstance(key, Bounds)]
    bands.sort(key=lambda band: (band.low is not None, band.low or 0))
    rates = all(isinstance(row.values[index], int | Fraction) and not row.until for row in rows)
    starts = bool(bands) and (bands[0].low is None or bands[0].low == 0)
    return rates and starts and all(a.high is not None and a.high == b.low for a, b in pairwise(bands))


_BUILDERS: dict[str, Callable[[Checker, str, list[Tree[Token]], Where], Node]] = {
    "power": _power,
    "marginal": _marginal,
    **dict.fromkeys(ELAPSED, _elapsed),
}
