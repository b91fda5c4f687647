"""Every construct of the language that works, with its examples; the rulebooks that travel with the product."""

from pathlib import Path

import pytest

from mixrules.authoring.example import describe, run
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.loader import load

GOOD = sorted((Path(__file__).parent / "good").glob("*.yaml"))


def failures(book):
    return [
        f"{trial.example.name}: {text}"
        for trial in run(book)
        for text in [*(describe(f, "fr") for f in trial.failures), *(p.render() for p in trial.problems)]
    ]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_construct_means_what_its_examples_say(path):
    book = load(path.read_text(encoding="utf-8"), path.name, lambda _: None)
    assert book.examples
    assert failures(book) == []


def test_an_example_that_expects_something_else_fails():
    text = (Path(__file__).parent / "good" / "step-table.yaml").read_text(encoding="utf-8")
    book = load(text.replace("rate: 46.25 %,", "rate: 46.26 %,"), "faux.yaml", lambda _: None)
    assert len(failures(book)) == 1


@pytest.mark.parametrize("name", Library([shipped()]).ids)
def test_the_examples_of_a_shipped_rulebook_pass(name):
    assert failures(Library().get(name)) == []
