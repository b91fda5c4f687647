"""What the words of headers, labels and rows mean, from the lists of `lexicon.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from mixrules.programme.category import fold

Words = tuple[str, ...]


class Trust(IntEnum):
    """How sure a meaning is; below SURE it is asked."""

    NONE = 0
    DOUBTFUL = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text says it holds: a field, `LEFT_OUT`, or nothing known."""

    field: str = ""
    trust: Trust = Trust.NONE


LEFT_OUT = "-"
"""The meaning of a column that is known, and that no rule reads."""
PER_AREA, PERCENT = "par-m2", "pourcentage"
"""Words that make of any column a price per area or a share: neither is read."""
LONGEST_TITLE = 400
"""Characters of a header that are looked at: beyond, it is a text."""

_PARENTHESIS = re.compile(r"\(([^)]*)\)?")
_COLUMN_NUMBER = re.compile(r"col(onne)? \d+")


@cache
def lists() -> dict[str, Any]:
    """The lists of the lexicon, as written."""
    text = files(__package__).joinpath("lexicon.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _spellings() -> dict[str, str]:
    return {word: known for known, words in lists()["abbreviations"].items() for word in words}


@cache
def _dropped() -> frozenset[str]:
    return frozenset(lists()["small_words"]) | frozenset(fold(unit) for unit in lists()["units"])


@cache
def _money() -> frozenset[str]:
    return frozenset(_word(word) for word in lists()["money"])


def _word(word: str) -> str:
    spelt = _spellings().get(word)
    if spelt is None and len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
        spelt = _spellings().get(word)
    return spelt or word


@lru_cache(maxsize=65536)
def words_of(text: str) -> Words:
    """The words of a text that count, each in its one spelling."""
    plain = fold(text.replace("€", " eur ").replace("%", f" {PERCENT} ")).split()
    words = [_word(word) for word in plain]
    if "m2" in words and _money() & set(words):
        words = [PER_AREA if word == "m2" else word for word in words]
    return tuple(word for word in words if word not in _dropped())


@cache
def _phrases() -> dict[Words, str]:
    known = {words_of(phrase): LEFT_OUT for phrase in lists()["left_out"]}
    for field, phrases in lists()["columns"].items():
        known |= {words_of(phrase): field for phrase in phrases}
        known[words_of(field)] = field
    return known


@cache
def _strangers() -> dict[Words, str]:
    return {words_of(phrase): kind for kind, phrases in lists()["elsewhere"].items() for phrase in phrases}


@cache
def _labels() -> dict[Words, Meaning]:
    known = {words_of(phrase): Meaning(field, Trust.DOUBTFUL) for phrase, field in lists()["pairs_asked"]}
    for field, phrases in lists()["pairs"].items():
        known |= {words_of(phrase): Meaning(field, Trust.SURE) for phrase in phrases}
    return known


def _versions(title: str) -> list[Words]:
    """A title whole, then without what stands in parentheses."""
    head = _PARENTHESIS.sub(" ", title)
    return [words_of(title), words_of(head)] if head != title else [words_of(title)]


@lru_cache(maxsize=65536)
def column_meaning(title: str) -> Meaning:
    """What a column with this title holds."""
    if len(title) > LONGEST_TITLE:
        return Meaning()
    if {PER_AREA, PERCENT} & set(words_of(title)):
        return Meaning(LEFT_OUT, Trust.SURE)
    for words in _versions(title):
        field = _phrases().get(words) or _bare(words)
        if field:
            return Meaning(field, Trust.SURE)
    return _contained(_versions(title)[-1])


def _bare(words: Words) -> str:
    """The field of a title without the words that change nothing; what is left must still say something."""
    field = _phrases().get(tuple(word for word in words if word not in lists()["neutral"]), "")
    return "" if field in {"total", "lot", "programme"} else field


@cache
def _telling() -> frozenset[str]:
    return frozenset(_word(word) for word in lists()["telling"])


def _contained(words: Words) -> Meaning:
    """The longest known phrase inside a longer title: it may mean something else, so it is doubtful."""
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            part = words[start : start + length]
            field = _phrases().get(part)
            if field and (length > 1 or part[0] in _telling()):
                return Meaning(field, Trust.DOUBTFUL)
    return Meaning()


def stranger(title: str) -> str:
    """The kind of table that a title shows, where its rows are no dwellings; empty otherwise."""
    return next((kind for words in _versions(title) if (kind := _strangers().get(words))), "")


def label_meaning(label: str) -> Meaning:
    """What a label beside a value says of the programme."""
    return next((found for words in _versions(label) if (found := _labels().get(words))), Meaning())


def is_column_number(title: str) -> bool:
    """« Col 1 » under a header numbers it, and says nothing."""
    return bool(_COLUMN_NUMBER.fullmatch(fold(title)))


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Whether a row that starts so adds up other rows."""
    folded = fold(text)
    return any(folded == word or folded.startswith(word + " ") for word in lists()["totals"])


def is_recap(sheet: str) -> bool:
    """Whether a sheet with this name repeats or computes what stands elsewhere."""
    folded = fold(sheet)
    return any(folded == word or folded.startswith(word) for word in lists()["recap_sheets"])


@lru_cache(maxsize=4096)
def is_tenure_title(text: str) -> bool:
    """Whether every word of a title belongs to the names of tenures, one of them at least a local one."""
    words = fold(text).split()
    return is_local(text) and all(is_local(word) or word in lists()["tenure_words"] for word in words)


@lru_cache(maxsize=4096)
def is_local(text: str) -> bool:
    """Whether a financing word means one thing here and another there (« aidé », « social »)."""
    return any(word in lists()["local_words"] for word in fold(text).split())
