"""Constructs that real schemes need: each is written in the language, with its example."""

from pathlib import Path

import pytest

from mixrules.authoring.example import describe, run
from mixrules.rulebook.loader import load

FOLDER = Path(__file__).parent / "constructs"
FILES = sorted(FOLDER.glob("*.yaml"))
NUMBERS = range(1, 49)


def test_each_construct_is_written_once():
    assert [int(path.name[:2]) for path in FILES] == list(NUMBERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_construct_gives_what_its_scheme_gives(path):
    book = load(path.read_text(encoding="utf-8"), path.name, lambda _: None)
    assert book.id == f"construct.{path.stem}"
    assert book.examples
    failures = [
        f"{trial.example.name}: {text}"
        for trial in run(book)
        for text in [*(describe(f, "en") for f in trial.failures), *(p.render("en") for p in trial.problems)]
    ]
    assert failures == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_of_a_construct_has_an_example(path):
    book = load(path.read_text(encoding="utf-8"), path.name, lambda _: None)
    spoken = {name for example in book.examples for name, _ in example.expect}
    assert {rule.id for rule in book.rules} <= spoken
