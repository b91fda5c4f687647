"""Words of a finding that are one of a few: the database keeps their numbers, files and readers see their texts.

Of the five texts that tell a finding, four are the same for thousands of programmes: as texts they are copied at
every step from the query to the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from mixrules.rulebook.model import Force, Kind, Outcome
from mixrules.territory.sql.expression import text

RULE = "rule"
WORDS: dict[str, tuple[str, ...]] = {
    "force": get_args(Force),
    "kind": get_args(Kind),
    "status": get_args(Outcome),
}
"""The parts of a finding that are one of a few words whatever decides; its rule is one of those that decide."""


def kind(part: str) -> str:
    """The type of a part of a finding."""
    return f"said_{part}" if part in {RULE, *WORDS} else "VARCHAR"


def said(part: str, written: str) -> str:
    """A text as a part of a finding."""
    return f"{written}::{kind(part)}" if kind(part) != "VARCHAR" else written


def types(rules: Iterable[str]) -> Iterator[str]:
    """What makes the types of those parts; rules are ordered as their names are."""
    for part, words in {RULE: sorted(set(rules)), **WORDS}.items():
        listed = ", ".join(text(word).text for word in words)
        yield f"CREATE OR REPLACE TYPE {kind(part)} AS ENUM ({listed})"
