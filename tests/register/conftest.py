"""A register in a folder of its own, one on a real PostgreSQL server, and decisions to keep in them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.register.dossier import Asked, dossier
from mixrules.register.ledger import Dossier, Register

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def submission() -> Submission:
    """A programme of two landings, with what it needs to be decided."""
    return read(ROOT / "fixtures/programme-mixte.xlsx").submission


def made(submission: Submission, officer: str = "") -> Dossier:
    """The decision on a file with all that the register keeps of it."""
    found, books = applicable(submission, [])
    decision = decide(submission, books, law_date(submission, None, TODAY))
    return dossier(submission, found, books, decision, Asked(None, TODAY), officer)


@pytest.fixture(scope="session")
def whole(submission: Submission) -> Dossier:
    """A decision ready to be kept."""
    return made(submission)


@pytest.fixture(scope="session")
def named(whole: Dossier) -> Callable[[str], Dossier]:
    """The same decision under another file reference, so that entries differ."""
    return lambda name: whole.replace(entry=whole.entry.replace(dossier=name))


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test leaves open: an unclosed connection is a warning, and a warning an error."""
    opened: list[Register] = []
    first = Register.__init__

    def recorded(self: Register, *arguments: object) -> None:
        first(self, *arguments)  # type: ignore[arg-type]
        opened.append(self)

    monkeypatch.setattr(Register, "__init__", recorded)
    yield
    for register in opened:
        register.close()


@pytest.fixture
def location(tmp_path: Path) -> str:
    """Where a register will stand."""
    return str(tmp_path / "register.db")


@pytest.fixture
def register(location: str, named: Callable[[str], Dossier]) -> Register:
    """A register of five decisions."""
    opened = Register.for_writing(location)
    for number in range(1, 6):
        opened.append(named(f"PC {number}"))
    return opened


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[], str]]:
    """A throw-away PostgreSQL cluster on loopback; each call gives an empty database of its own."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here (Debian: postgresql)")
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    folder = Path(tempfile.mkdtemp(prefix="mixrules-pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            [str(binaries / command[0]), *command[1:]],
            check=True,
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C", "PATH": os.defpath},
        )

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "mixrules", "-A", "trust", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    count = 0

    def database() -> str:
        nonlocal count
        count += 1
        place = f"postgresql://mixrules@127.0.0.1:{port}"
        with psycopg.connect(f"{place}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE register{count}")
        return f"{place}/register{count}"

    database.restart = lambda *mode: run("pg_ctl", "-D", data, "-w", *mode)  # type: ignore[attr-defined]
    database.options = options  # type: ignore[attr-defined]
    try:
        yield database
    finally:
        run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
