"""Counting dwellings by what they are: by tenure, by public, in a list of lines or in a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from mixrules.programme.element import Element
from mixrules.programme.model import Dwelling, Existing, Submission

UNKNOWN = "?"
"""Dwellings whose group the file does not say."""


def group(value: Any) -> str:
    """The one member that a category surely is, or `UNKNOWN`."""
    return next(iter(value)) if isinstance(value, frozenset) and len(value) == 1 else UNKNOWN


def tally(lines: Iterable[Dwelling | Existing], field: str) -> Counter[str]:
    """How many dwellings of each group lines stand for."""
    found: Counter[str] = Counter()
    for line in lines:
        found[group(getattr(line, field))] += int(line.count)
    return found


def settled(element: Element) -> list[Dwelling]:
    """The lines that surely stand in an element."""
    records = (m.element.record for m in element.collection("dwellings") if m.least == m.most)
    return [record for record in records if isinstance(record, Dwelling)]


def total(lines: Iterable[Dwelling | Existing]) -> int:
    """How many dwellings lines stand for."""
    return sum(int(line.count) for line in lines)


def dwellings(submission: Submission) -> list[Dwelling]:
    """Every line of dwellings of every programme."""
    return [line for programme in submission.programmes for line in programme.dwellings or []]
