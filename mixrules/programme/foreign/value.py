"""From what a cell says to what the model takes; what could mean several things is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mixrules.programme.category import TENURE, fold
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.foreign.lexicon import is_local
from mixrules.programme.foreign.likeness import OPEN_TYPOLOGY, TYPOLOGY, number, placed
from mixrules.programme.layout import clean
from mixrules.quantity import canonical

NUMBERS = frozenset({"living_area", "floor_area", "count", "price", "rent", "parking_places"})
UNKNOWN = "?"
"""The answer « nobody knows »: the value is then not given."""

Words = Mapping[str, Mapping[str, str]]
"""For each field, what the folded words of the workbook mean, as somebody answered."""


class DoubtError(Exception):
    """A word that may mean several things, or that is not known: somebody must say."""

    def __init__(self, field: str, word: str) -> None:
        self.field, self.word = field, word
        super().__init__(word)


def read_value(field: str, raw: Any, words: Words) -> Any:
    """What a cell gives to a field of a dwelling; a value out of place is kept as it is, and the model refuses it.

    Raises:
        DoubtError: its meaning must be asked.
    """
    if raw is None or (isinstance(raw, str) and fold(raw) in NONE_WORDS):
        return None if raw is None or field in {"tenure", "rooms", "count"} else raw
    if isinstance(raw, str):
        raw = clean(raw)
    answer = words.get(field, {}).get(fold(str(raw))) if isinstance(raw, str) else None
    if answer is not None:
        return None if answer == UNKNOWN else answer
    if field == "rooms":
        return _rooms(raw)
    if field == "tenure":
        return tenure(raw)
    if field in NUMBERS:
        found = number(raw)
        return raw if found is None else canonical(found)
    if field in {"building", "block", "stairwell"}:
        where = placed(raw)
        return where[1] if where and where[0] == field else raw
    return raw


def _rooms(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    folded = fold(raw)
    match = TYPOLOGY.fullmatch(folded)
    if match:
        return int(match[1] or match[2] or 1)
    if OPEN_TYPOLOGY.fullmatch(folded) or not folded.isdigit():
        raise DoubtError("rooms", raw)
    return int(folded)


def tenure(raw: Any) -> str:
    """The tenure that a word means, where it means one everywhere.

    Raises:
        DoubtError: it is not known, or it depends on the place.
    """
    members = TENURE.read(str(raw))
    if members is None or is_local(str(raw)) or len(members) > 1:
        raise DoubtError("tenure", str(raw))
    return next(iter(members))


def suggestion(doubt: DoubtError) -> str:
    """The widest reading of a doubtful word, to offer to whoever answers."""
    if doubt.field == "tenure":
        members = TENURE.read(doubt.word)
        return "|".join(name for name in TENURE.members if members and name in members)
    digits = "".join(char for char in doubt.word if char.isdigit())
    return digits if doubt.field == "rooms" and len(digits) == 1 else ""
