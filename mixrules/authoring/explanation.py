"""Why a change cannot be noticed: the explanations that a rulebook gives, matched with its mutants."""

from __future__ import annotations

from dataclasses import dataclass, field

from mixrules.authoring.mutant import Mutant
from mixrules.rulebook.model import Rulebook, Survivor


@dataclass
class Explanation:
    """One explanation: the survivors that it names, and how many changes it names that examples do notice."""

    given: Survivor
    survivors: list[Mutant] = field(default_factory=list)
    noticed: int = 0

    @property
    def sound(self) -> bool:
        """Whether it still names a survivor, and no change that an example notices."""
        return bool(self.survivors) and not self.noticed

    def names(self, told: tuple[Mutant, ...]) -> bool:
        """Whether it means a change, told in each language."""
        return any(_means(self.given, mutant) for mutant in told)


def explanations(book: Rulebook) -> list[Explanation]:
    """The explanations of changes that a rulebook gives; those of outcomes belong to the coverage."""
    return [Explanation(given) for given in book.survivors if given.outcome is None]


def _means(given: Survivor, mutant: Mutant) -> bool:
    return (
        given.subject == mutant.subject
        and given.change in {None, mutant.change}
        and _holds(mutant.where, given.part)
        and _holds(mutant.before, given.was)
        and any(_holds(mutant.after, words) for words in given.becomes)
    )


def _holds(text: str, words: str) -> bool:
    """Whether a text holds words, whatever the blanks between them: the terminal breaks lines."""
    return " ".join(words.split()) in " ".join(text.split())
