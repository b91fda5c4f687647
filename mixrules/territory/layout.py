"""The layout of a corpus: one row a programme, its columns called as rules call its fields.

`file` says which file the programme belongs to, `position` which of its programmes it is; files with several
programmes take several rows, one after the other. Then come the fields by their path (`commune.carence`,
`site.land_area`, `programme.floor_area`, `dates.filing`, `phase`), and the lists: `dwellings`, `premises`,
`declared`, `district.existing`, `district.shared_places`.

A null is a value nobody gave; a null list is a stock nobody described, an empty list is none at all. Numbers are
integers or decimals, never binary floats; `absent` lists the fields that are « sans objet », and `unlimited`
those without limit. Categories are text (`PLUS`, or `PLAI|PLUS` where it is one of both). Claims, elections,
facts and evidence are maps whose values are JSON scalars, or plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

import pyarrow as pa
from pydantic import BaseModel

from mixrules.programme import model
from mixrules.programme.field import Holds, Label

PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("dates.", model.Dates),
    ("commune.", model.Commune),
    ("district.", model.District),
    ("programme.", model.Programme),
    ("site.", model.Site),
    ("land.", model.Land),
    ("sector.", model.Sector),
    ("parking.", model.Parking),
)
"""The records of a file that hold one value a field, and what their columns begin with."""
LISTS: dict[str, type[BaseModel]] = {
    "dwellings": model.Dwelling,
    "premises": model.Premise,
    "declared": model.Declared,
    "district.existing": model.Existing,
    "district.shared_places": model.SharedPlace,
}
MAPS = ("facts", "claims", "elections", "evidence", "district.facts")
ABSENT, UNLIMITED = "absent", "unlimited"

AREA, RATE, WHOLE = pa.decimal128(18, 2), pa.decimal128(12, 9), pa.int64()
_OF_UNIT = {"%": RATE, "place/dwelling": RATE, "dwelling": WHOLE, "place": WHOLE, "bed": WHOLE, "room": WHOLE}
TEXTS = pa.map_(pa.string(), pa.string())


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record as a column: its name, what it holds, its Arrow type."""

    name: str
    kind: str
    category: str
    type: pa.DataType

    @property
    def places(self) -> int:
        """How many decimals the column holds."""
        return self.type.scale if pa.types.is_decimal(self.type) else 0


@cache
def columns(record: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a record, in the order of the model."""
    found = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        notes = getattr(hint, "__metadata__", ())
        holds = next((note for note in notes if isinstance(note, Holds)), None)
        label = next((note for note in notes if isinstance(note, Label)), None)
        if holds is not None and label is not None:
            found.append(Column(name, holds.kind, holds.category, _type(holds.kind, label.unit)))
    return tuple(found)


def _type(kind: str, unit: str) -> pa.DataType:
    """Areas, volumes, lengths and money to the hundredth; rates to the billionth; the rest is counted."""
    if kind == "number":
        return _OF_UNIT.get(unit, AREA)
    return {"yes_no": pa.bool_(), "date": pa.date32()}.get(kind, pa.string())


DATES = tuple(f"dates.{column.name}" for column in columns(model.Dates))
"""The days that a file gives, from which that of its law is read."""


@cache
def schema() -> pa.Schema:
    """The Arrow schema of a corpus."""
    fields = [pa.field("file", pa.string(), nullable=False), pa.field("position", pa.int32(), nullable=False)]
    fields += [pa.field(name, pa.string()) for name in ("mixrules", "id", "phase")]
    fields += [pa.field(prefix + c.name, c.type) for prefix, record in PARTS for c in columns(record)]
    fields += [pa.field(name, TEXTS) for name in MAPS]
    fields += [pa.field(name, pa.list_(_struct(record))) for name, record in LISTS.items()]
    fields += [pa.field(name, pa.list_(pa.string())) for name in (ABSENT, UNLIMITED)]
    return pa.schema(fields)


def _struct(record: type[BaseModel]) -> pa.DataType:
    fields = [pa.field(c.name, c.type) for c in columns(record)]
    if "facts" in record.model_fields:
        fields.append(pa.field("facts", TEXTS))
    fields += [pa.field(name, pa.list_(pa.string())) for name in (ABSENT, UNLIMITED)]
    return pa.struct(fields)
