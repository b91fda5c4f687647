"""What an auditor is given: everything, or everything under pseudonyms."""

import json

from mixrules.register.export import exported
from mixrules.register.ledger import Register


def test_everything_is_exported(register: Register) -> None:
    rows = list(exported(register, pseudonyms=False))
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0]["decision"]["verdict"] == "non-compliant"
    assert rows[0]["programme"]["programmes"][0]["name"] == "Les Paliers"


def test_no_name_of_a_programme_is_left(register: Register) -> None:
    rows = list(exported(register, pseudonyms=True))
    text = json.dumps(rows, ensure_ascii=False)
    for name in ("Les Paliers", "les-paliers", "PC 099 001 26 A0012", "PC 1"):
        assert name not in text
    assert rows[0]["decision"]["findings"][0]["status"]


def test_pseudonyms_agree_within_an_export_and_differ_in_the_next(register: Register) -> None:
    def names() -> list[str]:
        return [row["programme"]["programmes"][0]["name"] for row in exported(register, pseudonyms=True)]

    first, again = names(), names()
    assert len(set(first)) == 1
    assert set(first).isdisjoint(again)


def test_numbers_are_left_alone(register: Register) -> None:
    plain = next(iter(exported(register, pseudonyms=False)))["decision"]
    veiled = next(iter(exported(register, pseudonyms=True)))["decision"]
    assert [f["observed"] for f in plain["findings"]] == [f["observed"] for f in veiled["findings"]]
    assert [a["amount"] for a in plain["advantages"]] == [a["amount"] for a in veiled["advantages"]]
