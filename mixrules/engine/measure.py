"""Evaluating the typed tree exactly: each node becomes a function of an element of the scope tree.

Numbers are intervals of exact rationals, yes/no values are three-valued, categories are the set of members
that a value may be. Every function encloses all that the missing values allow, so what is decided with gaps
stays decided when they are filled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from math import inf
from typing import Any

from mixrules.engine import arithmetic, truth
from mixrules.engine.elapsed import elapsed
from mixrules.engine.facts import FactReader
from mixrules.engine.network import Truth
from mixrules.engine.power import power
from mixrules.engine.tables import Table
from mixrules.programme.scope import Element, Value
from mixrules.programme.vocabulary import item_fields
from mixrules.quantity import ABSENT, EMPTY_BASE, UNLIMITED, Exact, Interval, point
from mixrules.quantity.interval import highest, lowest
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import (
    Arithmetic,
    Average,
    Choices,
    Collection,
    Compare,
    Count,
    Dated,
    Distinct,
    Elapsed,
    Extremum,
    Fact,
    Field,
    Given,
    HasKey,
    IfElse,
    Junction,
    Literal_,
    Lookup,
    Marginal,
    Named,
    Node,
    Not,
    Outermost,
    Power,
    Quantified,
    Rounding,
    RuleOutcome,
    Share,
    Total,
    Within,
)

Function = Callable[[Element], Any]
SOME = Interval(0, inf)
NOTHING = point(0)
ONE = point(1)
UNSEEN = object()
"""An amount of which nothing is known."""
OneMember = tuple[Element, int, int | float, Truth]


class Measures:
    """The functions of one rulebook at one date; equal expressions share one function and its results."""

    def __init__(self, book: Rulebook, day: date) -> None:
        self.book = book
        self.day = day
        self.facts = FactReader(book.inputs)
        self.outcome: Callable[[RuleOutcome, Element], Truth] = _not_decided
        self._functions: dict[Node, Function] = {}
        self._by_identity: dict[int, tuple[Node, Function]] = {}
        self._results: list[dict[Element, Any]] = []
        self._tables: dict[tuple[str, str], Table] = {}

    def of(self, node: Node) -> Function:
        """The function of a node."""
        known = self._by_identity.get(id(node))
        if known is not None:
            return known[1]
        made = self._functions.get(node)
        if made is None:
            made = read = _BUILDERS[type(node)](self, node)
            if node.type.kind == "yes_no" and isinstance(node, Lookup | IfElse | Literal_):
                made = lambda element: truth.of(read(element))  # noqa: E731 - one of many functions made here
            self._functions[node] = made
        # Hashing a deep tree is slow: the node is kept, so that its identity stays its own.
        self._by_identity[id(node)] = (node, made)
        return made

    def value(self, node: Node, element: Element) -> Any:
        """The value of a node at an element."""
        return self.of(node)(element)

    def table(self, node: Lookup) -> Table:
        """The table behind a lookup, in its version of the day."""
        key = (node.parameter, node.column)
        if key not in self._tables:
            self._tables[key] = Table(self.book.parameters[node.parameter], node.column, self.day)
        return self._tables[key]

    def dated(self, node: Dated) -> Node | None:
        """The version of a definition that holds on the day."""
        held = [body for start, body in node.versions if start <= self.day.toordinal()]
        return held[-1] if held else None

    def members(self, over: Collection, element: Element) -> Iterator[OneMember]:
        """The members that satisfy or may satisfy the condition: how many at least, at most, and if sure."""
        where = self.of(over.where) if over.where is not None else None
        for source in over.sources:
            for member in element.collection(source):
                keep = True if where is None else where(member.element)
                if keep is not False:
                    yield member.element, member.least if keep else 0, member.most, keep

    # -- values ----------------------------------------------------------------------------------------

    def _literal(self, node: Literal_) -> Function:
        value: Value
        if node.value is None:
            value = ABSENT
        elif node.value == inf and node.type.kind == "number":
            value = UNLIMITED
        elif node.type.kind in {"number", "date"}:
            value = point(node.value)  # type: ignore[arg-type]
        elif node.type.kind == "category":
            value = frozenset({str(node.value)})
        else:
            value = node.value  # type: ignore[assignment]
        return lambda _: value

    def _choices(self, node: Choices) -> Function:
        return lambda _: node.members

    def _field(self, node: Field) -> Function:
        owner, path = node.owner, node.path
        if owner not in {"dwelling", "premise", "existing", "shared_place"}:
            return lambda element: element.ancestor(owner).get(path)

        def read(element: Element) -> Value:
            if path in item_fields(element.scope):
                return element.get(path)
            if element.scope in {"existing", "premise", "shared_place"}:
                return self.facts.unknown(node.type)
            return element.ancestor(owner).get(path)

        return read

    def _fact(self, node: Fact) -> Function:
        return lambda element: self.facts.read(node, element)

    def _named(self, node: Named) -> Function:
        return self.of(node.body)

    def _dated(self, node: Dated) -> Function:
        body = self.dated(node)
        if body is None:
            blank = self.facts.unknown(node.type)
            return lambda _: blank
        return self.of(body)

    def _lookup(self, node: Lookup) -> Function:
        table = self.table(node)
        keys = [self.of(key) for key in node.keys]
        if not keys:
            value = table.read(())
            return lambda _: value
        return lambda element: table.read(tuple(key(element) for key in keys))

    def _marginal(self, node: Marginal) -> Function:
        table, key = self.table(node.table), self.of(node.table.keys[0])

        def total(element: Element) -> Value:
            value = key(element)
            return value if value is ABSENT else table.marginal(value)

        return total

    # -- logic -----------------------------------------------------------------------------------------

    def _not(self, node: Not) -> Function:
        inner = self.of(node.operand)

        def negate(element: Element) -> Truth:
            value = inner(element)
            return None if value is None else not value

        return negate

    def _junction(self, node: Junction) -> Function:
        items = [self.of(item) for item in node.items]
        decisive = node.op == "or"

        return self._kept(lambda element: truth.joined((item(element) for item in items), decisive))

    def _compare(self, node: Compare) -> Function:
        left, right = self.of(node.left), self.of(node.right)
        if node.left.type.kind == "yes_no":
            wanted = node.op == "="

            def same(element: Element) -> Truth:
                a, b = left(element), right(element)
                return None if a is None or b is None else (a == b) is wanted

            return same
        test = arithmetic.COMPARISONS[node.op]

        def compare(element: Element) -> Truth:
            a, b = left(element), right(element)
            if a is ABSENT or b is ABSENT or a.undefined or b.undefined:
                return None
            return test(a, b)

        return compare

    def _within(self, node: Within) -> Function:
        item, choices = self.of(node.item), node.choices

        def within(element: Element) -> Truth:
            value = item(element)
            if isinstance(value, frozenset):
                if value <= choices:
                    return True
                return None if value & choices else False
            if value is None:
                return None
            return value in choices

        return within

    def _has_key(self, node: HasKey) -> Function:
        parameter = self.book.parameters[node.parameter]
        table = Table(parameter, parameter.columns[0][0], self.day)
        key = self.of(node.key)
        return lambda element: table.holds(key(element))

    def _given(self, node: Given) -> Function:
        # What a table does not hold is not given: a yes/no is asked before it becomes unknown.
        operand = _BUILDERS[type(node.operand)](self, node.operand)
        # A category that may be any of its members was not said, whoever declares it.
        unsaid = self.facts.unknown(node.operand.type)

        def given(element: Element) -> Truth:
            value = operand(element)
            if value is ABSENT:
                return False
            if isinstance(value, Interval):
                return True if value.known else None
            if isinstance(value, frozenset):
                return None if value == unsaid else True
            return None if value is None else True

        return given

    def _if_else(self, node: IfElse) -> Function:
        condition, then, otherwise = self.of(node.condition), self.of(node.then), self.of(node.otherwise)

        def choose(element: Element) -> Any:
            truth = condition(element)
            if truth is None:
                return arithmetic.either(then(element), otherwise(element))
            return then(element) if truth else otherwise(element)

        return choose

    def _outcome(self, node: RuleOutcome) -> Function:
        return lambda element: self.outcome(node, element)

    # -- numbers ---------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic) -> Function:
        return self._of_two(node.left, node.right, arithmetic.operation(node))

    def _rounding(self, node: Rounding) -> Function:
        operand = self.of(node.operand)
        step = arithmetic.rounding(node.mode, node.step)

        def rounded(element: Element) -> Value:
            value = operand(element)
            return value if value is ABSENT else step(value)

        return rounded

    def _power(self, node: Power) -> Function:
        return self._of_two(node.base, node.exponent, power)

    def _elapsed(self, node: Elapsed) -> Function:
        unit = node.type.unit.powers[0][0]
        return self._of_two(node.start, node.end, lambda start, end: elapsed(start, end, unit))

    def _of_two(self, one: Node, other: Node, compute: Callable[[Interval, Interval], Interval]) -> Function:
        """A number from two; there is none where one of them is « sans objet »."""
        left, right = self.of(one), self.of(other)

        def computed(element: Element) -> Interval:
            a, b = left(element), right(element)
            return EMPTY_BASE if a is ABSENT or b is ABSENT else arithmetic.writable(compute(a, b))

        return computed

    def _extremum(self, node: Extremum) -> Function:
        items = [self.of(item) for item in node.items]
        pick = lowest if node.op == "min" else highest

        def extreme(element: Element) -> Interval:
            values = [item(element) for item in items]
            if any(v is ABSENT for v in values):
                return EMPTY_BASE
            return pick(values)

        return extreme

    # -- measures --------------------------------------------------------------------------------------

    def _kept(self, compute: Callable[[Element], Any]) -> Function:
        """Keep a measure's result with the element: rules ask for the same ones again and again."""
        results: dict[Element, Any] = {}
        self._results.append(results)

        def kept(element: Element) -> Any:
            value = results.get(element, UNSEEN)
            if value is UNSEEN:
                value = results[element] = compute(element)
            return value

        return kept

    def forget(self) -> None:
        """Drop the results of the last submission; the functions stay."""
        for results in self._results:
            results.clear()

    def _count(self, node: Count) -> Function:
        def count(element: Element) -> Interval:
            low: int = 0
            high: int | float = 0
            for _, least, most, _ in self.members(node.over, element):
                low += least
                high += most
            return Interval(low, high)

        return self._kept(count)

    def _total(self, node: Total) -> Function:
        term = self.of(node.term)

        def total(element: Element) -> Interval:
            # Known terms are added as plain numbers; intervals only where something is not known.
            exact: Exact = 0
            open_part = NOTHING
            for member, least, most, _ in self.members(node.over, element):
                value = term(member)
                if value is ABSENT:
                    return EMPTY_BASE
                if (
                    value.lo is value.hi
                    and least == most
                    and type(value.lo) is not float
                    and not value.undefined
                ):
                    exact += value.lo if least == 1 else value.lo * least
                else:
                    open_part += value * Interval(least, most)
            return point(exact) if open_part is NOTHING else open_part + point(exact)

        return self._kept(total)

    def _share(self, node: Share) -> Function:
        part = self.of(node.part)
        weight = self.of(node.weight) if node.weight is not None else None

        def share(element: Element) -> Interval:
            return arithmetic.share(self._weighed(node.over, part, weight, element))

        return self._kept(share)

    def base(self, node: Share | Average, element: Element) -> Interval:
        """How much there is in the base of a share or an average: whether it is empty shows here."""
        weight = self.of(node.weight) if node.weight is not None else None
        whole = point(0)
        for member, least, most, _ in self.members(node.over, element):
            size = Interval(least, most)
            if weight is not None:
                value = weight(member)
                heavy = SOME if value is ABSENT or value.undefined or value.lo < 0 else value
                size = heavy * size
            whole += size
        return whole

    def _weighed(
        self, over: Collection, part: Function, weight: Function | None, element: Element
    ) -> Iterator[tuple[Truth, Interval]]:
        for member, least, most, _ in self.members(over, element):
            size = ONE if least == most == 1 else Interval(least, most)
            if weight is not None:
                value = weight(member)
                size = EMPTY_BASE if value is ABSENT else value * size
            yield part(member), size

    def _average(self, node: Average) -> Function:
        term = self.of(node.term)
        weight = self.of(node.weight) if node.weight is not None else None

        def average(element: Element) -> Interval:
            items = []
            for member, least, most, _ in self.members(node.over, element):
                size = Interval(least, most)
                value = term(member)
                heavy = weight(member) if weight is not None else point(1)
                if value is ABSENT or heavy is ABSENT:
                    return EMPTY_BASE
                items.append((value, heavy * size))
            return arithmetic.average(items)

        return self._kept(average)

    def _outermost(self, node: Outermost) -> Function:
        term = self.of(node.term)

        def outermost(element: Element) -> Interval:
            items = [(term(m), least) for m, least, _, _ in self.members(node.over, element)]
            if any(value is ABSENT for value, _ in items):
                return EMPTY_BASE
            return arithmetic.outermost(node.op, items)

        return self._kept(outermost)

    def _distinct(self, node: Distinct) -> Function:
        term = self.of(node.term)

        def distinct(element: Element) -> Interval:
            return arithmetic.distinct(
                (term(m), least, most) for m, least, most, _ in self.members(node.over, element)
            )

        return self._kept(distinct)

    def _quantified(self, node: Quantified) -> Function:
        condition = self.of(node.condition)
        decisive = node.op == "any"

        def truths(element: Element) -> Iterator[Truth]:
            for member, least, _, _ in self.members(node.over, element):
                value: Truth = condition(member)
                # One that may not be there decides nothing.
                yield None if value is decisive and not least else value

        return lambda element: truth.joined(truths(element), decisive)


def _not_decided(node: RuleOutcome, element: Element) -> Truth:  # noqa: ARG001 - replaced while deciding
    return None


_BUILDERS: dict[type, Callable[[Measures, Any], Function]] = {
    Literal_: Measures._literal,
    Choices: Measures._choices,
    Field: Measures._field,
    Fact: Measures._fact,
    Named: Measures._named,
    Dated: Measures._dated,
    Lookup: Measures._lookup,
    Marginal: Measures._marginal,
    Not: Measures._not,
    Junction: Measures._junction,
    Compare: Measures._compare,
    Within: Measures._within,
    HasKey: Measures._has_key,
    Given: Measures._given,
    IfElse: Measures._if_else,
    RuleOutcome: Measures._outcome,
    Arithmetic: Measures._arithmetic,
    Rounding: Measures._rounding,
    Power: Measures._power,
    Elapsed: Measures._elapsed,
    Extremum: Measures._extremum,
    Count: Measures._count,
    Total: Measures._total,
    Share: Measures._share,
    Average: Measures._average,
    Outermost: Measures._outermost,
    Distinct: Measures._distinct,
    Quantified: Measures._quantified,
}
