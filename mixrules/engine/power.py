"""A ratio multiplied by itself a whole number of times: compound interest and indexation, exactly."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf

from mixrules.quantity import EMPTY_BASE, UNKNOWN, Interval, simplify
from mixrules.quantity.interval import Bound
from mixrules.rulebook.check_function import MOST_TIMES

Times = int | float
"""A whole number of times, or endlessly many."""
MOST_BITS = 8192
"""The longest result that is computed, in binary digits; beyond, nothing is said of it."""


def power(base: Interval, times: Interval) -> Interval:
    """Enclose `base ** times` for every number that both may be.

    No number where there may be none (zero a negative number of times, an endless base); nothing known where a
    sign would depend on an exponent that is not known, or where the result is too long to write.
    """
    if base.undefined or times.undefined or base.lo == inf or base.hi == -inf:
        return EMPTY_BASE
    fractional = times.known and type(times.lo) is not float and Fraction(times.lo).denominator != 1
    if fractional or _too_long(base, times):
        return UNKNOWN
    if base.lo <= 0 <= base.hi and times.lo < 0:
        return EMPTY_BASE
    least, most = _outward(times)
    if base.lo < 0:
        return _of_any_sign(base, least) if times.known and least == most else UNKNOWN
    corners = [_raised(b, n) for b in (base.lo, base.hi) for n in (least, most)]
    return Interval(min(corners), max(corners))


def _outward(times: Interval) -> tuple[Times, Times]:
    """The least and most times, those beyond what is computed being endless: a bound only gets wider."""
    least: Times = times.lo if type(times.lo) is float else ceil(times.lo)
    most: Times = times.hi if type(times.hi) is float else floor(times.hi)
    if least < -MOST_TIMES:
        least = -inf
    if most > MOST_TIMES:
        most = inf
    return min(least, MOST_TIMES), max(most, -MOST_TIMES)


def _of_any_sign(base: Interval, times: Times) -> Interval:
    """A base that may be negative, a known number of times: even powers turn round at zero."""
    low, high = _raised(base.lo, times), _raised(base.hi, times)
    turns = base.lo < 0 < base.hi and times % 2 == 0 and times != 0
    return Interval(0, max(low, high)) if turns else Interval(min(low, high), max(low, high))


def _raised(base: Bound, times: Times) -> Bound:
    if times == 0 or base == 1:
        return 1
    if type(times) is float:
        grows = (base > 1 or base < -1) == (times > 0)
        return inf if grows else 0
    if type(base) is float:
        if times < 0:
            return 0
        return inf if base > 0 or times % 2 == 0 else -inf
    return simplify(Fraction(base) ** int(times))


def _too_long(base: Interval, times: Interval) -> bool:
    finite = [int(n) for n in _outward(times) if type(n) is not float]
    exponent = max(map(abs, finite), default=0)
    return any(_bits(b) * exponent > MOST_BITS for b in (base.lo, base.hi) if type(b) is not float)


def _bits(value: Bound) -> int:
    exact = Fraction(value)
    return 0 if abs(exact) in {0, 1} else max(exact.numerator.bit_length(), exact.denominator.bit_length())
