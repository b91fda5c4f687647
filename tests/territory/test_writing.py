"""Numbers written by the database are the text of a decision, or nothing."""

from fractions import Fraction

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from mixrules.quantity import in_unit
from mixrules.territory.sql.expression import Sql, Stages
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.writing import PLACES, known

NUMERATORS = st.one_of(st.integers(-(10**6), 10**6), st.integers(-(10**15), 10**15))
DENOMINATORS = st.sampled_from([1, 2, 3, 7, 8, 36, 100, 125, 999, 1000, 10**9, 2**20, 3 * 10**6])


def by_query(n, d, unit):
    """A number as the database writes it."""
    stages = Stages("w")
    bound = Bound(Sql("n", 0, sure=True), Sql("d", 0, sure=True))
    written = known(Number(bound, bound), unit, stages.let)
    source = stages.over(f"(SELECT {n}::HUGEINT AS n, {d}::HUGEINT AS d)", "n, d")
    return duckdb.sql(f"SELECT {written.text} FROM {source}").fetchall()[0][0]


@settings(max_examples=60)
@given(NUMERATORS, DENOMINATORS, st.sampled_from(["ratio", "€", "m²", "dwelling", "€/m²"]))
def test_a_number_is_written_as_in_a_decision(n, d, unit):
    wanted = in_unit(Fraction(n, d), unit)
    longer = len(wanted.partition(".")[2]) > PLACES
    assert by_query(n, d, unit) == (None if longer else wanted)


def test_a_decimal_too_long_for_a_query_is_left_out_not_written_otherwise():
    assert by_query(1, 2**20, "m²") is None
    assert by_query(1, 2**20, "ratio") == "1/1048576"
