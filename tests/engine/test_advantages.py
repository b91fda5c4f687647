"""What an advantage gives, against what is claimed; limits across advantages."""

import pytest
from rulings import advantage, awarding, book, decide

CLAIM = {"claims.bonus": {"unit": "%"}}
RATE = {"rate": "min(facts.x, 50 %)", "of": "site.buildable_floor_area", "claimed": "claims.bonus"}
KNOWN = {"site": {"buildable_floor_area": 1000}, "facts": {"x": "20 %"}}
INPUTS = {**CLAIM, "facts.x": {"unit": "%"}}


@pytest.mark.parametrize(
    ("claims", "status", "rate", "amount", "verdict"),
    [
        ({}, "granted", "1/5", "200", "compliant"),
        ({"bonus": "0 %"}, "granted", "1/5", "200", "compliant"),
        ({"bonus": "20 %"}, "granted", "1/5", "200", "compliant"),
        ({"bonus": "10 %"}, "granted", "1/10", "100", "compliant"),
        ({"bonus": "20.01 %"}, "refused", "1/5", "200", "non-compliant"),
        ({"bonus": "unlimited"}, "refused", "1/5", "200", "non-compliant"),
    ],
)
def test_a_claim_is_tested_against_what_is_earned(claims, status, rate, amount, verdict):
    decision = decide(awarding(RATE, inputs=INPUTS), {**KNOWN, "claims": claims})
    seen = decision.advantages[0]
    assert (seen.status, seen.rate, seen.amount.value, decision.verdict) == (status, rate, amount, verdict)


def test_an_entitlement_that_is_not_known_grants_a_claim_only_within_what_is_sure():
    rules = awarding({**RATE, "rate": "max(facts.x, 10 %)"}, inputs=INPUTS)
    for claimed, status in (("10 %", "granted"), ("10.01 %", "undetermined")):
        assert advantage(rules, {"claims": {"bonus": claimed}}).status == status


BEST = {
    "best_of": [
        {"name": "base", "when": "site.heritage", "rate": "5 %"},
        {"name": "plein", "when": "commune.carence", "rate": "10 %"},
    ]
}


@pytest.mark.parametrize(
    ("heritage", "carence", "status", "step", "rate"),
    [
        ("oui", "non", "granted", "base", "1/20"),
        ("oui", "oui", "granted", "plein", "1/10"),
        ("non", "oui", "granted", "plein", "1/10"),
        ("non", "non", "refused", None, "0/1"),
        ("oui", None, "granted", "base", None),
        ("non", None, "undetermined", None, None),
        (None, None, "undetermined", None, None),
        (None, "oui", "granted", "plein", "1/10"),
    ],
)
def test_the_best_step_surely_earned(heritage, carence, status, step, rate):
    given = {"site": {"heritage": heritage}, "commune": {"carence": carence}}
    seen = advantage(awarding(BEST), given)
    assert (seen.status, seen.step, seen.rate) == (status, step, rate)


OPTIONS = {
    "options": {"A": {"when": "site.heritage", "rate": "5 %"}, "B": {"rate": "10 %"}},
    "elected": "elections.o",
}


@pytest.mark.parametrize(
    ("elections", "heritage", "status"),
    [({}, "oui", "refused"), ({"o": "A"}, "oui", "granted"), ({"o": "A"}, "non", "refused"), ({"o": "A"}, None, "undetermined"),
     ({"o": "B"}, "non", "granted")],
)  # fmt: skip
def test_only_the_option_elected_counts(elections, heritage, status):
    rules = awarding(OPTIONS, inputs={"elections.o": {"members": ["A", "B"]}})
    assert advantage(rules, {"elections": elections, "site": {"heritage": heritage}}).status == status


@pytest.mark.parametrize(
    ("rate", "status"),
    [("none", "refused"), ("0 %", "refused"), ("unlimited", "granted"), ("1 %", "granted")],
)
def test_none_zero_and_unlimited(rate, status):
    seen = advantage(
        awarding({"rate": rate, "of": "site.buildable_floor_area"}), {"site": {"buildable_floor_area": 10}}
    )
    assert seen.status == status
    assert (seen.rate == "unlimited") == (rate == "unlimited")


def test_an_advantage_that_does_not_apply_cannot_be_claimed():
    rules = awarding({**RATE, "applies_when": "site.heritage"}, inputs=INPUTS)
    for claims, status in (({}, "not-applicable"), ({"bonus": "1 %"}, "refused")):
        assert advantage(rules, {**KNOWN, "site": {"heritage": "non"}, "claims": claims}).status == status


def test_a_cap_lowers_the_rate_and_is_named():
    seen = advantage(awarding({**RATE, "cap": {"plafond": "15 %"}}, inputs=INPUTS), KNOWN)
    assert (seen.rate, seen.amount.value, seen.capped_by) == ("3/20", "150", "plafond")


def two(**cumulation):
    rules = {
        name: {"advantage": {"grants": "floor_area", "rate": "20 %", "claimed": f"claims.{name}"}}
        for name in ("a", "b")
    }
    inputs = {f"claims.{name}": {"unit": "%"} for name in ("a", "b")}
    return book(rules=rules, inputs=inputs, cumulation={"c": cumulation})


@pytest.mark.parametrize(
    ("claims", "statuses", "limit", "verdict"),
    [
        ({"a": "20 %", "b": "10 %"}, ["granted", "granted"], "within", "compliant"),
        ({"a": "20 %", "b": "10.01 %"}, ["refused", "refused"], "exceeds", "non-compliant"),
        ({"a": "20 %"}, ["granted", "granted"], "within", "compliant"),
        ({}, ["granted", "granted"], "within", "compliant"),
    ],
)
def test_a_limit_across_advantages(claims, statuses, limit, verdict):
    decision = decide(two(over=["a", "b"], limit="30 %"), {"claims": claims})
    assert [a.status for a in decision.advantages] == statuses
    assert (decision.cumulations[0].status, decision.verdict) == (limit, verdict)


@pytest.mark.parametrize(
    ("claims", "statuses"),
    [
        ({"a": "5 %", "b": "5 %"}, ["refused", "refused"]),
        ({"a": "5 %"}, ["granted", "granted"]),
        ({}, ["granted", "granted"]),
    ],
)
def test_advantages_that_exclude_each_other(claims, statuses):
    decision = decide(two(either=["a"], **{"or": ["b"]}), {"claims": claims})
    assert [a.status for a in decision.advantages] == statuses


def test_a_charter_never_makes_the_verdict():
    rules = book(rules={"r": {"force": "charter", "obligation": {"require": "count(dwellings) >= 5"}},
                        "s": {"obligation": {"require": "count(dwellings) >= 0"}}})  # fmt: skip
    decision = decide(rules, {"dwellings": []})
    assert [f.status for f in decision.findings] == ["unmet", "met"]
    assert decision.verdict == "compliant"


def test_the_outcome_of_other_rules_decides_wherever_it_is_read():
    rules = book(
        rules={
            "r": {"obligation": {"require": "count(dwellings) >= 1"}},
            "s": {"obligation": {"require": "site.heritage or met(r)"}},
            "a": {"advantage": {"grants": "floor_area", "rate": "if met(r) then 5 % else 2 %"}},
            "b": {"advantage": {"grants": "parking", "rate": "1 %", "when": "granted(a) and not met(s)"}},
        }
    )
    for lines, seen in ((["libre"], ("met", "1/20", "refused")), ([], ("unmet", "1/50", "granted"))):
        decision = decide(rules, {"dwellings": lines, "site": {"heritage": "non"}})
        a, b = decision.advantages
        assert (decision.findings[1].status, a.rate, b.status) == seen
