"""What a decision states of the rules that bind a permit: the grounds met, those breached, what is not settled."""

from __future__ import annotations

from collections.abc import Iterable

from mixrules.engine.decision import Advantage, CumulationPart, Decision, Finding, Missing
from mixrules.message.wording import titled
from mixrules.record import Record
from mixrules.rulebook.model import BINDING


class Ground(Record):
    """One rule that an order states: its source, its text, what was found, and of which part of the programme.

    `found` holds the sentences of each place; `claim` says that an advantage is asked, not that a rule binds.
    """

    reference: str
    quote: str
    title: str
    claim: bool
    places: list[str]
    found: list[list[str]]


def breached(decision: Decision) -> list[Ground]:
    """Every rule that the programme breaches, whole programme first."""
    findings = [f for f in decision.findings if _binds(f) and f.kind != "condition" and f.status == "unmet"]
    claims = [a for a in decision.advantages if _binds(a) and a.status == "refused" and a.asked]
    limits = [c for c in decision.cumulations if _binds(c) and c.status == "exceeds"]
    return _grouped([*findings, *claims, *limits])


def met(decision: Decision) -> list[Ground]:
    """Every binding rule that the programme meets."""
    return _grouped(f for f in decision.findings if _binds(f) and f.kind != "condition" and f.status == "met")


def excepted(decision: Decision) -> list[Ground]:
    """Every binding rule that an exception sets aside."""
    return _grouped(f for f in decision.findings if _binds(f) and f.status == "excepted")


def granted(decision: Decision) -> list[Advantage]:
    """The advantages of law or plan that were claimed and are granted."""
    return [a for a in decision.advantages if _binds(a) and a.status == "granted" and a.asked]


def due_later(decision: Decision) -> list[Finding]:
    """The commitments of law or plan that are not proved yet."""
    return [
        f
        for f in decision.findings
        if _binds(f) and f.kind == "commitment" and f.status not in {"met", "excepted"}
    ]


def unsettled(decision: Decision) -> list[Finding | Advantage]:
    """What binds and could not be concluded."""
    findings = [
        f for f in decision.findings if _binds(f) and f.kind != "commitment" and f.status == "undetermined"
    ]
    claims = [a for a in decision.advantages if _binds(a) and a.status == "undetermined" and a.asked]
    return [*findings, *claims]


def missing(decision: Decision) -> list[Missing]:
    """The fields that would settle what binds, each once, with every place where it lacks."""
    found: dict[tuple[str, str], Missing] = {}
    for one in unsettled(decision):
        for gap in one.missing:
            held = found.get((gap.owner, gap.field))
            where = list(dict.fromkeys([*(held.where if held else []), *gap.where]))
            count = max(gap.count, held.count if held else 0, len(where))
            found[gap.owner, gap.field] = gap.replace(where=where, count=count)
    return list(found.values())


def questions(decision: Decision) -> list[str]:
    """What the service itself must answer before it concludes."""
    asked = [question["fr"] for one in unsettled(decision) for question in one.questions]
    return list(dict.fromkeys(asked))


def references(decision: Decision) -> list[str]:
    """The sources of all binding rules that had something to say."""
    spoken: list[Finding | Advantage] = [
        *(f for f in decision.findings if f.status != "not-applicable"),
        *(a for a in decision.advantages if a.asked),
    ]
    return list(dict.fromkeys(one.source.ref for one in spoken if _binds(one)))


def _found(one: Finding | Advantage | CumulationPart) -> list[str]:
    """What was found: the comparisons that decide, those that fail where one fails."""
    if isinstance(one, Finding) and one.status in {"met", "unmet"}:
        decides = "yes" if one.status == "met" else "no"
        said = [check.explanation["fr"] for check in one.checks if check.holds == decides]
        return said or [one.explanation["fr"]]
    return [one.explanation["fr"]]


def _binds(one: Finding | Advantage | CumulationPart) -> bool:
    return one.force in BINDING


def _grouped(statements: Iterable[Finding | Advantage | CumulationPart]) -> list[Ground]:
    found: dict[str, Ground] = {}
    for one in statements:
        place = (
            one.scope if getattr(one, "at", "programme") not in {"programme", "commune", "district"} else ""
        )
        held = found.get(one.rule)
        if held is None:
            source = one.source
            claim = isinstance(one, Advantage)
            held = Ground(source.ref, source.quote, titled(one, "fr"), claim, [], [])
        found[one.rule] = held.replace(places=[*held.places, place], found=[*held.found, _found(one)])
    return list(found.values())
