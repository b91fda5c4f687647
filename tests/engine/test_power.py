"""Compound interest and indexation: exact, enclosing, and never a number where there is none."""

from datetime import date
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulings import decide, finding, missing, requiring, status

from mixrules.engine.arithmetic import add_months
from mixrules.engine.elapsed import elapsed
from mixrules.engine.power import MOST_BITS, power
from mixrules.quantity import EMPTY_BASE, UNKNOWN, UNLIMITED, Interval, point
from mixrules.rulebook.check_function import MOST_TIMES

BASES = st.fractions(min_value=-3, max_value=3, max_denominator=50)
TIMES = st.integers(-9, 9)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31)).map(date.toordinal)


def around(values):
    return st.tuples(values, values).map(sorted).map(lambda ends: Interval(*ends))


def holds(interval, value):
    return interval.undefined or interval.lo <= value <= interval.hi


@given(around(BASES), around(TIMES), st.data())
def test_a_power_encloses_every_power_of_what_it_may_be(base, times, data):
    found = power(base, times)
    x = data.draw(st.fractions(base.lo, base.hi, max_denominator=200))
    n = data.draw(st.integers(times.lo, times.hi))
    if x == 0 and n < 0:
        assert found.undefined
    else:
        assert holds(found, x**n)


@given(around(BASES), TIMES)
def test_the_bounds_of_a_known_power_are_reached(base, n):
    found = power(base, point(n))
    if found.undefined:
        assert n < 0
        assert base.lo <= 0 <= base.hi
        return
    turns = base.lo < 0 < base.hi and n > 0 and n % 2 == 0
    corners = [base.lo**n, base.hi**n, *([0] if turns else [])]
    assert (found.lo, found.hi) == (min(corners), max(corners))


@given(BASES, TIMES, around(BASES), around(TIMES))
def test_knowing_more_never_widens_a_power(x, n, base, times):
    wide = power(base.hull(point(x)), times.hull(point(n)))
    narrow = power(point(x), point(n))
    if not wide.undefined:
        assert wide.lo <= narrow.lo <= narrow.hi <= wide.hi


@pytest.mark.parametrize(
    ("base", "times", "expected"),
    [
        (point(Fraction(41, 40)), point(2), point(Fraction(1681, 1600))),
        (point(0), point(0), point(1)),
        (point(0), point(-1), EMPTY_BASE),
        (Interval(-1, 1), point(-2), EMPTY_BASE),
        (Interval(-2, 1), point(2), Interval(0, 4)),
        (point(-2), Interval(1, 2), UNKNOWN),
        (point(2), point(Fraction(1, 2)), UNKNOWN),
        (Interval(0, inf), point(2), Interval(0, inf)),
        (point(2), Interval(0, inf), Interval(1, inf)),
        (point(Fraction(1, 2)), Interval(-inf, inf), Interval(0, inf)),
        (UNLIMITED, point(1), EMPTY_BASE),
        (point(2), EMPTY_BASE, EMPTY_BASE),
    ],
)
def test_a_power_where_it_turns_or_ends(base, times, expected):
    assert power(base, times) == expected


def test_beyond_the_greatest_exponent_only_a_bound_is_known():
    assert power(point(2), point(MOST_TIMES)).known
    beyond = power(point(2), point(MOST_TIMES + 1))
    assert (beyond.lo, beyond.hi) == (2**MOST_TIMES, inf)
    assert power(point(1), point(MOST_TIMES + 1)) == point(1)


def test_a_result_too_long_to_write_is_not_computed():
    assert power(point(2**64 + 1), point(MOST_BITS)) == UNKNOWN


@given(DAYS, DAYS)
def test_the_anniversary_is_reached_and_the_next_is_not(start, end):
    for unit, months in (("year", 12), ("month", 1)):
        n = elapsed(point(start), point(end), unit).value
        assert add_months(start, n * months) <= end < add_months(start, (n + 1) * months)


@given(around(DAYS), around(DAYS), st.data())
def test_time_elapsed_is_enclosed(start, end, data):
    wide = elapsed(start, end, "year")
    one, other = (data.draw(st.integers(side.lo, side.hi)) for side in (start, end))
    assert wide.lo <= elapsed(point(one), point(other), "year").value <= wide.hi


INPUTS = {"facts.acquired": {"type": "date"}, "facts.rate": {"unit": "%"}, "facts.years": {"unit": "year"}}
PRICE = "land.price <= 1000 € * power(1 + facts.rate, years_between(facts.acquired, dates.decision))"


@pytest.mark.parametrize(
    ("price", "decision", "expected"),
    [
        ("1050.62", "2026-03-01", "met"),
        ("1050.63", "2026-03-01", "unmet"),
        ("1050.62", "2026-02-28", "unmet"),
    ],
)
def test_interest_is_exact_and_counts_whole_years(price, decision, expected):
    given_ = {
        "land": {"price": price},
        "facts": {"acquired": "2024-03-01", "rate": "2.5 %"},
        "dates": {"decision": decision},
    }
    assert status(requiring(PRICE, inputs=INPUTS), given_) == expected


def test_a_missing_date_is_named_and_what_interest_cannot_change_is_decided():
    rules = requiring(PRICE, inputs=INPUTS)
    given_ = {"land": {"price": "1050"}, "facts": {"rate": "2.5 %"}, "dates": {"decision": "2026-03-01"}}
    found = finding(decide(rules, given_))
    assert found.status == "undetermined"
    assert missing(found) == {"facts.acquired"}
    assert (
        status(rules, {"land": {"price": "1000"}, "facts": {"acquired": "2024-03-01", "rate": "0 %"}})
        == "met"
    )


@pytest.mark.parametrize("powers", [1, 3, 9])
def test_products_of_long_powers_are_written_or_left_open(powers):
    amount = " * ".join(["1 €"] + ["power(1 + facts.rate, 580)"] * powers)
    rules = requiring(f"land.price <= {amount}", inputs=INPUTS)
    given_ = {"land": {"price": "1"}, "facts": {"rate": "0.0001"}}
    assert status(rules, given_) == ("met" if powers == 1 else "undetermined")
