"""Dated versions follow each other without gap or overlap, and every day of a rule finds its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

from mixrules.authoring.manuscript import Manuscript, Written
from mixrules.authoring.remark import Remark
from mixrules.record import Record
from mixrules.rulebook.model import Parameter, Period, Rule
from mixrules.rulebook.tree import Dated, HasKey, Lookup
from mixrules.rulebook.walk import expressions, walk

SWEPT = tuple(date(year, month, 1) for year in range(2013, 2028) for month in range(1, 13))
"""The days on which the sweep looks at the law: each first of the month, from 2013 to 2027."""
_END = date(2028, 1, 1)


class Miscount(Record):
    """A rule that has none or several versions on a day when one should hold."""

    rule: str
    day: date
    held: int
    days: int


def check(manuscript: Manuscript) -> Iterator[Remark]:
    """Gaps and overlaps of versions, versions out of time, days of a rule without its parameters."""
    versions = list(manuscript.versions())
    told: set[str] = set()
    for name, group in groupby(versions, key=lambda w: w.rule.id):
        for remark in _sequence(manuscript, list(group)):
            told.add(name)
            yield remark
    for miscount in sweep([w.rule for w in versions]):
        if miscount.rule not in told:
            path = ("rules", miscount.rule)
            yield manuscript.remark(
                "error",
                "sweep",
                path,
                key=True,
                what=miscount.rule,
                day=miscount.day,
                count=miscount.held,
                days=miscount.days,
            )
    ended: set[str] = set()
    for written in versions:
        yield from _out_of_time(manuscript, written)
        yield from _uncovered(manuscript, written, ended)
    for name in manuscript.draft.part.parameters:
        yield from _parameter(manuscript, name)


def sweep(rules: Iterable[Rule], days: Iterable[date] = SWEPT) -> list[Miscount]:
    """The rules with several versions of which none or two hold on a day between the first and the last."""
    found = []
    swept = list(days)
    for name, group in groupby(sorted(rules, key=lambda r: r.id), key=lambda r: r.id):
        versions = [rule.period for rule in group]
        if len(versions) < 2:
            continue
        whole = _whole(versions)
        counts = [(day, sum(p.holds(day) for p in versions)) for day in swept if whole.holds(day)]
        wrong = [(day, held) for day, held in counts if held != 1]
        if wrong:
            found.append(Miscount(name, *wrong[0], len(wrong)))
    return found


def _whole(periods: list[Period]) -> Period:
    starts, ends = [p.start for p in periods], [p.end for p in periods]
    start = None if None in starts else min(s for s in starts if s)
    return Period(start, None if None in ends else max(e for e in ends if e))


def _sequence(manuscript: Manuscript, versions: list[Written]) -> Iterator[Remark]:
    ordered = sorted(versions, key=lambda w: w.rule.period.start or date.min)
    for one, two in pairwise(ordered):
        end, start = one.rule.period.end, two.rule.period.start or date.min
        if end is not None and end == start:
            continue
        code = "version_gap" if end is not None and end < start else "version_overlap"
        path = (*two.path, "from")
        yield manuscript.remark("error", code, path, what=two.rule.id, day=end or "…", expected=start)


def _out_of_time(manuscript: Manuscript, written: Written) -> Iterator[Remark]:
    period = written.rule.period
    early = period.end is not None and period.end <= SWEPT[0]
    if early or (period.start is not None and period.start >= _END):
        path = (*written.path, "until" if early else "from")
        yield manuscript.remark(
            "warning", "version_out_of_time", path, what=written.rule.id, first=SWEPT[0], last=_END
        )


def hole(period: Period, held: Iterable[Period]) -> date | None:
    """The first day of a period on which none of the others holds; `date.min` where it has no start."""
    known = list(held)
    day = period.start or date.min
    while period.end is None or day < period.end:
        cover = [p for p in known if (p.start or date.min) <= day and (p.end is None or day < p.end)]
        if not cover:
            return day
        end = cover[0].end
        if end is None:
            return None
        day = end
    return None


def _uncovered(manuscript: Manuscript, written: Written, ended: set[str]) -> Iterator[Remark]:
    rule = written.rule
    nodes = [node for expression in expressions(rule) for node in walk(expression)]
    read = {n.parameter: None for n in nodes if isinstance(n, Lookup | HasKey)}
    path = (*written.path, rule.kind)
    for name in read:
        held = _filled(manuscript.book.parameters[name])
        day = hole(rule.period, held)
        if day is None:
            continue
        said = {"what": rule.id, "found": name, "day": _said(day), "expected": _said_all(held)}
        if not held or any((p.start or date.min) > day for p in held):
            yield manuscript.remark("error", "parameter_gap", path, key=True, **said)
        elif name not in ended:
            # The value of next year is often not known yet: said once.
            ended.add(name)
            yield manuscript.remark("note", "parameter_ends", path, key=True, **said)
    for dated in {n.name: n for n in nodes if isinstance(n, Dated)}.values():
        first = date.fromordinal(dated.versions[0][0]) if dated.versions[0][0] else date.min
        start = rule.period.start or date.min
        if start < first:
            yield manuscript.remark(
                "error",
                "definition_gap",
                path,
                key=True,
                what=rule.id,
                found=dated.name,
                day=_said(start),
                expected=first,
            )


def _filled(parameter: Parameter) -> list[Period]:
    return [version.period for version in parameter.versions if version.rows]


def _parameter(manuscript: Manuscript, name: str) -> Iterator[Remark]:
    versions = manuscript.parameter_versions(name)
    for index, (version, path) in enumerate(versions):
        later = any(other.rows for other, _ in versions[index + 1 :])
        start, end = version.period.start, version.period.end
        if start and end and end <= start:
            until = ("parameters", name, "until")
            yield manuscript.remark("error", "period_reversed", until, found=f"{name}, {start} – {end}")
        if not version.rows and later and index:
            yield manuscript.remark(
                "error", "parameter_hole", path, key=True, what=name, day=start, expected=end
            )


def _said(day: date) -> str:
    return "…" if day == date.min else day.isoformat()


def _said_all(periods: list[Period]) -> str:
    return ", ".join(f"{p.start or '…'} – {p.end or '…'}" for p in periods) or "–"
