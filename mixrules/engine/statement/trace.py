"""The trace of a decision: its sentences, rolls and steps, each written once however many findings rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mixrules.engine.decision import Counted, RollPart, Step, TableRow, Trace
from mixrules.engine.statement.roll import Roll
from mixrules.programme.scope import ScopeTree


class Tracer:
    """Collects the steps of one decision; equal steps are one."""

    def __init__(self) -> None:
        self._sentences: dict[tuple[str, str], int] = {}
        self._steps: dict[tuple[Any, ...], int] = {}
        self._written: list[Step] = []
        self._counted: set[str] = set()
        self._rolls: dict[int, Roll] = {}

    def sentence(self, french: str, english: str) -> int:
        """The place of a sentence."""
        return self._sentences.setdefault((french, english), len(self._sentences))

    def step(
        self,
        kind: Any,
        says: int,
        value: str,
        unit: str = "",
        *,
        because: int | None = None,
        decides: int | None = None,
        counted: Sequence[Counted] = (),
        row: TableRow | None = None,
        steps: Sequence[int] = (),
    ) -> int:
        """The place of a step."""
        groups = tuple(group.as_tuple() for group in counted)
        read = (row.parameter, *row.keys, row.since) if row is not None else None
        key = (kind, says, value, unit, because, decides, groups, read, *steps)
        place = self._steps.get(key)
        if place is None:
            place = self._steps[key] = len(self._written)
            self._counted.update(group.of for group in counted)
            self._written.append(
                Step(kind, says, value, unit, because, decides, list(counted), row, list(steps))
            )
        return place

    def roll_of(self, tree: ScopeTree) -> Roll:
        """The roll of a tree; trees of one submission have the same names in the same order."""
        roll = self._rolls.get(id(tree))
        if roll is None:
            roll = self._rolls[id(tree)] = Roll(tree)
        return roll

    def trace(self) -> Trace:
        """All of it, with the names in every collection that was counted."""
        roll = next(iter(self._rolls.values()), None)
        names = sorted(self._counted) if roll is not None else []
        return Trace(
            sentences=[{"fr": french, "en": english} for french, english in self._sentences],
            rolls=[RollPart(of=name, names=roll.names(name)) for name in names if roll is not None],
            steps=self._written,
        )
