"""What keeps the rules of a past day for a file: certificate, subdivision, annulled refusal, permit being modified.

Each freeze holds only against planning rules made after its day; rules for safety and public health are never
frozen (none is encoded). A period of months ends on the same day of the month, that day included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mixrules.engine.arithmetic import add_months
from mixrules.message import format_date
from mixrules.programme.model import Dates
from mixrules.rulebook.model import Freezing

SUBDIVISION_FROZEN_FROM_PERMIT = date(2018, 11, 25)
"""Law no. 2018-1021: before that day, art. L. 442-14 shut out other rules than those it shuts out now."""
PERMIT_FREEZES = date(2025, 11, 28)
"""Law no. 2025-1129 of 26 November 2025 creates art. L. 431-6."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """The day whose planning rules a file keeps and why, or the question that would settle it."""

    by: Freezing
    day: date
    fr: str
    en: str
    settled: bool = True


def freezes(dates: Dates, today: date) -> list[Freeze]:
    """Everything that freezes the rules for a file, or may freeze them; `today` where no decision is dated."""
    decided = _day(dates.decision) or today
    made = (_certificate, _declared_subdivision, _permitted_subdivision, _refusal, _permit)
    return [freeze for one in made for freeze in one(dates, decided)]


def _certificate(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 410-1: a file deposited within 18 months of the certificate."""
    issued = _day(dates.certificate)
    if issued is None:
        return
    last = _after(issued, 18)
    filing = decided if dates.filing == "none" else _day(dates.filing)
    if filing is None:
        yield Freeze(
            "certificate",
            issued,
            f"Le dossier a-t-il été déposé au plus tard le {_fr(last)}, dans les dix-huit mois du certificat "
            f"d'urbanisme du {_fr(issued)} (C. urb., art. L. 410-1) ? Donnez la date de dépôt.",
            f"Was the file deposited by {_en(last)}, within eighteen months of the planning certificate of "
            f"{_en(issued)} (C. urb., art. L. 410-1)? Give the date of filing.",
            settled=False,
        )
    elif issued <= filing <= last:
        yield Freeze(
            "certificate",
            issued,
            f"certificat d'urbanisme, dossier déposé au plus tard le {_fr(last)} (C. urb., art. L. 410-1)",
            f"planning certificate, file deposited by {_en(last)} (C. urb., art. L. 410-1)",
        )


def _declared_subdivision(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 442-14, par. 1: five years from the non-opposition to the declaration."""
    agreed = _day(dates.subdivision_declared)
    if agreed is None or decided < agreed:
        return
    if decided < SUBDIVISION_FROZEN_FROM_PERMIT:
        yield _former_subdivision(agreed)
    elif decided <= (last := _after(agreed, 60)):
        yield Freeze(
            "subdivision",
            agreed,
            f"lotissement déclaré, règles figées jusqu'au {_fr(last)} (C. urb., art. L. 442-14)",
            f"declared subdivision, rules frozen until {_en(last)} (C. urb., art. L. 442-14)",
        )


def _permitted_subdivision(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 442-14, par. 2: from the permit until five years after the works are completed."""
    permitted, completed = _day(dates.subdivision), _day(dates.subdivision_completed)
    if permitted is None or decided < permitted:
        return
    if decided < SUBDIVISION_FROZEN_FROM_PERMIT:
        yield _former_subdivision(permitted)
    elif dates.subdivision_completed == "none" or (completed is not None and decided < completed):
        yield Freeze(
            "subdivision",
            permitted,
            "lotissement non achevé, règles figées (C. urb., art. L. 442-14)",
            "subdivision not completed, rules frozen (C. urb., art. L. 442-14)",
        )
    elif decided <= (last := _after(completed or permitted, 60)):
        # Not completed before it was permitted: five years from the permit are certain anyhow.
        yield Freeze(
            "subdivision",
            permitted,
            f"lotissement, règles figées {'' if completed else 'au moins '}jusqu'au {_fr(last)} "
            "(C. urb., art. L. 442-14)",
            f"subdivision, rules frozen {'' if completed else 'at least '}until {_en(last)} "
            "(C. urb., art. L. 442-14)",
        )
    elif completed is None:
        yield Freeze(
            "subdivision",
            permitted,
            f"Les travaux du lotissement autorisé le {_fr(permitted)} sont-ils achevés depuis plus de cinq ans "
            "(C. urb., art. L. 442-14) ? Donnez la date d'achèvement, ou « sans objet ».",
            f"Were the works of the subdivision permitted on {_en(permitted)} completed more than five years ago "
            '(C. urb., art. L. 442-14)? Give the date of completion, or "none".',
            settled=False,
        )


def _former_subdivision(day: date) -> Freeze:
    return Freeze(
        "subdivision",
        day,
        f"Quelles règles le lotissement du {_fr(day)} écartait-il selon l'article L. 442-14 du code de "
        "l'urbanisme, dans sa rédaction antérieure au 25 novembre 2018 ?",
        f"Which rules did the subdivision of {_en(day)} shut out under art. L. 442-14 of the planning code, "
        "as worded before 25 November 2018?",
        settled=False,
    )


def _refusal(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 600-2: a refusal annulled for good, the request confirmed within six months."""
    refused, notified = _day(dates.refusal), _day(dates.annulment_notified)
    confirmed, final = _day(dates.confirmation), _day(dates.annulment_final)
    if refused is None:
        return
    needed = (dates.annulment_notified, dates.confirmation, dates.annulment_final)
    if "none" in needed or (final is not None and decided < final):
        return
    if notified is not None and confirmed is not None and not notified <= confirmed <= _after(notified, 6):
        return
    if notified is None or confirmed is None or final is None:
        yield Freeze(
            "refusal",
            refused,
            f"Le refus du {_fr(refused)} est-il annulé définitivement, et la demande confirmée dans les six mois "
            "de la notification de l'annulation (C. urb., art. L. 600-2) ? Donnez les trois dates.",
            f"Is the refusal of {_en(refused)} annulled for good, and the request confirmed within six months of "
            "the notice of the annulment (C. urb., art. L. 600-2)? Give the three dates.",
            settled=False,
        )
        return
    last = _after(notified, 6)
    yield Freeze(
        "refusal",
        refused,
        f"refus annulé, demande confirmée au plus tard le {_fr(last)} (C. urb., art. L. 600-2)",
        f"refusal annulled, request confirmed by {_en(last)} (C. urb., art. L. 600-2)",
    )


def _permit(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 431-6: a permit modified on a request made within three years, works not finished."""
    issued, filing = _day(dates.initial_permit), _day(dates.filing)
    if issued is None or decided < PERMIT_FREEZES:
        return
    last = _after(issued, 36)
    filing = decided if dates.filing == "none" else filing
    if filing is not None and not issued <= filing <= last:
        return
    finished = _day(dates.permitted_works_completed)
    if finished is not None and (filing or decided) >= finished:
        return
    settled = filing is not None and (finished is not None or dates.permitted_works_completed == "none")
    if filing is None or filing < PERMIT_FREEZES or not settled:
        yield Freeze(
            "permit",
            issued,
            f"La modification du permis du {_fr(issued)} a-t-elle été demandée entre le {_fr(PERMIT_FREEZES)} et "
            f"le {_fr(last)}, travaux inachevés (C. urb., art. L. 431-6, créé par la loi n° 2025-1129) ?",
            f"Was the modification of the permit of {_en(issued)} requested between {_en(PERMIT_FREEZES)} and "
            f"{_en(last)}, the works not finished (C. urb., art. L. 431-6, created by law no. 2025-1129)?",
            settled=False,
        )
        return
    yield Freeze(
        "permit",
        issued,
        f"permis modifié, demande déposée au plus tard le {_fr(last)} (C. urb., art. L. 431-6)",
        f"permit modified, request filed by {_en(last)} (C. urb., art. L. 431-6)",
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _after(day: date, months: int) -> date:
    return date.fromordinal(add_months(day.toordinal(), months))


def _fr(day: date) -> str:
    return format_date(day, "fr")


def _en(day: date) -> str:
    return format_date(day, "en")
