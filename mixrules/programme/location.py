"""From a missing field back to the cell, line or pointer where it can be filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mixrules.message import Place
from mixrules.programme.layout import EXTRAS_SHEET, sheet_title

if TYPE_CHECKING:
    from mixrules.programme.reading import Reading

PLACES = {"block", "building", "stairwell", "landing"}
ADDED = ("facts", "claims", "elections", "evidence")
ROOTS = {"commune", "district", "dates"}


class Locator:
    """Finds where a field of an element stands in the file."""

    def __init__(self, reading: Reading | None) -> None:
        self.reading = reading
        self._pointers: dict[str, str] | None = None

    def cells(self, field: str, paths: list[str]) -> list[str]:
        """The places of a field for some elements, as the file names them."""
        return [str(place) for place in self.places(field, paths)]

    def places(self, field: str, paths: Iterable[str]) -> list[Place]:
        """The places of a field for some elements, each once."""
        if self.reading is None:
            return []
        found: dict[str, Place] = {}
        for path in paths:
            pointer = self._pointer(field, path)
            if pointer is None:
                continue
            place = self.reading.place(pointer)
            lang = self.reading.lang
            if place.sheet == "" and lang is not None and any(f"/{root}/" in pointer for root in ADDED):
                # What the layout does not list and nobody gave has no cell yet: it is a line to add.
                place = Place(sheet=sheet_title(EXTRAS_SHEET, lang), cell=field)
            if place.cell or place.sheet or place.line or place.pointer:
                found.setdefault(str(place), place)
        return list(found.values())

    def _pointer(self, field: str, path: str) -> str | None:
        root, _, rest = field.partition(".")
        if field == "phase":
            return "/phase"
        if root in ROOTS:
            return f"/{root}/{rest}" if rest else None
        base = self._elements().get(path)
        if base is None:
            return None
        if root == "programme":
            return f"{base}/{rest}"
        if field in {"dwellings", "premises", "declared"}:
            return f"{base.split('/dwellings')[0]}/{field}"
        return f"{base}/{field.replace('.', '/')}"

    def _elements(self) -> dict[str, str]:
        """The JSON pointer of each element of the scope tree."""
        if self._pointers is None:
            from mixrules.programme.scope import build

            assert self.reading is not None
            submission = self.reading.submission
            records = {id(p): f"/programmes/{i}" for i, p in enumerate(submission.programmes)}
            for i, programme in enumerate(submission.programmes):
                for name in ("dwellings", "premises"):
                    for j, record in enumerate(getattr(programme, name) or ()):
                        records[id(record)] = f"/programmes/{i}/{name}/{j}"
            tree = build(submission)
            self._pointers = {}
            for programme_element in tree.elements("programme"):
                self._pointers[programme_element.path] = records[id(programme_element.record)]
                for name in ("dwellings", "premises"):
                    for member in programme_element.members[name]:
                        pointer = records.get(id(member.element.record))
                        if pointer is not None:
                            self._pointers[member.element.path] = pointer
        return self._pointers
