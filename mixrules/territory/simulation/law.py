"""The rulebooks of a territory as they are, or under changes, and decisions under them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mixrules.engine import direct
from mixrules.engine.applicability import applying
from mixrules.engine.decide import Decider
from mixrules.engine.decision import Decision
from mixrules.engine.inference import Judge
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory.simulation.change import Change


class Rules(Record):
    """Which rulebooks decide: a library, those asked for (none: all that apply), the reference tables, changes."""

    name: str
    library: Library
    asked: tuple[str, ...]
    shelf: ReferenceShelf
    changes: tuple[Change, ...] = ()


class Law:
    """Decides files one by one under some rules. A simulation has no legal effect: the direct evaluator decides alone."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._books: dict[str, Rulebook] = {}
        self._deciders: dict[tuple[str, ...], Decider] = {}

    def applied(self, submission: Submission) -> tuple[str, ...]:
        """The identifiers of the rulebooks that decide a file: never those of another commune."""
        return tuple(applying(self.rules.library, submission, self.rules.asked))

    @property
    def tables(self) -> tuple[Path, ...]:
        """Where the reference tables are: two laws that differ in them may decide otherwise."""
        return tuple(self.rules.shelf.folders)

    def digests(self, names: Sequence[str]) -> list[str]:
        """What the rulebooks of these names hold: two laws that share them decide alike."""
        return [self.book(name).digest for name in names]

    def decide(self, submission: Submission, day: date | None, today: date) -> Decision:
        """The decision on a file.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
        """
        names = self.applied(submission)
        if names not in self._deciders:
            books = [self.book(name) for name in names]
            self._deciders[names] = Decider(books, Judge({direct.NAME: direct.solve}), self.rules.shelf)
        return self._deciders[names].decide(submission, law_date(submission, day, today))

    def book(self, name: str) -> Rulebook:
        """A rulebook under the changes."""
        if name not in self._books:
            book = self.rules.library.get(name)
            for change in self.rules.changes:
                book = change.made(book)
            self._books[name] = book
        return self._books[name]
