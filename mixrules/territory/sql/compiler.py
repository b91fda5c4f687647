"""Compiling the typed tree: each node becomes SQL on the columns of a programme, or of one of its lines.

The reading of each construct is that of `engine.measure`, side by side with it; what is not here is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from mixrules.engine.measure import Measures
from mixrules.engine.tables import Table
from mixrules.programme.category import CATEGORIES
from mixrules.programme.vocabulary import item_fields
from mixrules.quantity import ABSENT as SANS_OBJET
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import (
    Arithmetic,
    Average,
    Choices,
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
    Type,
    Within,
)
from mixrules.territory.sql import number, tables
from mixrules.territory.sql.elapsed import by_calendar, elapsed, shifted
from mixrules.territory.sql.expression import (
    NO,
    OPEN,
    YES,
    RefusalError,
    Sql,
    Stages,
    both,
    case,
    either,
    no,
    related,
    sql,
    whole,
)
from mixrules.territory.sql.marginal import marginal
from mixrules.territory.sql.number import Number
from mixrules.territory.sql.power import power
from mixrules.territory.sql.reading import Reader
from mixrules.territory.sql.rounding import rounded
from mixrules.territory.sql.value import Mask, Text, Truth, Value, bits, choose, constant, members_of

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
        """The SQL of a node; a yes/no that a table does not hold is neither yes nor no.

        Raises:
            RefusalError: a construct that the compiler does not hold.
        """
        known = self._known.get(id(node))
        if known is not None:
            return known[1]
        made = self._raw(node)
        if isinstance(made, Truth) and isinstance(node, Lookup | IfElse | Literal_):
            made = self._kept(Truth(case(made.absent, OPEN, made.sql)))
        self._known[id(node)] = (node, made)
        return made

    def _raw(self, node: Node) -> Value:
        if isinstance(node, AGGREGATES):
            return self.aggregate(node)
        if type(node) not in _BUILDERS:
            raise RefusalError("refusal_construct", name=type(node).__name__)
        return self._kept(_BUILDERS[type(node)](self, node))

    def truth(self, node: Node) -> Sql:
        """A yes/no expression; what a table does not hold is neither yes nor no."""
        value = self.of(node)
        if not isinstance(value, Truth):
            raise RefusalError("refusal_construct", name=type(node).__name__)
        return case(value.absent, OPEN, value.sql)

    def number(self, node: Node) -> Number:
        """An expression that is a number or a date."""
        value = self.of(node)
        if not isinstance(value, Number):
            raise RefusalError("refusal_construct", name=type(node).__name__)
        return value

    def _of_programme(self, value: Value) -> Value:
        """What a programme says; what is beside it reads it from a table made once."""
        return value if self.stages.beside is None else self._kept(value, self.stages.beside)

    def _kept(self, value: Value, stages: Stages | None = None) -> Value:
        """A value whose parts are columns."""
        let = (stages or self.stages).let
        if isinstance(value, Number):
            return number.named(value, let)
        if isinstance(value, Mask):
            return replace(value, sql=let(value.sql), absent=let(value.absent))
        return type(value)(let(value.sql), let(value.absent))

    def _members(self, kind: Type) -> tuple[str, ...]:
        """The members of a category, in the order of their bits; other kinds have none."""
        if kind.kind != "category":
            return ()
        if kind.category.startswith("parameter:"):
            return self.book.parameters[kind.category.removeprefix("parameter:")].members
        return members_of(kind, self.book.inputs)

    # -- values ----------------------------------------------------------------------------------------

    def _literal(self, node: Literal_) -> Value:
        value = SANS_OBJET if node.value is None else self.measures.of(node)(None)  # type: ignore[arg-type]
        return constant(value, node.type, self._members(node.type))

    def _choices(self, node: Choices) -> Value:
        members = self._members(node.type) or tuple(sorted(node.members))
        return Mask(whole(bits(members, node.members)), members)

    def _field(self, node: Field) -> Value:
        if node.owner in ITEMS and self.own.table not in ITEMS:
            raise RefusalError("refusal_field", name=f"{node.owner}.{node.path}")
        if node.owner in ITEMS and node.path in item_fields(self.own.table):
            return self.own.field(node.path)
        if node.owner not in ITEMS:
            return self._of_programme((self.around or self.own).field(node.path))
        # A field that only other lines have: nothing is known of it here.
        if node.type.kind == "category":
            members = self._members(node.type)
            return constant(CATEGORIES[node.type.category].everything, node.type, members)
        return number.UNKNOWN if node.type.kind in {"number", "date"} else constant(None, node.type)

    def _fact(self, node: Fact) -> Value:
        if node.group == "item":
            if self.own.table == "dwelling":
                return self.own.fact(node)
            if self.own.table not in ITEMS:
                raise RefusalError("refusal_field", name=f"{self.own.table}.{node.name}")
            members = members_of(node.type, self.book.inputs) if node.type.kind == "category" else ()
            return constant(self.own.facts.unknown(node.type), node.type, members)
        return self._of_programme((self.around or self.own).fact(node))

    def _named(self, node: Named) -> Value:
        return self.of(node.body)

    def _dated(self, node: Dated) -> Value:
        body = self.measures.dated(node)
        if body is None:
            return constant(self.measures.facts.unknown(node.type), node.type, self._members(node.type))
        return self.of(body)

    # -- tables ----------------------------------------------------------------------------------------

    def _lookup(self, node: Lookup) -> Value:
        table = self.measures.table(node)
        members = self._members(node.type)
        if not node.keys:
            return constant(table.read(()), node.type, members)
        return tables.read(table, [self.of(key) for key in node.keys], members, self.stages.let)

    def _marginal(self, node: Marginal) -> Value:
        key = self.number(node.table.keys[0])
        return marginal(self.measures.table(node.table), key, self.stages.let)

    def _has_key(self, node: HasKey) -> Value:
        parameter = self.book.parameters[node.parameter]
        table = Table(parameter, parameter.columns[0][0], self.day)
        return Truth(tables.holds(table, self.of(node.key), self.stages.let))

    # -- logic -----------------------------------------------------------------------------------------

    def _not(self, node: Not) -> Value:
        return Truth(no(self.truth(node.operand)))

    def _junction(self, node: Junction) -> Value:
        return Truth((both if node.op == "and" else either)(*(self.truth(item) for item in node.items)))

    def _compare(self, node: Compare) -> Value:
        if node.left.type.kind == "yes_no":
            same = related(self.truth(node.left), "=", self.truth(node.right))
            return Truth(same if node.op == "=" else no(same))
        left, right = self.number(node.left), self.number(node.right)
        return Truth(number.compare(node.op, left, right))

    def _within_(self, node: Within) -> Value:
        item = self.of(node.item)
        if isinstance(item, Mask):
            # « Sans objet » is a member of no list.
            return Truth(case(item.absent, NO, tables.within(item, node.choices)))
        if isinstance(item, Text):
            return Truth(case(item.absent, NO, tables.one_of(item.sql, sorted(node.choices))))
        raise RefusalError("refusal_membership")

    def _given(self, node: Given) -> Value:
        # What a table does not hold is not given: a yes/no is asked before it becomes unknown.
        value = self._raw(node.operand)
        if isinstance(value, Number):
            found = case(number.known(value), YES, OPEN)
        elif isinstance(value, Mask):
            unsaid = self.measures.facts.unknown(node.operand.type)
            every = whole(bits(value.members, unsaid) if isinstance(unsaid, frozenset) else -1)
            found = sql("CASE WHEN {} <> {} THEN TRUE END", value.sql, every, sure=False)
        else:
            found = sql("CASE WHEN {} IS NOT NULL THEN TRUE END", value.sql, sure=value.sql.sure)
        return Truth(case(value.absent, NO, found))

    def _if_else(self, node: IfElse) -> Value:
        when = self.stages.let(self.truth(node.condition))
        then, other = self.of(node.then), self.of(node.otherwise)
        if isinstance(then, Number) and isinstance(other, Number):
            return number.choose(when, then, other, self.stages.let)
        return choose(when, then, other)

    def _outcome(self, node: RuleOutcome) -> Value:
        return Truth(self.outcome(node))

    # -- numbers ---------------------------------------------------------------------------------------

    def _arithmetic(self, node: Arithmetic) -> Value:
        left, right = self.number(node.left), self.number(node.right)
        if by_calendar(node):
            return shifted(node, left, right, self.stages.let)
        if node.op == "+":
            return number.add(left, right)
        if node.op == "-":
            return number.subtract(left, right)
        made = number.multiply if node.op == "*" else number.divide
        return made(left, right, self.stages.let)

    def _rounding(self, node: Rounding) -> Value:
        return rounded(node.mode, node.step, self.number(node.operand), self.stages.let)

    def _power(self, node: Power) -> Value:
        return power(self.number(node.base), self.number(node.exponent), self.stages.let)

    def _elapsed(self, node: Elapsed) -> Value:
        unit = node.type.unit.powers[0][0]
        return elapsed(self.number(node.start), self.number(node.end), unit, self.stages.let)

    def _extremum(self, node: Extremum) -> Value:
        return number.extreme(node.op, [self.number(item) for item in node.items], self.stages.let)


def _refused(_: Node) -> Any:
    raise RefusalError("refusal_within_line")


_BUILDERS: dict[type, Callable[[Compiler, Any], Value]] = {
    Literal_: Compiler._literal,
    Choices: Compiler._choices,
    Field: Compiler._field,
    Fact: Compiler._fact,
    Named: Compiler._named,
    Dated: Compiler._dated,
    Lookup: Compiler._lookup,
    Marginal: Compiler._marginal,
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
    Power: Compiler._power,
    Elapsed: Compiler._elapsed,
    Extremum: Compiler._extremum,
}
