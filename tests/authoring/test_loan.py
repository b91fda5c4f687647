"""What a rulebook lends is tried where it is written, with the examples of those who use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from mixrules.authoring.loan import loans
from mixrules.authoring.mutation import campaign, mutants
from mixrules.cli import app
from mixrules.rulebook.library import Library

LENDER = """
rulebook: test.lender
title: {fr: Vocabulaire}
force: plan
source: {ref: "art. 1"}
definitions:
  AIDED: tenure in {PLAI, PLUS}
parameters:
  part: {unit: "%", values: {2020-01-01: 25 %}}
"""
USER = """
rulebook: NAME
title: {fr: Usage}
force: plan
source: {ref: "art. 2"}
uses: [test.lender]
tested_on: 2026-03-01
DEFINITIONSrules:
  rule:
    obligation:
      require: share(AIDED of dwellings) >= part
    examples:
      - {name: essai, given: {dwellings: DWELLINGS}, expect: {rule: {status: STATUS, required: 25 %}}}
"""
OWN = "definitions:\n  AIDED: tenure in {PLAI, PLUS}\n"


def user(name: str, dwellings: str, status: str = "met", *, own: bool = False) -> str:
    text = USER.replace("NAME", name).replace("DEFINITIONS", OWN if own else "")
    return text.replace("DWELLINGS", dwellings).replace("STATUS", status)


def library(folder: Path, **texts: str) -> Library:
    for name, text in {"lender": LENDER, **texts}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library([folder])


def of_sets(done) -> set[str]:
    return {mutant.after for mutant in done.survivors if mutant.change == "set"}


def test_a_definition_is_changed_where_it_is_written(tmp_path):
    found = library(tmp_path, one=user("test.one", "[1 PLAI, 3 libre]"))
    book = found.get("test.one")
    assert {m.after for m in mutants(book, "fr") if m.subject == "AIDED"} == {"vrai de tout", "vrai de rien"}
    assert not any(m.subject == "part" for m in mutants(book, "fr"))
    lender = found.get("test.lender")
    done = campaign(lender, "fr", lent=loans(found, lender))
    assert "catégorie PLAI" in of_sets(done)
    assert not any(mutant.subject == "part" and mutant.change == "value" for mutant in done.survivors)
    assert {mutant.line for mutant in done.survivors} == {0}


def test_one_user_that_notices_is_enough(tmp_path):
    found = library(
        tmp_path, one=user("test.one", "[1 PLAI, 3 libre]"), two=user("test.two", "[1 PLUS, 3 libre]")
    )
    lender = found.get("test.lender")
    alone = campaign(lender, "fr", lent=loans(found, lender)[:1])
    both = campaign(lender, "fr", lent=loans(found, lender))
    assert of_sets(alone) - of_sets(both) == {"catégorie PLAI"}
    assert both.noticed + len(both.survivors) == alone.noticed + len(alone.survivors)


def test_a_borrowed_definition_must_matter(tmp_path):
    found = library(tmp_path, one=user("test.one", "[4 libre]", "unmet"))
    [survivor] = campaign(found.get("test.one"), "en").survivors[-1:]
    assert (survivor.subject, survivor.after) == ("AIDED", "true of none")


def test_a_name_written_anew_is_not_borrowed(tmp_path):
    found = library(tmp_path, one=user("test.one", "[1 PLAI, 3 libre]", own=True))
    assert [loan.names for loan in loans(found, found.get("test.lender"))] == [frozenset({"part"})]
    assert "catégorie PLAI" in of_sets(campaign(found.get("test.one"), "fr"))


def test_what_nobody_could_try_is_untried(tmp_path):
    found = library(tmp_path, one=user("test.one", "[1 PLAI, 3 libre]"))
    lender = found.get("test.lender")
    done = campaign(lender, "fr", deadline=0, clock=lambda: 1, lent=loans(found, lender))
    assert (done.noticed, done.survivors) == (0, ())
    assert done.untried > 5


def test_a_broken_user_does_not_stop_the_lender(tmp_path):
    found = library(
        tmp_path, one=user("test.one", "[1 PLAI, 3 libre]"), two="rulebook: test.two\nuses: [test.lender]\n"
    )
    assert [loan.user.id for loan in loans(found, found.get("test.lender"))] == ["test.one"]


def test_the_command_tries_a_rulebook_without_rules(tmp_path):
    library(tmp_path, one=user("test.one", "[1 PLAI, 3 libre]"))
    result = CliRunner().invoke(app, ["rules", "test", "--mutate", "--rules", str(tmp_path)])
    assert result.exit_code == 1
    assert "✗ test.lender" in result.output
    assert "définition AIDED (lender.yaml)" in result.output


@pytest.mark.parametrize(
    "name", ["fr.local.06088.charte", "fr.local.06088.parametres", "fr.local.33063.charte"]
)
def test_a_shipped_charter_leaves_no_change_unsaid(name):
    found = Library()
    book = found.get(name)
    done = campaign(book, "fr", lent=loans(found, book))
    assert [f"{m.where}: {m.before} → {m.after}" for m in done.survivors] == []
    assert done.passed
    assert done.noticed >= 10
