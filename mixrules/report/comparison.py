"""Two decisions side by side: what moved between them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mixrules.engine.decision import Decision
from mixrules.message import Lang, say
from mixrules.message.wording import finding_status
from mixrules.register.follow_up import Turn, turns
from mixrules.register.reconsideration import changes
from mixrules.report.register import change_line
from mixrules.report.typography import held


def render(before: Decision, after: Decision, lang: Lang) -> str:
    """What moved from one decision to another."""
    text = "\n".join(_lines(before, after, lang)) + "\n"
    return held(text) if lang == "fr" else text


def _lines(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    title = say("comparison.title", lang, before=_named(before), after=_named(after))
    yield from (title, "═" * len(title))
    if before.programme.id != after.programme.id:
        yield say("comparison.another", lang, before=before.programme.id, after=after.programme.id)
    if before.law_date.date != after.law_date.date:
        yield say("comparison.law", lang, before=before.law_date.date, after=after.law_date.date)
    old, new = before.content(), after.content()
    moved, found = list(changes(old, new)), list(turns(old, new))
    if not moved and not found:
        yield say("comparison.same", lang)
    if moved:
        yield from (
            "",
            say("comparison.outcome", lang),
            *(f"  {change_line(change, lang)}" for change in moved),
        )
    if found:
        yield from ("", say("comparison.rules", lang))
        for turn in found:
            yield from _turn(turn, old, new, lang)


def _named(decision: Decision) -> str:
    return f"{decision.programme.id} ({decision.digest[7:15]})"


def _turn(turn: Turn, before: Any, after: Any, lang: Lang) -> Iterator[str]:
    colon = say("sign.colon", lang)
    yield f"  {turn.title[lang]} ({turn.scope}){colon}{finding_status(turn.before, lang)} → {finding_status(turn.after, lang)}"
    for decision in (before, after):
        told = _told(decision, turn, lang)
        if told:
            yield f"      {'→ ' if decision is after else ''}{told}"


def _told(decision: Any, turn: Turn, lang: Lang) -> str:
    for finding in decision["findings"]:
        if (finding["rule"], finding["scope"]) == (turn.rule, turn.scope):
            return str(finding["explanation"][lang])
    return ""
