"""A mutation campaign in words: the changes that no example notices, each with what would be said instead."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from mixrules.authoring.mutant import Mutant
from mixrules.authoring.mutation import Campaign
from mixrules.message import Lang

WIDTH = 100


def render(campaign: Campaign, lang: Lang) -> str:
    """The campaign of one rulebook as text."""
    return "\n".join(_lines(campaign, lang)) + "\n"


def _lines(campaign: Campaign, lang: Lang) -> Iterator[str]:
    tried = campaign.noticed + len(campaign.survivors)
    mark = "✗" if campaign.survivors else "?" if campaign.untried else "✓"
    if lang == "fr":
        text = f"{campaign.noticed} changements sur {tried} remarqués par les exemples"
        left = f" ; {campaign.untried} non essayés, faute de temps (--budget)"
    else:
        text = f"{campaign.noticed} changes of {tried} noticed by the examples"
        left = f"; {campaign.untried} not tried, for lack of time (--budget)"
    yield f"{mark} {campaign.book.id}  {text}{left if campaign.untried else ''}"
    for (where, line), group in groupby(campaign.survivors, key=lambda m: (m.where, m.line)):
        place = f" ({campaign.book.file}:{line})" if line else f" ({campaign.book.file})"
        yield f"    {where}{place}"
        for mutant in group:
            yield from _change(mutant)


def _change(mutant: Mutant) -> Iterator[str]:
    yield from textwrap.wrap(mutant.before, WIDTH, initial_indent="      - ", subsequent_indent="        ")
    yield from textwrap.wrap(mutant.after, WIDTH, initial_indent="      → ", subsequent_indent="        ")
