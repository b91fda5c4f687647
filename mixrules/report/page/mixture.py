"""The mix of tenures from the landing to the district: the dwellings of each part, counted."""

from __future__ import annotations

from collections import Counter

from mixrules.programme.category import CATEGORIES
from mixrules.programme.model import Dwelling, Existing, Submission
from mixrules.programme.scope import ScopeTree
from mixrules.programme.tally import UNKNOWN, dwellings, settled, tally
from mixrules.record import Record

SCALES = ("landing", "stairwell", "building", "block", "programme")


class Part(Record):
    """A part of the submission and how many dwellings of each tenure surely stand in it."""

    path: str
    tenures: list[tuple[str, int]]
    total: int


def mixtures(submission: Submission, tree: ScopeTree) -> dict[str, list[Part]]:
    """The parts of each scale, the narrowest scale first; the district counts its existing stock."""
    found = {scale: _parts(tree, scale) for scale in SCALES}
    everything: list[Dwelling | Existing] = [*dwellings(submission), *(submission.district.existing or [])]
    district = tree.elements("district")[0].name
    found["district"] = [_part(district, tally(everything, "tenure"))] if everything else []
    return {scale: parts for scale, parts in found.items() if parts}


def by_path(mixes: dict[str, list[Part]]) -> dict[str, Part]:
    """The parts by their path; where two scales share one, the narrower."""
    found: dict[str, Part] = {}
    for parts in mixes.values():
        for part in parts:
            found.setdefault(part.path, part)
    return found


def _parts(tree: ScopeTree, scale: str) -> list[Part]:
    standing = [element for element in tree.elements(scale) if not element.supposed]
    parts = [_part(element.path, tally(settled(element), "tenure")) for element in standing]
    return [part for part in parts if part.total]


def _part(path: str, counts: Counter[str]) -> Part:
    order = [*CATEGORIES["tenure"].members, UNKNOWN]
    return Part(path, [(tenure, counts[tenure]) for tenure in order if counts[tenure]], counts.total())
