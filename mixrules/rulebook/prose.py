"""A typed tree said in French or English, word for word what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mixrules.message import Lang, format_quantity
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

NOUNS: dict[str, dict[Lang, str]] = {
    "dwellings": {"fr": "logements", "en": "dwellings"},
    "landings": {"fr": "paliers", "en": "landings"},
    "stairwells": {"fr": "cages d'escalier", "en": "stairwells"},
    "storeys": {"fr": "étages", "en": "storeys"},
    "buildings": {"fr": "bâtiments", "en": "buildings"},
    "blocks": {"fr": "îlots", "en": "blocks"},
    "programmes": {"fr": "programmes", "en": "programmes"},
    "premises": {"fr": "locaux", "en": "premises"},
    "existing": {"fr": "logements existants", "en": "existing dwellings"},
    "shared_places": {"fr": "lieux partagés", "en": "shared places"},
}
OPERATORS: dict[str, dict[Lang, str]] = {
    ">=": {"fr": "au moins", "en": "at least"},
    ">": {"fr": "plus de", "en": "more than"},
    "<=": {"fr": "au plus", "en": "at most"},
    "<": {"fr": "moins de", "en": "less than"},
    "=": {"fr": "égal à", "en": "equal to"},
    "!=": {"fr": "différent de", "en": "other than"},
}
ROUNDED: dict[str, dict[Lang, str]] = {
    "ceil": {"fr": "arrondi par excès", "en": "rounded up"},
    "floor": {"fr": "arrondi par défaut", "en": "rounded down"},
    "round_half_up": {
        "fr": "arrondi au plus proche, la demie par excès",
        "en": "rounded to nearest, half up",
    },
    "round_half_even": {
        "fr": "arrondi au plus proche, la demie au pair",
        "en": "rounded to nearest, half to even",
    },
    "abs": {"fr": "valeur absolue", "en": "absolute value"},
}


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

    def two(self, french: str, english: str) -> str:
        """One of two texts."""
        return french if self.lang == "fr" else english

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
        return _join(words, self.two("ou", "or"))

    def collection(self, over: Collection) -> str:
        """The members of a collection: « logements familiaux », « paliers dont … »."""
        noun = _join([NOUNS[source][self.lang] for source in over.sources], self.two("et", "and"))
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
            said = _join([self.say(item) for item in rest], self.two("et", "and"))
            return self.two(f"{first} ({said})", f"{first} ({said})")
        return self.two(f"{noun} tels que {self.say(where)}", f"{noun} such that {self.say(where)}")

    def label(self, node: Node) -> str:
        """The label of a definition, or an empty text."""
        return text_in(self.labels.get(node.name, ()), self.lang) if isinstance(node, Named | Dated) else ""

    # -- one method a construct --------------------------------------------------------------------------

    def _literal(self, node: Literal_) -> str:
        if node.value is None:
            return self.two("sans objet", "none")
        if isinstance(node.value, bool):
            return self.two("oui", "yes") if node.value else self.two("non", "no")
        if isinstance(node.value, str):
            return self.member(node.type.category, node.value)
        if node.type.kind == "number" and node.type.unit.is_ratio and 0 < node.value < 1:
            return format_quantity(node.value, "%", self.lang)
        return self.quantity(node.value, node.type)

    def _choices(self, node: Choices) -> str:
        return self.listed(node.type.category, node.members)

    def _field(self, node: Field) -> str:
        declared = item_fields(node.owner).get(node.path) or fields()[node.path]
        return declared.label.fr if self.lang == "fr" else declared.label.en

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
            return self.two(
                f"{self.say(inner.item)} autre que {listed}", f"{self.say(inner.item)} other than {listed}"
            )
        return self.two(f"non ({self.say(inner)})", f"not ({self.say(inner)})")

    def _junction(self, node: Junction) -> str:
        word = self.two("et", "and") if node.op == "and" else self.two("ou", "or")
        return _join(
            [f"({self.say(i)})" if isinstance(i, Junction) else self.say(i) for i in node.items], word
        )

    def _compare(self, node: Compare) -> str:
        return f"{self.say(node.left)} : {OPERATORS[node.op][self.lang]} {self.required(node)}"

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
        return self.two(
            f"{self.say(node.key)} figure dans « {table} »", f"{self.say(node.key)} stands in “{table}”"
        )

    def _given(self, node: Given) -> str:
        return self.two(f"{self.say(node.operand)} : donné", f"{self.say(node.operand)}: given")

    def _arithmetic(self, node: Arithmetic) -> str:
        sign = {"*": "×", "/": "÷"}.get(node.op, node.op)
        return f"{self._inside(node.left)} {sign} {self._inside(node.right)}"

    def _inside(self, node: Node) -> str:
        text = self.say(node)
        return f"({text})" if isinstance(node, Arithmetic) else text

    def _rounding(self, node: Rounding) -> str:
        step = "" if node.step == 1 else self.two(f" à {node.step} près", f" to {node.step}")
        return f"{self.say(node.operand)}, {ROUNDED[node.mode][self.lang]}{step}"

    def _power(self, node: Power) -> str:
        base, times = self._inside(node.base), self.say(node.exponent)
        return self.two(f"{base} à la puissance ({times})", f"{base} to the power ({times})")

    def _elapsed(self, node: Elapsed) -> str:
        month = node.type.unit.powers[0][0] == "month"
        noun = self.two(
            "mois entiers" if month else "années entières", f"whole {'months' if month else 'years'}"
        )
        start, end = self.say(node.start), self.say(node.end)
        return self.two(f"{noun} de ({start}) à ({end})", f"{noun} from ({start}) to ({end})")

    def _marginal(self, node: Marginal) -> str:
        said = self.say(node.table)
        return self.two(f"{said}, tranche par tranche", f"{said}, band by band")

    def _extremum(self, node: Extremum) -> str:
        words = " ; ".join(self.say(item) for item in node.items)
        if node.op == "min":
            return self.two(f"le plus petit de ({words})", f"the least of ({words})")
        return self.two(f"le plus grand de ({words})", f"the greatest of ({words})")

    def _if_else(self, node: IfElse) -> str:
        condition, then, other = self.say(node.condition), self.say(node.then), self.say(node.otherwise)
        return self.two(f"si {condition} : {then}, sinon {other}", f"if {condition}: {then}, else {other}")

    def _lookup(self, node: Lookup) -> str:
        name = text_in(self.labels.get(node.parameter, ()), self.lang) or node.parameter
        column = "" if node.column == "value" else f" « {node.column} »"
        keys = ", ".join(self.say(key) for key in node.keys)
        if not keys:
            return name + column
        return self.two(f"{name}{column} ({keys})", f"{name}{column} ({keys})")

    def _count(self, node: Count) -> str:
        said = self.collection(node.over)
        return self.two(f"nombre {_de(said)}", f"number of {said}")

    def _total(self, node: Total) -> str:
        return self.two(
            f"somme ({self.say(node.term)}) des {self.collection(node.over)}",
            f"sum ({self.say(node.term)}) of {self.collection(node.over)}",
        )

    def _share(self, node: Share) -> str:
        noun = NOUNS[node.over.sources[0]][self.lang]
        part, base = self.narrowed(noun, node.part), self.collection(node.over)
        weight = ""
        if node.weight is not None:
            weight = self.two(f" (en {self.say(node.weight)})", f" (by {self.say(node.weight)})")
        if base == noun:
            return self.two(f"part {_de(part)}", f"share of {part}") + weight
        return self.two(f"part {_de(part)} parmi les {base}", f"share of {part} among {base}") + weight

    def _average(self, node: Average) -> str:
        weight = f" × {self.say(node.weight)}" if node.weight is not None else ""
        return self.two(
            f"moyenne ({self.say(node.term)}{weight}) des {self.collection(node.over)}",
            f"average ({self.say(node.term)}{weight}) of {self.collection(node.over)}",
        )

    def _outermost(self, node: Outermost) -> str:
        word = self.two("plus petit", "least") if node.op == "min" else self.two("plus grand", "greatest")
        return f"{word} ({self.say(node.term)}) – {self.collection(node.over)}"

    def _distinct(self, node: Distinct) -> str:
        return self.two(
            f"nombre de valeurs différentes ({self.say(node.term)}) parmi les {self.collection(node.over)}",
            f"number of different values ({self.say(node.term)}) among {self.collection(node.over)}",
        )

    def _quantified(self, node: Quantified) -> str:
        word = (
            self.two("tous les", "all")
            if node.op == "all"
            else self.two("au moins un des", "at least one of")
        )
        return f"{word} {self.collection(node.over)} : {self.say(node.condition)}"

    def _outcome(self, node: RuleOutcome) -> str:
        names = ", ".join(node.rules)
        if node.outcome == "granted":
            return self.two(f"accordé : {names}", f"granted: {names}")
        return self.two(f"respecté : {names}", f"met: {names}")


def _is_share(node: Node) -> bool:
    return node.type.kind == "number" and node.type.unit.is_ratio and bool(node.type.unit.base)


VOWELS = tuple("aàâeéèêiîoôu")


def _de(words: str) -> str:
    """« de » or « d' » before French words."""
    return f"d'{words}" if words.casefold().startswith(VOWELS) else f"de {words}"


def _join(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


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
