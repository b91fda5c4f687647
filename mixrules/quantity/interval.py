"""What is known of a number: the closed interval in which it must lie.

A given value is a point. A value not given is the widest interval its field allows. Every operation
encloses all results that its operands allow, so that giving a missing value can only narrow a result:
a comparison that is already decided stays decided.

Bounds are exact rationals; the two infinities mark an open end and are never computed with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from mixrules.quantity.exact import Exact, simplify

Bound = Exact | float


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known to lie between two bounds; `undefined` when no number exists (empty base)."""

    lo: Bound
    hi: Bound
    undefined: bool = False

    @property
    def known(self) -> bool:
        """Whether the value is one number (or is known to be unlimited)."""
        return (self.lo is self.hi or self.lo == self.hi) and not self.undefined

    @property
    def value(self) -> Exact:
        """The one value of a known interval."""
        if not self.known or type(self.lo) is float:
            raise ValueError(f"not one number: {self}")
        return self.lo  # type: ignore[return-value]

    def __add__(self, other: Interval) -> Interval:
        return Interval(_add(self.lo, other.lo), _add(self.hi, other.hi), self.undefined or other.undefined)

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo, self.undefined)

    def __sub__(self, other: Interval) -> Interval:
        if self.lo == other.lo == inf:
            return EMPTY_BASE
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        undefined = self.undefined or other.undefined
        if (self.lo is self.hi or self.lo == self.hi) and (other.lo is other.hi or other.lo == other.hi):
            product = _multiply(self.lo, other.lo)
            return Interval(product, product, undefined)
        corners = [_multiply(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(corners), max(corners), undefined)

    def __truediv__(self, other: Interval) -> Interval:
        undefined = self.undefined or other.undefined
        if (other.lo == 0 and other.hi == 0) or (abs(self.lo) == inf and abs(other.hi) == inf):
            return EMPTY_BASE
        if other.lo <= 0 <= other.hi:
            # The divisor may be zero: whatever the bounds, there may be no quotient.
            if self.lo >= 0 and other.lo == 0:
                return Interval(_divide(self.lo, other.hi), inf, undefined=True)
            return EMPTY_BASE
        corners = [_divide(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(corners), max(corners), undefined)

    def monotone(self, step: Callable[[Exact], Exact]) -> Interval:
        """Apply an increasing function to both bounds (rounding, scaling)."""
        lo = self.lo if type(self.lo) is float else step(self.lo)  # type: ignore[arg-type]
        if self.lo is self.hi:
            return Interval(lo, lo, self.undefined)
        hi = self.hi if type(self.hi) is float else step(self.hi)  # type: ignore[arg-type]
        return Interval(lo, hi, self.undefined)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi), self.undefined or other.undefined)


UNKNOWN = Interval(-inf, inf)
UNLIMITED = Interval(inf, inf)
EMPTY_BASE = Interval(-inf, inf, undefined=True)
"""A share or a quotient whose base is empty: no number, and no guess."""


def point(value: Exact) -> Interval:
    """A known number."""
    return Interval(value, value)


def lowest(items: Iterable[Interval]) -> Interval:
    """The smaller of several, as an interval."""
    values = list(items)
    return Interval(min(i.lo for i in values), min(i.hi for i in values), any(i.undefined for i in values))


def highest(items: Iterable[Interval]) -> Interval:
    """The greater of several, as an interval."""
    values = list(items)
    return Interval(max(i.lo for i in values), max(i.hi for i in values), any(i.undefined for i in values))


# The only floats are the two infinities: looking at the type is quicker than comparing with them.


def _add(a: Bound, b: Bound) -> Bound:
    if type(a) is float:
        return a
    return b if type(b) is float else a + b


def _multiply(a: Bound, b: Bound) -> Bound:
    if a == 0 or b == 0:
        return 0
    if type(a) is float or type(b) is float:
        return inf if (a > 0) == (b > 0) else -inf
    return simplify(a * b)  # type: ignore[arg-type]


def _divide(a: Bound, b: Bound) -> Bound:
    if type(b) is float:
        return 0
    if type(a) is float:
        return a if b > 0 else -a
    return simplify(Fraction(a) / Fraction(b))
