"""Two decisions side by side: what moved between them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mixrules.engine.decision import Decision, Finding
from mixrules.message import Lang, say
from mixrules.message.wording import finding_status
from mixrules.register.follow_up import Turn, turns
from mixrules.register.reconsideration import changes
from mixrules.report import causes, membership
from mixrules.report.register import change_line
from mixrules.report.typography import typeset, visible


def render(before: Decision, after: Decision, lang: Lang) -> str:
    """What moved from one decision to another."""
    text = "\n".join(_lines(before, after, lang)) + "\n"
    return visible(typeset(text, lang))


def _lines(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    title = say("comparison.title", lang, before=_named(before), after=_named(after))
    yield from (title, "═" * len(title))
    if before.programme.id != after.programme.id:
        yield say("comparison.another", lang, before=before.programme.id, after=after.programme.id)
    old, new = before.content(), after.content()
    moved, found = list(changes(old, new)), list(turns(old, new))
    figures = list(_figures(before, after, lang))
    yield from _section(say("comparison.causes", lang), causes.around(before, after, lang))
    if not moved and not found and not figures:
        yield say("comparison.same", lang)
    yield from _section(say("comparison.outcome", lang), (change_line(change, lang) for change in moved))
    yield from _section(
        say("comparison.rules", lang), (line for turn in found for line in _turn(turn, before, after, lang))
    )
    yield from _section(say("comparison.figures", lang), figures)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield from ("", title, *(f"  {line}" for line in told))


def _figures(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    """The findings that conclude alike on other figures."""
    known = {(one.rule, one.scope): one for one in before.findings}
    for new in after.findings:
        old = known.get((new.rule, new.scope))
        if old is None or old.status != new.status or new.status == "not-applicable":
            continue
        moved = causes.between(old, new, lang)
        if moved:
            yield f"{new.title[lang]} ({new.scope}){say('sign.colon', lang)}{finding_status(new.status, lang)}"
            yield from _behind(moved, (before, old), (after, new), lang)


def _behind(
    moved: list[str], before: tuple[Decision, Finding], after: tuple[Decision, Finding], lang: Lang
) -> Iterator[str]:
    """What moved behind a finding, and who it counts otherwise."""
    yield from (f"    {text}" for text in (*moved, *membership.recounted(before, after, lang)))


def _named(decision: Decision) -> str:
    return f"{decision.programme.id} ({decision.digest[7:15]})"


def _turn(turn: Turn, before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    """A rule that is not found alike: both statuses, what moved behind them, and both sentences."""
    colon = say("sign.colon", lang)
    yield f"{turn.title[lang]} ({turn.scope}){colon}{finding_status(turn.before, lang)} → {finding_status(turn.after, lang)}"
    old, new = _finding(before, turn), _finding(after, turn)
    if old is not None and new is not None:
        yield from _behind(causes.between(old, new, lang), (before, old), (after, new), lang)
    if old is not None:
        yield f"    {old.explanation[lang]}"
    if new is not None:
        yield f"    → {new.explanation[lang]}"


def _finding(decision: Decision, turn: Turn) -> Finding | None:
    return next((f for f in decision.findings if (f.rule, f.scope) == (turn.rule, turn.scope)), None)
