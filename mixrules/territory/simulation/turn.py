"""Which rulebooks a simulation decides, and once each: what a scenario leaves as it is is not decided again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mixrules.rulebook.model import Rulebook
from mixrules.territory.choice import Choice, serving
from mixrules.territory.profile import Profile
from mixrules.territory.simulation.law import Law, Rules

Composition = dict[str, int]
"""Of each rulebook, the turn in which it was decided."""


@dataclass(frozen=True)
class Turn:
    """The rulebooks that a scenario decides anew."""

    number: int
    law: Law
    books: tuple[Rulebook, ...]

    @property
    def choice(self) -> Choice:
        """Which files each of them decides."""
        rules = self.law.rules
        return Choice(self.books, rules.library, rules.asked)


def turns(rules: Sequence[Rules], profile: Profile) -> tuple[list[Turn], list[Composition]]:
    """The turns that some rules need over a corpus, and of each of the rules which turn decided its rulebooks."""
    known: dict[tuple[object, ...], int] = {}
    found: list[Turn] = []
    composed: list[Composition] = []
    for one in rules:
        law = Law(one)
        names = serving(one.library, one.asked or one.library.ids, profile)
        keys = {book.id: _key(law, book) for book in map(law.book, names) if book.rules}
        new = tuple(law.book(name) for name, key in keys.items() if key not in known)
        if new:
            known |= {keys[book.id]: len(found) for book in new}
            found.append(Turn(len(found), law, new))
        composed.append({name: known[key] for name, key in keys.items()})
    return found, composed


def _key(law: Law, book: Rulebook) -> tuple[object, ...]:
    """What makes two rulebooks decide alike: what they say, where they apply, and the tables beside them."""
    library = law.rules.library
    return (
        book.id,
        book.digest,
        tuple(library.territory(book.id)),
        tuple(library.opened_by(book.id)),
        law.tables,
    )
