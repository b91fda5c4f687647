"""Numbers, quantities and dates as each language writes them."""

from datetime import date
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixrules.message import format_date, format_number, format_quantity
from mixrules.message.catalogue.units import UNITS
from mixrules.message.locale import listed
from mixrules.message.number import unit_word
from mixrules.quantity import parse_exact
from mixrules.quantity.unit import COUNTS


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        (1_272_000, "€", "1\u202f272\u202f000\u00a0€", "€1,272,000"),
        (-5, "€", "-5\u00a0€", "-€5"),
        (Fraction(1, 3), "€/m²", "≈\u00a00,33\u00a0€/m²", "≈\u00a0€0.33/m²"),
        (Fraction(11, 30), "%", "≈\u00a036,67\u00a0%", "≈\u00a036.67%"),
        (Fraction(1, 2), "", "0,50", "0.50"),
        (Fraction(29_999, 10_000), "", "≈\u00a03,00", "≈\u00a03.00"),
        (0, "dwelling", "0\u00a0logement", "0\u00a0dwellings"),
        (1, "dwelling", "1\u00a0logement", "1\u00a0dwelling"),
        (Fraction(3, 2), "room", "1,50\u00a0pièce", "1.50\u00a0rooms"),
        (2, "room", "2\u00a0pièces", "2\u00a0rooms"),
        (1_000_000, "dwelling", "1\u202f000\u202f000\u00a0logements", "1,000,000\u00a0dwellings"),
        (1, "place/dwelling", "1\u00a0place/logement", "1\u00a0place/dwelling"),
        (Fraction(1, 2), "place/dwelling", "0,50\u00a0place/logement", "0.50\u00a0places/dwelling"),
        (3, "place/dwelling", "3\u00a0places/logement", "3\u00a0places/dwelling"),
        (12, "m²", "12\u00a0m²", "12\u00a0m²"),
        (inf, "€", "illimité", "unlimited"),
    ],
)
def test_a_quantity_follows_the_conventions_of_its_language(value, unit, french, english):
    assert format_quantity(value, unit, "fr") == french
    assert format_quantity(value, unit, "en") == english


@pytest.mark.parametrize(
    ("unit", "french", "english"),
    [
        ("ratio", "%", "%"),
        ("m²", "m²", "m²"),
        ("bed", "lit", "bed"),
        ("stairwell", "cage", "stairwell"),
        ("shared_place", "tiers-lieu", "shared place"),
        ("place/dwelling", "place/logement", "place/dwelling"),
        ("dwelling of programme", "logement", "dwelling"),
    ],
)
def test_a_unit_in_a_cell_of_its_own_is_named_in_its_language(unit, french, english):
    assert (unit_word(unit, "fr"), unit_word(unit, "en")) == (french, english)


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 3, 1), "1er mars 2026", "1 March 2026"),
        (date(2026, 8, 11), "11 août 2026", "11 August 2026"),
    ],
)
def test_a_date_is_said_in_words(day, french, english):
    assert (format_date(day, "fr"), format_date(day, "en")) == (french, english)


@given(st.integers(-(10**30), 10**30), st.sampled_from([1, 4, 20, 100]))
def test_a_number_that_is_written_whole_reads_back_exact(numerator, denominator):
    value = Fraction(numerator, denominator)
    assert parse_exact(format_number(value, "fr").replace("\u202f", "")) == value


def test_every_thing_that_is_counted_has_a_name_in_both_languages():
    assert UNITS.keys() >= COUNTS


def test_a_list_ends_with_its_word():
    assert listed(["a", "b", "c"], "fr") == "a, b et c"
    assert listed(["a", "b", "c"], "en", "or") == "a, b or c"
    assert listed(["a"], "fr") == "a"
