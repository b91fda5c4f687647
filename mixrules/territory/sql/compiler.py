"""Compiling the typed tree: each node becomes SQL on the columns of a programme, or of one of its lines.

The reading of each construct is that of `engine.measure`, side by side with it; what is not here is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

from mixrules.engine.measure import Measures
from mixrules.engine.tables import Table
from mixrules.programme.category import CATEGORIES
from mixrules.quantity import ABSENT as SANS_OBJET
from mixrules.quantity import Interval
from mixrules.rulebook.model import Bounds, Rulebook
from mixrules.rulebook.tree import (
    Arithmetic,
    Average,
    Compare,
    Count,
    Dated,
    Distinct,
    Extremum,
    Fact,
    Field,
    Given,
    HasKey,
    IfElse,
    Junction,
    Literal_,
    Lookup,
    Named,
    Node,
    Not,
    Outermost,
    Quantified,
    Rounding,
    RuleOutcome,
    Share,
    Total,
    Within,
)
from mixrules.territory.sql import number
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
    text,
    total,
    whole,
)
from mixrules.territory.sql.number import Bound, Number
from mixrules.territory.sql.reading import Reader
from mixrules.territory.sql.value import Mask, Text, Truth, Value, bits, constant, members_of

ITEMS = {"dwelling", "premise", "existing", "shared_place"}
AGGREGATES = (Count, Total, Share, Average, Outermost, Distinct, Quantified)


class Compiler:
    """Compiles expressions of one rulebook at one date, for programmes or for one kind of line."""

    def __init__(self, book: Rulebook, day: date, stages: Stages, own: Reader, around: Reader | None) -> None:
        self.book = book
        self.day = day
        self.stages = stages
        self.own = own
        self.around = around
        self.measures = Measures(book, day)
        self.aggregate: Callable[[Node], Value] = _refused
        self.outcome: Callable[[RuleOutcome], Sql] = _refused
        self._known: dict[int, tuple[Node, Value]] = {}

    def of(self, node: Node) -> Value:
        """The SQL of a node.

        Raises:
            RefusalError: a construct that the compiler does not hold.
        """
        known = self._known.get(id(node))
        if known is not None:
            return known[1]
        if isinstance(node, AGGREGATES):
            made = self.aggregate(node)
        elif type(node) in _BUILDERS:
            made = self._kept(_BUILDERS[type(node)](self, node))
        else:
            raise RefusalError(type(node).__name__)
        self._known[id(node)] = (node, made)
        return made

    def truth(self, node: Node) -> Sql:
        """A yes/no expression; what a table does not hold is neither yes nor no."""
        value = self.of(node)
        if not isinstance(value, Truth):
            raise RefusalError(type(node).__name__)
        return case(value.absent, OPEN, value.sql)

    def number(self, node: Node) -> Number:
        """An expression that is a number or a date."""
        value = self.of(node)
        if not isinstance(value, Number):
            raise RefusalError(type(node).__name__)
        return value

    def _kept(self, value: Value) -> Value:
        """A value whose parts are columns."""
        let = self.stages.let
        if isinstance(value, Number):
            return number.named(value, let)
        if isinstance(value, Mask):
            return Mask(let(value.sql), value.members, let(value.absent))
        return type(value)(let(value.sql), let(value.absent))

    # -- values ----------------------------------------------------------------------------------------

    def _literal(self, node: Literal_) -> Value:
        value = SANS_OBJET if node.value is None else self.measures.of(node)(None)  # type: ignore[arg-type]
        if node.value is None and node.type.kind == "yes_no":
            return Truth(OPEN)
        members = members_of(node.type, self.book.inputs) if node.type.kind == "category" else ()
        return constant(value, node.type, members)

    def _field(self, node: Field) -> Value:
        if node.owner in ITEMS and self.own.table not in ITEMS:
            raise RefusalError(f"{node.owner}.{node.path}")
        if node.owner == self.own.table or (node.owner not in ITEMS and self.around is None):
            return self.own.field(node.path)
        if node.owner not in ITEMS and self.around is not None:
            return self.around.field(node.path)
        # A field that only other lines have: nothing is known of it here.
        if node.type.kind == "category":
            members = members_of(node.type, self.book.inputs)
            return constant(CATEGORIES[node.type.category].everything, node.type, members)
        return number.UNKNOWN if node.type.kind in {"number", "date"} else constant(None, node.type)

    def _fact(self, node: Fact) -> Value:
        if node.group == "item":
            if self.own.table != "dwelling":
                raise RefusalError(f"{node.name} of a {self.own.table}")
            return self.own.fact(node)
        return (self.around or self.own).fact(node)

    def _named(self, node: Named) -> Value:
        return self.of(node.body)

    def _dated(self, node: Dated) -> Value:
        body = self.measures.dated(node)
        if body is None:
            raise RefusalError(f"{node.name} before its first version")
        return self.of(body)

    # -- tables ----------------------------------------------------------------------------------------

    def _lookup(self, node: Lookup) -> Value:
        table = self.measures.table(node)
        members = members_of(node.type, self.book.inputs) if node.type.kind == "category" else ()
        if not node.keys:
            return constant(table.read(()), node.type, members)
        if table.version is None:
            return constant(table._unknown(), node.type, members)
        if table.parameter.match != "exact":
            raise RefusalError(f"a table by {table.parameter.match} ({node.parameter})")
        return self._exact(table, node, members)

    def _exact(self, table: Table, node: Lookup, members: tuple[str, ...]) -> Value:
        """A table by exact keys; a key known in part may reach several rows."""
        keys = [self._kept(self.of(key)) for key in node.keys]
        options = reduce(product, [_options(key) for key in keys])
        rows = {row.keys: row.values[table.index] for row in reversed(table.rows)}
        reached = [
            (both(*(_reaches(key, at) for key, at in zip(keys, row, strict=True))), value)
            for row, value in reversed(rows.items())
            if value is not None
        ]
        reached = [(self.stages.let(when), value) for when, value in reached if when != NO]
        hits = self.stages.let(total(*(sql("({})::INTEGER", when) for when, _ in reached)))
        gone = either(*(key.absent for key in keys))
        marks = [row[0] for row, value in rows.items() if value is not None]
        unread = [_torn(keys[0], marks)] if len(keys) == 1 else [_unread(key) for key in keys]
        doubt = self.stages.let(both(no(gone), either(*unread)))
        absent = self.stages.let(either(gone, both(no(doubt), sql("({} = 0)", hits))))
        part = self.stages.let(either(doubt, sql("({} > 0 AND {} < {})", hits, hits, options)))
        if node.type.kind in {"number", "date"}:
            return self._numbers(reached, absent, part)
        if node.type.kind == "yes_no":
            yes = either(*(when for when, value in reached if value is True))
            nay = either(*(when for when, value in reached if value is False))
            torn = either(absent, part, both(yes, nay))
            return Truth(case(torn, OPEN, yes), absent)
        if node.type.kind == "category":
            found = whole(0)
            for when, value in reached:
                found = sql(
                    "({} | {})", found, case(when, whole(bits(members, frozenset({str(value)}))), ZERO)
                )
            unknown = table._unknown()
            blank = whole(bits(members, unknown)) if isinstance(unknown, frozenset) else Sql("NULL::BIGINT")
            partly = case(doubt, blank, Sql("NULL::BIGINT"))
            return Mask(case(part, partly, found), members, absent)
        raise RefusalError(f"a table of texts ({node.parameter})")

    def _numbers(self, reached: list[tuple[Sql, Any]], absent: Sql, part: Sql) -> Number:
        values = {value: number.constant(_interval(value)) for _, value in reached}
        if not values:
            return number.ABSENT if part == NO else replace_absent(number.EMPTY, absent)
        ascending = [
            (either(*(w for w, v in reached if v == value)), values[value].lo) for value in sorted(values)
        ]
        low, high = number.first_of(ascending), number.first_of(ascending[::-1])
        made = Number(low, high, NO, NO, nonneg=min(values) >= 0)
        return replace_absent(number.blanked(made, part), absent)

    def _has_key(self, node: HasKey) -> Value:
        parameter = self.book.parameters[node.parameter]
        table = Table(parameter, parameter.columns[0][0], self.day)
        if table.version is None:
            return Truth(OPEN)
        held = {row.keys[0] for row in table.rows}
        if any(isinstance(key, Bounds) for key in held):
            raise RefusalError(f"the bands of {node.parameter}")
        key = self._kept(self.of(node.key))
        if isinstance(key, Text):
            inside = _in(key.sql, sorted(str(k) for k in held))
            return Truth(case(key.absent, NO, inside))
        if isinstance(key, Mask):
            return Truth(case(key.absent, NO, _within(key, frozenset(str(k) for k in held))))
        raise RefusalError(f"a number in {node.parameter}")

    # -- logic -----------------------------------------------------------------------------------------

    def _not(self, node: Not) -> Value:
        return Truth(no(self.truth(node.operand)))

    def _junction(self, node: Junction) -> Value:
        return Truth((both if node.op == "and" else either)(*(self.truth(item) for item in node.items)))

    def _compare(self, node: Compare) -> Value:
        if node.left.type.kind == "yes_no":
            same = sql("({} = {})", self.truth(node.left), self.truth(node.right))
            return Truth(same if node.op == "=" else no(same))
        left, right = self.number(node.left), self.number(node.right)
        return Truth(number.compare(node.op, left, right))

    def _within_(self, node: Within) -> Value:
        item = self.of(node.item)
        if isinstance(item, Mask):
            # « Sans objet » is a member of no list.
            return Truth(case(item.absent, NO, _within(item, node.choices)))
        if isinstance(item, Text):
            return Truth(case(item.absent, NO, _in(item.sql, sorted(node.choices))))
        raise RefusalError("membership of a number")

    def _given(self, node: Given) -> Value:
        value = self.of(node.operand)
        if isinstance(value, Truth) and not isinstance(node.operand, Lookup | Fact | Field):
            value = Truth(case(value.absent, OPEN, value.sql))
        if isinstance(value, Number):
            found = case(number.known(value), YES, OPEN)
        elif isinstance(value, Mask):
            everything = CATEGORIES.get(node.operand.type.category)
            every = bits(value.members, everything.everything if everything else frozenset(value.members))
            found = sql("CASE WHEN {} <> {} THEN TRUE END", value.sql, whole(every), sure=False)
        else:
            found = sql("CASE WHEN {} IS NOT NULL THEN TRUE END", value.sql, sure=value.sql.sure)
        return Truth(case(value.absent, NO, found))

    def _if_else(self, node: IfElse) -> Value:
        when = self.stages.let(self.truth(node.condition))
        if node.type.kind == "yes_no":
            then, other = self.truth(node.then), self.truth(node.otherwise)
            same = sql("CASE WHEN {} = {} THEN {} END", then, other, then, sure=False)
            chosen = case(when, then, other)
            return Truth(chosen if when.sure else case(sql("({} IS NULL)", when, sure=True), same, chosen))
        if node.type.kind not in {"number", "date"}:
            raise RefusalError(f"a choice between values of {node.type.category or node.type.kind}")
        then_, other_ = self.number(node.then), self.number(node.otherwise)
        return number.choose(when, then_, other_, self.stages.let)

    def _outcome(self, node: RuleOutcome) -> Value:
        return Truth(self.outcome(node))

    # -- numbers ---------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic) -> Value:
        left, right = self.number(node.left), self.number(node.right)
        if (node.type.kind == "date" or node.left.type.kind == "date") and not (
            node.right.type.kind == "date" or node.right.type.unit.powers[0][0] == "day"
        ):
            return self._shifted(node, left, right)
        if node.op == "+":
            return number.add(left, right)
        if node.op == "-":
            return number.subtract(left, right)
        made = number.multiply if node.op == "*" else number.divide
        return made(left, right, self.stages.let)

    def _shifted(self, node: Arithmetic, day: Number, duration: Number) -> Number:
        """A date some months later: the same day of the month, or its last day."""
        if duration.lo.d != ONE:
            raise RefusalError("a date moved by a fraction of a month")
        let = self.stages.let
        step = 12 if node.right.type.unit.powers[0][0] == "year" else 1
        months = product(duration.lo.n, whole(step if node.op == "+" else -step))
        lost = let(
            either(
                no(number.known(duration)), sql("({} <> 0)", duration.lo.i) if duration.lo.i != ZERO else NO
            )
        )

        def moved(bound: Bound, beyond: Sql) -> Bound:
            start = sql("(DATE '0001-01-01' + ({} - 1)::INTEGER)", bound.n)
            end = sql("({} + to_months(({})::INTEGER))::DATE", start, months)
            n = sql("(({} - DATE '0001-01-01') + 1)", end)
            n = n if bound.finite else case(sql("({} = 0)", bound.i), n, ZERO)
            return Bound(case(lost, ZERO, n), ONE, case(lost, beyond, bound.i))

        lo = moved(day.lo, whole(-1))
        undefined = either(day.undefined, duration.undefined)
        hi = lo if day.point and lost == NO else moved(day.hi, ONE)
        return number.blanked(Number(lo, hi, undefined), either(day.absent, duration.absent))

    def _rounding(self, node: Rounding) -> Value:
        return number.rounded(node.mode, node.step, self.number(node.operand), self.stages.let)

    def _extremum(self, node: Extremum) -> Value:
        return number.extreme(node.op, [self.number(item) for item in node.items], self.stages.let)


def replace_absent(made: Number, absent: Sql) -> Number:
    """The same number, « sans objet » under a condition."""
    return Number(made.lo, made.hi, both(no(absent), made.undefined), absent, made.nonneg)


def _interval(value: Any) -> Interval:
    return Interval(value, value)


def _options(key: Value) -> Sql:
    """How many keys a key may be."""
    return sql("bit_count({})", key.sql) if isinstance(key, Mask) else ONE


def _unread(key: Value) -> Sql:
    """Whether a key is not known well enough to look it up."""
    if isinstance(key, Number):
        return no(number.known(key))
    return NO if key.sql.sure else sql("({} IS NULL)", key.sql, sure=True)


def _torn(key: Value, marks: list[Any]) -> Sql:
    """Whether one number that is not known may be one of the marks of a table, or is none."""
    if not isinstance(key, Number):
        return _unread(key)
    near = either(*(number.may_be(key, mark) for mark in marks))
    return either(key.undefined, both(no(number.known(key)), near))


def _reaches(key: Value, at: Any) -> Sql:
    """Whether a key may be the key of a row; never null."""
    if isinstance(key, Mask):
        bit = bits(key.members, frozenset({str(at)}))
        return sql(f"(coalesce({{}}, 0) & {bit} > 0)", key.sql, sure=True) if bit else NO
    if isinstance(key, Text):
        return sql("coalesce({} = {}, FALSE)", key.sql, text(str(at)), sure=True)
    if isinstance(key, Number):
        return number.equal_to(key, at)
    raise RefusalError("a table by yes and no")


def _in(column: Sql, words: list[str]) -> Sql:
    if not words:
        return case(sql("({} IS NULL)", column, sure=True), OPEN, NO)
    listed = ", ".join(text(word).text for word in words)
    return sql(f"({{}} IN ({listed}))", column)


def _within(item: Mask, choices: frozenset[str]) -> Sql:
    """Yes where every member it may be is chosen, no where none is."""
    chosen = item.bits(choices)
    if item.sql.constant is not None:
        mask = item.sql.constant
        return YES if not mask & ~chosen else OPEN if mask & chosen else NO
    others = (1 << len(item.members)) - 1 - chosen
    if not chosen:
        return case(sql("({} IS NULL)", item.sql, sure=True), OPEN, NO)
    written = f"CASE WHEN {{}} & {others} = 0 THEN TRUE WHEN {{}} & {chosen} = 0 THEN FALSE END"
    return sql(written, item.sql, item.sql, sure=False)


def _refused(node: Node) -> Any:
    raise RefusalError(type(node).__name__)


_BUILDERS: dict[type, Callable[[Compiler, Any], Value]] = {
    Literal_: Compiler._literal,
    Field: Compiler._field,
    Fact: Compiler._fact,
    Named: Compiler._named,
    Dated: Compiler._dated,
    Lookup: Compiler._lookup,
    HasKey: Compiler._has_key,
    Not: Compiler._not,
    Junction: Compiler._junction,
    Compare: Compiler._compare,
    Within: Compiler._within_,
    Given: Compiler._given,
    IfElse: Compiler._if_else,
    RuleOutcome: Compiler._outcome,
    Arithmetic: Compiler._arithmetic,
    Rounding: Compiler._rounding,
    Extremum: Compiler._extremum,
}
