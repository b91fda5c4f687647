"""The linter of rulebooks: what loads, but is not right yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mixrules.authoring import proof, quotes
from mixrules.authoring.article import Shelf
from mixrules.authoring.checks import (
    conflicts,
    dates,
    examples,
    exceptions,
    reach,
    references,
    rounding,
    sourcing,
    tables,
    unused,
)
from mixrules.authoring.clock import Clock
from mixrules.authoring.manuscript import Desk, Manuscript
from mixrules.authoring.remark import LEVELS, Remark
from mixrules.message import InvalidInputError, Problem
from mixrules.rulebook.library import Library
from mixrules.rulebook.reference.shelf import ReferenceShelf

if TYPE_CHECKING:
    from mixrules.authoring.proof.prover import Prover


SECONDS = 40.0
"""Time given to the search for conflicting obligations, all rulebooks together."""


class Linter:
    """Checks the rulebooks of a library against each other and against the official texts beside them."""

    def __init__(self, library: Library) -> None:
        self.desk = Desk(library)
        self.shelf = Shelf(library.folders)
        self.proves = proof.available()
        self.clock = Clock(SECONDS)
        self.reference_shelf = ReferenceShelf(library.folders)

    def texts(self) -> list[Remark]:
        """What is wrong with the official texts themselves."""
        return [Remark("error", problem) for problem in self.shelf.problems()]

    def unproved(self) -> list[Remark]:
        """What was not looked for, because no solver is installed."""
        return [] if self.proves else [Remark("note", Problem.of("proof_missing"))]

    def references(self, *, shipped: bool) -> list[Remark]:
        """What is wrong with the reference tables; the silences of the shipped ones only when asked for."""
        return list(references.check(self.reference_shelf, shipped=shipped))

    def rulebook(self, name: str) -> list[Remark]:
        """What is wrong with a rulebook, in the order of its lines.

        Raises:
            InvalidInputError: it is broken, or does not exist.
        """
        manuscript = self.desk.open(name)
        prover = self._prover([manuscript])
        found = [
            *sourcing.check(manuscript, self.shelf),
            *quotes.prove(manuscript, self.shelf),
            *dates.check(manuscript),
            *tables.check(manuscript),
            *exceptions.check(manuscript, prover),
            *reach.check(manuscript, prover),
            *(conflicts.check([manuscript], prover) if prover is not None else ()),
            *rounding.check(manuscript),
            *unused.check(manuscript, self._dependents(manuscript)),
            *examples.check(manuscript),
        ]
        return sorted(found, key=lambda r: (r.problem.where.line, LEVELS.index(r.level)))

    def together(self, names: Sequence[str]) -> list[Remark]:
        """Obligations of several rulebooks, applied to one file, that cannot all hold under the latest law."""
        found: list[Remark] = []
        for group in self._groups(names):
            prover = self._prover(group)
            if prover is not None:
                told = conflicts.check(group, prover, across=frozenset(names))
                found += [remark for remark in told if remark not in found]
        return found

    def _groups(self, names: Sequence[str]) -> Iterator[list[Manuscript]]:
        """The rulebooks that one file may meet: those that serve everywhere, with those of one territory."""
        opened: list[Manuscript] = []
        for name in self.desk.library.ids:
            with suppress(InvalidInputError):
                # A broken rulebook is told by itself.
                opened.append(self.desk.open(name))
        everywhere = [m for m in opened if not m.book.territory and conflicts.asks(m)]
        local = [m for m in opened if m.book.territory and m.book.id in names and conflicts.asks(m)]
        places = dict.fromkeys(m.book.territory for m in local)
        if any(m.book.id in names for m in everywhere):
            yield everywhere
        for place in places:
            yield [*everywhere, *(m for m in local if m.book.territory == place)]

    def _prover(self, manuscripts: Sequence[Manuscript]) -> Prover | None:
        if not self.proves:
            return None
        from mixrules.authoring.proof.prover import Prover

        return Prover([manuscript.book for manuscript in manuscripts], self.clock)

    def _dependents(self, manuscript: Manuscript) -> Iterator[Manuscript]:
        """The rulebooks that use one, directly or through others; a broken one reads nothing."""
        for name in self.desk.library.dependents(manuscript.book.id):
            try:
                yield self.desk.open(name)
            except InvalidInputError:
                continue
