"""Registers written by each version still verify and replay; `fixtures/make_register.py` writes this version's."""

from pathlib import Path

import pytest

from mixrules import __version__
from mixrules.register.ledger import Register
from mixrules.register.replay import Replay
from mixrules.register.verification import verify

REGISTERS = sorted((Path(__file__).parents[2] / "fixtures/registers").glob("*.db"))


def test_this_version_left_one() -> None:
    assert __version__ in [path.stem for path in REGISTERS]


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_a_register_of_a_version_verifies_and_replays(path: Path) -> None:
    with Register.open(str(path)) as register:
        assert verify(register).whole
        replay = Replay(register)
        for link in register.links():
            found = replay.again(link)
            # Only another version may decide otherwise, and then it says so.
            decided = found.outcome in {"identical", "same"}
            assert decided or (
                found.outcome == "different" and "mixrules" in {name for name, *_ in found.why}
            )
