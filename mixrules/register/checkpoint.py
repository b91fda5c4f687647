"""A checkpoint: how far a register reached and its last hash, kept elsewhere.

A chain alone cannot show that its end was cut off, or that the whole file was written anew: a checkpoint that
somebody else keeps does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import rfc8785

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record
from mixrules.register.clock import now
from mixrules.register.entry import ORIGIN
from mixrules.register.ledger import Register, Sign


class Checkpoint(Record):
    """The state of a register at a moment; `signature` is of the hash of the last entry, in hexadecimal."""

    format: Literal["mixrules-checkpoint/1"]
    register: str
    entries: int
    hash: str
    at: str
    signature: str | None

    def text(self) -> bytes:
        """The checkpoint as it is written."""
        return rfc8785.dumps(dict(zip(self.fields_, self.as_tuple(), strict=True))) + b"\n"


def of(register: Register, sign: Sign | None = None) -> Checkpoint:
    """The present state of a register."""
    last = register.count()
    digest = register.link(last).hash if last else ORIGIN
    return Checkpoint(
        format="mixrules-checkpoint/1",
        register=register.facts()["register"],
        entries=last,
        hash=digest,
        at=now(),
        signature=sign(digest).hex() if sign else None,
    )


def load(path: Path) -> Checkpoint:
    """A checkpoint from its file.

    Raises:
        InvalidInputError: the file holds none.
    """
    try:
        held = json.loads(path.read_bytes())
        found = Checkpoint(**held)
        well = found.format == "mixrules-checkpoint/1" and isinstance(found.entries, int)
    except (OSError, ValueError, TypeError):
        well = False
    if not well:
        raise InvalidInputError([Problem.of("checkpoint_unusable", Place(file=path.name))])
    return found


def signed_by(found: Checkpoint, holds: Callable[[str, bytes], bool]) -> bool:
    """Whether a checkpoint bears a signature of the owner of a public key."""
    try:
        return found.signature is not None and holds(found.hash, bytes.fromhex(found.signature))
    except ValueError:
        return False
