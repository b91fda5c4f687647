"""What rulebooks read of the lines of a file: a corpus of millions of lines is loaded with these columns alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from mixrules.programme.placing import PLACES, PLURAL
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.tree import Collection, Field
from mixrules.rulebook.walk import all_expressions, walk

ALWAYS = frozenset({"count", "tenure", "floor_area"})
"""Columns that the comparison of totals with their parts reads."""
PLACED = frozenset({*PLACES, "floor", "lot"})
"""Columns that say where a line stands."""
FACTS = "facts"
"""What the file says of its lines under names that a rulebook declares."""
PARTS = frozenset({*PLURAL, "dwelling"})


def columns(books: Iterable[Rulebook]) -> frozenset[str]:
    """The columns of lines that some rules read, whatever the kind of line."""
    found = set(ALWAYS)
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
