"""« Sans objet »: a value known not to exist, as distinct from zero and from unknown."""

from __future__ import annotations

from enum import Enum


class Absent(Enum):
    """The type of the one absent value."""

    ABSENT = "none"


ABSENT = Absent.ABSENT
