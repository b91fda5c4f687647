"""Programmes that meet the obligations of a rulebook."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "witness.none": ("aucun programme trouvé", "no programme found"),
    "witness.together": ("Au {day}, ensemble", "On {day}, together"),
    "witness.no_obligation": ("aucune obligation", "no obligation"),
}
