"""A reference table in a few lines."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "table.head": Counted(
        "count",
        (
            "    millésime {vintage} ; {count} commune ; empreinte {digest}",
            "    vintage {vintage}; {count} commune; digest {digest}",
        ),
        (
            "    millésime {vintage} ; {count} communes ; empreinte {digest}",
            "    vintage {vintage}; {count} communes; digest {digest}",
        ),
    ),
    "table.column": (
        "{label} ({field}), du {start} au {end} exclu",
        "{label} ({field}), from {start} until {end}, excluded",
    ),
    "table.left_out": ("    laissé de côté : {left_out}", "    left out: {left_out}"),
}
