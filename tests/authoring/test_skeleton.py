"""The rulebook that `mixrules rules new` writes loads, lints and passes its own examples."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

from mixrules.cli import app


def run(*arguments: object):
    return CliRunner().invoke(app, ["rules", *map(str, arguments)])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_new_rulebook_goes_round(tmp_path, lang):
    path = tmp_path / "charte.yaml"
    assert run("new", "fr.local.99001.charte", "-o", path, "--lang", lang).exit_code == 0
    assert "rulebook: fr.local.99001.charte\n" in path.read_text(encoding="utf-8")
    linted = run("lint", "--rules", path, "--lang", "en")
    assert linted.exit_code == 0, linted.output
    assert "0 errors, 0 warnings" in linted.output
    tested = run("test", "--rules", path, "--lang", "en")
    assert tested.exit_code == 0, tested.output
    assert "5/5" in tested.output


def test_both_languages_have_the_same_shape(tmp_path):
    shapes = []
    for lang in ("fr", "en"):
        path = tmp_path / f"{lang}.yaml"
        run("new", "essai", "-o", path, "--lang", lang)
        text = path.read_text(encoding="utf-8")
        held = yaml.safe_load(text)
        shapes.append((list(held), [list(r) for r in held["rules"].values()], text.count("#")))
    assert shapes[0] == shapes[1]


def test_a_file_is_never_overwritten(tmp_path):
    path = tmp_path / "charte.yaml"
    path.write_text("travail", encoding="utf-8")
    result = run("new", "essai", "-o", path)
    assert result.exit_code == 4
    assert "existe déjà" in result.stderr
    assert path.read_text(encoding="utf-8") == "travail"


@pytest.mark.parametrize("name", ["deux mots", "1er", "a: b", "-x", "a\nforce: law", ""])
def test_a_name_that_is_no_name_is_refused(tmp_path, name):
    result = run("new", "-o", tmp_path / "a.yaml", "--", name)
    assert result.exit_code == 4
    assert not (tmp_path / "a.yaml").exists()


def test_the_name_of_a_shipped_rulebook_is_refused(tmp_path):
    assert run("new", "fr.urb.L111-24", "-o", tmp_path / "a.yaml").exit_code == 4
    assert run("new", "essai", "-o", tmp_path / "absent" / "a.yaml").exit_code == 4
