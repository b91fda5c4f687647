"""Rules as SQL: the networks of `engine.logic` over compiled atoms, and what follows for each programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mixrules.engine import logic
from mixrules.engine.deliberation import ADVANTAGE, FINDING, ordered
from mixrules.engine.logic import Logic, OverNothing
from mixrules.engine.network import ALWAYS, Wire
from mixrules.engine.network import OPEN as AN_OPEN_QUESTION
from mixrules.message import Problem
from mixrules.programme.category import PHASE
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Average, Dated, IfElse, Node, Quantified, RuleOutcome, Share
from mixrules.rulebook.walk import children
from mixrules.territory.profile import Profile
from mixrules.territory.sql import awarding, stating
from mixrules.territory.sql.conclusion import SAID, Compiled
from mixrules.territory.sql.expression import (
    NO,
    OPEN,
    YES,
    RefusalError,
    Sql,
    both,
    case,
    either,
    no,
    text,
)
from mixrules.territory.sql.places import Places, nests
from mixrules.territory.sql.rounds import Round, numbered
from mixrules.territory.sql.ruled import Refused, Ruled
from mixrules.territory.sql.tables import within
from mixrules.territory.sql.tally import Tallies
from mixrules.territory.sql.value import Mask


class Bench:
    """Everything compiled for one corpus; the sums over lines are shared by all rulebooks."""

    def __init__(self, profile: Profile, books: Iterable[Rulebook] = ()) -> None:
        self.profile = profile
        places = Places(profile.connection, nested=any(nests(rule) for book in books for rule in book.rules))
        self.tallies = Tallies(profile, places)

    def compile(self, book: Rulebook, day: date, said: Sequence[str] = SAID) -> Compiled:
        """The rules of a rulebook at a date, and what their findings say."""
        return _Ruling(self, book, day).compile(said)

    def measures(self, chunk: str) -> Iterator[tuple[str, str]]:
        """The grouping passes over what lies in the programmes of a chunk, each a table by its query, in their order."""
        return self.tallies.queries(chunk)


class _Ruling:
    def __init__(self, bench: Bench, book: Rulebook, day: date) -> None:
        self.book = book
        self.day = day
        self.bench = bench
        self.rules = ordered(book.at(day))
        self.cumulations = [c for c in book.cumulations if c.period.holds(day)]
        self.rounds: dict[tuple[int, str], Round] = {}
        self.done: dict[str, Ruled] = {}

    def compile(self, said: Sequence[str]) -> Compiled:
        try:
            self.numbers = numbered(self.rules, self.cumulations)
        except RefusalError as error:
            return Compiled([], [], [Refused(rule, error.why) for rule in self.rules], said)
        refused: dict[str, Refused] = {}
        for rule in self.rules:
            try:
                self._sit(rule.scope, self.numbers[rule.id])
                self.done[rule.id] = self._rule(rule)
            except RefusalError as error:
                refused[rule.id] = Refused(rule, error.why)
        self._limits(refused)
        for one in self.done.values() if len(said) > 1 else ():
            scale = one.round.scale
            if one.worth is not None:
                one.said = stating.awarded(scale, one.rule, one.worth, one.status)
            else:
                one.said = stating.stated(scale, one.rule, one.answers, one.status)
        rounds = [made for _, made in sorted(self.rounds.items(), key=lambda pair: pair[0][0])]
        return Compiled(rounds, list(self.done.values()), list(refused.values()), said)

    def _sit(self, scope: str, number: int) -> None:
        """Go on in the round of a rule."""
        if (number, scope) not in self.rounds:
            made = Round(self.bench.tallies, self.book, self.day, scope, number)
            made.on.outcome = self._outcome
            self.rounds[number, scope] = made
        self.round = self.rounds[number, scope]
        self.on = self.round.on

    def _let(self, expression: Sql) -> Sql:
        return self.on.stages.let(expression)

    def _rule(self, rule: Rule) -> Ruled:
        if rule.promise is not None:
            return self._commitment(rule)
        empty = self._emptiness(rule)
        answers = self._solved(logic.of_rule(rule), empty)
        # What an element that may not exist would breach is not a breach.
        answers["unmet"] = self._let(
            case(both(self.round.supposed, answers["unmet"]), OPEN, answers["unmet"])
        )
        if rule.award is None:
            return Ruled(self.round, rule, self._status(answers, FINDING), answers)
        steps = self._solved(logic.of_steps(rule), OPEN)
        worth = awarding.worth(self.on, rule.award, [steps[str(i)] for i in range(len(rule.award.steps))])
        given = {
            "applies": answers["applies"],
            "holds": answers["wanted"],
            "claimed": worth.claimed,
            "fits": worth.fits,
            "due": worth.due,
            "asked": either(*(a for name, a in answers.items() if name.startswith("question:"))),
        }
        claim = logic.of_claim()
        found = self._concluded(claim, [given[str(atom)] for atom in claim.atoms])
        worth.alone = found["granted"]
        return Ruled(self.round, rule, self._status(found, ADVANTAGE), answers, worth)

    def _status(self, answers: dict[str, Sql], names: Sequence[str]) -> Sql:
        found: Sql = text("undetermined")
        for name in reversed(names):
            if name in answers:
                found = case(answers[name], text(name), found)
        return self._let(found)

    # -- networks --------------------------------------------------------------------------------------

    def _solved(self, made: Logic, empty: Sql) -> dict[str, Sql]:
        return self._concluded(made, [self._atom(atom, empty) for atom in made.atoms])

    def _concluded(self, made: Logic, atoms: Sequence[Sql]) -> dict[str, Sql]:
        """The direct evaluator, written as SQL."""
        values = list(atoms)

        def read(wire: Wire) -> Sql:
            return no(values[wire[0]]) if wire[1] else values[wire[0]]

        for gate in made.network.gates:
            join = both if gate.op == "and" else either
            values.append(self._let(join(*(read(wire) for wire in gate.inputs))))
        return {name: self._let(read(wire)) for name, wire in made.network.outputs}

    def _atom(self, atom: object, empty: Sql) -> Sql:
        if atom == AN_OPEN_QUESTION:
            return OPEN
        if atom == logic.EMPTY:
            return empty
        if atom is ALWAYS:
            return YES
        if isinstance(atom, OverNothing):
            return self._let(either(*(self.round.scale.emptiness(node) for node in self._bases(atom.node))))
        return self.on.truth(atom)  # type: ignore[arg-type]

    def _emptiness(self, rule: Rule) -> Sql:
        if rule.require is None or rule.when_empty != "not-applicable":
            return NO
        return self._let(either(*(self.round.scale.emptiness(node) for node in self._bases(rule.require))))

    def _bases(self, node: Node) -> Iterator[Share | Average]:
        """The shares that an expression surely compares, as the engine finds them."""
        if isinstance(node, Share | Average):
            yield node
        elif isinstance(node, Dated):
            body = self.on.measures.dated(node)
            yield from self._bases(body) if body is not None else ()
        elif not (isinstance(node, Quantified | IfElse) or hasattr(node, "over")):
            for child in children(node):
                yield from self._bases(child)  # type: ignore[arg-type]

    def _outcome(self, node: RuleOutcome) -> Sql:
        known = {rule.id for rule in self.book.at(self.day)}
        found = []
        for name in node.rules:
            if name in known and name not in self.done:
                raise RefusalError("refusal_outcome", name=name)
            if name not in known:
                found.append(OPEN)
                continue
            one = self.done[name]
            found.append(self.round.outcome(one.round, one.round.stages.let(one.fulfilled)))
        return both(*found)

    def _commitment(self, rule: Rule) -> Ruled:
        assert rule.promise is not None
        applies = self.on.truth(rule.applies) if rule.applies is not None else YES
        due = both(applies, self._reached(rule.promise.due))
        proved = both(*(self._let(self.on.own.evidence(name)) for name in rule.promise.evidence))
        answers = {
            "not-applicable": self._let(no(due)),
            "met": self._let(both(due, proved)),
            "unmet": self._let(both(due, no(proved))),
        }
        return Ruled(self.round, rule, self._status(answers, FINDING), answers)

    def _reached(self, due: str) -> Sql:
        """Whether the file has reached the phase at which a commitment falls due."""
        phase = self.on.own.field("phase")
        assert isinstance(phase, Mask)
        phases = list(PHASE.members)
        later = frozenset(phases[phases.index(due) :])
        return within(replace(phase, sql=self._let(phase.sql)), later)

    # -- limits across advantages ----------------------------------------------------------------------

    def _limits(self, refused: dict[str, Refused]) -> None:
        """Limits restrict what was granted; where one cannot be held, none of its advantages can."""
        settled = dict(self.done)
        lost: dict[str, Problem] = {}
        limits: dict[str, list[awarding.Limit]] = {}
        for cumulation in self.cumulations:
            names = [*cumulation.over, *cumulation.against]
            there = [name for name in names if name in self.done or name in refused]
            try:
                if there:
                    self._sit("programme", self.numbers[there[0]])
                if any(name in refused for name in there):
                    raise RefusalError("refusal_limit", name=cumulation.id)  # noqa: TRY301 - told as a refusal of its rules
                limit = awarding.limit(self.on, cumulation, settled)
            except RefusalError as error:
                lost.update(dict.fromkeys((n for n in there if n in self.done), error.why))
                continue
            for name in dict.fromkeys(there):
                limits.setdefault(name, []).append(limit)
        for name, bound in limits.items():
            one = settled[name]
            assert one.worth is not None
            self._sit("programme", self.numbers[name])
            self.done[name] = Ruled(
                one.round,
                one.rule,
                self._let(awarding.restricted(one.status, one.worth, bound)),
                one.answers,
                one.worth,
            )
        for name, why in lost.items():
            refused[name] = Refused(self.done.pop(name).rule, why)
