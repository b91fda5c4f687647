"""An entry of the register and the chain that binds it to the one before.

The hash of an entry covers its number, the hash of the entry before and its own text; the text names the
programme, the law and the decision by the digest of what is stored. So nothing that an entry says or refers to
can change, go, come or move without breaking the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

import rfc8785

from mixrules.record import Record

FORMAT: Literal["mixrules-register/1"] = "mixrules-register/1"
ORIGIN = "0" * 64
"""What stands before the first entry."""


class Entry(Record):
    """What the register says of one decision; `programme`, `law` and `decision` are addresses of contents."""

    format: Literal["mixrules-register/1"]
    at: str
    mixrules: str
    python: str
    evaluators: list[str]
    file: str
    programme: str
    law: str
    decision: str
    digest: str
    dossier: str
    district: str
    insee: str
    phase: str
    verdict: str
    date_asked: str | None
    today: str
    officer: str | None
    applicant: str | None

    def text(self) -> bytes:
        """The entry in canonical JSON (RFC 8785)."""
        return rfc8785.dumps(dict(zip(self.fields_, self.as_tuple(), strict=True)))


class UnreadableEntryError(Exception):
    """The text of an entry is not one that a version of mixrules wrote."""


def read(text: bytes) -> Entry:
    """The entry of a text, whatever the version that wrote it.

    Raises:
        UnreadableEntryError: it is damaged, or of a version to come.
    """
    try:
        held: dict[str, Any] = json.loads(text.decode())
        if held["format"] != FORMAT:
            raise UnreadableEntryError(str(held["format"]))
        return Entry(**held)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableEntryError(str(error)) from None


class Link(Record):
    """An entry as it is stored: its place in the chain, its text, and a signature of its hash."""

    number: int
    previous: str
    hash: str
    text: bytes
    signature: bytes | None = None

    def entry(self) -> Entry:
        """What the entry says.

        Raises:
            UnreadableEntryError: the text is damaged.
        """
        return read(self.text)


def chained(number: int, previous: str, text: bytes) -> str:
    """The hash of an entry: of its number, of the entry before and of its text, in hexadecimal."""
    head = f"{FORMAT}\n{number}\n{previous}\n".encode()
    return hashlib.sha256(head + text).hexdigest()
