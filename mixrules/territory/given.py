"""The facts and claims of a corpus, checked as the engine checks those of one file: each different value once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mixrules.engine import facts
from mixrules.message import InvalidInputError, Problem
from mixrules.programme.model import Submission
from mixrules.rulebook.model import Rulebook
from mixrules.territory.corpus import scalar
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import name, text

GROUPS = ("facts", "claims", "elections")


def check(profile: Profile, books: Sequence[Rulebook]) -> None:
    """Check every value that a rulebook declares.

    Raises:
        InvalidInputError: with each different value that is not of its type.
    """
    known = {asked: given for book in books for asked, given in book.inputs.items()}
    problems: dict[Problem, None] = {}
    for asked in known:
        for holder in _offered(profile, asked):
            problems |= dict.fromkeys(facts.problems(Submission.model_validate(holder), known))
    if problems:
        raise InvalidInputError(problems)


def _offered(profile: Profile, asked: str) -> Iterator[dict[str, Any]]:
    """A file for each different value of an input, which holds that value alone."""
    group, _, own = asked.rpartition(".")
    if group in GROUPS:
        for word in _values(profile, "programme", group, own):
            yield {"programme": {group: {own: word}}}
    elif group == "district.facts":
        for word in _values(profile, "programme", group, own):
            yield {"district": {"facts": {own: word}}, "programme": {}}
    elif not group:
        for word in _values(profile, "dwelling", "facts", own):
            yield {"programme": {"dwellings": [{"facts": {own: word}}]}}


def _values(profile: Profile, table: str, column: str, own: str) -> Iterator[str | int | bool]:
    found = profile.values(table, f"{name(column)}[{text(own).text}]")
    return (scalar(word) for word in found)
