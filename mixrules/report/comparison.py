"""Two decisions side by side: what moved between them, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mixrules.engine.decision import Decision
from mixrules.message import Lang
from mixrules.message.wording import finding_status
from mixrules.register.follow_up import Turn, turns
from mixrules.register.reconsideration import changes
from mixrules.report.register import change_line
from mixrules.report.typography import held

_WORDS = {
    "title": ("Comparaison : {0} → {1}", "Comparison: {0} → {1}"),
    "same": ("Rien n'a changé.", "Nothing changed."),
    "another": (
        "Ce ne sont pas les mêmes dossiers ({0}, {1}) : les périmètres ne se correspondent peut-être pas.",
        "These are not the same files ({0}, {1}): their parts may not correspond.",
    ),
    "law": ("Droit applicable : {0} → {1}", "Applicable law: {0} → {1}"),
    "outcome": ("Verdict, prix du foncier et avantages", "Verdict, land price and advantages"),
    "rules": ("Règles", "Rules"),
}


def render(before: Decision, after: Decision, lang: Lang) -> str:
    """What moved from one decision to another."""
    text = "\n".join(_lines(before, after, lang)) + "\n"
    return held(text) if lang == "fr" else text


def _lines(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    def say(key: str, *values: str) -> str:
        return _WORDS[key][0 if lang == "fr" else 1].format(*values)

    title = say("title", _named(before), _named(after))
    yield from (title, "═" * len(title))
    if before.programme.id != after.programme.id:
        yield say("another", before.programme.id, after.programme.id)
    if before.law_date.date != after.law_date.date:
        yield say("law", before.law_date.date, after.law_date.date)
    old, new = before.content(), after.content()
    moved, found = list(changes(old, new)), list(turns(old, new))
    if not moved and not found:
        yield say("same")
    if moved:
        yield from ("", say("outcome"), *(f"  {change_line(change, lang)}" for change in moved))
    if found:
        yield from ("", say("rules"))
        for turn in found:
            yield from _turn(turn, old, new, lang)


def _named(decision: Decision) -> str:
    return f"{decision.programme.id} ({decision.digest[7:15]})"


def _turn(turn: Turn, before: Any, after: Any, lang: Lang) -> Iterator[str]:
    colon = " : " if lang == "fr" else ": "
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
