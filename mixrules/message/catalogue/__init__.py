"""Every text that people read, in French and English: one module an area, a key `area.text` for each entry.

A family holds the texts of a closed list (statuses, operators, scopes): they are reached by the family and the name
of the member. The sentences about errors stand in `sentences`, under the bare code that a message bears.
"""

from __future__ import annotations

from mixrules.message.catalogue import (
    coverage,
    mutants,
    observing,
    prose,
    revisions,
    rulebook_page,
    shared,
    statements,
)
from mixrules.message.catalogue.entry import Entry
from mixrules.message.sentences import CATALOGUE

AREAS = (shared, prose, observing, statements, mutants, revisions, rulebook_page, coverage)

ENTRIES: dict[str, Entry] = {**CATALOGUE}
FAMILIES: dict[str, dict[str, Entry]] = {}
for _area in AREAS:
    ENTRIES |= _area.ENTRIES
    FAMILIES |= getattr(_area, "FAMILIES", {})
