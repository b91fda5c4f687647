"""Which articles a reference cites: « C. urb., art. L. 151-28, 3°, et L. 151-29, al. 2 »."""

from __future__ import annotations

import re

from mixrules.rulebook.document import SourcePart

CODES = {"C. urb.": "code-urbanisme", "CG3P": "cg3p", "CCH": "code-construction-habitation", "CGI": "cgi"}
"""The codes that references name, by their usual abbreviation, and the folder of their texts."""

_NUMBER = r"(?P<{0}kind>[LRDA])\.?\s*\*?\s*(?P<{0}number>\d+(?:-\d+)*)"
_CITED = re.compile(rf"\b{_NUMBER.format('')}(?:(?:,[^,;]*)?\s+(?:à|to)\s+{_NUMBER.format('last_')})?")
_ASIDE = re.compile(r"\([^)]*\)")


def texts_of(source: SourcePart) -> list[tuple[str, str]]:
    """The texts that a source rests on as (folder, file): the one it names, else the articles it cites."""
    if source.text:
        folder, _, file = source.text.partition("/")
        return [(folder, file)]
    return cited(source.ref)


def cited(ref: str) -> list[tuple[str, str]]:
    """The articles of a reference as (code, number), in the order written; what stands in brackets is left out."""
    found: list[tuple[str, str]] = []
    code = ""
    for part in _ASIDE.sub("", ref.replace("\u00a0", " ").replace("\u202f", " ")).split(";"):
        named = [(part.index(name), folder) for name, folder in CODES.items() if name in part]
        code = min(named)[1] if named else code
        if code:
            found += [(code, number) for match in _CITED.finditer(part) for number in _numbers(match)]
    return list(dict.fromkeys(found))


def document(ref: str) -> str:
    """What a reference names before its articles: the plan, the charter, the code."""
    return re.split(r",\s*(?:art\.|annexe)", ref)[0].strip()


def spoken(code: str, number: str) -> str:
    """An article as a jurist writes it: C. urb., art. L. 151-28; the text of a document by its folder and file."""
    names = {folder: name for name, folder in CODES.items()}
    if code not in names:
        return f"{code}/{number}"
    return f"{names[code]}, art. {number[0]}. {number[1:]}"


def _numbers(match: re.Match[str]) -> list[str]:
    first = match["kind"].upper() + match["number"]
    if not match["last_number"]:
        return [first]
    last = match["last_kind"].upper() + match["last_number"]
    stem, _, low = first.rpartition("-")
    other, _, high = last.rpartition("-")
    if stem and stem == other and int(low) < int(high):
        return [f"{stem}-{number}" for number in range(int(low), int(high) + 1)]
    return [first, last]
