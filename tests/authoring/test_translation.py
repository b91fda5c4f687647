"""What the solver is told encloses what the rules decide: a file's own values satisfy the formulas of its conclusions.

Each worked example of each shipped rulebook is pinned in the solver (its fields, the size of each cell, its sums).
Where the evaluator says yes, the formula of « surely true » can hold; where it says no, that of « surely false » can; a number can be its own.
A formula too strong on one of them could prove a conflict that is none.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

z3 = pytest.importorskip("z3")

from mixrules.authoring.example import submission_of  # noqa: E402
from mixrules.authoring.proof.cells import Cells  # noqa: E402
from mixrules.authoring.proof.symbols import Symbols, number  # noqa: E402
from mixrules.authoring.proof.translation import Translator  # noqa: E402
from mixrules.authoring.slot import slots  # noqa: E402
from mixrules.engine.measure import Measures  # noqa: E402
from mixrules.programme.scope import build  # noqa: E402
from mixrules.quantity import ABSENT, Interval  # noqa: E402
from mixrules.rulebook.library import Library  # noqa: E402

LIBRARY = Library([Path(__file__).parent.parent / "rulebook" / "constructs"])


FEW = 6
"""Examples of a rulebook pinned at each run; a campaign pins them all."""


def pinned(symbols: Symbols, measures: Measures, element):
    """The values that a file gives, as equalities."""
    for node, (value, there) in symbols.asked.items():
        found = measures.value(node, element)
        if found is ABSENT:
            yield z3.Not(there)
        elif isinstance(found, bool):
            yield value == found
        elif isinstance(found, Interval):
            if found.known and found.lo not in {float("inf"), float("-inf")}:
                yield z3.And(there, value == number(found.lo))
        elif isinstance(found, str):
            yield z3.And(there, value == symbols.code(found))
        elif isinstance(found, frozenset) and len(found) == 1:
            yield z3.And(there, value == symbols.code(next(iter(found))))


def sized(cells: Cells, measures: Measures, element):
    """How many members each cell holds, and what they sum to, where every member is known."""
    for source, members in cells.members.items():
        counts = [0] * len(members.cases)
        sums = {term: [Fraction(0)] * len(members.cases) for term, _ in members.sums_made()}
        for member in element.collection(source):
            truths = {atom: measures.value(atom, member.element) for case in members.cases for atom in case}
            fitting = [
                i
                for i, case in enumerate(members.cases)
                if all(truths[atom] in {None, held} for atom, held in case.items())
            ]
            assert fitting, "a member stands in no cell"
            if len(fitting) > 1 or member.least != member.most:
                break
            counts[fitting[0]] += member.least
            for term, held in sums.items():
                value = measures.value(term, member.element)
                if value is ABSENT or not value.known:
                    held[fitting[0]] = None
                elif held[fitting[0]] is not None:
                    held[fitting[0]] += value.lo * member.least
        else:
            yield from (count == n for count, n in zip(members.counts, counts, strict=True))
            for term, variables in members.sums_made():
                pairs = zip(variables, sums[term], strict=True)
                yield from (variable == number(total) for variable, total in pairs if total is not None)


def formulas(book, day):
    """The expressions of each rule of a day, translated."""
    for rule in book.at(day):
        nodes = [slot.node for slot in slots(rule) if slot.node.type.kind in {"yes_no", "number"}]
        if nodes:
            symbols = Symbols()
            cells = Cells(symbols, rule.scope)
            cells.translator = made = Translator(symbols, book, day, cells)
            cells.learn(nodes, made)
            yield rule, cells, [(n, made.both(n) if n.type.kind == "yes_no" else made.term(n)) for n in nodes]


def expected(value, pair):
    """What the solver must find possible, given what the evaluator found."""
    if isinstance(value, bool):
        return pair[0 if value else 1]
    if isinstance(value, Interval) and value.known and abs(value.lo) != float("inf"):
        return z3.And(pair[1], pair[0] == number(value.lo))
    return None


WITH_EXAMPLES = [name for name in LIBRARY.ids if LIBRARY.get(name).examples]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_formulas_enclose_what_the_rules_decide(name):
    examples = LIBRARY.get(name).examples
    enclose(LIBRARY.get(name), examples[:: 1 + len(examples) // FEW])


@pytest.mark.campaign
@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_formulas_enclose_what_the_rules_decide_in_every_example(name):
    enclose(LIBRARY.get(name), LIBRARY.get(name).examples)


def enclose(book, examples):
    translated, asked = {}, 0
    for example in examples:
        tree, measures = build(submission_of(json.loads(example.given))), Measures(book, example.on)
        if example.on not in translated:
            translated[example.on] = list(formulas(book, example.on))
        for rule, cells, pairs in translated[example.on]:
            for element in tree.elements(rule.scope):
                solver = z3.Solver()
                solver.set("timeout", 5000)
                solver.add(*cells.symbols.facts, *pinned(cells.symbols, measures, element))
                solver.add(*sized(cells, measures, element))
                for node, pair in pairs:
                    wanted = expected(measures.value(node, element), pair)
                    if wanted is not None:
                        asked += 1
                        assert solver.check(wanted) != z3.unsat, (example.name, rule.id, node)
    assert asked
