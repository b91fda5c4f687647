"""Which day's law applies to a file: boundaries of each freeze, to the day, and what is asked where a date is missing."""

from datetime import date

import pytest
from rulings import book, requiring

from mixrules.authoring.example import submission_of
from mixrules.engine.decide import decide
from mixrules.engine.law_date import law_date

TODAY = date(2026, 11, 23)
PLAN = requiring("count(dwellings) >= 1 dwelling")
TAX = book(frozen_by="[certificate]", rules="{r: {condition: {require: count(dwellings) >= 1 dwelling}}}")
STATE_LAND = book(frozen_by="[]", rules="{r: {condition: {require: count(dwellings) >= 1 dwelling}}}")


def law(**dates):
    return law_date(submission_of({"dates": dates}), None, TODAY)


@pytest.mark.parametrize(
    ("filing", "day"),
    [
        ("2025-01-31", "2025-01-31"),
        ("2026-07-31", "2025-01-31"),
        ("2026-08-01", "2026-10-01"),
    ],
)
def test_a_certificate_keeps_its_rules_for_a_file_deposited_within_eighteen_months(filing, day):
    found = law(certificate="2025-01-31", filing=filing, decision="2026-10-01").planning
    assert found.day.isoformat() == day
    assert ("L. 410-1" in found.fr) == (day == "2025-01-31")


@pytest.mark.parametrize(("decision", "day"), [("2026-03-01", "2021-03-01"), ("2026-03-02", "2026-03-02")])
def test_a_declared_subdivision_keeps_its_rules_for_five_years(decision, day):
    found = law(subdivision_declared="2021-03-01", decision=decision).planning
    assert found.day.isoformat() == day


@pytest.mark.parametrize(
    ("completed", "decision", "day"),
    [
        ("2021-03-01", "2026-03-01", "2019-01-10"),
        ("2021-03-01", "2026-03-02", "2026-03-02"),
        ("none", "2026-03-02", "2019-01-10"),
        ("2026-03-03", "2026-03-02", "2019-01-10"),
        (None, "2024-01-10", "2019-01-10"),
    ],
)
def test_a_permitted_subdivision_keeps_its_rules_until_five_years_after_its_completion(
    completed, decision, day
):
    found = law(subdivision="2019-01-10", subdivision_completed=completed, decision=decision)
    assert found.planning.day.isoformat() == day
    assert not found.questions(PLAN)


REFUSED = {"refusal": "2022-05-10", "annulment_notified": "2025-08-31", "annulment_final": "2025-11-01"}


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({"confirmation": "2026-02-28"}, "2022-05-10"),
        ({"confirmation": "2026-03-01"}, "2026-04-01"),
        ({"confirmation": "none"}, "2026-04-01"),
        ({"confirmation": "2026-02-28", "annulment_final": "none"}, "2026-04-01"),
        ({"confirmation": "2026-02-28", "annulment_final": "2026-04-02"}, "2026-04-01"),
        ({"confirmation": "2026-02-28", "annulment_final": "2026-04-01"}, "2022-05-10"),
    ],
)
def test_an_annulled_refusal_keeps_its_rules_for_a_request_confirmed_within_six_months(dates, day):
    found = law(**{**REFUSED, **dates}, decision="2026-04-01")
    assert found.planning.day.isoformat() == day
    assert not found.questions(PLAN)


@pytest.mark.parametrize(
    ("filing", "finished", "day"),
    [
        ("2026-06-15", "none", "2023-06-15"),
        ("2026-06-16", "none", "2026-10-01"),
        ("2026-06-15", "2026-06-16", "2023-06-15"),
        ("2026-06-15", "2026-06-15", "2026-10-01"),
    ],
)
def test_a_modified_permit_keeps_the_rules_of_its_issue_for_three_years(filing, finished, day):
    found = law(
        initial_permit="2023-06-15", filing=filing, permitted_works_completed=finished, decision="2026-10-01"
    )
    assert found.planning.day.isoformat() == day


@pytest.mark.parametrize(("decision", "asked"), [("2025-11-27", False), ("2025-11-28", True)])
def test_a_modification_requested_before_the_law_of_2025_and_decided_after_it_is_asked_about(decision, asked):
    found = law(
        initial_permit="2024-06-15",
        filing="2025-11-27",
        permitted_works_completed="none",
        decision=decision,
    )
    assert found.planning.day.isoformat() == decision
    assert bool(found.questions(PLAN)) == asked


def test_several_freezes_together_keep_the_rules_of_the_earliest():
    found = law(
        certificate="2025-01-15",
        filing="2025-12-01",
        subdivision_declared="2023-02-01",
        decision="2026-02-01",
    ).planning
    assert found.day == date(2023, 2, 1)
    assert "L. 442-14" in found.fr


@pytest.mark.parametrize(
    "dates",
    [
        {"certificate": "2025-01-15"},
        {"subdivision": "2019-01-10", "decision": "2024-01-11"},
        {"subdivision": "2016-01-10", "subdivision_completed": "none", "decision": "2018-11-24"},
        {"subdivision_declared": "2016-01-10", "decision": "2018-11-24"},
        {"refusal": "2022-05-10", "annulment_notified": "2025-08-31", "decision": "2026-04-01"},
        {"initial_permit": "2024-06-15", "permitted_works_completed": "none", "decision": "2026-04-01"},
        {"initial_permit": "2024-06-15", "filing": "2026-01-05", "decision": "2026-04-01"},
    ],
)
def test_a_missing_date_leaves_the_plan_undetermined_with_a_question(dates):
    found = law(**dates)
    submission = submission_of({"dwellings": ["1 libre"]})
    decision = decide(submission, [PLAN], found)
    assert decision.verdict == "undetermined"
    assert decision.findings[0].questions
    assert not found.questions(STATE_LAND)


def test_an_open_date_that_could_change_nothing_is_not_asked_for():
    found = law(
        subdivision_declared="2023-02-01", certificate="2025-01-15", filing=None, decision="2026-02-01"
    )
    assert found.planning.day == date(2023, 2, 1)
    assert not found.questions(PLAN)


def test_a_file_not_deposited_yet_is_taken_as_deposited_on_the_day_of_the_check():
    assert law(certificate="2025-05-23", filing="none").planning.day == date(2025, 5, 23)
    assert law(certificate="2025-05-22", filing="none").planning.day == TODAY


def test_each_rulebook_is_read_at_its_own_day_and_the_decision_says_so():
    found = law(
        subdivision_declared="2023-02-01",
        certificate="2025-01-15",
        filing="2025-12-01",
        decision="2026-02-01",
    )
    charter = PLAN.replace(force="charter")
    assert found.of(PLAN) == date(2023, 2, 1)
    assert found.of(TAX) == date(2025, 1, 15)
    assert found.of(STATE_LAND) == found.of(charter) == date(2026, 2, 1)
    decision = decide(submission_of({"dwellings": ["1 libre"]}), [TAX], found)
    assert decision.rulebooks[0].law_date == "2025-01-15"
    assert decision.law_date.agreements == "2026-02-01"


def test_a_date_asked_for_sets_every_freeze_aside():
    submission = submission_of({"dates": {"certificate": "2025-01-15", "filing": "2025-02-01"}})
    found = law_date(submission, date(2020, 1, 1), TODAY)
    assert found.of(PLAN) == found.of(STATE_LAND) == date(2020, 1, 1)
