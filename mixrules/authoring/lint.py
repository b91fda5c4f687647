"""The linter of rulebooks: what loads, but is not right yet."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.authoring import quotes
from mixrules.authoring.article import Shelf
from mixrules.authoring.checks import dates, examples, exceptions, reach, rounding, sourcing, tables, unused
from mixrules.authoring.manuscript import Desk, Manuscript
from mixrules.authoring.remark import LEVELS, Remark
from mixrules.message import InvalidInputError
from mixrules.rulebook.library import Library


class Linter:
    """Checks the rulebooks of a library against each other and against the official texts beside them."""

    def __init__(self, library: Library) -> None:
        self.desk = Desk(library)
        self.shelf = Shelf(library.folders)

    def texts(self) -> list[Remark]:
        """What is wrong with the official texts themselves."""
        return [Remark("error", problem) for problem in self.shelf.problems()]

    def rulebook(self, name: str) -> list[Remark]:
        """What is wrong with a rulebook, in the order of its lines.

        Raises:
            InvalidInputError: it is broken, or does not exist.
        """
        manuscript = self.desk.open(name)
        found = [
            *sourcing.check(manuscript, self.shelf),
            *quotes.prove(manuscript, self.shelf),
            *dates.check(manuscript),
            *tables.check(manuscript),
            *exceptions.check(manuscript),
            *reach.check(manuscript),
            *rounding.check(manuscript),
            *unused.check(manuscript, self._dependents(manuscript)),
            *examples.check(manuscript),
        ]
        return sorted(found, key=lambda r: (r.problem.where.line, LEVELS.index(r.level)))

    def _dependents(self, manuscript: Manuscript) -> Iterator[Manuscript]:
        """The rulebooks that use one, directly or through others; a broken one reads nothing."""
        for name in self.desk.dependents(manuscript.book.id):
            try:
                yield self.desk.open(name)
            except InvalidInputError:
                continue
