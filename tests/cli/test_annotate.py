"""`mixrules check FILE --annotate OUT.xlsx`, as a promoter runs it."""

import json
import os
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from mixrules.cli import app
from mixrules.programme.model import Submission
from mixrules.programme.template import write_submission

HERE = Path(__file__).parent
MIXED = HERE.parent.parent / "fixtures" / "programme-mixte.xlsx"
DISTRICT = HERE.parent.parent / "fixtures" / "quartier-exemple.json"
CHARTER = "fr.modele.du-palier-au-quartier"


def check(file: Path, output: Path, *more: object):
    return CliRunner().invoke(app, [str(part) for part in ("check", file, "--annotate", output, *more)])


def programme(path: Path, tenures: list[str | None], **more: object) -> Path:
    """A building of one staircase with four dwellings a floor, in the layout of the template."""
    dwellings = [
        {
            "lot": f"{n:02}", "building": "A", "stairwell": "1", "floor": str(n // 4), "landing": "1",
            "rooms": 3, "floor_area": 60, "living_area": 55, "tenure": tenure,
        }
        for n, tenure in enumerate(tenures)
    ]  # fmt: skip
    given = {"id": "D1", "programmes": [{"id": "P1", "dwellings": dwellings, **more}]}
    write_submission(Submission.model_validate(given), path)
    return path


def comments(path: Path) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def said(path: Path, sheet: str = "Contrôle") -> list[list[object]]:
    return [
        [c for c in row if c is not None]
        for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    ]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "copie.xlsx"


def test_the_dwellings_of_a_landing_that_is_too_social_are_marked(tmp_path: Path, output: Path) -> None:
    file = programme(tmp_path / "p.xlsx", ["PLAI"] * 4 + ["PLAI", "libre", "libre", "BRS"], collective=True)
    result = check(file, output, "--rules", CHARTER)
    rule = "Pas de palier presque entièrement social"
    marked = {cell: text for cell, text in comments(output).items() if rule in text}
    assert set(marked) == {"Lots!K2", "Lots!K3", "Lots!K4", "Lots!K5"}
    assert "proposition" in marked["Lots!K2"] or "art." in marked["Lots!K2"]
    assert "NON RESPECTÉE" in marked["Lots!K2"]
    assert result.exit_code == 3
    row = next(row for row in said(output) if row[:1] == [rule] and "✗ NON RESPECTÉE" in row)
    assert 1 in row  # observed: 100 %, a number


def test_the_sheet_tells_the_verdict_the_gap_and_links_to_the_cell(output: Path) -> None:
    result = check(MIXED, output)
    assert result.exit_code == 1
    sheet = openpyxl.load_workbook(output)["Contrôle"]
    texts = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "✗ NON CONFORME" in texts
    row = texts["✗ NON RESPECTÉE"].row
    observed, required, gap = (sheet.cell(row, column) for column in (4, 5, 6))
    assert (observed.value, required.value, gap.value) == (16, 18, 2)
    assert gap.number_format == '"il manque "#,##0 "places"'
    link = sheet.cell(row, 9)
    assert link.hyperlink.location == f"'Programme'!{link.value.removeprefix('Programme!')}"
    assert "Places de stationnement" in comments(output)[link.value]


def test_a_missing_value_is_marked_where_it_belongs(tmp_path: Path, output: Path) -> None:
    file = programme(tmp_path / "p.xlsx", ["PLAI", None, "libre", "libre"])
    check(file, output, "--rules", CHARTER)
    assert comments(output)["Lots!K3"].startswith("— mixrules —\nÀ renseigner – catégorie (")
    rows = [row for row in said(output) if "Lots!K3" in row]
    assert rows
    assert rows[0][0] == "catégorie"


def test_without_a_decision_the_faults_are_marked(tmp_path: Path, output: Path) -> None:
    file = programme(tmp_path / "p.xlsx", ["PLAI", "libre"])
    book = openpyxl.load_workbook(file)
    book["Lots"]["I2"] = "abc"
    book.save(file)
    result = check(file, output)
    assert result.exit_code == 4
    assert "un nombre (m²) est attendu" in comments(output)["Lots!I2"]
    assert ["Verdict", "✗ AUCUNE DÉCISION : le fichier est à corriger d'abord"] in said(output)


def test_the_copy_is_read_as_the_original_and_annotated_again_alike(tmp_path: Path, output: Path) -> None:
    first = check(MIXED, output)
    again = tmp_path / "encore.xlsx"
    second = check(output, again)
    assert second.stdout == first.stdout
    assert again.read_bytes() == output.read_bytes()


def test_an_existing_file_is_replaced_only_when_asked(output: Path) -> None:
    output.write_bytes(b"precious")
    assert check(MIXED, output).exit_code == 2
    assert output.read_bytes() == b"precious"
    assert check(MIXED, output, "--force").exit_code == 1
    assert output.read_bytes().startswith(b"PK")


def test_the_checked_file_is_never_replaced(tmp_path: Path) -> None:
    file = programme(tmp_path / "p.xlsx", ["PLAI"])
    before = file.read_bytes()
    link = tmp_path / "lien.xlsx"
    link.symlink_to(file)
    for target in (file, link):
        result = check(file, target, "--force")
        assert result.exit_code == 2
        assert "le fichier contrôlé lui-même" in result.stderr
    assert file.read_bytes() == before


def test_a_name_that_is_no_xlsx_is_refused(tmp_path: Path) -> None:
    result = check(MIXED, tmp_path / "copie.xlsm")
    assert result.exit_code == 2
    assert "la copie annotée est un .xlsx" in result.stderr


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    result = check(MIXED, tmp_path / "absent" / "copie.xlsx")
    assert result.exit_code == 4
    assert "ne peut pas être écrit" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "clos"
    closed.mkdir(mode=0o500)
    assert "ne peut pas être écrit" in check(MIXED, closed / "copie.xlsx").stderr


def test_a_json_gives_the_sheet_alone_and_says_so(output: Path) -> None:
    result = check(DISTRICT, output)
    assert "un classeur neuf est écrit" in result.stderr
    assert openpyxl.load_workbook(output).sheetnames == ["Contrôle"]
    once = output.read_bytes()
    check(DISTRICT, output, "--force")
    assert output.read_bytes() == once


def test_in_english(output: Path) -> None:
    check(MIXED, output, "--lang", "en")
    rows = said(output, "Check")
    assert ["Check – mixrules"] in rows
    assert any("✗ NOT COMPLIANT" in row for row in rows)


def test_a_name_from_the_file_is_no_formula(tmp_path: Path, output: Path) -> None:
    file = programme(tmp_path / "p.xlsx", ["PLAI", "libre"], name='=HYPERLINK("http://x")')
    check(file, output)
    cells = [c for row in openpyxl.load_workbook(output)["Contrôle"].iter_rows() for c in row]
    name = next(c for c in cells if c.value == '=HYPERLINK("http://x")')
    assert name.data_type == "s"
    assert name.quotePrefix


def test_a_csv_of_dwellings_names_its_lines(tmp_path: Path, output: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot;catégorie\n1;PLAI\n2;\n", encoding="utf-8")
    (tmp_path / "lots.json").write_text(json.dumps({"commune": {"carence": True}}), encoding="utf-8")
    check(file, output, "--rules", CHARTER)
    assert any("lots.csv:3:2" in row for row in said(output))
