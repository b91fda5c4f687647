"""What a value looks like, whatever stands above it: a typology, a tenure, a floor, an area…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mixrules.programme.category import CATEGORIES, TENURE, fold
from mixrules.programme.field import NO_WORDS, NONE_WORDS, YES_WORDS
from mixrules.programme.foreign.lexicon import PER_AREA, PERCENT, is_local, is_tenure_title, words_of
from mixrules.quantity import Exact, NotExactError, parse_exact

ENOUGH = Fraction(1, 2)
"""The share of values that must look right for a header to be believed."""
NOT_COUNTED = frozenset({"surface", "shab", "sdp", "prix", "pri", "loyer", PER_AREA, PERCENT, "date", "type"})
"""Words of a title whose cells are no number of dwellings."""
SAMPLE = 200
"""Values looked at in a column."""

TYPOLOGY = re.compile(
    r"(?:t|f|type|p)\s*(\d{1,2})\s*(?:bis|ter|duplex|triplex|d|'|a|b)?|(\d{1,2})\s*p(?:ieces?)?|studio(?: \d+)?"
)
OPEN_TYPOLOGY = re.compile(r"(?:t|f|type)?\s*\d{1,2}\s*(?:p(?:ieces?)?)?\s*(?:et plus|et|ou plus|plus)")
FLOOR = re.compile(
    r"(?:rdc|rez de (?:chaussee|jardin|dalle)|rdj|r)(?: ?\d{1,2})?(?: attique| combles| bis)?|attique|combles?"
    r"|(?:etage|niveau|niv|n) ?\d{1,2}|\d{1,2} ?(?:er|e|eme|nd|ieme)? ?(?:etage|niveau)|\d{1,2} ?(?:er|e|eme)"
    r"|s?s ?\d?|sous sol(?: \d)?|entresol|duplex"
)
BUILDING = re.compile(r"(?:bat|bt|batiment|immeuble|plot|tour|corps)\s+(\w{1,6}(?: \w{1,3})?)")
BLOCK = re.compile(r"(?:ilot|macro ?lot|tranche)\s+(\w{1,6})")
STAIRWELL = re.compile(r"(?:cage|hall|escalier|montee|entree)\s+(\w{1,6})")
_UNITS = re.compile(
    r"(?:(?:m²|m2)\s*(?:de\s+)?(?:sdp|shab|su|sh)?|€\s*/?\s*(?:ttc|ht|mois)?|euros?|places?|logements?|lgts?)\.?$",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


def number(value: Any) -> Exact | None:
    """The exact number of a cell: decimal comma, spaces between thousands, and a unit are understood.

    A double holds fifteen digits: what a spreadsheet computes beyond them is noise, and it never shows it.
    """
    if value.__class__ is int:
        found: Exact = value
        return found
    if isinstance(value, float):
        return _float_number(value)
    if isinstance(value, str):
        return _text_number(value)
    try:
        return parse_exact(value)
    except NotExactError:
        return None


@lru_cache(maxsize=65536)
def _float_number(value: float) -> Exact | None:
    return parse_exact(f"{value:.15g}") if abs(value) < 1e15 else None


@lru_cache(maxsize=65536)
def _text_number(text: str) -> Exact | None:
    if not any(char.isdigit() for char in text):
        return None
    bare = _UNITS.sub("", _SPACES.sub(" ", text).strip()).strip()
    percent = bare.endswith("%")
    try:
        found = parse_exact(bare[:-1] if percent else bare)
    except NotExactError:
        return None
    return parse_exact(Fraction(found) / 100) if percent else found


@lru_cache(maxsize=65536)
def _is_typology(text: str) -> bool:
    folded = fold(text)
    return bool(TYPOLOGY.fullmatch(folded) or OPEN_TYPOLOGY.fullmatch(folded))


@lru_cache(maxsize=65536)
def _is_tenure(text: str) -> bool:
    return TENURE.read(text) is not None or is_local(text)


def _within(value: Any, least: int, most: int, *, whole: bool = False) -> bool:
    found = number(value)
    return found is not None and least <= found <= most and (not whole or isinstance(found, int))


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int | float) and len(str(value)) <= 60


def looks_like(field: str, value: Any) -> bool:
    """Whether a value could stand in a field."""
    if isinstance(value, str) and fold(value) in NONE_WORDS:
        return True
    match field:
        case "rooms":
            return (
                _is_typology(value)
                if isinstance(value, str) and not value.isdigit()
                else _within(value, 1, 9)
            )
        case "tenure":
            return isinstance(value, str) and _is_tenure(value)
        case "living_area" | "floor_area":
            return _within(value, 8, 400)
        case "count":
            return _within(value, 0, 2000, whole=True)
        case "parking_places":
            return _within(value, 0, 20, whole=True)
        case "price":
            return _within(value, 10_000, 10_000_000)
        case "rent":
            return _within(value, 50, 10_000)
        case "floor":
            return is_floor(value) or _within(value, -5, 60, whole=True)
        case "accessible" | "pinel":
            return isinstance(value, bool) or fold(str(value)) in YES_WORDS | NO_WORDS | {"0", "1"}
        case "public" | "residence":
            return isinstance(value, str) and CATEGORIES[field].read(value) is not None
    return _is_text(value)


@lru_cache(maxsize=65536)
def _folded_floor(text: str) -> bool:
    return bool(FLOOR.fullmatch(fold(text)))


def is_floor(value: Any) -> bool:
    """« RDC », « R+2 », « 3e étage », « attique »; a bare number may be anything."""
    return isinstance(value, str) and _folded_floor(value)


def agreement(field: str, values: Sequence[Any]) -> Fraction:
    """The share of a column's values that could stand in a field; one when there is none."""
    given = [value for value in values[:SAMPLE] if value is not None]
    fitting = sum(looks_like(field, value) for value in given)
    return Fraction(fitting, len(given)) if given else Fraction(1)


def placed(text: Any) -> tuple[str, str] | None:
    """The field and value of a title such as « Bâtiment A », « R+2 », « Cage 1 »; None where it is none."""
    if not isinstance(text, str) or len(text) > 60:
        return None
    folded = fold(text)
    for field, pattern in (("building", BUILDING), ("block", BLOCK), ("stairwell", STAIRWELL)):
        match = pattern.fullmatch(folded)
        if match:
            return field, text.strip()[-len(match[1]) :]
    return ("floor", text.strip()) if is_floor(text) else None


def category_of(title: str) -> tuple[str, str] | None:
    """The tenure or the typology that a column of counts stands for (« nb PLAI », « T3 »)."""
    rest = " ".join(_counted(title))
    if not rest or set(words_of(title)) & NOT_COUNTED:
        return None
    word = title if fold(title) == rest else rest
    if TYPOLOGY.fullmatch(rest) or OPEN_TYPOLOGY.fullmatch(rest):
        return ("rooms", word)
    if TENURE.read(rest) is not None or is_tenure_title(rest):
        return ("tenure", word)
    return None


def _counted(title: str) -> list[str]:
    """The words of a title but those that say that dwellings are counted."""
    words = fold(title).replace("access ", "accession ").split()
    return [word for word in words if words_of(word) not in {(), ("nb",), ("logement",), ("dont",)}]


def counts_dwellings(title: str) -> bool:
    """Whether a title says « nombre de logements… » of something."""
    return {"nb", "logement"} <= set(words_of(title))
