"""The stretches of time during which no rule, definition or parameter changes: one proof holds for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mixrules.rulebook.model import Period, Rule, Rulebook
from mixrules.rulebook.tree import Dated, HasKey, Lookup
from mixrules.rulebook.walk import expressions, walk

FIRST, LAST = date(2013, 1, 1), date(2028, 1, 1)
"""The days of law that are looked at."""
Governed = tuple[Rule, Rulebook]


def days(governed: Iterable[Governed]) -> list[date]:
    """The first day of each stretch."""
    found = {FIRST}
    for rule, book in governed:
        found.update(_ends(rule.period))
        for part in _dated(rule):
            if isinstance(part, Dated):
                found.update(date.fromordinal(start) for start, _ in part.versions if start)
            else:
                for version in book.parameters[part.parameter].versions:
                    found.update(_ends(version.period))
    return sorted(day for day in found if FIRST <= day < LAST)


def signature(governed: Iterable[Governed], day: date) -> tuple[object, ...]:
    """What the rules read on a day: two days with one signature need one proof."""
    seen: list[object] = []
    for rule, book in governed:
        seen.append(id(rule))
        for part in _dated(rule):
            if isinstance(part, Dated):
                seen.append(sum(start <= day.toordinal() for start, _ in part.versions))
            else:
                seen.append(id(book.parameters[part.parameter].at(day)))
    return tuple(seen)


def _dated(rule: Rule) -> Iterator[Dated | Lookup | HasKey]:
    for expression in expressions(rule):
        for node in walk(expression):
            if isinstance(node, Dated | Lookup | HasKey):
                yield node


def _ends(period: Period) -> set[date]:
    return {day for day in (period.start, period.end) if day is not None}
