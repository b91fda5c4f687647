"""A file as it was read, before the model has checked it: plain values, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mixrules.message import Lang, Place, Problem


@dataclass(slots=True)
class Draft:
    """Plain data, the place of each value by JSON pointer, and what was found wrong so far."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    lang: Lang | None = None
    """The language of a workbook in the layout of the template."""

    def refuse(self, code: str, where: Place | None = None, **args: object) -> None:
        """Record an error and go on, so that everything wrong is told at once."""
        self.problems.append(Problem.of(code, where or Place(file=self.file), "", **args))

    def note(self, code: str, where: Place | None = None, **args: object) -> None:
        """Record a warning that does not refuse the file."""
        self.notes.append(Problem.of(code, where or Place(file=self.file), "", **args))


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def place_of(places: Mapping[str, Place], wanted: str, file: str) -> Place:
    """The place of a value, or of the nearest thing around it."""
    around = wanted
    while around and around not in places:
        around = around.rpartition("/")[0]
    place = places.get(around, Place(file=file))
    if place.sheet or place.line:
        return place
    return replace(place, pointer=place.pointer + wanted[len(around) :])
