"""Reference tables: what a header and its rows must be, and what they answer on a day."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.programme.insee import commune_code
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.reference.shelf import ReferenceShelf

ZONE, CARENCE, RATE, TARGET = (
    "commune.zone_abc",
    "commune.carence",
    "commune.sru_rate",
    "commune.sru_target",
)
ROWS = "insee;zone\n01001;C\n35238;A\n"
HEADER = """\
table: {name}
title: {{fr: "Zones d'essai", en: "Trial zones"}}
source: {{ref: "essai"}}
licence: "essai"
vintage: "2030"
from: {since}
until: {until}
rows: {rows}
sha256: {sha256}
columns:
  {columns}
"""

pytestmark = pytest.mark.usefixtures("own_cache")


def table(
    folder: Path,
    rows: str = ROWS,
    *,
    name: str = "essai",
    file: str = "zones.csv",
    since: str = "2030-01-01",
    until: str = "2031-01-01",
    columns: str = "zone: commune.zone_abc",
    sha256: str = "",
) -> Path:
    """A table on disk, whole unless told otherwise."""
    home = folder / "tables"
    home.mkdir(exist_ok=True)
    content = rows.encode()
    (home / Path(file).name).write_bytes(content)
    header = HEADER.format(
        name=name,
        since=since,
        until=until,
        rows=file,
        columns=columns,
        sha256=sha256 or hashlib.sha256(content).hexdigest(),
    )
    (home / f"{name}.yaml").write_text(header, encoding="utf-8")
    return folder


def refused(folder: Path) -> dict[str, str]:
    """The codes of what is wrong in a folder of tables, each with where it stands."""
    with pytest.raises(InvalidInputError) as raised:
        _ = ReferenceShelf([folder]).tables
    for problem in raised.value.problems:
        assert problem.render("fr") != problem.render("en")
    return {problem.code: str(problem.where) for problem in raised.value.problems}


def cell(shelf: ReferenceShelf, field: str, code: str, day: date) -> str | None:
    answer = shelf.answer(field, code, day)
    return answer.cell if answer is not None else None


@pytest.fixture(scope="module")
def france() -> ReferenceShelf:
    return ReferenceShelf([shipped()])


# -- the shipped tables ------------------------------------------------------------------------------------


def test_rennes_is_in_zone_a_while_the_zoning_of_july_2024_holds(france: ReferenceShelf):
    first, last = date(2024, 7, 5), date(2025, 9, 4)
    assert cell(france, ZONE, "35238", first) == cell(france, ZONE, "35238", last) == "A"
    # It was B1 before, and the order of September 2025 changed the list: neither is guessed.
    assert cell(france, ZONE, "35238", first - timedelta(days=1)) is None
    assert cell(france, ZONE, "35238", last + timedelta(days=1)) is None


def test_the_whole_of_france_has_a_zone(france: ReferenceShelf):
    zones = next(t for t in france.tables if t.table.id == "fr.zonage-abc.2024-07")
    found = list(zones.codes(zones.table.columns[0]).values())
    assert {zone: found.count(zone) for zone in sorted(set(found))} == {
        "A": 816,
        "Abis": 124,
        "B1": 2216,
        "B2": 3156,
        "C": 28623,
    }


def test_a_list_of_defaults_answers_from_the_day_it_was_drawn_up_to_the_end_of_its_period(
    france: ReferenceShelf,
):
    roquefort = "06105"
    assert cell(france, CARENCE, roquefort, date(2019, 12, 31)) == "non"
    assert cell(france, CARENCE, roquefort, date(2021, 4, 5)) is None
    assert cell(france, CARENCE, roquefort, date(2021, 4, 6)) == "oui"
    assert cell(france, CARENCE, roquefort, date(2022, 12, 31)) == "oui"
    assert cell(france, CARENCE, roquefort, date(2023, 1, 1)) is None
    assert cell(france, CARENCE, roquefort, date(2026, 3, 1)) is None


def test_the_rate_of_an_inventory_counts_in_the_year_after(france: ReferenceShelf):
    assert cell(france, RATE, "06105", date(2016, 6, 1)) == "3.38 %"
    assert cell(france, RATE, "06105", date(2018, 6, 1)) == "4.19 %"
    assert cell(france, RATE, "06105", date(2021, 12, 31)) == "7.93 %"
    assert cell(france, RATE, "06105", date(2022, 1, 1)) is None
    assert cell(france, TARGET, "05061", date(2022, 12, 31)) == "20 %"


def test_what_a_list_marks_exempt_or_beyond_its_target_is_not_a_no(france: ReferenceShelf):
    exempt, beyond = "04143", "06114"
    for code in (exempt, beyond):
        assert cell(france, RATE, code, date(2018, 7, 1))
        assert cell(france, CARENCE, code, date(2018, 7, 1)) is None
        assert cell(france, TARGET, code, date(2018, 7, 1)) is None


def test_the_surcharge_of_mixed_units_is_left_out_and_named(france: ReferenceShelf):
    paca = next(t.table for t in france.tables if t.table.id == "fr.sru.paca.2020")
    assert {column.field for column in paca.columns} == {RATE, TARGET, CARENCE}
    said = dict(paca.left_out)["fr"]
    assert "64,89 à Roquefort-les-Pins" in said
    assert "10,0 à Bouc-Bel-Air" in said


def test_a_commune_that_no_list_holds_stays_unknown(france: ReferenceShelf):
    assert cell(france, ZONE, "99999", date(2025, 1, 1)) is None
    assert cell(france, CARENCE, "35238", date(2022, 1, 1)) is None


def test_shipped_tables_never_answer_twice(france: ReferenceShelf):
    assert list(france.overlaps()) == []


def test_tables_are_no_rulebooks(tmp_path: Path):
    folder = table(tmp_path)
    (folder / "tables" / "stray.yaml").write_text("rulebook: fr.stray\n", encoding="utf-8")
    assert Library([folder]).ids == Library().ids


# -- codes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("35238", "35238"),
        ("6105", "06105"),
        (" 2a004 ", "2A004"),
        ("97105", "97105"),
        ("75056", "75056"),
        ("75101", "75056"),
        ("75120", "75056"),
        ("75121", "75121"),
        ("13201", "13055"),
        ("13216", "13055"),
        ("13217", "13217"),
        ("69381", "69123"),
        ("69389", "69123"),
        ("69380", "69380"),
        ("Rennes", None),
        ("352", None),
        ("352388", None),
        ("", None),
        (None, None),
    ],
)
def test_codes_of_communes(written: str | None, code: str | None):
    assert commune_code(written) == code


# -- tables of a stranger ----------------------------------------------------------------------------------


def test_a_table_of_the_user_answers_in_its_period(tmp_path: Path):
    shelf = ReferenceShelf([table(tmp_path), shipped()])
    assert cell(shelf, ZONE, "35238", date(2030, 1, 1)) == "A"
    assert cell(shelf, ZONE, "35238", date(2029, 12, 31)) is None
    assert cell(shelf, ZONE, "35238", date(2031, 1, 1)) is None


def test_a_table_of_the_user_takes_the_place_of_the_shipped_one_of_that_name(tmp_path: Path):
    own = table(
        tmp_path,
        "insee;zone\n35238;B1\n",
        name="fr.zonage-abc.2024-07",
        since="2024-07-05",
        until="2025-09-05",
    )
    shelf = ReferenceShelf([own, shipped()])
    assert cell(shelf, ZONE, "35238", date(2025, 1, 1)) == "B1"
    assert cell(shelf, ZONE, "75056", date(2025, 1, 1)) is None


def test_line_ends_of_another_machine_are_the_same_rows(tmp_path: Path):
    digest = hashlib.sha256(ROWS.encode()).hexdigest()
    shelf = ReferenceShelf([table(tmp_path, ROWS.replace("\n", "\r\n"), sha256=digest)])
    assert cell(shelf, ZONE, "35238", date(2030, 6, 1)) == "A"


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ("insee;zone\n35238;A\n35238;B1\n", "table_code_twice", "zones.csv:3"),
        ("insee;zone\n6105;A\n", "table_code", "zones.csv:2"),
        ("insee;zone\n13201;A\n", "table_code", "zones.csv:2"),
        ("insee;zone\nTOTAL;A\n", "table_code", "zones.csv:2"),
        ("insee;zone\n35238;A;B1\n", "table_cells", "zones.csv:2"),
        ("insee;zone\n35238;D\n", "table_cell", "zones.csv:2"),
        ("insee;zones\n35238;A\n", "table_titles", "zones.csv:1"),
        ("zone;insee\nA;35238\n", "table_titles", "zones.csv:1"),
    ],
)
def test_broken_rows(tmp_path: Path, rows: str, code: str, place: str):
    found = refused(table(tmp_path, rows))
    assert found[code] == place


@pytest.mark.parametrize("found", ["64.89", "0.7311", "17,54", "110 %", "-1 %", "17 % environ"])
def test_a_rate_without_its_sign_or_out_of_range_is_refused(tmp_path: Path, found: str):
    rows = f"insee;rate\n06105;{found}\n"
    assert set(refused(table(tmp_path, rows, columns="rate: commune.sru_rate"))) <= {
        "table_percent",
        "table_cell",
    }


def test_everything_wrong_is_told_at_once(tmp_path: Path):
    found = refused(table(tmp_path, "insee;zone\n1;A\n35238;D\n75056\n"))
    assert set(found) == {"table_code", "table_cell", "table_cells"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"file": "../zones.csv"}, "shape_wrong"),
        ({"file": "absent/zones.csv"}, "shape_wrong"),
        ({"columns": "zone: commune.zone"}, "table_field"),
        ({"columns": "zone: commune.insee"}, "table_field"),
        ({"columns": "zone: site.land_area"}, "table_field"),
        ({"until": "2030-01-01"}, "period_reversed"),
        ({"until": ""}, "table_period"),
        ({"until": "2030-02-30"}, "day_expected"),
        ({"sha256": "0" * 64}, "table_digest"),
        ({"columns": "zone: {field: commune.zone_abc, form: 2030-01-01}"}, "key_unknown"),
    ],
)
def test_broken_headers(tmp_path: Path, change: dict[str, str], code: str):
    assert code in refused(table(tmp_path, **change))


def test_rows_behind_a_link_out_of_the_folder_are_not_read(tmp_path: Path):
    outside = tmp_path / "outside.csv"
    outside.write_text(ROWS, encoding="utf-8")
    folder = tmp_path / "rules"
    folder.mkdir()
    table(folder)
    rows = folder / "tables" / "zones.csv"
    rows.unlink()
    rows.symlink_to(outside)
    assert "table_rows_elsewhere" in refused(folder)


def test_a_header_behind_a_link_out_of_the_folder_is_not_read(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "rules").mkdir()
    table(tmp_path / "elsewhere")
    (tmp_path / "rules" / "tables").symlink_to(tmp_path / "elsewhere" / "tables")
    assert ReferenceShelf([tmp_path / "rules"]).tables == []


def test_missing_rows_are_named(tmp_path: Path):
    folder = table(tmp_path)
    (folder / "tables" / "zones.csv").unlink()
    assert refused(folder) == {"table_rows_missing": "zones.csv"}


def test_rows_that_are_too_large_are_not_read(tmp_path: Path):
    folder = table(tmp_path)
    (folder / "tables" / "zones.csv").write_bytes(b"0" * 5_000_001)
    assert "table_too_large" in refused(folder)


def test_rows_changed_since_they_were_checked_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MIXRULES_CACHE", str(tmp_path / "cache"))
    folder = table(tmp_path)
    assert cell(ReferenceShelf([folder]), ZONE, "35238", date(2030, 6, 1)) == "A"
    (folder / "tables" / "zones.csv").write_text(ROWS.replace("35238;A", "35238;C"), encoding="utf-8")
    with pytest.raises(InvalidInputError) as raised:
        ReferenceShelf([folder]).answer(ZONE, "35238", date(2030, 6, 1))
    assert raised.value.problems[0].code == "table_digest"


def test_two_tables_that_say_two_things_of_one_day_are_refused(tmp_path: Path):
    table(tmp_path, name="one")
    table(
        tmp_path,
        "insee;zone\n35238;B1\n",
        name="two",
        file="other.csv",
        since="2030-12-31",
        until="2032-01-01",
    )
    shelf = ReferenceShelf([tmp_path])
    assert cell(shelf, ZONE, "35238", date(2030, 12, 30)) == "A"
    assert cell(shelf, ZONE, "35238", date(2031, 1, 1)) == "B1"
    with pytest.raises(InvalidInputError) as raised:
        shelf.answer(ZONE, "35238", date(2030, 12, 31))
    assert raised.value.problems[0].code == "table_overlap"
    assert [problem.code for problem in shelf.overlaps()] == ["table_overlap"]


def test_regional_tables_of_one_period_stand_side_by_side(tmp_path: Path):
    table(tmp_path, name="one")
    table(tmp_path, "insee;zone\n75056;Abis\n", name="two", file="other.csv")
    shelf = ReferenceShelf([tmp_path])
    assert list(shelf.overlaps()) == []
    assert cell(shelf, ZONE, "75056", date(2030, 6, 1)) == "Abis"


def test_two_tables_of_one_name_in_a_folder_are_refused(tmp_path: Path):
    table(tmp_path)
    header = tmp_path / "tables" / "essai.yaml"
    (tmp_path / "tables" / "copie.yaml").write_text(header.read_text(encoding="utf-8"), encoding="utf-8")
    assert "table_twice" in refused(tmp_path)


def test_the_digest_of_a_table_names_its_rows(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = ReferenceShelf([table(tmp_path / "a")]).tables[0].table
    two = ReferenceShelf([table(tmp_path / "b", ROWS + "75056;Abis\n")]).tables[0].table
    assert one.digest != two.digest
    assert one == ReferenceShelf([tmp_path / "a"]).tables[0].table
