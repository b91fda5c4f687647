"""`mixrules rules`: the rulebooks listed, said and tested."""

from __future__ import annotations

from typer.testing import CliRunner

from mixrules.cli import app

BOOK = """
rulebook: test.book
title: {fr: Essai}
force: plan
source: {ref: "art. 1"}
rules:
  part:
    obligation: {require: "share(tenure = PLUS of dwellings) >= 25 %"}
    examples:
      - name: un quart
        given: {dwellings: [1 PLUS, 3 libre]}
        expect: {part: EXPECTED}
"""


def run(*arguments: object):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_examples_of_a_shipped_rulebook_hold():
    result = run("rules", "test", "--rules", "fr.urb.L111-24")
    assert result.exit_code == 0, result.output
    assert "fr.urb.L111-24" in result.output


def test_a_failing_example_says_what_was_found(tmp_path):
    (tmp_path / "book.yaml").write_text(BOOK.replace("EXPECTED", "unmet"), encoding="utf-8")
    result = run("rules", "test", "--rules", tmp_path)
    assert result.exit_code == 1
    assert "attendu unmet, trouvé met" in result.output


def test_a_broken_rulebook_names_line_and_column(tmp_path):
    text = BOOK.replace("EXPECTED", "met").replace("dwellings)", "dwelings)")
    (tmp_path / "book.yaml").write_text(text, encoding="utf-8")
    result = run("rules", "test", "--rules", tmp_path)
    assert result.exit_code == 4
    line = (
        text.splitlines().index('    obligation: {require: "share(tenure = PLUS of dwelings) >= 25 %"}') + 1
    )
    assert f"book.yaml:{line}:" in result.stderr
    assert "dwelings" in result.stderr


def test_an_unknown_rulebook_suggests_one():
    result = run("rules", "show", "fr.urb.L111-25")
    assert result.exit_code == 4
    assert "fr.urb.L111-24" in result.stderr


def test_a_rulebook_is_said_in_both_languages():
    assert "S'applique si" in run("rules", "show", "fr.urb.L111-24").output
    assert "Applies when" in run("rules", "show", "fr.urb.L111-24", "--lang", "en").output


def test_every_shipped_rulebook_is_listed_and_said():
    listed = [
        line.split()[0] for line in run("rules", "list").output.splitlines() if not line.startswith(" ")
    ]
    assert len(listed) >= 6
    for name in listed:
        assert run("rules", "show", name).exit_code == 0
