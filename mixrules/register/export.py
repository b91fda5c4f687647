"""A register as lines of JSON for an auditor: whole, or with pseudonyms for what could name somebody.

Pseudonyms are the same within one export and differ in the next: the key that makes them is thrown away. Names
sealed apart never leave the register. A decision with pseudonyms no longer has the bytes of its digest; the digest
stays, so that the auditor can ask for the original.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from mixrules.record import plain
from mixrules.register.ledger import Register

NAMES = {"id", "name"}
"""Keys of a programme whose texts are somebody's own words."""
SHORTEST = 3
"""A name of fewer characters names nobody, and would be found inside other words and numbers."""


def exported(register: Register, *, pseudonyms: bool) -> Iterator[dict[str, Any]]:
    """Each entry with its programme and its decision."""
    key = secrets.token_bytes(32)
    for link in register.links():
        entry = link.entry()
        programme = json.loads(register.content(entry.programme))
        row = {
            "number": link.number,
            "hash": link.hash,
            "entry": plain(entry) | {"officer": None, "applicant": None},
            "programme": programme,
            "decision": json.loads(register.content(entry.decision)),
        }
        yield (
            _veiled(row, {*_names(programme["programmes"]), programme.get("id", ""), entry.dossier}, key)
            if pseudonyms
            else row
        )


def _names(value: Any) -> Iterator[str]:
    """The texts of a programme that could name somebody or something."""
    if isinstance(value, dict):
        for key, held in value.items():
            if isinstance(held, str) and key in NAMES:
                yield held
            else:
                yield from _names(held)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _veiled(row: dict[str, Any], names: Iterable[str], key: bytes) -> dict[str, Any]:
    """A row in which every name is a pseudonym, wherever it stands in a text."""
    known = sorted({name for name in names if len(name.strip()) >= SHORTEST}, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in known))

    def veil(value: Any) -> Any:
        if isinstance(value, dict):
            return {key_: veil(held) for key_, held in value.items()}
        if isinstance(value, list):
            return [veil(item) for item in value]
        return (
            pattern.sub(lambda found: _pseudonym(found[0], key), value) if isinstance(value, str) else value
        )

    return {name: held if name in {"number", "hash"} else veil(held) for name, held in row.items()}


def _pseudonym(name: str, key: bytes) -> str:
    return "x" + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:10]
