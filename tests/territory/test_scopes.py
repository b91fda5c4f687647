"""Every measure, over anything and at every scale, is decided by the database as by the engine."""

import pytest
from generated import programmes, with_gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import book, requiring
from test_batch import DAY, agree, decided

from mixrules.authoring.example import submission_of
from mixrules.rulebook.library import Library
from mixrules.territory.drawing.programme import draw
from mixrules.territory.steps import Steps

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
    "count(existing where site.heritage) <= 10",
    "share(LLS and site.heritage of dwellings and existing) >= 30 %",
    "sum(floor_area of existing where floor_area <= site.buildable_floor_area / 10) >= 500 m²",
    "any(shared_places, area >= 150 m² and not claims.sans)",
    "all(dwellings and existing, LLS)",
    "any(dwellings and existing where floor_area >= 50 m², LLS)",
    "count(shared_places where kind = tiers_lieu and area >= 150 m²) >= 1",
    "count(premises) >= 1",
    "all(premises, floor_area >= 100 m²)",
]
LLS = {"LLS": "tenure in {PLAI, PLUS, PLS}"}


def ruling(require, at="programme", **more):
    """A rulebook of one obligation, with what these expressions read."""
    inputs = {"bande": {"at": "dwelling", "unit": "%"}, "claims.sans": {"type": "yes_no"}}
    return requiring(require, at, inputs=inputs, definitions=LLS, **more)


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
@settings(max_examples=2)
@given(data=st.data())
def test_every_measure_of_a_file_is_decided_alike(require, data, tmp_path_factory):
    account = agree(tmp_path_factory.mktemp("s"), [ruling(require)], data.draw(files()))
    assert not account.refused


# -- at every scale --------------------------------------------------------------------------------------

MEASURES = [
    "count(dwellings where rooms >= 3) >= 2",
    "share(LLS of dwellings) >= 30 %",
    "share(LLS of floor_area) <= 50 %",
    "sum(floor_area where LLS) >= 80 m²",
    "average(rent of dwellings weighted by floor_area) <= 650 €/month",
    "min(rooms of dwellings where LLS) >= 2",
    "max(floor_area of dwellings) <= 60 m²",
    "distinct(tenure of dwellings) >= 2",
    "distinct(rooms of dwellings) >= 2",
    "all(dwellings where LLS, rooms >= 2)",
    "any(dwellings, LLS)",
    "count(premises where use = retail) >= 1",
    "sum(floor_area of premises) <= 150 m²",
    "share(LLS of dwellings and existing) >= 30 %",
    "commune.carence and count(dwellings) >= 2",
]
WIDER = {
    "stairwell": ["landings"],
    "building": ["landings", "stairwells", "storeys"],
    "block": ["landings", "stairwells", "storeys", "buildings"],
    "programme": ["landings", "stairwells", "storeys", "buildings", "blocks"],
    "district": ["landings", "stairwells", "storeys", "buildings", "blocks", "programmes"],
    "commune": ["landings", "programmes"],
}
OF_PLACES = [
    "count({0} where count(dwellings) >= 2) >= 1",
    "share({0} where distinct(tenure of dwellings) >= 2, of: {0} where count(dwellings) >= 2) >= 50 %",
    "all({0} where count(dwellings) >= 2, share(LLS of dwellings) <= 50 %)",
    "any({0}, sum(floor_area of dwellings) >= 100 m²)",
    "average(count(dwellings) of {0}) >= 2",
    "min(share(LLS of dwellings) of {0}) >= 20 %",
    "max(count(premises) of {0}) <= 1",
    "distinct(count(LLS) of {0}) >= 2",
    "sum(count(dwellings) of {0}) >= 4",
]
DEEP = [
    ("programme", "count(buildings where share(landings where count(LLS) >= 1, of: landings) >= 50 %) >= 1"),
    ("programme", "all(blocks, any(buildings, count(storeys where count(dwellings) >= 2) >= 1))"),
    ("block", "share(stairwells where count(landings) >= 2, of: stairwells) >= 50 %"),
    ("district", "count(programmes where count(buildings where count(landings) >= 2) >= 1) >= 1"),
    ("building", "count(stairwells where all(landings, count(dwellings) <= 2)) >= 1"),
]
SCALES = [(scope, require) for scope in [*WIDER, "landing"] for require in MEASURES]
SCALES += [
    (scope, written.format(inner))
    for scope, within in WIDER.items()
    for inner in within
    for written in OF_PLACES
]
SCALES += DEEP
"""Every measure of dwellings at every scale, and every measure of places at every wider scale."""


@st.composite
def placed(draw, size=5):
    """Programmes whose lines are placed in part, in any way: a level may be named below one that is not."""
    found = []
    for index, one in enumerate(draw(st.lists(programmes(), min_size=size, max_size=size))):
        one = draw(with_gaps(one))  # noqa: PLW2901 - the same, with gaps
        one.setdefault("district", {}).update(draw(districts()))
        for total in ("housing_floor_area", "floor_area"):
            # Lines stand for several dwellings here: the stated total would contradict them.
            one.pop(total, None)
        named = draw(st.sets(st.sampled_from(["block", "building", "stairwell", "floor", "landing"])))
        for line in one.get("dwellings", ()):
            line["count"] = draw(st.integers(1, 3))
            for place, names in (
                ("block", "XY"),
                ("building", "AB"),
                ("stairwell", "12"),
                ("floor", "12"),
                ("landing", "12"),
            ):
                line.pop(place, None)
                if place in named and draw(st.integers(0, 5)):
                    line[place] = draw(st.sampled_from(names))
        found.append((f"f{index}", submission_of(one)))
    return found


@pytest.mark.parametrize("scope", [*WIDER, "landing"])
@settings(max_examples=2)
@given(data=st.data())
def test_every_measure_at_every_scale_is_decided_alike(scope, data, tmp_path_factory):
    chosen = data.draw(
        st.lists(st.sampled_from([r for s, r in SCALES if s == scope]), min_size=1, max_size=4, unique=True)
    )
    rules = {f"r{i}": {"condition": {"at": scope, "require": require}} for i, require in enumerate(chosen)}
    account = agree(tmp_path_factory.mktemp("s"), [book(rules=rules, definitions=LLS)], data.draw(placed()))
    assert not account.refused
    assert not account.odd


@st.composite
def chains(draw):
    """Rules of several scales, each of which may read what those before it conclude."""
    rules = {}
    for index in range(draw(st.integers(2, 5))):
        scope, require = draw(st.sampled_from(SCALES))
        if rules and draw(st.integers(0, 3)):
            require = f"({require}) {draw(st.sampled_from(['and', 'or']))} met({draw(st.sampled_from(sorted(rules)))})"
        kind = draw(st.sampled_from(["obligation", "condition", "ceiling"]))
        force = draw(st.sampled_from(["law", "charter"]))
        rules[f"r{index}"] = {kind: {"at": scope, "require": require}, "force": force}
    return rules


@settings(max_examples=4)
@given(data=st.data())
def test_rules_that_read_each_other_across_scales_are_decided_alike(data, tmp_path_factory):
    one = book(rules=data.draw(chains()), definitions=LLS)
    account = agree(tmp_path_factory.mktemp("s"), [one], data.draw(placed()))
    assert not account.refused
    assert not account.odd


@pytest.mark.parametrize("inner", ["programme", "building", "landing"])
@pytest.mark.parametrize("outer", ["commune", "district"])
@settings(max_examples=2)
@given(data=st.data())
def test_a_wider_scale_reads_what_is_concluded_inside(outer, inner, data, tmp_path_factory):
    require = "count(dwellings) >= 2"
    rules = {
        "inner": {"obligation": {"at": inner, "require": require}, "force": "law"},
        "outer": {"obligation": {"at": outer, "require": "met(inner)"}, "force": "law"},
    }
    account = agree(tmp_path_factory.mktemp("s"), [book(rules=rules)], data.draw(placed()))
    assert not account.refused


@pytest.mark.campaign
@settings(max_examples=300)
@given(data=st.data())
def test_rules_that_read_each_other_across_scales_are_decided_alike_campaign(data, tmp_path_factory):
    one = book(rules=data.draw(chains()), definitions=LLS)
    agree(tmp_path_factory.mktemp("s"), [one], data.draw(placed(20)))


# -- drawn corpora ---------------------------------------------------------------------------------------

CHARTERS = [name for name in Library([]).ids if name.startswith("fr.modele") and Library([]).get(name).rules]


@pytest.mark.parametrize("as_declared", [False, True])
def test_the_charters_are_decided_alike_on_a_drawn_corpus(as_declared, tmp_path):
    drawn = draw(40, 3, collective=True, as_declared=as_declared)
    books = [Library([]).get(name) for name in CHARTERS]
    account = agree(tmp_path, books, [(one.id, one) for one in drawn])
    assert not account.refused
    assert account.odd <= 2


def test_findings_stand_in_the_order_of_the_engine(tmp_path):
    one = requiring("count(dwellings) >= 2", "landing", when_empty="undetermined")
    places = [("B", "1", "R+1"), ("A", "2", "R+2"), ("A", "10", "R+1"), ("A", "2", None), (None, None, None)]
    lines = [{"building": b, "stairwell": s, "landing": p, "tenure": "PLUS"} for b, s, p in places]
    file = submission_of({"dwellings": lines})
    found, account = decided(tmp_path, [one], [("f", file)])
    assert not account.odd
    assert found["f"]["findings"] == Steps([one], DAY, DAY).one(file, None)["findings"]
    assert [f["scope"] for f in found["f"]["findings"]][:2] == ["programme/A/10/R+1", "programme/A/10/?"]
