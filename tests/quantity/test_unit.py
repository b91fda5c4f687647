"""Units: what may be compared, added, multiplied."""

from fractions import Fraction

import pytest

from mixrules.quantity import UnitError, parse_unit


def unit(text):
    return parse_unit(text)[0]


@pytest.mark.parametrize(
    ("written", "factor"),
    [("%", Fraction(1, 100)), ("‰", Fraction(1, 1000)), ("ha", 10000), ("k€", 1000), ("km", 1000), ("m²", 1),
     ("€/ha", Fraction(1, 10000)), ("k€/m²", 1000), ("logements", 1), ("mois", 1), ("an", 1)],
)  # fmt: skip
def test_a_unit_brings_its_factor(written, factor):
    assert parse_unit(written)[1] == factor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m² of floor_area", "m² of living_area"),
        ("m²", "m³"),
        ("m²", "m"),
        ("€", "m²"),
        ("€/m²", "€"),
        ("% of dwelling", "% of floor_area"),
        ("dwelling", "landing"),
        ("month", "year"),
        ("€/month", "€/year"),
        ("place/dwelling", "place"),
    ],
)
def test_different_things_are_not_compared(one, other):
    with pytest.raises(UnitError):
        unit(one).unify(unit(other))
    with pytest.raises(UnitError):
        unit(other).unify(unit(one))


def test_a_percentage_is_not_a_count():
    with pytest.raises(UnitError):
        unit("%").unify(unit("dwelling"))


def test_a_bare_number_may_be_compared_with_a_count_and_with_any_share():
    bare = unit("ratio")
    assert bare.unify(unit("dwelling")) == unit("dwelling")
    assert unit("%").unify(unit("% of floor_area")) == unit("% of floor_area")
    assert bare.unify(unit("% of floor_area")) == unit("% of floor_area")


def test_an_area_that_does_not_say_what_it_measures_takes_the_other_s_meaning():
    assert unit("m²").unify(unit("m² of floor_area")) == unit("m² of floor_area")


def test_a_price_times_an_area_is_money():
    assert unit("€/m² of floor_area") * unit("m² of floor_area") == unit("€")
    assert unit("€/m²") * unit("m² of floor_area") == unit("€")


def test_an_area_over_an_area_is_a_share_of_it():
    share = unit("m² of floor_area") / unit("m² of floor_area")
    assert share.is_ratio
    with pytest.raises(UnitError):
        share.unify(unit("% of dwelling"))


def test_a_ratio_of_dwellings_gives_back_dwellings():
    assert unit("place/dwelling") * unit("dwelling") == unit("place")


@pytest.mark.parametrize("text", ["", "florin", "m^2", "€/", "/m²", "m² of", "% %", "1 m²"])
def test_an_unknown_unit_is_refused(text):
    with pytest.raises(UnitError):
        parse_unit(text)
