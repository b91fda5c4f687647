"""Why two decisions differ: the file, the rules and their day, and the figures of each finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mixrules.engine.decision import Decision, Finding
from mixrules.engine.observe import shown_text
from mixrules.message import Lang, format_date, say
from mixrules.message.wording import word
from mixrules.report import membership


def around(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    """What changed around the findings: the programme, the date of the law, the rulebooks."""
    old, new = before.programme.digest, after.programme.digest
    if old == new:
        yield say("comparison.same_programme", lang)
    else:
        yield say("comparison.other_programme", lang, before=old[7:15], after=new[7:15])
        yield from membership.moved(before, after, lang)
    if before.law_date.date != after.law_date.date:
        days = (_day(decision.law_date.date, lang) for decision in (before, after))
        yield say("comparison.law", lang, **dict(zip(("before", "after"), days, strict=True)))
    yield from _rulebooks(before, after, lang)


def _rulebooks(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    old, new = ({book.id: book for book in decision.rulebooks} for decision in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in new:
            yield say("comparison.rulebook_removed", lang, name=name)
        elif name not in old:
            yield say("comparison.rulebook_added", lang, name=name)
        elif old[name].digest != new[name].digest:
            digests = {"before": old[name].digest[7:15], "after": new[name].digest[7:15]}
            yield say("comparison.rulebook_changed", lang, name=name, **digests)
        elif old[name].law_date != new[name].law_date:
            days = {"before": _day(old[name].law_date, lang), "after": _day(new[name].law_date, lang)}
            yield say("comparison.rulebook_day", lang, name=name, **days)


def between(before: Finding, after: Finding, lang: Lang) -> list[str]:
    """What moved behind one finding: its version, what is observed, what is required, what is missing."""
    return list(dict.fromkeys(_between(before, after, lang)))


def _between(before: Finding, after: Finding, lang: Lang) -> Iterator[str]:
    if before.source.since != after.source.since:
        since = {"before": before.source.since or "…", "after": after.source.since or "…"}
        yield say("comparison.version", lang, **since)
    pairs = (
        [(before, after)]
        if len(before.checks) != len(after.checks)
        else zip(before.checks, after.checks, strict=True)
    )
    for old, new in pairs:
        seen, asked = ((getattr(old, key), getattr(new, key)) for key in ("observed", "required"))
        if seen[0] != seen[1]:
            yield say("comparison.observed", lang, **_both(seen, old.unit, lang))
        if asked[0] != asked[1]:
            yield say("comparison.required", lang, **_both(asked, old.unit, lang))
    lacking = [[gap.label[lang] for gap in one.missing] for one in (before, after)]
    if lacking[0] != lacking[1]:
        gone = [label for label in lacking[0] if label not in lacking[1]]
        new_gaps = [label for label in lacking[1] if label not in lacking[0]]
        if gone:
            yield say("comparison.missing_before", lang, fields=", ".join(gone))
        if new_gaps:
            yield say("comparison.missing_after", lang, fields=", ".join(new_gaps))


def _both(values: tuple[str, str], unit: str, lang: Lang) -> dict[str, str]:
    return {"before": _shown(values[0], unit, lang), "after": _shown(values[1], unit, lang)}


def _shown(text: str, unit: str, lang: Lang) -> str:
    return (shown_text(text, unit, lang) if text else "") or word("unknown", lang)


def _day(text: str, lang: Lang) -> str:
    return format_date(date.fromisoformat(text), lang)
