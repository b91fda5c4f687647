"""Units with what they measure: `m²` of floor area is not `m²` of living area, and neither is money.

A unit is a product of base units, each with an optional qualifier. A ratio remembers its base (a share
of dwellings is not a share of floor area): comparing or adding the two is an error when a rulebook loads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from mixrules.quantity.exact import Exact

COUNTS = frozenset(
    [
        "dwelling",
        "landing",
        "stairwell",
        "building",
        "block",
        "programme",
        "district",
        "place",
        "bed",
        "room",
        "point",
        "person",
        "storey",
        "existing_dwelling",
        "shared_place",
        "premise",
        "household",
        "module",
        "value",
        "option",
        "bicycle",
    ]
)
"""Things that are counted. A bare number may be compared with any of them."""

_BASES = {"m", "€", "day", "month", "year", "h", "kWh"} | COUNTS
_POWERS_OF_METRE = {"m²": 2, "m2": 2, "m³": 3, "m3": 3, "ha": 2}
_ALIASES: dict[str, tuple[str, Exact]] = {
    "m²": ("m", 1),
    "m2": ("m", 1),
    "m³": ("m", 1),
    "m3": ("m", 1),
    "ha": ("m", 10_000),
    "km": ("m", 1000),
    "EUR": ("€", 1),
    "k€": ("€", 1000),
    "M€": ("€", 1_000_000),
    "h": ("h", 1),
}
for _name in COUNTS | {"day", "month", "year"}:
    _ALIASES[_name + "s"] = (_name, 1)
for _french, _english in {
    "logement": "dwelling",
    "palier": "landing",
    "cage": "stairwell",
    "bâtiment": "building",
    "îlot": "block",
    "pièce": "room",
    "lit": "bed",
    "personne": "person",
    "ménage": "household",
    "jour": "day",
    "an": "year",
    "étage": "storey",
}.items():
    _ALIASES[_french] = _ALIASES[_french + "s"] = (_english, 1)
_ALIASES["mois"] = ("month", 1)
_ALIASES["people"] = ("person", 1)

_TERM = re.compile(r"([^\W\d][^\s/*()]*|[€%‰])(?:\s+of\s+([\w.]+))?")


PERCENT = "%"


class UnitError(ValueError):
    """Two units that cannot be added or compared, or a unit nobody knows."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of base units: `powers` holds (base, qualifier, exponent); a ratio may hold a base.

    The base of a ratio is what it is a share of; `PERCENT` when it is written with « % » and does not say.
    """

    powers: tuple[tuple[str, str, int], ...] = ()
    base: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether the unit is dimensionless."""
        return not self.powers

    @property
    def is_count(self) -> bool:
        """Whether the unit counts things, or nothing at all (a bare number)."""
        return all(base in COUNTS for base, _, _ in self.powers)

    def __mul__(self, other: Unit) -> Unit:
        return _combine(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, -1)

    def __str__(self) -> str:
        if not self.powers:
            return "ratio"
        above = [_term(b, e) for b, q, e in self.powers if e > 0]
        below = [_term(b, -e) for b, q, e in self.powers if e < 0]
        return "·".join(above or ["1"]) + "".join(f"/{term}" for term in below)

    @property
    def described(self) -> str:
        """The unit with what it measures, for error messages."""
        if self.base == PERCENT:
            return PERCENT
        qualifiers = [q for _, q, _ in self.powers if q] or ([self.base] if self.base else [])
        return str(self) + (f" of {', '.join(qualifiers)}" if qualifiers else "")

    def unify(self, other: Unit) -> Unit:
        """The unit of a sum or comparison of both.

        Raises:
            UnitError: they measure different things.
        """
        if self == other:
            return self
        if self.is_ratio and other.is_ratio:
            bases = {self.base, other.base} - {"", PERCENT}
            if len(bases) > 1:
                raise UnitError(f"{self.described} ≠ {other.described}")
            return self if self.base in bases or not other.base else other
        if self.is_ratio and other.is_count and not self.base:
            return other
        if other.is_ratio and self.is_count and not other.base:
            return self
        if [(b, e) for b, _, e in self.powers] != [(b, e) for b, _, e in other.powers]:
            raise UnitError(f"{self.described} ≠ {other.described}")
        merged = []
        for (b, mine, e), (_, theirs, _) in zip(self.powers, other.powers, strict=True):
            if mine and theirs and mine != theirs:
                raise UnitError(f"{self.described} ≠ {other.described}")
            merged.append((b, mine or theirs, e))
        return Unit(tuple(merged))


RATIO = Unit()


def _term(base: str, exponent: int) -> str:
    if base == "m" and exponent in {2, 3}:
        return "m²" if exponent == 2 else "m³"
    return base if exponent == 1 else f"{base}^{exponent}"


def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    powers: dict[str, tuple[str, int]] = {base: (q, e) for base, q, e in left.powers}
    cancelled: list[str] = []
    for base, qualifier, exponent in right.powers:
        mine, power = powers.get(base, (qualifier, 0))
        power += sign * exponent
        if power == 0:
            cancelled.append(base if mine == qualifier and not mine else mine if mine == qualifier else "")
            powers.pop(base, None)
        else:
            powers[base] = (mine or qualifier, power)
    result = tuple(sorted((b, q, e) for b, (q, e) in powers.items()))
    base = cancelled[0] if not result and len(cancelled) == 1 and sign < 0 else ""
    return Unit(result, base)


def parse_unit(text: str) -> tuple[Unit, Exact]:
    """Read a unit as written in a rulebook (`€/m² of floor_area`, `%`, `places/dwelling`).

    Returns:
        The unit and the factor that brings a number into it (`%` is 1/100, `ha` is 10 000 m²).

    Raises:
        UnitError: a name that is no unit.
    """
    unit, factor = RATIO, Fraction(1)
    for index, part in enumerate(_split(text)):
        match = _TERM.fullmatch(part.strip())
        if not match:
            raise UnitError(text)
        name, qualifier = match[1], match[2] or ""
        scale: Exact
        if name in {"%", "‰"}:
            qualifier = _ALIASES.get(qualifier, (qualifier, 1))[0] or PERCENT
            scale, one = Fraction(1, 100 if name == "%" else 1000), Unit((), qualifier)
        elif name == "ratio":
            scale, one = 1, Unit((), qualifier)
        else:
            exponent = _POWERS_OF_METRE.get(name, 1)
            name, scale = _ALIASES.get(name, (name, 1))
            if name not in _BASES:
                raise UnitError(name)
            one = Unit(((name, qualifier, exponent),))
        if index == 0:
            unit, factor = one, Fraction(scale)
        else:
            unit, factor = unit / one, factor / scale
    return unit, factor if factor.denominator != 1 else factor.numerator


def _split(text: str) -> list[str]:
    return re.split(r"\s*/\s*", text.strip())


def unit_names() -> list[str]:
    """Every unit name that a rulebook may use."""
    return sorted(_BASES | set(_ALIASES) | {"%", "‰", "ratio"})
