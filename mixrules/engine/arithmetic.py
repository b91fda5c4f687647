"""Exact operations on what is known of numbers: comparisons, rounding, shares, averages, distinct values."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor, inf
from typing import Any, Literal

from mixrules.engine.network import Truth
from mixrules.quantity import ABSENT, EMPTY_BASE, UNKNOWN, Exact, Interval, point, simplify
from mixrules.rulebook.tree import Arithmetic


def _less(a: Interval, b: Interval) -> Truth:
    if a.hi < b.lo:
        return True
    return False if a.lo >= b.hi else None


def _at_most(a: Interval, b: Interval) -> Truth:
    if a.hi <= b.lo:
        return True
    return False if a.lo > b.hi else None


def _equal(a: Interval, b: Interval) -> Truth:
    if a.known and b.known:
        return a.lo == b.lo
    return False if a.hi < b.lo or b.hi < a.lo else None


def _different(a: Interval, b: Interval) -> Truth:
    same = _equal(a, b)
    return None if same is None else not same


COMPARISONS: dict[str, Callable[[Interval, Interval], Truth]] = {
    "<": _less,
    "<=": _at_most,
    ">": lambda a, b: _less(b, a),
    ">=": lambda a, b: _at_most(b, a),
    "=": _equal,
    "!=": _different,
}


def operation(node: Arithmetic) -> Callable[[Interval, Interval], Interval]:
    """The operation of a sum, difference, product or quotient; a date takes months by the calendar."""
    if node.type.kind == "date" or node.left.type.kind == "date":
        return _calendar(node)
    return {
        "+": Interval.__add__,
        "-": Interval.__sub__,
        "*": Interval.__mul__,
        "/": Interval.__truediv__,
    }[node.op]


LONGEST = 12_000
"""Binary digits of the longest number that is kept: Python writes 4300 decimal digits."""


def writable(value: Interval) -> Interval:
    """A result that can be written; of one grown too long by powers and products nothing is said."""
    for bound in (value.lo, value.hi):
        if type(bound) is not float and _bits(bound) > LONGEST:  # type: ignore[arg-type]
            return UNKNOWN
    return value


def _bits(value: Exact) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _calendar(node: Arithmetic) -> Callable[[Interval, Interval], Interval]:
    if node.right.type.kind == "date" or node.right.type.unit.powers[0][0] == "day":
        return Interval.__add__ if node.op == "+" else Interval.__sub__
    months = 12 if node.right.type.unit.powers[0][0] == "year" else 1
    sign = 1 if node.op == "+" else -1

    def shift(day: Interval, duration: Interval) -> Interval:
        if not duration.known or duration.lo in {inf, -inf}:
            return EMPTY_BASE if duration.undefined or day.undefined else UNKNOWN
        count = sign * months * Fraction(duration.value)
        if count.denominator != 1:
            return UNKNOWN
        return day.monotone(lambda ordinal: add_months(ordinal, int(count)))

    return shift


def add_months(ordinal: Exact, months: int) -> int:
    """The same day of a later month, or its last day (code de procédure civile, art. 641)."""
    start = day_of(ordinal)
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return (date.max if year > date.min.year else date.min).toordinal()
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day).toordinal()


def day_of(ordinal: Exact) -> date:
    """The day of an ordinal; beyond the first or the last day that there is, that one."""
    return date.fromordinal(min(max(int(ordinal), 1), date.max.toordinal()))


def rounding(mode: str, step: Exact) -> Callable[[Interval], Interval]:
    """A rounding to a multiple of a step, as the rule asks."""
    if mode == "abs":
        return _absolute
    to_whole: Callable[[Any], int] = {
        "ceil": ceil,
        "floor": floor,
        "round_half_up": lambda x: floor(x + Fraction(1, 2)),
        "round_half_even": _to_even,
    }[mode]
    return lambda value: value.monotone(lambda x: simplify(to_whole(Fraction(x) / step) * step))


def _to_even(value: Fraction) -> int:
    return round(value)


def _absolute(value: Interval) -> Interval:
    if value.lo >= 0:
        return value
    if value.hi <= 0:
        return -value
    return Interval(0, max(-value.lo, value.hi), value.undefined)


def either(a: Any, b: Any) -> Any:
    """What is known of a value that is one of two."""
    if a is ABSENT or b is ABSENT:
        if a is b:
            return ABSENT
        other = b if a is ABSENT else a
        return EMPTY_BASE if isinstance(other, Interval) else None
    if isinstance(a, Interval):
        return a.hull(b)
    if isinstance(a, frozenset):
        return None if b is None else a | b
    return a if a == b else None


def share(items: Iterable[tuple[Truth, Interval]]) -> Interval:
    """The part of a total that satisfies a condition, each item being (satisfies, weight).

    The lowest share counts what surely satisfies at its least and all the rest at its most, the highest the
    other way round: these bounds are reached, so the interval is exact when weights vary independently.
    """
    sure_least: Any = 0
    other_most: Any = 0
    maybe_most: Any = 0
    other_least: Any = 0
    base_least: Any = 0
    for satisfies, weight in items:
        if weight.undefined or weight.lo < 0:
            return EMPTY_BASE
        base_least += weight.lo
        if satisfies is True:
            sure_least += weight.lo
        else:
            other_most += weight.hi
        if satisfies is False:
            other_least += weight.lo
        else:
            maybe_most += weight.hi
    if maybe_most == 0 and other_most == 0:
        return EMPTY_BASE
    low = _ratio(sure_least, other_most, empty=1)
    high = _ratio(maybe_most, other_least, empty=0)
    return Interval(min(low, high), max(low, high), undefined=base_least == 0)


def _ratio(part: Exact | float, rest: Exact | float, empty: int) -> Exact:
    if rest == inf:
        return 0
    if part == inf:
        return 1
    total = part + rest
    return empty if total == 0 else simplify(Fraction(part) / Fraction(total))


def average(items: list[tuple[Interval, Interval]]) -> Interval:
    """A weighted average of (value, weight), enclosed by the least and the greatest value."""
    possible = [(value, weight) for value, weight in items if weight.hi > 0]
    if not possible:
        return EMPTY_BASE
    total = point(0)
    weights = point(0)
    for value, weight in possible:
        total += value * weight
        weights += weight
    if weights.lo <= 0:
        return Interval(min(v.lo for v, _ in possible), max(v.hi for v, _ in possible), undefined=True)
    quotient = total / weights
    low = max(quotient.lo, min(v.lo for v, _ in possible))
    high = min(quotient.hi, max(v.hi for v, _ in possible))
    return Interval(low, high, quotient.undefined)


def outermost(op: Literal["min", "max"], items: list[tuple[Interval, int]]) -> Interval:
    """The least or greatest of values that are there for sure (second item) or perhaps."""
    if not items:
        return EMPTY_BASE
    sure = [value for value, least in items if least]
    undefined = not sure or any(value.undefined for value, _ in items)
    if op == "min":
        low = min(value.lo for value, _ in items)
        high = min((value.hi for value in sure), default=inf)
        return Interval(low, high, undefined)
    high = max(value.hi for value, _ in items)
    low = max((value.lo for value in sure), default=-inf)
    return Interval(low, high, undefined)


def distinct(items: Iterable[tuple[Any, int, int | float]]) -> Interval:
    """How many different values, each item being (value, how many at least, at most)."""
    sure: set[object] = set()
    possible: set[object] = set()
    loose: list[tuple[frozenset[Any], int]] = []
    strangers: int | float = 0
    sure_stranger = False
    for value, least, most in items:
        options = _options(value)
        if options is None:
            strangers += most
            sure_stranger = sure_stranger or least > 0
            continue
        possible |= options
        if len(options) == 1 and least:
            sure |= options
        else:
            loose.append((options, least))
            strangers += 0
    low = len(sure)
    if any(least and not (options & sure) for options, least in loose) or (sure_stranger and not sure):
        low += 1
    return Interval(low, len(possible) + strangers)


def _options(value: Any) -> frozenset[Any] | None:
    if isinstance(value, frozenset):
        return value
    if isinstance(value, Interval):
        return frozenset({value.lo}) if value.known else None
    return None if value is None else frozenset({value})
