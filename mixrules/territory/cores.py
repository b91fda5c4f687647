"""Work shared out between the machine's cores, its results in the order of what was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
AHEAD = 4
"""Pieces of work that wait for each core."""


def in_order(
    submit: Callable[[Piece], Future[Result]], pieces: Iterable[Piece], ahead: int
) -> Iterator[Result]:
    """The result of each piece of work, in order; no more than some pieces are asked for before their turn."""
    waiting: deque[Future[Result]] = deque()
    for piece in pieces:
        waiting.append(submit(piece))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
