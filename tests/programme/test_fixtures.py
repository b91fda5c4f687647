import csv
import json
import runpy
from pathlib import Path

import pytest

from mixrules.programme.model import Programme
from mixrules.programme.reading import read

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = sorted([*FIXTURES.rglob("*.json"), *FIXTURES.rglob("*.xlsx")])
SITADEL = [path for path in FILES if path.parent.name == "sitadel"]


def only(name: str) -> Programme:
    (programme,) = read(FIXTURES / name).submission.programmes
    return programme


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_fixture_is_read(path: Path) -> None:
    assert read(path).submission.programmes


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_fixture_has_its_origin(path: Path) -> None:
    text = (FIXTURES / "README.md").read_text(encoding="utf-8")
    folder = "" if path.parent == FIXTURES else f"{path.parent.name}/"
    assert f"{folder}*.json" in text or path.stem in text


def test_the_demonstration_is_the_same_in_excel_and_json() -> None:
    excel, plain = read(FIXTURES / "programme-mixte.xlsx"), read(FIXTURES / "programme-mixte.json")
    assert excel.submission == plain.submission
    assert len(excel.submission.programmes[0].dwellings) == 24
    assert str(excel.provenance["/programmes/0/dwellings/0/lot"]) == "Lots!A2"


def test_the_scripts_write_the_fixtures_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = runpy.run_path(str(FIXTURES / "make_demo.py"))
    assert json.loads((FIXTURES / "programme-mixte.json").read_text("utf-8")) == demo["mixed_programme"]()
    assert json.loads((FIXTURES / "quartier-exemple.json").read_text("utf-8")) == demo["district"]()
    assert json.loads((FIXTURES / "quartier-charte.json").read_text("utf-8")) == demo["charter_district"]()
    sitadel = runpy.run_path(str(FIXTURES / "make_sitadel.py"))
    for permit in permits():
        path = FIXTURES / "sitadel" / f"{permit['NUM_DAU']}.json"
        assert json.loads(path.read_text("utf-8")) == sitadel["submission"](permit)
    assert len(SITADEL) == len(permits())


def permits() -> list[dict[str, str]]:
    with (FIXTURES / "sitadel" / "permits.csv").open(encoding="utf-8", newline="") as stream:
        _labels, codes, *rows = csv.reader(stream, delimiter=";")
    return [dict(zip(codes, row, strict=True)) for row in rows]


@pytest.mark.parametrize("permit", permits(), ids=lambda permit: permit["NUM_DAU"])
def test_sitadel_never_turns_unknown_into_zero(permit: dict[str, str]) -> None:
    programme = only(f"sitadel/{permit['NUM_DAU']}.json")
    lines = programme.dwellings
    assert sum(line.count for line in lines) == int(permit["NB_LGT_TOT_CREES"])
    social = sum(line.count for line in lines if line.tenure == {"PLAI", "PLUS", "PLS"})
    assert social == int(permit["NB_LGT_PRET_LOC_SOCIAL"])
    assert all(line.tenure is None or "libre" not in line.tenure for line in lines)
    assert programme.housing_floor_area != 0


def test_rooms_that_do_not_add_up_are_left_out() -> None:
    assert [line.rooms for line in only("sitadel/03155520C0874.json").dwellings] == [None]
    assert {line.rooms for line in only("sitadel/03155524C0127.json").dwellings} == {2, 3, 4}


def test_contradictions_of_the_sources_are_kept() -> None:
    zac = only("rennes/O-100.json")
    assert (zac.declared[0].count, sum(line.count for line in zac.dwellings)) == (2700, 2823)
    tower = only("rennes/P-147.json")
    assert [line.count for line in tower.dwellings] == [51, 17, 40]
    assert tower.floor_area == tower.housing_floor_area + tower.premises[0].floor_area == 9971
    assert (tower.declared[1].count, tower.declared[1].tenure) == (24, {"PLAI", "PLUS", "PLS"})
    example = only("cnig/programme.json")
    assert example.housing_floor_area > example.floor_area
    operation = only("cnig/operation.json")
    assert (operation.declared[0].count, sum(line.count for line in operation.dwellings)) == (1700, 1652)
