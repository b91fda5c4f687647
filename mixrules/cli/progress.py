"""A progress bar on the error stream, when somebody is there to see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from mixrules.message import Lang, say

PATIENCE = 1.0
"""Seconds without a word: what is shorter shows nothing."""

Step = Callable[[str, int, int], None]


@contextmanager
def counting(total: int) -> Iterator[Callable[[int], None]]:
    """A function to be told how many of `total` are done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def waiting(told: str) -> Iterator[None]:
    """Say what is under way, where it takes longer than a person waits without a word."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    from rich.console import Console

    status = Console(stderr=True).status(told)
    timer = Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()


@contextmanager
def following(lang: Lang) -> Iterator[Step]:
    """Give a function to call at each step; it draws on the error stream, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    start = monotonic()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(say("cli.reading", lang), total=None)
    shown = False

    def step(what: str, done: int, total: int) -> None:
        nonlocal shown
        if not shown and monotonic() - start >= PATIENCE:
            shown = True
            bar.start()
        bar.update(task, description=what, completed=done, total=total)

    try:
        yield step
    finally:
        if shown:
            bar.stop()
