"""A typed tree said in French or English, word for word what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mixrules.message import Lang, format_quantity, listed, say, term
from mixrules.programme.category import CATEGORIES
from mixrules.programme.vocabulary import fields, item_fields
from mixrules.quantity import Exact
from mixrules.rulebook.model import Input, Texts, text_in
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
    Type,
    Within,
)


@dataclass(frozen=True)
class Speaker:
    """Says trees in one language, with the labels of a rulebook."""

    lang: Lang
    labels: Mapping[str, Texts] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    _kept: dict[int, tuple[Node, str]] = field(default_factory=dict, repr=False, compare=False)

    def say(self, node: Node) -> str:
        """A tree as a phrase."""
        kept = self._kept.get(id(node))
        if kept is None:
            # The node is kept with its phrase, so that its identity stays its own.
            kept = self._kept[id(node)] = (node, _SAID[type(node)](self, node))
        return kept[1]

    def quantity(self, value: Exact | float, kind: Type) -> str:
        """A number of a type as people read it."""
        if kind.kind == "date":
            return format_quantity(value, "date", self.lang)
        return format_quantity(value, str(kind.unit) if not kind.unit.is_ratio else "", self.lang)

    def member(self, category: str, name: str) -> str:
        """A member of a category: its short name for tenures, its label otherwise."""
        known = CATEGORIES.get(category)
        if known is not None and name in known.members:
            label = known.members[name][0 if self.lang == "fr" else 1]
            return label.partition(" (")[0]
        given = self.inputs.get(category.removeprefix("input:"))
        if given is not None:
            return text_in(dict(given.members).get(name, ()), self.lang) or name
        return name

    def listed(self, category: str, members: frozenset[str]) -> str:
        """Members joined by « ou », in the order of their list."""
        known = CATEGORIES.get(category)
        order = list(known.members) if known is not None else sorted(members)
        words = [self.member(category, m) for m in order if m in members]
        return listed(words, self.lang, "or")

    def collection(self, over: Collection) -> str:
        """The members of a collection: « logements familiaux », « paliers dont … »."""
        noun = listed([term("noun", source, self.lang) for source in over.sources], self.lang)
        return self.narrowed(noun, over.where)

    def narrowed(self, noun: str, where: Node | None) -> str:
        """A noun with the condition that its members satisfy."""
        if where is None:
            return noun
        label = self.label(where)
        if label:
            return label
        if isinstance(where, Junction) and where.op == "and" and (first := self.label(where.items[0])):
            rest = where.items[1:]
            said = listed([self.say(item) for item in rest], self.lang)
            return f"{first} ({said})"
        return say("prose.such", self.lang, noun=noun, where=self.say(where))

    def label(self, node: Node) -> str:
        """The label of a definition, or an empty text."""
        return text_in(self.labels.get(node.name, ()), self.lang) if isinstance(node, Named | Dated) else ""

    # -- one method a construct --------------------------------------------------------------------------

    def _literal(self, node: Literal_) -> str:
        if node.value is None:
            return say("word.none", self.lang)
        if isinstance(node.value, bool):
            return say("word.yes", self.lang) if node.value else say("word.no", self.lang)
        if isinstance(node.value, str):
            return self.member(node.type.category, node.value)
        if node.type.kind == "number" and node.type.unit.is_ratio and 0 < node.value < 1:
            return format_quantity(node.value, "%", self.lang)
        return self.quantity(node.value, node.type)

    def _choices(self, node: Choices) -> str:
        return self.listed(node.type.category, node.members)

    def _field(self, node: Field) -> str:
        declared = item_fields(node.owner).get(node.path) or fields()[node.path]
        return declared.label.of(self.lang)

    def _fact(self, node: Fact) -> str:
        name = node.name if node.group == "item" else f"{node.group}.{node.name}"
        given = self.inputs.get(name)
        return (text_in(given.label, self.lang) if given else "") or name

    def evidence(self, name: str) -> str:
        """A piece of evidence by the label that the rulebook gives it."""
        given = self.inputs.get(f"evidence.{name}")
        return (text_in(given.label, self.lang) if given else "") or name.replace("_", " ")

    def _named(self, node: Named | Dated) -> str:
        return self.label(node) or node.name

    def _not(self, node: Not) -> str:
        inner = node.operand
        if isinstance(inner, Within):
            listed = self.listed(inner.item.type.category, inner.choices)
            return say("prose.other_than", self.lang, item=self.say(inner.item), listed=listed)
        return say("prose.not", self.lang, inner=self.say(inner))

    def _junction(self, node: Junction) -> str:
        parts = [f"({self.say(i)})" if isinstance(i, Junction) else self.say(i) for i in node.items]
        return listed(parts, self.lang, "standard" if node.op == "and" else "or")

    def _compare(self, node: Compare) -> str:
        return say(
            "prose.compare",
            self.lang,
            left=self.say(node.left),
            operator=term("operator", node.op, self.lang),
            right=self.required(node),
        )

    def required(self, node: Compare) -> str:
        """The right side of a comparison; a bare number beside a ratio is a percentage."""
        right = node.right
        if isinstance(right, Literal_) and isinstance(right.value, int) and _is_share(node.left):
            return format_quantity(right.value, "%", self.lang)
        if isinstance(right, Literal_) and right.type.kind == "number" and not isinstance(right.value, bool):
            unit = node.left.type.unit if node.left.type.kind == "number" else right.type.unit
            if right.value is not None and not unit.is_ratio and not isinstance(right.value, str):
                return format_quantity(right.value, str(unit), self.lang)
        return self.say(right)

    def _within(self, node: Within) -> str:
        return f"{self.say(node.item)} {self.listed(node.item.type.category, node.choices)}"

    def _has_key(self, node: HasKey) -> str:
        table = text_in(self.labels.get(node.parameter, ()), self.lang) or node.parameter
        return say("prose.stands_in", self.lang, key=self.say(node.key), table=table)

    def _given(self, node: Given) -> str:
        return say("prose.given", self.lang, operand=self.say(node.operand))

    def _arithmetic(self, node: Arithmetic) -> str:
        sign = {"*": "×", "/": "÷"}.get(node.op, node.op)
        return f"{self._inside(node.left)} {sign} {self._inside(node.right)}"

    def _inside(self, node: Node) -> str:
        text = self.say(node)
        return f"({text})" if isinstance(node, Arithmetic) else text

    def _rounding(self, node: Rounding) -> str:
        step = "" if node.step == 1 else say("prose.rounded_to", self.lang, step=node.step)
        return f"{self.say(node.operand)}, {term('rounded', node.mode, self.lang)}{step}"

    def _power(self, node: Power) -> str:
        base, times = self._inside(node.base), self.say(node.exponent)
        return say("prose.power", self.lang, base=base, times=times)

    def _elapsed(self, node: Elapsed) -> str:
        unit = node.type.unit.powers[0][0]
        noun = (
            say("prose.whole_months", self.lang) if unit == "month" else say("prose.whole_years", self.lang)
        )
        start, end = self.say(node.start), self.say(node.end)
        return say("prose.elapsed", self.lang, noun=noun, start=start, end=end)

    def _marginal(self, node: Marginal) -> str:
        said = self.say(node.table)
        return say("prose.by_band", self.lang, said=said)

    def _extremum(self, node: Extremum) -> str:
        words = say("sign.semicolon", self.lang).join(self.say(item) for item in node.items)
        if node.op == "min":
            return say("prose.least_of", self.lang, words=words)
        return say("prose.greatest_of", self.lang, words=words)

    def _if_else(self, node: IfElse) -> str:
        condition, then, other = self.say(node.condition), self.say(node.then), self.say(node.otherwise)
        return say("prose.if_else", self.lang, condition=condition, then=then, other=other)

    def _lookup(self, node: Lookup) -> str:
        name = text_in(self.labels.get(node.parameter, ()), self.lang) or node.parameter
        column = "" if node.column == "value" else say("prose.column", self.lang, name=node.column)
        keys = ", ".join(self.say(key) for key in node.keys)
        if not keys:
            return name + column
        return f"{name}{column} ({keys})"

    def _count(self, node: Count) -> str:
        said = self.collection(node.over)
        return say("prose.number_of", self.lang, said=said)

    def _total(self, node: Total) -> str:
        return say("prose.sum", self.lang, term=self.say(node.term), over=self.collection(node.over))

    def _share(self, node: Share) -> str:
        noun = term("noun", node.over.sources[0], self.lang)
        part, base = self.narrowed(noun, node.part), self.collection(node.over)
        weight = ""
        if node.weight is not None:
            weight = say("prose.weighed_by", self.lang, weight=self.say(node.weight))
        if base == noun:
            return say("prose.share_of", self.lang, part=part) + weight
        return say("prose.share_among", self.lang, part=part, base=base) + weight

    def _average(self, node: Average) -> str:
        weight = f" × {self.say(node.weight)}" if node.weight is not None else ""
        return say(
            "prose.average",
            self.lang,
            term=self.say(node.term),
            weight=weight,
            over=self.collection(node.over),
        )

    def _outermost(self, node: Outermost) -> str:
        word = say("prose.least", self.lang) if node.op == "min" else say("prose.greatest", self.lang)
        return f"{word} ({self.say(node.term)}) – {self.collection(node.over)}"

    def _distinct(self, node: Distinct) -> str:
        return say(
            "prose.different_values", self.lang, term=self.say(node.term), over=self.collection(node.over)
        )

    def _quantified(self, node: Quantified) -> str:
        word = say("prose.all", self.lang) if node.op == "all" else say("prose.at_least_one", self.lang)
        return say(
            "prose.quantified",
            self.lang,
            word=word,
            over=self.collection(node.over),
            condition=self.say(node.condition),
        )

    def _outcome(self, node: RuleOutcome) -> str:
        names = ", ".join(node.rules)
        if node.outcome == "granted":
            return say("prose.granted", self.lang, names=names)
        return say("prose.met", self.lang, names=names)


def _is_share(node: Node) -> bool:
    return node.type.kind == "number" and node.type.unit.is_ratio and bool(node.type.unit.base)


_SAID: dict[type, Callable[[Speaker, Any], str]] = {
    Literal_: Speaker._literal,
    Choices: Speaker._choices,
    Field: Speaker._field,
    Fact: Speaker._fact,
    Named: Speaker._named,
    Dated: Speaker._named,
    Not: Speaker._not,
    Junction: Speaker._junction,
    Compare: Speaker._compare,
    Within: Speaker._within,
    HasKey: Speaker._has_key,
    Given: Speaker._given,
    Arithmetic: Speaker._arithmetic,
    Rounding: Speaker._rounding,
    Power: Speaker._power,
    Elapsed: Speaker._elapsed,
    Extremum: Speaker._extremum,
    IfElse: Speaker._if_else,
    Lookup: Speaker._lookup,
    Marginal: Speaker._marginal,
    Count: Speaker._count,
    Total: Speaker._total,
    Share: Speaker._share,
    Average: Speaker._average,
    Outermost: Speaker._outermost,
    Distinct: Speaker._distinct,
    Quantified: Speaker._quantified,
    RuleOutcome: Speaker._outcome,
}
