"""What kept decisions would be under other rules or at another date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from mixrules.engine.applicability import applying
from mixrules.engine.decide import Decider
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.record import Record
from mixrules.register.entry import Entry, Link
from mixrules.register.replay import MOST_LAWS, Replay
from mixrules.rulebook.library import Library
from mixrules.rulebook.reference.shelf import ReferenceShelf


class Change(Record):
    """Something that is not decided alike: the verdict, the land price, or an advantage of one element.

    `rule` is empty for the verdict and the land price; a status is empty where the other rules say nothing.
    """

    what: str
    rule: str
    scope: str
    before: str
    after: str
    amount_before: str
    amount_after: str
    unit: str


class Reconsidered(Record):
    """A kept decision and what changes in it; `error` where it cannot be decided under these rules."""

    number: int
    dossier: str
    verdict_before: str
    verdict_after: str
    changes: list[Change]
    error: str = ""


class Reconsideration:
    """Decides kept programmes under other rulebooks, each in the place of the kept one of its name.

    Args:
        replay: the register's entries.
        found: the other rulebooks.
        names: those of them that are asked for.
        only: leave out the kept rulebooks that are not among them.
        shelf: the reference tables of now, each in the place of the kept one of its name.
    """

    def __init__(
        self,
        replay: Replay,
        found: Library,
        names: Sequence[str],
        *,
        only: bool = False,
        shelf: ReferenceShelf | None = None,
    ) -> None:
        self.replay, self.found, self.names, self.only = replay, found, names, only
        self.shelf = shelf
        self.texts = {used: text for name in names for used, text in found.closure(name).items()}
        self._deciders: dict[tuple[str, tuple[str, ...]], Decider] = {}

    def again(self, link: Link, day: date | None) -> Reconsidered:
        """Decide one entry at a date, or at that of its file, and compare with what was decided."""
        entry = link.entry()
        before = self.replay.decided(entry)
        submission = self.replay.submission(entry)
        law = law_date(submission, day, date.fromisoformat(entry.today))
        try:
            after = self._decider(entry, submission).decide(submission, law).content()
        except InvalidInputError as error:
            return Reconsidered(link.number, entry.dossier, before["verdict"], "", [], str(error))
        found = list(changes(before, after))
        return Reconsidered(link.number, entry.dossier, before["verdict"], after["verdict"], found)

    def _decider(self, entry: Entry, submission: Submission) -> Decider:
        own = [name for name in applying(self.found, submission) if name in self.names]
        key = (entry.law, tuple(own))
        if key not in self._deciders:
            if len(self._deciders) > MOST_LAWS:
                self._deciders.clear()
            kept, applied = self.replay.law(entry)
            texts = {name: kept.text(name) for name in kept.ids} | self.texts
            names = own if self.only else [*dict.fromkeys([*applied, *own])]
            library = Library.of_texts(texts)
            self._deciders[key] = Decider(
                (library.get(name) for name in names), shelf=self.replay.shelf(entry, self.shelf)
            )
        return self._deciders[key]


def changes(before: Any, after: Any) -> Iterator[Change]:
    """What two decisions on one programme do not decide alike, as far as the applicant is concerned."""
    if before["verdict"] != after["verdict"]:
        yield Change("verdict", "", "", before["verdict"], after["verdict"], "", "", "")
    prices = before["land_price"]["status"], after["land_price"]["status"]
    if prices[0] != prices[1]:
        yield Change("land_price", "", "", *prices, "", "", "")
    old, new = (_advantages(decision) for decision in (before, after))
    for key in [*old, *(k for k in new if k not in old)]:
        pair = old.get(key, _NONE), new.get(key, _NONE)
        if pair[0] != pair[1] and not {pair[0][0], pair[1][0]} <= _SILENT:
            yield Change(
                "advantage",
                *key,
                pair[0][0],
                pair[1][0],
                pair[0][1],
                pair[1][1],
                pair[1][2] or pair[0][2],
            )


_NONE = ("", "", "")
_SILENT = {"", "not-applicable"}
"""A rule that says nothing and one that has no object come to the same."""


def _advantages(decision: Any) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Status and amount of each advantage of a decision, by rule and element."""
    found = {}
    for advantage in decision["advantages"]:
        amount = advantage["amount"] or {"value": "", "unit": ""}
        value = amount["value"] or advantage["rate"] or ""
        found[advantage["rule"], advantage["scope"]] = (advantage["status"], value, amount["unit"])
    return found
