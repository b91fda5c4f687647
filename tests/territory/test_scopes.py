"""Every measure, over anything and at every scale, is decided by the database as by the engine."""

import pytest
from generated import programmes, with_gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import requiring
from test_batch import agree

from mixrules.authoring.example import submission_of

OF_A_FILE = [
    "average(rent of dwellings where LLS weighted by floor_area) <= 600 €/month",
    "average(rooms of dwellings) >= 3",
    "min(floor_area of dwellings where rooms >= 2) >= 40 m²",
    "max(rent / floor_area of dwellings) * programme.floor_area <= 6500 €/month",
    "sum(rent / floor_area of dwellings) * programme.floor_area <= 16500 €/month",
    "share(LLS, of: rent / floor_area of dwellings) >= 25 %",
    "average(rooms / floor_area of dwellings weighted by rent / floor_area) * programme.floor_area <= 25 rooms",
    "distinct(tenure of dwellings where rooms >= 2) >= 2",
    "distinct(rooms of dwellings) >= 2",
    "distinct(bande of dwellings) >= 2",
    "distinct(landing of dwellings) >= 2",
    "distinct(tenure of dwellings and existing) >= 3",
    "share(LLS of dwellings and existing) >= 30 %",
    "share(LLS, of: floor_area of dwellings and existing) >= 30 %",
    "sum(floor_area of dwellings and existing) >= 1000 m²",
    "average(floor_area of dwellings and existing) >= 60 m²",
    "min(floor_area of existing) >= 60 m²",
    "count(existing) between 10 and 40",
    "all(dwellings and existing, LLS)",
    "any(dwellings and existing where floor_area >= 50 m², LLS)",
    "count(shared_places where kind = tiers_lieu and area >= 150 m²) >= 1",
    "count(premises) >= 1",
    "all(premises, floor_area >= 100 m²)",
]
LLS = {"LLS": "tenure in {PLAI, PLUS, PLS}"}


def ruling(require, at="programme", **more):
    """A rulebook of one obligation, with what these expressions read."""
    return requiring(require, at, inputs={"bande": {"at": "dwelling", "unit": "%"}}, definitions=LLS, **more)


@st.composite
def files(draw, size=5):
    """Programmes with gaps, and districts with gaps."""
    found = []
    for index in range(size):
        one = draw(with_gaps(draw(programmes())))
        one.setdefault("district", {}).update(draw(districts()))
        found.append((f"f{index}", submission_of(one)))
    return found


@st.composite
def districts(draw):
    """What stands in a district already, known or not."""
    existing = st.fixed_dictionaries(
        {"count": st.sampled_from([0, 1, 3, 12, None])},
        optional={
            "tenure": st.sampled_from(["PLUS", "PLS|libre", "libre"]),
            "public": st.sampled_from(["senior", "family"]),
            "floor_area": st.sampled_from(["70", "500.05", "none"]),
        },
    )
    place = st.fixed_dictionaries(
        {},
        optional={
            "kind": st.sampled_from(["tiers_lieu", "workshop"]),
            "area": st.sampled_from(["149.99", "150"]),
            "open_to_district": st.booleans(),
        },
    )
    return draw(
        st.fixed_dictionaries(
            {},
            optional={
                "existing": st.lists(existing, max_size=3),
                "shared_places": st.lists(place, max_size=2),
            },
        )
    )


@pytest.mark.parametrize("require", OF_A_FILE)
@settings(max_examples=4)
@given(data=st.data())
def test_every_measure_of_a_file_is_decided_alike(require, data, tmp_path_factory):
    account = agree(tmp_path_factory.mktemp("s"), [ruling(require)], data.draw(files()))
    assert not account.refused
