"""The register from the command line: what an officer and an auditor type, and what they see."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = str(ROOT / "fixtures/programme-mixte.xlsx")


def mixrules(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mixrules.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "register.db")


def test_a_decision_is_kept_verified_and_replayed(place: str) -> None:
    kept = mixrules("check", FILE, "--register", place, "--format", "json")
    assert "sous le n°\N{NO-BREAK SPACE}1" in kept.stderr
    decision = json.loads(kept.stdout)
    again = mixrules("check", FILE, MIXRULES_REGISTER=place)
    assert "sous le n°\N{NO-BREAK SPACE}2" in again.stderr
    assert mixrules("register", "verify", place).returncode == 0
    assert json.loads(mixrules("register", "show", place, "1").stdout) == decision
    assert mixrules("register", "list", place).stdout.count("\n") == 2
    replayed = mixrules("replay", place, "--entry", "2")
    assert replayed.returncode == 0
    assert "1 identique, octet pour octet" in replayed.stdout


def test_a_decision_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    place = str(tmp_path / "absent" / "register.db")
    kept = mixrules("check", FILE, "--register", place)
    assert kept.returncode == 6
    assert "N'EST PAS au registre" in kept.stderr
    english = mixrules("check", FILE, "--register", place, "--lang", "en")
    assert "NOT in the register" in english.stderr


def test_a_wrong_key_keeps_nothing(place: str, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("no key")
    kept = mixrules("check", FILE, "--register", place, "--key", str(key))
    assert kept.returncode == 6
    assert "Ed25519" in kept.stderr


def test_signed_and_checkpointed(place: str, tmp_path: Path) -> None:
    key, point = tmp_path / "town.pem", tmp_path / "november.json"
    assert mixrules("register", "key", "-o", str(key)).returncode == 0
    mixrules("check", FILE, "--register", place, "--key", str(key))
    assert mixrules("register", "checkpoint", place, "-o", str(point), "--key", str(key)).returncode == 0
    public = str(tmp_path / "town.pub")
    found = mixrules("register", "verify", place, "--public-key", public, "--checkpoint", str(point))
    assert found.returncode == 0, found.stdout
    assert "dont 1 signée" in found.stdout
    Path(place).unlink()
    mixrules("check", FILE, "--register", place, "--key", str(key))
    rewritten = mixrules("register", "verify", place, "--checkpoint", str(point))
    assert rewritten.returncode == 1
    assert "autre registre" in rewritten.stdout


def test_what_other_rules_would_change(place: str) -> None:
    mixrules("check", FILE, "--register", place)
    rules = ("--with-rules", "fr.urb.L111-24", "--date", "2014-01-01")
    text = mixrules("replay", place, *rules)
    assert text.returncode == 1
    assert "Verdict" in text.stdout
    table = mixrules("replay", place, *rules, "--format", "csv").stdout.splitlines()
    assert table[0].startswith("number,dossier,what,rule")
    assert len(table) > 1
    held = json.loads(mixrules("replay", place, *rules, "--format", "json").stdout)
    assert held[0]["changes"][0]["what"] == "verdict"


@pytest.mark.parametrize("command", [("register", "verify"), ("register", "list"), ("replay",)])
def test_no_register_is_no_traceback(command: tuple[str, ...], tmp_path: Path) -> None:
    found = mixrules(*command, str(tmp_path / "absent.db"))
    assert found.returncode == 4
    assert "Traceback" not in found.stderr
    assert "aucun registre" in found.stderr


def test_an_entry_that_does_not_exist(place: str) -> None:
    mixrules("check", FILE, "--register", place)
    found = mixrules("register", "show", place, "7")
    assert found.returncode == 4
    assert "la dernière porte le n°\N{NO-BREAK SPACE}1" in found.stderr


def test_names_are_erased_on_request(place: str) -> None:
    mixrules("check", FILE, "--register", place, "--officer", "Une instructrice")
    assert (
        "effacé\N{NO-BREAK SPACE}: officer"
        in mixrules("register", "erase", place, "1", "--whom", "officer").stdout
    )
    assert "rien à effacer" in mixrules("register", "erase", place, "1", "--whom", "officer").stdout
    assert mixrules("register", "verify", place).returncode == 0
