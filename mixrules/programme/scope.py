"""The scope tree of a submission: who contains whom, and what is not known of it.

commune ⊃ district ⊃ programme ⊃ block ⊃ building ⊃ stairwell ⊃ landing ⊃ dwelling.

A line whose landing is not given may stand on any landing of what contains it. Each collection therefore
lists members with how many of them there are at least and at most: a placed dwelling counts once, an
unplaced one counts between zero and once wherever it could be. A measure over such a collection encloses
every possible placing, so a landing rule on unplaced dwellings is undetermined and never passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import inf
from typing import Any

from mixrules.programme.contradiction import Contradiction, Reconciled, reconcile
from mixrules.programme.element import Element, Member, Value, to_value
from mixrules.programme.model import Dwelling, Premise, Programme, Record, Submission
from mixrules.programme.placing import PLURAL, place
from mixrules.programme.vocabulary import FieldName, fields
from mixrules.quantity import Interval, point

__all__ = ["Element", "Member", "ScopeTree", "Value", "build", "canonical_text", "programme_text"]


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
    # A programme reads what its district lists beside its own land; the district reads it beside nobody's.
    listed = submission.district
    for plural, item, records in (
        ("existing", "existing", listed.existing),
        ("shared_places", "shared_place", listed.shared_places),
    ):
        known = None if records is None else sorted(records, key=canonical_text)
        for holder in (district, *programmes):
            holder.members[plural] = tuple(_of_district(plural, item, known, holder))
    root.members |= district.members
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


def _of_district(
    plural: str, item: str, records: Sequence[Record] | None, holder: Element
) -> Iterator[Member]:
    if records is None:
        yield Member(Element(item, "?", holder, supposed=True), 0, inf, f"district.{plural}")
        return
    for index, record in enumerate(records):
        element = Element(item, f"{item}-{index + 1}", holder, record)
        count = getattr(record, "count", 1)
        area = getattr(record, "floor_area", None)
        if isinstance(area, int | Fraction) and isinstance(count, int) and count:
            element.values["floor_area"] = point(Fraction(area) / count)
        yield _counted(element, count)


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
    place(element, list(members), [])
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
