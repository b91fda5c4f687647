"""Signatures of entries and checkpoints (Ed25519, RFC 8032), so that who wrote them can be proved."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mixrules.message import InvalidInputError, Place, Problem


def make(path: Path) -> Path:
    """Write a new private key, readable by its owner alone, and the public key beside it.

    Raises:
        InvalidInputError: a file stands there already, or the place cannot be written.
    """
    public = path.with_suffix(".pub")
    key = Ed25519PrivateKey.generate()
    private_text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public_text = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    try:
        for place, held, mode in ((path, private_text, 0o600), (public, public_text, 0o644)):
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
                file.write(held)
    except OSError as error:
        raise InvalidInputError(
            [Problem.of("cannot_write", found=error.filename, why=error.strerror)]
        ) from None
    return public


def signer(path: Path) -> Callable[[str], bytes]:
    """A function that signs the hash of an entry with a private key.

    Raises:
        InvalidInputError: no Ed25519 private key stands there.
    """
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise InvalidInputError([Problem.of("key_unusable", Place(file=path.name))])
    return lambda digest: key.sign(bytes.fromhex(digest))


def checker(path: Path) -> Callable[[str, bytes], bool]:
    """A function that says whether a signature of a hash was made by the owner of a public key.

    Raises:
        InvalidInputError: no Ed25519 public key stands there.
    """
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise InvalidInputError([Problem.of("key_unusable", Place(file=path.name))])

    def holds(digest: str, signature: bytes) -> bool:
        try:
            key.verify(signature, bytes.fromhex(digest))
        except (InvalidSignature, ValueError):
            return False
        return True

    return holds
