"""What a programme gains and what its land costs: advantages, the limits across them, the price and its ceilings."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.engine.decision import Advantage, Decision
from mixrules.message.wording import advantage_status, claim_status, titled
from mixrules.report.terminal.figures import Table, rows
from mixrules.report.terminal.findings import doubt, sourced, without_object
from mixrules.report.terminal.sheet import Sheet


def advantages(sheet: Sheet, decision: Decision, *, detail: bool) -> Iterator[str]:
    """The advantages, then the limits across them."""
    if not decision.advantages:
        return
    yield from sheet.title(sheet.say("advantages"))
    several = len({a.scope for a in decision.advantages if a.at == "programme"}) > 1
    for advantage in decision.advantages:
        if advantage.status != "not-applicable":
            yield from _advantage(sheet, advantage, placed=several and advantage.at == "programme")
    for limit in decision.cumulations:
        if limit.status == "not-applicable":
            continue
        title = titled(limit, sheet.lang)
        yield from sheet.entry(limit.status, title, advantage_status(limit.status, sheet.lang))
        yield from sheet.wrapped(limit.source.ref, 3)
        yield from sheet.wrapped(limit.explanation[sheet.lang], 3)
        yield from doubt(sheet, limit.source)
    idle = [a for a in decision.advantages if a.status == "not-applicable"]
    yield from without_object(sheet, idle, detail=detail)


def _advantage(sheet: Sheet, advantage: Advantage, *, placed: bool) -> Iterator[str]:
    """One advantage: what is earned and how, what is claimed, what comes next."""
    title = titled(advantage, sheet.lang) + (f" [{advantage.scope}]" if placed else "")
    label = claim_status(advantage.status, advantage.asked, sheet.lang)
    yield from sheet.entry(advantage.status, title, label)
    yield from sheet.wrapped(advantage.source.ref, 3)
    yield from sheet.wrapped(advantage.explanation[sheet.lang], 3)
    yield from _conditions(sheet, advantage)
    if advantage.next_step:
        text = f"{sheet.say('next')}{sheet.colon}{advantage.next_step.explanation[sheet.lang]}"
        yield from sheet.wrapped(text, 3)
    if advantage.kept_while and advantage.status == "granted":
        yield from sheet.wrapped(f"{sheet.say('kept')}{sheet.colon}{advantage.kept_while[sheet.lang]}", 3)
    yield from doubt(sheet, advantage.source)


def _conditions(sheet: Sheet, advantage: Advantage) -> Iterator[str]:
    """The conditions of an advantage: those that fail or are open one by one, the others together."""
    filled = [c.explanation[sheet.lang] for c in advantage.conditions if c.holds == "yes"]
    for condition in advantage.conditions:
        if condition.holds != "yes":
            mark = "✗" if condition.holds == "no" else "?"
            yield from sheet.wrapped(condition.explanation[sheet.lang], 7, f"     {mark} ")
    if filled:
        yield from sheet.wrapped(sheet.semicolon.join(filled), 7, "     ✓ ")


def land_price(sheet: Sheet, decision: Decision) -> Iterator[str]:
    """The land price against its ceilings."""
    if decision.land_price.status == "not-applicable":
        return
    yield from sheet.title(sheet.say("land_price"))
    found = [f for f in decision.findings if f.kind == "ceiling" and f.status != "not-applicable"]
    table = Table(sheet, (row for f in found for row in rows(f, sheet)))
    yield from table.head()
    for finding in found:
        status = {"met": "within", "unmet": "exceeds"}.get(finding.status, finding.status)
        yield from sheet.entry(status, titled(finding, sheet.lang), advantage_status(status, sheet.lang))
        yield from sourced(sheet, table, finding)
