"""Programmes that meet the obligations of a rulebook, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mixrules.message import Lang, format_date, say, term
from mixrules.report.line import lines
from mixrules.rulebook.model import Rulebook

if TYPE_CHECKING:
    from mixrules.authoring.proof.witness import Meeting


def render(book: Rulebook, met: Sequence[Meeting], lang: Lang) -> str:
    """Each set of obligations that may arise together, the programme that meets them, what the rules say of it."""
    said = [line for one in met for line in _meeting(one, lang)]
    if not said:
        said = [say("witness.no_obligation", lang)]
    return "\n".join([book.id, *said]) + "\n"


def _meeting(one: Meeting, lang: Lang) -> Iterator[str]:
    from mixrules.authoring.proof.witness import spoken

    day = format_date(one.day, lang)
    head = say("witness.together", lang, day=day)
    yield from lines(lang, head, ", ".join(rule.id for rule in one.rules), 2)
    if one.witness is None:
        yield from lines(lang, "", say("witness.none", lang), 4)
        return
    yield from lines(lang, "", spoken(one.witness.given), 4)
    for rule in one.rules:
        status = one.witness.statuses.get(rule.key, "not-applicable")
        yield from lines(lang, rule.id, term("outcome", status, lang), 6)
