"""Facts of the commune taken from reference tables: where the file is silent, on their days only, and said."""

import json
from datetime import date

import pytest
from rulings import book, finding, requiring

from mixrules.engine.contract import model_of
from mixrules.engine.decide import Decider
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import LawDate
from mixrules.programme.model import Submission
from mixrules.rulebook.library import shipped
from mixrules.rulebook.reference.shelf import ReferenceShelf

SHELF = ReferenceShelf([shipped()])
ZONE = requiring("count(dwellings) >= 1", applies_when="commune.zone_abc in {A, Abis}")
CARENCE = requiring("count(dwellings) >= 10", applies_when="commune.carence")
RATE = requiring("commune.sru_rate >= 8 %")


def decided(rules, day, *, shelf=SHELF, books=(), **commune):
    file = Submission.model_validate({"commune": commune, "programme": {"dwellings": [{"tenure": "PLUS"}]}})
    return Decider([rules, *books], shelf=shelf).decide(
        file, LawDate(date.fromisoformat(day), "essai", "trial")
    )


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-07-04", "undetermined"),
        ("2024-07-05", "met"),
        ("2025-09-04", "met"),
        ("2025-09-05", "undetermined"),
        ("2022-01-15", "undetermined"),
    ],
)
def test_rennes_is_in_zone_a_from_july_2024_until_the_next_order(day, status):
    assert finding(decided(ZONE, day, insee="35238")).status == status


@pytest.mark.parametrize(
    ("code", "day", "status"),
    [
        ("06105", "2021-04-05", "undetermined"),
        ("06105", "2021-04-06", "unmet"),
        ("6105", "2022-12-31", "unmet"),
        ("06105", "2023-01-01", "undetermined"),
        ("06105", "2026-03-01", "undetermined"),
        ("06088", "2022-03-01", "not-applicable"),
        ("35238", "2022-03-01", "undetermined"),
        ("99999", "2022-03-01", "undetermined"),
        ("Roquefort", "2022-03-01", "undetermined"),
    ],
)
def test_a_default_is_known_for_the_communes_and_days_of_its_list(code, day, status):
    assert finding(decided(CARENCE, day, insee=code)).status == status


@pytest.mark.parametrize("code", ["13055", "13201", "13216", "75108", "69385"])
def test_an_arrondissement_is_in_the_zone_of_its_commune(code):
    looked = decided(ZONE, "2025-01-01", insee=code).references[0]
    assert looked.value == ("Abis" if code.startswith("75") else "A")
    assert looked.commune in {"13055", "75056", "69123"}


def test_the_decision_says_which_table_of_which_vintage():
    decision = decided(RATE, "2021-06-01", insee="06105")
    (looked,) = decision.references
    held = next(one.table for one in SHELF.tables if one.table.id == "fr.sru.paca.2020")
    assert (looked.field, looked.status, looked.value, looked.given) == (
        "commune.sru_rate",
        "taken",
        "793/10000",
        None,
    )
    assert (looked.table, looked.digest, looked.dates) == (held.id, held.digest, ["2021-06-01"])
    assert (looked.since, looked.until) == ("2021-01-01", "2022-01-01")
    assert looked.licence
    assert "1er janvier 2020" in looked.vintage["fr"]
    assert "DREAL PACA" in looked.source
    found = finding(decision)
    assert found.references == ["fr.sru.paca.2020"]
    assert "7,93\u00a0%, d'après la table fr.sru.paca.2020" in found.explanation["fr"]
    assert "7.93%, from the table fr.sru.paca.2020" in found.explanation["en"]


def test_the_decision_keeps_its_contract():
    decision = decided(RATE, "2021-06-01", insee="06105")
    model_of(Decision).model_validate(json.loads(decision.canonical()))


def test_a_rule_that_reads_nothing_from_a_table_names_none():
    both = book(
        rules={
            "r": {"obligation": {"require": "count(dwellings) >= 1"}},
            "s": {"obligation": {"require": "commune.sru_rate >= 8 %"}},
        }
    )
    decision = decided(both, "2021-06-01", insee="06105")
    assert finding(decision, "r").references == []
    assert finding(decision, "s").references == ["fr.sru.paca.2020"]


def test_tables_that_no_rule_reads_are_not_looked_up():
    assert decided(CARENCE, "2025-01-01", insee="35238").references == []


def test_the_file_stands_against_the_table_and_the_contradiction_is_told():
    decision = decided(CARENCE, "2022-03-01", insee="06105", carence=False)
    assert finding(decision).status == "not-applicable"
    assert finding(decision).references == []
    (looked,) = decision.references
    assert (looked.status, looked.value, looked.given) == ("contradicted", "yes", "no")
    assert "le dossier dit non, la table dit oui" in looked.explanation["fr"]


@pytest.mark.parametrize(
    ("zone", "contradicted"), [("A", False), ("A|B1", False), ("B1", True), ("B1|B2", True)]
)
def test_a_zone_known_in_part_contradicts_only_what_it_excludes(zone, contradicted):
    decision = decided(ZONE, "2025-01-01", insee="35238", zone_abc=zone)
    assert [looked.status for looked in decision.references] == ["contradicted"] * contradicted


def test_a_file_that_agrees_with_the_table_is_decided_as_without_it():
    alone = decided(CARENCE, "2022-03-01", shelf=None, insee="06105", carence=True)
    assert decided(CARENCE, "2022-03-01", insee="06105", carence=True).canonical() == alone.canonical()


def test_without_a_code_nothing_is_looked_up():
    alone = decided(CARENCE, "2022-03-01", shelf=None, name="Roquefort-les-Pins")
    assert decided(CARENCE, "2022-03-01", name="Roquefort-les-Pins").canonical() == alone.canonical()


def test_each_rulebook_reads_the_tables_of_its_own_day(monkeypatch):
    plan = requiring("count(dwellings) >= 1", applies_when="commune.zone_abc in {A}")
    days = {plan.id: date(2025, 9, 5), "charte": date(2025, 9, 4)}
    monkeypatch.setattr(LawDate, "of", lambda _, rules: days[rules.id])
    charter = plan.replace(
        id="charte",
        digest="sha256:charte",
        force="charter",
        rules=tuple(rule.replace(rulebook="charte", force="charter") for rule in plan.rules),
    )
    decision = decided(plan, "2025-09-05", books=[charter], insee="35238")
    assert {f.rule: f.status for f in decision.findings} == {"essai/r": "undetermined", "charte/r": "met"}
    assert [looked.dates for looked in decision.references] == [["2025-09-04"]]


def test_a_digest_of_a_programme_does_not_depend_on_tables():
    with_table = decided(CARENCE, "2022-03-01", insee="06105")
    without = decided(CARENCE, "2022-03-01", shelf=None, insee="06105")
    assert with_table.programme.digest == without.programme.digest
    assert with_table.digest != without.digest
