"""A mutation campaign in words: the changes that no example notices, each with what would be said instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from mixrules.authoring.explanation import Explanation
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.mutation import Campaign
from mixrules.message import Lang
from mixrules.rulebook.model import text_in

WIDTH = 100


def render(campaign: Campaign, lang: Lang) -> str:
    """The campaign of one rulebook as text."""
    return "\n".join(_lines(campaign, lang)) + "\n"


def _lines(campaign: Campaign, lang: Lang) -> Iterator[str]:
    tried = campaign.noticed + len(campaign.survivors) + campaign.explained
    mark = "✗" if not campaign.passed else "?" if campaign.untried else "✓"
    if lang == "fr":
        text = f"{campaign.noticed} changements sur {tried} remarqués par les exemples"
        why = f" ; {campaign.explained} expliqués"
        left = f" ; {campaign.untried} non essayés, faute de temps (--budget)"
    else:
        text = f"{campaign.noticed} changes of {tried} noticed by the examples"
        why = f"; {campaign.explained} explained"
        left = f"; {campaign.untried} not tried, for lack of time (--budget)"
    counts = f"{why if campaign.explained else ''}{left if campaign.untried else ''}"
    yield f"{mark} {campaign.book.id}  {text}{counts}"
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
    if lang == "fr":
        head = f"≡ {given.subject} {place}, {count} expliqué{'s' if count > 1 else ''} : "
        stale = "✗ l'explication ne désigne plus aucun changement survivant : retirez-la"
        wide = f"✗ l'explication désigne aussi {explanation.noticed} changement(s) que les exemples remarquent : précisez-la"
    else:
        head = f"≡ {given.subject} {place}, {count} explained: "
        stale = "✗ the explanation names no surviving change any more: remove it"
        wide = f"✗ the explanation also names {explanation.noticed} change(s) that the examples notice: narrow it"
    yield from _wrapped(head + text_in(given.because, lang), "    ")
    if explanation in campaign.unsound:
        yield from _wrapped(wide if explanation.noticed else stale, "      ")


def _wrapped(text: str, start: str) -> list[str]:
    indent = " " * max(len(start), 8)
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=indent)
