"""Put the rows of a table where they belong in the submission, each with the places of its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mixrules.message import Place
from mixrules.programme.draft import Draft, pointer
from mixrules.programme.layout import Table
from mixrules.programme.naming import find_programme
from mixrules.programme.reader.table import Row


@dataclass(frozen=True, slots=True)
class Programmes:
    """The programmes of a file, as rows may name them: by identifier, name, column title or number."""

    records: list[dict[str, Any]]
    titles: list[str]

    def find(self, name: str, place: Place, draft: Draft) -> int | None:
        """Which programme a row belongs to; a row that names none belongs to the only one."""
        index = find_programme(name, self._names("id"), self._names("name"), self.titles)
        if index is not None:
            return index
        known = ", ".join(
            str(r.get("id") or r.get("name") or t) for r, t in zip(self.records, self.titles, strict=True)
        )
        draft.refuse("programme_unknown" if name else "programme_needed", place, found=name, expected=known)
        return None

    def _names(self, field: str) -> list[str]:
        return [str(record.get(field, "")) for record in self.records]


def assemble(rows: list[Row], table: Table, programmes: Programmes, draft: Draft) -> None:
    """Put the records of a table in the draft. No row at all says nothing; « néant » says there is none."""
    for row in rows:
        at: tuple[str | int, ...] = ("district",)
        if table.per_programme:
            index = programmes.find(row.programme, row.programme_place or row.place, draft)
            if index is None:
                continue
            at = ("programmes", index)
        _append(row, (*at, table.field), draft)


def _append(row: Row, at: tuple[str | int, ...], draft: Draft) -> None:
    holder: Any = draft.data
    for part in at[:-1]:
        holder = holder[part] if isinstance(part, int) else holder.setdefault(part, {})
    held = holder.setdefault(at[-1], [])
    draft.places.setdefault(pointer(*at), row.place)
    if row.nothing:
        return
    here = pointer(*at, len(held))
    draft.places[here] = row.place
    draft.places |= {here + relative: place for relative, place in row.places.items()}
    held.append(row.record)


def attach(data: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    """Set a value at a dotted path, making the objects on the way.

    Raises:
        TypeError: something on the way is a value, not an object.
    """
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part] if isinstance(part, int) else holder.setdefault(part, {})
        if not isinstance(holder, dict | list):
            raise TypeError(part)
    if isinstance(holder.get(path[-1]), dict):
        raise TypeError(path[-1])
    holder[path[-1]] = value
