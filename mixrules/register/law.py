"""The rulebooks of a decision as they are kept: their texts, and which of them were applied."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from mixrules.record import Record
from mixrules.register.content import address, pack
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook


class Law(Record):
    """The rulebooks applied, and the address of the text of each rulebook read for them."""

    applied: list[str]
    texts: dict[str, str]

    def content(self) -> bytes:
        """The list as it is stored: equal laws have equal bytes."""
        held = {"applied": sorted(self.applied), "texts": dict(sorted(self.texts.items()))}
        return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def kept(found: Library, books: Iterable[Rulebook]) -> tuple[Law, dict[str, bytes]]:
    """The law of a decision, and the packed texts by their address."""
    texts: dict[str, str] = {}
    packed: dict[str, bytes] = {}
    applied = [book.id for book in books]
    for name in applied:
        for used, text in found.closure(name).items():
            stored = pack(text.encode())
            texts[used] = address(stored)
            packed[texts[used]] = stored
    return Law(applied, texts), packed


def read(content: bytes) -> Law:
    """The law of a stored list."""
    held = json.loads(content)
    return Law(held["applied"], held["texts"])


def library(law: Law, content: Callable[[str], bytes]) -> Library:
    """The rulebooks of a law, from the texts that the register holds."""
    return Library.of_texts({name: content(where).decode() for name, where in law.texts.items()})
