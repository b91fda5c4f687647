"""A comparison names who came, who went, and who a finding counts no more: from the two decisions alone."""

import json
from datetime import date
from pathlib import Path

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.report import comparison

FILE = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "programme-mixte.json").read_text(encoding="utf-8")
)


def decided(change=lambda lots: None):
    """The worked programme, its lots changed."""
    file = json.loads(json.dumps(FILE))
    change(file["programmes"][0]["dwellings"])
    submission = Submission.model_validate(file)
    _, books = applicable(submission, ["fr.urb.L111-24"])
    return decide(submission, books, law_date(submission, None, date(2026, 4, 20)))


def told(change, lang="fr"):
    text = comparison.render(decided(), decided(change), lang)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_a_dwelling_that_goes_is_named_and_leaves_the_base_alone():
    text = told(lambda lots: lots.pop())
    assert "en moins — logements : B204" in text
    assert "ne comptent plus — logements familiaux : B204" in text
    assert "comptés à présent" not in text


def test_a_dwelling_that_changes_tenure_leaves_the_part_and_stays_in_the_base():
    text = told(lambda lots: lots[0].update(tenure="libre"))
    assert lots_of(text, "ne comptent plus") == ["A001"]
    assert "logements familiaux : A001" not in text
    assert "en moins" not in text


def test_a_dwelling_that_comes_is_named_in_english_too():
    new = {**FILE["programmes"][0]["dwellings"][0], "lot": "Z9 <script>"}
    text = told(lambda lots: lots.append(new), "en")
    assert "more — dwellings: Z9 <script>" in text
    assert "counted now" in text


def test_of_many_dwellings_some_are_named_and_the_others_counted():
    def double(lots):
        lots += [{**one, "lot": f"X{one['lot']}"} for one in lots]

    assert "et 12 autres" in told(double)


def test_the_same_programme_in_another_order_counts_the_same_dwellings():
    text = told(lambda lots: lots.reverse())
    assert "ne comptent plus" not in text
    assert "comptés à présent" not in text
    assert "en plus" not in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_two_same_decisions_have_nothing_to_tell(lang):
    text = comparison.render(decided(), decided(), lang)
    assert {"fr": "Rien n'a changé", "en": "Nothing changed"}[lang] in text


def lots_of(text, key):
    return sorted({line.rpartition(" : ")[2] for line in text.splitlines() if key in line})
