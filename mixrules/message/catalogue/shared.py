"""Words and signs that every area shares."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "sign.colon": (" : ", ": "),
    "sign.colon_close": (" :", ":"),
    "sign.semicolon": (" ; ", "; "),
    "word.yes": ("oui", "yes"),
    "word.no": ("non", "no"),
    "word.unknown": ("inconnu", "unknown"),
    "word.none": ("sans objet", "none"),
}
