"""A corpus decided in parts, by one hand or several, in full or by statuses alone: the same decisions."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rulings import book
from test_choice import DAY, FLATS, written

from mixrules.rulebook.library import Library
from mixrules.territory import batch, extent, source
from mixrules.territory.form import STATUSES, WHOLE

ODD = {"declared": [{"count": 12}], "dwellings": [{"count": 10, "tenure": "PLUS"}]}


def run(folder, path, books, threads, form=WHOLE, *, held=False):
    connection = source.connect(folder, "500MB", threads=threads, held=held)
    source.load(connection, path)
    account = batch.decide(connection, books, DAY, DAY, folder / "decisions.parquet", form=form)
    connection.close()
    assert (folder / "territory.duckdb").exists() is not held
    (folder / "territory.duckdb").unlink(missing_ok=True)
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


def test_tables_in_memory_or_on_the_disk_give_the_same_bytes(tmp_path, path):
    books = [Library([]).get("fr.urb.L111-24")]
    assert run(tmp_path, path, books, threads=2, held=True)[0] == run(tmp_path, path, books, threads=2)[0]


def test_a_small_corpus_is_held_in_memory(tmp_path, path, monkeypatch):
    (tmp_path / "corpus.csv").write_text("file\na\n", encoding="utf-8")
    (tmp_path / "torn.parquet").write_bytes(path.read_bytes()[:-20])
    named = {name: tmp_path / name for name in ("corpus.csv", "torn.parquet", "absent.parquet")}
    assert extent.small(path)
    assert extent.small(named["corpus.csv"])
    assert not extent.small(named["torn.parquet"])
    assert not extent.small(named["absent.parquet"])
    assert not extent.small("postgresql://localhost/register")
    monkeypatch.setattr(extent, "VALUES", 60)
    monkeypatch.setattr(extent, "BYTES", 6)
    assert not extent.small(path)
    assert not extent.small(named["corpus.csv"])


def test_words_are_read_as_texts_and_take_little_room(tmp_path, path):
    run(tmp_path, path, [Library([]).get("fr.urb.L111-24")], threads=1)
    decisions = pq.ParquetFile(tmp_path / "decisions.parquet")
    assert decisions.schema_arrow.equals(WHOLE.decisions)
    named = decisions.schema_arrow.field("findings").type.value_type.names
    columns = [decisions.metadata.row_group(0).column(i) for i in range(decisions.metadata.num_columns)]
    packed = {one.path_in_schema.split(".")[-1]: one.encodings for one in columns}
    assert all("RLE_DICTIONARY" in packed[name] for name in named[:5])


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
