"""What a rule asks, as formulas: the situation in which it speaks, and what must then hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3

from mixrules.authoring.proof.cells import Cells, outer_aggregates
from mixrules.authoring.proof.translation import Translator
from mixrules.rulebook.model import Rule
from mixrules.rulebook.tree import Count, Junction, Named, Node, Total


@dataclass(frozen=True)
class Duty:
    """An obligation or a ceiling: the situation that brings it in, and what meets it there.

    The situation holds what the commune, the site, the size of the programme make of it; a condition on the mix
    itself is part of what can be met, since another mix escapes it.
    """

    rule: Rule
    situation: Any
    held: Any
    unasked: Any
    """Holds where no question that the text leaves open arises."""


def duty(rule: Rule, translator: Translator, cells: Cells) -> Duty:
    """A rule as formulas; `cells` has learnt its conditions before."""
    cells.translator = translator
    parts = list(conjuncts(rule.applies, translator)) if rule.applies is not None else []
    given = [part for part in parts if not _of_the_mix(part, translator)]
    chosen = [part for part in parts if _of_the_mix(part, translator)]
    assert rule.require is not None
    bases = list(cells.weight_bases([rule.require], translator)) if rule.when_empty != "undetermined" else []
    excused = [translator.false(override.when) for override in rule.overrides]
    situation = z3.And([*(translator.true(part) for part in given), *excused, *bases])
    held = z3.Or([translator.true(rule.require), *(translator.false(part) for part in chosen)])
    unasked = [translator.false(question.when) for question in rule.questions if question.when is not None]
    return Duty(rule, situation, held, z3.And(unasked))


def conjuncts(node: Node, translator: Translator) -> Iterator[Node]:
    """The conditions that must all hold, definitions spelt out."""
    plain = translator.plain(node)
    if isinstance(plain, Junction) and plain.op == "and":
        for item in plain.items:
            yield from conjuncts(item, translator)
    else:
        yield node if isinstance(node, Named) else plain


def _of_the_mix(node: Node, translator: Translator) -> bool:
    """Whether a condition looks at how a programme is divided, beyond how large it is."""
    return any(
        not isinstance(found, Count | Total) or found.over.where is not None
        for found in outer_aggregates(node, translator)
    )
