"""Time that may be spent on a search: counted only while it is being spent."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass
class Clock:
    """Seconds left; a search starts, asks whether it is late, and stops."""

    left: float
    most: float = 15.0
    """Seconds that one search may take."""

    def start(self) -> None:
        """A search begins."""
        self._began = time.monotonic()

    def late(self) -> bool:
        """Whether the search has used its time."""
        return time.monotonic() - self._began > min(self.left, self.most)

    def stop(self) -> None:
        """The search ends: what it took is no longer there."""
        self.left = max(0.0, self.left - (time.monotonic() - self._began))
