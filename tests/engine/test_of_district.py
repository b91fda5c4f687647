"""What stands in a district is read beside the land of the programme that asks, whichever it is."""

import pytest
from rulings import decide, finding, requiring, status

STOCK = {
    "existing": [{"count": 5, "tenure": "PLUS", "floor_area": "300"}, {"count": 7, "tenure": "libre"}],
    "shared_places": [{"kind": "tiers_lieu", "area": "80"}, {"kind": "workshop", "area": "200"}],
}


@pytest.mark.parametrize(
    ("require", "heritage", "expected"),
    [
        ("count(existing where site.heritage) = 12", "oui", "met"),
        ("count(existing where site.heritage) = 0", "non", "met"),
        ("count(existing where site.heritage) <= 11", None, "undetermined"),
        ("count(existing where tenure = PLUS and site.heritage) = 5", "oui", "met"),
        ("share(tenure = PLUS and site.heritage of dwellings and existing) >= 50 %", "oui", "met"),
        ("share(tenure = PLUS and site.heritage of dwellings and existing) > 0 %", "non", "unmet"),
        ("any(shared_places, area >= (if site.heritage then 200 m² else 201 m²))", "oui", "met"),
        ("any(shared_places, area >= (if site.heritage then 200 m² else 201 m²))", "non", "unmet"),
        ("count(existing where facts.rang >= 2 %) = 12", "oui", "met"),
        ("count(existing where claims.a) = 0", "oui", "met"),
        ("any(landings, count(existing where site.heritage) = 12)", "oui", "met"),
    ],
)
def test_a_programme_s_own_land_is_read_among_what_exists(require, heritage, expected):
    inputs = {"facts.rang": {"unit": "%"}, "claims.a": {"type": "yes_no"}}
    given = {"dwellings": ["5 PLUS @ A/1/R+1/1"], "district": STOCK, "facts": {"rang": "2 %"}}
    if heritage:
        given["site"] = {"heritage": heritage}
    assert status(requiring(require, inputs=inputs), given) == expected


def test_each_of_several_programmes_reads_its_own():
    given = {
        "programmes": [
            {"id": "P1", "site": {"heritage": True}, "dwellings": []},
            {"id": "P2", "site": {"heritage": False}, "dwellings": []},
        ],
        "district": STOCK,
    }
    rules = requiring("count(existing where tenure = PLUS and site.heritage) = 5")
    decision = decide(rules, given)
    assert finding(decision, scope="P1").status == "met"
    assert finding(decision, scope="P2").status == "unmet"


def test_the_district_reads_each_programme_by_a_measure():
    given = {
        "programmes": [{"id": "P1", "site": {"heritage": True}}, {"id": "P2", "site": {"heritage": False}}],
        "district": STOCK,
    }
    rules = requiring("count(programmes where count(existing where site.heritage) = 12) = 1", at="district")
    assert status(rules, given) == "met"


def test_the_members_of_a_district_are_named_as_the_district_names_them():
    given = {"site": {"heritage": True}, "dwellings": ["2 libre"], "district": STOCK}
    rules = requiring("count(existing where tenure = PLUS and site.heritage) = 5")
    told = decide(rules, given)
    assert [part.names for part in told.trace.rolls if part.of == "existing"] == [
        ["existing-1", "existing-2"]
    ]
    counted = [group for step in told.trace.steps for group in step.counted if group.of == "existing"]
    assert {group.sure for group in counted} == {"1"}
