"""The findings of a report: rule by rule, the worst first, their figures in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mixrules.engine.decision import Advantage, Finding, SourceNote
from mixrules.message.wording import finding_status, titled
from mixrules.report.terminal.figures import Table, rows
from mixrules.report.terminal.sheet import MARKS, Sheet

WORST = ("unmet", "undetermined", "excepted", "met")
"""A report opens on the worst."""
FEW = 6
"""Findings of one rule shown one by one at most; the rest is counted."""
WHOLE = {"programme", "district", "commune"}


def findings(sheet: Sheet, section: str, found: list[Finding], *, detail: bool) -> Iterator[str]:
    """The findings of a section; those without object are listed together."""
    yield from sheet.title(sheet.say(section))
    idle = [f for f in found if f.status == "not-applicable"]
    live = [f for f in found if f.status != "not-applicable"]
    if not live:
        yield f"   {sheet.say('nothing')}"
    groups = sorted(_by_rule(live), key=lambda g: min(WORST.index(f.status) for f in g))
    table = Table(sheet, (row for group in groups for f in group[:FEW] for row in rows(f, sheet)))
    yield from table.head()
    for group in groups:
        yield from _rule(sheet, table, group)
    spoken = {f.rule for f in live}
    yield from without_object(sheet, [g[0] for g in _by_rule(idle) if g[0].rule not in spoken], detail=detail)


def _rule(sheet: Sheet, table: Table, group: list[Finding]) -> Iterator[str]:
    """One rule with its findings, the worst first."""
    group = sorted(group, key=lambda f: WORST.index(f.status))
    first = group[0]
    yield from sheet.entry(first.status, titled(first, sheet.lang), finding_status(first.status, sheet.lang))
    if first.at in WHOLE and len(group) == 1:
        yield from sourced(sheet, table, first)
        return
    yield from sheet.wrapped(first.source.ref, 3)
    for finding in group[:FEW]:
        yield from _placed(sheet, table, finding)
    if len(group) > FEW:
        counts = {s: sum(f.status == s for f in group[FEW:]) for s in WORST}
        rest = ", ".join(f"{count} {finding_status(s, sheet.lang)}" for s, count in counts.items() if count)
        yield from sheet.wrapped(f"… {sheet.say('others')}{sheet.colon}{rest}", 5, "   ")
    yield from doubt(sheet, first.source)


def sourced(sheet: Sheet, table: Table, finding: Finding) -> Iterator[str]:
    """A finding about the whole: its source beside its figures, then its sentence."""
    label = finding.source.ref
    for row in rows(finding, sheet):
        yield from table.row(label, row)
        label = ""
    if label:
        yield from sheet.wrapped(label, 3)
    yield from sheet.wrapped(finding.explanation[sheet.lang], 3)
    yield from doubt(sheet, finding.source)


def _placed(sheet: Sheet, table: Table, finding: Finding) -> Iterator[str]:
    """A finding about one place among others: its figures, and its sentence where it raises something."""
    label = f"{MARKS[finding.status][0]} {finding.scope.replace('/?', sheet.say('unplaced'))}"
    held = rows(finding, sheet)
    for row in held:
        yield from table.row(label, row)
        label = ""
    if label:
        yield from sheet.wrapped(label, 5, "   ")
    if finding.status != "met" or not held:
        yield from sheet.wrapped(finding.explanation[sheet.lang], 5)


def doubt(sheet: Sheet, source: SourceNote) -> Iterator[str]:
    """How sure a source is, where its text was not read."""
    if source.certainty in {"reported", "presumed"}:
        text = f"{sheet.say('certainty')}{sheet.colon}{sheet.say(source.certainty)}."
        yield from sheet.wrapped(text, 5, "   ! ")


def without_object(sheet: Sheet, found: Sequence[Finding | Advantage], *, detail: bool) -> Iterator[str]:
    """What has no object here: the titles together, or each with its reason when details are wanted."""
    if not found:
        return
    mark, _ = MARKS["not-applicable"]
    if detail:
        texts = [f"{titled(f, sheet.lang)} — {f.source.ref}. {f.explanation[sheet.lang]}" for f in found]
    else:
        titles = dict.fromkeys(titled(f, sheet.lang) for f in found)
        texts = [f"{sheet.say('not_applicable')}{sheet.colon}{sheet.semicolon.join(titles)}."]
    for text in texts:
        yield from sheet.wrapped(text, 3, f" {mark} ")


def _by_rule(found: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in found:
        groups.setdefault(finding.rule, []).append(finding)
    return list(groups.values())
