"""The rows of a table in words: their keys, with bounds that are reached or not, and their values."""

from __future__ import annotations

from typing import Any

from mixrules.message import format_ratio, say
from mixrules.quantity import Exact
from mixrules.rulebook.model import Bounds, Parameter, Row
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import Type


def say_value(value: Any, kind: Type, speaker: Speaker) -> str:
    """A value of a column as people read it."""
    if value is None:
        return say("word.none", speaker.lang)
    if isinstance(value, bool):
        return say("word.yes", speaker.lang) if value else say("word.no", speaker.lang)
    if isinstance(value, str):
        return speaker.member(kind.category, value)
    if kind.kind == "number" and kind.unit.is_ratio and not isinstance(value, float):
        return format_ratio(value, speaker.lang)
    return speaker.quantity(value, kind)


def say_key(key: str | Bounds | Exact, kind: Type, speaker: Speaker) -> str:
    """A key of a row as people read it."""
    if isinstance(key, str):
        return speaker.member(kind.category, key)
    if not isinstance(key, Bounds):
        return speaker.quantity(key, kind)
    ends, lang = [], speaker.lang
    if key.low is not None:
        low = speaker.quantity(key.low, kind)
        ends.append(say("prose.above", lang, low=low) if key.low_open else say("prose.from", lang, low=low))
    if key.high is not None:
        high = speaker.quantity(key.high, kind)
        ends.append(
            say("prose.below", lang, high=high) if key.high_open else say("prose.up_to", lang, high=high)
        )
    return ", ".join(ends) or say("prose.any_value", speaker.lang)


def say_row(parameter: Parameter, row: Row, speaker: Speaker) -> tuple[str, str]:
    """The keys of a row, then its values; a band that interpolates says both ends."""
    keys = ", ".join(say_key(k, kind, speaker) for k, kind in zip(row.keys, parameter.keys, strict=True))
    values = []
    for place, (value, (column, kind)) in enumerate(zip(row.values, parameter.columns, strict=True)):
        said = say_value(value, kind, speaker)
        if row.until and row.until[place] is not None:
            end = say_value(row.until[place], kind, speaker)
            said = say("prose.interpolated", speaker.lang, said=said, end=end)
        values.append(f"{column} {said}" if len(parameter.columns) > 1 else said)
    return keys, ", ".join(values)
