"""Reference tables as their users meet them: listed, looked up by a check, linted, refused when broken."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from typer.testing import CliRunner

from mixrules.cli import app

RULE = "fr.urb.L111-24"
HEADER = """\
table: essai.carence
title: {{fr: "Arrêté d'essai"}}
source: {{ref: "arrêté d'essai"}}
licence: "essai"
vintage: "2026"
from: 2026-01-01
until: 2027-01-01
rows: carence.csv
sha256: {sha256}
columns:
  carence: commune.carence
"""


def run(*arguments: object):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def submission(folder: Path, insee: str, day: str, **commune: object) -> Path:
    path = folder / "programme.json"
    data = {
        "dates": {"decision": day},
        "commune": {"insee": insee, "unbuildable_exempt": False, **commune},
        "programme": {
            "id": "P",
            "collective": True,
            "housing_floor_area": 1300,
            "site": {"defence_land": False},
            "dwellings": [
                {"count": 5, "tenure": "PLUS", "residence": "ordinary"},
                {"count": 15, "tenure": "libre", "residence": "ordinary"},
            ],
        },
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def own_table(folder: Path, rows: str = "insee;carence\n35238;oui\n") -> Path:
    home = folder / "rules" / "tables"
    home.mkdir(parents=True)
    (home / "carence.csv").write_bytes(rows.encode())
    sha256 = hashlib.sha256(rows.encode()).hexdigest()
    (home / "carence.yaml").write_text(HEADER.format(sha256=sha256), encoding="utf-8")
    return folder / "rules"


def test_a_commune_in_default_is_looked_up_and_named(tmp_path):
    result = run("check", submission(tmp_path, "06105", "2022-03-02"), "--rules", RULE)
    assert result.exit_code == 1
    assert "Données de référence" in result.output
    assert "fr.sru.paca.2020" in result.output
    assert "que le dossier ne dit pas" in result.output


def test_after_the_last_list_the_default_is_asked_for(tmp_path):
    result = run("check", submission(tmp_path, "06105", "2026-03-02"), "--rules", RULE)
    assert result.exit_code == 3
    assert "/commune/carence" in result.output
    assert "Données de référence" not in result.output


def test_a_contradiction_is_printed(tmp_path):
    path = submission(tmp_path, "06105", "2022-03-02", carence=False)
    result = run("check", path, "--rules", RULE, "--lang", "en")
    assert result.exit_code == 0
    assert "! Commune in default" in result.output
    assert "the file says no, the table says yes" in " ".join(result.output.split())


def test_a_table_beside_the_users_rules_is_read(tmp_path):
    path, rules = submission(tmp_path, "35238", "2026-03-02"), own_table(tmp_path)
    assert run("check", path, "--rules", RULE).exit_code == 3
    result = run("check", path, "--rules", RULE, "--rules", rules)
    assert result.exit_code == 1
    assert "essai.carence" in result.output


def test_a_broken_table_gives_no_decision(tmp_path):
    path, rules = (
        submission(tmp_path, "35238", "2026-03-02"),
        own_table(tmp_path, "insee;carence\n35238;64.89\n"),
    )
    result = run("check", path, "--rules", RULE, "--rules", rules)
    assert result.exit_code == 4
    assert "carence.csv:2" in result.stderr
    assert "Traceback" not in result.stderr


def test_tables_are_listed_with_vintage_rows_and_source():
    result = run("rules", "tables")
    assert result.exit_code == 0
    for words in (
        "fr.zonage-abc.2024-07",
        "34\u202f935 communes",
        "5 juillet 2024",
        "DREAL PACA",
        "64,89 à Roquefort",
    ):
        assert words in result.output
    assert "vintage 5 July 2024" in run("rules", "tables", "--lang", "en").output


def test_lint_names_the_days_without_a_table(tmp_path):
    result = run("rules", "lint", "--rules", own_table(tmp_path))
    assert result.exit_code == 0
    assert (
        "essai.carence: commune.carence\N{NO-BREAK SPACE}: plus aucune table à partir du 2027-01-01"
        in result.output
    )
    assert "zonage" not in result.output


def test_lint_refuses_tables_that_overlap(tmp_path):
    rules = own_table(tmp_path)
    text = (rules / "tables" / "carence.yaml").read_text(encoding="utf-8")
    (rules / "tables" / "other.yaml").write_text(
        text.replace("essai.carence", "essai.autre"), encoding="utf-8"
    )
    result = run("rules", "lint", "--rules", rules)
    assert result.exit_code == 1
    assert "essai.autre et essai.carence donnent commune.carence de 35238 aux mêmes jours" in result.output


def test_lint_refuses_altered_rows(tmp_path):
    rules = own_table(tmp_path)
    assert run("rules", "tables", "--rules", rules).exit_code == 0
    (rules / "tables" / "carence.csv").write_text("insee;carence\n35238;non\n", encoding="utf-8")
    result = run("rules", "lint", "--rules", rules)
    assert result.exit_code == 1
    assert "carence.csv: lignes modifiées" in result.output


def test_an_arrondissement_opens_the_rulebooks_of_its_commune(tmp_path):
    path = submission(tmp_path, "13208", "2026-03-02", carence=False)
    decision = json.loads(run("check", path, "--format", "json").output)
    assert "fr.local.13055.plui" in {book["id"] for book in decision["rulebooks"]}


def test_a_kept_decision_is_replayed_with_its_own_tables(tmp_path):
    path, rules = submission(tmp_path, "35238", "2026-03-02"), own_table(tmp_path)
    register = tmp_path / "decisions.db"
    assert run("check", path, "--rules", RULE, "--rules", rules, "--register", register).exit_code == 1
    (rules / "tables" / "carence.yaml").unlink()
    (rules / "tables" / "carence.csv").unlink()
    assert run("register", "verify", register).exit_code == 0
    result = run("replay", register)
    assert result.exit_code == 0, result.output
