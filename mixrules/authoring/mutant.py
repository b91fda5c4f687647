"""A rulebook with one thing changed, and the change in words."""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.rulebook.model import Change, Rulebook


@dataclass(frozen=True)
class Mutant:
    """One change: in which rule, definition or parameter, of which kind, where, what the text said and says now."""

    subject: str
    change: Change
    where: str
    line: int
    before: str
    after: str
    book: Rulebook
    touched: frozenset[str]
