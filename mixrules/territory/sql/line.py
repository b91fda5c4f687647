"""Straight lines between two marks, as SQL: what interpolation and rates by band follow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mixrules.quantity import Exact
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import Sql, product, total, whole
from mixrules.territory.sql.number import Bound


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: its slope, and its height at zero."""

    slope: Fraction
    start: Fraction

    @classmethod
    def through(cls, x: Exact, y: Exact, slope: Exact) -> Line:
        """The line of a slope through a point."""
        return cls(Fraction(slope), Fraction(y) - Fraction(slope) * Fraction(x))

    @property
    def denominator(self) -> int:
        """A denominator that its slope and its start share."""
        return self.slope.denominator * self.start.denominator

    def numerator(self, at: Bound, shared: int) -> Sql:
        """The numerator of the height at a finite bound; the denominator is `shared` times that of the bound."""
        rise, base = whole(int(self.slope * shared)), whole(int(self.start * shared))
        return total(product(at.n, rise), product(at.d, base))

    def at(self, bound: Bound) -> Bound:
        """The height at a bound that is finite."""
        shared = self.denominator
        return Bound(self.numerator(bound, shared), product(bound.d, whole(shared)))


def clipped(bound: Bound, low: Exact | None, high: Exact | None) -> Bound:
    """A bound brought between two marks."""
    for mark, op in ((low, "<"), (high, ">")):
        if mark is not None:
            end = number.exact(mark)
            bound = number.chosen(number.compared(bound, end, op), end, bound)
    return bound
