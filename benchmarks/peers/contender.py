"""One contender in a process of its own: `python -m benchmarks.peers.contender NAME CORPUS LIMIT ANSWER`.

Prints its seconds from the first import to the decisions, and the most memory it held; keeps its answer to compare.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

FLOORS = ("numpy", "polars", "duckdb")
ENGINES = ("python", "zen", "cel", "json_logic", "clips", "durable")


def mixrules(corpus: Path, answer: Path, rules: tuple[str, ...], day: str, *more: str) -> None:
    """`mixrules batch`, as its users run it."""
    asked = [part for rule in rules for part in ("--rules", rule)]
    command = [
        sys.executable,
        "-m",
        "mixrules.cli",
        "batch",
        str(corpus),
        *asked,
        "--date",
        day,
        "-o",
        str(answer),
        *more,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # our own command


def _peak() -> int:
    """The most memory of this process since its program began, in MiB (the system's maximum counts its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    """Run one contender."""
    name, corpus, limit, answer = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    start = perf_counter()
    if name.startswith("mixrules"):
        from benchmarks.peers import job

        rules = ("rules/fr/national",) if name == "mixrules-all" else job.BOOKS
        # The others say statuses and verdicts, no number.
        mixrules(corpus, answer, rules, job.DAY, *(() if name == "mixrules-numbers" else ("--statuses",)))
    else:
        import numpy as np

        if name in FLOORS:
            from benchmarks.peers import floors

            codes = getattr(floors, f"with_{name}")(corpus)
        else:
            from benchmarks.peers import engines

            codes = getattr(engines, f"with_{name}")(corpus, limit)
        np.save(answer, codes)
    seconds = perf_counter() - start
    peak = (
        _peak()
        if not name.startswith("mixrules")
        else resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    )
    sys.stdout.write(json.dumps({"name": name, "seconds": round(seconds, 3), "mebibytes": peak}) + "\n")


if __name__ == "__main__":
    main()
