"""The files of a corpus, whatever holds them: Parquet, or a register of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.territory.corpus import is_parquet
from mixrules.territory.simulation.simulation import Held

if TYPE_CHECKING:
    from mixrules.register.ledger import Register

SQLITE = b"SQLite format 3\0"
"""How a register in one file begins."""


@contextmanager
def opened(location: str, today: date) -> Iterator[tuple[int, Iterator[Held]]]:
    """How many programmes a corpus holds, and its files one by one.

    A register keeps several decisions of one dossier: the last counts, read on the day when it was taken.

    Raises:
        InvalidInputError: neither a corpus nor a register.
    """
    path = Path(location)
    if "://" not in location and not path.is_file():
        raise InvalidInputError([Problem.of("file_missing", Place(file=path.name))])
    if "://" not in location and is_parquet(path):
        yield _parquet(path, today)
        return
    if "://" not in location and not _is_register(path):
        raise InvalidInputError([Problem.of("not_a_corpus", Place(file=path.name))])
    from mixrules.register.ledger import Register

    with Register.open(location) as register:
        yield register.count(), _registered(register)


def _is_register(path: Path) -> bool:
    """Whether a file says that it is of SQLite; an empty one is a register in which nothing was kept."""
    with path.open("rb") as file:
        return file.read(len(SQLITE)) in {SQLITE, b""}


def _parquet(path: Path, today: date) -> tuple[int, Iterator[Held]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from mixrules.territory import corpus

    try:
        count = pq.read_metadata(path).num_rows
        missing = {"file", "position", "dwellings"} - set(pq.read_schema(path).names)
    except (pa.ArrowException, OSError):
        raise InvalidInputError([Problem.of("not_a_corpus", Place(file=path.name))]) from None
    if missing:
        raise InvalidInputError([Problem.of("not_a_corpus", Place(file=path.name))])
    return count, (Held(name, submission, today) for name, submission in corpus.read(path))


def _registered(register: Register) -> Iterator[Held]:
    from mixrules.register.replay import Replay

    kept = Replay(register)
    last = {}
    for link in register.links():
        entry = link.entry()
        last[entry.dossier] = entry
    for entry in last.values():
        yield Held(entry.dossier, kept.submission(entry), date.fromisoformat(entry.today))
