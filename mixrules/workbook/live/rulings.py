"""What each rule concludes, in formulas: the networks of the engine, gate by gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mixrules.engine import logic
from mixrules.engine.deliberation import commitment_logic, ordered
from mixrules.engine.logic import Logic, OverNothing
from mixrules.engine.network import ALWAYS
from mixrules.engine.network import OPEN as ASKED
from mixrules.programme.category import PHASE
from mixrules.programme.placing import PLACES
from mixrules.programme.vocabulary import fields
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Average, Dated, IfElse, Node, Quantified, RuleOutcome, Share
from mixrules.rulebook.walk import children
from mixrules.workbook.live import measures
from mixrules.workbook.live.award import Worth, awarded, restrict
from mixrules.workbook.live.compiler import Compiler
from mixrules.workbook.live.formula import NO, OPEN, YES, Choice, NotHeldError, Truth, both, either, no
from mixrules.workbook.live.ledger import Rows
from mixrules.workbook.live.measures import ROOTS
from mixrules.workbook.live.observed import Check

LONGEST = 400
"""Characters of a gate that is written where it is used; a longer one has a cell of its own."""


@dataclass
class Ruled:
    """One rule with the truths that it concludes, each a formula beside its elements."""

    rule: Rule
    answers: dict[str, str] = field(default_factory=dict)
    worth: Worth | None = None
    checks: list[Check] = field(default_factory=list)
    refused: NotHeldError | None = None

    @property
    def local(self) -> bool:
        """Whether the rule bears on landings, stairwells…, each on its own."""
        return self.rule.scope not in ROOTS


class Rulings:
    """The rules of one rulebook, in their order of dependence."""

    def __init__(
        self, book: Rulebook, compile_with: Callable[[Callable[[RuleOutcome, str], Truth]], Compiler]
    ) -> None:
        self.book = book
        self.done: dict[str, Ruled] = {}
        self.compiler = compile_with(self.outcome)
        for rule in ordered(book.at(self.compiler.day)):
            self.done[rule.id] = self._one(rule)
        for cumulation in book.cumulations:
            if cumulation.period.holds(self.compiler.day):
                restrict(self, cumulation)

    def _one(self, rule: Rule) -> Ruled:
        ruled = Ruled(rule)
        try:
            ruled.answers = self._answers(rule)
            if rule.award is not None:
                awarded(self, ruled)
        except NotHeldError as refusal:
            ruled.refused = refusal
        return ruled

    def _answers(self, rule: Rule) -> dict[str, str]:
        if rule.scope not in {*ROOTS, *PLACES}:
            raise NotHeldError("live.rule_each_dwelling_storey")
        if rule.promise is not None:
            return self._commitment(rule)
        empty = self._empty(rule.require, rule.scope) if rule.require is not None else NO
        made = logic.of_rule(rule)
        answers = self.solve(made, [self.atom(atom, rule.scope, empty) for atom in made.atoms], rule.scope)
        if rule.scope not in ROOTS:
            sure = self.compiler.places.sure(rule.scope)
            answers = {name: f"IF({sure}=1,{truth},0.5)" for name, truth in answers.items()}
        return {
            name: self.compiler.keep(rule.scope, f"{rule.id} : {name}", t).formula
            for name, t in answers.items()
        }

    def solve(self, made: Logic, atoms: Sequence[str], at: str) -> dict[str, str]:
        """The outputs of a network, given its inputs."""
        wires = list(atoms)

        def read(wire: tuple[int, bool]) -> str:
            return no(wires[wire[0]]) if wire[1] else wires[wire[0]]

        for gate in made.network.gates:
            joined = (both if gate.op == "and" else either)(*(read(wire) for wire in gate.inputs))
            if len(joined) > LONGEST:
                joined = self.compiler.keep(at, gate.op, joined).formula
            wires.append(joined)
        return {name: read(wire) for name, wire in made.network.outputs}

    def atom(self, atom: object, at: str, empty: str) -> str:
        """The truth of one input of a network."""
        if atom is ASKED:
            return OPEN
        if atom == logic.EMPTY:
            return empty
        if atom is ALWAYS:
            return YES
        if isinstance(atom, OverNothing):
            return self._empty(atom.node, at)
        return self.compiler.truth(atom, at)  # type: ignore[arg-type]

    # -- empty bases -----------------------------------------------------------------------------------

    def _empty(self, node: Node, at: str) -> str:
        return either(*(measures.base(self.compiler, base, at) for base in self._bases(node)))

    def _bases(self, node: Node) -> Iterator[Share | Average]:
        """The shares and averages that an expression surely compares, not those inside other measures."""
        if isinstance(node, Share | Average):
            yield node
        elif isinstance(node, Dated):
            held = [body for start, body in node.versions if start <= self.compiler.day.toordinal()]
            yield from self._bases(held[-1]) if held else ()
        elif not (isinstance(node, Quantified | IfElse) or hasattr(node, "over")):
            for child in children(node):
                yield from self._bases(child)  # type: ignore[arg-type]

    # -- commitments -----------------------------------------------------------------------------------

    def _commitment(self, rule: Rule) -> dict[str, str]:
        c, promise = self.compiler, rule.promise
        assert promise is not None
        applies = c.truth(rule.applies, rule.scope) if rule.applies is not None else YES
        phase = c.inputs.field(c.places.root, c.inputs.typed("phase"), fields()["phase"])
        assert isinstance(phase, Choice)
        due = list(PHASE.members).index(promise.due) + 1
        reached = c.keep(
            rule.scope, "stade atteint", f"IF({phase.code}<=0,0.5,IF({phase.code}>={due},1,0))"
        ).formula
        proofs = [c.inputs.evidence(c.places.root, name).formula for name in promise.evidence]
        made = commitment_logic(len(proofs))
        answers = self.solve(made, [applies, reached, *proofs], rule.scope)
        return {name: c.keep(rule.scope, f"{rule.id} : {name}", t).formula for name, t in answers.items()}

    # -- outcomes of other rules -----------------------------------------------------------------------

    def outcome(self, node: RuleOutcome, at: str) -> Truth:
        """Whether rules are fulfilled wherever they bear on an element."""
        truths = [self.everywhere(self.done[name], at) if name in self.done else OPEN for name in node.rules]
        return Truth(both(*truths))

    def everywhere(self, ruled: Ruled, at: str) -> str:
        """Whether a rule is fulfilled at every element that an element contains or lies in."""
        if ruled.refused is not None:
            return OPEN
        c, scope = self.compiler, ruled.rule.scope
        truth = ruled.answers["granted"] if ruled.rule.award is not None else no(ruled.answers["unmet"])
        if ruled.rule.award is not None:
            other = either(ruled.answers["refused"], ruled.answers["not-applicable"])
            truth = f"IF({truth}=1,1,IF({other}=1,0,0.5))"
        if not ruled.local or scope == at:
            return truth
        if at not in ROOTS and not c.scope_inside(scope, at):
            rows = c.places.rows(scope)
            return c.keep(
                at, "règle du dessus", f"INDEX({rows.range(truth)},{c.places.group(scope)})"
            ).formula
        return self.folded(ruled, truth, at, decisive="0")

    def folded(self, ruled: Ruled, truth: str, at: str, decisive: str) -> str:
        """A truth over the elements of a rule: the decisive one if it is anywhere, unknown if any is."""
        c, scope = self.compiler, ruled.rule.scope
        rows = c.places.rows(scope)
        assert isinstance(rows, Rows)
        group = "" if at in ROOTS else f",{rows.range(c.places.group(at))},{c.places.group(at)}"
        first = f"{rows.range(c.places.first(scope))},1{group}"
        every = rows.range(truth)
        found = f"IF(COUNTIFS({every},0.5,{first})>0,0.5,{no(decisive)})"
        folded = f"IF(COUNTIFS({every},{decisive},{first})>0,{decisive},{found})"
        return c.keep(at, "ensemble", f"IF({c.places.sure(scope)}=1,{folded},0.5)").formula

    def number_of(self, ruled: Ruled, status: str) -> str:
        """How many elements have a status."""
        c, scope = self.compiler, ruled.rule.scope
        rows = c.places.rows(scope)
        first = rows.range(c.places.first(scope))
        reached = rows.range(ruled.answers[status]) if status in ruled.answers else None
        return f"COUNTIFS({reached},1,{first},1)" if reached else "0"

    def breach(self, ruled: Ruled) -> str:
        """Whether a rule is broken anywhere, or a bonus claimed beyond what is earned."""
        if ruled.refused is not None:
            return OPEN
        if ruled.rule.award is not None:
            a = ruled.answers
            lost = either(a["final refused"], a["not-applicable"])
            beyond = f"IF({a['final granted']}=1,0,IF({lost}=1,1,0.5))"
            return f"IF({a['claimed']}=1,{beyond},{a['claimed']})"
        if ruled.local:
            return self.folded(ruled, ruled.answers["unmet"], "programme", decisive="1")
        return ruled.answers["unmet"]
