import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programme_book import refused, said

from mixrules.message import InvalidInputError, Problem
from mixrules.programme.model import Submission
from mixrules.programme.reading import read


def written(tmp_path: Path, text: str, name: str = "dossier.json") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_decimals_are_exact(tmp_path: Path) -> None:
    path = written(
        tmp_path, '{"programme": {"dwellings": [{"living_area": 52.1}], "claims": {"volume_lls": 0.1}}}'
    )
    reading = read(path)
    programme = reading.submission.programmes[0]
    assert programme.dwellings[0].living_area == Fraction(521, 10)
    assert programme.claims == {"volume_lls": "0.1"}


def test_one_programme_keeps_the_pointers_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '{"programme": {"land": {"price": 12, "market_value": "cher"}}}')
    assert said(refused(path)) == [("/programme/land/market_value", "number_expected")]
    reading = read(written(tmp_path, '{"programme": {"land": {"price": 12}}}'))
    assert str(reading.provenance["/programmes/0/land/price"]) == "/programme/land/price"
    assert str(reading.place("/programmes/0/land/market_value")) == "/programme/land/market_value"


def test_every_error_at_once_with_its_pointer(tmp_path: Path) -> None:
    data = {
        "phase": "plus tard",
        "comune": {},
        "programmes": [
            {
                "dwellings": [{"tenure": "PLUSS", "livingarea": 3, "count": 0, "rooms": "1/2"}],
                "premises": 5,
                "site": [],
            },
            {"evidence": {"specifications": "peut-être"}, "claims": {"volume_lls": 30}},
        ],
        "district": {"existing": [{"tenure": "PLUS"}]},
    }
    problems = refused(written(tmp_path, json.dumps(data)))
    assert sorted(said(problems)) == sorted(
        [
            ("/phase", "category_unknown"),
            ("/comune", "field_unknown"),
            ("/programmes/0/dwellings/0/tenure", "category_unknown"),
            ("/programmes/0/dwellings/0/livingarea", "field_unknown"),
            ("/programmes/0/dwellings/0/count", "too_small"),
            ("/programmes/0/dwellings/0/rooms", "too_small"),
            ("/programmes/0/premises", "list_expected"),
            ("/programmes/0/site", "object_expected"),
            ("/programmes/1/evidence/specifications", "yes_no_expected"),
            ("/programmes/1/claims/volume_lls", "rate_too_great"),
            ("/district/existing/0/count", "field_missing"),
        ]
    )
    words = " ".join(problem.render("fr") for problem in problems)
    assert "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}commune\N{NARROW NO-BREAK SPACE}»" in words
    assert "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}living_area\N{NARROW NO-BREAK SPACE}»" in words
    assert "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}PLUS\N{NARROW NO-BREAK SPACE}»" in words
    for english in ("Input should", "Extra inputs", "Field required", "valid list"):
        assert english not in words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"programmes": []}', "list_too_short"),
        ("{}", "field_missing"),
        ('{"programme": {}, "programmes": [{}]}', "programme_twice"),
        ("[1]", "json_object_expected"),
        ('{"programmes": [{}]', "json_syntax"),
        ('{"programmes": [{}],}', "json_syntax"),
        ("[" * 100_000 + "]" * 100_000, "json_too_deep"),
        ('{"id": "\\ud800", "programmes": [{}]}', "text_broken"),
        ('{"programmes": [{"site": {"land_area": 1e999999999}}]}', "number_expected"),
        ('{"programmes": [{"site": {"land_area": %s}}]}' % ("9" * 5000), "number_expected"),
        ('{"programmes": [{"facts": {"x": NaN}}]}', "json_not_a_number"),
        ('{"programmes": [{"site": {"land_area": -Infinity}}]}', "json_not_a_number"),
    ],
)
def test_refused_without_a_traceback(tmp_path: Path, text: str, code: str) -> None:
    assert [problem.code for problem in refused(written(tmp_path, text))] == [code]


def test_a_syntax_error_shows_its_line(tmp_path: Path) -> None:
    problems = refused(written(tmp_path, '{\n  "programmes": [{}\n}'))
    assert (problems[0].where.line, problems[0].where.column) == (3, 1)
    assert problems[0].render("fr").endswith("\n    }\n    ^")


def test_a_key_given_twice_is_told_wherever_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "a", "id": "b", "programmes": [{"land": {"price": 1, "price": 2}}]}')
    assert said(refused(path)) == [("/id", "json_key_twice"), ("/programmes/0/land/price", "json_key_twice")]


def test_null_is_unknown_and_an_empty_list_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, '{"programmes": [{"dwellings": null, "premises": [], "site": null}]}')
    programme = read(path).submission.programmes[0]
    assert programme.dwellings is None
    assert programme.premises == []
    assert programme.site.land_area is None


def test_bytes_that_are_not_utf8_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_bytes('{\n"id": "Îlot"}'.encode("latin-1"))
    problems = refused(path)
    assert [(p.where.line, p.code) for p in problems] == [(2, "not_utf8")]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_bytes(b'\xef\xbb\xbf{"programmes": [{}]}')
    assert read(path).submission == Submission(programmes=[{}])  # type: ignore[list-item]


KEYS = st.sampled_from(["programmes", "dwellings", "facts", "site", "count", "id"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANY | st.fixed_dictionaries({"programmes": st.lists(ANY, min_size=1, max_size=2)}))
def test_any_json_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    problems: list[Problem] = []
    try:
        reading = read(path)
    except InvalidInputError as error:
        problems = error.problems
        reading = None
    assert all(problem.render("fr") for problem in problems)
    assert (reading is None) == bool(problems)
