"""Totals that contradict their parts: reported, and never resolved by a guess.

Where a document states one number and the lines add up to another, both stay possible: what depends on the
difference becomes unknown, and the contradiction is printed with the two values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from mixrules.programme.category import TENURE
from mixrules.programme.model import Declared, Programme
from mixrules.quantity import Exact, Interval


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two values for one thing: what it is (a field path), each value, and where each comes from."""

    programme: str
    what: str
    values: tuple[tuple[Exact, str], ...]
    unit: str
    tenure: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reconciled:
    """What may still be said of a programme once its contradictions are taken into account."""

    contradictions: list[Contradiction] = field(default_factory=list)
    values: dict[str, Interval] = field(default_factory=dict)
    surplus: int = 0
    deficit: int = 0
    tenures: list[tuple[frozenset[str], bool]] = field(default_factory=list)

    def tenure(self, given: frozenset[str] | None) -> frozenset[str]:
        """The tenures that a line may still have."""
        tenure = given or TENURE.everything
        for members, too_few in self.tenures:
            if too_few or tenure & members:
                return TENURE.everything
        return tenure


def reconcile(programme: Programme, name: str) -> Reconciled:
    """Compare every stated total of a programme with its parts."""
    result = Reconciled()
    for declared in programme.declared:
        _dwellings(programme, declared, name, result)
    _areas(programme, name, result)
    return result


def _dwellings(programme: Programme, declared: Declared, name: str, result: Reconciled) -> None:
    if not isinstance(declared.count, int) or programme.dwellings is None:
        return
    source = declared.source or "declared"
    if declared.tenure is None:
        total = sum(line.count for line in programme.dwellings)
        if total == declared.count:
            return
        result.surplus = max(result.surplus, total - declared.count)
        result.deficit = max(result.deficit, declared.count - total)
        values = ((declared.count, source), (total, "sum"))
        result.contradictions.append(Contradiction(name, "dwellings", values, "dwelling"))
        return
    sure = possible = 0
    for line in programme.dwellings:
        tenure = line.tenure or TENURE.everything
        sure += line.count if tenure <= declared.tenure else 0
        possible += line.count if tenure & declared.tenure else 0
    if sure <= declared.count <= possible:
        return
    nearest = sure if declared.count < sure else possible
    values = ((declared.count, source), (nearest, "sum"))
    result.contradictions.append(Contradiction(name, "tenure", values, "dwelling", declared.tenure))
    result.tenures.append((declared.tenure, declared.count > possible))


def _areas(programme: Programme, name: str, result: Reconciled) -> None:
    total, housing = programme.floor_area, programme.housing_floor_area
    stated = [d for d in programme.declared if isinstance(d.floor_area, int | Fraction) and d.tenure is None]
    for declared in stated:
        if isinstance(total, int | Fraction) and declared.floor_area != total:
            _clash(result, name, "programme.floor_area", total, declared.floor_area, declared.source)
    if not isinstance(total, int | Fraction):
        _differing(stated, name, result)
    lines = sum(_line_areas(programme), start=Fraction(0))
    if isinstance(housing, int | Fraction) and lines > housing:
        _clash(result, name, "programme.housing_floor_area", housing, lines, "sum")
    parts = Fraction(housing) if isinstance(housing, int | Fraction) else lines
    parts += sum(
        (p.floor_area for p in programme.premises or [] if isinstance(p.floor_area, int | Fraction)),
        start=Fraction(0),
    )
    if not isinstance(total, int | Fraction):
        for declared in stated:
            if parts > declared.floor_area:
                _clash(
                    result, name, "programme.floor_area", declared.floor_area, parts, "sum", declared.source
                )
    elif parts > total:
        _clash(result, name, "programme.floor_area", total, parts, "sum")
        if isinstance(housing, int | Fraction) and housing > total:
            known = result.values.get("programme.housing_floor_area", Interval(housing, housing))
            result.values["programme.housing_floor_area"] = known.hull(Interval(total, total))


def _differing(stated: list[Declared], name: str, result: Reconciled) -> None:
    """Documents that state different totals, where the programme itself states none."""
    for one, other in pairwise(stated):
        if one.floor_area != other.floor_area:
            sides = [(d.floor_area, d.source or "declared") for d in (one, other)]
            result.contradictions.append(Contradiction(name, "programme.floor_area", tuple(sides), "m²"))


def _line_areas(programme: Programme) -> Iterator[Fraction]:
    for line in programme.dwellings or []:
        if isinstance(line.floor_area, int | Fraction):
            yield Fraction(line.floor_area) * line.count


def _clash(
    result: Reconciled,
    name: str,
    what: str,
    stated: Exact,
    other: Exact,
    source: str | None,
    origin: str | None = None,
) -> None:
    low, high = min(stated, other), max(stated, other)
    known = result.values.get(what)
    result.values[what] = Interval(low, high) if known is None else known.hull(Interval(low, high))
    values = ((stated, origin or "declared"), (other, source or "declared"))
    result.contradictions.append(Contradiction(name, what, values, "m²"))
