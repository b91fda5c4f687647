"""Deciding again what was decided: under the law of its day, or under another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from mixrules import __version__
from mixrules.engine.decide import Decider
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.register import law
from mixrules.register.entry import Entry, Link, UnreadableEntryError
from mixrules.register.ledger import Register
from mixrules.rulebook.library import Library
from mixrules.rulebook.reference.shelf import ReferenceShelf

MOST_LAWS = 20
"""Laws whose compiled rulebooks are held at once."""

Outcome = Literal["identical", "same", "different", "impossible"]


class Difference(Record):
    """One place at which two decisions differ; `before` and `after` are JSON, empty where nothing stands."""

    path: str
    before: str
    after: str


class Replayed(Record):
    """An entry decided again: `same` is the same decision by other evaluators, `why` says what is not as then."""

    number: int
    dossier: str
    outcome: Outcome
    differences: list[Difference]
    why: list[tuple[str, str, str]]
    error: str = ""


class Replay:
    """Replays entries of a register; entries decided under the same law share its rulebooks."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._deciders: dict[str, Decider] = {}

    def again(self, link: Link) -> Replayed:
        """Decide an entry again under its own rulebooks, and compare it with what was decided."""
        try:
            entry = link.entry()
            kept = self.register.content(entry.decision)
            decision = self.decide(entry)
        except (InvalidInputError, UnreadableEntryError) as error:
            return Replayed(link.number, "?", "impossible", [], [], str(error))
        content = decision.canonical()
        if content == kept:
            return Replayed(link.number, entry.dossier, "identical", [], [])
        found = list(differences(json.loads(kept), json.loads(content)))
        outcome: Outcome = "same" if decision.digest == entry.digest else "different"
        return Replayed(link.number, entry.dossier, outcome, found, _changed(entry, decision))

    def decide(self, entry: Entry) -> Decision:
        """The decision of an entry under the rulebooks that it names, at the date that its file gives."""
        submission = self.submission(entry)
        asked = date.fromisoformat(entry.date_asked) if entry.date_asked else None
        today = date.fromisoformat(entry.today)
        return self._decider(entry).decide(submission, law_date(submission, asked, today))

    def submission(self, entry: Entry) -> Submission:
        """The programme of an entry."""
        return Submission.model_validate_json(self.register.content(entry.programme))

    def decided(self, entry: Entry) -> Any:
        """The decision of an entry as it was issued, as JSON values."""
        return json.loads(self.register.content(entry.decision))

    def law(self, entry: Entry) -> tuple[Library, list[str]]:
        """The rulebooks that an entry keeps, and which of them were applied."""
        kept = law.read(self.register.content(entry.law))
        return law.library(kept, self.register.content), kept.applied

    def shelf(self, entry: Entry, before: ReferenceShelf | None = None) -> ReferenceShelf:
        """The reference tables that an entry keeps; those of another shelf come before."""
        return law.shelf(law.read(self.register.content(entry.law)), self.register.content, before)

    def _decider(self, entry: Entry) -> Decider:
        if entry.law not in self._deciders:
            if len(self._deciders) > MOST_LAWS:
                self._deciders.clear()
            found, applied = self.law(entry)
            self._deciders[entry.law] = Decider(
                (found.get(name) for name in applied), shelf=self.shelf(entry)
            )
        return self._deciders[entry.law]


def _changed(entry: Entry, decision: Decision) -> list[tuple[str, str, str]]:
    """What decided then and what decides now, where they are not the same."""
    pairs = [
        ("mixrules", entry.mixrules, __version__),
        ("evaluators", ", ".join(entry.evaluators), ", ".join(decision.evaluators)),
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """The places at which two JSON values differ, as JSON pointers."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key, _NOTHING), after.get(key, _NOTHING), f"{path}/{key}")
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            old, new = (rows[index] if index < len(rows) else _NOTHING for rows in (before, after))
            yield from differences(old, new, f"{path}/{index}")
    elif before != after:
        yield Difference(path, _told(before), _told(after))


_NOTHING = object()


def _told(value: Any) -> str:
    return "" if value is _NOTHING else json.dumps(value, ensure_ascii=False)
