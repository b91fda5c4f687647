"""The scope tree of a submission: who contains whom, and what is not known of it.

commune ⊃ district ⊃ programme ⊃ block ⊃ building ⊃ stairwell ⊃ landing ⊃ dwelling.

A line whose landing is not given may stand on any landing of what contains it. Each collection therefore
lists members with how many of them there are at least and at most: a placed dwelling counts once, an
unplaced one counts between zero and once wherever it could be. A measure over such a collection encloses
every possible placing, so a landing rule on unplaced dwellings is undetermined and never passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from math import inf
from typing import Any

from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.contradiction import Contradiction, Reconciled, reconcile
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.model import Dwelling, Premise, Programme, Submission
from mixrules.programme.vocabulary import FieldName, fields, item_fields
from mixrules.quantity import ABSENT, UNLIMITED, Absent, Interval, point

Value = Interval | bool | frozenset[str] | str | Absent | None
"""What a field holds: `None` is an unknown text or yes/no; unknown numbers and categories are wide."""

PLACES = ("block", "building", "stairwell", "landing")
PLURAL = {"block": "blocks", "building": "buildings", "stairwell": "stairwells", "landing": "landings"}


@dataclass(frozen=True, slots=True)
class Member:
    """An element of a collection with how many there are at least and at most.

    `doubt` names the field that would settle the number where the two differ.
    """

    element: Element
    least: int
    most: int | float
    doubt: str = ""


@dataclass(eq=False, slots=True)
class Element:
    """One node of the tree, such as a programme, a landing or a line of dwellings."""

    scope: str
    name: str
    parent: Element | None
    record: object = None
    values: dict[str, Value] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    members: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    supposed: bool = False

    @property
    def path(self) -> str:
        """Where the element stands, from the programme down: `P1/A/1/R+2`."""
        parts: list[str] = []
        element: Element | None = self
        while element is not None and element.scope not in {"commune", "district"}:
            parts.insert(0, element.name)
            element = element.parent
        return "/".join(parts) or self.name

    def ancestor(self, scope: str) -> Element:
        """The element of a wider scope that contains this one, or itself."""
        element: Element | None = self
        while element is not None:
            if element.scope == scope:
                return element
            element = element.parent
        raise LookupError(scope)

    def collection(self, name: str) -> tuple[Member, ...]:
        """The members of a collection inside this element, or inside what contains it."""
        element: Element | None = self
        while element is not None:
            found = element.members.get(name)
            if found is not None:
                return found
            element = element.parent
        return ()

    def get(self, path: str) -> Value:
        """The value of one of the element's own fields."""
        value = self.values.get(path, _UNREAD)
        if value is _UNREAD:
            value = self.values[path] = self._read(path)
        return value  # type: ignore[return-value]

    def _read(self, path: str) -> Value:
        declared = item_fields(self.scope).get(path) or fields()[path]
        if self.supposed:
            return unknown(declared)
        record: object = self.record
        for name in path.rpartition(".")[2:] if self.scope != "programme" else _steps(path):
            record = getattr(record, name)
        return to_value(record, declared)


_UNREAD = object()


def _steps(path: str) -> list[str]:
    head, _, tail = path.partition(".")
    return [tail] if head == "programme" else [head, tail]


@cache
def unknown(declared: FieldName) -> Value:
    """What is known of a field that was not given."""
    if declared.kind == "number":
        return Interval(0, inf)
    if declared.kind == "date":
        return Interval(-inf, inf)
    if declared.kind == "category":
        return CATEGORIES[declared.category].everything
    return None


def to_value(raw: object, declared: FieldName) -> Value:
    """A field as the engine reads it."""
    if raw is None:
        return unknown(declared)
    if raw == "none" and declared.kind in {"number", "date"}:
        return ABSENT
    if declared.kind == "text" and isinstance(raw, str) and fold(raw) in NONE_WORDS:
        return ABSENT
    if raw == "unlimited" and declared.kind == "number":
        return UNLIMITED
    if declared.kind == "number":
        assert isinstance(raw, int | Fraction)
        return point(raw)
    if declared.kind == "date":
        return point(raw.toordinal())  # type: ignore[attr-defined]
    return raw  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class ScopeTree:
    """The tree of one submission, and the contradictions found while building it."""

    root: Element
    contradictions: tuple[Contradiction, ...]

    def elements(self, scope: str) -> list[Element]:
        """Every element of a scope, in a stable order, supposed ones last."""
        if scope == "commune":
            return [self.root]
        district = self.root.members["districts"][0].element
        if scope == "district":
            return [district]
        programmes = [m.element for m in district.members["programmes"]]
        if scope == "programme":
            return programmes
        return [m.element for p in programmes for m in p.members[PLURAL[scope]]]


def build(submission: Submission) -> ScopeTree:
    """Build the scope tree of a submission."""
    root = Element("commune", submission.commune.insee or submission.commune.name or "commune", None)
    root.values = _commune_values(submission)
    district = Element("district", _district_name(submission), root, submission.district)
    district.values = {
        f"district.{name}": to_value(getattr(submission.district, name), declared)
        for name, declared in _short("district.").items()
    }
    district.facts = submission.district.facts
    root.members["districts"] = (Member(district, 1, 1),)
    contradictions: list[Contradiction] = []
    programmes = []
    for name, programme in _named_programmes(submission.programmes):
        reconciled = reconcile(programme, name)
        contradictions += reconciled.contradictions
        programmes.append(_programme(name, programme, reconciled, district))
    district.members["programmes"] = tuple(Member(p, 1, 1) for p in programmes)
    for plural in ("dwellings", "premises", *PLURAL.values()):
        district.members[plural] = tuple(m for p in programmes for m in p.members[plural])
    _district_lists(submission, district)
    return ScopeTree(root, tuple(contradictions))


@cache
def _short(prefix: str) -> dict[str, FieldName]:
    return {p.removeprefix(prefix): f for p, f in fields().items() if p.startswith(prefix)}


def _commune_values(submission: Submission) -> dict[str, Value]:
    values = {"phase": to_value(submission.phase, fields()["phase"])}
    for prefix, record in (("commune.", submission.commune), ("dates.", submission.dates)):
        for name, declared in _short(prefix).items():
            values[prefix + name] = to_value(getattr(record, name), declared)
    return values


def _district_name(submission: Submission) -> str:
    return submission.district.id or submission.district.name or "quartier"


def _named_programmes(programmes: list[Programme]) -> list[tuple[str, Programme]]:
    """Programmes with distinct names, in an order that does not depend on the file."""
    ordered = list(programmes)
    if len(ordered) > 1:
        ordered.sort(key=lambda p: (p.id or p.name or "", programme_text(p)))
    names: dict[str, int] = {}
    result = []
    for programme in ordered:
        name = programme.id or programme.name or "programme"
        names[name] = names.get(name, 0) + 1
        result.append((name if names[name] == 1 else f"{name}#{names[name]}", programme))
    return result


def canonical_text(record: Any) -> str:
    """A text that depends on what a record holds and on nothing else."""
    facts = getattr(record, "facts", None)
    if facts and len(facts) > 1:
        record = record.model_copy(update={"facts": dict(sorted(facts.items()))})
    return str(record.model_dump_json(exclude_none=True))


def programme_text(programme: Programme) -> str:
    """A text that depends on what a programme holds, whatever the order of its rows."""
    rows = {
        name: sorted(canonical_text(r) for r in getattr(programme, name))
        if getattr(programme, name) is not None
        else None
        for name in ("dwellings", "premises", "declared")
    }
    given = {
        name: dict(sorted(getattr(programme, name).items()))
        for name in ("claims", "elections", "evidence", "facts")
    }
    plain = programme.model_copy(update={"dwellings": None, "premises": None, "declared": [], **given})
    return canonical_text(plain) + str(rows)


def _district_lists(submission: Submission, district: Element) -> None:
    for plural, item, records in (
        ("existing", "existing", submission.district.existing),
        ("shared_places", "shared_place", submission.district.shared_places),
    ):
        if records is None:
            stranger = Element(item, "?", district, supposed=True)
            district.members[plural] = (Member(stranger, 0, inf, f"district.{plural}"),)
            continue
        members = []
        for index, record in enumerate(sorted(records, key=canonical_text)):
            element = Element(item, f"{item}-{index + 1}", district, record)
            count = getattr(record, "count", 1)
            area = getattr(record, "floor_area", None)
            if isinstance(area, int | Fraction) and isinstance(count, int) and count:
                element.values["floor_area"] = point(Fraction(area) / count)
            members.append(_counted(element, count))
        district.members[plural] = tuple(members)


def _counted(element: Element, count: object) -> Member:
    if isinstance(count, int):
        return Member(element, count, count)
    return Member(element, 0, inf, f"{element.scope}.count")


def _programme(name: str, programme: Programme, reconciled: Reconciled, district: Element) -> Element:
    element = Element("programme", name, district, programme)
    element.values.update(reconciled.values)
    element.facts = programme.facts
    element.members["dwellings"] = members = tuple(_lines(programme, reconciled, element))
    element.members["premises"] = tuple(_premises(programme.premises, element))
    for plural in PLURAL.values():
        element.members[plural] = ()
    _place(element, list(members), [], 0)
    _bound_areas(element)
    return element


def _lines(programme: Programme, reconciled: Reconciled, parent: Element) -> Iterator[Member]:
    if programme.dwellings is None:
        yield Member(Element("dwelling", "?", parent, supposed=True), 0, inf, "dwellings")
        return
    lines = programme.dwellings
    if len(lines) > 1:
        lines = sorted(lines, key=_line_key)
    names: dict[str, int] = {}
    for line in lines:
        name = _line_name(line)
        names[name] = names.get(name, 0) + 1
        element = Element("dwelling", name if names[name] == 1 else f"{name}#{names[name]}", parent, line)
        element.facts = line.facts
        if reconciled.tenures:
            element.values["tenure"] = reconciled.tenure(line.tenure)
        count = int(line.count)
        least = max(0, count - reconciled.surplus)
        yield Member(element, least, count, "declared" if least < count else "")
    if reconciled.deficit:
        stranger = Element("dwelling", "?", parent, supposed=True)
        yield Member(stranger, 0, reconciled.deficit, "declared")


def _line_key(line: Dwelling) -> tuple[str, ...]:
    place = (line.block, line.building, line.stairwell, line.floor, line.landing, line.lot)
    return (*(p or "" for p in place), canonical_text(line))


def _line_name(line: Dwelling) -> str:
    if line.lot:
        return line.lot
    tenure = "|".join(sorted(line.tenure)) if isinstance(line.tenure, frozenset) else "?"
    return f"{line.count}×{tenure}" if line.count != 1 else tenure


def _premises(records: list[Premise] | None, parent: Element) -> Iterator[Member]:
    if records is None:
        yield Member(Element("premise", "?", parent, supposed=True), 0, inf, "premises")
        return
    for index, record in enumerate(sorted(records, key=canonical_text)):
        yield Member(Element("premise", f"local-{index + 1}", parent, record), 1, 1)


def _place(parent: Element, placed: list[Member], guests: list[Member], level: int) -> None:
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
        _place(parent, placed, guests, level + 1)
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
        _place(child, named[label], wanderers, level + 1)
    if wanderers:
        for deeper in PLACES[level:]:
            _suppose(parent, deeper, wanderers)


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


def _suppose(parent: Element, scope: str, members: Iterable[Member]) -> None:
    """Add the elements that unplaced lines may form: between none and one for each dwelling."""
    lines = [Member(m.element, 0, m.most, m.doubt or scope) for m in members]
    most = sum(m.most for m in lines)
    if not most:
        return
    _register(parent, scope, Member(_stranger(parent, scope, tuple(lines), most), 0, most, scope))


def _stranger(parent: Element, scope: str, lines: tuple[Member, ...], most: float) -> Element:
    """An element that may exist, with what may lie inside it."""
    stranger = Element(scope, "?", parent, supposed=True)
    stranger.members = dict.fromkeys(PLURAL.values(), ())
    stranger.members["dwellings"] = lines
    stranger.members["premises"] = tuple(_premises_of(parent, stranger))
    deeper = PLACES[PLACES.index(scope) + 1 :]
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


def _bound_areas(programme: Element) -> None:
    """A floor area that no document states is at least the sum of the parts that are given."""
    if "programme.housing_floor_area" not in programme.values:
        stated = programme.get("programme.housing_floor_area")
        if isinstance(stated, Interval) and not stated.known:
            least = sum((_least_area(m) for m in programme.members["dwellings"]), start=Fraction(0))
            programme.values["programme.housing_floor_area"] = Interval(least, inf)
    if "programme.floor_area" not in programme.values:
        stated = programme.get("programme.floor_area")
        housing = programme.get("programme.housing_floor_area")
        if isinstance(stated, Interval) and not stated.known and isinstance(housing, Interval):
            least = sum((_least_area(m) for m in programme.members["premises"]), start=Fraction(housing.lo))
            programme.values["programme.floor_area"] = Interval(least, inf)


def _least_area(member: Member) -> Fraction:
    if not member.least:
        return Fraction(0)
    area = member.element.get("floor_area")
    return Fraction(area.lo) * member.least if isinstance(area, Interval) else Fraction(0)
