"""Double entry: two evaluators, one decision; what happens when they do not agree, or one gives up."""

import gc
import itertools
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulings import book, decide, requiring

from mixrules.engine import direct, rete
from mixrules.engine.inference import DisagreementError, Judge
from mixrules.engine.network import Builder, Gate, Network
from mixrules.message import InvalidInputError

needs_rete = pytest.mark.skipif(not rete.available(), reason="durable-rules does not serve here")
TRUTHS = (True, False, None)


@st.composite
def networks(draw):
    """A random network with its inputs."""
    inputs = draw(st.integers(1, 5))
    gates = []
    for index in range(draw(st.integers(1, 8))):
        wire = st.tuples(st.integers(0, inputs + index - 1), st.booleans())
        gates.append(
            Gate(
                draw(st.sampled_from(["and", "or"])),
                tuple(draw(st.lists(wire, min_size=1, max_size=6, unique=True))),
            )
        )
    nodes = inputs + len(gates)
    outputs = tuple((f"o{node}", (node, draw(st.booleans()))) for node in range(nodes))
    return Network(inputs, tuple(gates), outputs), draw(
        st.lists(st.sampled_from(TRUTHS), min_size=inputs, max_size=inputs)
    )


@needs_rete
@given(networks())
def test_both_solve_any_network_alike(drawn):
    network, inputs = drawn
    assert rete.solve(network, inputs) == direct.solve(network, inputs)


@given(networks())
def test_settling_an_unknown_never_changes_a_conclusion(drawn):
    network, inputs = drawn
    before = direct.solve(network, inputs)
    for settled in itertools.islice(
        itertools.product(*([t] if t is not None else [True, False] for t in inputs)), 16
    ):
        after = direct.solve(network, settled)
        assert all(after[name] is truth for name, truth in before.items() if truth is not None)


def test_a_choice_is_known_when_both_sides_agree():
    b = Builder()
    b.output("chosen", b.choose(b.atom("c"), b.atom("x"), b.atom("y")))
    network, _ = b.build()
    for solve in [direct.solve] + ([rete.solve] if rete.available() else []):
        assert solve(network, [None, True, True])["chosen"] is True
        assert solve(network, [None, False, False])["chosen"] is False
        assert solve(network, [None, True, False])["chosen"] is None


RULES = requiring("count(dwellings) >= 1", applies_when="commune.carence")
GIVEN = {"dwellings": ["PLUS"], "commune": {"carence": "oui"}}


def test_a_disagreement_issues_nothing_and_shows_both():
    def lying(network, inputs):
        return {name: not truth for name, truth in direct.solve(network, inputs).items()}

    with pytest.raises(DisagreementError) as raised:
        decide(RULES, GIVEN, Judge({"direct": direct.solve, "menteur": lying}))
    assert set(raised.value.conclusions) == {"direct", "menteur"}
    assert "essai/r" in str(raised.value)
    assert raised.value.conclusions["direct"]["met"] is True
    assert raised.value.conclusions["menteur"]["met"] is False


def test_a_lie_about_one_conclusion_only_is_seen():
    def lying(network, inputs):
        answers = direct.solve(network, inputs)
        return answers | ({"met": None} if "met" in answers else {})

    with pytest.raises(DisagreementError):
        decide(RULES, GIVEN, Judge({"direct": direct.solve, "menteur": lying}))


@needs_rete
def test_one_evaluator_alone_seals_the_same_digest():
    both, alone = decide(RULES, GIVEN), decide(RULES, GIVEN, Judge({direct.NAME: direct.solve}))
    assert both.digest == alone.digest
    assert (both.evaluators, alone.evaluators) == (["durable-rules 2.0.28", "direct"], ["direct"])


def test_a_rule_beyond_what_the_engine_holds_is_refused_with_its_name_and_line():
    wide = " or ".join(f"count(dwellings) = {n}" for n in range(120))
    with pytest.raises(InvalidInputError, match=r'"r": .* 100 at most') as refused:
        decide(requiring(wide), GIVEN)
    assert refused.value.problems[0].where.line
    assert decide(RULES, GIVEN).verdict == "compliant"


@needs_rete
@pytest.mark.parametrize("number", [13, 40, 80])
def test_wide_rules_are_decided(number):
    wide = " or ".join(f"count(dwellings) = {n}" for n in range(1, number + 1))
    assert decide(requiring(wide), {"dwellings": [f"{number} PLUS"]}).verdict == "compliant"
    assert decide(requiring(wide), {"dwellings": [f"{number + 1} PLUS"]}).verdict == "non-compliant"


def test_three_hundred_decisions_do_not_fill_the_memory():
    rules = book(rules={f"r{i}": {"obligation": {"require": f"count(dwellings) >= {i}"}} for i in range(5)})
    for _ in range(60):
        decide(rules, GIVEN)
    gc.collect()
    tracemalloc.start()
    for turn in range(240):
        decide(rules, {**GIVEN, "dwellings": [f"{turn + 1} PLUS"]})
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 1_500_000
