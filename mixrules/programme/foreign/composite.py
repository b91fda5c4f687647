"""A cell that describes dwellings in one breath: « T3 62,45 (PLUS) », « 101 T2 45,10 PLAI », « 2 T4 »."""

from __future__ import annotations

import re
from typing import Any

from mixrules.programme.category import TENURE, fold
from mixrules.programme.foreign.lexicon import is_local
from mixrules.programme.foreign.value import DoubtError, Words, read_value
from mixrules.quantity import NotExactError, canonical, parse_exact

_BETWEEN = re.compile(r"\s*(?:\n|;|\s/\s|\s\+\s)\s*")
_TYPOLOGY = re.compile(
    r"\b(?:(?P<count>\d{1,3})\s*(?:x\s*)?)?(?P<type>(?:T|F)\s?\d(?:\s?bis)?'?(?:\s+et\s+(?:plus|\+))?|studio)(?![\w])",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"(?<![\w,.])(?P<area>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<unit>m²|m2)?(?![\w,.])", re.IGNORECASE
)
_LOT = re.compile(r"^(?:lot\s*|n°\s*)?(?P<lot>[A-Z]{0,3}-?\d{1,4}[A-Z]?)\b(?=[\s:)-])", re.IGNORECASE)


def read_composite(text: str, words: Words) -> list[dict[str, Any]] | None:
    """The dwellings that a cell describes, or None where any part of it is not understood.

    Raises:
        DoubtError: it names a tenure or a type that must be asked.
    """
    found = []
    for part in _BETWEEN.split(text):
        record = _one(part, words)
        if record is None:
            return None
        found.append(record)
    return found


def describes(text: str) -> bool:
    """Whether a cell holds a typology among other things."""
    return _TYPOLOGY.search(text) is not None


def _one(part: str, words: Words) -> dict[str, Any] | None:
    match = _TYPOLOGY.search(part)
    if match is None:
        return None
    record: dict[str, Any] = {"rooms": read_value("rooms", match["type"], words)}
    before, after = part[: match.start()], part[match.end() :]
    if match["count"] and not before.strip():
        # « 2 T3 » counts; « 101 T3 » is a lot: three digits, or a name before.
        record |= {"lot": match["count"]} if len(match["count"]) > 2 else {"count": int(match["count"])}
    elif match["count"]:
        return None
    elif before.strip(" :-("):
        lot = _LOT.match(before.strip() + " ")
        if lot is None or before.strip(" :-(") != lot["lot"]:
            return None
        record["lot"] = lot["lot"]
    return _described(record, after, words)


def _described(record: dict[str, Any], text: str, words: Words) -> dict[str, Any] | None:
    """The area and the tenure that follow a typology; anything else is not understood."""
    areas = list(_AREA.finditer(text))
    if len(areas) > 1:
        return None
    if areas:
        try:
            record["area"] = canonical(parse_exact(areas[0]["area"]))
        except NotExactError:
            return None
        text = text[: areas[0].start()] + text[areas[0].end() :]
    rest = text.strip(" ()-–,:·\u00a0\u202f")
    if not rest:
        return record
    if fold(rest) not in words.get("tenure", {}) and TENURE.read(rest) is None and not is_local(rest):
        raise DoubtError("tenure", rest)
    given = read_value("tenure", rest, words)
    return record | ({"tenure": given} if given is not None else {})
