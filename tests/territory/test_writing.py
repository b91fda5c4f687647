"""Numbers written by the database are the text of a decision, or nothing."""

from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixrules.quantity import in_unit
from mixrules.territory import source
from mixrules.territory.sql.expression import Sql, Stages
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.writing import PLACES, known

NUMERATORS = st.one_of(st.integers(-(10**6), 10**6), st.integers(-(10**15), 10**15))
DENOMINATORS = st.sampled_from([1, 2, 3, 7, 8, 36, 100, 125, 999, 1000, 10**9, 2**20, 3 * 10**6])
DATABASE = duckdb.connect()
source.define(DATABASE)


def by_query(n, d, unit):
    """A number as the database writes it."""
    stages = Stages("w")
    bound = Bound(Sql("n", 0, sure=True), Sql("d", 0, sure=True))
    written = known(Number(bound, bound), unit, stages.let)
    numbers = stages.over(f"(SELECT {n}::HUGEINT AS n, {d}::HUGEINT AS d)", "n, d", [written.text])
    return DATABASE.sql(f"SELECT {written.text} FROM {numbers}").fetchall()[0][0]


@settings(max_examples=60)
@given(NUMERATORS, DENOMINATORS, st.sampled_from(["ratio", "€", "m²", "dwelling", "€/m²"]))
def test_a_number_is_written_as_in_a_decision(n, d, unit):
    wanted = in_unit(Fraction(n, d), unit)
    if len(wanted.partition(".")[2]) > PLACES:
        with pytest.raises(duckdb.OutOfRangeException):
            by_query(n, d, unit)
    else:
        assert by_query(n, d, unit) == wanted


def test_a_decimal_too_long_for_a_query_stops_it_and_is_not_written_otherwise():
    with pytest.raises(duckdb.OutOfRangeException):
        by_query(1, 2**20, "m²")
    assert by_query(1, 2**20, "ratio") == "1/1048576"
