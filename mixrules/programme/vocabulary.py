"""The names that a rule may use for what is submitted, read from the model itself.

The law names things once: `commune.carence`, `site.buildable_volume`, and, inside a measure over dwellings,
`tenure` or `floor_area`. A rulebook may declare further inputs; they live in the file's `facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_type_hints

from pydantic import BaseModel

from mixrules.programme import model
from mixrules.programme.field import Holds, Label

Kind = Literal["number", "yes_no", "category", "text", "date"]

SCOPES = ("commune", "district", "programme", "block", "building", "stairwell", "landing", "dwelling")
"""From the widest to the narrowest: each scope lies inside the one before."""

ITEMS = ("dwelling", "premise", "existing", "shared_place")
"""Things that are listed inside a scope."""

OF_DISTRICT = ("existing", "shared_place")
"""Things that a file lists of its district; each programme of the district has them around it."""

COLLECTIONS: dict[str, str] = {
    "dwellings": "dwelling",
    "landings": "landing",
    "stairwells": "stairwell",
    "storeys": "storey",
    "buildings": "building",
    "blocks": "block",
    "programmes": "programme",
    "premises": "premise",
    "existing": "existing",
    "shared_places": "shared_place",
}
"""A collection by its plural, and the scope or item of its members."""


DEPTH = {scope: 2 * level for level, scope in enumerate(SCOPES)}
DEPTH["storey"] = DEPTH["building"] + 1
"""How deep each scope lies; a storey lies in a building, beside its stairwells and landings."""


def lies_inside(inner: str, outer: str) -> bool:
    """Whether a scope lies inside another; a storey holds dwellings, and no landing is known to be whole in it."""
    if outer == "storey":
        return inner == "dwelling"
    return DEPTH[inner] > DEPTH[outer]


@dataclass(frozen=True, slots=True)
class FieldName:
    """A name of the vocabulary: whose field it is, what kind of value it holds, in which unit."""

    path: str
    owner: str
    kind: Kind
    label: Label
    unit: str = ""
    category: str = ""


_PREFIXED: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("commune.", "commune", model.Commune),
    ("district.", "district", model.District),
    ("dates.", "commune", model.Dates),
    ("programme.", "programme", model.Programme),
    ("site.", "programme", model.Site),
    ("land.", "programme", model.Land),
    ("sector.", "programme", model.Sector),
    ("parking.", "programme", model.Parking),
)
_ITEMS: dict[str, type[BaseModel]] = {
    "dwelling": model.Dwelling,
    "premise": model.Premise,
    "existing": model.Existing,
    "shared_place": model.SharedPlace,
}


@cache
def fields() -> dict[str, FieldName]:
    """Every dotted name that can be used at any scope, by its path."""
    found: dict[str, FieldName] = {}
    for prefix, owner, record in _PREFIXED:
        for name, declared in _declared(record, owner).items():
            found[prefix + name] = FieldName(
                prefix + name, owner, declared.kind, declared.label, declared.unit, declared.category
            )
    phase = _declared(model.Submission, "commune")["phase"]
    found["phase"] = phase
    return found


@cache
def item_fields(item: str) -> dict[str, FieldName]:
    """The bare names that can be used of a member of a collection."""
    if item in _ITEMS:
        return {n: f for n, f in _declared(_ITEMS[item], item).items() if n != "count"}
    return {}


def _declared(record: type[BaseModel], owner: str) -> dict[str, FieldName]:
    found: dict[str, FieldName] = {}
    for name, hint in get_type_hints(record, include_extras=True).items():
        notes = getattr(hint, "__metadata__", ())
        label = next((note for note in notes if isinstance(note, Label)), None)
        holds = next((note for note in notes if isinstance(note, Holds)), None)
        if label is not None and holds is not None:
            found[name] = FieldName(name, owner, holds.kind, label, label.unit, holds.category)
    return found
