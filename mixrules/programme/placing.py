"""Where lines stand: blocks, buildings, storeys, stairwells and landings, and those that lines may form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mixrules.programme.element import Element, Member

PLACES = ("block", "building", "stairwell", "landing")
AROUND_STOREYS = ("block", "building")
"""A storey lies in a building and crosses its stairwells: it is a collection beside the tree, not a level of it."""
PLURAL = {
    "block": "blocks",
    "building": "buildings",
    "stairwell": "stairwells",
    "landing": "landings",
    "storey": "storeys",
}


def place(parent: Element, placed: list[Member], guests: list[Member], level: int = 0) -> None:
    """Group the lines of `parent` by the next level; `guests` are lines that may also stand in it."""
    if level == len(PLACES):
        return
    scope = PLACES[level]
    named: dict[str, list[Member]] = {}
    loose: list[Member] = []
    floors = scope == "landing" and any(_floor(member) is not None for member in placed)
    for member in placed:
        label = None if member.element.supposed else getattr(member.element.record, scope)
        if label is not None and floors:
            # Landing 1 of the first floor is not landing 1 of the second.
            label = None if _floor(member) is None else f"{_floor(member)}·{label}"
        if label is None:
            loose.append(member)
        else:
            named.setdefault(label, []).append(member)
    if not named:
        _suppose(parent, scope, placed + guests)
        if scope == "building":
            # Floors are of one building: without its name, nobody knows which lines share one.
            _suppose(parent, "storey", placed + guests, "building")
        place(parent, placed, guests, level + 1)
        return
    wanderers = guests + [Member(m.element, 0, m.most, m.doubt or scope) for m in loose]
    for label in sorted(named):
        child = Element(scope, label, parent)
        child.members["dwellings"] = (*named[label], *wanderers)
        child.members["premises"] = tuple(_premises_of(parent, child))
        for plural in list(PLURAL.values())[level + 1 :]:
            child.members[plural] = ()
        for member in named[label]:
            member.element.parent = child
        _register(parent, scope, Member(child, 1, 1))
        if scope == "building":
            _storeys(child)
        place(child, named[label], wanderers, level + 1)
    if wanderers:
        for deeper in PLACES[level:]:
            _suppose(parent, deeper, wanderers)
        if scope in AROUND_STOREYS:
            _suppose(parent, "storey", wanderers, scope)


def _storeys(building: Element) -> None:
    """Group the lines of a building by floor; a line without a floor may stand on any, or on one more."""
    named: dict[str, list[Member]] = {}
    loose: list[Member] = []
    for member in building.members["dwellings"]:
        floor = _floor(member)
        if floor is None:
            loose.append(member)
        else:
            named.setdefault(floor, []).append(member)
    wanderers = [Member(m.element, 0, m.most, m.doubt or "floor") for m in loose]
    for floor in sorted(named):
        storey = Element("storey", floor, building)
        storey.members["dwellings"] = (*named[floor], *wanderers)
        storey.members["premises"] = tuple(_premises_of(building, storey))
        stands = any(member.least for member in named[floor])
        _register(building, "storey", Member(storey, int(stands), 1, "" if stands else named[floor][0].doubt))
    _suppose(building, "storey", wanderers, "floor")


def _floor(member: Member) -> str | None:
    return getattr(member.element.record, "floor", None)


def _premises_of(parent: Element, child: Element) -> Iterator[Member]:
    for member in parent.collection("premises"):
        building = None if member.element.supposed else getattr(member.element.record, "building", None)
        if child.scope != "building" or child.supposed:
            yield Member(member.element, 0, member.most, "premise.place")
        elif building is None:
            yield Member(member.element, 0, member.most, member.doubt or "premise.building")
        elif building == child.name:
            yield member


def _suppose(parent: Element, scope: str, members: Iterable[Member], doubt: str = "") -> None:
    """Add the elements that unplaced lines may form: between none and one for each dwelling."""
    doubt = doubt or scope
    lines = [Member(m.element, 0, m.most, m.doubt or doubt) for m in members]
    most = sum(m.most for m in lines)
    if not most:
        return
    _register(parent, scope, Member(_stranger(parent, scope, tuple(lines), most), 0, most, doubt))


def _stranger(parent: Element, scope: str, lines: tuple[Member, ...], most: float) -> Element:
    """An element that may exist, with what may lie inside it."""
    stranger = Element(scope, "?", parent, supposed=True)
    stranger.members = dict.fromkeys(PLURAL.values(), ())
    stranger.members["dwellings"] = lines
    stranger.members["premises"] = tuple(_premises_of(parent, stranger))
    if scope in AROUND_STOREYS:
        storey = _stranger(stranger, "storey", lines, most)
        stranger.members["storeys"] = (Member(storey, 0, most, scope),)
    deeper = PLACES[PLACES.index(scope) + 1 :] if scope in PLACES else ()
    if deeper:
        inner = _stranger(stranger, deeper[0], lines, most)
        stranger.members[PLURAL[deeper[0]]] = (Member(inner, 0, most, deeper[0]),)
        for place in deeper[1:]:
            stranger.members[PLURAL[place]] = inner.members[PLURAL[place]]
    return stranger


def _register(parent: Element, scope: str, member: Member) -> None:
    element: Element | None = parent
    while element is not None and element.scope != "district":
        element.members[PLURAL[scope]] = (*element.members.get(PLURAL[scope], ()), member)
        element = element.parent
