"""Deciding generated programmes three ways, and what does not agree."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import pyarrow.parquet as pq

from benchmarks.agreement.draw import Draw
from mixrules.engine.inference import DisagreementError
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.territory import batch, corpus, source
from mixrules.territory.form import WHOLE
from mixrules.territory.steps import Steps

TODAY = date(2026, 3, 1)
MEMORY = "1GB"
AT_ONCE = 10_000
"""Programmes held in memory."""
PARTS = 3
"""Parts in which the queries decide them."""
Row = dict[str, Any]


@dataclass
class Tally:
    """What was compared: programmes, findings by rule and status, questions put to both evaluators, differences."""

    programmes: int = 0
    by_query: int = 0
    questions: int = 0
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    beside: dict[str, str] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Self:
        self.programmes += other.programmes
        self.by_query += other.by_query
        self.questions += other.questions
        self.statuses += other.statuses
        self.beside |= other.beside
        self.differences += other.differences
        return self


@lru_cache(maxsize=2)
def _drawing(name: str) -> tuple[Draw, Steps]:
    """What serves for every part of a rulebook's programmes."""
    book = Library([]).get(name)
    return Draw(book), Steps([book], None, TODAY)


def compare(name: str, start: int, end: int) -> Tally:
    """Decide the programmes of these numbers under a shipped rulebook, three ways."""
    draw, steps = _drawing(name)
    known = steps.judge.asked
    tally = Tally()
    for first in range(start, end, AT_ONCE):
        tally += compared(draw.book, list(draw.files(first, min(first + AT_ONCE, end))), steps)
    tally.questions = steps.judge.asked - known
    return tally


def compared(book: Rulebook, files: Sequence[tuple[str, Submission]], steps: Steps) -> Tally:
    """Decide files by durable-rules and the direct evaluator together, then by SQL, and compare every finding."""
    tally = Tally(len(files))
    wanted: dict[str, Row] = {}
    for file, submission in files:
        try:
            wanted[file] = steps.one(submission, None)
        except DisagreementError as error:
            tally.differences.append(f"{file}: {error}")
    found, account = _by_query(book, files)
    tally.by_query = len(files) - account.odd - account.too_wide
    tally.beside = {key: one.why for key, one in account.refused.items()}
    for file, row in wanted.items():
        tally.statuses.update((finding["rule"], finding["status"]) for finding in row["findings"])
        tally.differences += _differences(file, row, found[file])
    return tally


def _by_query(
    book: Rulebook, files: Sequence[tuple[str, Submission]]
) -> tuple[dict[str, Row], batch.Account]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "corpus.parquet", files)
        connection = source.connect(folder, MEMORY, threads=1)
        source.load(connection, folder / "corpus.parquet", [book])
        # Several parts: the first is asked as it is written, the others as the database keeps it.
        parts = replace(WHOLE, at_once=max(1, len(files) // PARTS) * len(book.rules))
        account = batch.decide(
            connection, [book], None, TODAY, folder / "decisions.parquet", cores=1, form=parts
        )
        connection.close()
        rows = pq.read_table(folder / "decisions.parquet").to_pylist()
    return {row["file"]: row for row in rows}, account


def _differences(file: str, wanted: Row, found: Row) -> list[str]:
    mine, other = ({(f["rule"], f["scope"]): f for f in row["findings"]} for row in (wanted, found))
    said = [
        f"{file} {' at '.join(key)}: the evaluators say {mine.get(key)}, SQL says {other.get(key)}"
        for key in {**mine, **other}
        if mine.get(key) != other.get(key)
    ]
    verdicts = {
        True: {"non-compliant"},
        False: {"undetermined"} if wanted["open"] else {"compliant", "undetermined"},
    }
    if found["verdict"] not in verdicts[wanted["breached"]]:
        said.append(f"{file}: SQL gives the verdict {found['verdict']}")
    return said
