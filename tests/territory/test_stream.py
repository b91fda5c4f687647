"""Lines decoded by Arrow are those that the database unfolds: each value, each line that stands for none, each place."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixrules.territory import source, stream
from mixrules.territory.layout import schema

LINES = {
    "dwellings": st.fixed_dictionaries(
        {},
        optional={
            "count": st.sampled_from([None, 0, 1, 12]),
            "tenure": st.sampled_from(
                [None, "PLUS", " PLS ", "", " \u3000", "\u00a0PLS\u2009", "\tPLS", "PLAI|PLUS"]
            ),
            "floor_area": st.sampled_from([None, Decimal("62.10"), Decimal("0.01")]),
            "pinel": st.sampled_from([None, True, False]),
            "facts": st.sampled_from([None, {}, {"bande": "2 %"}, {"bande": None, "rang": "3"}]),
            "absent": st.sampled_from([None, [], ["rent"], ["rent", "price"]]),
            "lot": st.sampled_from([None, "12", "A-3"]),
            "building": st.sampled_from([None, "A"]),
        },
    ),
    "premises": st.fixed_dictionaries({}, optional={"use": st.sampled_from([None, "retail"])}),
    "district.existing": st.fixed_dictionaries({}, optional={"count": st.sampled_from([None, 5])}),
    "declared": st.fixed_dictionaries({}, optional={"count": st.sampled_from([None, 5])}),
}


@st.composite
def rows(draw):
    """Programmes whose lists are given, empty or not, and lines that are null."""
    lists = {
        name: st.one_of(st.none(), st.lists(st.one_of(line, line, st.none()), max_size=4))
        for name, line in LINES.items()
    }
    listed = draw(st.lists(st.fixed_dictionaries({}, optional=lists), min_size=1, max_size=12))
    return [{"file": f"f{number}", "position": 0, "mixrules": "0"} | row for number, row in enumerate(listed)]


def loaded(folder, path, unfolding):
    """The tables of lines, as the database holds them."""
    connection = source.connect(folder, "500MB", threads=1)
    read = f"SELECT file_row_number + 1 AS r, * EXCLUDE (file_row_number) FROM read_parquet('{path}', file_row_number = true)"
    connection.execute(f"CREATE VIEW source AS {read}")
    given = {one[0]: one[1] for one in connection.execute("SELECT * FROM source LIMIT 0").description}
    source.tabled(connection, path, given, unfolding=unfolding)
    found = {t: connection.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in source.ITEMS}
    connection.close()
    (folder / "territory.duckdb").unlink()
    return found


def alike(folder, table, group):
    path = folder / "corpus.parquet"
    pq.write_table(table, path, row_group_size=group)
    found = loaded(folder, path, source.Unfolding(file=path))
    assert found == loaded(folder, path, source.Unfolding())
    return found


@settings(max_examples=15, deadline=None)
@given(rows=rows(), group=st.sampled_from([1, 3, 100]), at_once=st.sampled_from([1, 2, 7]))
def test_lines_are_those_that_the_database_unfolds(tmp_path_factory, rows, group, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "ROWS", at_once)
        alike(tmp_path_factory.mktemp("s"), pa.Table.from_pylist(rows, schema=schema()), group)


def test_lists_with_few_fields_or_of_another_type_are_read_alike(tmp_path):
    few = pa.table({"file": ["a", "b", "c"], "dwellings": [[{"tenure": "PLUS"}, None], None, []]})
    assert [line[0] for line in alike(tmp_path, few, 2)["dwelling"]] == [1, 1, 2]
    counts = pa.table({"file": ["a"], "dwellings": [[{"count": "3"}, {"count": None}]]})
    assert [line[3] for line in alike(tmp_path, counts, 2)["dwelling"]] == [3, 1]


def test_a_stream_is_read_where_each_field_has_its_type(tmp_path):
    path = tmp_path / "corpus.parquet"
    pq.write_table(pa.table({"dwellings": [[{"tenure": "PLUS", "lot": "1"}] * 3]}), path)
    opened = stream.Lines(path, "dwellings", ["tenure"], stand_in=True, placed=True).opened()
    assert opened.schema.names == ["r", "place", "supposed", "tenure"]
    assert opened.read_all()["place"].to_pylist() == [1, 2, 3]
