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
from mixrules.message import bilingual
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
        yield _reasoned(
            "certificate",
            issued,
            "freeze.certificate_open",
            last=last,
            issued=issued,
            settled=False,
        )
    elif issued <= filing <= last:
        yield _reasoned(
            "certificate",
            issued,
            "freeze.certificate",
            last=last,
        )


def _declared_subdivision(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 442-14, par. 1: five years from the non-opposition to the declaration."""
    agreed = _day(dates.subdivision_declared)
    if agreed is None or decided < agreed:
        return
    if decided < SUBDIVISION_FROZEN_FROM_PERMIT:
        yield _former_subdivision(agreed)
    elif decided <= (last := _after(agreed, 60)):
        yield _reasoned(
            "subdivision",
            agreed,
            "freeze.declared_subdivision",
            last=last,
        )


def _permitted_subdivision(dates: Dates, decided: date) -> Iterator[Freeze]:
    """C. urb., art. L. 442-14, par. 2: from the permit until five years after the works are completed."""
    permitted, completed = _day(dates.subdivision), _day(dates.subdivision_completed)
    if permitted is None or decided < permitted:
        return
    if decided < SUBDIVISION_FROZEN_FROM_PERMIT:
        yield _former_subdivision(permitted)
    elif dates.subdivision_completed == "none" or (completed is not None and decided < completed):
        yield _reasoned(
            "subdivision",
            permitted,
            "freeze.subdivision_under_way",
        )
    elif decided <= (last := _after(completed or permitted, 60)):
        # Not completed before it was permitted: five years from the permit are certain anyhow.
        frozen = "freeze.subdivision" if completed else "freeze.subdivision_at_least"
        yield _reasoned("subdivision", permitted, frozen, last=last)
    elif completed is None:
        yield _reasoned(
            "subdivision",
            permitted,
            "freeze.subdivision_open",
            permitted=permitted,
            settled=False,
        )


def _former_subdivision(day: date) -> Freeze:
    return _reasoned(
        "subdivision",
        day,
        "freeze.former_subdivision",
        day=day,
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
        yield _reasoned(
            "refusal",
            refused,
            "freeze.refusal_open",
            refused=refused,
            settled=False,
        )
        return
    last = _after(notified, 6)
    yield _reasoned(
        "refusal",
        refused,
        "freeze.refusal",
        last=last,
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
        yield _reasoned(
            "permit",
            issued,
            "freeze.permit_open",
            issued=issued,
            since=PERMIT_FREEZES,
            last=last,
            settled=False,
        )
        return
    yield _reasoned(
        "permit",
        issued,
        "freeze.permit",
        last=last,
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _after(day: date, months: int) -> date:
    return date.fromordinal(add_months(day.toordinal(), months))


def _reasoned(by: Freezing, day: date, key: str, /, *, settled: bool = True, **values: date) -> Freeze:
    """A freeze, whose reason or question is an entry of the catalogue."""
    told = bilingual(key, **values)
    return Freeze(by, day, told["fr"], told["en"], settled)
