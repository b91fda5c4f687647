"""Which small changes of a rulebook its worked examples notice, and which they let through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mixrules.authoring.equivalence import equivalent_books
from mixrules.authoring.explanation import Explanation, explanations
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.rehearsal import Rehearsal
from mixrules.authoring.rule_mutants import of_rules
from mixrules.authoring.shared_mutants import of_definitions, of_parameters
from mixrules.message import Lang
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.prose import Speaker


@dataclass(frozen=True)
class Campaign:
    """What became of the mutants of one rulebook; `untried` is what the time did not allow.

    `survivors` are those that the rulebook does not explain.
    """

    book: Rulebook
    noticed: int
    survivors: tuple[Mutant, ...]
    untried: int
    explanations: tuple[Explanation, ...] = ()

    @property
    def explained(self) -> int:
        """How many survivors the rulebook explains."""
        return len({id(mutant) for given in self.explanations for mutant in given.survivors})

    @property
    def unsound(self) -> tuple[Explanation, ...]:
        """Explanations that name no survivor any more, or a change that an example notices."""
        wrong = (given for given in self.explanations if not given.sound)
        # What was not tried may still survive.
        return tuple(given for given in wrong if given.noticed or not self.untried)

    @property
    def passed(self) -> bool:
        """Whether every survivor is explained, and every explanation true."""
        return not self.survivors and not self.unsound


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
    rehearsal, given = Rehearsal(book), explanations(book)
    noticed = untried = 0
    survivors: list[Mutant] = []
    for told in _told(book, lang, both=bool(given)):
        mutant, meant = told[0], [one for one in given if one.names(told)]
        if deadline is not None and clock() >= deadline:
            untried += 1
        elif rehearsal.notices(mutant.book, mutant.touched) is not None:
            noticed += 1
            for one in meant:
                one.noticed += 1
        elif equivalent_books(book, mutant.book):
            continue
        elif meant:
            for one in meant:
                one.survivors.append(mutant)
        else:
            survivors.append(mutant)
    return Campaign(book, noticed, tuple(survivors), untried, tuple(given))


def _told(book: Rulebook, lang: Lang, *, both: bool) -> Iterator[tuple[Mutant, ...]]:
    """Each mutant in the language of the reader, then in the other where explanations may be written in it."""
    if not both:
        return ((mutant,) for mutant in mutants(book, lang))
    other: Lang = "en" if lang == "fr" else "fr"
    return zip(mutants(book, lang), mutants(book, other), strict=True)
