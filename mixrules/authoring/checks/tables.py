"""Tables without holes: bands that touch each other, a row for each member of a list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from mixrules.authoring.manuscript import Manuscript
from mixrules.authoring.remark import Remark
from mixrules.record import Record
from mixrules.rulebook.model import Bounds, Parameter, Row, Version
from mixrules.rulebook.yaml_source import Path

SHOWN = 8
"""How many missing members a note names."""


class Fault(Record):
    """A band that does not follow the one before it: its place in the list, and what is wrong."""

    index: int
    what: Literal["gap", "overlap", "reversed"]
    bound: str


CODES = {"gap": "band_gap", "overlap": "band_overlap", "reversed": "band_reversed"}
"""The messages about the bands of a table, by fault."""


def check(manuscript: Manuscript) -> Iterator[Remark]:
    """Gaps, overlaps and reversed bounds of bands; members of a list without a row."""
    for name in manuscript.draft.part.parameters:
        parameter = manuscript.draft.parameters[name]
        for version, path in manuscript.parameter_versions(name):
            if parameter.match == "band":
                for fault in faults(version.rows):
                    where = (*path, fault.index)
                    yield manuscript.remark("error", CODES[fault.what], where, what=name, found=fault.bound)
            else:
                yield from _members(manuscript, parameter, version, path)


def faults(rows: tuple[Row, ...]) -> list[Fault]:
    """What keeps the bands of a table from following each other."""
    bands = [(index, key) for index, row in enumerate(rows) for key in row.keys if isinstance(key, Bounds)]
    found = [Fault(i, "reversed", f"{b.low} > {b.high}") for i, b in bands if _reversed(b)]
    straight = [(i, b) for i, b in bands if not _reversed(b)]
    straight.sort(key=lambda item: (item[1].low is not None, item[1].low or 0, item[1].low_open))
    for (_, one), (index, two) in pairwise(straight):
        if one.high is None or two.low is None or two.low < one.high:
            found.append(Fault(index, "overlap", f"{two.low if two.low is not None else '…'}"))
        elif two.low > one.high:
            found.append(Fault(index, "gap", f"{one.high} – {two.low}"))
        elif one.high_open and two.low_open:
            found.append(Fault(index, "gap", f"{two.low}"))
        elif not one.high_open and not two.low_open:
            found.append(Fault(index, "overlap", f"{two.low}"))
    return found


def _reversed(band: Bounds) -> bool:
    if band.low is None or band.high is None:
        return False
    return band.low > band.high or (band.low == band.high and (band.low_open or band.high_open))


def _members(manuscript: Manuscript, parameter: Parameter, version: Version, path: Path) -> Iterator[Remark]:
    names = manuscript.draft.names
    last = len(parameter.keys) - 1
    for depth, kind in enumerate(parameter.keys):
        if kind.kind != "category" or not version.rows:
            continue
        every = names.members(kind.category)
        # The last key is looked at under each of the others; those before it as a whole.
        groups: dict[tuple[object, ...], set[object]] = {}
        for row in version.rows:
            groups.setdefault(row.keys[:depth] if depth == last else (), set()).add(row.keys[depth])
        for others, held in groups.items():
            missing = sorted(every - held)
            if missing:
                shown = ", ".join(missing[:SHOWN]) + (" …" if len(missing) > SHOWN else "")
                what = f"{parameter.name}[{', '.join(map(str, others))}]" if others else parameter.name
                yield manuscript.remark(
                    "note", "table_member_missing", path, key=True, what=what, found=shown
                )
