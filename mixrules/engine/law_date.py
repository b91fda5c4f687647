"""The date of the applicable law, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mixrules.engine.freeze import Freeze, freezes
from mixrules.message import bilingual
from mixrules.programme.model import Submission
from mixrules.rulebook.model import BINDING, FREEZINGS, Freezing, Question, Rulebook


@dataclass(frozen=True, slots=True)
class LawDate:
    """A day and the reason for it, in French and English, and what keeps earlier planning rules."""

    day: date
    fr: str
    en: str
    freezes: tuple[Freeze, ...] = ()

    def of(self, book: Rulebook) -> date:
        """The day whose rules apply: a freeze keeps planning rules, not contracts, charters or other law."""
        return self._kept(frozen_by(book))[0]

    def questions(self, book: Rulebook) -> tuple[Question, ...]:
        """What would settle the day for a rulebook; none where the answers change nothing."""
        by = frozen_by(book)
        day = self.of(book)
        open_ = [one for one in self.freezes if not one.settled and one.by in by and one.day < day]
        return tuple(Question(None, (("fr", one.fr), ("en", one.en))) for one in open_)

    @property
    def planning(self) -> LawDate:
        """The day of the planning rules, with its reason."""
        return LawDate(*self._kept(FREEZINGS))

    def _kept(self, by: tuple[Freezing, ...]) -> tuple[date, str, str]:
        """Each freeze shuts out what came after its day: together they keep the rules of the earliest."""
        settled = [one for one in self.freezes if one.settled and one.by in by and one.day < self.day]
        if not settled:
            return self.day, self.fr, self.en
        first = min(settled, key=lambda one: one.day)
        return first.day, first.fr, first.en


def law_date(submission: Submission, imposed: date | None, today: date) -> LawDate:
    """The date whose law applies to a file: that of the decision, not of the deposit, but for what is frozen."""
    if imposed is not None:
        return _because(imposed, "law_date.asked")
    kept = tuple(freezes(submission.dates, today))
    decision = submission.dates.decision
    if isinstance(decision, date):
        return _because(decision, "law_date.decision", kept)
    return _because(today, "law_date.not_taken", kept)


def frozen_by(book: Rulebook) -> tuple[Freezing, ...]:
    """What keeps the rules of a past day for a rulebook: contracts, charters and other law follow the file's own day."""
    return book.frozen_by if book.force in BINDING else ()


def _because(day: date, key: str, /, kept: tuple[Freeze, ...] = ()) -> LawDate:
    """A day, whose reason is an entry of the catalogue."""
    told = bilingual(key)
    return LawDate(day, told["fr"], told["en"], kept)
