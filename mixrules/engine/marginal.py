"""Rates by band, each on its own part of a quantity, as a tax scale does: continuous where bands meet."""

from __future__ import annotations

from math import inf

from mixrules.quantity import Exact, Interval, point
from mixrules.quantity.interval import Bound
from mixrules.rulebook.model import Bounds

Rated = tuple[Bounds, Exact]


def marginal(bands: list[Rated], key: Interval) -> Interval:
    """Enclose the total of a key that lies in bands which follow each other from zero.

    Between two seams the total is a straight line: its least and greatest values are at seams or ends.
    """
    seams = {bound for band, _ in bands for bound in (band.low, band.high) if bound is not None}
    low = key.lo if any(band.low is None for band, _ in bands) else max(key.lo, min(seams))
    high = key.hi if any(band.high is None for band, _ in bands) else min(key.hi, max(seams))
    totals = [_total(bands, turn) for turn in (low, high, *(s for s in seams if low < s < high))]
    return Interval(min(totals), max(totals))


def _total(bands: list[Rated], key: Bound) -> Bound:
    total = point(0)
    for band, rate in bands:
        total += point(rate) * _part(band, key)
    return total.lo


def _part(band: Bounds, key: Bound) -> Interval:
    """How much of what lies between zero and a key lies in a band; negative below zero."""
    low: Bound = -inf if band.low is None else band.low
    high: Bound = inf if band.high is None else band.high
    reached, zero = min(max(key, low), high), min(max(0, low), high)
    return Interval(reached, reached) - Interval(zero, zero)
