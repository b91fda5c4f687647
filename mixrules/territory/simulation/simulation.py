"""Deciding every file of a corpus under the rules as they are and under each scenario, on all the machine's cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import chain, islice

from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.territory.cores import AHEAD, in_order
from mixrules.territory.simulation.gauge import Gauge, gauge
from mixrules.territory.simulation.law import Law, Rules
from mixrules.territory.simulation.tally import Cell, Effects

BATCH = 50
"""Files sent to a core at once; fewer are decided here."""
UNKNOWN = "?"


class Held(Record):
    """A file of a corpus: its name, and the day on which it is read where it has no date of decision."""

    name: str
    submission: Submission
    today: date


class Outcome(Record):
    """A file decided under the rules as they are, then under each scenario; `error` where it cannot be."""

    name: str
    cell: Cell
    gauges: tuple[Gauge, ...]
    error: str = ""


class Simulated(Record):
    """A whole simulation: effects by scenario, the files that could not be decided, and how many went one by one."""

    files: int
    effects: list[Effects]
    left_out: list[tuple[str, str]]
    one_by_one: int


def simulate(
    files: Iterable[Held],
    rules: Sequence[Rules],
    day: date | None = None,
    told: Callable[[int], None] = lambda _: None,
    cores: int | None = None,
    onto: Simulated | None = None,
) -> Simulated:
    """Decide files under several rules; the first are those as they are, the others the scenarios.

    Args:
        files: what is decided.
        rules: the rules as they are, then each scenario.
        day: decide under the law of this day; by default that of each file.
        told: is told how many files are done.
        cores: processes; by default one a core.
        onto: what other files showed, to which these are added.
    """
    effects = onto.effects if onto is not None else [Effects(one.name) for one in rules[1:]]
    left_out: list[tuple[str, str]] = []
    earlier = onto.files if onto is not None else 0
    done = 0
    for outcome in _outcomes(files, rules, day, cores or os.cpu_count() or 1):
        done += 1
        told(done)
        if outcome.error:
            left_out.append((outcome.name, outcome.error))
            continue
        before, *after = outcome.gauges
        for effect, found in zip(effects, after, strict=True):
            effect.add(outcome.cell, before, found)
    return Simulated(earlier + done - len(left_out), effects, left_out, done)


def _outcomes(
    files: Iterable[Held], rules: Sequence[Rules], day: date | None, cores: int
) -> Iterator[Outcome]:
    batches = iter(partial(_batch, iter(files)), [])
    first = next(batches, [])
    second = next(batches, [])
    if cores == 1 or not second:
        laws = [Law(one) for one in rules]
        for batch in (first, second, *batches):
            yield from (_decided(laws, day, held) for held in batch)
        return
    with ProcessPoolExecutor(cores, initializer=_prepare, initargs=(list(rules), day)) as pool:
        pieces = chain((first, second), batches)
        for decided in in_order(lambda batch: pool.submit(_work, batch), pieces, AHEAD * cores):
            yield from decided


def _batch(files: Iterator[Held]) -> list[Held]:
    return list(islice(files, BATCH))


_LAWS: list[Law] = []
_DAY: list[date | None] = []


def _prepare(rules: Sequence[Rules], day: date | None) -> None:
    """Make the laws once in each process."""
    _LAWS[:] = [Law(one) for one in rules]
    _DAY[:] = [day]


def _work(batch: Sequence[Held]) -> list[Outcome]:
    return [_decided(_LAWS, _DAY[0], held) for held in batch]


def _decided(laws: Sequence[Law], day: date | None, held: Held) -> Outcome:
    cell = _cell(held.submission)
    try:
        return Outcome(held.name, cell, tuple(_gauges(laws, day, held)))
    except InvalidInputError as error:
        return Outcome(held.name, cell, (), str(error))


def _gauges(laws: Sequence[Law], day: date | None, held: Held) -> Iterator[Gauge]:
    """What each law decides; those whose rulebooks are the same for the file share one decision."""
    known: dict[tuple[object, ...], Gauge] = {}
    for law in laws:
        books = (*law.tables, *law.digests(law.applied(held.submission)))
        if books not in known:
            known[books] = gauge(law.decide(held.submission, day, held.today))
        yield known[books]


def _cell(submission: Submission) -> Cell:
    decision = submission.dates.decision
    year = str(decision.year) if isinstance(decision, date) else UNKNOWN
    return submission.commune.insee or submission.commune.name or UNKNOWN, year
