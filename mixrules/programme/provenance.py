"""Where each value of a programme was first read, kept in its JSON: `provenance` mirrors the programme.

A leaf is a cell (`Lots!F12`) or, for a CSV, a line and column (`12:3`); the key `""` is the place of the record
itself. Blank cells have theirs too: a decision that lacks a value can name the cell where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mixrules.message import Place
from mixrules.programme.draft import pointer

KEY = "provenance"
FILE = "file"
SELF = ""
_LINE = re.compile(r"(\d{1,9}):(\d{1,9})")


def written(file: str, places: Mapping[str, Place]) -> dict[str, Any]:
    """The provenance of a submission, as JSON."""
    tree: dict[str, Any] = {}
    for here, place in places.items():
        text = _text(place)
        if text:
            _hang(tree, here.split("/")[1:], text)
    return {FILE: file, "values": tree}


def _text(place: Place) -> str:
    if place.sheet:
        return f"{place.sheet}!{place.cell}"
    return f"{place.line}:{place.column}" if place.line else ""


def _hang(tree: dict[str, Any], keys: list[str], text: str) -> None:
    for key in keys[:-1]:
        below = tree.setdefault(key, {})
        if not isinstance(below, dict):
            below = tree[key] = {SELF: below}
        tree = below
    last = keys[-1]
    if isinstance(tree.get(last), dict):
        tree[last][SELF] = text
    else:
        tree[last] = text


def read_places(provenance: Any) -> dict[str, Place]:
    """The places that a JSON programme remembers; what is not a place is left."""
    if not isinstance(provenance, dict) or not isinstance(provenance.get(FILE), str):
        return {}
    found: dict[str, Place] = {}
    _walk(provenance.get("values"), "", provenance[FILE], found)
    return found


def _walk(node: Any, here: str, file: str, found: dict[str, Place]) -> None:
    if isinstance(node, dict):
        for key, below in node.items():
            # Keys are the pointer's own parts: they were written escaped.
            _walk(below, here if key == SELF else f"{here}/{key}", file, found)
    elif isinstance(node, str):
        place = _place(node, file)
        if place is not None:
            found[here or pointer()] = place


def _place(text: str, file: str) -> Place | None:
    match = _LINE.fullmatch(text)
    if match:
        return Place(file=file, line=int(match[1]), column=int(match[2]))
    sheet, mark, cell = text.rpartition("!")
    return Place(file=file, sheet=sheet, cell=cell) if mark else None
