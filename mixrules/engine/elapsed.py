"""Whole months and years from one day to another, by the calendar."""

from __future__ import annotations

from math import inf

from mixrules.engine.arithmetic import add_months, day_of
from mixrules.quantity import Interval
from mixrules.quantity.interval import Bound

MONTHS = {"month": 1, "year": 12}


def elapsed(start: Interval, end: Interval, unit: str) -> Interval:
    """How many whole months or years have passed: the last one counts from its anniversary day on.

    From the 29th of February a year ends on the 28th. Before the first day the number is negative.
    """
    low = _between(start.hi, end.lo, MONTHS[unit], -inf)
    high = _between(start.lo, end.hi, MONTHS[unit], inf)
    return Interval(low, high, start.undefined or end.undefined)


def _between(start: Bound, end: Bound, months: int, unknown: float) -> Bound:
    if type(start) is float or type(end) is float:
        return unknown
    first, last = day_of(start), day_of(end)  # type: ignore[arg-type]
    count = ((last.year - first.year) * 12 + last.month - first.month) // months
    # The calendar month may be reached before its day.
    return count if add_months(start, count * months) <= last.toordinal() else count - 1  # type: ignore[arg-type]
