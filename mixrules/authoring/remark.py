"""What the linter says of a rulebook: a problem and how much it weighs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mixrules.message import Problem
from mixrules.record import Record

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""From the heaviest: an error fails the lint, a warning is to be looked at, a note is good to know."""


class Remark(Record):
    """A problem and its level."""

    level: Level
    problem: Problem


def failed(remarks: Iterable[Remark]) -> bool:
    """Whether one of them is an error."""
    return any(remark.level == "error" for remark in remarks)
