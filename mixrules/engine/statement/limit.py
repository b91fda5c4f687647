"""Limits across advantages and contradictions, in words and exact strings."""

from __future__ import annotations

from typing import Any, cast

from mixrules.engine.award import exact
from mixrules.engine.decision import (
    ContradictionPart,
    CumulationPart,
)
from mixrules.engine.deliberation import Limit
from mixrules.engine.statement.common import LANGS, both, note
from mixrules.engine.statement.unfolding import Unfolding
from mixrules.message import Lang, format_number, format_quantity, say, term
from mixrules.programme.category import TENURE
from mixrules.programme.contradiction import Contradiction
from mixrules.programme.vocabulary import fields
from mixrules.quantity import canonical, in_unit


def state(limit: Limit, unfolding: Unfolding | None = None) -> CumulationPart:
    """A limit across advantages, with the total that it limits."""
    rule = limit.cumulation
    status = "not-applicable"
    if limit.concerned or limit.respected is False:
        status = {True: "within", False: "exceeds"}.get(cast("Any", limit.respected), "undetermined")
        if status == "exceeds" and not limit.claimed:
            # Nothing is claimed beyond the limit: the entitlement is what the limit leaves.
            status = "within"
    unit = str(rule.limit.type.unit) if rule.limit is not None else ""
    total, ceiling = exact(limit.total), exact(limit.limit)
    return CumulationPart(
        rule=rule.key,
        title=both(rule.title),
        force=rule.force,
        scope=limit.element.path,
        status=cast("Any", status),
        total=in_unit(total, unit) if total is not None and rule.limit is not None else None,
        limit=in_unit(ceiling, unit) if ceiling is not None else None,
        unit=unit,
        steps=unfolding.all([rule.limit], limit.element) if unfolding and rule.limit is not None else [],
        source=note(rule.source, None),
        explanation={lang: _limit_sentence(limit, total, ceiling, unit, lang) for lang in LANGS},
    )


def _limit_sentence(limit: Limit, total: Any, ceiling: Any, unit: str, lang: Lang) -> str:
    if limit.cumulation.against:
        if limit.respected is False:
            return say("statement.mutually_exclusive_advantages_both", lang)
        return say("statement.mutually_exclusive_advantages", lang)
    if not limit.concerned or total is None or ceiling is None:
        return ""
    shown, most = format_quantity(total, unit, lang), format_quantity(ceiling, unit, lang)
    if limit.claimed:
        return say("statement.total_claimed_most", lang, shown=shown, most=most)
    if total > ceiling:
        return say("statement.total_entitlement_limited", lang, shown=shown, most=most)
    return say("statement.total_entitlement_most", lang, shown=shown, most=most)


def state_contradiction(found: Contradiction) -> ContradictionPart:
    """A contradiction with both its values, resolved by nobody."""
    return ContradictionPart(
        programme=found.programme,
        what=found.what,
        values=[{"value": canonical(value), "source": source} for value, source in found.values],
        unit=found.unit,
        explanation={lang: _contradiction_sentence(found, lang) for lang in LANGS},
    )


def _contradiction_sentence(found: Contradiction, lang: Lang) -> str:
    sides = []
    for value, source in found.values:
        origin = _origin(source, lang)
        number = (
            format_number(value, lang)
            if found.unit == "dwelling"
            else format_quantity(value, found.unit, lang)
        )
        sides.append(f"{number} ({origin})")
    if found.what == "dwellings":
        what = say("statement.number_dwellings", lang)
    elif found.what == "tenure":
        members = ", ".join(m for m in TENURE.members if m in found.tenure)
        what = say("statement.dwellings", lang, members=members)
    else:
        what = fields()[found.what].label.of(lang)
    joined = " ≠ ".join(sides)
    return say("statement.contradicting", lang, what=what, joined=joined)


def _origin(source: str, lang: Lang) -> str:
    """Whose value it is: the total of the lines, what the file declares, or a place in the file."""
    return term("origin", source, lang) if source in {"sum", "declared"} else source
