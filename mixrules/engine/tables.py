"""Reading dated tables: exact keys, steps, bands and interpolation, also for keys known only in part."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import reduce
from math import inf
from typing import Any

from mixrules.engine.arithmetic import either
from mixrules.engine.marginal import marginal
from mixrules.engine.network import Truth
from mixrules.programme.category import CATEGORIES
from mixrules.programme.scope import Value
from mixrules.quantity import ABSENT, EMPTY_BASE, UNLIMITED, Exact, Interval, point, simplify
from mixrules.rulebook.model import Bounds, Parameter, Row
from mixrules.rulebook.tree import Type

MOST_KEPT = 10_000
"""Results kept a table at most: keys that are measured may be many."""


class Table:
    """One column of a parameter, in the version of a day."""

    def __init__(self, parameter: Parameter, column: str, day: date) -> None:
        self.parameter = parameter
        names = [name for name, _ in parameter.columns]
        self.index = names.index(column)
        self.type: Type = parameter.columns[self.index][1]
        self.version = parameter.at(day)
        self.rows = self.version.rows if self.version is not None else ()
        self._held = {row.keys: self._value(row.values[self.index]) for row in reversed(self.rows)}
        self._read: dict[tuple[Any, ...], Value] = {}

    def read(self, keys: tuple[Any, ...]) -> Value:
        """The value for keys; « sans objet » where the table has none, unknown where it has no version."""
        if keys not in self._read:
            if len(self._read) > MOST_KEPT:
                self._read.clear()
            self._read[keys] = self._look_up(keys)
        return self._read[keys]

    def _look_up(self, keys: tuple[Any, ...]) -> Value:
        if self.version is None:
            return self.unknown()
        if any(key is ABSENT for key in keys):
            return ABSENT
        if any(key is None for key in keys):
            return self.unknown()
        if any(isinstance(key, Interval) for key in keys):
            return self._by_number(keys)
        return self._mixed(keys)

    def holds(self, key: Any) -> Truth:
        """Whether the table has a row for a first key; unknown where it has no version."""
        if self.version is None or key is None:
            return None
        if key is ABSENT:
            return False
        if isinstance(key, Interval):
            return self._holds_number(key)
        known = {row.keys[0] for row in self.rows}
        inside = {member in known for member in (key if isinstance(key, frozenset) else [key])}
        return inside.pop() if len(inside) == 1 else None

    def _holds_number(self, key: Interval) -> Truth:
        if key.undefined:
            return None
        if self.parameter.match == "band":
            if any(_covers(row.keys[0], key) for row in self.rows):  # type: ignore[arg-type]
                return True
            return None if any(_touches(row.keys[0], key) for row in self.rows) else False  # type: ignore[arg-type]
        marks: list[Any] = [row.keys[0] for row in self.rows]
        if self.parameter.match == "step":
            first = min(marks, default=inf)
            return True if first <= key.lo else False if key.hi < first else None
        if not any(key.lo <= mark <= key.hi for mark in marks):
            return False
        return True if key.known else None

    def row(self, keys: tuple[Any, ...]) -> Row | None:
        """The row that known keys read; none where they are not known or the table has none."""
        plain = [_plain(key) for key in keys]
        if self.version is None or None in plain:
            return None
        if self.parameter.match == "band":
            return next((row for row in self.rows if _covers(row.keys[0], keys[0])), None)  # type: ignore[arg-type]
        if self.parameter.match == "step":
            held = [row for row in self.rows if row.keys[0] <= plain[0]]
            return max(held, key=lambda row: row.keys[0], default=None)  # type: ignore[arg-type, return-value]
        return next((row for row in self.rows if row.keys == tuple(plain)), None)

    def _exact(self, keys: tuple[Any, ...]) -> Value:
        return self._held.get(keys, ABSENT)

    def _by_number(self, keys: tuple[Any, ...]) -> Value:
        if len(keys) != 1:
            return self._mixed(keys)
        key: Interval = keys[0]
        if key.undefined:
            return self.unknown()
        if self.parameter.match == "band":
            return self._bands(key)
        if key.known:
            return self._at(key.lo)
        marks = sorted(row.keys[0] for row in self.rows)  # type: ignore[type-var]
        reached = [self._at(key.lo)]
        reached += [self._at(mark) for mark in marks if key.lo <= mark <= key.hi]  # type: ignore[arg-type, operator]
        if self.parameter.match == "exact":
            reached.append(ABSENT)
        return reduce(either, reached) if reached else ABSENT

    def _mixed(self, keys: tuple[Any, ...]) -> Value:
        if any(isinstance(key, Interval) and not key.known for key in keys):
            return self.unknown()
        options: list[tuple[Any, ...]] = [()]
        for key in keys:
            plain = key.lo if isinstance(key, Interval) else key
            members = sorted(plain) if isinstance(plain, frozenset) else [plain]
            options = [(*option, member) for option in options for member in members]
        values = [self._exact(option) for option in options]
        return reduce(either, values)

    def _at(self, key: Exact | float) -> Value:
        if self.parameter.match == "step":
            held = [row for row in self.rows if row.keys[0] <= key]  # type: ignore[operator]
            if not held:
                return ABSENT
            row = max(held, key=lambda r: r.keys[0])  # type: ignore[arg-type, return-value]
            return self._value(row.values[self.index])
        return self._exact((key,))

    def _bands(self, key: Interval) -> Value:
        found = [value for row in self.rows if (value := self._band(row, key)) is not None]
        if not found:
            return ABSENT
        whole = reduce(either, found)
        if key.known:
            return found[0]
        covered = any(_covers(row.keys[0], key) for row in self.rows)  # type: ignore[arg-type]
        closed: Value = whole if covered else either(whole, ABSENT)
        return closed

    def _band(self, row: Row, key: Interval) -> Value:
        bounds = row.keys[0]
        assert isinstance(bounds, Bounds)
        low = -inf if bounds.low is None else bounds.low
        high = inf if bounds.high is None else bounds.high
        if not _touches(bounds, key):
            return None
        start = row.values[self.index]
        if not row.until:
            return self._value(start)
        end = row.until[self.index]
        reached = Interval(max(key.lo, low), min(key.hi, high))

        def interpolate(at: Exact) -> Exact:
            part = (Fraction(at) - Fraction(low)) / (Fraction(high) - Fraction(low))
            return simplify(Fraction(start) + (Fraction(end) - Fraction(start)) * part)  # type: ignore[arg-type]

        ends = [point(interpolate(b)) for b in (reached.lo, reached.hi)]  # type: ignore[arg-type]
        return ends[0].hull(ends[1])

    def marginal(self, key: Interval) -> Value:
        """The sum of each band's rate on the part of the key that lies in the band, from zero."""
        if self.version is None or key.undefined:
            return EMPTY_BASE
        bands = [(row.keys[0], row.values[self.index]) for row in self.rows]
        span = _span([band for band, _ in bands])  # type: ignore[misc]
        if not _touches(span, key):
            return ABSENT
        whole = marginal(bands, key)  # type: ignore[arg-type]
        return whole if _covers(span, key) else either(whole, ABSENT)

    def _value(self, raw: Exact | float | str | bool | None) -> Value:
        if raw is None:
            return ABSENT
        if raw == inf:
            return UNLIMITED
        if self.type.kind in {"number", "date"}:
            return point(raw)  # type: ignore[arg-type]
        if self.type.kind == "category":
            return frozenset({str(raw)})
        return raw  # type: ignore[return-value]

    def unknown(self) -> Value:
        """What is known of a value whose key is not known."""
        if self.type.kind in {"number", "date"}:
            return EMPTY_BASE
        if self.type.kind == "category" and self.type.category in CATEGORIES:
            return CATEGORIES[self.type.category].everything
        return frozenset(self.parameter.members) or None


def _plain(key: Any) -> Any:
    """A key as a row writes it; nothing where it is not one value."""
    if key is ABSENT:
        return None
    if isinstance(key, Interval):
        return key.lo if key.known else None
    if isinstance(key, frozenset):
        return next(iter(key)) if len(key) == 1 else None
    return key


def _span(bands: list[Bounds]) -> Bounds:
    """What bands that follow each other hold together."""
    first = min(bands, key=lambda band: -inf if band.low is None else band.low)
    last = max(bands, key=lambda band: inf if band.high is None else band.high)
    return Bounds(first.low, last.high, low_open=False, high_open=last.high_open)


def _touches(bounds: Bounds, key: Interval) -> bool:
    low = -inf if bounds.low is None else bounds.low
    high = inf if bounds.high is None else bounds.high
    if key.hi < low or key.lo > high:
        return False
    return not ((bounds.low_open and key.hi == low) or (bounds.high_open and key.lo == high))


def _covers(bounds: Bounds, key: Interval) -> bool:
    low = bounds.low is None or (bounds.low < key.lo if bounds.low_open else bounds.low <= key.lo)
    high = bounds.high is None or (bounds.high > key.hi if bounds.high_open else bounds.high >= key.hi)
    return low and high
