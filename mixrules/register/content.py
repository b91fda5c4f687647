"""Content that is stored once, under the digest of the bytes that are stored."""

from __future__ import annotations

import hashlib
import zlib

LEVEL = 6
"""One level of compression for good, so that the same content has the same address."""
LARGEST = 400_000_000
"""Bytes that a stored content may unfold to; more is no decision of ours."""


class DamagedContentError(Exception):
    """A stored content that cannot be unfolded."""


def pack(content: bytes) -> bytes:
    """Content in the form in which it is stored."""
    return zlib.compress(content, LEVEL)


def unpack(stored: bytes) -> bytes:
    """The content of what was stored.

    Raises:
        DamagedContentError: the bytes are not a packed content, or unfold to more than any decision holds.
    """
    reader = zlib.decompressobj()
    try:
        content = reader.decompress(stored, LARGEST)
    except zlib.error:
        raise DamagedContentError from None
    if not reader.eof or reader.unused_data:
        raise DamagedContentError
    return content


def address(stored: bytes) -> str:
    """The name of stored bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(stored).hexdigest()


def raw(value: object) -> bytes:
    """What a column holds, as bytes; whoever tampered with it may have left something else there."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
