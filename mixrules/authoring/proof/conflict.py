"""Obligations that cannot all hold: the smallest sets of which no programme whatever meets every one.

For each set of situations that may arise together the solver is asked for a programme that meets all obligations
then in force. Where there is none, the set is made smaller until each rule counts: without it, the others can be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import z3

from mixrules.authoring.proof.duty import Duty
from mixrules.rulebook.model import Rule

QUERY = 800
"""Milliseconds given to one question; beyond, nothing is concluded."""
SITUATIONS = 16
"""Sets of situations looked at in a group of rules, at most."""


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be met, rules that only set the scene, and the case looked at."""

    rules: tuple[Rule, ...]
    scene: tuple[Rule, ...]
    case: Any


@dataclass(frozen=True)
class Marked:
    """A duty with two marks: its situation arises, it is met."""

    duty: Duty
    arises: Any
    met: Any


@dataclass
class Search:
    """Looks for conflicts among duties that share variables."""

    duties: list[Duty]
    always: list[Any]
    cases: list[Any] = field(default_factory=list)
    late: Callable[[], bool] = lambda: False

    def conflicts(self) -> Iterator[Conflict]:
        """Each conflict once."""
        told: set[frozenset[str]] = set()
        for case in [z3.BoolVal(True), *self.cases]:
            one = _Case(self, case)
            for group in one.situations():
                for found in one.within(group):
                    names = frozenset(rule.key for rule in found.rules)
                    if names not in told:
                        told.add(names)
                        yield found

    def groups(self) -> Iterator[list[Duty]]:
        """The largest sets of duties whose situations may arise together."""
        for group in _Case(self, z3.BoolVal(True)).situations():
            yield [one.duty for one in group]


class _Case:
    """The search in one case; one solver keeps what it learns from question to question."""

    def __init__(self, search: Search, case: Any) -> None:
        self.search, self.case = search, case
        self.solver = z3.Solver()
        self.solver.set("timeout", QUERY)
        self.solver.add(*search.always, case)
        self.marked = [
            Marked(duty, z3.Bool(f"arises {i}"), z3.Bool(f"met {i}")) for i, duty in enumerate(search.duties)
        ]
        for one in self.marked:
            self.solver.add(z3.Implies(one.arises, one.duty.situation), z3.Implies(one.met, one.duty.held))

    def answer(self, scene: Iterable[Marked], met: Iterable[Marked]) -> Any:
        return self.solver.check(*(one.arises for one in scene), *(one.met for one in met))

    def situations(self) -> Iterator[list[Marked]]:
        """The largest sets of situations that may arise together."""
        # Holds only while sets are being listed: what was seen is not forbidden elsewhere.
        listing = z3.Bool("listing")
        for _ in range(SITUATIONS):
            if self.search.late() or self.solver.check(listing) != z3.sat:
                return
            model = self.solver.model()
            chosen = [one for one in self.marked if z3.is_true(model.eval(one.duty.situation))]
            for one in self.marked:
                if one not in chosen and self.answer([*chosen, one], []) == z3.sat:
                    chosen.append(one)
            group = [one for one in self.marked if one in chosen]
            yield group
            others = [one.duty.situation for one in self.marked if one not in group]
            self.solver.add(z3.Implies(listing, z3.Or([z3.BoolVal(False), *others])))

    def within(self, group: list[Marked]) -> Iterator[Conflict]:
        """The conflicts of a set of duties; one of the rules is then set aside, and the rest looked at again."""
        left = list(group)
        while len(left) > 1 and not self.search.late():
            core = self.core(left, group)
            if core is None:
                return
            if len(core) > 1:
                found = self.stated(core, group)
                if found is not None:
                    yield found
            left = [one for one in left if one is not core[-1]]

    def core(self, duties: list[Marked], scene: list[Marked]) -> list[Marked] | None:
        """A smallest set of duties that cannot be met in a scene, or None."""
        if self.answer(scene, duties) != z3.unsat:
            return None
        named = {str(mark) for mark in self.solver.unsat_core()}
        kept = [one for one in duties if str(one.met) in named]
        for one in list(kept):
            fewer = [other for other in kept if other is not one]
            if self.answer(scene, fewer) == z3.unsat:
                kept = fewer
        return kept or [duties[-1]]

    def stated(self, core: list[Marked], group: list[Marked]) -> Conflict | None:
        """A conflict with no more of its scene than it needs; None unless every part of it is sure."""
        scene = [one for one in group if one not in core]
        if self.answer(core, core) == z3.unsat:
            scene = []
        for one in list(scene):
            fewer = [other for other in scene if other is not one]
            if self.answer([*core, *fewer], core) == z3.unsat:
                scene = fewer
        for one in core:
            # Without one of them the others can be met: none of the rules is impossible on its own.
            if self.answer([*core, *scene], [other for other in core if other is not one]) != z3.sat:
                return None
        return Conflict(_rules(core), _rules(scene), self.case)


def _rules(marked: Iterable[Marked]) -> tuple[Rule, ...]:
    return tuple(one.duty.rule for one in marked)
