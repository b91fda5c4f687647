"""What holds of every rulebook and every programme."""

import pytest
from generated import DEFINITIONS, INPUTS, PARAMETERS, grouped, numbers, programmes, rulebooks, with_gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import DAY, book, decide

from mixrules.authoring.example import submission_of
from mixrules.engine import direct
from mixrules.engine.contract import model_of
from mixrules.engine.inference import Judge
from mixrules.engine.measure import Measures
from mixrules.programme.model import Submission
from mixrules.programme.scope import build
from mixrules.quantity import ABSENT, Interval
from mixrules.rulebook.tree import Compare

OPEN = {"undetermined"}


def outcomes(decision):
    """What was decided, by rule and element."""
    found = {(f.rule, f.scope): f.status for f in decision.findings}
    found |= {(a.rule, a.scope): a.status for a in decision.advantages}
    price = decision.land_price.status
    # A ceiling met on a landing that turns out not to exist limits nothing.
    found |= {"verdict": decision.verdict, "land price": "within" if price == "not-applicable" else price}
    return found


def never_flips(rules, gapped, complete):
    before, after = outcomes(decide(rules, gapped)), outcomes(decide(rules, complete))
    for what, status in before.items():
        if status not in OPEN:
            assert after.get(what, "no longer there") == status, (what, status, after.get(what))


def agree(parts, submission):
    """Deciding raises if the evaluators disagree; the direct one alone seals the same bytes."""
    rules = book(**parts)
    both = decide(rules, submission)
    alone = decide(rules, submission, Judge({direct.NAME: direct.solve}))
    assert alone.digest == both.digest
    assert len(both.evaluators) == 2


@given(rulebooks(), st.data())
def test_evaluators_agree_on_any_rulebook_and_programme(parts, data):
    agree(parts, data.draw(with_gaps(data.draw(programmes()))))


@pytest.mark.campaign
@settings(settings.get_profile("campaign"))
@given(rulebooks(), st.data())
def test_evaluators_agree_campaign(parts, data):
    agree(parts, data.draw(with_gaps(data.draw(programmes()))))


def fill(parts, data):
    complete = data.draw(programmes())
    gapped = data.draw(with_gaps(complete))
    if "dwellings" in gapped and data.draw(st.booleans()):
        gapped["dwellings"] = grouped(gapped["dwellings"])
    never_flips(book(**parts), gapped, complete)


@settings(max_examples=2 * settings.get_profile("quick").max_examples)
@given(rulebooks(), st.data())
def test_filling_a_gap_never_changes_what_was_decided(parts, data):
    fill(parts, data)


@pytest.mark.campaign
@settings(settings.get_profile("campaign"))
@given(rulebooks(), st.data())
def test_filling_a_gap_campaign(parts, data):
    fill(parts, data)


@given(rulebooks(), st.data())
def test_the_order_of_rows_changes_no_byte(parts, data):
    rules = book(**parts)
    submission = data.draw(with_gaps(data.draw(programmes())))
    shuffled = {**submission}
    for name in ("dwellings", "premises"):
        if name in submission:
            shuffled[name] = data.draw(st.permutations(submission[name]))
    existing = submission.get("district", {}).get("existing")
    if existing:
        shuffled["district"] = {**submission["district"], "existing": data.draw(st.permutations(existing))}
    assert decide(rules, shuffled).canonical() == decide(rules, submission).canonical()


@given(rulebooks(), st.lists(programmes(), min_size=2, max_size=3), st.sampled_from([None, "P"]), st.data())
def test_the_order_of_programmes_changes_no_byte(parts, several, name, data):
    rules = book(**parts)
    names = ("housing_floor_area", "dwellings", "premises", "site", "land", "sector", "facts", "floor_area")
    owned = [{k: v for k, v in one.items() if k in names} | {"id": name} for one in several]
    turned = [
        {**one, "dwellings": data.draw(st.permutations(one["dwellings"]))}
        for one in data.draw(st.permutations(owned))
    ]
    one, other = ({"programmes": listed, "commune": several[0]["commune"]} for listed in (owned, turned))
    assert decide(rules, one).canonical() == decide(rules, other).canonical()


@given(rulebooks(), st.data())
def test_submissions_and_decisions_round_trip(parts, data):
    submission = submission_of(data.draw(with_gaps(data.draw(programmes()))))
    again = Submission.model_validate_json(submission.model_dump_json())
    assert again == submission
    decision = decide(book(**parts), data.draw(programmes()))
    content = decision.content()
    assert model_of(type(decision)).model_validate(content).model_dump(mode="json") == content


@settings(max_examples=2 * settings.get_profile("quick").max_examples)
@given(numbers(), st.data())
def test_what_is_known_with_gaps_encloses_what_is_found_without(pair, data):
    left, right = pair
    rules = book(
        parameters=PARAMETERS,
        inputs=INPUTS,
        definitions=DEFINITIONS,
        rules={"r": {"obligation": {"require": f"{left} >= {right}"}}},
    )
    complete = data.draw(programmes())
    gapped = data.draw(with_gaps(complete))
    measures = Measures(rules, DAY.day)
    compare = rules.rules[0].require
    assert isinstance(compare, Compare)
    for node in (compare.left, compare.right):
        wide, narrow = (value_in(measures, node, given) for given in (gapped, complete))
        if isinstance(wide, Interval) and not wide.undefined:
            assert narrow is not ABSENT
            assert not narrow.undefined
            assert wide.lo <= narrow.lo <= narrow.hi <= wide.hi


def value_in(measures, node, given):
    tree = build(submission_of(given))
    value = measures.value(node, tree.elements("programme")[0])
    measures.forget()
    return value
