"""What is not known: landings, lists, bases, keys, divisors; never a silent pass, never a breach by guess."""

import pytest
from pydantic import ValidationError
from rulings import advantage, awarding, decide, finding, missing, requiring, status

MIXED = "distinct(tenure of dwellings) >= 2"


def test_an_unplaced_dwelling_leaves_every_landing_open():
    decision = decide(
        requiring(MIXED, at="landing"), {"dwellings": ["PLUS @ A/1/R1", "libre @ A/1/R1", "libre @ A/1"]}
    )
    assert finding(decision, scope="programme/A/1/R1").status == "met"
    supposed = finding(decision, scope="programme/A/1/?")
    assert (supposed.status, supposed.breach) == ("undetermined", "unknown")
    assert missing(supposed) == {"landing"}
    assert decision.verdict == "undetermined"


def test_a_landing_that_may_not_exist_does_not_refuse_the_permit():
    rules = requiring(MIXED, at="landing")
    open_, placed = (["PLUS @ A/1/R1", "libre @ A/1/R1", f"libre @ A/1{x}"] for x in ("", "/R1"))
    assert decide(rules, {"dwellings": open_}).verdict == "undetermined"
    assert decide(rules, {"dwellings": placed}).verdict == "compliant"


@pytest.mark.parametrize("scope", ["landing", "stairwell", "building", "block"])
def test_a_rule_on_places_that_nobody_gave_is_open_and_says_which(scope):
    decision = decide(requiring(MIXED, at=scope), {"dwellings": ["5 PLUS", "5 libre"]})
    assert decision.verdict == "undetermined"
    assert missing(finding(decision)) == {scope}


def test_a_building_whose_dwellings_are_not_told_is_not_one_without_landings():
    rules = requiring(f"all(landings, {MIXED})", at="building")
    assert decide(rules, {"dwellings": [{"tenure": "PLUS", "landing": "1"}]}).verdict == "undetermined"


def test_premises_may_stand_in_a_building_that_is_not_named():
    rules = requiring("count(premises) = 0", at="building")
    given = {"dwellings": ["5 PLUS"], "premises": [{"use": "retail", "building": "A"}]}
    assert decide(rules, given).verdict == "undetermined"


@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, "undetermined"), ({"dwellings": []}, "unmet"), ({"dwellings": ["libre"]}, "met")],
)
def test_a_list_not_given_is_not_an_empty_list(given, expected):
    assert status(requiring("count(dwellings) >= 1"), given) == expected


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ({}, "undetermined"),
        ({"existing": []}, "met"),
        ({"existing": [{"count": 90, "tenure": "libre"}]}, "unmet"),
    ],
)
def test_an_unknown_stock_is_not_none(district, expected):
    rules = requiring("share(tenure = PLUS of dwellings and existing) >= 30 %")
    assert status(rules, {"dwellings": ["3 PLUS", "7 libre"], "district": district}) == expected


def test_a_stock_of_unknown_number_counts_from_none_up():
    rules = requiring("count(existing) >= 0")
    assert status(rules, {"district": {"existing": [{"tenure": "PLUS", "count": None}]}}) == "met"
    assert (
        status(requiring("count(existing) <= 100"), {"district": {"existing": [{"count": None}]}})
        == "undetermined"
    )


@pytest.mark.parametrize(
    ("when_empty", "expected"),
    [("undetermined", "undetermined"), ("met", "met"), ("not-applicable", "not-applicable")],
)
def test_an_empty_base_follows_the_rule(when_empty, expected):
    rules = requiring(
        "share(tenure = PLUS of dwellings where residence = ordinary) >= 30 %", when_empty=when_empty
    )
    assert status(rules, {"dwellings": [{"tenure": "PLUS", "residence": "hostel"}]}) == expected
    assert status(rules, {"dwellings": [{"tenure": "libre", "residence": "ordinary"}]}) == "unmet"
    assert status(rules, {"dwellings": [{"tenure": "libre"}]}) == "undetermined"
    assert status(rules, {"dwellings": [{"tenure": "PLUS"}]}) == "undetermined"


def test_an_empty_base_is_met_however_the_requirement_is_turned():
    rules = requiring("not (share(tenure = PLUS of dwellings) < 30 %)", when_empty="met")
    for lines, expected in (([], "met"), (["PLUS"], "met"), (["libre"], "unmet")):
        assert status(rules, {"dwellings": lines}) == expected


def test_what_an_empty_base_does_to_the_requirement_it_does_not_do_to_an_exception():
    excuse = {"x": {"when": "share(tenure = PLUS of dwellings) >= 50 %", "then": "not-applicable"}}
    rules = requiring("count(dwellings) >= 1", when_empty="met", exceptions=excuse)
    assert status(rules, {"dwellings": []}) == "undetermined"


def test_a_base_that_another_branch_compares_is_not_the_rule_s():
    branches = "(if site.heritage then share(tenure = PLUS of dwellings) else facts.x) >= 30 %"
    rules = requiring(branches, when_empty="not-applicable", inputs=RANK)
    assert status(rules, {"dwellings": [], "site": {"heritage": "non"}, "facts": {"x": "10 %"}}) == "unmet"


def test_a_value_without_object_is_not_an_empty_base():
    rules = requiring("average(price of dwellings) <= 5 €", when_empty="met")
    assert status(rules, {"dwellings": [{"price": "none"}, {"price": 100}]}) == "undetermined"


def test_an_area_without_object_does_not_stop_the_decision():
    rules = requiring("share(tenure = PLUS of floor_area) >= 30 %")
    lines = [{"tenure": "PLUS", "floor_area": "none"}, {"tenure": "PLUS", "floor_area": 50}]
    assert status(rules, {"dwellings": lines}) == "undetermined"


def test_a_weight_that_nobody_gave_may_be_anything():
    rules = requiring(
        "share(tenure = PLUS of points) >= 30 %", inputs={"points": {"at": "dwelling", "unit": "point"}}
    )
    assert status(rules, {"dwellings": ["PLUS"]}) == "undetermined"


def test_a_divisor_that_may_be_zero_decides_nothing():
    rules = requiring("programme.floor_area / site.land_area >= 0")
    assert status(rules, {"floor_area": 5}) == "undetermined"
    assert status(rules, {"floor_area": 5, "site": {"land_area": 0}}) == "undetermined"
    assert status(rules, {"floor_area": 5, "site": {"land_area": 2}}) == "met"


STEPS = {
    "t": {
        "by": "%",
        "match": "step",
        "unit": "%",
        "rows": {"5 %": "20 %", "10 %": "46.25 %", "15 %": "unlimited"},
    }
}
RANK = {"facts.x": {"unit": "%"}}


@pytest.mark.parametrize(
    ("x", "expected"),
    [("4.99 %", "refused"), ("5 %", "granted"), ("100 %", "granted"), (None, "undetermined")],
)
def test_a_key_below_the_first_step_earns_nothing_and_an_unknown_one_is_open(x, expected):
    rules = awarding({"rate": "t[facts.x]"}, parameters=STEPS, inputs=RANK)
    seen = advantage(rules, {"facts": {"x": x}} if x else {})
    assert seen.status == expected
    assert missing(seen) == ({"facts.x"} if x is None else set())


def test_a_table_key_known_in_part_gives_every_value_it_may_have():
    table = {
        "t": {
            "by": ["tenure", "m²"],
            "unit": "%",
            "rows": {"PLAI": {"10 m²": "5 %"}, "PLUS": {"10 m²": "50 %"}},
        }
    }
    for least, expected in (("5 %", "met"), ("6 %", "undetermined"), ("51 %", "unmet")):
        rules = requiring(f"any(dwellings, t[tenure, floor_area] >= {least})", parameters=table)
        assert status(rules, {"dwellings": [{"tenure": "PLAI|PLUS", "floor_area": 10}]}) == expected


def test_an_unlimited_key_reaches_the_last_step_and_no_exact_row():
    exact = {"t": {"by": "m²", "unit": "%", "rows": {"10 m²": "5 %"}}}
    step = {"t": {"by": "m²", "match": "step", "unit": "%", "rows": {"10 m²": "5 %"}}}
    given = {"site": {"land_area": "unlimited"}}
    assert status(requiring("t[site.land_area] >= 5 %", parameters=step), given) == "met"
    assert status(requiring("t[site.land_area] is given", parameters=exact), given) == "unmet"


@pytest.mark.parametrize(
    ("area", "expected"), [("-", "undetermined"), ("0", "met"), ("10", "met"), ("10.01", "unmet")]
)
def test_a_number_lies_in_a_table_when_one_of_its_bands_holds_it(area, expected):
    bands = {"t": {"by": "m²", "unit": "%", "bands": [{"from": "0 m²", "up_to": "10 m²", "value": "5 %"}]}}
    given = {} if area == "-" else {"site": {"land_area": area}}
    assert status(requiring("site.land_area in t", parameters=bands), given) == expected


def test_a_table_that_is_not_in_force_is_unknown_and_named():
    table = {"t": {"by": "text", "unit": "%", "values": {"2027-01-01": {"A": "5 %"}}}}
    given = {"sector": {"code": "A"}}
    assert status(requiring("sector.code in t", parameters=table), given) == "undetermined"
    seen = finding(decide(requiring("t[sector.code] >= 1 %", parameters=table), given))
    assert missing(seen) == {"parameter:t"}


def test_yes_and_no_without_object():
    rules = requiring("facts.x", inputs={"facts.x": {"type": "yes_no"}})
    assert status(rules, {"facts": {"x": "sans objet"}}) == "unmet"
    table = {"t": {"by": "text", "type": "yes_no", "rows": {"A": "yes"}}}
    for require in ("t[sector.code]", "not t[sector.code]"):
        assert status(requiring(require, parameters=table), {"sector": {"code": "B"}}) == "undetermined"
    assert (
        status(requiring("t[sector.code] is given", parameters=table), {"sector": {"code": "B"}}) == "unmet"
    )


@pytest.mark.parametrize(
    ("said", "expected"), [({}, "undetermined"), ({"x": "A"}, "met"), ({"x": "B"}, "met")]
)
def test_a_choice_that_nobody_made_is_not_given(said, expected):
    """Undetermined as a category of the model would be: what was not said may yet be « sans objet »."""
    rules = requiring("facts.x is given", inputs={"facts.x": {"members": ["A", "B"]}})
    assert status(rules, {"facts": said}) == expected


def test_the_fields_that_would_settle_a_finding_are_named_and_no_others():
    rules = requiring("count(tenure = PLUS) >= 1 and site.heritage", applies_when="commune.carence")
    seen = finding(decide(rules, {"dwellings": [{"tenure": "PLUS"}, {}], "commune": {"carence": "oui"}}))
    assert missing(seen) == {"site.heritage"}


RENNES = {"dwellings": ["40 PLUS", "60 libre"], "declared": [{"count": 95, "source": "notice"}]}


@pytest.mark.parametrize(
    ("require", "expected"),
    [("count(dwellings) <= 100", "met"), ("count(dwellings) >= 96", "undetermined"), ("count(dwellings) > 100", "unmet"),
     ("share(tenure = PLUS of dwellings) >= 30 %", "met"), ("share(tenure = PLUS of dwellings) >= 40 %", "undetermined")],
)  # fmt: skip
def test_totals_that_contradict_their_parts_stay_open(require, expected):
    decision = decide(requiring(require), RENNES)
    assert finding(decision).status == expected
    assert [v["value"] for v in decision.contradictions[0].values] == ["95", "100"]


def test_more_dwellings_declared_than_listed_may_be_of_any_kind():
    given = {"dwellings": ["40 PLUS", "60 libre"], "declared": [{"count": 105}]}
    assert status(requiring("count(tenure = PLUS) <= 45"), given) == "met"
    assert status(requiring("count(tenure = PLUS) <= 44"), given) == "undetermined"
    assert status(requiring("count(tenure = PLUS) >= 41"), given) == "undetermined"


def test_three_areas_that_disagree_all_stay_possible():
    given = {"housing_floor_area": 1000, "floor_area": 900, "dwellings": [{"count": 11, "floor_area": 100}]}
    for most, expected in ((1100, "met"), (1099, "undetermined")):
        assert status(requiring(f"programme.housing_floor_area <= {most} m²"), given) == expected


def test_documents_that_disagree_on_the_area_are_reported():
    given = {"declared": [{"floor_area": 5000, "source": "CERFA"}, {"floor_area": 5200, "source": "notice"}]}
    assert decide(requiring("count(dwellings) >= 0"), given).contradictions


@pytest.mark.parametrize("count", [None, "none", "unlimited", 0, -1, "2.5"])
def test_a_line_stands_for_a_number_of_dwellings(count):
    with pytest.raises(ValidationError, match="count"):
        decide(requiring("count(dwellings) >= 1"), {"dwellings": [{"tenure": "PLUS", "count": count}]})


def test_a_declared_area_is_compared_with_the_parts_where_the_programme_states_none():
    given = {"declared": [{"floor_area": 100, "source": "CERFA"}], "premises": [{"floor_area": 120}]}
    decision = decide(requiring("programme.floor_area <= 110 m²"), given)
    assert [v["source"] for v in decision.contradictions[0].values] == ["CERFA", "sum"]
    assert decision.findings[0].status == "undetermined"
