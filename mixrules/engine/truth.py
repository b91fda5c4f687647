"""Yes, no or not known: how truths of one element make the truth of a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mixrules.engine.network import Truth
from mixrules.quantity import ABSENT


def joined(truths: Iterable[Truth], decisive: bool) -> Truth:
    """« Or » of truths where yes decides, « and » where no does; what follows the deciding one is not read."""
    unknown = False
    for truth in truths:
        if truth is decisive:
            return decisive
        unknown = unknown or truth is None
    return None if unknown else not decisive


def of(value: Any) -> Truth:
    """A yes/no value that a table does not hold is neither yes nor no."""
    return None if value is ABSENT else value
