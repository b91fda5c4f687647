"""Collections of any size as cells: one for each way in which a member satisfies the conditions that rules put on it.

A cell holds an unknown number of members. So measures over the same collection stay bound together: a part is at
most the whole, parts that share no member sum to at most the whole, a share is a part over a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import z3

from mixrules.authoring.proof.symbols import Symbols, reads_members
from mixrules.authoring.proof.translation import NO, YES, Pair, Translator
from mixrules.rulebook.tree import (
    Aggregate,
    Average,
    Collection,
    Count,
    Distinct,
    Field,
    HasKey,
    Junction,
    Lookup,
    Node,
    Not,
    Outermost,
    Quantified,
    Share,
    Total,
)
from mixrules.rulebook.walk import children, walk

MOST = 160
"""Cells of a collection at most; a condition that would make more of them is left open."""
Case = dict[Node, bool]


class Members:
    """The members of one collection, in cells."""

    def __init__(self, source: str, atoms: list[Node], symbols: Symbols, translator: Translator) -> None:
        self.source, self.symbols = source, symbols
        self.item = Symbols(words=symbols.words, prefix=f"{source} ", complete=True)
        self.typical = Translator(self.item, translator.book, translator.day)
        self.solver, self._marks = z3.Solver(), dict[tuple[Node, bool], Any]()
        self.cases = self._cases(atoms)
        self.counts = [symbols.whole(f"{source}") for _ in self.cases]
        symbols.facts += [count >= 0 for count in self.counts]
        self._sums: dict[Node, list[Any]] = {}

    def _cases(self, atoms: list[Node]) -> list[Case]:
        """Every way in which one member may satisfy the atoms; an atom that makes too many is dropped."""
        cases: list[Case] = [{}]
        for atom in atoms:
            wider = [{**case, atom: held} for case in cases for held in (True, False)]
            wider = [case for case in wider if self.possible(case) is not None]
            if len(wider) > MOST:
                continue
            cases = wider
        return cases

    def possible(self, case: Case) -> Any:
        """One member that satisfies a case, or None."""
        marks = [self._mark(atom, held) for atom, held in case.items()]
        return self.solver.model() if self.solver.check(*marks) == z3.sat else None

    def _mark(self, atom: Node, held: bool) -> Any:
        """What stands for an atom in the solver: that it holds of the member, or that it does not."""
        if (atom, held) not in self._marks:
            known = len(self.item.facts)
            mark = self._marks[atom, held] = z3.Bool(f"case {len(self._marks)}")
            # An atom may be unknown of a member: its missing values, once filled, make it either.
            self.solver.add(z3.Implies(mark, z3.Not(self.typical.both(atom)[1 if held else 0])))
            self.solver.add(*self.item.facts[known:])
        return self._marks[atom, held]

    def sums(self, term: Node, translator: Translator) -> list[Any]:
        """The sum of a term over each cell."""
        if term not in self._sums:
            made = [self.symbols.real(f"sum {self.source}") for _ in self.cases]
            for value, count in zip(made, self.counts, strict=True):
                self.symbols.facts.append(z3.Implies(count == 0, value == 0))
                if never_negative(translator.plain(term), translator):
                    self.symbols.facts.append(value >= 0)
                if (
                    isinstance(term, Field)
                    and term.path in {"floor_area", "living_area"}
                    and term.owner == "dwelling"
                ):
                    self.symbols.facts.append(z3.Implies(count > 0, value > 0))
            self._sums[term] = made
        return self._sums[term]

    def sums_made(self) -> list[tuple[Node, list[Any]]]:
        """The terms summed so far, each with its sum over each cell."""
        return list(self._sums.items())


def never_negative(term: Node, translator: Translator) -> bool:
    """Whether a term is a field of a file, which is never below zero."""
    return isinstance(translator.plain(term), Field) and term.type.kind == "number"


class Cells:
    """The measures of a group of rules over the collections of one element."""

    def __init__(self, symbols: Symbols, scope: str, *, mixed: bool = False) -> None:
        self.symbols, self.scope, self.mixed = symbols, scope, mixed
        self.translator: Translator
        self.atoms: dict[str, dict[Node, None]] = {}
        self.extremes: dict[Outermost, None] = {}
        self.members: dict[str, Members] = {}

    # -- which cells -----------------------------------------------------------------------------------

    def learn(self, nodes: Iterable[Node], translator: Translator) -> None:
        """Take note of the conditions that expressions put on members; before anything is measured."""
        for node in nodes:
            for aggregate in outer_aggregates(node, translator):
                if isinstance(aggregate, Outermost):
                    self.extremes[aggregate] = None
                found = [a for p in predicates(aggregate) for a in self._atoms(p, translator)]
                for source in aggregate.over.sources:
                    self.atoms.setdefault(source, {}).update(dict.fromkeys(found))

    def _atoms(self, node: Node, translator: Translator) -> Iterator[Node]:
        """The conditions on a member of which others are made; what reads no member is none of them."""
        node = translator.plain(node)
        if isinstance(node, Not):
            yield from self._atoms(node.operand, translator)
        elif isinstance(node, Junction):
            for part in node.items:
                yield from self._atoms(part, translator)
        elif reads_members(node, self.scope) and not (self.mixed and _reads_a_table(node)):
            yield node

    def of(self, source: str) -> Members:
        """The members of a collection."""
        if source not in self.members:
            listed = list(self.atoms.get(source, {}))
            self.members[source] = Members(source, listed, self.symbols, self.translator)
        return self.members[source]

    def total(self, source: str = "dwellings") -> Any:
        """How many members a collection has."""
        return z3.Sum([z3.IntVal(0), *self.of(source).counts])

    # -- what a cell satisfies -------------------------------------------------------------------------

    def holds(self, node: Node, case: Case, source: str) -> Pair:
        """Whether the members of a cell satisfy a condition: surely, surely not."""
        node = self.translator.plain(node)
        if node in case:
            return (YES, NO) if case[node] else (NO, YES)
        if isinstance(node, Not):
            true, false = self.holds(node.operand, case, source)
            return false, true
        if isinstance(node, Junction):
            pairs = [self.holds(item, case, source) for item in node.items]
            every, some = (0, 1) if node.op == "and" else (1, 0)
            joined = _all([p[every] for p in pairs]), _any([p[some] for p in pairs])
            return joined if node.op == "and" else (joined[1], joined[0])
        key = ("shared", self.translator.book.id, node)
        return self.symbols.once(key, lambda: self._shared(node))  # type: ignore[no-any-return]

    def _shared(self, node: Node) -> Pair:
        """A condition that is the same for every member; one of its own that no cell knows is left open."""
        if reads_members(node, self.scope):
            return NO, NO
        true, false = (z3.simplify(formula) for formula in self.translator.both(node))
        return (YES if z3.is_true(true) else true), (YES if z3.is_true(false) else false)

    def _summed(self, over: Collection, extra: Node | None, weights: dict[str, list[Any]]) -> tuple[Any, Any]:
        """The least and the greatest that members which satisfy conditions may sum to."""
        least, most = [], []
        for source in over.sources:
            for case, weight in zip(self.of(source).cases, weights[source], strict=True):
                pairs = [self.holds(n, case, source) for n in (over.where, extra) if n is not None]
                sure, never = _all([p[0] for p in pairs]), _any([p[1] for p in pairs])
                least += _if(sure, weight)
                most += _if(_not(never), weight)
        return z3.Sum([z3.IntVal(0), *least]), z3.Sum([z3.IntVal(0), *most])

    def _between(self, ends: tuple[Any, Any], whole: bool) -> Any:
        """A sum known to lie between two others."""
        if ends[0].eq(ends[1]):
            return ends[0]
        value = self.symbols.whole() if whole else self.symbols.real()
        self.symbols.facts += [value >= ends[0], value <= ends[1]]
        return value

    def count(self, over: Collection, extra: Node | None = None) -> Any:
        """How many members satisfy the condition of a collection, and another."""
        key = ("count", self.translator.book.id, over, extra)
        weights = {source: self.of(source).counts for source in over.sources}
        return self.symbols.once(key, lambda: self._between(self._summed(over, extra, weights), whole=True))

    def sum(self, term: Node, over: Collection, extra: Node | None = None) -> Any:
        """What a term sums to over the members that satisfy conditions."""
        term = self.translator.plain(term)
        key = ("sum", self.translator.book.id, term, over, extra)
        return self.symbols.once(key, lambda: self._sum(term, over, extra))

    def _sum(self, term: Node, over: Collection, extra: Node | None) -> Any:
        weights = {source: self.of(source).sums(term, self.translator) for source in over.sources}
        ends = self._summed(over, extra, weights)
        if ends[0].eq(ends[1]) or never_negative(term, self.translator):
            return self._between(ends, whole=False)
        return self.symbols.real()

    # -- measures --------------------------------------------------------------------------------------

    def value(self, node: Aggregate) -> Pair:
        """The value of a measure, and whether it has one."""
        key = ("measure", self.translator.book.id, node)
        return self.symbols.once(key, lambda: self._value(node))  # type: ignore[no-any-return]

    def _value(self, node: Aggregate) -> Pair:
        if isinstance(node, Count):
            return z3.ToReal(self.count(node.over)), YES
        if isinstance(node, Total):
            return self.sum(node.term, node.over), YES
        if isinstance(node, Share | Average):
            part, whole = self.ratio(node)
            value = self.symbols.real("ratio")
            self.symbols.facts.append(z3.Implies(whole > 0, value * whole == part))
            if isinstance(node, Share):
                self.symbols.facts.append(z3.Implies(whole > 0, z3.And(value >= 0, value <= 1)))
            return value, whole > 0
        count = self.count(node.over)
        if isinstance(node, Distinct):
            value = self.symbols.whole("distinct")
            self.symbols.facts += [value >= 0, value <= count, z3.Implies(count > 0, value >= 1)]
            return z3.ToReal(value), YES
        value = self.symbols.real("extreme") if node.type.kind == "number" else self.symbols.whole("extreme")
        return value, count > 0

    def _within_extremes(self, node: Average, part: Any, whole: Any) -> None:
        """An average lies between the least and the greatest of what it averages, where rules speak of them."""
        for end in self.extremes:
            if (end.term, end.over) == (node.term, node.over):
                value, _ = self.value(end)
                bound = part >= value * whole if end.op == "min" else part <= value * whole
                self.symbols.facts.append(z3.Implies(whole > 0, bound))

    def ratio(self, node: Share | Average) -> Pair:
        """The part and the whole of which a share or an average is the quotient."""
        if isinstance(node, Share):
            if node.weight is None:
                return z3.ToReal(self.count(node.over, node.part)), z3.ToReal(self.count(node.over))
            return self.sum(node.weight, node.over, node.part), self.sum(node.weight, node.over)
        if node.weight is None:
            part, whole = self.sum(node.term, node.over), z3.ToReal(self.count(node.over))
            self._within_extremes(node, part, whole)
            return part, whole
        key = ("weighted", self.translator.book.id, node)
        part = self.symbols.once(key, lambda: self.symbols.real("weighted"))
        return part, self.sum(node.weight, node.over)

    def truth(self, node: Quantified) -> Pair:
        """Whether all or any members satisfy a condition."""
        against = Not(node.condition) if node.op == "all" else node.condition
        some = self.count(node.over, against) > 0
        return (z3.Not(some), some) if node.op == "all" else (some, z3.Not(some))

    def weight_bases(self, nodes: Iterable[Node], translator: Translator) -> Iterator[Any]:
        """Of each share, average or extreme value: whether it is taken over something."""
        for node in nodes:
            for aggregate in outer_aggregates(node, translator):
                if isinstance(aggregate, Share | Average):
                    yield self.ratio(aggregate)[1] > 0
                elif isinstance(aggregate, Outermost):
                    yield self.count(aggregate.over) > 0


def _all(formulas: list[Any]) -> Any:
    """A conjunction, plain where its parts are: thousands are made, most of them of known parts."""
    left = [f for f in formulas if f is not YES]
    if any(f is NO for f in left):
        return NO
    return YES if not left else left[0] if len(left) == 1 else z3.simplify(z3.And(left))


def _any(formulas: list[Any]) -> Any:
    left = [f for f in formulas if f is not NO]
    if any(f is YES for f in left):
        return YES
    return NO if not left else left[0] if len(left) == 1 else z3.simplify(z3.Or(left))


def _not(formula: Any) -> Any:
    if formula is YES or formula is NO:
        return NO if formula is YES else YES
    return z3.simplify(z3.Not(formula))


def _if(condition: Any, value: Any) -> list[Any]:
    """A term of a sum, or none where it never counts."""
    if condition is NO:
        return []
    return [value] if condition is YES else [z3.If(condition, value, 0)]


def predicates(node: Aggregate) -> Iterator[Node]:
    """The conditions that a measure puts on members."""
    for found in (node.over.where, getattr(node, "part", None), getattr(node, "condition", None)):
        if found is not None:
            yield found


def outer_aggregates(node: Any, translator: Translator) -> Iterator[Aggregate]:
    """The measures of an expression that stand in no other measure."""
    plain = translator.plain(node)
    if isinstance(plain, Aggregate):
        yield plain
        return
    for child in children(plain):
        yield from outer_aggregates(child, translator)


def _reads_a_table(node: Node) -> bool:
    """Two rulebooks may call two tables by one name."""
    return any(isinstance(n, Lookup | HasKey) for n in walk(node))
