"""Measures over the lines of a programme, in one grouping pass for each kind of line.

The reading of each measure is that of `engine.measure` and `engine.arithmetic`: a line that may or may not
satisfy a condition counts for nothing at least, and for all of its dwellings at most.
"""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.rulebook.tree import Average, Collection, Count, Node, Quantified, Share, Total
from mixrules.territory.profile import Profile
from mixrules.territory.sql import number
from mixrules.territory.sql.compiler import Compiler
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    RefusalError,
    Sql,
    Stages,
    both,
    case,
    either,
    no,
    product,
    sql,
    total,
    whole,
)
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.value import Truth, Value

TABLES = {"dwellings": "dwelling", "premises": "premise"}


class Tally:
    """Sums over the lines of one table, each a column of one grouping query."""

    def __init__(self, table: str, profile: Profile) -> None:
        self.table = table
        self.stages = Stages(f"{table}_")
        self.sums: dict[str, str] = {}
        self.some_supposed = profile.holds(table, "supposed")
        size = Sql(f"{table}.count", 0, sure=True) if table == "dwelling" else ONE
        self.size = self.stages.let(size)
        self.supposed = self.stages.let(Sql(f"{table}.supposed", 0, sure=True)) if self.some_supposed else NO

    def sum(self, when: Sql, amount: Sql) -> Sql:
        """The sum of a whole number over the lines where a condition holds."""
        if when in {NO, OPEN} or amount == ZERO:
            return ZERO
        kept = amount.text if when == YES else f"CASE WHEN {when.text} THEN {amount.text} END"
        return self._column(f"sum({kept})", "0")

    def any(self, when: Sql) -> Sql:
        """Whether a condition holds for a line."""
        if when in {NO, OPEN}:
            return NO
        return self._column(f"bool_or({when.text})", "FALSE")

    def _column(self, written: str, empty: str) -> Sql:
        column = self.sums.setdefault(written, f"{self.table}_m{len(self.sums)}")
        return Sql(f"coalesce({self.table}_measures.{column}, {empty})", 0, sure=True)

    def query(self, chunk: str) -> str:
        """The grouping query over the lines of some programmes."""
        source = self.stages.over(
            f"{self.table} JOIN programme USING (r) WHERE {chunk}", f"{self.table}.r AS r"
        )
        listed = ",\n  ".join(f"{written} AS {column}" for written, column in self.sums.items())
        return f"SELECT r,\n  {listed}\nFROM {source} GROUP BY r"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each line weighs at least and at most, over one denominator, and whether it weighs at all."""

    low: Sql
    high: Sql
    d: Sql
    endless: Sql
    bad: Sql


class Members:
    """The measures of one rulebook over the lines of a programme."""

    def __init__(self, programme: Compiler, lines: dict[str, tuple[Compiler, Tally]]) -> None:
        self.programme = programme
        self.lines = lines

    def measure(self, node: Node) -> Value:
        """A measure as SQL on the programme.

        Raises:
            RefusalError: a measure or a collection that the compiler does not hold.
        """
        if isinstance(node, Count):
            return self._named(self._count(node))
        if isinstance(node, Total):
            return self._named(self._total(node))
        if isinstance(node, Share):
            return self._named(self._share(node))
        if isinstance(node, Quantified):
            return Truth(self._let(self._quantified(node)))
        raise RefusalError(type(node).__name__)

    def _let(self, expression: Sql) -> Sql:
        return self.programme.stages.let(expression)

    def _sum(self, tally: Tally, when: Sql, amount: Sql) -> Sql:
        return self._let(tally.sum(when, amount))

    def _any(self, tally: Tally, when: Sql) -> Sql:
        return self._let(tally.any(when))

    def _named(self, made: Number) -> Number:
        return number.named(made, self._let)

    def _over(self, over: Collection) -> tuple[Compiler, Tally, Sql, Sql]:
        """The lines, and the conditions that they surely satisfy, or may satisfy."""
        if len(over.sources) > 1 or over.sources[0] not in TABLES:
            raise RefusalError("over " + " and ".join(over.sources))
        line, tally = self.lines[TABLES[over.sources[0]]]
        keep = tally.stages.let(line.truth(over.where)) if over.where is not None else YES
        return line, tally, keep, _may(keep)

    def _count(self, node: Count) -> Number:
        _, tally, keep, may = self._over(node.over)
        low, high = Bound(self._sum(tally, keep, tally.size)), self._sum(tally, may, tally.size)
        endless = case((self._any(tally, both(may, tally.supposed))), ONE, ZERO)
        return Number(low, Bound(case(sql("({} = 1)", endless), ZERO, high), ONE, endless), nonneg=True)

    def _total(self, node: Total) -> Number:
        line, tally, keep, may = self._over(node.over)
        term = line.number(node.term)
        bad = self._any(tally, both(may, term.absent))
        undefined = self._any(tally, both(may, term.undefined))
        sides = [self._side(tally, keep, may, bound, low=bound is term.lo) for bound in (term.lo, term.hi)]
        low, high = (sides[0], sides[0]) if self._exact(tally, keep, term) else sides
        return number.blanked(Number(low, high, undefined, NO, term.nonneg), bad)

    @staticmethod
    def _exact(tally: Tally, keep: Sql, term: Number) -> bool:
        return term.point and keep.sure and not tally.some_supposed

    def _side(self, tally: Tally, keep: Sql, may: Sql, bound: Bound, *, low: bool) -> Bound:
        """The least or the greatest that a sum may be."""
        if bound.d.constant is None:
            raise RefusalError("a sum of quotients")
        amount = tally.stages.let(product(bound.n, tally.size))
        n = self._sum(tally, keep, amount)
        if may != keep:
            unsure = both(may, sql("({} IS NULL)", keep, sure=True))
            n = total(n, self._sum(tally, unsure, sql("least(0, {})" if low else "greatest(0, {})", amount)))
        down, up = ((self._any(tally, both(may, _endless(tally, bound, sign)))) for sign in (-1, 1))
        falls, rises = (down, whole(-1)), (up, ONE)
        (first, one), (second, other) = (falls, rises) if low else (rises, falls)
        i = case(first, one, case(second, other, ZERO))
        return Bound(n if i == ZERO else case(sql("({} = 0)", i), n, ZERO), bound.d, i)

    def _weights(self, node: Share | Average, line: Compiler, tally: Tally, may: Sql) -> Weights:
        if node.weight is None:
            return Weights(tally.size, tally.size, ONE, both(may, tally.supposed), NO)
        weight = line.number(node.weight)
        if weight.lo.d != weight.hi.d or weight.lo.d.constant is None:
            raise RefusalError("a weight that is a quotient")
        let = tally.stages.let
        low, high = let(product(weight.lo.n, tally.size)), let(product(weight.hi.n, tally.size))
        negative = NO
        if not weight.nonneg:
            negative = either(sql("({} < 0)", weight.lo.n), sql("({} < 0)", weight.lo.i))
        bad = both(may, either(weight.unusable, negative))
        return Weights(low, high, weight.lo.d, both(may, _endless(tally, weight.hi, 1)), bad)

    def _share(self, node: Share) -> Number:
        line, tally, keep, may = self._over(node.over)
        part = tally.stages.let(line.truth(node.part))
        weights = self._weights(node, line, tally, may)
        fails = no(part)
        sure_least = self._sum(tally, both(keep, part), weights.low)
        other_least = self._sum(tally, both(keep, fails), weights.low)
        base_least = self._sum(tally, keep, weights.low)
        maybe, other = both(may, _may(part)), both(may, _may(fails))
        maybe_most = self._sum(tally, maybe, weights.high)
        other_most = self._sum(tally, other, weights.high)
        maybe_endless = self._any(tally, both(maybe, weights.endless))
        other_endless = self._any(tally, both(other, weights.endless))
        bad = self._any(tally, weights.bad)
        low = self._ratio(sure_least, other_most, NO, other_endless, 1)
        high = self._ratio(maybe_most, other_least, maybe_endless, NO, 0)
        nothing = both(
            sql("({} = 0)", maybe_most), sql("({} = 0)", other_most), no(maybe_endless), no(other_endless)
        )
        undefined = sql("({} = 0)", base_least)
        if low == high or (maybe_most == sure_least and other_most == other_least):
            # The two differ over an empty base alone, which is none.
            high = low
        return number.blanked(Number(low, high, undefined, NO, nonneg=True), self._let(either(bad, nothing)))

    def _ratio(self, part: Sql, rest: Sql, part_endless: Sql, rest_endless: Sql, empty: int) -> Bound:
        base = self._let(total(part, rest))
        none = sql("({} = 0)", base)
        n = case(rest_endless, ZERO, case(part_endless, ONE, case(none, whole(empty), part)))
        return Bound(
            self._let(n), self._let(case(either(rest_endless, part_endless, none), ONE, sql("{}", base)))
        )

    def _quantified(self, node: Quantified) -> Sql:
        line, tally, keep, may = self._over(node.over)
        condition = tally.stages.let(line.truth(node.condition))
        decisive = node.op == "any"
        decides = condition if decisive else no(condition)
        there = both(keep, sql("({} > 0)", tally.size))
        hit = self._any(tally, both(there, decides))
        open_ = self._any(tally, both(may, _may(decides)))
        return case(hit, YES if decisive else NO, case(open_, OPEN, NO if decisive else YES))

    def emptiness(self, node: Share | Average) -> Sql:
        """Whether the base of a share is empty."""
        if isinstance(node, Average):
            raise RefusalError("Average")
        value = self.programme.number(node)
        line, tally, keep, may = self._over(node.over)
        weights = self._weights(node, line, tally, may)
        good = both(keep, no(weights.bad))
        least = self._sum(tally, good, weights.low)
        some = either(sql("({} > 0)", weights.high), weights.endless, weights.bad)
        possible = self._any(tally, both(may, some))
        settled = case(sql("({} > 0)", least), NO, OPEN)
        return self._let(case(no(value.undefined), NO, case(no(possible), YES, settled)))


def _may(condition: Sql) -> Sql:
    """Whether a condition holds or may hold."""
    return condition if condition.sure else sql("coalesce({}, TRUE)", condition, sure=True)


def _endless(tally: Tally, bound: Bound, sign: int) -> Sql:
    """Whether a line takes a sum to an infinity: its value does, or it stands for any number of dwellings."""
    own = NO if bound.finite else sql(f"({{}} = {sign})", bound.i)
    many = both(tally.supposed, sql("({} > 0)" if sign > 0 else "({} < 0)", bound.n))
    return either(own, many)
