"""A district added up from the programmes decided in it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import Decider, decide
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.register.district import district, united
from mixrules.register.dossier import Asked, dossier
from mixrules.register.headroom import headroom
from mixrules.register.ledger import Register
from mixrules.report.district import render

TODAY = date(2026, 6, 1)
RULES = """
rulebook: test.district
title: {fr: "Quartier", en: "District"}
force: charter
source: {ref: "Charte"}
rules:
  social:
    title: {fr: "Au plus 40 % de logements sociaux", en: "At most 40 % social"}
    from: 2020-01-01
    source: {ref: "Charte, art. 1"}
    obligation:
      at: district
      require: share(tenure in {PLAI, PLUS, PLS} of dwellings) <= 40 %
      rounding: none
"""


def file(name: str, lines: list[dict[str, Any]], **district_values: Any) -> Submission:
    return Submission.model_validate(
        {
            "id": name,
            "phase": "decision",
            "district": {"id": "gare", **district_values},
            "programmes": [{"id": "p1", "dwellings": lines}],
        }
    )


def keep(register: Register, submission: Submission, rules: str) -> None:
    found, books = applicable(submission, [rules])
    decision = decide(submission, books, law_date(submission, None, TODAY))
    register.append(dossier(submission, found, books, decision, Asked(None, TODAY)))


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "district.yaml"
    path.write_text(RULES)
    return str(path)


@pytest.fixture
def register(location: str, rules: str) -> Register:
    opened = Register.for_writing(location)
    stock = [{"count": 60, "tenure": "libre"}, {"count": 40, "tenure": "PLUS"}]
    keep(
        opened,
        file("A", [{"count": 10, "tenure": "PLUS"}, {"count": 10, "tenure": "libre"}], existing=stock),
        rules,
    )
    keep(opened, file("B", [{"count": 20, "tenure": "libre"}, {"count": 5}]), rules)
    return opened


def test_shares_before_and_after(register: Register) -> None:
    parts = {part.group: part for part in district(register, "gare").parts["tenure"]}
    assert (parts["PLUS"].before, parts["PLUS"].after) == (40, 50)
    assert (parts["libre"].before, parts["libre"].after) == (60, 90)
    assert (parts["?"].before, parts["?"].after) == (0, 5)
    assert (parts["PLUS"].share_before, parts["PLUS"].share_after) == ("0.4", "5/14")


def test_a_file_decided_twice_counts_once(register: Register, rules: str) -> None:
    keep(register, file("B", [{"count": 1, "tenure": "libre"}]), rules)
    found = district(register, "gare")
    assert [(one.number, one.dossier) for one in found.programmes] == [(1, "A"), (3, "B")]
    assert {part.group: part.after for part in found.parts["tenure"]}["libre"] == 71


def test_an_unknown_stock_is_not_an_empty_one(location: str, rules: str) -> None:
    register = Register.for_writing(location)
    keep(register, file("A", [{"count": 10, "tenure": "PLUS"}]), rules)
    found = district(register, "gare")
    assert not found.stock_known
    assert "n'est pas connu" in render(found, "fr")


def test_programmes_of_two_files_keep_their_own_names() -> None:
    both = united([file("A", [{"tenure": "PLUS"}]), file("B", [{"tenure": "libre"}])])
    assert [programme.id for programme in both.programmes] == ["A", "B"]


def test_headroom_to_the_dwelling(rules: str) -> None:
    """10 social of 30: N more social is met while (10 + N) / (30 + N) ≤ 2/5, so N ≤ 3; market is free."""
    whole = file("A", [{"count": 10, "tenure": "PLUS"}, {"count": 20, "tenure": "libre"}])
    _, books = applicable(whole, [rules])
    law = law_date(whole, None, TODAY)
    room = headroom(whole, Decider(books), law, ["PLAI", "libre"])[0]
    assert room.status == "met"
    assert room.allowed == {"PLAI": 3, "libre": None}


def test_a_rule_already_broken_leaves_nothing(rules: str) -> None:
    whole = file("A", [{"count": 10, "tenure": "PLUS"}, {"count": 2, "tenure": "libre"}])
    _, books = applicable(whole, [rules])
    room = headroom(whole, Decider(books), law_date(whole, None, TODAY), ["libre"])[0]
    assert room.status == "unmet"
    assert room.allowed == {"libre": 0}


def test_an_undetermined_rule_promises_nothing(register: Register) -> None:
    """Five dwellings of unknown tenure: between 10 and 15 of 45, so the rule is met whatever they are."""
    room = district(register, "gare").rooms[0]
    assert room.status == "met"
    assert room.allowed["PLUS"] == 5  # (15 + 5) / (45 + 5) = 40 %


def test_a_district_that_nobody_decided_in(register: Register) -> None:
    with pytest.raises(InvalidInputError) as caught:
        district(register, "gares")
    assert "gare" in caught.value.problems[0].render("fr")


def test_it_is_told_in_both_languages(register: Register) -> None:
    found = district(register, "gare")
    assert "≤ 5" in render(found, "fr")
    assert "no limit under 2,000" in render(found, "en")
    assert json.dumps(found.fields_)
