"""`mixrules import` and `mixrules check --mapping`, as a developer runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from mixrules.cli import app

RUNNER = CliRunner()
ROWS = [
    ["Résidence des Tilleuls"],
    ["N° lot", "Bâtiment", "Typologie", "SHAB (m²)", "SDP", "Financement"],
    ["101", "A", "T2", "45,20 m²", 50, "aidé"],
    ["102", "A", "T3", 61.5, 68, "libre"],
]


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Grille"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    return workbook(tmp_path / "grille.xlsx", ROWS)


def run(*words: object) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words])


def answered(grid: Path) -> Path:
    """The mapping as the command writes it, with its one question answered by hand."""
    mapping = grid.with_suffix(".yaml")
    assert run("import", grid, "--write-mapping", mapping).exit_code == 3
    text = mapping.read_text(encoding="utf-8")
    asked = next(line for line in text.splitlines() if line.startswith("#"))
    assert "aidé" in asked
    mapping.write_text(text.replace(asked, "    aidé: PLUS|PLAI"), encoding="utf-8")
    return mapping


def test_a_question_stops_the_programme_and_its_answer_is_kept(grid: Path) -> None:
    output = grid.with_suffix(".json")
    first = run("import", grid, "-o", output)
    assert first.exit_code == 3
    assert "Grille!F3" in first.output
    assert not output.exists()
    mapping = answered(grid)
    assert run("import", grid, "--mapping", mapping, "-o", output).exit_code == 0
    dwellings = json.loads(output.read_text(encoding="utf-8"))["programmes"][0]["dwellings"]
    assert [(d["lot"], d["living_area"], d["tenure"]) for d in dwellings] == [
        ("101", "45.2", "PLAI|PLUS"),
        ("102", "61.5", "libre"),
    ]


def test_the_programme_and_the_workbook_give_one_decision_that_names_the_promoters_cells(grid: Path) -> None:
    mapping, output = answered(grid), grid.with_suffix(".json")
    run("import", grid, "--mapping", mapping, "-o", output)
    by_file = run("check", output, "--format", "json")
    by_mapping = run("check", grid, "--mapping", mapping, "--format", "json")
    assert by_file.output == by_mapping.output
    assert by_file.exit_code in {0, 1, 3}
    data = json.loads(output.read_text(encoding="utf-8"))
    data["programmes"][0]["dwellings"][1]["floor_area"] = "beaucoup"
    output.write_text(json.dumps(data), encoding="utf-8")
    broken = run("check", output)
    assert broken.exit_code == 4
    assert "Grille!E4" in broken.output


def test_a_mapping_serves_the_next_version_whose_columns_moved_and_names_what_is_gone(grid: Path) -> None:
    mapping = answered(grid)
    moved = [
        [],
        *([row[5], *row[:5]] if len(row) > 5 else row for row in ROWS),
        ["PLUS", "103", "B", "T2", 40, 44],
    ]
    later = workbook(grid.with_name("v2.xlsx"), moved)
    assert run("import", later, "--mapping", mapping).exit_code == 0
    renamed = [ROWS[0], [*ROWS[1][:3], "Surface hab.", *ROWS[1][4:]], *ROWS[2:]]
    gone = run("import", workbook(grid.with_name("v3.xlsx"), renamed), "--mapping", mapping)
    assert gone.exit_code == 4
    assert "SHAB (m²)" in gone.output
    assert "n'est plus dans le classeur" in gone.output


@pytest.mark.parametrize(
    "text",
    [
        "rien",
        'mixrules-mapping: "1"\nsheets:\n  Grille:\n    columns:\n      SDP: sdp\n',
        'mixrules-mapping: "1"\nautre:\n  chose: 1\n',
        'mixrules-mapping: "1"\na: &a [*a]\n',
        "a: [",
    ],
)
def test_a_wrong_mapping_is_refused_in_words(grid: Path, text: str) -> None:
    mapping = grid.with_suffix(".yaml")
    mapping.write_text(text, encoding="utf-8")
    refused = run("import", grid, "--mapping", mapping)
    assert refused.exit_code == 4
    assert "grille.yaml" in refused.output
    assert run("check", grid, "--mapping", mapping).exit_code == 4


def test_a_workbook_without_dwellings_says_so_in_both_languages(tmp_path: Path) -> None:
    path = workbook(tmp_path / "vide.xlsx", [["Bonjour"]])
    assert "rien à importer" in run("import", path).output
    assert "nothing to import" in run("import", path, "--lang", "en").output
    assert run("import", tmp_path / "absent.xlsx").exit_code == 4
