"""The mood of a status: its colour on paper, and the mark that says the same without colour."""

from __future__ import annotations

GOOD, BAD = {"compliant", "met", "granted", "within"}, {"non-compliant", "unmet", "refused", "exceeds"}
MARKS = {"good": "✓", "bad": "✗", "open": "?", "plain": "–"}


def mood(status: str) -> str:
    """Whether a status is good, bad, open or neither."""
    if status in GOOD:
        return "good"
    return "bad" if status in BAD else "open" if status == "undetermined" else "plain"
