"""Which small changes of a rulebook its worked examples notice, and which they let through."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mixrules.authoring.equivalence import equivalent_books
from mixrules.authoring.explanation import Explanation, explanations
from mixrules.authoring.loan import Loan
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.rehearsal import Rehearsal
from mixrules.authoring.rule_mutants import of_rules
from mixrules.authoring.shared_mutants import of_borrowed, of_definitions, of_parameters
from mixrules.message import LANGS, Lang
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
    """Every mutant of what a rulebook writes, in an order that depends only on its text."""
    speaker = Speaker(lang, book.labels, book.inputs)
    yield from of_rules(book, speaker)
    yield from of_borrowed(book, speaker)
    yield from of_definitions(book, book.writes, speaker)
    yield from of_parameters(book, book.writes, speaker)


def _lent(loan: Loan, lang: Lang) -> Iterator[Mutant]:
    """The mutants of what a rulebook lends, in one that uses it; they stand on no line of the lender's rules."""
    speaker = Speaker(lang, loan.user.labels, loan.user.inputs)
    yield from (replace(mutant, line=0) for mutant in of_definitions(loan.user, loan.names, speaker))
    yield from (replace(mutant, line=0) for mutant in of_parameters(loan.user, loan.names, speaker))


@dataclass
class _Fate:
    """What becomes of one change, tried in the rulebook that writes it and in those that use it."""

    mutant: Mutant
    meant: list[Explanation]
    noticed: bool = False
    shows: bool = False
    untried: bool = False


def campaign(
    book: Rulebook,
    lang: Lang,
    deadline: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    lent: Sequence[Loan] = (),
) -> Campaign:
    """Run the examples on every mutant until a moment of the clock; a mutant stops at its first failure.

    What the rulebook lends is tried with the examples of its users too: one that notices is enough.
    """
    given = explanations(book)
    fates: dict[tuple[Any, ...], _Fate] = {}
    for rehearsal, key, told in _trials(book, lent, lang, both=bool(given)):
        mutant = told[0]
        if key not in fates:
            fates[key] = _Fate(mutant, [one for one in given if one.names(told)])
        fate = fates[key]
        if fate.noticed:
            continue
        if deadline is not None and clock() >= deadline:
            fate.untried = True
        elif rehearsal.notices(mutant.book, mutant.touched) is not None:
            fate.noticed = True
        elif not equivalent_books(rehearsal.book, mutant.book):
            fate.shows = True
    return _counted(book, fates.values(), given)


def _trials(
    book: Rulebook, lent: Sequence[Loan], lang: Lang, *, both: bool
) -> Iterator[tuple[Rehearsal, tuple[Any, ...], tuple[Mutant, ...]]]:
    """Each mutant with the examples to try it; the key is that of one change, whichever rulebook it is tried in."""
    places = [(book, partial(mutants, book)), *((loan.user, partial(_lent, loan)) for loan in lent)]
    for place, made in places:
        rehearsal, alike = Rehearsal(place), Counter[tuple[Any, ...]]()
        for told in _told(made, lang, both=both):
            mutant = told[0]
            said = (mutant.subject, mutant.change, mutant.where, mutant.before, mutant.after)
            alike[said] += 1
            yield rehearsal, (*said, alike[said]), told


def _told(
    made: Callable[[Lang], Iterator[Mutant]], lang: Lang, *, both: bool
) -> Iterator[tuple[Mutant, ...]]:
    """Each mutant in the language of the reader, then in the other where explanations may be written in it."""
    if not both:
        return ((mutant,) for mutant in made(lang))
    other = next(known for known in LANGS if known != lang)
    return zip(made(lang), made(other), strict=True)


def _counted(book: Rulebook, fates: Iterable[_Fate], given: list[Explanation]) -> Campaign:
    noticed = untried = 0
    survivors: list[Mutant] = []
    for fate in fates:
        if fate.noticed:
            noticed += 1
            for one in fate.meant:
                one.noticed += 1
        elif fate.untried:
            untried += 1
        elif fate.shows and fate.meant:
            for one in fate.meant:
                one.survivors.append(fate.mutant)
        elif fate.shows:
            survivors.append(fate.mutant)
    return Campaign(book, noticed, tuple(survivors), untried, tuple(given))
