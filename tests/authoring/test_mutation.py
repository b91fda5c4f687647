"""`mixrules rules test --mutate`: a hole in the examples is named, and closes with the missing example."""

from __future__ import annotations

from fractions import Fraction

import pytest
from holed_book import holed, load
from typer.testing import CliRunner

from mixrules.authoring.alteration import alterations, steps
from mixrules.authoring.equivalence import Comparison
from mixrules.authoring.mutation import campaign, mutants
from mixrules.cli import app
from mixrules.quantity import parse_unit
from mixrules.rulebook.library import Library


def changes(book) -> set[tuple[str, str]]:
    return {(m.before.split(" : ")[-1], m.after.split(" : ")[-1]) for m in campaign(book, "fr").survivors}


def test_the_hole_is_named(tmp_path):
    survivors = changes(load(tmp_path, holed(whole=False)))
    assert ("au moins 25\u00a0%", "plus de 25\u00a0%") in survivors
    assert ("exception «\N{NARROW NO-BREAK SPACE}dispense\N{NARROW NO-BREAK SPACE}»", "supprimé") in survivors
    assert ("plus de 4\u00a0logements", "au moins 4\u00a0logements") in survivors


def test_no_change_survives_once_the_edges_have_examples(tmp_path):
    done = campaign(load(tmp_path, holed(whole=True)), "fr")
    assert [f"{m.where}: {m.before} → {m.after}" for m in done.survivors] == []
    assert done.noticed > 15


def test_a_survivor_says_where_its_rule_stands(tmp_path):
    text = holed(whole=False)
    survivor = campaign(load(tmp_path, text), "en").survivors[0]
    assert text.splitlines()[survivor.line - 1].strip() == "part:"


def test_the_order_depends_on_the_text_alone(tmp_path):
    book = load(tmp_path, holed(whole=True))
    told = [(m.where, m.before, m.after) for m in mutants(book, "fr")]
    assert told == [(m.where, m.before, m.after) for m in mutants(book, "fr")]
    assert len(told) == len(set(told))


def test_what_time_does_not_allow_is_counted(tmp_path):
    book = load(tmp_path, holed(whole=True))
    moments = iter(range(1000))
    done = campaign(book, "fr", deadline=3, clock=lambda: next(moments))
    assert done.noticed == 3
    assert done.noticed + done.untried >= len(list(mutants(book, "fr"))) - 1


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [
        ("dwelling", 12, (1,)),
        ("m²", 800, (Fraction(1, 100),)),
        ("€/m²", 300, (Fraction(1, 100),)),
        ("places/dwelling", 1, (Fraction(1, 100),)),
        ("%", Fraction(3, 10), (Fraction(1, 100), Fraction(1, 10_000))),
        ("months", 6, (1,)),
    ],
)
def test_the_smallest_step_has_a_meaning(unit, value, expected):
    assert steps(value, parse_unit(unit)[0]) == expected


def test_a_change_that_cannot_show_is_no_survivor():
    book = Library().get("fr.urb.L111-24")
    rule = book.rules[-1]
    comparison = Comparison(rule.period.start)
    swapped = next(change.whole for change in alterations(rule.applies))
    assert comparison.same(rule.applies, rule.applies.replace())
    assert not comparison.same(rule.applies, swapped)


def test_the_command_lists_survivors_and_fails(tmp_path):
    path = tmp_path / "book.yaml"
    path.write_text(holed(whole=False), encoding="utf-8")
    result = CliRunner().invoke(app, ["rules", "test", "--mutate", "--rules", str(path)])
    assert result.exit_code == 1
    assert "exception «\N{NARROW NO-BREAK SPACE}dispense\N{NARROW NO-BREAK SPACE}»" in result.output
    path.write_text(holed(whole=True), encoding="utf-8")
    assert CliRunner().invoke(app, ["rules", "test", "--mutate", "--rules", str(path)]).exit_code == 0
