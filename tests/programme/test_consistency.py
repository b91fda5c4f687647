import pytest

from mixrules.programme import consistency
from mixrules.programme.model import Submission


def errors(**data: object) -> list[tuple[str, str]]:
    submission = Submission.model_validate({"programmes": [{}], **data})
    return [(problem.where.pointer, problem.code) for problem in consistency.errors(submission)]


def lots(*dwellings: dict[str, object]) -> list[tuple[str, str]]:
    found = errors(programmes=[{"dwellings": list(dwellings)}])
    return [(pointer.removeprefix("/programmes/0/dwellings/"), code) for pointer, code in found]


def test_a_dwelling_listed_twice_or_on_two_landings() -> None:
    here = {"lot": "1", "building": "A", "stairwell": "1", "landing": "1"}
    assert lots(here, here) == [("1/lot", "dwelling_listed_twice")]
    assert lots(here, here | {"landing": "2"}) == [("1/lot", "dwelling_on_two_landings")]
    assert lots(here, here | {"stairwell": "2"}, here) == [
        ("1/lot", "dwelling_on_two_landings"),
        ("2/lot", "dwelling_listed_twice"),
    ]


def test_a_lot_number_may_come_back_in_another_building_or_programme() -> None:
    assert lots({"lot": "1", "building": "A"}, {"lot": "1", "building": "B"}) == []
    assert errors(programmes=[{"dwellings": [{"lot": "1"}]}, {"dwellings": [{"lot": "1"}]}]) == []


def test_lines_for_several_dwellings_are_no_lots() -> None:
    assert lots({"lot": "macro-lot C", "count": 5}, {"lot": "macro-lot C", "count": 8}) == []


def test_a_building_stands_in_one_block() -> None:
    first, second = {"building": "A", "block": "1"}, {"building": "A", "block": "2"}
    assert lots(first, second, second) == [("1/block", "building_in_two_blocks")]
    assert lots(first, {"building": "A"}, {"building": "B", "block": "2"}) == []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"filing": "2026-02-01", "decision": "2026-01-31"}, ["/dates/decision"]),
        ({"filing": "2026-02-01", "decision": "2026-02-01"}, []),
        ({"certificate": "2026-02-01", "delivery": "2025-01-01"}, ["/dates/delivery"]),
        ({"certificate": "2026-02-01", "filing": "none", "delivery": "2027-01-01"}, []),
        (
            {"subdivision": "2020-01-01", "subdivision_completed": "2019-01-01"},
            ["/dates/subdivision_completed"],
        ),
        ({"subdivision": "2030-01-01", "decision": "2026-01-01"}, []),
    ],
)
def test_dates_follow_each_other(dates: dict[str, str], found: list[str]) -> None:
    assert errors(dates=dates) == [(pointer, "dates_out_of_order") for pointer in found]


def test_a_programme_is_listed_once() -> None:
    assert errors(programmes=[{"id": "a"}, {"id": "b"}, {"id": "a"}]) == [
        ("/programmes/2/id", "programme_listed_twice")
    ]
    assert errors(programmes=[{}, {}]) == []


def test_living_area_above_floor_area_is_a_note() -> None:
    dwellings = [
        {"living_area": 60, "floor_area": 59},
        {"living_area": 60, "floor_area": 60},
        {"living_area": 60},
    ]
    submission = Submission.model_validate({"programmes": [{"dwellings": dwellings}]})
    assert consistency.errors(submission) == []
    assert [note.where.pointer for note in consistency.notes(submission)] == [
        "/programmes/0/dwellings/0/living_area"
    ]
