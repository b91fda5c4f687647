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


def _with_article(code: str) -> str:
    if code.startswith("du "):
        return "le " + code.removeprefix("du ")
    return code.removeprefix("de ")
