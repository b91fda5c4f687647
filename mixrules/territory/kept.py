"""The files of a register of decisions: of each dossier, the one last decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.model import Submission

SQLITE = b"SQLite format 3\0"
"""How a register in one file begins."""


def files(location: str) -> Iterator[tuple[str, Submission, date]]:
    """Each dossier, its file as last decided, and the day on which it was.

    Raises:
        InvalidInputError: not a register.
    """
    path = Path(location)
    if "://" not in location and not _is_register(path):
        raise InvalidInputError([Problem.of("not_a_corpus", Place(file=path.name))])
    from mixrules.register.ledger import Register
    from mixrules.register.replay import Replay

    with Register.open(location) as register:
        kept = Replay(register)
        last = {}
        for link in register.links():
            entry = link.entry()
            last[entry.dossier] = entry
        for entry in last.values():
            yield entry.dossier, kept.submission(entry), date.fromisoformat(entry.today)


def _is_register(path: Path) -> bool:
    """Whether a file says that it is of SQLite; an empty one is a register in which nothing was kept."""
    with path.open("rb") as file:
        return file.read(len(SQLITE)) in {SQLITE, b""}
