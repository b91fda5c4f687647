"""A table that is not a corpus is refused, each fault by name: nothing is left out in silence."""

import duckdb
import pytest

from mixrules.message import LANGS, InvalidInputError
from mixrules.territory import source


def problems(folder, path):
    with pytest.raises(InvalidInputError) as refused:
        source.load(source.connect(folder, "500MB", threads=1), path)
    return refused.value.problems


def parquet(folder, columns):
    path = folder / "corpus.parquet"
    duckdb.connect().execute(f"COPY (SELECT 'f' AS file, {columns}) TO '{path}'")
    return path


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("[{'tenur': 'PLAI'}] AS dwellings", "tenure"),
        ("3 AS dwellings", "INTEGER"),
        ("[3] AS dwellings", "INTEGER[]"),
        ("4 AS facts", "INTEGER"),
        ("4 AS absent", "INTEGER"),
        ("[{'lot': '1', 'colour': 'red'}] AS dwellings", "colour"),
        ("1 AS surface", "surface"),
    ],
)
def test_a_column_that_no_corpus_has_is_named(tmp_path, columns, said):
    (found,) = problems(tmp_path, parquet(tmp_path, columns))
    for lang in LANGS:
        assert said in found.render(lang)


def test_every_fault_is_named_at_once(tmp_path):
    path = parquet(tmp_path, "3 AS dwellings, 4 AS facts, [{'us': 'commerce'}] AS premises, 1 AS surface")
    assert [one.code for one in problems(tmp_path, path)] == [
        "corpus_column",
        "corpus_shape",
        "corpus_shape",
        "corpus_column",
    ]


def test_a_list_in_which_nothing_is_given_says_nothing(tmp_path):
    path = parquet(tmp_path, "NULL AS dwellings, NULL AS facts, [] AS premises")
    connection = source.connect(tmp_path, "500MB", threads=1)
    assert source.load(connection, path) == 1
    assert connection.execute("SELECT supposed, count FROM dwelling").fetchall() == [(True, 0)]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('file,dwellings\nf,"[{""tenure"": PLAI}]"\n', "corpus_json", "f"),
        ('file,dwellings\nf,"{""tenure"": ""PLAI""}"\n', "corpus_json", "[{…}, …]"),
        ('file,facts\ng,"[1]"\n', "corpus_json", "g"),
        ('file,dwellings\nf,"[{""tenur"": ""PLAI""}]"\n', "corpus_column", "tenure"),
    ],
)
def test_json_in_a_csv_is_checked(tmp_path, text, code, said):
    path = tmp_path / "corpus.csv"
    path.write_text(text, encoding="utf-8")
    (found,) = problems(tmp_path, path)
    assert found.code == code
    assert said in found.render("fr")


def test_a_csv_of_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "corpus.csv"
    path.write_bytes("file,programme.name\nf,été\n".encode("latin-1"))
    (found,) = problems(tmp_path, path)
    assert found.code == "corpus_csv"
    assert ":2" in found.render("fr")


@pytest.mark.parametrize("kept", [b"hello", b"PAR1 and no more"])
def test_a_parquet_that_is_none_is_refused(tmp_path, kept):
    path = tmp_path / "corpus.parquet"
    path.write_bytes(kept)
    (found,) = problems(tmp_path, path)
    assert found.code == "corpus_parquet"


@pytest.mark.parametrize(
    ("column", "value", "code", "said"),
    [
        ("parking.places", "12.5", "corpus_not_whole", "un nombre entier"),
        ("programme.floor_area", "100.123", "corpus_not_decimal", "18 chiffres dont 2 décimales"),
        ("programme.floor_area", "cent", "corpus_not_decimal", "cent"),
        ("dates.decision", "le 3 mars", "corpus_not_date", "2026-03-01"),
        ("commune.carence", "peut-être", "corpus_not_yes_no", "oui ou non"),
    ],
)
def test_a_value_of_another_kind_is_told_in_the_words_of_its_reader(tmp_path, column, value, code, said):
    path = tmp_path / "corpus.csv"
    path.write_text(f"file,{column}\nF-12,{value}\n", encoding="utf-8")
    (found,) = problems(tmp_path, path)
    assert (found.code, str(found.where)) == (code, column)
    assert said in found.render("fr")
    for lang in LANGS:
        assert "F-12" in found.render(lang)
        assert "{" not in found.render(lang)
