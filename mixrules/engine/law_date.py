"""The date of the applicable law, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mixrules.engine.arithmetic import add_months
from mixrules.message import format_date
from mixrules.programme.model import Submission
from mixrules.rulebook.model import BINDING


@dataclass(frozen=True, slots=True)
class LawDate:
    """A day and the reason for it, in French and English."""

    day: date
    fr: str
    en: str
    agreements: date | None = None

    def of(self, force: str) -> date:
        """The day whose rules apply: a certificate freezes planning rules, not contracts and charters."""
        return self.day if force in BINDING or self.agreements is None else self.agreements


def law_date(submission: Submission, imposed: date | None, today: date) -> LawDate:
    """The date whose law applies to a file.

    C. urb., art. L. 410-1: a planning certificate freezes the rules for a file deposited within 18 months.
    Art. L. 442-14: a subdivision freezes them until 5 years after its completion. Otherwise the law of the
    day of the decision applies, not that of the deposit.
    """
    if imposed is not None:
        return LawDate(imposed, "date demandée", "date asked for")
    dates = submission.dates
    current = _day(dates.decision) or today
    frozen = _certificate(dates.certificate, dates.filing) or _subdivision(submission)
    if frozen is not None:
        return LawDate(frozen.day, frozen.fr, frozen.en, current)
    decision = _day(dates.decision)
    if decision is not None:
        return LawDate(decision, "date de la décision", "date of the decision")
    return LawDate(
        today,
        "décision non encore prise : droit en vigueur au jour du contrôle",
        "decision not yet taken: law in force on the day of the check",
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _certificate(certificate: Any, filing: Any) -> LawDate | None:
    issued, deposited = _day(certificate), _day(filing)
    if issued is None or deposited is None:
        return None
    last = date.fromordinal(add_months(issued.toordinal(), 18))
    if not issued <= deposited <= last:
        return None
    fr, en = format_date(last, "fr"), format_date(last, "en")
    return LawDate(
        issued,
        f"certificat d'urbanisme, dossier déposé avant le {fr} (C. urb., art. L. 410-1)",
        f"planning certificate, file deposited by {en} (C. urb., art. L. 410-1)",
    )


def _subdivision(submission: Submission) -> LawDate | None:
    dates = submission.dates
    permitted, completed = _day(dates.subdivision), _day(dates.subdivision_completed)
    moment = _day(dates.decision) or _day(dates.filing)
    if permitted is None or completed is None or moment is None:
        return None
    last = date.fromordinal(add_months(completed.toordinal(), 60))
    if not permitted <= moment <= last:
        return None
    fr, en = format_date(last, "fr"), format_date(last, "en")
    return LawDate(
        permitted,
        f"lotissement, règles figées jusqu'au {fr} (C. urb., art. L. 442-14)",
        f"subdivision, rules frozen until {en} (C. urb., art. L. 442-14)",
    )
