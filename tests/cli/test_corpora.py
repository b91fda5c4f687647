from pathlib import Path

from typer.testing import CliRunner

from mixrules.cli import app
from mixrules.territory import corpus

FIXTURES = Path(__file__).parents[2] / "fixtures"
run = CliRunner().invoke


def test_a_corpus_is_drawn_for_the_communes_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "corpus.parquet"
    done = run(app, ["corpus", "make", "-n", "12", "--seed", "3", "--communes", "6088,13055", "-o", str(out)])
    assert done.exit_code == 0
    assert {file.commune.insee for _, file in corpus.read(out)} == {"06088", "13055"}
    refused = run(app, ["corpus", "make", "--communes", "Nice", "-o", str(out)])
    assert refused.exit_code == 4


def test_an_import_says_what_is_not_known(tmp_path: Path) -> None:
    out = tmp_path / "corpus.parquet"
    permits = FIXTURES / "sitadel" / "permits.csv"
    done = run(app, ["corpus", "import", "sitadel", str(permits), "-o", str(out), "--lang", "en"])
    assert done.exit_code == 0
    assert "8 files read" in done.stdout
    assert "tenure (share of dwellings)" in done.stdout
    assert len(list(corpus.read(out))) == 8


def test_nothing_readable_writes_nothing(tmp_path: Path) -> None:
    source, out = tmp_path / "p.csv", tmp_path / "corpus.parquet"
    lines = (FIXTURES / "paris" / "programme.csv").read_text("utf-8").splitlines(keepends=True)
    source.write_text("".join([lines[0], lines[1].replace(";81;", ";-81;")]), encoding="utf-8")
    done = run(app, ["corpus", "import", "paris", str(source), "-o", str(out)])
    assert done.exit_code == 4
    assert "-81" in done.stderr
    assert list(tmp_path.iterdir()) == [source]
