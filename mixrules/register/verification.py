"""Whether a register is whole: every entry, every content, in their order.

What it proves: that no entry was changed, removed, inserted or moved since the chain was written, as long as
whoever could write the file did not compute the whole chain anew. Against that stand signatures (the key is not
in the file) and checkpoints (kept elsewhere). It does not prove that the entry was true when it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from mixrules.message import Problem
from mixrules.record import Record
from mixrules.register.checkpoint import Checkpoint, signed_by
from mixrules.register.content import DamagedContentError, address, raw, unpack
from mixrules.register.entry import ORIGIN, Entry, UnreadableEntryError, chained, read
from mixrules.register.law import read as read_law
from mixrules.register.ledger import Register

Holds = Callable[[str, bytes], bool]
COPIED = ("programme", "law", "decision", "dossier", "district")
"""Columns that repeat what the text of an entry says."""
_COPIES = attrgetter(*COPIED)


class Verified(Record):
    """What a verification found."""

    entries: int
    signed: int
    last: str
    faults: list[Problem]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    register: Register,
    holds: Holds | None = None,
    checkpoints: Sequence[Checkpoint] = (),
    step: Callable[[int], None] = lambda _: None,
) -> Verified:
    """Read the whole register and name each entry that is not as it was written.

    Args:
        register: the register.
        holds: how to check signatures; entries without one are then faults.
        checkpoints: states of the register kept elsewhere.
        step: told how many entries were read, for a progress bar.
    """
    walk = _Walk(register, holds, {point.entries: point for point in checkpoints})
    faults = list(walk.faults(step))
    faults += [
        Problem.of("name_changed", None, "", found=where)
        for where, sealed in register.names()
        if address(sealed) != where
    ]
    faults += walk.missed(register.facts().get("register", ""), checkpoints)
    return Verified(walk.seen, walk.signed, walk.last, faults)


class _Walk:
    """One pass over the entries; what it holds does not grow with them."""

    def __init__(self, register: Register, holds: Holds | None, points: dict[int, Checkpoint]) -> None:
        self.register, self.holds, self.points = register, holds, points
        self.expected, self.last = 1, ORIGIN
        self.seen = self.signed = 0
        self.reached: dict[int, str] = {}
        self.laws: dict[str, list[str]] = {}

    def faults(self, step: Callable[[int], None]) -> Iterator[Problem]:
        for row in self.register.rows():
            yield from self._row(row)
            self.seen += 1
            if self.seen % 1000 == 0:
                step(self.seen)

    def _row(self, row: Any) -> Iterator[Problem]:
        number, text = row.number, raw(row.text)
        if number != self.expected:
            yield _fault("entries_gone", number, first=self.expected, last=number - 1)
        elif row.previous != self.last:
            yield _fault("entry_misplaced", number)
        if chained(number, row.previous, text) != row.hash:
            yield _fault("entry_changed", number)
        self.expected, self.last = number + 1, row.hash
        if number in self.points:
            self.reached[number] = row.hash
        yield from self._signature(row)
        try:
            entry = read(text)
        except UnreadableEntryError:
            yield _fault("entry_unreadable", number)
            return
        yield from self._copies(row, entry)
        yield from self._contents(row, entry)

    def _signature(self, row: Any) -> Iterator[Problem]:
        if row.signature is not None:
            self.signed += 1
        if self.holds is None:
            return
        if row.signature is None:
            yield _fault("entry_unsigned", row.number)
        elif not self.holds(row.hash, raw(row.signature)):
            yield _fault("signature_false", row.number)

    def _copies(self, row: Any, entry: Entry) -> Iterator[Problem]:
        if _COPIES(row) == _COPIES(entry):
            return
        for name in COPIED:
            if getattr(row, name) != getattr(entry, name):
                yield _fault("column_changed", row.number, column=name)

    def _contents(self, row: Any, entry: Entry) -> Iterator[Problem]:
        for name, stored in (("programme", row.kept), ("decision", row.decided)):
            if stored is None:
                yield _fault("content_gone", row.number, content=name)
            elif address(raw(stored)) != getattr(entry, name):
                yield _fault("content_changed", row.number, content=name)
        for broken in self._law(entry.law):
            yield _fault("content_changed", row.number, content=broken)

    def _law(self, name: str) -> list[str]:
        """What is missing or changed of a law; many entries share one, and it is read once."""
        if name not in self.laws:
            if len(self.laws) > 1000:
                self.laws.clear()
            self.laws[name] = self._broken(name)
        return self.laws[name]

    def _broken(self, name: str) -> list[str]:
        stored = self.register.stored(name)
        if stored is None or address(stored) != name:
            return ["law"]
        try:
            texts = read_law(unpack(stored)).addresses
        except (DamagedContentError, ValueError, KeyError, TypeError):
            return ["law"]
        return [
            rulebook
            for rulebook, where in texts.items()
            if (held := self.register.stored(where)) is None or address(held) != where
        ]

    def missed(self, register: str, points: Sequence[Checkpoint]) -> Iterator[Problem]:
        """Checkpoints that the register does not pass through."""
        for point in points:
            if point.register != register:
                yield _fault("checkpoint_stranger", point.entries)
            elif point.entries and self.reached.get(point.entries) != point.hash:
                code = "checkpoint_cut" if point.entries > self.expected - 1 else "checkpoint_missed"
                yield _fault(code, point.entries, last=self.expected - 1, day=point.at)
            if self.holds is not None and not signed_by(point, self.holds):
                yield _fault("checkpoint_unsigned", point.entries)


def _fault(code: str, number: int, **args: object) -> Problem:
    return Problem.of(code, None, "", number=number, **args)
