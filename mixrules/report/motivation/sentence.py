"""The sentences of an order: « Considérant que… », with what is required, what is found and what follows."""

from __future__ import annotations

import re

from mixrules.engine.decision import Advantage
from mixrules.message.wording import titled
from mixrules.report.motivation.citation import article, document
from mixrules.report.motivation.grounds import Ground
from mixrules.report.motivation.places import MOST, named

_COMPARED = re.compile(
    r"(?P<subject>.+?) : (?P<seen>.+?) ; (?P<asked>(?:au moins|au plus|plus de|moins de|égal à) .+?)"
    r"(?: : (?:il manque (?P<short>.+)|(?P<over>.+) de trop))?"
)
"""A comparison as a decision says it."""
_CLAIMED = re.compile(r"Droit : (?P<worth>.+?)(?: ; (?P<why>.+))? ; demandé : (?P<asked>.+)")
_EXCEPTION = re.compile(r"(?:(?P<found>.+)\. )?Écarté par l'exception : (?P<label>.+)")
MET, UNMET = "cette exigence est satisfaite", "cette exigence n'est pas satisfaite"
EXCEPTED, REFUSED = "cette exigence est écartée", "l'avantage demandé ne peut pas être accordé"


def stated(ground: Ground, conclusion: str) -> str:
    """« Considérant qu'aux termes de l'article… : « … » ; que le dossier indique… ; que, dès lors, … ; »."""
    told = [
        f"que{_of_place(place)} {_clause(found)}"
        for place, sentences in list(zip(ground.places, ground.found, strict=True))[:MOST]
        for found in sentences
    ]
    more = len(ground.found) - MOST
    if more > 0:
        told.append(f"qu'il en va de même pour {more} autre{'s' if more > 1 else ''}")
    return f"{_opening(ground)} ; {' ; '.join(told)} ; que, dès lors, {conclusion} ;"


def _opening(ground: Ground) -> str:
    """The text on which the ground rests: quoted where it was read, an article by its code, a plan by its name."""
    cited = article(ground.reference)
    code = cited.startswith(("l'", "les "))
    source = cited if code else document(ground.reference)
    quote = f"« {_excerpt(ground.quote)} »" if ground.quote else ""
    if ground.claim:
        text = f" ({quote})" if quote else ""
        return f"Considérant que l'avantage « {ground.title} », prévu par {source}{text}, est demandé"
    if code and quote:
        return f"Considérant qu'aux termes de {cited} : {quote}"
    text = f" : {quote}" if quote else ""
    return f"Considérant que la règle « {ground.title} » est prévue par {source}{text}"


def _excerpt(quote: str) -> str:
    """A quote whose cuts are marked, where it opens or ends in the middle of a sentence."""
    text = quote.strip()
    opens = "" if text[:1].isupper() or text[:1].isdigit() else "(…) "
    ends = "" if text.endswith((".", "!", "?")) else " (…)"
    return f"{opens}{text.rstrip(' ;:,')}{ends}"


def claim(advantage: Advantage) -> str:
    """A claim that is admitted, and what it gives."""
    cited = article(advantage.source.ref)
    under = cited if cited.startswith(("l'", "les ")) else f"« {cited} »"
    text = advantage.explanation["fr"].strip().rstrip(".")
    worth = _worth(text) or f"le dossier fait ressortir ce qui suit : {lowered(text)}"
    return (
        f"Considérant que l'avantage « {titled(advantage, 'fr')} » est demandé au titre de {under} "
        f"et que les conditions en sont réunies ; que {worth} ;"
    )


def _worth(text: str) -> str:
    """« le droit s'élève à 30 % et la demande à 20 % »; empty where the words are others."""
    found = _CLAIMED.fullmatch(text)
    if found is None:
        return ""
    why = f" ({found['why']})" if found["why"] else ""
    return f"le droit s'élève à {found['worth']}{why} et la demande à {found['asked']}"


def _of_place(place: str) -> str:
    return f", pour {named(place)}," if place else ""


def _clause(sentence: str) -> str:
    """« le dossier indique, au titre de « places prévues », 16 places, pour une exigence d'au moins 18 places »."""
    text = sentence.strip().rstrip(".")
    found, exception = _COMPARED.fullmatch(text), _EXCEPTION.fullmatch(text)
    if exception is not None:
        applied = f"l'exception « {exception['label']} » s'applique"
        return f"{_clause(exception['found'])}, mais que {applied}" if exception["found"] else applied
    if found is None:
        return _worth(text) or f"le dossier fait ressortir ce qui suit : {lowered(text)}"
    gap = (
        f", soit un manque de {found['short']}"
        if found["short"]
        else f", soit un dépassement de {found['over']}"
        if found["over"]
        else ""
    )
    return (
        f"le dossier indique, au titre de « {lowered(found['subject'])} », {found['seen']}, "
        f"pour une exigence {_of(found['asked'])}{gap}"
    )


def _of(words: str) -> str:
    if words.startswith("égal à "):
        return f"d'exactement {words.removeprefix('égal à ')}"
    return f"d'{words}" if words.startswith("au") else f"de {words}"


def lowered(sentence: str) -> str:
    """A sentence that no longer opens one: small first letter, unless it opens a sign such as « T4 » or « PLS »."""
    return (
        sentence
        if sentence[1:2].isupper() or sentence[1:2].isdigit()
        else sentence[:1].lower() + sentence[1:]
    )
