import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mixrules.cli import app
from mixrules.rulebook.library import Library
from mixrules.territory import corpus
from mixrules.territory.drawing.programme import draw

FIXTURES = Path(__file__).parents[2] / "fixtures"
BOOK = "fr.local.13055.plui"
run = CliRunner().invoke


@pytest.fixture(scope="module")
def marseille(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    corpus.write(path, ((file.id, file) for file in draw(40, 5, ["13055"], collective=True)))
    return str(path)


def test_a_sweep_draws_a_chart(marseille: str, tmp_path: Path) -> None:
    chart = tmp_path / "seuil.svg"
    asked = ["--change", f"{BOOK}/part_lls = 0 %, 100 %", "--change", f"{BOOK}/seuil_logements = 1 dwelling"]
    done = run(app, ["simulate", marseille, *asked, "--rules", BOOK, "--cores", "1", "-o", str(chart)])
    assert done.exit_code == 0
    shown = done.stdout.replace("\u00a0", " ")
    assert "part_lls = 100 %; fr.local.13055.plui/seuil_logements = 1 dwelling" in shown
    assert chart.read_text("utf-8").startswith("<svg")


def test_another_folder_of_rules_takes_the_place_of_the_shipped_ones(marseille: str, tmp_path: Path) -> None:
    text = Library().text("fr.local.13055.parametres")
    changed = re.sub(r"(\d{4}-\d\d-\d\d): \d+ %", r"\1: 100 %", text)
    assert changed != text
    (tmp_path / "parametres.yaml").write_text(changed, encoding="utf-8")
    shown = ["--rules", BOOK, "--format", "csv", "--cores", "1"]
    by_folder = run(app, ["simulate", marseille, "--with-rules", str(tmp_path), *shown])
    by_change = run(app, ["simulate", marseille, "--change", f"{BOOK}/part_lls = 100 %", *shown])
    assert by_folder.exit_code == by_change.exit_code == 0
    effects = [[row.partition(",")[2] for row in done.stdout.splitlines()] for done in (by_folder, by_change)]
    assert effects[0] == effects[1]
    assert any("compliant,non-compliant" in row for row in effects[0])


def test_a_register_is_a_corpus(tmp_path: Path) -> None:
    register = str(tmp_path / "register.db")
    kept = run(app, ["check", str(FIXTURES / "programme-mixte.json"), "--register", register])
    assert kept.exit_code in {0, 1, 3}
    change = "fr.modele.parametres/taux_remise[palier] = 20 %"
    done = run(app, ["simulate", register, "--change", change, "--lang", "en"])
    assert done.exit_code == 0
    assert "Simulation – 1 file, with no legal effect" in done.stdout
    assert "€123,000 → €164,000 (+€41,000)" in done.stdout


def test_what_is_no_corpus_is_refused(tmp_path: Path, marseille: str) -> None:
    change = ["--change", f"{BOOK}/part_lls = 40 %"]
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 not at all")
    for location in (str(broken), str(tmp_path / "nothing.parquet"), str(FIXTURES / "README.md")):
        done = run(app, ["simulate", location, *change])
        assert (done.exit_code, done.exception.__class__) == (4, SystemExit)
    assert "--with-rules" in run(app, ["simulate", marseille]).stderr
