"""`mixrules check` as its users meet it: exit codes, languages, formats, errors by cell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mixrules.cli import app
from mixrules.engine import direct, rete
from mixrules.engine.contract import model_of
from mixrules.engine.decision import Decision

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEMO = FIXTURES / "programme-mixte.xlsx"
RULE = "fr.urb.L111-24"


def run(*arguments: object):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def submission(tmp_path: Path, tenures: list[tuple[int, str]], **commune: object) -> Path:
    path = tmp_path / "programme.json"
    data = {
        "dates": {"decision": "2026-03-02"},
        "commune": {"carence": True, "unbuildable_exempt": False, **commune},
        "programme": {
            "id": "P",
            "collective": True,
            "housing_floor_area": 1300,
            "site": {"defence_land": False},
            "dwellings": [{"count": n, "tenure": t, "residence": "ordinary"} for n, t in tenures],
        },
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("social", "code", "verdict"),
    [(6, 0, "compliant"), (5, 1, "non-compliant")],
)
def test_one_dwelling_decides_the_exit_code(tmp_path, social, code, verdict):
    path = submission(tmp_path, [(social, "PLUS"), (20 - social, "libre")])
    result = run("check", path, "--rules", RULE, "--format", "json")
    assert result.exit_code == code
    assert json.loads(result.output)["verdict"] == verdict


def test_a_missing_value_is_undetermined_and_named(tmp_path):
    path = submission(tmp_path, [(20, "libre")], carence=None)
    result = run("check", path, "--rules", RULE)
    assert result.exit_code == 3
    assert "/commune/carence" in result.output


def test_a_usage_error_is_two():
    assert run("check", DEMO, "--format", "pdf").exit_code == 2


def test_invalid_input_is_four_and_names_the_place(tmp_path):
    path = submission(tmp_path, [(20, "castor")])
    result = run("check", path, "--rules", RULE)
    assert result.exit_code == 4
    assert "castor" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_misspelt_claim_is_refused_with_a_suggestion(tmp_path):
    path = submission(tmp_path, [(20, "libre")])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["programme"]["claims"] = {"volume_lsl": "20 %"}
    path.write_text(json.dumps(data), encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 4
    assert "claims.volume_lls" in result.stderr


def test_evaluators_that_disagree_issue_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "mixrules.engine.inference.direct.solve",
        lambda network, inputs: {
            name: (not truth if truth is not None else None)
            for name, truth in direct_solve(network, inputs).items()
        },
    )
    if not rete.available():
        pytest.skip("one evaluator only: durable-rules cannot serve on this Python")
    result = run("check", submission(tmp_path, [(20, "libre")]), "--rules", RULE)
    assert result.exit_code == 5
    assert result.stdout == ""
    assert "direct" in result.stderr
    assert rete.NAME in result.stderr


direct_solve = direct.solve


def test_the_date_chooses_the_version_of_the_law(tmp_path):
    path = submission(tmp_path, [(5, "PLUS"), (15, "libre")])
    before = run("check", path, "--rules", RULE, "--date", "2012-12-31", "--format", "json")
    assert json.loads(before.output)["findings"] == []
    after = run("check", path, "--rules", RULE, "--date", "2014-01-01", "--format", "json")
    assert json.loads(after.output)["verdict"] == "non-compliant"


def test_the_decision_keeps_its_contract():
    result = run("check", DEMO, "--format", "json")
    assert result.exit_code in {0, 1, 3}
    model_of(Decision).model_validate_json(result.output)


def test_output_goes_to_a_file(tmp_path):
    target = tmp_path / "decision.json"
    result = run("check", DEMO, "--format", "json", "-o", target)
    assert result.exit_code in {0, 1, 3}
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "mixrules-decision/1"
    assert result.stdout == ""


def test_a_report_that_cannot_be_written_says_so(tmp_path):
    result = run("check", DEMO, "-o", tmp_path / "missing" / "decision.txt")
    assert result.exit_code == 4
    assert "decision.txt" in result.stderr


@pytest.mark.parametrize(("lang", "word"), [("fr", "Droit applicable"), ("en", "Applicable law")])
def test_both_languages(lang, word):
    assert word in run("check", DEMO, "--lang", lang).output


def test_the_same_bytes_in_every_process(tmp_path):
    """Hash seed, locale and row order change nothing."""
    path = submission(tmp_path, [(6, "PLUS"), (4, "PLS"), (10, "libre")])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["programme"]["dwellings"].reverse()
    other = tmp_path / "reversed.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    outputs = set()
    for file, seed, locale in ((path, "0", "C.UTF-8"), (path, "1", "fr_FR.UTF-8"), (other, "2", "C.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale}
        command = [sys.executable, "-m", "mixrules.cli", "check", str(file), "--format", "json"]
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=False).stdout)
    assert len(outputs) == 1
    assert b"digest" in outputs.pop()


def test_no_colour_when_piped():
    assert "\x1b[" not in run("check", DEMO).output


def test_template_is_written_and_read_back(tmp_path):
    path = tmp_path / "programme.xlsx"
    assert run("template", "-o", path).exit_code == 0
    result = run("check", path)
    assert result.exit_code in {3, 4}
    assert "Traceback" not in result.output


@pytest.mark.parametrize("what", ["programme", "rulebook", "decision"])
def test_schemas_are_json_schemas(what):
    schema = json.loads(run("schema", what).output)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["properties"]


@pytest.mark.parametrize("command", [("check",), ("rules", "test"), ("template",), ("schema",)])
def test_help_shows_an_example(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "mixrules" in result.output


@pytest.mark.parametrize(("claim", "code"), [(20, 4), ("20 %", 3), (0.2, 3)])
def test_a_rate_without_its_sign_is_refused(tmp_path, claim, code):
    path = submission(tmp_path, [(20, "libre")], carence=None)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["programme"]["claims"] = {"volume_lls": claim}
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run("check", path).exit_code == code


def test_a_certificate_freezes_the_plan_and_not_the_charter(tmp_path):
    path = submission(tmp_path, [(20, "libre")])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["dates"] = {"certificate": "2025-09-15", "filing": "2025-11-17", "decision": "2026-03-02"}
    path.write_text(json.dumps(data), encoding="utf-8")
    decision = json.loads(run("check", path, "--format", "json").output)
    assert decision["law_date"]["date"] == "2025-09-15"
    assert decision["law_date"]["agreements"] == "2026-03-02"
    assert any(finding["force"] == "charter" for finding in decision["findings"])


def test_a_claim_opens_the_rulebook_that_it_needs(tmp_path):
    path = submission(tmp_path, [(20, "PLUS")])
    closed = json.loads(run("check", path, "--format", "json").output)
    assert not [book for book in closed["rulebooks"] if book["id"] == "fr.cgi.278-sexies"]
    data = json.loads(path.read_text(encoding="utf-8"))
    data["programme"]["claims"] = {"vat_rates": True}
    path.write_text(json.dumps(data), encoding="utf-8")
    opened = json.loads(run("check", path, "--format", "json").output)
    assert [book for book in opened["rulebooks"] if book["id"] == "fr.cgi.278-sexies"]


def test_why_unfolds_one_rule_down_to_its_lots(tmp_path: Path):
    told = run("check", DEMO, "--why", "places-des-logements")
    assert told.exit_code == 1
    lots = "A101, A201, A001, A105, A003, A004, B101, B103, B104, B201, B203, B001"
    assert lots in " ".join(told.stdout.replace("│", "").split())
    saved = tmp_path / "decision.json"
    run("check", DEMO, "--format", "json", "-o", saved)
    again = run("report", saved, "--programme", DEMO, "--why", "places-des-logements")
    assert again.stdout == told.stdout


def test_an_altered_decision_makes_no_order_and_no_comparison(tmp_path: Path):
    saved, altered = tmp_path / "decision.json", tmp_path / "altered.json"
    run("check", DEMO, "--format", "json", "-o", saved)
    content = json.loads(saved.read_text("utf-8"))
    altered.write_text(json.dumps(content | {"verdict": "compliant"}), encoding="utf-8")
    for asked in (("report", altered, "--format", "motivation"), ("compare", saved, altered)):
        done = run(*asked)
        assert done.exit_code == 4
        assert "altered.json" in done.stderr
        assert "empreinte" in done.stderr
        assert done.stdout == ""
    # The same content in another layout is the same decision.
    altered.write_text(json.dumps(content, indent=4), encoding="utf-8")
    assert run("report", altered, "--format", "motivation").exit_code == 0


def test_why_names_each_condition_of_an_advantage_and_breaks_no_reference():
    told = run("check", DEMO, "--why", "remise-fonciere").stdout.splitlines()
    assert "  ✓ Bâtiments équilibrés" in told
    assert "  ✓ Paliers ouverts à plusieurs générations" in told
    assert not [line for line in told if line.split()[:1] == ["Condition"]]
    other = run("check", DEMO, "--why", "majoration-lls").stdout
    assert "L.\N{NO-BREAK SPACE}151-28" in other
    assert not [line for line in other.splitlines() if line.endswith(("L.", "art.", "«", "n°"))]


def test_why_refuses_a_rule_of_which_nothing_was_decided():
    told = run("check", DEMO, "--why", "part-lss")
    assert told.exit_code == 2
    assert "part-lss" in told.output
