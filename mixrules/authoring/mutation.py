"""Which small changes of a rulebook its worked examples notice, and which they let through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mixrules.authoring.equivalence import equivalent_books
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.rehearsal import Rehearsal
from mixrules.authoring.rule_mutants import of_rules
from mixrules.authoring.shared_mutants import of_definitions, of_parameters
from mixrules.message import Lang
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.prose import Speaker


@dataclass(frozen=True)
class Campaign:
    """What became of the mutants of one rulebook; `untried` is what the time did not allow."""

    book: Rulebook
    noticed: int
    survivors: tuple[Mutant, ...]
    untried: int


def mutants(book: Rulebook, lang: Lang) -> Iterator[Mutant]:
    """Every mutant of a rulebook, in an order that depends only on its text."""
    speaker = Speaker(lang, book.labels, book.inputs)
    yield from of_rules(book, speaker)
    yield from of_definitions(book, speaker)
    yield from of_parameters(book, speaker)


def campaign(
    book: Rulebook, lang: Lang, deadline: float | None = None, clock: Callable[[], float] = time.monotonic
) -> Campaign:
    """Run the examples on every mutant until a moment of the clock; a mutant stops at its first failure."""
    rehearsal = Rehearsal(book)
    noticed = untried = 0
    survivors: list[Mutant] = []
    for mutant in mutants(book, lang):
        if deadline is not None and clock() >= deadline:
            untried += 1
        elif rehearsal.notices(mutant.book, mutant.touched) is not None:
            noticed += 1
        elif not equivalent_books(book, mutant.book):
            survivors.append(mutant)
    return Campaign(book, noticed, tuple(survivors), untried)
