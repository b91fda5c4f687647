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
    for found, _ in _wrong(profile, choice):
        problems |= dict.fromkeys(found)
    if problems:
        raise InvalidInputError(problems)


def wrongly(profile: Profile, choice: Choice) -> str:
    """The programmes that give such a value, as a query."""
    found = [f"SELECT programme.r FROM {where}" for _, where in _wrong(profile, choice)]
    return " UNION ".join(found) or "SELECT NULL::BIGINT AS r WHERE FALSE"


def _wrong(profile: Profile, choice: Choice) -> Iterator[tuple[list[Problem], str]]:
    """What is wrong with each value that is not of its type, and the programmes that give it."""
    for book in choice.books:
        reach = choice.condition(book, profile)
        for asked in book.inputs:
            for holder, where in _offered(profile, asked, reach):
                problems = facts.problems(Submission.model_validate(holder), book.inputs)
                if problems:
                    yield problems, where


def _offered(profile: Profile, asked: str, reach: str) -> Iterator[tuple[dict[str, Any], str]]:
    """A file for each different value of an input, which holds that value alone, and where the value is."""
    group, _, own = asked.rpartition(".")
    if group in GROUPS:
        for value, where in _values(profile, "programme", group, own, reach):
            yield {"programme": {group: {own: value}}}, where
    elif group == "district.facts":
        for value, where in _values(profile, "programme", group, own, reach):
            yield {"district": {"facts": {own: value}}, "programme": {}}, where
    elif not group:
        for value, where in _values(profile, "dwelling", "facts", own, reach):
            yield {"programme": {"dwellings": [{"facts": {own: value}}]}}, where


def _values(
    profile: Profile, table: str, column: str, own: str, reach: str
) -> Iterator[tuple[str | int | bool, str]]:
    if own not in profile.keys(table, column):
        return
    asked = f"{table}.{name(column)}[{text(own).text}]"
    joined = table if table == "programme" else f"{table} JOIN programme USING (r)"
    words = profile.values(table if reach == EVERYWHERE else f"{joined} WHERE {reach}", asked)
    for word in words:
        yield scalar(word), f"{joined} WHERE {reach} AND {asked} = {text(word).text}"
