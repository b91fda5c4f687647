"""The mix of tenures from the landing to the district: the dwellings of each part, counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mixrules.programme.category import CATEGORIES
from mixrules.programme.element import Element
from mixrules.programme.model import Submission
from mixrules.programme.scope import ScopeTree, build
from mixrules.record import Record

SCALES = ("landing", "stairwell", "building", "block", "programme")
UNSURE = "?"


class Part(Record):
    """A part of the submission and how many dwellings of each tenure surely stand in it."""

    path: str
    tenures: list[tuple[str, int]]
    total: int


def mixtures(submission: Submission) -> dict[str, list[Part]]:
    """The parts of each scale, the narrowest scale first; the district counts its existing stock."""
    tree = build(submission)
    found = {scale: _parts(tree, scale) for scale in SCALES}
    stock = [line for programme in submission.programmes for line in programme.dwellings or []]
    everything: list[Any] = [*stock, *(submission.district.existing or [])]
    found["district"] = [_part(tree.elements("district")[0].name, _tally(everything))] if everything else []
    return {scale: parts for scale, parts in found.items() if parts}


def of(mixes: dict[str, list[Part]], path: str) -> Part | None:
    """The part at a path, whatever its scale."""
    return next((part for parts in mixes.values() for part in parts if part.path == path), None)


def _parts(tree: ScopeTree, scale: str) -> list[Part]:
    parts = [_part(e.path, _settled(e)) for e in tree.elements(scale) if not e.supposed]
    return [part for part in parts if part.total]


def _settled(element: Element) -> Counter[str]:
    lines = [m.element.record for m in element.collection("dwellings") if m.least == m.most]
    return _tally(line for line in lines if line is not None)


def _tally(lines: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        known = line.tenure if isinstance(line.tenure, frozenset) and len(line.tenure) == 1 else {UNSURE}
        found[next(iter(known))] += int(line.count)
    return found


def _part(path: str, tally: Counter[str]) -> Part:
    order = [*CATEGORIES["tenure"].members, UNSURE]
    return Part(path, [(tenure, tally[tenure]) for tenure in order if tally[tenure]], tally.total())
