"""Rates band by band: the total is continuous where bands meet, and encloses what a surface may be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulings import DAY, awarding, decide, finding, missing, requiring

from mixrules.engine.tables import Table
from mixrules.quantity import ABSENT, EMPTY_BASE, Interval, point

TABLE = {
    "by": "m²",
    "unit": "€/m²",
    "bands": [
        {"below": "100 m²", "value": "7 €/m²"},
        {"from": "100 m²", "up_to": "300 m²", "value": "-2 €/m²"},
        {"above": "300 m²", "below": "1000 m²", "value": "1/3 €/m²"},
    ],
}
RATES = [(0, 100, 7), (100, 300, -2), (300, 1000, Fraction(1, 3))]
RULES = requiring("marginal(t[site.land_area]) <= 500 €", parameters={"t": TABLE})
SURFACES = st.fractions(0, 999, max_denominator=100)


def marginal(key):
    return Table(RULES.parameters["t"], "value", DAY.day).marginal(key)


def by_hand(surface):
    return sum(rate * max(0, min(surface, high) - low) for low, high, rate in RATES)


@given(SURFACES)
def test_each_rate_bears_on_its_own_band(surface):
    assert marginal(point(surface)) == point(by_hand(surface))


@given(st.tuples(SURFACES, SURFACES).map(sorted), st.data())
def test_a_surface_known_between_two_encloses_every_total(ends, data):
    low, high = ends
    surface = data.draw(st.fractions(low, high))
    found = marginal(Interval(low, high))
    assert found.lo <= by_hand(surface) <= found.hi


def test_the_bounds_are_reached_inside_the_interval():
    assert marginal(Interval(50, 400)) == Interval(300, 700)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (point(0), point(0)),
        (point(100), point(700)),
        (point(1000), ABSENT),
        (Interval(900, 1001), EMPTY_BASE),
    ],
)
def test_where_the_table_begins_and_ends(key, expected):
    found = marginal(key)
    assert (
        found is ABSENT
        if expected is ABSENT
        else (found.undefined, found.lo) == (expected.undefined, expected.lo)
    )


def test_an_unknown_surface_is_asked_for():
    found = finding(decide(RULES, {}))
    assert found.status == "undetermined"
    assert missing(found) == {"site.land_area"}


def test_a_total_is_said_in_words():
    award = {"amount": "marginal(t[site.land_area])"}
    rules = awarding(award, parameters={"t": {**TABLE, "label": {"fr": "barème", "en": "scale"}}})
    a = decide(rules, {"site": {"land_area": "200"}}).advantages[0]
    assert (a.status, a.amount.value, a.amount.unit) == ("granted", "500.00", "€")
