"""A corpus decided in parts, by one hand or several, in full or by statuses alone: the same decisions."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rulings import book
from test_choice import DAY, FLATS, written

from mixrules.rulebook.library import Library
from mixrules.territory import batch, source
from mixrules.territory.form import STATUSES, WHOLE

ODD = {"declared": [{"count": 12}], "dwellings": [{"count": 10, "tenure": "PLUS"}]}


def run(folder, path, books, threads, form=WHOLE):
    connection = source.connect(folder, "500MB", threads=threads)
    source.load(connection, path)
    account = batch.decide(connection, books, DAY, DAY, folder / "decisions.parquet", form=form)
    connection.close()
    (folder / "territory.duckdb").unlink()
    return (folder / "decisions.parquet").read_bytes(), account


@pytest.fixture
def path(tmp_path):
    """Files of which every seventh contradicts itself."""
    made = {
        f"f{i:03}": ODD if i % 7 == 3 else {**FLATS, "commune": {"carence": bool(i % 2)}} for i in range(60)
    }
    return written(tmp_path, **made)


@pytest.mark.parametrize("held", [7, 1_000])
def test_parts_of_any_size_give_the_same_bytes(tmp_path, path, monkeypatch, held):
    books = [Library([]).get("fr.urb.L111-24")]
    whole, _ = run(tmp_path, path, books, threads=1)
    monkeypatch.setattr(batch, "ROWS", 25)
    parts = replace(WHOLE, at_once=held)
    few, _ = run(tmp_path, path, books, threads=1, form=parts)
    many, account = run(tmp_path, path, books, threads=3, form=parts)
    assert many == few
    assert account.programmes == 60
    assert account.odd == 9
    groups = pq.ParquetFile(tmp_path / "decisions.parquet").metadata
    assert [groups.row_group(i).num_rows for i in range(groups.num_row_groups)] == [25, 25, 10]
    assert pq.read_table(tmp_path / "decisions.parquet").num_rows == 60
    assert len(whole) != len(many)


def test_statuses_alone_are_those_of_the_whole_decision(tmp_path, path):
    refused = book(
        rules={
            "d": {
                "obligation": {
                    "require": "count(dwellings where floor_area > average(floor_area of dwellings)) >= 0"
                }
            }
        }
    )
    books = [Library([]).get("fr.urb.L111-24"), refused]
    run(tmp_path, path, books, threads=2)
    whole = pq.read_table(tmp_path / "decisions.parquet").to_pylist()
    _, account = run(tmp_path, path, books, threads=2, form=STATUSES)
    assert sorted(account.refused) == [refused.rules[0].key]
    brief = pq.read_table(tmp_path / "decisions.parquet").to_pylist()
    assert {key for row in brief for one in row["findings"] for key in one} == {
        "rule",
        "force",
        "kind",
        "scope",
        "status",
    }
    for one in whole:
        one["findings"] = [
            {k: f[k] for k in ("rule", "force", "kind", "scope", "status")} for f in one["findings"]
        ]
    assert brief == whole


def test_decisions_come_in_the_order_of_the_corpus_whatever_the_query_gives():
    for given in ([], [7], [1, 2, 9], [9, 1, 2]):
        files = [f"f{number}" for number in given]
        found = batch.ordered(
            pa.table({"r": pa.array(given, pa.int64()), "file": pa.array(files, pa.string())})
        )
        assert found.to_pydict() == {"file": sorted(files)}
