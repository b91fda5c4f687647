"""Spark concludes what DuckDB concludes, to the same bytes; where a number does not fit, it stops."""

from datetime import date
from math import gcd

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rulings import book

pytest.importorskip("pyspark", reason="pip install 'mixrules[spark]'")
pytest.importorskip("sqlglot", reason="pip install 'mixrules[spark]'")

import duckdb

from mixrules.authoring.example import submission_of
from mixrules.message import InvalidInputError
from mixrules.rulebook.library import Library
from mixrules.territory import batch, corpus, source
from mixrules.territory.drawing.calibration import COMMUNES
from mixrules.territory.drawing.programme import draw
from mixrules.territory.spark import batch as on_spark
from mixrules.territory.spark import corpus as spark_corpus
from mixrules.territory.spark.dialect import WIDE, spelled
from mixrules.territory.sql.expression import RefusalError

pytestmark = pytest.mark.xdist_group("spark")
DAY = date(2026, 3, 1)
MOST = 10**38 - 1


def decided(database, places, path, books, imposed=DAY):
    """What both write on a corpus, and their accounts."""
    spark_corpus.load(database, str(path))
    connection = source.connect(places / "spark", "500MB", threads=1)
    ours = on_spark.decide(database, connection, books, imposed, DAY, places / "spark.parquet")
    connection.close()
    embedded = source.connect(places / "duckdb", "500MB", threads=1)
    source.load(embedded, path)
    theirs = batch.decide(embedded, books, imposed, DAY, places / "duckdb.parquet")
    embedded.close()
    return ours, theirs


def same(places):
    return (places / "spark.parquet").read_bytes() == (places / "duckdb.parquet").read_bytes()


def drawn(places, count):
    path = places / "corpus.parquet"
    files = draw(count, 7, COMMUNES, as_declared=True)
    corpus.write(path, ((f"d{number}", one) for number, one in enumerate(files)))
    return path


BUILDINGS = {
    "mixed": {"obligation": {"at": "building", "require": "share(tenure = PLUS of dwellings) >= 1 / 3"}},
    "told": {"condition": {"require": "met(mixed) and sum(floor_area) / 7 <= 300 m²"}},
}
"""A rule of each building, and one that hears from it."""


def test_rulebooks_are_decided_to_the_same_bytes(database, places):
    books = [Library([]).get("fr.urb.L111-24"), book(rules=BUILDINGS)]
    ours, theirs = decided(database, places, drawn(places, 60), books)
    assert same(places)
    assert ours.verdicts == theirs.verdicts
    assert not ours.refused


@pytest.mark.campaign
@pytest.mark.parametrize("imposed", [None, DAY])
def test_every_national_rulebook_and_charter_is_decided_to_the_same_bytes(database, places, imposed):
    library = Library([])
    books = [library.get(name) for name in library.ids if ".local" not in name]
    ours, _ = decided(database, places, drawn(places, 300), [one for one in books if one.rules], imposed)
    assert same(places)
    assert not ours.refused


def test_numbers_too_wide_for_spark_go_step_by_step_and_are_told(database, places):
    one = book(
        inputs={"facts.a": {"unit": "m²"}, "facts.b": {"unit": "m²"}},
        rules={
            "long": {"obligation": {"require": "facts.a * facts.a * facts.a >= 1 m² * 1 m² * 1 m²"}},
            "wide": {"obligation": {"require": "facts.b >= 1 m²"}},
        },
    )
    files = [
        (name, submission_of({"facts": facts}))
        for name, facts in {
            "wide": {"a": str(10**14), "b": str(10**19)},
            "unsaid": {"a": "2"},
            "short": {"a": "0.5", "b": "1.5"},
        }.items()
    ]
    corpus.write(places / "corpus.parquet", files)
    ours, _ = decided(database, places, places / "corpus.parquet", [one])
    assert same(places)
    # A constant beyond 64 bits is refused by name; a product beyond 38 digits stops the query.
    assert list(ours.refused) == ["essai/wide"]
    assert ours.too_wide == 3
    found = {row["file"]: row["verdict"] for row in pq.read_table(places / "spark.parquet").to_pylist()}
    assert found == {"wide": "compliant", "unsaid": "undetermined", "short": "non-compliant"}


def test_binary_floats_and_what_a_column_would_round_are_refused_by_name(database, tmp_path):
    rows = {"file": ["f"], "site.land_area": pa.array([0.1]), "programme.floor_area": ["12.345"]}
    pq.write_table(pa.table(rows), tmp_path / "floats.parquet")
    with pytest.raises(InvalidInputError) as refused:
        spark_corpus.load(database, str(tmp_path / "floats.parquet"))
    assert {problem.code for problem in refused.value.problems} == {"corpus_float", "corpus_not_decimal"}


# -- arithmetic ----------------------------------------------------------------------------------------


def alone(database, written, **numbers):
    """The value of an expression of DuckDB on Spark."""
    columns = ", ".join(f"CAST('{one}' AS {WIDE}) AS {name}" for name, one in numbers.items())
    rows = database.spark.sql(f"SELECT {columns} FROM range(1)")
    return rows.selectExpr(f"{spelled(written)} AS found").head()[0]


PAIRS = [
    (7, 2),
    (-7, 2),
    (MOST, 3),
    (-MOST, 3),
    (MOST, 10**19 + 51),
    (MOST, 10**37 + 9),
    (10**20, 10**20),
    (-12345678901234567890123456789012345678, 97),
    (0, 5),
]


def test_quotients_and_divisors_are_exact_up_to_thirty_eight_digits(database):
    listed = ", ".join(f"('{n}', '{d}')" for n, d in PAIRS)
    rows = database.spark.sql(
        f"SELECT CAST(a AS {WIDE}) AS n, CAST(b AS {WIDE}) AS d FROM VALUES {listed} AS t(a, b)"
    )
    wanted = ("n // d", "n % d", "gcd(abs(n), d)", "sign(n)", "abs(n)", "-n")
    found = rows.selectExpr("n", "d", *(spelled(one) for one in wanted)).collect()
    for n, d, *values in ([int(one) for one in row] for row in found):
        whole = abs(n) // d * (1 if n >= 0 else -1)
        assert values == [
            whole,
            n - whole * d,
            gcd(n, d),
            (n > 0) - (n < 0),
            abs(n),
            -n,
        ]


@pytest.mark.parametrize(
    "written", ["a + b", "a * b", "a - b * 2", "(a * 10)::BIGINT", "a::INTEGER", "b % (a - a)"]
)
def test_what_does_not_fit_is_an_error_and_never_another_number(database, written):
    with pytest.raises(Exception) as stopped:
        alone(database, written, a=MOST, b=MOST)
    assert on_spark.overflown(stopped.value)


def test_a_sum_that_does_not_fit_is_an_error(database):
    rows = database.spark.sql(f"SELECT CAST('{MOST}' AS {WIDE}) AS n FROM range(4)").repartition(2)
    with pytest.raises(Exception) as stopped:
        rows.selectExpr(spelled("sum(n)")).collect()
    assert on_spark.overflown(stopped.value)


def test_unknown_stays_unknown_and_days_are_counted_alike(database):
    written = [
        "NULL::BOOLEAN AND FALSE",
        "NULL::BOOLEAN OR TRUE",
        "NOT NULL::BOOLEAN",
        "CASE WHEN NULL::BOOLEAN THEN 1 ELSE 2 END",
        "(DATE '2026-03-31' - DATE '0001-01-01') + 1",
        "(DATE '2026-01-31' + to_months(1::INTEGER))::DATE",
        "(DATE '2024-02-29' + to_months(-12::INTEGER))::DATE",
        "list_contains(['a', 'b'], 'a')",
        "list_bool_or([NULL, FALSE])",
        "bit_count(5::INTEGER)",
        r"'l''îlot \ n° 1'",
    ]
    (found,) = database.spark.sql("SELECT " + ", ".join(spelled(one) for one in written)).collect()
    assert tuple(found) == duckdb.connect().execute("SELECT " + ", ".join(written)).fetchall()[0]


@pytest.mark.parametrize(
    "written",
    ["a / b", "median(a)", "sqrt(a)", "a::DOUBLE", "1.5 * a", "a[1]", "strftime(a, '%Y')", "1e3"],
)
def test_what_spark_does_not_hold_exactly_is_refused_by_name(written):
    with pytest.raises(RefusalError, match="on Spark"):
        spelled(written)
