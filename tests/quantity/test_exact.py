"""Exact numbers: how they enter, and how they are written back."""

from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixrules.quantity import NotExactError, canonical, in_unit, parse_exact


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0,30", Fraction(3, 10)),
        ("0.30", Fraction(3, 10)),
        (",5", Fraction(1, 2)),
        ("1 272 000", 1272000),
        ("1\u00a0272\u00a0000,50", Fraction(127200050, 100)),
        ("1\u202f200", 1200),
        ("1'200", 1200),
        ("7/36", Fraction(7, 36)),
        ("10/5", 2),
        ("-3", -3),
        ("+3", 3),
        ("  52.10 ", Fraction(521, 10)),
        (0.1, Fraction(1, 10)),
        (0.07, Fraction(7, 100)),
        (1e16, 10**16),
        (1e-05, Fraction(1, 100000)),
        (Decimal("0.30"), Fraction(3, 10)),
        (2**200, 2**200),
    ],
)
def test_a_number_is_read_exactly(written, meant):
    assert parse_exact(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", " ", "-", ".", "5.", "1,272,000", "1 27", "12 34", "1 2 3", "0x10", "1e5", "1_000", "½", "5/0",
     "1//2", "1/2/3", "1.5/2.5", "NaN", "inf", "--5", "5 %", "9" * 41, True, False, inf, -inf, nan, None, [1],
     b"1", Decimal("NaN"), Decimal("Infinity")],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(written):
    with pytest.raises(NotExactError):
        parse_exact(written)


def test_seven_hundredths_of_a_hundred_are_seven():
    assert 0.07 * 100 != 7  # the trap
    assert parse_exact(0.07) * 100 == 7


@given(st.fractions())
def test_what_is_written_is_read_back(number):
    text = canonical(number)
    if len(text) <= 40:
        assert parse_exact(text) == number


@given(st.integers(), st.integers(0, 6))
def test_a_decimal_has_one_canonical_form(digits, places):
    number = Fraction(digits, 10**places)
    text = canonical(number)
    assert "/" not in text
    assert text == canonical(parse_exact(Decimal(digits).scaleb(-places))) if abs(digits) < 10**20 else True
    assert not ("." in text and text.endswith("0"))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_float_enters_as_it_is_shown(number):
    assert parse_exact(number) == Fraction(Decimal(repr(number)))


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        (Fraction(5, 20), "ratio", "1/4"),
        (2, "ratio", "2/1"),
        (1272000, "€", "1272000.00"),
        (Fraction(-1, 100), "€", "-0.01"),
        (Fraction(-12345, 100), "€", "-123.45"),
        (Fraction(1, 3), "€", "1/3"),
        (Fraction(1, 1000), "€", "0.001"),
        (Fraction(521, 10), "m²", "52.1"),
        (inf, "m²", "unlimited"),
        (Fraction(-1, 8), "m²", "-0.125"),
    ],
)
def test_a_decision_writes_numbers_one_way(number, unit, written):
    assert in_unit(number, unit) == written
