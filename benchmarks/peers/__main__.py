"""`python -m benchmarks.peers`: the same job for all; answers are compared first, then times and memory are told."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.peers import corpus, decided, job
from benchmarks.peers.contender import ENGINES, FLOORS


@dataclass
class Result:
    """What a contender took: medians over its runs, scaled to the whole corpus where it was given a part."""

    name: str
    programmes: int
    seconds: float
    mebibytes: float

    def scaled(self, programmes: int) -> float:
        """Seconds for the whole corpus, in proportion."""
        return self.seconds * programmes / self.programmes


def main() -> int:
    """Run the benchmark; the exit code is 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programmes", type=int, default=100_000)
    parser.add_argument(
        "--sample", type=int, default=5_000, help="programmes given to engines that go one by one"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--all", action="store_true", help="also every national rule by mixrules")
    parser.add_argument("--only", default="", help="contenders, commas between; mixrules always runs")
    parser.add_argument("--json", type=Path, help="write the results to this file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "corpus.parquet"
        programmes, dwellings = corpus.make(path, asked.programmes)
        print(f"{programmes} programmes, {dwellings} dwellings, {len(job.NAMES)} rules at {job.DAY}")
        return _compare(asked, path, place, programmes)


def _compare(asked: argparse.Namespace, path: Path, place: Path, programmes: int) -> int:
    ours = _run("mixrules", path, programmes, place, asked.runs)
    truth = decided.codes(place / "mixrules.answer")
    results = [ours, _run("mixrules-numbers", path, programmes, place, asked.runs)]
    if asked.all:
        results.append(_run("mixrules-all", path, programmes, place, asked.runs))
    wanted = [name for name in asked.only.split(",") if name] or [*FLOORS, *ENGINES]
    wrong = 0
    for name in wanted:
        limit = programmes if name in FLOORS else min(asked.sample, programmes)
        found = _run(name, path, limit, place, asked.runs)
        if found is None:
            continue
        different = np.argwhere(np.load(place / f"{name}.answer.npy") != truth[:limit])
        for row, column in different[:5]:
            print(f"{name}: programme {row + 1}, {[*job.NAMES, 'verdict'][column]}: not what mixrules says")
        wrong += len(different)
        results.append(found)
    _tell([result for result in results if result is not None], programmes, asked.json)
    return 1 if wrong else 0


def _run(name: str, path: Path, limit: int, place: Path, runs: int) -> Result | None:
    answer = place / f"{name}.answer"
    command = [sys.executable, "-m", "benchmarks.peers.contender", name, str(path), str(limit), str(answer)]
    told = []
    for _ in range(runs):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: not run ({done.stderr.strip().splitlines()[-1]})")
            return None
        told.append(json.loads(done.stdout.splitlines()[-1]))
    return Result(name, limit, median(t["seconds"] for t in told), median(t["mebibytes"] for t in told))


def _tell(results: list[Result], programmes: int, path: Path | None) -> None:
    ours = results[0].seconds
    print(f"\n{'':18}{'given':>9}{'seconds':>10}{'for all':>10}{'/ mixrules':>12}{'MiB':>8}")
    for result in sorted(results, key=lambda one: one.scaled(programmes)):
        scaled = result.scaled(programmes)
        print(
            f"{result.name:18}{result.programmes:9}{result.seconds:10.2f}{scaled:10.2f}{scaled / ours:12.3f}"
            f"{result.mebibytes:8.0f}"
        )
    if path is not None:
        listed = [vars(result) | {"for_all": result.scaled(programmes)} for result in results]
        path.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
