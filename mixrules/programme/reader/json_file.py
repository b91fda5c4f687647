"""Read a submission written in JSON: strict, exact, bounded, with the pointer of every value."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme import provenance
from mixrules.programme.draft import Draft, pointer
from mixrules.programme.provenance import read_places

DEEPEST = 40
"""Nesting that no submission needs; deeper files are refused before they are parsed."""
LARGEST = 20_000_000
"""Bytes."""
LONGEST_NUMBER = 40

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"')
_NOT_BRACKETS = re.compile(rb"[^\[\]{}]+")


class _Object(dict[str, Any]):
    """An object that remembers the keys it was given twice."""

    repeated: tuple[str, ...] = ()


class _NotANumber:
    """`NaN` or `Infinity`, which JSON does not have."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_json(file: str, content: bytes) -> Draft:
    """Read a JSON submission.

    Raises:
        InvalidInputError: the text is not JSON, or too deep to be a submission.
    """
    parsed = _parse(file, content)
    draft = Draft(file)
    if not isinstance(parsed, dict):
        raise InvalidInputError([Problem.of("json_object_expected", Place(file=file))])
    remembered = read_places(parsed.pop(provenance.KEY, None))
    draft.data = _walk(parsed, (), draft)
    _one_programme(draft)
    draft.places |= remembered
    return draft


def _parse(file: str, content: bytes) -> Any:
    if len(content) > LARGEST:
        size = len(content) // 1_000_000
        raise InvalidInputError(
            [Problem.of("file_too_big", Place(file=file), size=size, most=LARGEST // 1_000_000)]
        )
    if _depth(content) > DEEPEST:
        raise InvalidInputError([Problem.of("json_too_deep", Place(file=file), most=DEEPEST)])
    text = decode(file, content)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_NotANumber,
        )
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1 : error.lineno]
        where = Place(file=file, line=error.lineno, column=error.colno)
        shown = line[0] if line and len(line[0]) <= 120 else ""
        raise InvalidInputError([Problem.of("json_syntax", where, shown)]) from None


def decode(file: str, content: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte order mark.

    Raises:
        InvalidInputError: the file is in another encoding; the first faulty line is named.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInputError([Problem.of("not_utf8", Place(file=file, line=line))]) from None


def _depth(content: bytes) -> int:
    depth = deepest = 0
    for bracket in _NOT_BRACKETS.sub(b"", _STRINGS.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _decimal(text: str) -> Decimal | str:
    """Decimals stay as written; an exponent beyond any area or price is left as text, and refused later."""
    if len(text) > LONGEST_NUMBER:
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if abs(number.adjusted()) <= LONGEST_NUMBER else text


def _walk(value: Any, at: tuple[str | int, ...], draft: Draft) -> Any:
    here = pointer(*at)
    place = Place(file=draft.file, pointer=here)
    draft.places[here] = place
    if isinstance(value, _Object):
        for key in value.repeated:
            draft.refuse("json_key_twice", Place(file=draft.file, pointer=pointer(*at, key)), key=key)
        return {key: _walk(item, (*at, key), draft) for key, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, (*at, index), draft) for index, item in enumerate(value)]
    if isinstance(value, _NotANumber):
        draft.refuse("json_not_a_number", place, found=value.text)
        return None
    if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        draft.refuse("text_broken", place)
        return None
    return value


def _one_programme(draft: Draft) -> None:
    """`programme: {…}` is read at `/programmes/0`, and keeps the place where it was written."""
    if "programme" not in draft.data or "programmes" in draft.data:
        return
    for here, place in list(draft.places.items()):
        if here == "/programme" or here.startswith("/programme/"):
            draft.places["/programmes/0" + here.removeprefix("/programme")] = place
    draft.data["programmes"] = [draft.data.pop("programme")]
