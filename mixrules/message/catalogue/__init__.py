"""Every text that people read, in French and English: one module an area, a key `area.text` for each entry.

A family holds the texts of a closed list (statuses, operators, scopes): they are reached by the family and the name
of the member. The sentences about errors stand in `sentences`, under the bare code that a message bears.
"""

from __future__ import annotations

from mixrules.message.catalogue import (
    board,
    commands,
    comparison,
    coverage,
    district,
    follow_up,
    freezes,
    helping,
    hints,
    importing,
    intake,
    live,
    mutants,
    mutation,
    observing,
    page,
    prose,
    registers,
    remarks,
    report,
    revisions,
    rulebook_page,
    shared,
    simulation,
    statements,
    tables,
    template,
    unfoldings,
    witness,
)
from mixrules.message.catalogue.entry import Entry, spoken
from mixrules.message.sentences import CATALOGUE

AREAS = (
    board,
    commands,
    comparison,
    coverage,
    district,
    follow_up,
    freezes,
    helping,
    hints,
    importing,
    intake,
    live,
    mutants,
    mutation,
    observing,
    page,
    prose,
    registers,
    remarks,
    report,
    revisions,
    rulebook_page,
    shared,
    simulation,
    statements,
    tables,
    template,
    unfoldings,
    witness,
)

SPOKEN = (
    commands,
    coverage,
    district,
    follow_up,
    helping,
    hints,
    importing,
    intake,
    mutants,
    mutation,
    registers,
    remarks,
    revisions,
    simulation,
    tables,
    witness,
)
"""Areas whose texts go straight to a person: set once, here. Those of a decision are set by what shows it."""

ENTRIES: dict[str, Entry] = {**CATALOGUE}
FAMILIES: dict[str, dict[str, Entry]] = {}
for _area in AREAS:
    for _key, _entry in _area.ENTRIES.items():
        ENTRIES[_key] = spoken(_entry) if _area in SPOKEN else _entry
    FAMILIES |= getattr(_area, "FAMILIES", {})
