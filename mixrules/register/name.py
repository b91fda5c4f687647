"""Names of persons, sealed apart from the chain so that they can be erased.

The entry holds only the digest of a name together with a random salt. When the name and its salt are erased,
the digest says nothing of the person any more, and the chain verifies as before.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any


def seal(person: Any) -> tuple[str, bytes]:
    """The digest that the entry keeps of a person's particulars, and the bytes kept apart."""
    held = {"salt": secrets.token_hex(32), "person": person}
    sealed = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(sealed).hexdigest(), sealed


def opened(sealed: bytes) -> Any:
    """What a sealed name says of the person."""
    return json.loads(sealed)["person"]
