"""How sure a source is reaches whoever decides: in the decision, in the report, in the rulebook said in words."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from mixrules.cli import app

BOOK = """
rulebook: test.plan
title: {fr: Essai}
force: plan
source: {ref: "Plan, art. 1", certainty: BOOK}
rules:
  part:
    source: {ref: "Plan, art. 2"RULE}
    obligation: {require: "share(tenure = PLUS of dwellings) >= 25 %", rounding: none}
"""
UNREAD = "Certitude : rapporté par un tiers, le texte lui-même n'a pas été lu"


@pytest.fixture
def told(tmp_path):
    def tell(command, *, book, rule="", form="text", lang="fr"):
        text = BOOK.replace("BOOK", book).replace("RULE", f", certainty: {rule}" if rule else "")
        plan, permit = tmp_path / "plan.yaml", tmp_path / "permit.json"
        plan.write_text(text, encoding="utf-8")
        dwellings = [{"tenure": "PLUS"}, {"count": 3, "tenure": "libre"}]
        permit.write_text(json.dumps({"programme": {"dwellings": dwellings}}), encoding="utf-8")
        arguments = {
            "check": ["check", permit, "--date", "2026-03-02", "--format", form],
            "show": ["rules", "show", "test.plan/part"],
        }[command]
        result = CliRunner().invoke(app, [str(a) for a in [*arguments, "--rules", plan, "--lang", lang]])
        assert result.exit_code == 0, result.output
        return result.output.replace("\u00a0", " ")

    return tell


@pytest.mark.parametrize(
    ("book", "rule", "kept"),
    [("read", "", "read"), ("reported", "", "reported"), ("read", "presumed", "presumed")],
)
def test_the_decision_carries_the_certainty_of_the_rule_or_else_of_its_rulebook(told, book, rule, kept):
    decision = json.loads(told("check", book=book, rule=rule, form="json"))
    assert [f["source"]["certainty"] for f in decision["findings"]] == [kept]


def test_certainty_never_changes_an_outcome(told):
    verdicts = {
        json.loads(told("check", book=sure, form="json"))["verdict"]
        for sure in ("read", "reported", "presumed")
    }
    assert verdicts == {"compliant"}


def test_a_report_says_that_a_text_was_not_read_and_nothing_where_it_was(told):
    assert UNREAD in told("check", book="reported")
    assert "Certainty: told by somebody else" in told("check", book="reported", lang="en")
    assert "Certitude" not in told("check", book="read")


def test_a_rulebook_in_words_says_how_sure_it_is(told):
    assert UNREAD in told("show", book="reported")
    assert "Certitude : le texte lui-même a été lu" in told("show", book="read")
