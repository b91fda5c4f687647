"""Storeys: the dwellings of one building on one floor, across its stairwells; unknown floors leave rules open."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulings import book, decide, finding, missing, requiring, status

from mixrules.authoring.example import submission_of
from mixrules.programme.scope import build


def dwelling(building, floor, tenure="libre", **more):
    placed = {"building": building, "floor": floor, "tenure": tenure, **more}
    return {name: value for name, value in placed.items() if value is not None}


def storeys(*lines, of="programme"):
    tree = build(submission_of({"dwellings": list(lines)}))
    members = tree.elements(of)[0].collection("storeys")
    return [(m.element.path, m.least, m.most, m.doubt) for m in members]


def test_a_floor_crosses_stairwells_and_stays_in_its_building():
    lines = [
        dwelling("A", "1", stairwell="x", landing="p"),
        dwelling("A", "1", stairwell="y", landing="q"),
        dwelling("A", "2"),
        dwelling("B", "1"),
    ]
    assert storeys(*lines) == [
        ("programme/A/1", 1, 1, ""),
        ("programme/A/2", 1, 1, ""),
        ("programme/B/1", 1, 1, ""),
    ]
    assert storeys(*lines, of="building") == [("programme/A/1", 1, 1, ""), ("programme/A/2", 1, 1, "")]


def test_a_line_without_a_floor_may_stand_on_any_or_on_others():
    assert storeys(dwelling("A", "1"), dwelling("A", None, count=3)) == [
        ("programme/A/1", 1, 1, ""),
        ("programme/A/?", 0, 3, "floor"),
    ]


def test_floors_without_a_building_are_of_nobody_knows_which():
    assert storeys(dwelling(None, "1"), dwelling(None, "2")) == [("programme/?", 0, 2, "building")]


def test_a_line_without_a_building_may_add_a_floor_to_each_of_them():
    found = storeys(dwelling("A", "1"), dwelling("B", "1"), dwelling(None, "2"))
    assert found == [
        ("programme/A/1", 1, 1, ""),
        ("programme/A/2", 0, 1, "building"),
        ("programme/B/1", 1, 1, ""),
        ("programme/B/2", 0, 1, "building"),
        ("programme/?", 0, 1, "building"),
    ]


DISPERSED = requiring("share(storeys where count(tenure = PLUS) >= 1, of: storeys) >= 65 %", rounding="none")


@pytest.mark.parametrize(("floors", "expected"), [("110", "met"), ("100", "unmet"), ("11111110000", "unmet")])
def test_at_least_65_percent_of_storeys(floors, expected):
    lines = [dwelling("A", str(i), "PLUS" if mark == "1" else "libre") for i, mark in enumerate(floors)]
    assert status(DISPERSED, {"dwellings": lines}) == expected


def test_a_floor_that_is_not_given_leaves_dispersal_open():
    lines = [dwelling("A", "1", "PLUS"), dwelling("A", None)]
    found = finding(decide(DISPERSED, {"dwellings": lines}))
    assert found.status == "undetermined"
    assert missing(found) == {"floor"}


NONE_ABOVE = requiring("all(storeys, share(tenure = PLUS of dwellings) <= 2 / 3)", rounding="none")


def test_a_storey_above_two_thirds_breaks_the_rule_alone():
    assert (
        status(
            NONE_ABOVE, {"dwellings": [dwelling("A", "1", "PLUS"), dwelling("A", "1"), dwelling("A", "2")]}
        )
        == "met"
    )
    assert status(NONE_ABOVE, {"dwellings": [dwelling("A", "1", "PLUS"), dwelling("A", "2")]}) == "unmet"


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("12"), st.booleans()), min_size=1, max_size=4),
    st.data(),
)
def test_what_is_decided_without_a_floor_stands_on_every_floor(lines, data):
    """The third part of each line: whether its floor is given."""
    for rules in (DISPERSED, NONE_ABOVE):
        tenures = [data.draw(st.sampled_from(["PLUS", "libre"])) for _ in lines]
        gapped = [
            dwelling(b, f if known else None, t) for (b, f, known), t in zip(lines, tenures, strict=True)
        ]
        decided = status(rules, {"dwellings": gapped})
        if decided == "undetermined":
            continue
        open_floors = [["1", "2", "3"] if not known else [f] for _, f, known in lines]
        for floors in product(*open_floors):
            filled = [dwelling(b, f, t) for (b, _, _), f, t in zip(lines, floors, tenures, strict=True)]
            assert status(rules, {"dwellings": filled}) == decided


def test_the_finding_counts_in_storeys():
    rules = book(
        rules={
            "r": {
                "obligation": {
                    "require": "count(storeys where count(tenure = PLUS) >= 1) >= 2",
                    "rounding": "none",
                }
            }
        }
    )
    found = finding(decide(rules, {"dwellings": [dwelling("A", "1", "PLUS"), dwelling("A", "2")]}))
    assert (found.shortfall.value, found.shortfall.unit) == ("1", "storey")
    assert "il manque 1 étage" in found.explanation["fr"].replace("\u00a0", " ")
