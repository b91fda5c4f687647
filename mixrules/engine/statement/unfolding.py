"""How a value came about, step by step: one function a node type, beside the reading of `engine.measure`.

Values are those that the measures give. A step says why a value is not known, and which members a measure counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from mixrules.engine import observe
from mixrules.engine.decision import TableRow
from mixrules.engine.deliberation import Deliberation
from mixrules.engine.statement import members
from mixrules.engine.statement.common import speakers, ternary
from mixrules.engine.statement.trace import Tracer
from mixrules.message import Lang, bilingual, say
from mixrules.programme.category import CATEGORIES
from mixrules.programme.scope import Element, ScopeTree
from mixrules.quantity import ABSENT, Interval
from mixrules.rulebook.model import text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.row_prose import say_row
from mixrules.rulebook.tree import (
    Aggregate,
    Arithmetic,
    Compare,
    Dated,
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
    Power,
    Quantified,
    Rounding,
    RuleOutcome,
    Type,
    Within,
)
from mixrules.rulebook.walk import children


class Unfolding:
    """Unfolds the expressions of one rulebook on one tree into the trace of a decision."""

    def __init__(self, tracer: Tracer, deliberation: Deliberation, tree: ScopeTree) -> None:
        self.tracer = tracer
        self.deliberation = deliberation
        self.measures = deliberation.measures
        self.roll = tracer.roll_of(tree)
        self.titles = {rule.id: rule.title for rule in deliberation.rules}
        self._spoken = speakers(deliberation)
        self._said: dict[int, int] = {}
        self._about: dict[int, members.About] = {}
        self._done: dict[tuple[int, Element | None], int] = {}

    def of(self, node: Node, element: Element) -> int:
        """The step of an expression at an element."""
        everywhere = isinstance(node, Literal_) or (isinstance(node, Lookup) and not node.keys)
        key = (id(node), None if everywhere else element)
        place = self._done.get(key)
        if place is None:
            place = self._done[key] = _UNFOLDED[type(node)](self, node, element)
        return place

    def all(self, nodes: Iterable[Node], element: Element) -> list[int]:
        """The steps of expressions, but for what stands in the text as it is."""
        return [self.of(node, element) for node in nodes if not isinstance(node, Literal_)]

    def check(self, node: Node, element: Element) -> list[int]:
        """The steps of what a requirement compares: each side that the text does not give as it is."""
        if isinstance(node, Compare):
            return self.all((node.left, node.right), element)
        if isinstance(node, Given):
            return self.all((node.operand,), element)
        return [self.of(node, element)]

    def says(self, node: Node) -> int:
        """The place of a node's sentence."""
        place = self._said.get(id(node))
        if place is None:
            place = self._said[id(node)] = self.sentence(lambda speaker: speaker.say(node))
        return place

    def about(self, node: Aggregate) -> members.About:
        """What does not depend on where a measure is taken."""
        found = self._about.get(id(node))
        if found is None:
            found = self._about[id(node)] = members.about(self, node)
        return found

    def sentence(self, said: Callable[[Speaker], str]) -> int:
        """The place of a sentence in both languages."""
        return self.tracer.sentence(said(self._spoken["fr"]), said(self._spoken["en"]))

    def told(self, texts: Mapping[Lang, str]) -> int:
        """The place of a sentence given in both languages."""
        return self.tracer.sentence(texts["fr"], texts["en"])

    def value(self, node: Node, element: Element) -> tuple[Any, str, str]:
        """A node's value, as it is and as a decision writes it, with its unit."""
        value = self.measures.value(node, element)
        return (value, *written(value, node.type))

    # -- given values ----------------------------------------------------------------------------------

    def _literal(self, node: Literal_, element: Element) -> int:
        _, text, unit = self.value(node, element)
        return self.tracer.step("literal", self.says(node), text, unit)

    def _given(self, node: Field | Fact, element: Element) -> int:
        value, text, unit = self.value(node, element)
        because = None
        if text == "unknown" or _open(value):
            because = self.told(bilingual("why.file_silent"))
        elif value is ABSENT and isinstance(node, Fact) and node.group in {"claims", "elections"}:
            because = self.told(bilingual("why.nothing_claimed"))
        return self.tracer.step("given", self.says(node), text, unit, because=because)

    def _lookup(self, node: Lookup, element: Element) -> int:
        _, text, unit = self.value(node, element)
        table = self.measures.table(node)
        keys = tuple(self.measures.value(key, element) for key in node.keys)
        version, row = table.version, table.row(keys)
        if version is None:
            silent = self.told(bilingual("why.no_value"))
            return self.tracer.step("parameter", self.says(node), text, unit, because=silent)
        because = None
        if node.keys and row is not None:
            because = self.sentence(lambda speaker: " → ".join(say_row(table.parameter, row, speaker)))
        elif text == "none":
            because = self.told(bilingual("why.no_row"))
        source = version.source or table.parameter.source
        read = TableRow(
            parameter=node.parameter,
            keys=[written(v, k.type)[0] for v, k in zip(keys, node.keys, strict=True)],
            since=_day(version.period.start),
            until=_day(version.period.end),
            source=source.ref if source is not None else "",
        )
        steps = self.all(node.keys, element)
        return self.tracer.step(
            "parameter", self.says(node), text, unit, because=because, row=read, steps=steps
        )

    def _has_key(self, node: HasKey, element: Element) -> int:
        _, text, unit = self.value(node, element)
        return self.tracer.step("condition", self.says(node), text, unit, steps=self.all([node.key], element))

    def _definition(self, node: Named | Dated, element: Element) -> int:
        _, text, unit = self.value(node, element)
        body = node.body if isinstance(node, Named) else self.measures.dated(node)
        if body is None:
            because = self.told(bilingual("why.not_defined_yet"))
            return self.tracer.step("definition", self.says(node), text, unit, because=because)
        steps = [self.of(body, element)]
        return self.tracer.step("definition", self.says(node), text, unit, steps=steps)

    # -- what is computed of several -------------------------------------------------------------------

    def _operation(self, node: Node, element: Element) -> int:
        _, text, unit = self.value(node, element)
        steps = self.all(children(node), element)  # type: ignore[arg-type]
        return self.tracer.step("operation", self.says(node), text, unit, steps=steps)

    def _arithmetic(self, node: Arithmetic, element: Element) -> int:
        """Two values with their sign: what each of them is stands below."""
        _, text, unit = self.value(node, element)
        sign = {"*": "×", "/": "÷", "-": "−"}.get(node.op, node.op)
        says = self._figures((node.left, node.right), element, lambda _, both: f" {sign} ".join(both))
        steps = self.all((node.left, node.right), element)
        return self.tracer.step(
            "operation", self.says(node) if says is None else says, text, unit, steps=steps
        )

    def _figures(
        self, nodes: Sequence[Node], element: Element, said: Callable[[Speaker, list[str]], str]
    ) -> int | None:
        """A sentence made of values, where all are known."""
        values = [self.value(node, element) for node in nodes]
        if any(text == "unknown" or ".." in text for _, text, _ in values):
            return None
        return self.sentence(
            lambda speaker: said(
                speaker, [observe.shown_text(text, unit, speaker.lang) for _, text, unit in values]
            )
        )

    def _extremum(self, node: Extremum, element: Element) -> int:
        value, text, unit = self.value(node, element)
        term = observe.decisive(self.measures, node, element)
        steps = [self.of(item, element) for item in node.items]
        because = None
        if term is None and isinstance(value, Interval) and not value.known:
            because = self.told(bilingual("why.none_prevails"))
        decides = self.of(term, element) if term is not None else None
        key = "why.least" if node.op == "min" else "why.greatest"
        says = self._figures(
            node.items,
            element,
            lambda speaker, terms: say(
                key, speaker.lang, terms=say("sign.semicolon", speaker.lang).join(terms)
            ),
        )
        says = self.says(node) if says is None else says
        return self.tracer.step("choice", says, text, unit, because=because, decides=decides, steps=steps)

    def _if_else(self, node: IfElse, element: Element) -> int:
        _, text, unit = self.value(node, element)
        truth = self.measures.value(node.condition, element)
        steps = [self.of(node.condition, element)]
        says = self.sentence(
            lambda speaker: say("why.depending", speaker.lang, condition=speaker.say(node.condition))
        )
        if truth is None:
            because = self.told(bilingual("why.condition_open"))
            steps += [self.of(node.then, element), self.of(node.otherwise, element)]
            return self.tracer.step("choice", says, text, unit, because=because, steps=steps)
        taken = self.of(node.then if truth else node.otherwise, element)
        because = (
            self.told(bilingual("why.condition_holds"))
            if truth
            else self.told(bilingual("why.condition_fails"))
        )
        steps.append(taken)
        return self.tracer.step("choice", says, text, unit, because=because, decides=taken, steps=steps)

    # -- conditions ------------------------------------------------------------------------------------

    def _condition(self, node: Compare | Within | Not | Given, element: Element) -> int:
        _, text, unit = self.value(node, element)
        steps = self.all(children(node), element)  # type: ignore[arg-type]
        return self.tracer.step("condition", self.says(node), text, unit, steps=steps)

    def _junction(self, node: Junction, element: Element) -> int:
        truth, text, unit = self.value(node, element)
        steps = [self.of(item, element) for item in node.items]
        decides = None
        if truth is (node.op == "or"):
            one = next(item for item in node.items if self.measures.value(item, element) is truth)
            decides = self.of(one, element)
        return self.tracer.step("condition", self.says(node), text, unit, decides=decides, steps=steps)

    def _outcome(self, node: RuleOutcome, element: Element) -> int:
        _, text, unit = self.value(node, element)

        def concluded(speaker: Speaker) -> str:
            names = ", ".join(self._title(name, speaker.lang) for name in node.rules)
            key = "prose.granted" if node.outcome == "granted" else "prose.met"
            return say(key, speaker.lang, names=names)

        return self.tracer.step("outcome", self.sentence(concluded), text, unit)

    def _title(self, name: str, lang: Lang) -> str:
        return text_in(self.titles.get(name, ()), lang) or name

    # -- measures --------------------------------------------------------------------------------------

    def _measure(self, node: Aggregate, element: Element) -> int:
        value, text, unit = self.value(node, element)
        if isinstance(node, Quantified):
            unit = "yes_no"
        seen = members.seen(self, node, element)
        if seen.ratio:
            text = seen.ratio
        because = members.doubt(self, node, element, seen) if _open(value) else None
        steps = [*self.about(node).meanings, *members.elements(self, node, seen)]
        return self.tracer.step(
            "measure", self.says(node), text, unit, because=because, counted=seen.groups, steps=steps
        )


def _open(value: Any) -> bool:
    return value is None or (isinstance(value, Interval) and not value.known)


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


@lru_cache(maxsize=4096)
def unit_of(kind: Type) -> str:
    """The unit in which values of a type are said; for a category its name."""
    if kind.kind == "category":
        return kind.category
    if kind.kind != "number":
        return kind.kind
    return "ratio" if kind.unit.is_ratio else str(kind.unit)


def written(value: Any, kind: Type) -> tuple[str, str]:
    """A value and its unit as a decision writes them."""
    unit = unit_of(kind)
    if value is ABSENT:
        return "none", unit
    if kind.kind in {"number", "date"}:
        return observe.written(value, unit), unit
    if kind.kind == "yes_no":
        return ternary(value), unit
    if value is None or (kind.category in CATEGORIES and value == CATEGORIES[kind.category].everything):
        return "unknown", unit
    return ("|".join(sorted(value)) if isinstance(value, frozenset) else str(value)), unit


_UNFOLDED: dict[type, Callable[[Unfolding, Any, Element], int]] = {
    Literal_: Unfolding._literal,
    Field: Unfolding._given,
    Fact: Unfolding._given,
    Lookup: Unfolding._lookup,
    Marginal: Unfolding._operation,
    HasKey: Unfolding._has_key,
    Named: Unfolding._definition,
    Dated: Unfolding._definition,
    Arithmetic: Unfolding._arithmetic,
    Rounding: Unfolding._operation,
    Power: Unfolding._operation,
    Elapsed: Unfolding._operation,
    Extremum: Unfolding._extremum,
    IfElse: Unfolding._if_else,
    Compare: Unfolding._condition,
    Within: Unfolding._condition,
    Not: Unfolding._condition,
    Given: Unfolding._condition,
    Junction: Unfolding._junction,
    RuleOutcome: Unfolding._outcome,
    **dict.fromkeys(Aggregate.__args__, Unfolding._measure),
}
