"""The facts and claims of a corpus, checked as the engine checks those of one file: each different value once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mixrules.engine import facts
from mixrules.message import InvalidInputError, Problem
from mixrules.programme.model import Submission
from mixrules.territory.choice import EVERYWHERE, Choice
from mixrules.territory.corpus import scalar
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import name, text

GROUPS = ("facts", "claims", "elections")


def check(profile: Profile, choice: Choice) -> None:
    """Check every value that a rulebook declares, in the files that it decides.

    Raises:
        InvalidInputError: with each different value that is not of its type.
    """
    problems: dict[Problem, None] = {}
    for book in choice.books:
        reach = choice.condition(book, profile)
        for asked in book.inputs:
            for holder in _offered(profile, asked, reach):
                problems |= dict.fromkeys(facts.problems(Submission.model_validate(holder), book.inputs))
    if problems:
        raise InvalidInputError(problems)


def _offered(profile: Profile, asked: str, reach: str) -> Iterator[dict[str, Any]]:
    """A file for each different value of an input, which holds that value alone."""
    group, _, own = asked.rpartition(".")
    if group in GROUPS:
        for word in _values(profile, "programme", group, own, reach):
            yield {"programme": {group: {own: word}}}
    elif group == "district.facts":
        for word in _values(profile, "programme", group, own, reach):
            yield {"district": {"facts": {own: word}}, "programme": {}}
    elif not group:
        for word in _values(profile, "dwelling", "facts", own, reach):
            yield {"programme": {"dwellings": [{"facts": {own: word}}]}}


def _values(profile: Profile, table: str, column: str, own: str, reach: str) -> Iterator[str | int | bool]:
    source = table if table == "programme" else f"{table} JOIN programme USING (r)"
    where = f" WHERE {reach}" if reach != EVERYWHERE else ""
    there = own in profile.keys(table, column)
    asked = f"{table}.{name(column)}[{text(own).text}]"
    return map(scalar, profile.values((source if where else table) + where, asked) if there else ())
