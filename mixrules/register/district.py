"""A district added up: its existing stock, the programmes decided in it, and what its rules still allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from mixrules.engine.decide import Decider
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.programme.category import CATEGORIES
from mixrules.programme.model import Dwelling, Existing, Programme, Submission
from mixrules.programme.scope import Element, build
from mixrules.quantity import canonical
from mixrules.record import Record
from mixrules.register import headroom as rooms
from mixrules.register import segregation
from mixrules.register.entry import Entry
from mixrules.register.ledger import Register, shown
from mixrules.register.replay import Replay

UNKNOWN = "?"
"""Dwellings whose group the file does not say."""
GROUPINGS = ("tenure", "public")
SCALES = ("landing", "stairwell", "building")


class Part(Record):
    """The dwellings of a group: in the existing stock, and with the programmes decided; shares of those known."""

    group: str
    before: int
    after: int
    share_before: str
    share_after: str


class Spread(Record):
    """How a grouping is spread over the places of a scale; empty where an index has no meaning.

    `placed` counts the dwellings whose place and group are known, `unplaced` all others.
    """

    scale: str
    grouping: str
    places: int
    placed: int
    unplaced: int
    entropy: str
    dissimilarity: dict[str, str]


class Decided(Record):
    """A programme decided in the district: its last decision."""

    number: int
    dossier: str
    phase: str
    verdict: str
    dwellings: int
    land_price: str


class District(Record):
    """A district as the register knows it; `stock_known` says whether its existing stock was given."""

    name: str
    programmes: list[Decided]
    stock_known: bool
    parts: dict[str, list[Part]]
    spreads: list[Spread]
    shared_places: list[dict[str, str]]
    rooms: list[rooms.Headroom]


def district(register: Register, name: str) -> District:
    """Add up a district.

    Raises:
        InvalidInputError: the register holds no decision in it; the nearest name is suggested.
    """
    links = register.of_district(name)
    if not links:
        known = sorted({link.entry().district for link in register.links()} - {""})
        place = Place(file=shown(register.location))
        raise InvalidInputError(
            [Problem.of("district_missing", place, found=name, near=suggest(name, known))]
        )
    last = {entry.dossier: (link.number, entry) for link in links for entry in [link.entry()]}
    replay = Replay(register)
    files = [(number, entry, replay.submission(entry)) for number, entry in last.values()]
    whole = united([submission for _, _, submission in files])
    return District(
        name,
        [_decided(number, entry, submission, replay.decided(entry)) for number, entry, submission in files],
        whole.district.existing is not None,
        {grouping: _parts(whole, grouping) for grouping in GROUPINGS},
        [_spread(whole, scale, grouping) for grouping in GROUPINGS for scale in SCALES],
        _shared(whole),
        _rooms(replay, max(last.values()), whole),
    )


def united(files: Sequence[Submission]) -> Submission:
    """All programmes of a district in one submission; what is said of the district is taken from the last file."""
    last = files[-1]
    stock = next((f.district.existing for f in reversed(files) if f.district.existing is not None), None)
    places = {place.model_dump_json(): place for f in files for place in f.district.shared_places or []}
    known = [f.district.shared_places for f in files if f.district.shared_places is not None]
    return last.model_copy(
        update={
            "id": None,
            "programmes": [programme for file in files for programme in _named(file)],
            "district": last.district.model_copy(
                update={"existing": stock, "shared_places": list(places.values()) if known else None}
            ),
        }
    )


def _named(file: Submission) -> list[Programme]:
    """Programmes under a name of their own: two files may both call theirs « p1 »."""
    head = file.id or ""
    names = [programme.id or programme.name or "programme" for programme in file.programmes]
    return [
        programme.model_copy(update={"id": f"{head} {name}".strip() if len(names) > 1 else head or name})
        for name, programme in zip(names, file.programmes, strict=True)
    ]


def _decided(number: int, entry: Entry, submission: Submission, decision: Any) -> Decided:
    lines = [line for programme in submission.programmes for line in programme.dwellings or []]
    return Decided(
        number, entry.dossier, entry.phase, entry.verdict, _count(lines), decision["land_price"]["status"]
    )


def _count(lines: Iterable[Dwelling | Existing]) -> int:
    return sum(int(line.count) for line in lines)


def _parts(whole: Submission, grouping: str) -> list[Part]:
    stock = _tally(whole.district.existing or [], grouping)
    added = _tally([d for p in whole.programmes for d in p.dwellings or []], grouping)
    after = stock + added
    order = [*CATEGORIES[grouping].members, UNKNOWN]
    return [
        Part(group, stock[group], after[group], _share(stock, group), _share(after, group))
        for group in order
        if after[group]
    ]


def _tally(lines: Iterable[Dwelling | Existing], grouping: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        found[_group(getattr(line, grouping))] += int(line.count)
    return found


def _group(value: Any) -> str:
    return next(iter(value)) if isinstance(value, frozenset) and len(value) == 1 else UNKNOWN


def _share(counts: Counter[str], group: str) -> str:
    known = counts.total() - counts[UNKNOWN]
    return canonical(Fraction(counts[group], known)) if known and group != UNKNOWN else ""


def _spread(whole: Submission, scale: str, grouping: str) -> Spread:
    places = [
        place for element in build(whole).elements(scale) if (place := _settled(element, grouping)).total()
    ]
    placed = sum(place.total() for place in places)
    everything = _count(line for programme in whole.programmes for line in programme.dwellings or [])
    entropy = segregation.entropy(places)
    groups = [group for group in CATEGORIES[grouping].members if any(place[group] for place in places)]
    indices = {group: segregation.dissimilarity(places, group) for group in groups}
    return Spread(
        scale,
        grouping,
        len(places),
        placed,
        everything - placed,
        "" if entropy is None else str(entropy),
        {group: canonical(index) for group, index in indices.items() if index is not None},
    )


def _settled(element: Element, grouping: str) -> Counter[str]:
    """The dwellings that surely stand in a place and whose group is known."""
    found: Counter[str] = Counter()
    for member in element.collection("dwellings"):
        group = _group(getattr(member.element.record, grouping))
        if member.least == member.most and group != UNKNOWN:
            found[group] += member.least
    return found


def _shared(whole: Submission) -> list[dict[str, str]]:
    places = whole.district.shared_places or []
    return [
        {
            "kind": _group(place.kind),
            "name": place.name or "",
            "area": "" if place.area is None else canonical(place.area),
        }
        for place in places
    ]


def _rooms(replay: Replay, latest: tuple[int, Entry], whole: Submission) -> list[rooms.Headroom]:
    entry = latest[1]
    found, applied = replay.law(entry)
    books = [found.get(name) for name in applied]
    local = [book for book in books if any(rule.scope == "district" for rule in book.rules)]
    asked = date.fromisoformat(entry.date_asked) if entry.date_asked else None
    law = law_date(whole, asked, date.fromisoformat(entry.today))
    tenures = [part.group for part in _parts(whole, "tenure") if part.group != UNKNOWN]
    decider = Decider(local, shelf=replay.shelf(entry))
    return rooms.headroom(whole, decider, law, tenures)
