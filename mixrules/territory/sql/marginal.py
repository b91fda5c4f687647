"""Rates by band, each on its own part of a quantity, as SQL: read as `engine.marginal` reads them."""

from __future__ import annotations

from math import lcm

from mixrules.engine.marginal import Rated
from mixrules.engine.marginal import marginal as known_total
from mixrules.engine.tables import Table
from mixrules.quantity import Exact, point
from mixrules.rulebook.model import Bounds
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    ONE,
    ZERO,
    Sql,
    both,
    case,
    either,
    no,
    product,
    related,
    whole,
)
from mixrules.territory.sql.line import Line, clipped
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.tables import beside, by_bounds


def marginal(table: Table, key: Number, let: Let) -> Number:
    """The sum of each band's rate on the part of the key that lies in the band, from zero."""
    if table.version is None:
        return number.replace_absent(number.EMPTY, key.absent)
    scale = _Scale([(row.keys[0], row.values[table.index]) for row in table.rows])  # type: ignore[misc]
    above = beside(key.hi, scale.low, ">=")
    inside = beside(key.hi, scale.high, "<" if scale.high_open else "<=")
    touched = both(above, beside(key.lo, scale.high, "<" if scale.high_open else "<="))
    covered = both(beside(key.lo, scale.low, ">="), inside)
    absent = let(either(key.absent, both(no(key.undefined), no(touched))))
    blank = let(either(key.undefined, no(covered)))
    return number.replace_absent(number.blanked(scale.enclosed(key, let), blank), absent)


class _Scale:
    """Bands that follow each other from zero, each with its rate: a broken line."""

    def __init__(self, bands: list[Rated]) -> None:
        self.bands = sorted(bands, key=lambda rated: by_bounds(rated[0]))
        first, last = self.bands[0][0], self.bands[-1][0]
        self.low, self.high, self.high_open = first.low, last.high, last.high_open
        self.seams = [band.high for band, _ in self.bands[:-1]]
        self.rates = [rate for _, rate in self.bands]
        self.lines = [Line.through(*self._anchor(band), rate) for band, rate in self.bands]

    def _anchor(self, band: Bounds) -> tuple[Exact, Exact]:
        at = band.low if band.low is not None else band.high if band.high is not None else 0
        return at, known_total(self.bands, point(at)).value

    def enclosed(self, key: Number, let: Let) -> Number:
        """The least and the greatest total of a key: they are at its ends or at seams between them."""
        low, high = clipped(key.lo, self.low, None), clipped(key.hi, None, self.high)
        if key.point:
            low = high = clipped(key.lo, self.low, self.high)
        ends = [number.kept(self._total(bound, let), let) for bound in dict.fromkeys([low, high])]
        turns = [*ends, *([] if key.point else self._turns(low, high, ends[0]))]
        nonneg = all(rate >= 0 for rate in self.rates) and self.low is not None
        return Number(number.least(turns, let), number.most(turns, let), nonneg=nonneg)

    def _turns(self, low: Bound, high: Bound, otherwise: Bound) -> list[Bound]:
        """The totals at seams where rates change sign, where the key may lie on both sides."""
        found = []
        for seam, one, other in zip(self.seams, self.rates, self.rates[1:], strict=False):
            if one * other < 0 or 0 in {one, other}:
                mark = number.exact(seam)  # type: ignore[arg-type]
                between = both(number.compared(low, mark, "<"), number.compared(high, mark, ">"))
                total = number.exact(known_total(self.bands, point(seam)).value)  # type: ignore[arg-type]
                found.append(number.chosen(between, total, otherwise))
        return found

    def _total(self, at: Bound, let: Let) -> Bound:
        at = number.kept(at, let)
        shared = lcm(*(line.denominator for line in self.lines))
        n = self.lines[-1].numerator(at, shared)
        for seam, line in zip(reversed(self.seams), reversed(self.lines[:-1]), strict=True):
            below = number.compared(at, number.exact(seam), "<")  # type: ignore[arg-type]
            n = case(below, line.numerator(at, shared), n)
        i = self._beyond(at)
        return Bound(case(related(i, "=", ZERO), n, ZERO), product(at.d, whole(shared)), i)

    def _beyond(self, at: Bound) -> Sql:
        """Where the key is without limit, so is its total, unless the last rate is zero."""
        if at.finite:
            return ZERO
        up, down = (_sign(rate) for rate in (self.rates[-1], -self.rates[0]))
        risen = case(related(at.i, ">", ZERO), up, ZERO) if self.high is None else ZERO
        return case(related(at.i, "<", ZERO), down, risen) if self.low is None else risen


def _sign(rate: Exact) -> Sql:
    return ONE if rate > 0 else whole(-1) if rate < 0 else ZERO
