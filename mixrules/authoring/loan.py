"""What a rulebook lends: definitions and parameters that others use, with their examples to try them."""

from __future__ import annotations

from contextlib import suppress

from mixrules.message import InvalidInputError
from mixrules.record import Record
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook


class Loan(Record):
    """A rulebook that uses another, and the names that it takes from it."""

    user: Rulebook
    names: frozenset[str]


def loans(library: Library, book: Rulebook) -> list[Loan]:
    """The rulebooks that use what one writes, in the order of their identifiers."""
    found = []
    for name in sorted(library.dependents(book.id)) if book.writes else ():
        # A broken rulebook that nobody asked for does not stop this one.
        with suppress(InvalidInputError):
            user = library.get(name)
            names = frozenset(one for one in book.writes if _writer(library, user, one) == book.id)
            found.append(Loan(user, names))
    return found


def _writer(library: Library, book: Rulebook, name: str) -> str | None:
    """The rulebook whose definition or parameter a name means in another: its own, or that of the last used."""
    if name in book.writes:
        return book.id
    writers = (_writer(library, library.get(used), name) for used in reversed(book.uses))
    return next((writer for writer in writers if writer is not None), None)
