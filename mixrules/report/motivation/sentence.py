"""The sentences of an order: « Considérant que… », with what is required, what is found and what follows."""

from __future__ import annotations

import re

from mixrules.engine.decision import Advantage
from mixrules.report.motivation.citation import article
from mixrules.report.motivation.grounds import Ground
from mixrules.report.motivation.places import MOST, named

_REQUIRED = re.compile(r" ; (au moins|au plus|plus de|moins de) ")


def stated(ground: Ground, conclusion: str) -> str:
    """« Considérant qu'aux termes de l'article… : « … » ; qu'il ressort du dossier… ; que dès lors… ; »."""
    told = []
    for place, found in list(zip(ground.places, ground.found, strict=True))[:MOST]:
        where = f", pour {named(place)}," if place else ""
        told.append(f"qu'il ressort du dossier{where} ce qui suit : {_clause(found)}")
    more = len(ground.found) - MOST
    if more > 0:
        told.append(f"qu'il en va de même pour {more} autre{'s' if more > 1 else ''}")
    return f"{_opening(ground)} ; {' ; '.join(told)} ; que dès lors {conclusion} ;"


def _opening(ground: Ground) -> str:
    """The text on which the ground rests: quoted where it was read, an article by its code, a plan by its name."""
    cited = article(ground.reference)
    code = cited.startswith(("l'", "les "))
    quote = f" : « {ground.quote.strip()} »" if ground.quote else ""
    if code and quote:
        return f"Considérant qu'aux termes de {cited}{quote}"
    head = f"Considérant la règle « {ground.title} », que prévoit"
    if code:
        return f"{head} {cited}" if cited.startswith("l'") else f"{head}nt {cited}"
    return f"{head} le document « {cited} »{quote}"


def claim(advantage: Advantage) -> str:
    """A claim that is admitted, and what it gives."""
    cited = article(advantage.source.ref)
    under = cited if cited.startswith(("l'", "les ")) else f"« {cited} »"
    text = advantage.explanation["fr"].strip().rstrip(".")
    return (
        f"Considérant que l'avantage « {advantage.title['fr']} » est demandé au titre de {under} "
        f"et que les conditions en sont réunies ({lowered(text)}) ;"
    )


def _clause(sentence: str) -> str:
    """What was found, with what is required beside it: « 16 places, pour une exigence d'au moins 18 places »."""
    text = lowered(sentence.strip().rstrip("."))
    return _REQUIRED.sub(lambda found: f", pour une exigence {_of(found[1])} ", text)


def _of(words: str) -> str:
    return f"d'{words}" if words.startswith("au") else f"de {words}"


def lowered(sentence: str) -> str:
    """A sentence that no longer opens one: small first letter, unless it opens a sign such as « T4 » or « PLS »."""
    return (
        sentence
        if sentence[1:2].isupper() or sentence[1:2].isdigit()
        else sentence[:1].lower() + sentence[1:]
    )
