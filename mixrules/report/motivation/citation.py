"""References to articles as an order writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODES = {
    "C. urb.": "du code de l'urbanisme",
    "CCH": "du code de la construction et de l'habitation",
    "CGI": "du code général des impôts",
    "CGI, ann. II": "de l'annexe II au code général des impôts",
    "CGI, ann. III": "de l'annexe III au code général des impôts",
    "CG3P": "du code général de la propriété des personnes publiques",
    "CIBS": "du code des impositions sur les biens et services",
}
"""Short names of codes in rulebooks, and how an order names them."""

MASCULINE = {"plu", "plui", "plan", "règlement", "cahier", "décret", "code", "programme", "plh"}
FEMININE = {"délibération", "loi", "convention", "charte", "demande", "notice"}
ELIDED = {"arrêté", "ordonnance", "annexe", "acte"}
"""First words of the names of documents, by the article that they take."""

_CITED = re.compile(rf"({'|'.join(sorted(map(re.escape, CODES), key=len, reverse=True))}), art\. (.+)")


def article(reference: str) -> str:
    """« l'article L. 111-24, al. 1, du code de l'urbanisme » for « C. urb., art. L. 111-24, al. 1 ».

    A reference that names no code, such as that of a plan, stays as the rulebook writes it.
    """
    found = _CITED.fullmatch(reference.strip())
    if found is None:
        return reference.strip()
    code, place = found.groups()
    several = len(re.findall(r"\b[LRAD]\*?\. ", place)) > 1
    head = "les articles" if several else "l'article"
    comma = "," if "," in place and not several else ""
    return f"{head} {place}{comma} {CODES[code]}"


def codes(references: Iterable[str]) -> list[str]:
    """The codes that references name, each once: « le code de l'urbanisme »."""
    named = {found[1] for reference in references if (found := _CITED.fullmatch(reference.strip()))}
    return [_with_article(CODES[code]) for code in CODES if code in named]


def plans(references: Iterable[str]) -> list[str]:
    """The documents that are no code, each once."""
    return list(dict.fromkeys(r.strip() for r in references if r.strip() and not _CITED.fullmatch(r.strip())))


def document(reference: str) -> str:
    """« le PLUi de la métropole, art. 3.3 »: a document with its article, as a sentence names it."""
    reference = reference.strip()
    word = re.match(r"\w*", reference)
    first = word[0].casefold() if word else ""
    name = reference if reference[1:2].isupper() else reference[:1].lower() + reference[1:]
    if first in MASCULINE:
        return f"le {name}"
    if first in FEMININE:
        return f"la {name}"
    return f"l'{name}" if first in ELIDED else f"le document « {reference} »"


def _with_article(code: str) -> str:
    if code.startswith("du "):
        return "le " + code.removeprefix("du ")
    return code.removeprefix("de ")
