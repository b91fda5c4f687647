"""A decision is wholly in the register, or the command says that it is not, and the register stays valid."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.register.ledger import Dossier, NotKeptError, Register
from mixrules.register.verification import verify

ROOT = Path(__file__).parents[2]
Named = Callable[[str], Dossier]

WRITER = """
import pickle, sys
from mixrules.register.ledger import NotKeptError, Register
dossier = pickle.load(open(sys.argv[2], "rb"))
register = Register.for_writing(sys.argv[1])
for number in range(int(sys.argv[3])):
    entry = dossier.entry.replace(dossier=f"{sys.argv[4]} {number}")
    try:
        link = register.append(dossier.replace(entry=entry))
    except NotKeptError as error:
        print("NOT KEPT", error.why, flush=True)
        break
    print(link.number, link.hash, flush=True)
"""


def writer(location: str, pickled: Path, count: int, name: str, **options: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, location, str(pickled), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, **options)


@pytest.fixture
def pickled(whole: Dossier, tmp_path: Path) -> Path:
    import pickle

    path = tmp_path / "dossier.pickle"
    path.write_bytes(pickle.dumps(whole))
    return path


def acknowledged(output: str) -> dict[int, str]:
    lines = [line.split() for line in output.splitlines() if line[:1].isdigit()]
    return {int(line[0]): line[1] for line in lines if len(line) == 2 and len(line[1]) == 64}


def assert_kept(location: str, said: dict[int, str]) -> None:
    register = Register.open(location)
    assert verify(register).whole
    held = {link.number: link.hash for link in register.links()}
    assert said.items() <= held.items()


def test_killed_at_any_instant(location: str, pickled: Path, named: Named) -> None:
    """Whatever was acknowledged before kill -9 is there, and the next officer goes on."""
    Register.for_writing(location).append(named("first"))
    chance = random.Random(7)
    for round_number in range(6):
        with writer(location, pickled, 10_000, f"round {round_number}") as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read()
        assert_kept(location, acknowledged(first + rest))
    assert Register.for_writing(location).append(named("after")).number > 6


def test_two_officers_at_once(location: str, pickled: Path) -> None:
    officers = [writer(location, pickled, 40, f"officer {number}") for number in range(3)]
    said: dict[int, str] = {}
    for officer in officers:
        output, _ = officer.communicate(timeout=120)
        mine = acknowledged(output)
        assert len(mine) == 40
        assert not said.keys() & mine.keys()
        said |= mine
    assert_kept(location, said)
    assert sorted(said) == list(range(1, 121))


def test_threads_of_one_service(location: str, named: Named) -> None:
    register = Register.for_writing(location)
    with ThreadPoolExecutor(4) as pool:
        links = list(pool.map(lambda number: register.append(named(f"PC {number}")), range(40)))
    assert sorted(link.number for link in links) == list(range(1, 41))
    assert verify(register).whole


def test_a_full_disk(location: str, pickled: Path, named: Named) -> None:
    """The disk fills up in the middle: the command says so, what was kept before stays."""
    Register.for_writing(location).append(named("first"))
    limit = Path(location).stat().st_size + 40_000

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = writer(location, pickled, 10_000, "full", preexec_fn=small)
    output, _ = process.communicate(timeout=120)
    assert "NOT KEPT" in output
    said = acknowledged(output)
    assert said
    assert_kept(location, said)
    assert Register.open(location).count() == max(said)


def test_a_read_only_file(location: str, named: Named) -> None:
    register = Register.for_writing(location)
    register.append(named("first"))
    register.engine.dispose()
    Path(location).chmod(0o444)
    # Root writes wherever it likes: an immutable file is what a read-only disk looks like to it.
    immutable = subprocess.run(["chattr", "+i", location], capture_output=True, check=False).returncode == 0
    if os.access(location, os.W_OK) and not immutable:
        pytest.skip("root, on a file system without immutable files")
    try:
        with pytest.raises((NotKeptError, InvalidInputError)):
            Register.for_writing(location).append(named("second"))
        assert Register.open(location).count() == 1
    finally:
        subprocess.run(["chattr", "-i", location], capture_output=True, check=False)


def test_what_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"not a database at all, but long enough to look like a file of something" * 30)
    for way in (Register.open, Register.for_writing):
        with pytest.raises(InvalidInputError) as caught:
            way(str(path))
        assert caught.value.problems[0].code == "register_unusable"
    assert path.read_bytes().startswith(b"not a database")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Register.for_writing(str(tmp_path / "absent" / "register.db"))
    assert caught.value.problems[0].code == "register_unusable"


def test_reading_never_opens_a_register(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Register.open(str(tmp_path / "register.db"))
    assert caught.value.problems[0].code == "register_missing"
    assert not (tmp_path / "register.db").exists()


def test_a_register_of_a_version_to_come(location: str) -> None:
    import sqlite3

    Register.for_writing(location)
    with sqlite3.connect(location) as connection:
        connection.execute("DROP TRIGGER about_no_update")
        connection.execute("UPDATE about SET value = '99' WHERE key = 'version'")
    connection.close()
    with pytest.raises(InvalidInputError) as caught:
        Register.open(location)
    assert caught.value.problems[0].code == "register_version"
