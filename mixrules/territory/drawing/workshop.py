"""Drawing a corpus on all the machine's cores: each file comes from the seed and its own number alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import pyarrow as pa

from mixrules.record import Record
from mixrules.territory import corpus
from mixrules.territory.cores import AHEAD, in_order
from mixrules.territory.drawing.calibration import COMMUNES
from mixrules.territory.drawing.programme import draw

BATCH = 250
"""Files that a core draws at once; a divisor of `corpus.ROWS`."""


class Wish(Record):
    """What a corpus is drawn from: the same wish gives the same corpus everywhere."""

    count: int
    seed: int
    communes: tuple[str, ...] = tuple(COMMUNES)
    collective: bool = False
    as_declared: bool = False


def tables(
    wish: Wish, told: Callable[[int], None] = lambda _: None, cores: int | None = None
) -> Iterator[pa.Table]:
    """The corpus in groups of `corpus.ROWS` programmes, in the order of their numbers.

    Args:
        wish: what to draw.
        told: is told how many files are drawn.
        cores: processes; by default one a core.
    """
    group: list[pa.Table] = []
    for number, batch in enumerate(_batches(wish, cores or os.cpu_count() or 1), start=1):
        told(min(number * BATCH, wish.count))
        group.append(batch)
        if len(group) == corpus.ROWS // BATCH:
            yield pa.concat_tables(group)
            group = []
    if group:
        yield pa.concat_tables(group)


def _batches(wish: Wish, cores: int) -> Iterator[pa.Table]:
    starts = range(0, wish.count, BATCH)
    drawn = partial(_drawn, wish)
    if cores == 1 or wish.count <= BATCH:
        yield from map(drawn, starts)
        return
    with ProcessPoolExecutor(cores) as pool:
        yield from in_order(partial(pool.submit, drawn), starts, AHEAD * cores)


def _drawn(wish: Wish, first: int) -> pa.Table:
    drawn = draw(
        min(BATCH, wish.count - first),
        wish.seed,
        wish.communes,
        first=first,
        collective=wish.collective,
        as_declared=wish.as_declared,
    )
    rows = [row for one in drawn for row in corpus.rows_of(str(one.id), one)]
    return corpus.table(rows)
