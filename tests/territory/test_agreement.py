"""The three ways of deciding agree on generated programmes; `python -m benchmarks.agreement` runs many more."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2]))

from benchmarks.agreement import __main__ as agreement
from benchmarks.agreement.compare import compare, compared
from benchmarks.agreement.draw import Draw, put
from mixrules.rulebook.library import Library

RULEBOOKS = [name for name in Library([]).ids if Library([]).get(name).rules]


@pytest.mark.parametrize("name", RULEBOOKS)
def test_every_finding_is_the_same_three_ways(name):
    tally = compare(name, 0, 100)
    assert not tally.differences
    assert tally.programmes == 100
    assert tally.by_query > 60
    assert {status for _, status in tally.statuses} - {"not-applicable"}


def test_the_same_number_draws_the_same_programme():
    book = Library([]).get("fr.urb.L151-28")
    assert list(Draw(book).files(40, 60)) == list(Draw(book).files(0, 60))[40:]


def test_what_a_programme_shares_with_its_example_is_left_alone():
    data = {"programmes": [{"dwellings": [{"count": 1}], "site": {"heritage": "oui"}}]}
    made = put(data, ("programmes", 0, "site", "heritage"), None)
    assert made == {"programmes": [{"dwellings": [{"count": 1}], "site": {}}]}
    assert data["programmes"][0]["site"] == {"heritage": "oui"}


def test_a_difference_is_named_and_fails(monkeypatch, capsys):
    def otherwise(book, files, steps):
        decide = steps.one
        steps.one = lambda submission, rules: {
            **(row := decide(submission, rules)),
            "findings": [{**found, "status": "excepted"} for found in row["findings"]],
        }
        tally = compared(book, files, steps)
        steps.one = decide
        return tally

    monkeypatch.setattr("benchmarks.agreement.compare.compared", otherwise)
    code = agreement.main(["fr.urb.L462-2", "--programmes", "20", "--processes", "1"])
    told = capsys.readouterr().out
    assert code == 1
    assert "contestation-dans-le-delai at programme: the evaluators say {" in told


def test_a_rule_that_no_programme_reaches_fails(monkeypatch, capsys):
    monkeypatch.setattr(Draw, "_one", lambda self, chance: agreement_empty())
    assert agreement.main(["fr.urb.L151-34", "--programmes", "5", "--processes", "1"]) == 1
    assert "fr.urb.L151-34/places-des-logements never applies" in capsys.readouterr().out


def agreement_empty():
    """A file that says that there are no dwellings, long before any of these rules."""
    from mixrules.programme.model import Submission

    return Submission.model_validate({"dates": {"decision": "1990-01-01"}, "programme": {"dwellings": []}})
