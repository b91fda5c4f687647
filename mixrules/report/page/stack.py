"""The stack plan: each building as its stairwells, floors, landings and dwellings, with what fails where."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mixrules.engine.decision import Decision
from mixrules.engine.statement.roll import Roll
from mixrules.programme.category import fold
from mixrules.programme.element import Element
from mixrules.programme.model import Dwelling
from mixrules.programme.scope import ScopeTree
from mixrules.programme.tally import settled
from mixrules.record import Record

HIGHEST = 1000
"""The rank of a floor whose name says no number, such as an attic: on top."""


class Unit(Record):
    """A dwelling, or a line of several; `tenures` are those that it may have, `number` its own in a trace."""

    number: int
    lot: str
    count: int
    tenures: list[str]
    rooms: str
    area: str
    public: list[str]


class Landing(Record):
    """A landing with its dwellings; `fails` and `doubts` name the rules not met and not settled on it."""

    number: int
    path: str
    floor: str
    name: str
    units: list[Unit]
    fails: list[str]
    doubts: list[str]


class Stairwell(Record):
    """A stairwell with its landings, floor by floor from the top."""

    name: str
    floors: dict[str, list[Landing]]


class Building(Record):
    """A building: its stairwells, and its floors from the top down."""

    path: str
    name: str
    floors: list[str]
    stairwells: list[Stairwell]
    fails: list[str]
    doubts: list[str]


class Stack(Record):
    """A programme: its buildings, and the lines whose landing is not known."""

    programme: str
    buildings: list[Building]
    loose: list[Unit]


def stacks(tree: ScopeTree, decision: Decision) -> list[Stack]:
    """The stack plan of every programme."""
    statuses = _by_scope(decision)
    numbers = _numbers(tree)
    return [_stack(tree, programme, statuses, numbers) for programme in tree.elements("programme")]


Numbers = dict[int, int]
"""The number of a line or landing in a trace, by the identity of its record or element."""
Statuses = dict[tuple[str, str], tuple[list[str], list[str]]]


def _numbers(tree: ScopeTree) -> Numbers:
    numbered = Roll(tree).numbers.items()
    return {id(e.record if e.scope == "dwelling" else e): number for e, number in numbered}


def _by_scope(decision: Decision) -> Statuses:
    """The titles of the rules that fail and of those not settled, by scale and element."""
    found: Statuses = {}
    for finding in decision.findings:
        if finding.status in {"unmet", "undetermined"}:
            fails, doubts = found.setdefault((finding.at, finding.scope), ([], []))
            (fails if finding.status == "unmet" else doubts).append(finding.rule)
    return found


def _stack(tree: ScopeTree, programme: Element, statuses: Statuses, numbers: Numbers) -> Stack:
    landings = [
        e for e in tree.elements("landing") if not e.supposed and e.ancestor("programme") is programme
    ]
    placed: set[int] = set()
    grouped: dict[Element, list[tuple[Element, Landing]]] = {}
    for element in landings:
        lines = settled(element)
        placed.update(map(id, lines))
        holder = _holder(element, "building")
        grouped.setdefault(holder, []).append((element, _landing(element, lines, statuses, numbers)))
    records = [m.element.record for m in programme.collection("dwellings")]
    loose = [
        _unit(line, numbers) for line in records if isinstance(line, Dwelling) and id(line) not in placed
    ]
    return Stack(programme.name, [_building(e, held, statuses) for e, held in grouped.items()], loose)


def _holder(element: Element, scope: str) -> Element:
    try:
        return element.ancestor(scope)
    except LookupError:
        return element.ancestor("programme")


def _building(element: Element, held: list[tuple[Element, Landing]], statuses: Statuses) -> Building:
    floors = sorted({landing.floor for _, landing in held}, key=rank, reverse=True)
    wells: dict[str, dict[str, list[Landing]]] = {}
    for place, landing in held:
        stairwell = _holder(place, "stairwell")
        name = stairwell.name if stairwell.scope == "stairwell" else ""
        wells.setdefault(name, {}).setdefault(landing.floor, []).append(landing)
    fails, doubts = statuses.get(("building", element.path), ([], []))
    return Building(
        element.path,
        element.name,
        floors,
        [Stairwell(name, wells[name]) for name in sorted(wells)],
        fails,
        doubts,
    )


def _landing(element: Element, lines: Iterable[Dwelling], statuses: Statuses, numbers: Numbers) -> Landing:
    floor, _, name = element.name.rpartition("·")
    fails, doubts = statuses.get(("landing", element.path), ([], []))
    units = [_unit(line, numbers) for line in lines]
    return Landing(numbers.get(id(element), 0), element.path, floor, name, units, fails, doubts)


def _unit(line: Dwelling, numbers: Numbers) -> Unit:
    return Unit(
        numbers.get(id(line), 0),
        line.lot or "",
        int(line.count),
        sorted(line.tenure) if isinstance(line.tenure, frozenset) else [],
        str(line.rooms) if isinstance(line.rooms, int) else "",
        _area(line),
        sorted(line.public) if isinstance(line.public, frozenset) else [],
    )


def _area(line: Dwelling) -> str:
    from mixrules.quantity import canonical

    area = line.floor_area if line.floor_area is not None else line.living_area
    return "" if area is None or isinstance(area, str) else canonical(area)


def rank(floor: str) -> tuple[int, str]:
    """Where a floor stands: « RDC » is 0, « R+2 » is 2, « R-1 » is −1; what says no number is on top."""
    word = fold(floor)
    if word in {"rdc", "rez de chaussee", "r", "ground floor", "0"}:
        return 0, word
    found = re.search(r"([+-]?)\s*(\d+)", floor)
    if found is None:
        return HIGHEST, word
    number = int(found[2])
    return (-number if found[1] == "-" or "sous sol" in word else number), word
