"""Check that the three ways of deciding agree: `python -m benchmarks.agreement [RULEBOOK …] [--programmes 10000]`.

Each shipped rulebook decides so many programmes drawn from its worked examples and changed where it looks, by
durable-rules and the direct evaluator (a disagreement of the two stops a decision) and by SQL. Every finding must be
the same, and every rule must apply to some programme. A million each: `--programmes 1000000`, by hand.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed

from benchmarks.agreement.compare import Tally, compare
from mixrules.rulebook.library import Library

PART = 20_000
"""Programmes of one rulebook that one process decides; a question once put to both evaluators is not put again."""
SHOWN = 10
Part = tuple[str, int, int]


def main(arguments: list[str]) -> int:
    """Compare, tell, and give the exit code: 1 where anything differs or is never reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement")
    parser.add_argument("rulebooks", nargs="*")
    parser.add_argument("--programmes", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    library = Library([])
    shipped = [name for name in library.ids if library.get(name).rules]
    # The longest first, so that no process waits for another at the end.
    names = asked.rulebooks or sorted(shipped, key=lambda name: -len(library.get(name).rules))
    started = time.monotonic()
    tallies: dict[str, Tally] = {}
    faults = 0
    for name, tally in _run(list(_parts(names, asked.programmes)), asked.processes):
        whole = tallies.setdefault(name, Tally())
        whole += tally
        if whole.programmes == asked.programmes:
            for fault in _told(name, whole):
                print(f"  FAULT {fault}", flush=True)
                faults += 1
    decided = sum(tally.programmes for tally in tallies.values())
    print(
        f"\n{decided} programmes under {len(names)} rulebooks in {time.monotonic() - started:.0f} s: {faults} faults"
    )
    return 1 if faults else 0


def _parts(names: Iterable[str], programmes: int) -> Iterator[Part]:
    for name in names:
        for start in range(0, programmes, PART):
            yield name, start, min(start + PART, programmes)


def _run(parts: list[Part], processes: int) -> Iterator[tuple[str, Tally]]:
    if processes == 1:
        yield from ((name, compare(name, start, end)) for name, start, end in parts)
        return
    with ProcessPoolExecutor(processes) as pool:
        running = {pool.submit(compare, *part): part[0] for part in parts}
        for done in as_completed(running):
            yield running[done], done.result()


def _told(name: str, tally: Tally) -> Iterator[str]:
    """Print what each rule reached, and give what is wrong."""
    print(
        f"\n{name}: {tally.programmes} programmes, {tally.by_query} by query, "
        f"{tally.questions} different questions to durable-rules and the direct evaluator"
    )
    for rule in dict.fromkeys(rule.key for rule in Library([]).get(name).rules):
        reached = {status: count for (key, status), count in sorted(tally.statuses.items()) if key == rule}
        beside = f" (step by step: {tally.beside[rule]})" if rule in tally.beside else ""
        print(
            f"  {rule}: {', '.join(f'{count} {status}' for status, count in reached.items())}{beside}",
            flush=True,
        )
        if not set(reached) - {"not-applicable"}:
            yield f"{rule} never applies: the programmes do not try it"
    yield from tally.differences[:SHOWN]
    if len(tally.differences) > SHOWN:
        yield f"{name}: {len(tally.differences) - SHOWN} more differences"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
