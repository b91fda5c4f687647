"""Speed and memory, measured by hand: `python benchmarks/measure.py [cold|large|promoter|steady|register]`.

cold    a whole `mixrules check` of a 100-dwelling workbook, against a bare process that imports pydantic and
        typer, and against one that also defines a model of one field (medians of 15 runs, in turn)
large   one programme of 20,000 dwellings, from its file to its decision: seconds and peak memory
promoter  a promoter's own list of 20,000 dwellings, imported: seconds and peak memory
steady  10,000 decisions in one process: decisions a second, and resident memory every 1,000
register  100,000 decisions appended to a register, then verified: milliseconds each, entries a second, memory
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

BARE = "from pydantic import BaseModel; import typer"
MODEL = BARE + "\nclass One(BaseModel):\n    field: int"
TENURES = ("PLAI", "PLUS", "PLS", "BRS", "libre", "libre")


def programme(dwellings: int) -> dict[str, object]:
    """A submission of so many dwellings: four to a landing, five landings to a stairwell, two to a building."""
    lines = [
        {
            "lot": str(n),
            "building": f"B{n // 40}",
            "stairwell": str(n // 20 % 2),
            "floor": f"R+{n // 4 % 5}",
            "landing": "1",
            "tenure": TENURES[n % len(TENURES)],
            "public": ("all", "senior", "family")[n % 3],
            "residence": "ordinary",
            "rooms": 2 + n % 4,
            "living_area": f"{40 + n % 40}.25",
            "floor_area": f"{45 + n % 40}.5",
        }
        for n in range(dwellings)
    ]
    return {
        "id": f"bench-{dwellings}",
        "phase": "decision",
        "dates": {"decision": "2026-03-02"},
        "commune": {"carence": True},
        "programme": {
            "name": "Mesure",
            "collective": True,
            "land": {"price": "2000000", "market_value": "2500000"},
            "dwellings": lines,
            "premises": [],
        },
    }


def workbook(dwellings: int, folder: Path) -> Path:
    """The same as a filled template."""
    from mixrules.programme.model import Submission
    from mixrules.programme.template import write_submission

    path = folder / f"{dwellings}.xlsx"
    write_submission(Submission.model_validate(programme(dwellings)), path)
    return path


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def cold(runs: int = 15) -> None:
    """A cold check against bare imports."""
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(100, Path(folder))
        commands = {
            "check": [sys.executable, "-m", "mixrules.cli", "check", str(path)],
            "bare": [sys.executable, "-c", BARE],
            "bare with one model": [sys.executable, "-c", MODEL],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        _seconds(commands["check"])
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(_seconds(command))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{name:20} {median * 1000:6.0f} ms   check / this = {medians['check'] / median:.2f}")


def large(dwellings: int = 20_000) -> None:
    """One very large programme, from file to decision."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (workbook(dwellings, Path(folder)), _json(dwellings, Path(folder))):
            command = [sys.executable, "-m", "mixrules.cli", "check", str(path), "--format", "json"]
            start = time.perf_counter()
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
            peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
            print(
                f"{dwellings} dwellings, {path.suffix}: {time.perf_counter() - start:.1f} s, {peak:.0f} MiB at most"
            )


def _json(dwellings: int, folder: Path) -> Path:
    path = folder / f"{dwellings}.json"
    path.write_text(json.dumps(programme(dwellings)), encoding="utf-8")
    return path


def promoter(dwellings: int = 20_000) -> None:
    """A promoter's own list of dwellings, from its file to a checked programme: seconds and peak memory."""
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.xlsx"
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Lots")
        sheet.append(["N° lot", "Bâtiment", "Cage", "Étage", "Typologie", "SHAB (m²)", "SDP", "Financement"])
        for n in range(dwellings):
            place = [f"L{n:05}", f"B{n // 40}", str(n // 20 % 2), f"R+{n // 4 % 5}"]
            sheet.append([*place, f"T{2 + n % 4}", 40.25 + n % 40, 45.5 + n % 40, TENURES[n % len(TENURES)]])
        book.save(path)
        command = [sys.executable, "-m", "mixrules.cli", "import", str(path)]
        seconds = _seconds(command)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{dwellings} dwellings of a promoter's list: {seconds:.1f} s, {peak:.0f} MiB at most")


def steady(decisions: int = 10_000) -> None:
    """Many decisions in one process."""
    from mixrules.cli.selection import applicable
    from mixrules.engine.decide import Decider
    from mixrules.engine.law_date import law_date
    from mixrules.programme.model import Submission

    submission = Submission.model_validate(programme(40))
    _, books = applicable(submission, [])
    decider = Decider(books)
    law = law_date(submission, None, date(2026, 3, 2))
    start = time.perf_counter()
    for count in range(1, decisions + 1):
        decider.decide(submission, law)
        if count % 1000 == 0:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            rate = count / (time.perf_counter() - start)
            print(
                f"{count:6} decisions, {rate:.0f} a second, {pages * resource.getpagesize() / 2**20:.1f} MiB"
            )


def register(decisions: int = 100_000) -> None:
    """Many decisions in a register: milliseconds to append each, entries verified a second, memory."""
    from mixrules.cli.selection import applicable
    from mixrules.engine.decide import decide
    from mixrules.engine.law_date import law_date
    from mixrules.programme.model import Submission
    from mixrules.register.content import address, pack, unpack
    from mixrules.register.dossier import Asked, dossier
    from mixrules.register.ledger import Register
    from mixrules.register.verification import verify

    submission = Submission.model_validate(programme(40))
    found, books = applicable(submission, [])
    day = date(2026, 3, 2)
    decision = decide(submission, books, law_date(submission, None, day))
    whole = dossier(submission, found, books, decision, Asked(None, day))
    plain = {name: unpack(whole.contents[getattr(whole.entry, name)]) for name in ("programme", "decision")}
    with tempfile.TemporaryDirectory() as folder, Register.for_writing(f"{folder}/register.db") as kept:
        spent = 0.0
        for number in range(decisions):
            # Every file has a programme and a decision of its own, as in an office.
            own = {name: pack(text.replace(b"bench-40", b"%08d" % number)) for name, text in plain.items()}
            names = {name: address(stored) for name, stored in own.items()}
            entry = whole.entry.replace(dossier=f"{number:08}", **names)
            contents = whole.contents | {names[name]: stored for name, stored in own.items()}
            start = time.perf_counter()
            kept.append(whole.replace(entry=entry, contents=contents))
            spent += time.perf_counter() - start
        start = time.perf_counter()
        verified = verify(kept)
        rate = verified.entries / (time.perf_counter() - start)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = Path(f"{folder}/register.db").stat().st_size / 2**20
        print(f"{decisions} decisions kept: {spent / decisions * 1000:.1f} ms each, {size:.0f} MiB")
        print(f"verified: {rate:.0f} entries a second, whole: {verified.whole}, {peak:.0f} MiB at most")


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["cold", "large", "promoter", "steady", "register"]
    for name in chosen:
        print(f"== {name}")
        {"cold": cold, "large": large, "steady": steady, "promoter": promoter, "register": register}[name]()
