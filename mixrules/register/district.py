"""A district added up: its existing stock, the programmes decided in it, and what its rules still allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from mixrules.engine.decide import Decider
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.programme.category import CATEGORIES
from mixrules.programme.element import Element
from mixrules.programme.model import Programme, Submission
from mixrules.programme.scope import ScopeTree, build
from mixrules.programme.tally import UNKNOWN, dwellings, group, settled, tally, total
from mixrules.quantity import canonical
from mixrules.record import Record
from mixrules.register import headroom as rooms
from mixrules.register import segregation
from mixrules.register.entry import Entry
from mixrules.register.ledger import Register, shown
from mixrules.register.replay import Replay

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
    tree, everything = build(whole), total(dwellings(whole))
    return District(
        name,
        [_decided(number, entry, submission, replay.decided(entry)) for number, entry, submission in files],
        whole.district.existing is not None,
        {grouping: _parts(whole, grouping) for grouping in GROUPINGS},
        [_spread(tree, everything, scale, grouping) for grouping in GROUPINGS for scale in SCALES],
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
    return Decided(
        number,
        entry.dossier,
        entry.phase,
        entry.verdict,
        total(dwellings(submission)),
        decision["land_price"]["status"],
    )


def _parts(whole: Submission, grouping: str) -> list[Part]:
    stock = tally(whole.district.existing or [], grouping)
    added = tally(dwellings(whole), grouping)
    after = stock + added
    order = [*CATEGORIES[grouping].members, UNKNOWN]
    return [
        Part(name, stock[name], after[name], _share(stock, name), _share(after, name))
        for name in order
        if after[name]
    ]


def _share(counts: Counter[str], name: str) -> str:
    known = counts.total() - counts[UNKNOWN]
    return canonical(Fraction(counts[name], known)) if known and name != UNKNOWN else ""


def _spread(tree: ScopeTree, everything: int, scale: str, grouping: str) -> Spread:
    places = [_known(element, grouping) for element in tree.elements(scale)]
    places = [place for place in places if place.total()]
    placed = sum(place.total() for place in places)
    entropy = segregation.entropy(places)
    names = [name for name in CATEGORIES[grouping].members if any(place[name] for place in places)]
    indices = {name: segregation.dissimilarity(places, name) for name in names}
    return Spread(
        scale,
        grouping,
        len(places),
        placed,
        everything - placed,
        "" if entropy is None else str(entropy),
        {name: canonical(index) for name, index in indices.items() if index is not None},
    )


def _known(element: Element, grouping: str) -> Counter[str]:
    """The dwellings that surely stand in a place and whose group is known."""
    found = tally(settled(element), grouping)
    del found[UNKNOWN]
    return found


def _shared(whole: Submission) -> list[dict[str, str]]:
    places = whole.district.shared_places or []
    return [
        {
            "kind": group(place.kind),
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
