"""What every statement shares: both languages, truth values, sources."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mixrules.engine.decision import (
    SourceNote,
    Ternary,
)
from mixrules.engine.deliberation import Deliberation
from mixrules.engine.network import Truth
from mixrules.message import Lang
from mixrules.rulebook.model import Period, Rule, Source, Texts, text_in
from mixrules.rulebook.prose import Speaker

STATUSES = ("met", "unmet", "undetermined", "not-applicable", "excepted")
LANGS: tuple[Lang, Lang] = ("fr", "en")


def ternary(truth: Truth) -> Ternary:
    """A truth value as a decision writes it."""
    return "unknown" if truth is None else "yes" if truth else "no"


@lru_cache(maxsize=4096)
def both(texts: Texts) -> Any:
    """A text in both languages."""
    return {lang: text_in(texts, lang) for lang in LANGS} if texts else {}


def speakers(deliberation: Deliberation) -> dict[Lang, Speaker]:
    """Who says the rules of a rulebook, by language."""
    return deliberation.speakers


def source_note(rule: Rule) -> SourceNote:
    """A rule's source with the dates of its version."""
    return note(rule.source, rule.period)


@lru_cache(maxsize=4096)
def note(source: Source, period: Period | None) -> SourceNote:
    """A source with the dates of the version that cites it."""
    return SourceNote(
        ref=source.ref,
        url=source.url,
        quote=source.quote,
        date=source.date,
        certainty=source.certainty,
        since=period.start.isoformat() if period and period.start else None,
        until=period.end.isoformat() if period and period.end else None,
    )
