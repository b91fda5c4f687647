"""How a value came about: the steps of a decision, down to the members counted, known or not."""

import random
from fractions import Fraction

import rfc8785
from generated import programmes, rulebooks, with_gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import DAY, advantage, awarding, book, decide, finding, requiring

from mixrules.authoring.example import submission_of
from mixrules.engine import contract
from mixrules.engine.decide import Decider
from mixrules.engine.decision import canonical
from mixrules.engine.statement import roll
from mixrules.programme.placing import PLURAL
from mixrules.programme.scope import build

SOCIAL = "tenure in {PLAI, PLUS}"


def lots(*tenures, place=""):
    return [{"lot": f"{n:02}", "tenure": tenure, **({"building": place} if place else {})}
            for n, tenure in enumerate(tenures, 1)]  # fmt: skip


def steps(decision, places):
    """Steps and those below them, in the order of a reader."""
    for place in places:
        step = decision.trace.steps[place]
        yield step
        yield from steps(decision, step.steps)


def said(decision, step):
    return decision.trace.sentences[step.says]["fr"]


def group(step, what):
    return next(one for one in step.counted if one.what == what)


def names(decision, of, written):
    held = next((r.names for r in decision.trace.rolls if r.of == of), [])
    return [held[n - 1] for n in roll.numbers(written)]


def of_check(rules, given_):
    decision = decide(rules, given_)
    return decision, list(steps(decision, finding(decision).checks[0].steps))


def test_five_of_twenty_names_the_lots():
    rules = requiring(f"share({SOCIAL} of dwellings) >= 30 %")
    decision, found = of_check(rules, {"dwellings": lots(*["PLUS"] * 5, *["libre"] * 15)})
    assert (found[0].kind, found[0].value, found[0].unit) == ("measure", "5/20", "ratio")
    assert (group(found[0], "part").value, group(found[0], "base").value) == ("5", "20")
    assert names(decision, "dwellings", group(found[0], "part").sure) == ["01", "02", "03", "04", "05"]
    assert group(found[0], "base").sure == "1-20"


def test_a_share_by_area_counts_the_area_of_its_part():
    lines = [{"lot": "1", "tenure": "PLUS", "floor_area": "40.5"}, {"lot": "2", "tenure": "libre", "floor_area": "60"}]  # fmt: skip
    _, found = of_check(requiring(f"share({SOCIAL} of floor_area) >= 30 %"), {"dwellings": lines})
    part, base = group(found[0], "part"), group(found[0], "base")
    assert (part.value, part.unit, part.sure) == ("40.5", "m²", "1")
    assert (base.value, base.sure) == ("100.5", "1-2")


def test_dwellings_that_may_count_stand_apart():
    given_ = {"dwellings": [*lots("PLUS", "libre"), {"lot": "03", "tenure": "PLUS|libre"}]}
    decision, found = of_check(requiring(f"share({SOCIAL} of dwellings) >= 50 %"), given_)
    part = group(found[0], "part")
    assert (part.value, part.sure, part.maybe) == ("1..2", "1", "3")
    assert "catégorie" in decision.trace.sentences[found[0].because]["fr"]


def test_dwellings_that_may_stand_elsewhere_stand_apart():
    lines = [*lots("PLUS", "libre", place="A"), {"lot": "03", "tenure": "PLUS"}]
    decision = decide(requiring("count(dwellings) >= 3", at="building"), {"dwellings": lines})
    found = next(f for f in decision.findings if f.scope.endswith("/A"))
    counted = decision.trace.steps[found.checks[0].steps[0]].counted[0]
    assert (names(decision, "dwellings", counted.sure), names(decision, "dwellings", counted.maybe)) == (
        ["01", "02"], ["03"])  # fmt: skip


def test_a_field_that_the_file_does_not_give_is_told_so():
    decision, found = of_check(requiring("site.land_area >= 100 m²"), {})
    assert found[0].value == "0.."
    assert decision.trace.sentences[found[0].because]["fr"] == "le dossier ne le dit pas"


def test_the_least_of_several_names_the_one_that_decides():
    rules = requiring("min(count(dwellings), 3 dwelling) >= 3 dwelling")
    decision, found = of_check(rules, {"dwellings": lots(*["PLUS"] * 5)})
    deciding = decision.trace.steps[found[0].decides]
    assert (found[0].value, deciding.kind, deciding.value) == ("3", "literal", "3")


def test_a_choice_shows_the_branch_taken():
    rules = requiring("(if programme.collective then count(dwellings) else 0 dwelling) >= 1 dwelling")
    decision, found = of_check(rules, {"collective": True, "dwellings": lots("PLUS")})
    assert found[0].kind == "choice"
    assert decision.trace.steps[found[0].decides].kind == "measure"
    assert [decision.trace.steps[one].value for one in found[0].steps] == ["yes", "1"]
    open_, found = of_check(rules, {"dwellings": lots("PLUS")})
    assert found[0].decides is None
    assert "n'est pas établie" in open_.trace.sentences[found[0].because]["fr"]


def test_the_row_of_a_table_with_its_key_its_version_and_its_source():
    tables = {"seuil": {"by": "zone_abc", "unit": "dwelling", "source": {"ref": "Arrêté, annexe"},
                        "values": {"2020-01-01": {"A": "4 dwelling", "B1": "2 dwelling"}}}}  # fmt: skip
    rules = requiring("count(dwellings) >= seuil[commune.zone_abc]", parameters=tables)
    _decision, found = of_check(rules, {"commune": {"zone_abc": "A"}, "dwellings": lots("PLUS")})
    read = next(step for step in found if step.kind == "parameter")
    assert (read.value, read.row.keys, read.row.since, read.row.source) == ("4", ["A"], "2020-01-01", "Arrêté, annexe")  # fmt: skip
    _unknown, found = of_check(rules, {"dwellings": lots("PLUS")})
    read = next(step for step in found if step.kind == "parameter")
    assert read.row.keys == ["unknown"]
    assert read.value in {"unknown", "2..4"}


def test_a_definition_unfolds_into_what_it_means():
    rules = requiring("n >= 2 dwelling", definitions={"n": f"count({SOCIAL})"})
    decision, found = of_check(rules, {"dwellings": lots("PLUS", "libre")})
    assert [step.kind for step in found[:2]] == ["definition", "measure"]
    assert names(decision, "dwellings", found[1].counted[0].sure) == ["01"]


def test_a_measure_of_measures_unfolds_its_failing_members_first():
    lines = [
        {"lot": f"{b}{n}", "tenure": t, "building": b}
        for b, t in (("A", "PLUS"), ("B", "libre"))
        for n in "12"
    ]
    rules = requiring(f"all(buildings, count({SOCIAL}) >= 1 dwelling)")
    decision, found = of_check(rules, {"dwellings": lines})
    told = [said(decision, step).rpartition("/")[2] for step in found if step.kind == "element"]
    assert told == ["B", "A"]
    assert names(decision, "buildings", group(found[0], "fails").sure) == ["B"]


def test_an_advantage_shows_the_way_taken_its_base_and_the_cap_that_lowers_it():
    rules = awarding({"rate": f"share({SOCIAL} of dwellings)", "of": "site.buildable_floor_area",
                      "cap": {"plafond": "20 %"}})  # fmt: skip
    given_ = {"site": {"buildable_floor_area": 1000}, "dwellings": lots("PLUS", "libre")}
    decision = decide(rules, given_)
    held = advantage(rules, given_).steps
    assert [(way.taken, way.holds) for way in held.ways] == [(True, "yes")]
    assert decision.trace.steps[held.ways[0].gives].value == "1/2"
    assert decision.trace.steps[held.base].value == "1000"
    assert [(cap.name, cap.lowers) for cap in held.caps] == [("plafond", True)]


def test_the_trace_does_not_depend_on_the_order_of_rows():
    rules = requiring(f"share({SOCIAL} of dwellings) >= 30 %")
    lines = lots(*["PLUS"] * 7, *["libre"] * 13)
    first = decide(rules, {"dwellings": lines})
    random.Random(3).shuffle(lines)
    assert decide(rules, {"dwellings": lines}).canonical() == first.canonical()


@given(st.sets(st.integers(1, 400)))
def test_ranges_say_numbers_and_nothing_else(held):
    assert roll.numbers(roll.ranges(held)) == sorted(held)


@given(st.recursive(st.text() | st.integers(0, 2**40) | st.none() | st.booleans(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abcxyz_"), inner)))  # fmt: skip
def test_the_quick_writing_of_a_decision_is_the_canonical_one(content):
    content = {"held": content}
    assert canonical(content) == rfc8785.dumps(content)


@settings(max_examples=2 * settings.get_profile("quick").max_examples)
@given(rulebooks(), st.data())
def test_the_members_counted_add_up_to_what_was_observed(parts, data):
    given_ = data.draw(with_gaps(data.draw(programmes())))
    submission = submission_of(given_)
    decision = Decider([book(**parts)]).decide(submission, DAY)
    tree = build(submission)
    held = tree.elements("district")[0].members
    for place, step in enumerate(decision.trace.steps):
        assert all(one < place for one in step.steps)
        for counted in step.counted:
            if counted.what != "term" and counted.unit in {*PLURAL, "dwelling"} and counted.value.isdigit():
                sure = [held[counted.of][n - 1] for n in roll.numbers(counted.sure)]
                assert sum(member.most for member in sure) == int(counted.value)
                assert not counted.maybe


@given(programmes())
def test_a_share_is_its_part_over_its_base(given_):
    decision = decide(requiring(f"share({SOCIAL} of dwellings) >= 30 %"), given_)
    check = finding(decision).checks[0]
    if "/" in check.observed and ".." not in check.observed:
        step = decision.trace.steps[check.steps[0]]
        part, base = (Fraction(group(step, what).value) for what in ("part", "base"))
        assert f"{part}/{base}" == check.observed


@given(rulebooks(), st.data())
def test_a_decision_read_again_has_the_same_trace(parts, data):
    decision = decide(book(**parts), data.draw(programmes()))
    assert contract.read(decision.canonical()) == decision
