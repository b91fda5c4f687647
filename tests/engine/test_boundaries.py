"""Every threshold at its boundary: one dwelling, 0.01 m², one cent, one day, on both sides."""

import pytest
from rulings import advantage, awarding, decide, finding, requiring, status

SIDES = {">=": ("unmet", "met", "met"), ">": ("unmet", "unmet", "met"), "<=": ("met", "met", "unmet"),
         "<": ("met", "unmet", "unmet"), "=": ("unmet", "met", "unmet"), "!=": ("met", "unmet", "met")}  # fmt: skip


@pytest.mark.parametrize("op", SIDES)
@pytest.mark.parametrize(
    ("require", "under", "at", "over"),
    [
        ("count(dwellings) {} 12", {"dwellings": ["11 libre"]}, {"dwellings": ["12 libre"]}, {"dwellings": ["13 libre"]}),
        (
            "share(tenure = PLUS of dwellings) {} 30 %",
            {"dwellings": ["2999 PLUS", "7001 libre"]},
            {"dwellings": ["3000 PLUS", "7000 libre"]},
            {"dwellings": ["3001 PLUS", "6999 libre"]},
        ),
        (
            "share(tenure = PLUS of dwellings) {} 1/3".replace("1/3", "1 / 3"),
            {"dwellings": ["33333 PLUS", "66667 libre"]},
            {"dwellings": ["33333 PLUS", "66666 libre"]},
            {"dwellings": ["33334 PLUS", "66666 libre"]},
        ),
        (
            "sum(floor_area of dwellings) {} 800 m²",
            {"dwellings": ["799.99 m²"]} and {"dwellings": [{"floor_area": "799.99"}]},
            {"dwellings": [{"floor_area": "800"}]},
            {"dwellings": [{"floor_area": "800.01"}]},
        ),
        (
            "share(tenure = PLUS of floor_area) {} 7 %",
            {"dwellings": [{"tenure": "PLUS", "floor_area": "6.99"}, {"tenure": "libre", "floor_area": "93.01"}]},
            {"dwellings": [{"tenure": "PLUS", "floor_area": "7"}, {"tenure": "libre", "floor_area": "93"}]},
            {"dwellings": [{"tenure": "PLUS", "floor_area": "7.01"}, {"tenure": "libre", "floor_area": "92.99"}]},
        ),
        (
            "land.price {} 1 272 000 €",
            {"land": {"price": "1271999.99"}},
            {"land": {"price": "1272000"}},
            {"land": {"price": "1272000.01"}},
        ),
        (
            "land.price / programme.floor_area {} 333.33 €/m²",
            {"land": {"price": "33332.99"}, "floor_area": 100},
            {"land": {"price": "33333"}, "floor_area": 100},
            {"land": {"price": "33333.01"}, "floor_area": 100},
        ),
        (
            "average(rent of dwellings weighted by floor_area) {} 10.5 €/month",
            {"dwellings": [{"rent": "10.49", "floor_area": 1}, {"rent": "10.50", "floor_area": 3}]},
            {"dwellings": [{"rent": "9", "floor_area": 1}, {"rent": "11", "floor_area": 3}]},
            {"dwellings": [{"rent": "10.51", "floor_area": 1}, {"rent": "10.50", "floor_area": 3}]},
        ),
        (
            "dates.filing {} 2026-03-01",
            {"dates": {"filing": "2026-02-28"}},
            {"dates": {"filing": "2026-03-01"}},
            {"dates": {"filing": "2026-03-02"}},
        ),
    ],
)  # fmt: skip
def test_a_threshold_is_exact(require, under, at, over, op):
    rules = requiring(require.format(op))
    assert tuple(status(rules, given) for given in (under, at, over)) == SIDES[op]


@pytest.mark.parametrize("op", [">=", ">"])
@pytest.mark.parametrize(("social", "short"), [(5, 1), (6, 0), (0, 6)])
def test_the_shortfall_is_what_must_be_changed(op, social, short):
    seen = finding(
        decide(
            requiring(f"share(tenure = PLUS of dwellings) {op} 30 %"),
            {"dwellings": [f"{social} PLUS", f"{20 - social} libre"] if social else ["20 libre"]},
        )
    )
    wanted = short + (op == ">")
    assert (seen.shortfall.value if seen.shortfall else "0") == str(wanted)
    assert seen.status == ("unmet" if wanted else "met")


def test_a_share_that_no_number_of_dwellings_reaches_exactly_is_rounded_up_in_the_shortfall_only():
    seen = finding(
        decide(requiring("share(tenure = PLUS of dwellings) >= 30 %"), {"dwellings": ["3 PLUS", "8 libre"]})
    )
    assert (seen.status, seen.observed, seen.shortfall.value) == ("unmet", "3/11", "1")


@pytest.mark.parametrize(
    ("rate", "given", "expected"),
    [
        ("round_half_up(facts.x, to: 0.01)", "0.125", "13/100"),
        ("round_half_even(facts.x, to: 0.01)", "0.125", "3/25"),
        ("round_half_even(facts.x, to: 0.01)", "0.135", "7/50"),
        ("ceil(facts.x * 100) / 100", "0.07", "7/100"),
        ("floor(facts.x * 100) / 100", "0.29", "29/100"),
        ("ceil(facts.x, to: 0.05)", "0.1000001", "3/20"),
        ("abs(5 % - facts.x)", "0.15", "1/10"),
    ],
)
def test_rounding_is_the_one_the_rule_asks_for(rate, given, expected):
    rules = awarding({"rate": rate}, inputs={"facts.x": {"unit": "%"}})
    assert advantage(rules, {"facts": {"x": given}}).rate == expected


@pytest.mark.parametrize(
    ("start", "added", "reached"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-03-31", "18 months", "2027-09-30"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2026-12-31", "1 day", "2027-01-01"),
        ("2026-11-30", "3 months", "2027-02-28"),
    ],
)
def test_months_end_on_their_last_day(start, added, reached):
    rules = requiring(f"dates.filing + {added} = {reached}")
    assert status(rules, {"dates": {"filing": start}}) == "met"


def test_months_before_a_date():
    assert (
        status(requiring("dates.filing - 1 month = 2026-02-28"), {"dates": {"filing": "2026-03-31"}}) == "met"
    )


def test_a_date_beyond_the_calendar_does_not_stop_the_decision():
    rules = requiring("facts.fin + 3 months >= 2026-01-01", inputs={"facts.fin": {"type": "date"}})
    assert status(rules, {"facts": {"fin": "9999-12-31"}}) == "met"


def test_numbers_beyond_sixty_four_bits_are_exact():
    rules = requiring("facts.x > 9 223 372 036 854 775 807", inputs={"facts.x": {"unit": "point"}})
    assert status(rules, {"facts": {"x": str(2**63)}}) == "met"
    assert status(rules, {"facts": {"x": str(2**63 - 1)}}) == "unmet"


@pytest.mark.parametrize(("dwellings", "expected"), [(["2 PLUS"], "unmet"), (["2 PLUS", "1 libre"], "met")])
def test_a_rule_of_the_commune_counts_what_the_file_holds(dwellings, expected):
    assert status(requiring("count(dwellings) >= 3", "commune"), {"dwellings": dwellings}) == expected
