"""What takes longer than a second says so on a terminal, and only there."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLEEP = """
import sys, time
from mixrules.cli.progress import waiting
with waiting("Lecture"):
    time.sleep(float(sys.argv[1]))
"""


def seen(seconds: str, *, terminal: bool) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    command = [sys.executable, "-c", SLEEP, seconds]
    if not terminal:
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stderr
    reader, writer = pty.openpty()
    subprocess.run(command, stderr=writer, stdout=subprocess.DEVNULL, env=environment, check=True)
    os.close(writer)
    told = b""
    try:
        while part := os.read(reader, 4096):
            told += part
    except OSError:  # the other end is closed and everything was read
        pass
    finally:
        os.close(reader)
    return told.decode()


@pytest.mark.parametrize(
    ("seconds", "terminal", "said"), [("1.5", True, True), ("0", True, False), ("1.5", False, False)]
)
def test_a_wait_is_told(seconds: str, terminal: bool, said: bool) -> None:
    assert ("Lecture" in seen(seconds, terminal=terminal)) is said
