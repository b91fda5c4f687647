from fractions import Fraction
from pathlib import Path

import pytest
from programme_book import refused, said

from mixrules.programme.reading import read

TABLE = "n° de lot;bâtiment;surface habitable (m²);catégorie\nA01;A;52,1;PLUS\nA02;A;;libre\n"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "lots.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    "table", [TABLE, TABLE.replace(",", ".").replace(";", ","), TABLE.replace(";", "\t")]
)
def test_reads_dwellings_alone(tmp_path: Path, table: str, encoding: str) -> None:
    reading = read(written(tmp_path, table, encoding))
    dwellings = reading.submission.programmes[0].dwellings
    assert [(d.lot, d.living_area, d.tenure) for d in dwellings] == [
        ("A01", Fraction(521, 10), {"PLUS"}),
        ("A02", None, {"libre"}),
    ]
    assert [note.code for note in reading.notes] == ["side_missing"]


def test_the_rest_comes_from_the_file_beside_or_the_one_named(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE)
    (tmp_path / "lots.json").write_text('{"id": "beside", "programme": {"land": {"price": 5}}}')
    (tmp_path / "other.json").write_text('{"id": "named", "programmes": [{}]}')
    beside = read(path)
    assert (beside.submission.id, beside.submission.programmes[0].land.price, beside.notes) == (
        "beside",
        5,
        (),
    )
    assert len(beside.submission.programmes[0].dwellings) == 2
    assert str(beside.provenance["/programmes/0/land/price"]) == "/programme/land/price"
    assert read(path, side=tmp_path / "other.json").submission.id == "named"


def test_errors_of_both_files_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.replace("libre", "libr").replace("52,1", "abc"))
    (tmp_path / "lots.json").write_text('{"programmes": [{"land": {"price": -1}}]}')
    assert sorted(said(refused(path))) == [
        ("/programmes/0/land/price", "too_small"),
        ("lots.csv:2:3", "number_expected"),
        ("lots.csv:3:4", "category_unknown"),
    ]


def test_a_quoted_line_break_does_not_shift_the_lines(tmp_path: Path) -> None:
    path = written(tmp_path, 'n° de lot;"surface\nhabitable";catégorie\n"A\n01";50;PLUS\nA02;x;PLUS\n')
    problems = refused(path)
    assert said(problems) == [("lots.csv:5:2", "number_expected")]
    assert "surface habitable «\u202fx\u202f»" in problems[0].render("fr")


def test_a_total_a_stray_header_and_an_overlong_row(tmp_path: Path) -> None:
    path = written(tmp_path, "n° de lot;financement;vue\nA01;PLUS;mer;1\nTotal;;\n")
    assert said(refused(path)) == [
        ("lots.csv:1:3", "header_unknown"),
        ("lots.csv:2:4", "value_without_header"),
        ("lots.csv:3:1", "total_row"),
    ]


def test_dwellings_in_the_side_file_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE)
    (tmp_path / "lots.json").write_text('{"programmes": [{"dwellings": []}]}')
    problems = refused(path)
    assert said(problems) == [("/programmes/0/dwellings", "side_with_dwellings")]
    assert problems[0].where.file == "lots.json"


def test_other_encodings_and_broken_quotes(tmp_path: Path) -> None:
    problems = refused(written(tmp_path, TABLE, "cp1252"))
    assert [(p.where.line, p.code) for p in problems] == [(1, "not_utf8")]
    assert [p.code for p in refused(written(tmp_path, 'n° de lot;étage\n"A01;1\n'))] == ["csv_syntax"]


def test_no_known_header(tmp_path: Path) -> None:
    assert said(refused(written(tmp_path, "a;b\n1;2\n"))) == [("lots.csv:1:1", "headers_not_found")]


def test_several_programmes_are_named_in_a_column(tmp_path: Path) -> None:
    path = written(tmp_path, "n° de lot;programme\nA01;p2\nA02;Tour\nnéant;p1\nA03;?\n")
    (tmp_path / "lots.json").write_text(
        '{"programmes": [{"id": "p1"}, {"id": "p2", "name": "Tour"}, {"id": "p3"}]}'
    )
    assert said(refused(path)) == [("lots.csv:5:2", "programme_unknown")]
    path = written(tmp_path, "n° de lot;programme\nA01;p2\nA02;Tour\nnéant;p1\n")
    programmes = read(path).submission.programmes
    assert [p.dwellings if not p.dwellings else len(p.dwellings) for p in programmes] == [[], 2, None]
