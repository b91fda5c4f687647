"""One programme through its phases: what was granted, what still holds, what is to be recovered.

The decisions of one file reference are a thread. The last decision of each phase speaks for it, and each phase is
compared with the one at which the advantages were granted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from mixrules.engine.decision import Bilingual
from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.programme.category import PHASE
from mixrules.quantity import NotExactError, canonical, parse_exact
from mixrules.record import Record
from mixrules.register.entry import Entry
from mixrules.register.ledger import Register, shown

GRANTED_AT = ("decision", "filing", "pre_check")
"""The phases whose decision grants, the surest first."""
OWED = {"unmet", "undetermined"}


class Step(Record):
    """The decision that speaks for a phase, and how many of the same phase it replaces."""

    number: int
    at: str
    phase: str
    verdict: str
    replaces: int


class Turn(Record):
    """A rule that is not found as it was: its status before and now, and why in the words of the decision."""

    rule: str
    title: dict[str, str]
    force: str
    scope: str
    before: str
    after: str
    explanation: dict[str, str]


class Lost(Record):
    """An advantage granted that is not owed as it was.

    `recover` is the amount given beyond what is owed now, in `unit`; empty where it cannot be said yet.
    """

    rule: str
    title: Bilingual
    force: str
    scope: str
    before: str
    after: str
    given: str
    owed: str
    recover: str
    unit: str
    broken: list[dict[str, str]]
    kept_while: dict[str, str]


class Pending(Record):
    """A commitment without its evidence: whether it is due, and what the decision says of it."""

    rule: str
    title: dict[str, str]
    force: str
    scope: str
    due: bool
    explanation: dict[str, str]


class Stage(Record):
    """A phase compared with the one at which the advantages were granted."""

    step: Step
    turns: list[Turn]
    lost: list[Lost]


class FollowUp(Record):
    """A programme through its phases."""

    dossier: str
    steps: list[Step]
    granted: Step
    stages: list[Stage]
    pending: list[Pending]


def read(register: Register, dossier: str) -> list[tuple[int, Entry, Any]]:
    """The decisions of a file reference, in the order in which they were kept.

    Raises:
        InvalidInputError: the register holds none; the nearest reference is suggested.
    """
    links = register.thread(dossier)
    if not links:
        near = suggest(dossier, sorted({link.entry().dossier for link in register.links()}))
        raise InvalidInputError(
            [Problem.of("dossier_missing", Place(file=shown(register.location)), found=dossier, near=near)]
        )
    found = [(link.number, link.entry()) for link in links]
    return [(number, entry, json.loads(register.content(entry.decision))) for number, entry in found]


def follow(thread: Sequence[tuple[int, Entry, Any]]) -> FollowUp:
    """Follow a programme.

    Args:
        thread: the number, entry and decision (as JSON values) of each decision on one file reference, in the
            order in which they were kept; at least one.
    """
    last = _by_phase(thread)
    granting = next((phase for phase in GRANTED_AT if phase in last), next(iter(last)))
    steps = [_step(phase, held) for phase, held in last.items()]
    base = last[granting][-1][2]
    later = [phase for phase in last if _rank(phase) > _rank(granting)]
    stages = [
        Stage(
            _step(phase, last[phase]),
            list(turns(base, last[phase][-1][2])),
            list(_lost(base, last[phase][-1][2])),
        )
        for phase in later
    ]
    latest = last[next(reversed(last))][-1][2]
    return FollowUp(
        thread[0][1].dossier, steps, _step(granting, last[granting]), stages, list(_pending(latest))
    )


Held = list[tuple[int, Entry, Any]]


def _by_phase(thread: Sequence[tuple[int, Entry, Any]]) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for one in thread:
        found.setdefault(one[1].phase, []).append(one)
    return dict(sorted(found.items(), key=lambda item: _rank(item[0])))


def _rank(phase: str) -> int:
    order = list(PHASE.members)
    return order.index(phase) if phase in order else -1


def _step(phase: str, held: Held) -> Step:
    number, entry, decision = held[-1]
    return Step(number, entry.at, phase, decision["verdict"], len(held) - 1)


def turns(before: Any, after: Any) -> Iterator[Turn]:
    """The rules that two decisions (as JSON values) do not find alike."""
    old, new = _by_rule(before["findings"]), _by_rule(after["findings"])
    for key in _together(old, new):
        one, other = old.get(key), new.get(key)
        statuses = _status(one), _status(other)
        if statuses[0] != statuses[1]:
            told = other if other is not None else old[key]
            yield Turn(
                key[0], told["title"], told["force"], key[1], *statuses, other["explanation"] if other else {}
            )


def _lost(before: Any, after: Any) -> Iterator[Lost]:
    old, new = _by_rule(before["advantages"]), _by_rule(after["advantages"])
    for key, one in old.items():
        if one["status"] != "granted":
            continue
        other = new.get(key)
        given, unit = _worth(one)
        owed = _owed(other)
        recover = _beyond(given, owed)
        if _status(other) == "granted" and recover in {"", "0"}:
            continue
        yield Lost(
            key[0],
            one["title"],
            one["force"],
            key[1],
            one["status"],
            _status(other),
            given,
            owed,
            recover,
            unit,
            _broken(one, other),
            one["kept_while"],
        )


def _broken(before: Any, after: Any) -> list[dict[str, str]]:
    """The conditions of an advantage that held when it was granted and do not surely hold now."""
    if after is None:
        return []
    held = [c["holds"] for c in before["conditions"]]
    return [
        condition["explanation"]
        for index, condition in enumerate(after["conditions"])
        if condition["holds"] != "yes" and (index >= len(held) or held[index] == "yes")
    ]


def _owed(advantage: Any) -> str:
    if advantage is None or advantage["status"] == "undetermined":
        return ""
    return _worth(advantage)[0] if advantage["status"] == "granted" else "0"


def _worth(advantage: Any) -> tuple[str, str]:
    """What an advantage gives, in its unit; a rate where no amount could be computed."""
    if advantage["amount"] is not None:
        return advantage["amount"]["value"], advantage["amount"]["unit"]
    return advantage["rate"] or "", "ratio" if advantage["rate"] else ""


def _beyond(given: str, owed: str) -> str:
    try:
        difference = Fraction(parse_exact(given)) - Fraction(parse_exact(owed))
    except NotExactError:
        return ""
    return canonical(max(difference, Fraction(0)))


def _pending(decision: Any) -> Iterator[Pending]:
    for finding in decision["findings"]:
        if finding["kind"] != "commitment" or finding["status"] == "met":
            continue
        yield Pending(
            finding["rule"],
            finding["title"],
            finding["force"],
            finding["scope"],
            finding["status"] in OWED,
            finding["explanation"],
        )


def _by_rule(statements: Iterable[Any]) -> dict[tuple[str, str], Any]:
    return {(one["rule"], one["scope"]): one for one in statements}


def _together(old: Any, new: Any) -> list[Any]:
    return [*old, *(key for key in new if key not in old)]


def _status(statement: Any) -> str:
    return statement["status"] if statement is not None else ""
