"""A rulebook with one thing changed, and the change in words."""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.rulebook.model import Rulebook


@dataclass(frozen=True)
class Mutant:
    """One change: where it stands, what the text said and says now, what it bears on."""

    where: str
    line: int
    before: str
    after: str
    book: Rulebook
    touched: frozenset[str]
