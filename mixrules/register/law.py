"""The law of a decision as it is kept: the texts of its rulebooks, which were applied, and the tables looked up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from mixrules.record import Record
from mixrules.register.content import address, pack
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.rulebook.reference.table import HeldTable


class Law(Record):
    """The rulebooks applied, and where each text read for them is kept.

    `tables` holds the addresses of the header and of the rows of each reference table looked up.
    """

    applied: list[str]
    texts: dict[str, str]
    tables: dict[str, list[str]]

    @property
    def addresses(self) -> dict[str, str]:
        """Where everything is kept, by what it is."""
        parts = {
            f"{name} ({part})": where
            for name, held in self.tables.items()
            for part, where in zip(("table", "rows"), held, strict=True)
        }
        return {**self.texts, **parts}

    def content(self) -> bytes:
        """The list as it is stored: equal laws have equal bytes."""
        held: dict[str, object] = {
            "applied": sorted(self.applied),
            "texts": dict(sorted(self.texts.items())),
        }
        if self.tables:
            held["tables"] = dict(sorted(self.tables.items()))
        return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def kept(
    found: Library, books: Iterable[Rulebook], tables: Iterable[HeldTable] = ()
) -> tuple[Law, dict[str, bytes]]:
    """The law of a decision, and the packed texts and tables by their address."""
    texts: dict[str, str] = {}
    packed: dict[str, bytes] = {}
    applied = [book.id for book in books]
    for name in applied:
        for used, text in found.closure(name).items():
            stored = pack(text.encode())
            texts[used] = address(stored)
            packed[texts[used]] = stored
    looked_up: dict[str, list[str]] = {}
    for held in tables:
        stored_parts = [pack(held.header.encode()), pack(held.rows.encode())]
        looked_up[held.table.id] = [address(stored) for stored in stored_parts]
        packed.update(zip(looked_up[held.table.id], stored_parts, strict=True))
    return Law(applied, texts, looked_up), packed


def read(content: bytes) -> Law:
    """The law of a stored list."""
    held = json.loads(content)
    return Law(held["applied"], held["texts"], held.get("tables", {}))


def library(law: Law, content: Callable[[str], bytes]) -> Library:
    """The rulebooks of a law, from the texts that the register holds."""
    return Library.of_texts({name: content(where).decode() for name, where in law.texts.items()})


def shelf(law: Law, content: Callable[[str], bytes], before: ReferenceShelf | None = None) -> ReferenceShelf:
    """The reference tables of a law, from what the register holds; those of another shelf come before.

    Raises:
        InvalidInputError: a table that this version cannot read.
    """
    kept_tables = ((content(header).decode(), content(rows)) for header, rows in law.tables.values())
    return ReferenceShelf.of_kept(kept_tables, before)
