"""A mutation campaign in words: the changes that no example notices, each with what would be said instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from mixrules.authoring.explanation import Explanation
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.mutation import Campaign
from mixrules.message import Lang, say
from mixrules.rulebook.model import text_in

WIDTH = 100


def render(campaign: Campaign, lang: Lang) -> str:
    """The campaign of one rulebook as text."""
    return "\n".join(_lines(campaign, lang)) + "\n"


def _lines(campaign: Campaign, lang: Lang) -> Iterator[str]:
    tried = campaign.noticed + len(campaign.survivors) + campaign.explained
    mark = "✗" if not campaign.passed else "?" if campaign.untried else "✓"
    text = say("mutation.noticed", lang, noticed=campaign.noticed, tried=tried)
    if campaign.explained:
        text += say("mutation.explained", lang, count=campaign.explained)
    if campaign.untried:
        text += say("mutation.untried", lang, count=campaign.untried)
    yield f"{mark} {campaign.book.id}  {text}"
    for (where, line), group in groupby(campaign.survivors, key=lambda m: (m.where, m.line)):
        place = f" ({campaign.book.file}:{line})" if line else f" ({campaign.book.file})"
        yield f"    {where}{place}"
        for mutant in group:
            yield from _change(mutant)

    for explanation in campaign.explanations:
        yield from _explained(campaign, explanation, lang)


def _change(mutant: Mutant) -> Iterator[str]:
    yield from _wrapped(mutant.before, "      - ")
    yield from _wrapped(f"{mutant.after} [{mutant.change}]", "      → ")


def _explained(campaign: Campaign, explanation: Explanation, lang: Lang) -> Iterator[str]:
    """What an explanation covers, and where it is not true."""
    given, count = explanation.given, len(explanation.survivors)
    place = f"({campaign.book.file}:{given.line})"
    head = say("mutation.explained_here", lang, subject=given.subject, place=place, count=count)
    yield from _wrapped(head + text_in(given.because, lang), "    ")
    if explanation in campaign.unsound:
        stale = say("mutation.stale", lang)
        wide = say("mutation.wide", lang, count=explanation.noticed) if explanation.noticed else stale
        yield from _wrapped(wide, "      ")


def _wrapped(text: str, start: str) -> list[str]:
    indent = " " * max(len(start), 8)
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=indent)
