"""Exact numbers, what may be known of them, and their units."""

from mixrules.quantity.absent import ABSENT, Absent
from mixrules.quantity.exact import Exact, NotExactError, canonical, in_unit, parse_exact, simplify
from mixrules.quantity.interval import EMPTY_BASE, UNKNOWN, UNLIMITED, Interval, point
from mixrules.quantity.unit import COUNTS, RATIO, Unit, UnitError, parse_unit

__all__ = [
    "ABSENT",
    "COUNTS",
    "EMPTY_BASE",
    "RATIO",
    "UNKNOWN",
    "UNLIMITED",
    "Absent",
    "Exact",
    "Interval",
    "NotExactError",
    "Unit",
    "UnitError",
    "canonical",
    "in_unit",
    "parse_exact",
    "parse_unit",
    "point",
    "simplify",
]
