"""Values that a file writes in words of its own, as SQL: each different word is converted once, as the engine does.

Few words are spelt out in the query; of many, the query asks a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm
from typing import Any

from mixrules.quantity import ABSENT as SANS_OBJET
from mixrules.rulebook.tree import Type
from mixrules.territory.profile import Profile
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    Sql,
    case,
    either,
    is_open,
    sql,
    surely,
    text,
    whole,
)
from mixrules.territory.sql.number import WIDE, Bound, Number
from mixrules.territory.sql.value import Mask, Text, Truth, Value, bits

MOST_WORDS = 2_000
"""Different words that a query spells out."""


class Spelling:
    """The words of one fact, and what they say in the type that a rulebook declares."""

    def __init__(self, profile: Profile, column: Sql, kind: Type, members: Sequence[str]) -> None:
        self.profile = profile
        self.column = column
        self.kind = kind
        self.members = tuple(members)

    def read(self, values: Mapping[str, Any], blank: Any) -> Value:
        """The fact, given the value of each word that occurs, and the value where there is none."""
        if self.kind.kind in {"number", "date"}:
            return self._number(values, blank)
        unsaid = is_open(self.column)
        if self.kind.kind == "yes_no":
            yes = self._is_one_of([word for word, value in values.items() if value is True])
            return Truth(yes if blank is False else case(unsaid, OPEN, yes) if values else OPEN)
        gone = self._is_one_of([word for word, value in values.items() if value is SANS_OBJET])
        if blank is SANS_OBJET:
            gone = either(gone, unsaid)
        if self.kind.kind == "text":
            written = {word: text(value) for word, value in values.items() if isinstance(value, str)}
            return Text(self._switch(written, Sql("NULL::VARCHAR")), gone)
        masks = {w: whole(bits(self.members, v)) for w, v in values.items() if isinstance(v, frozenset)}
        other = whole(bits(self.members, blank)) if isinstance(blank, frozenset) else Sql("NULL::BIGINT")
        return Mask(self._switch(masks, other), self.members, gone)

    def _number(self, values: Mapping[str, Any], blank: Any) -> Number:
        known = {w: number.exact(v.lo) for w, v in values.items() if v is not SANS_OBJET}
        gone = self._is_one_of([word for word, value in values.items() if value is SANS_OBJET])
        nonneg = all(value.lo >= 0 for value in values.values() if value is not SANS_OBJET)
        shared = lcm(*(bound.d.constant or 1 for bound in known.values()))
        if shared > WIDE:
            n, d = self._switch(_parts(known, "n"), ZERO), self._switch(_parts(known, "d"), ONE)
        else:
            scaled = {w: whole((b.n.constant or 0) * shared // (b.d.constant or 1)) for w, b in known.items()}
            n, d = self._switch(scaled, ZERO), whole(shared)
        n = sql("{}::HUGEINT", n)
        if blank is SANS_OBJET:
            # What is « sans objet » is never read as a number: where it is not, the value is one point.
            absent = either(gone, is_open(self.column))
            exact = Bound(n, d, self._switch(_parts(known, "i"), ZERO))
            return Number(exact, exact, NO, absent, nonneg)
        ends = {w: number.ABSENT if v is SANS_OBJET else number.constant(v) for w, v in values.items()}
        low = self._switch({w: one.lo.i for w, one in ends.items()}, whole(-1))
        high = self._switch({w: one.hi.i for w, one in ends.items()}, ONE)
        return Number(Bound(n, d, low), Bound(n, d, high), NO, gone)

    def _switch(self, choices: Mapping[str, Sql], otherwise: Sql) -> Sql:
        """One of several constants, by the word."""
        kept = {word: made for word, made in choices.items() if made != otherwise}
        if not kept:
            return otherwise
        sure = otherwise.sure and all(made.sure for made in kept.values())
        if len(kept) > MOST_WORDS:
            listed = self.profile.listed(tuple((word, made.text) for word, made in kept.items()))
            found = f"(SELECT said FROM {listed} WHERE word = {self.column.text})"
            return Sql(f"coalesce({found}, {otherwise.text})", self.column.level, sure)
        written = " ".join(f"WHEN {text(word).text} THEN {made.text}" for word, made in kept.items())
        return Sql(f"CASE {self.column.text} {written} ELSE {otherwise.text} END", self.column.level, sure)

    def _is_one_of(self, words: list[str]) -> Sql:
        if len(words) > MOST_WORDS:
            return self._switch(dict.fromkeys(words, YES), NO)
        return is_one_of(self.column, words)


def _parts(known: Mapping[str, Bound], part: str) -> dict[str, Sql]:
    return {word: getattr(bound, part) for word, bound in known.items()}


def is_one_of(column: Sql, words: Sequence[str]) -> Sql:
    """Whether a column is one of some words; where it is not given, it is not."""
    if not words:
        return NO
    listed = ", ".join(text(word).text for word in words)
    return surely(Sql(f"({column.text} IN ({listed}))", column.level, column.sure))
