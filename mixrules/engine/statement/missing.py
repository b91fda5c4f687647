"""What is missing, field by field, with the label that people know it by."""

from __future__ import annotations

from collections.abc import Iterable

from mixrules.engine import gaps
from mixrules.engine.decision import (
    Missing,
)
from mixrules.engine.deliberation import Deliberation, Outcome
from mixrules.engine.statement.common import LANGS
from mixrules.message import Lang, say, term
from mixrules.message.catalogue import FAMILIES
from mixrules.programme.scope import Element
from mixrules.programme.vocabulary import fields, item_fields
from mixrules.rulebook.model import text_in
from mixrules.rulebook.tree import Junction, Named, Node, RuleOutcome
from mixrules.rulebook.walk import walk

SHOWN = 20
"""How many elements a list of missing values names at most; their number is always given."""


def of_finding(deliberation: Deliberation, outcome: Outcome) -> list[Missing]:
    """What would settle an undetermined finding."""
    rule = outcome.rule
    if rule.promise is not None:
        record = getattr(outcome.element.record, "evidence", {})
        found = {
            gaps.Gap(f"evidence.{e}", outcome.element.path, "programme")
            for e in rule.promise.evidence
            if record.get(e) is None
        }
        return grouped(found, deliberation)
    nodes: list[Node] = []
    if outcome.answers["applies"] is None and rule.applies is not None:
        nodes.append(rule.applies)
    if outcome.answers["wanted"] is None and rule.require is not None:
        nodes.append(rule.require)
    nodes += [o.when for o in rule.overrides if outcome.answers.get(f"exception:{o.name}") is None]
    found = of_nodes(deliberation, nodes, outcome.element)
    if outcome.element.supposed:
        lines = outcome.element.members["dwellings"]
        found |= {gaps.Gap(m.doubt, m.element.path, m.element.scope) for m in lines if m.doubt}
    return grouped(found, deliberation)


def of_nodes(deliberation: Deliberation, nodes: Iterable[Node], element: Element) -> set[gaps.Gap]:
    """The gaps behind some expressions."""
    found: set[gaps.Gap] = set()
    for node in nodes:
        for part in measured(node):
            found.update(gaps.find(deliberation.measures, part, element))
    return found


def measured(node: Node) -> Iterable[Node]:
    """The parts of a condition that are measured; the outcome of other rules is explained by those rules."""
    if not any(isinstance(n, RuleOutcome) for n in walk(node)):
        yield node
    elif isinstance(node, Junction):
        for item in node.items:
            yield from measured(item)
    elif isinstance(node, Named):
        yield from measured(node.body)


def grouped(found: Iterable[gaps.Gap], deliberation: Deliberation) -> list[Missing]:
    """Gaps by field, with how many elements lack it and which."""
    by_field: dict[tuple[str, str], set[str]] = {}
    for gap in found:
        by_field.setdefault((gap.owner, gap.field), set()).add(gap.where)
    return [
        Missing(
            field=name,
            owner=owner,
            label={lang: _gap_label(owner, name, deliberation, lang) for lang in LANGS},
            count=len(places),
            where=sorted(places)[:SHOWN],
        )
        for (owner, name), places in sorted(by_field.items())
    ]


def _gap_label(owner: str, name: str, deliberation: Deliberation, lang: Lang) -> str:
    declared = item_fields(owner).get(name) or fields().get(name)
    if name in FAMILIES["doubt"] and (
        declared is None or name in {"landing", "stairwell", "floor", "building", "block"}
    ):
        return term("doubt", name, lang)
    if declared is not None:
        return declared.label.of(lang)
    given = deliberation.book.inputs.get(name)
    if given is not None and given.label:
        return text_in(given.label, lang)
    kind, _, rest = name.partition(":")
    if kind in {"parameter", "definition"} and rest:
        label = text_in(deliberation.book.labels.get(rest, ()), lang) or rest
        day = deliberation.day.isoformat()
        return say("statement.no_value_on", lang, label=label, day=day)
    return name.replace("_", " ").removeprefix("evidence.").removeprefix("facts.")
