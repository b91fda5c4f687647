"""What rulebooks read of a file: a corpus of millions of lines is loaded with these columns alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from mixrules.programme.placing import PLACES, PLURAL
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import Collection, Field
from mixrules.rulebook.walk import all_expressions, walk
from mixrules.territory.layout import DATES

TOTALS = frozenset({"count", "tenure", "floor_area", "programme.floor_area", "programme.housing_floor_area"})
"""Columns that the comparison of totals with their parts reads."""
NAMES = frozenset(
    {"commune.insee", "commune.name", "district.id", "district.name", "programme.id", "programme.name"}
)
"""Columns that say what a file is about, and which rulebooks serve it."""
PLACED = frozenset({*PLACES, "floor", "lot"})
"""Columns that say where a line stands."""
FACTS = "facts"
"""What the file says of its lines under names that a rulebook declares."""
PARTS = frozenset({*PLURAL, "dwelling"})


def columns(books: Iterable[Rulebook]) -> frozenset[str]:
    """The columns that some rules read, of a programme or of its lines, whatever their kind."""
    found = {*TOTALS, *NAMES, *DATES}
    for book in books:
        if any(asked.group == "item" for asked in book.inputs.values()):
            found.add(FACTS)
        if any(rule.scope in PARTS for rule in book.rules):
            found |= PLACED
        for node in chain.from_iterable(map(walk, all_expressions(book))):
            if isinstance(node, Field):
                found.add(node.path)
            elif isinstance(node, Collection) and set(node.sources) & set(PLURAL.values()):
                found |= PLACED
    return frozenset(found)
