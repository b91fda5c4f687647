"""Time that may be spent on a search: that of the processor, so that a busy machine searches as far."""

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
        self._began = time.process_time()

    def late(self) -> bool:
        """Whether the search has used its time."""
        return time.process_time() - self._began > min(self.left, self.most)

    def stop(self) -> None:
        """The search ends: what it took is no longer there."""
        self.left = max(0.0, self.left - (time.process_time() - self._began))
