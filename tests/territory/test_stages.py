"""Expressions worked out while compiling, and stages that hand on what is read after them, and no more."""

import duckdb
import pytest

from mixrules.territory.sql.expression import (
    NO,
    OPEN,
    YES,
    Beside,
    Sql,
    Stages,
    case,
    is_open,
    possibly,
    related,
    sql,
    surely,
    whole,
)
from mixrules.territory.sql.number import Bound, first_of

COLUMN, GIVEN = Sql("x"), Sql("y", sure=True)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (related(whole(-1), "<>", whole(0)), YES),
        (related(whole(2), "<=", whole(1)), NO),
        (related(GIVEN, ">=", GIVEN), YES),
        (related(GIVEN, "<", GIVEN), NO),
        (is_open(OPEN), YES),
        (is_open(GIVEN), NO),
        (surely(OPEN), NO),
        (possibly(OPEN), YES),
        (case(GIVEN, YES, NO), GIVEN),
    ],
)
def test_what_is_known_while_compiling_is_not_asked(made, wanted):
    assert made == wanted


@pytest.mark.parametrize("made", [related(COLUMN, "=", COLUMN), is_open(COLUMN), case(COLUMN, YES, NO)])
def test_what_may_be_null_is_asked(made):
    assert made not in {YES, NO, OPEN, COLUMN}


def test_the_first_bound_that_surely_holds_ends_the_choice():
    bounds = [Bound(whole(n)) for n in (1, 2, 3, 4)]
    chosen = first_of([(NO, bounds[0]), (COLUMN, bounds[1]), (YES, bounds[2]), (COLUMN, bounds[3])])
    assert duckdb.sql(f"SELECT {chosen.n.text} FROM (VALUES (TRUE), (FALSE), (NULL)) AS t(x)").fetchall() == [
        (2,),
        (3,),
        (3,),
    ]


def test_a_stage_hands_on_what_is_read_after_it_and_no_more():
    stages = Stages("s")
    one = stages.let(sql("({} + 1)", Sql("a")))
    two = stages.let(sql("({} + 10)", one))
    stages.let(sql("({} + 100)", two))
    last = stages.let(sql("({} * {})", two, one))
    query = f"SELECT k, {last.text} FROM " + stages.over(
        "(SELECT 7 AS key, 1 AS a) AS t", "key AS k", [last.text]
    )
    assert duckdb.sql(query).fetchall() == [(7, 24)]
    assert "100" not in query
    assert "*" not in query.replace(f"({two.text} * {one.text})", "")


def test_what_reads_nothing_of_a_line_is_worked_out_beside_the_lines():
    beside = Beside("around_", "land")
    stages = Stages("s", beside)
    zone = beside.let(sql("({} * 2)", Sql("land.zone")))
    more = stages.let(sql("({} + 1)", zone))
    least = stages.let(sql("least({}, {})", Sql("line.area", 0, sure=True), more))
    last = stages.let(sql("({} + {})", least, zone))
    lines = stages.over(
        "(VALUES (1, 30), (1, 5), (2, 50)) AS line(r, area) JOIN made AS land USING (r)",
        "land.r AS k",
        [last.text],
    )
    read = sorted(beside.named([lines]))
    assert read == [zone.text, more.text]
    assert "+ 1" not in lines
    made = beside.over("(VALUES (1, 10), (2, 20)) AS land(r, zone)", "land.r AS r", read)
    query = f"WITH made AS (SELECT * FROM {made}) SELECT k, {last.text} FROM {lines} ORDER BY ALL"
    assert duckdb.sql(query).fetchall() == [(1, 25), (1, 41), (2, 81)]
