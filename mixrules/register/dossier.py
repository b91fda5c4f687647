"""What is kept of a decision: the programme, the law and the decision, exactly as they were."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date
from typing import Any

from mixrules import __version__
from mixrules.engine.decision import Decision
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.register import law, name
from mixrules.register.clock import now
from mixrules.register.content import address, pack
from mixrules.register.entry import FORMAT, Entry
from mixrules.register.ledger import Dossier
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf


class Asked(Record):
    """What was asked of mixrules: the date imposed if any, the day of the check, the digest of the file read."""

    date_asked: date | None
    today: date
    file: str = ""


def dossier(
    submission: Submission,
    found: Library,
    books: Sequence[Rulebook],
    decision: Decision,
    asked: Asked,
    officer: str = "",
    shelf: ReferenceShelf | None = None,
) -> Dossier:
    """Everything that a decision needs to be decided again, ready to be appended."""
    tables = shelf.named(looked.table for looked in decision.references) if shelf is not None else []
    law_kept, contents = law.kept(found, books, tables)
    names: dict[str, bytes] = {}
    programme = _put(contents, without_names(submission).model_dump_json(exclude_none=True).encode())
    entry = Entry(
        format=FORMAT,
        at=now(),
        mixrules=__version__,
        python=platform.python_version(),
        evaluators=list(decision.evaluators),
        file=asked.file,
        programme=programme,
        law=_put(contents, law_kept.content()),
        decision=_put(contents, decision.canonical()),
        digest=decision.digest,
        dossier=decision.programme.id,
        district=submission.district.id or submission.district.name or "",
        insee=submission.commune.insee or "",
        phase=" / ".join(sorted(submission.phase or ())),
        verdict=decision.verdict,
        date_asked=asked.date_asked.isoformat() if asked.date_asked else None,
        today=asked.today.isoformat(),
        officer=_seal(names, officer),
        applicant=_seal(names, applicant(submission)),
    )
    return Dossier(entry, contents, names)


def without_names(submission: Submission) -> Submission:
    """The submission without the particulars of persons; the decision never depends on them."""
    return submission.model_copy(update={"applicant": None})


def applicant(submission: Submission) -> Any:
    """The particulars of the applicant, or None."""
    held = submission.applicant
    return held.model_dump(mode="json", exclude_none=True) if held is not None else None


def _put(contents: dict[str, bytes], content: bytes) -> str:
    stored = pack(content)
    where = address(stored)
    contents[where] = stored
    return where


def _seal(names: dict[str, bytes], person: Any) -> str | None:
    if not person:
        return None
    where, sealed = name.seal(person)
    names[where] = sealed
    return where
