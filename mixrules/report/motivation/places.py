"""Parts of a programme as an order names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from mixrules.message import format_quantity
from mixrules.programme.category import CATEGORIES

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
    """A place in words: « 40 logements (PLAI ou PLUS) – p3 » for a line of forty without a landing."""
    found = _LINE.fullmatch(path)
    if found is None:
        return path
    tenures = found["tenure"].split("|")
    tenure = "catégorie non précisée" if tenures == ["?"] else _either(tenures)
    inside = f" – {found['inside']}" if found["inside"] else ""
    return f"{format_quantity(Fraction(found['count']), 'dwelling', 'fr')} ({tenure}){inside}"


def listed(owner: str, places: Sequence[str], count: int) -> str:
    """« 3 programmes : p1, p2, p3 »: how many, and the first of them."""
    noun = NOUNS.get(owner, ("élément", "éléments"))[count > 1]
    shown = ", ".join(named(place) for place in _inside(places[:MOST]))
    more = count - min(len(places), MOST)
    rest = f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else ""
    return f"{count} {noun} : {shown}{rest}"


def _inside(places: Sequence[str]) -> list[str]:
    """Places, without the whole that holds them all: it goes without saying."""
    heads = {place.rpartition("/")[0] for place in places}
    return [place.rpartition("/")[2] for place in places] if len(heads) == 1 else list(places)


def _either(names: Sequence[str]) -> str:
    known = CATEGORIES["tenure"].members
    said = [name if name.isupper() or name not in known else known[name][0] for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} ou {said[-1]}"
