"""Programmes drawn for a rulebook: its worked examples, changed where it looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from pydantic import ValidationError

from benchmarks.agreement.slot import LISTS, Path, slots
from mixrules.authoring.example import written_out
from mixrules.programme.model import Submission
from mixrules.rulebook.model import Rulebook

Data = dict[str, Any]
CHANGES = (0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 5, 8)
"""How many changes a programme gets, each as likely as the others."""
LONGEST = 8
"""Lines kept of a list: small programmes are decided quickly."""


class Draw:
    """Draws programmes for one rulebook; the same number gives the same programme everywhere."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.seeds = [_seed(json.loads(e.given), e.on.isoformat()) for e in book.examples]
        self.slots = slots(book, self.seeds)
        self.kinds = [kind for kind in LISTS if self.slots.lines[kind]] or ["dwelling"]

    def files(self, start: int, end: int) -> Iterator[tuple[str, Submission]]:
        """Programmes by their number."""
        for number in range(start, end):
            yield f"{number:09}", self._one(Random(f"{self.book.id} {number}"))

    def _one(self, chance: Random) -> Submission:
        data = [chance.choice(self.seeds)]
        for _ in range(chance.choice(CHANGES)):
            data.append(self._changed(data[-1], chance))
        while True:
            try:
                return Submission.model_validate(data[-1])
            except ValidationError:
                # The model does not take it, whatever the rules say: the last change is left out.
                data.pop()

    def _changed(self, data: Data, chance: Random) -> Data:
        if chance.random() < 0.05:
            return put(data, ("dates", "decision"), chance.choice(self.slots.days))
        if not self.slots.plain or chance.random() < 0.4:
            return self._relisted(data, chance.choice(self.kinds), chance)
        slot = chance.choice(self.slots.plain)
        return put(data, slot.path, chance.choice(slot.values))

    def _relisted(self, data: Data, kind: str, chance: Random) -> Data:
        """One list of lines with one of them changed, dropped, doubled or counted otherwise."""
        path = LISTS[kind]
        lines = list(_get(data, path) or [])
        way = chance.random()
        if way < 0.05:
            return put(data, path, chance.choice([None, []]))
        if not lines:
            return put(data, path, [self._line(kind, {}, chance)])
        at = chance.randrange(len(lines))
        if way < 0.15:
            del lines[at]
        elif way < 0.3 and len(lines) < LONGEST:
            lines.append(self._line(kind, lines[at], chance))
        elif way < 0.55 and kind in {"dwelling", "existing"}:
            count = int(lines[at].get("count", 1) or 0)
            lines[at] = {
                **lines[at],
                "count": max(1, chance.choice([count - 1, count + 1, count * 2, 1, 3, 10])),
            }
        else:
            lines[at] = self._line(kind, lines[at], chance)
        return put(data, path, lines)

    def _line(self, kind: str, line: Data, chance: Random) -> Data:
        if not self.slots.lines[kind]:
            return line
        slot = chance.choice(self.slots.lines[kind])
        return put(line, slot.path[1:], chance.choice(slot.values))


def _seed(given: Data, day: str) -> Data:
    """An example in full, under the law of its own day."""
    data = written_out(given)
    for path in LISTS.values():
        lines = _get(data, path)
        if lines and len(lines) > LONGEST:
            data = put(data, path, lines[:LONGEST])
    return data if _get(data, ("dates", "decision")) else put(data, ("dates", "decision"), day)


def _get(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step] if isinstance(data, list) else (data or {}).get(step)
    return data


def put(data: Any, path: Path, value: Any) -> Any:
    """The same data with one value changed; nothing that it shares with others is touched."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return [put(item, tuple(rest), value) if index == step else item for index, item in enumerate(data)]
    held = dict(data or {})
    made = put(held.get(step), tuple(rest), value)
    if made is None:
        held.pop(step, None)
    else:
        held[step] = made
    return held
