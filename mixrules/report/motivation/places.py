"""Parts of a programme as an order names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 12
"""Places named one by one; the rest is counted."""
NOUNS = {
    "dwelling": ("ligne de logements", "lignes de logements"),
    "landing": ("palier", "paliers"),
    "stairwell": ("cage", "cages"),
    "building": ("bâtiment", "bâtiments"),
    "block": ("îlot", "îlots"),
    "programme": ("programme", "programmes"),
    "shared_place": ("lieu partagé", "lieux partagés"),
}
_LINE = re.compile(r"(?:(?P<inside>.+)/)?(?P<count>\d+)×(?P<tenure>[^/]+)")


def named(path: str) -> str:
    """A place in words: « 40 logements (PLAI ou PLUS) de p3 » for a line of forty without a landing."""
    found = _LINE.fullmatch(path)
    if found is None:
        return path
    count, tenures = int(found["count"]), found["tenure"].split("|")
    tenure = "catégorie non précisée" if tenures == ["?"] else _either(tenures)
    inside = f" – {found['inside']}" if found["inside"] else ""
    return f"{count} logement{'s' if count > 1 else ''} ({tenure}){inside}"


def listed(owner: str, places: Sequence[str], count: int) -> str:
    """« 3 programmes : p1, p2, p3 »: how many, and the first of them."""
    noun = NOUNS.get(owner, ("élément", "éléments"))[count > 1]
    shown = [named(place) for place in places[:MOST]]
    more = count - len(shown)
    rest = f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else ""
    return f"{count} {noun} : {' ; '.join(shown) if any('(' in s for s in shown) else ', '.join(shown)}{rest}"


def _either(names: Sequence[str]) -> str:
    said = [name.replace("_", " ") for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} ou {said[-1]}"
