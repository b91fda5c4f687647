"""Measures over what lies inside an element of a scope, in one grouping pass for each kind of member.

The reading of each measure is that of `engine.measure` and `engine.arithmetic`: a member that may or may not
satisfy a condition counts for nothing at least, and for all that it stands for at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mixrules.programme.vocabulary import COLLECTIONS
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import (
    Average,
    Collection,
    Count,
    Distinct,
    Node,
    Outermost,
    Quantified,
    Share,
    Total,
)
from mixrules.territory.sql import gathering, number
from mixrules.territory.sql.compiler import Compiler
from mixrules.territory.sql.distinct import different
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    Sql,
    Stages,
    both,
    case,
    either,
    no,
    possibly,
    related,
)
from mixrules.territory.sql.gathering import Gathered, any_of, nothing, sum_of
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.reading import Reader
from mixrules.territory.sql.relation import LISTED
from mixrules.territory.sql.tally import Tallies, Tally
from mixrules.territory.sql.value import Truth, Value

NEVER = Bound(ZERO)


@dataclass(frozen=True, slots=True)
class Part:
    """The members of one collection: those that surely satisfy its condition, those that may, how many each is."""

    on: Compiler
    tally: Tally
    keep: Sql
    may: Sql

    @property
    def size(self) -> Number:
        """How many there are of a member: none at least, where it may not be one."""
        least = case(self.keep, self.tally.least, ZERO)
        if self.keep.sure and self.tally.least == self.tally.most and self.tally.endless == NO:
            return Number(Bound(self.tally.least), Bound(self.tally.least), nonneg=True)
        endless = self.tally.endless
        most = Bound(case(endless, ZERO, self.tally.most), ONE, case(endless, ONE, ZERO))
        return Number(Bound(self.tally.stages.let(least)), most, nonneg=True)

    @property
    def there(self) -> Sql:
        """Whether there is one for sure."""
        return both(self.keep, _some(self.tally.least))

    @property
    def possible(self) -> Sql:
        """Whether there may be one."""
        return both(self.may, either(_some(self.tally.most), self.tally.endless))

    def kept(self, value: Number) -> Number:
        """A number of each member whose parts are columns."""
        return number.named(value, self.tally.stages.let)

    def truth(self, node: Node) -> Sql:
        """A condition on each member, as a column."""
        return self.tally.stages.let(self.on.truth(node))

    def times(self, value: Number) -> Number:
        """A number of each member as many times as there are of it; blank where it is none."""
        return self.kept(number.multiply(value, self.size, self.tally.stages.let))


def _some(size: Sql) -> Sql:
    return related(size, ">", ZERO)


class Scale:
    """One scope as a rulebook reads it: fields of its programme, and measures over what lies inside its elements."""

    def __init__(
        self,
        tallies: Tallies,
        book: Rulebook,
        day: date,
        scope: str,
        stages: Stages,
        joined: dict[str, Tally],
    ) -> None:
        self.tallies = tallies
        self.scope = scope
        self.joined = joined
        self.around = Reader(tallies.profile, "programme", book.inputs)
        self.on = Compiler(book, day, stages, self.around, None)
        self.on.aggregate = self.measure
        self._inside: dict[str, Compiler] = {}

    def measure(self, node: Node) -> Value:
        """A measure as SQL on the elements of the scope.

        Raises:
            RefusalError: a measure or a collection that the compiler does not hold.
        """
        if isinstance(node, Quantified):
            return Truth(self._quantified(node))
        made = {
            Count: self._count,
            Total: self._total,
            Share: self._share,
            Average: self._average,
            Outermost: self._outermost,
            Distinct: self._distinct,
        }[type(node)](node)  # type: ignore[operator]
        return number.named(made, self._let)

    def emptiness(self, node: Share | Average) -> Sql:
        """Whether the base of a share or an average is empty."""
        value = self.on.number(node)
        some, sure = [], []
        for part, weight in self.weighed(node):
            bad = either(weight.absent, weight.undefined, _below_nothing(weight))
            some.append((part.tally, both(part.possible, either(bad, _above_nothing(weight.hi)))))
            sure.append((part.tally, both(part.there, no(bad), _above_nothing(weight.lo))))
        settled = case(any_of(sure, self._let), NO, OPEN)
        return self._let(case(no(value.undefined), NO, case(no(any_of(some, self._let)), YES, settled)))

    # -- members ---------------------------------------------------------------------------------------

    def _let(self, expression: Sql) -> Sql:
        return self.on.stages.let(expression)

    def _parts(self, over: Collection) -> list[Part]:
        return [self._part(COLLECTIONS[source], over) for source in over.sources]

    def _part(self, item: str, over: Collection) -> Part:
        tally = self.tallies.of(self.scope, item)
        self.joined[tally.name] = tally
        if item not in self._inside:
            self._inside[item] = self._compiler(item, tally)
        on = self._inside[item]
        keep = tally.stages.let(on.truth(over.where)) if over.where is not None else YES
        return Part(on, tally, keep, possibly(keep))

    def _compiler(self, item: str, tally: Tally) -> Compiler:
        book, day = self.on.book, self.on.day
        if item in LISTED:
            own = Reader(self.tallies.profile, item, book.inputs)
            return Compiler(book, day, tally.stages, own, self.around)
        return Scale(self.tallies, book, day, item, tally.stages, tally.joined).on

    def weighed(self, node: Share | Average) -> list[tuple[Part, Number]]:
        """The members of a base, each with its weight."""
        one = Number(Bound(ONE), Bound(ONE), nonneg=True)
        parts = self._parts(node.over)
        return [(p, p.on.number(node.weight) if node.weight is not None else one) for p in parts]

    # -- measures --------------------------------------------------------------------------------------

    def _count(self, node: Count) -> Number:
        return gathering.added([Gathered(p.tally, p.may, p.size) for p in self._parts(node.over)], self._let)

    def _total(self, node: Total) -> Number:
        parts = [(p, p.on.number(node.term)) for p in self._parts(node.over)]
        gone = any_of([(p.tally, both(p.may, term.absent)) for p, term in parts], self._let)
        found = gathering.added([Gathered(p.tally, p.may, p.times(term)) for p, term in parts], self._let)
        return number.blanked(found, gone)

    def _share(self, node: Share) -> Number:
        let = self._let
        parts = [(p, p.truth(node.part), p.times(weight)) for p, weight in self.weighed(node)]
        bad = any_of([(p.tally, both(p.may, w.undefined)) for p, _, w in parts], let)
        below = any_of([(p.tally, both(p.may, _below_nothing(w))) for p, _, w in parts], let)

        def weighing(bound: str, fails: bool, perhaps: bool) -> Bound:
            chosen = []
            for p, holds, w in parts:
                truth = no(holds) if fails else holds
                chosen.append(
                    (p.tally, both(p.may, possibly(truth) if perhaps else truth), getattr(w, bound))
                )
            return sum_of(chosen, let, low=bound == "lo")

        sure_least, other_most = weighing("lo", False, False), weighing("hi", True, True)
        maybe_most, other_least = weighing("hi", False, True), weighing("lo", True, False)
        low = high = gathering.ratio(sure_least, other_most, 1, let)
        if maybe_most != sure_least or other_most != other_least:
            # Otherwise the two differ over an empty base alone, which is none.
            high = gathering.ratio(maybe_most, other_least, 0, let)
        base = sum_of([(p.tally, p.may, w.lo) for p, _, w in parts], let, low=True)
        none = either(bad, below, both(nothing(maybe_most), nothing(other_most)))
        return number.blanked(Number(low, high, nothing(base), NO, nonneg=True), let(none))

    def _average(self, node: Average) -> Number:
        let = self._let
        parts, gone = [], []
        for p, heavy in self.weighed(node):
            value = p.on.number(node.term)
            gone.append((p.tally, both(p.may, either(value.absent, heavy.absent))))
            weight = p.times(heavy)
            parts.append((p, both(p.may, _above_nothing(weight.hi)), value, weight))
        whole = gathering.added([Gathered(p.tally, w, weight) for p, w, _, weight in parts], let)
        made = [
            (p, w, p.kept(number.multiply(value, weight, p.tally.stages.let)))
            for p, w, value, weight in parts
        ]
        total = gathering.added([Gathered(p.tally, w, amount) for p, w, amount in made], let)
        least = gathering.outermost("min", [(p.tally, w, value.lo) for p, w, value, _ in parts], let)
        most = gathering.outermost("max", [(p.tally, w, value.hi) for p, w, value, _ in parts], let)
        quotient = number.named(number.divide(total, whole, let), let)
        open_ = let(number.compared(whole.lo, NEVER, "<="))
        low = number.chosen(open_, least, number.most([quotient.lo, least], let))
        high = number.chosen(open_, most, number.least([quotient.hi, most], let))
        some = any_of([(p.tally, w) for p, w, _, _ in parts], let)
        found = Number(number.kept(low, let), number.kept(high, let), either(open_, quotient.undefined))
        return number.blanked(found, let(either(no(some), any_of(gone, let))))

    def _outermost(self, node: Outermost) -> Number:
        let = self._let
        parts = [(p, p.on.number(node.term)) for p in self._parts(node.over)]
        every = [(p.tally, p.may, term) for p, term in parts]
        sure = [(p.tally, p.there, term) for p, term in parts]
        first, last = (every, sure) if node.op == "min" else (sure, every)
        low = gathering.outermost(node.op, [(t, w, term.lo) for t, w, term in first], let)
        high = gathering.outermost(node.op, [(t, w, term.hi) for t, w, term in last], let)
        undefined = either(
            no(any_of([(t, w) for t, w, _ in sure], let)),
            any_of([(t, both(w, term.undefined)) for t, w, term in every], let),
        )
        none = no(any_of([(t, w) for t, w, _ in every], let))
        gone = any_of([(t, both(w, term.absent)) for t, w, term in every], let)
        return number.blanked(Number(low, high, undefined), let(either(none, gone)))

    def _distinct(self, node: Distinct) -> Number:
        return different([(p, p.on.of(node.term)) for p in self._parts(node.over)], self._let)

    def _quantified(self, node: Quantified) -> Sql:
        yes = node.op == "any"
        hit, open_ = [], []
        for part in self._parts(node.over):
            condition = part.truth(node.condition)
            decides = condition if yes else no(condition)
            hit.append((part.tally, both(part.there, decides)))
            open_.append((part.tally, both(part.may, possibly(decides))))
        left = case(any_of(open_, self._let), OPEN, NO if yes else YES)
        return self._let(case(any_of(hit, self._let), YES if yes else NO, left))


def _above_nothing(bound: Bound) -> Sql:
    return either(_some(bound.n), related(bound.i, ">", ZERO))


def _below_nothing(number: Number) -> Sql:
    least = number.lo
    return either(NO if number.nonneg else related(least.n, "<", ZERO), related(least.i, "<", ZERO))
