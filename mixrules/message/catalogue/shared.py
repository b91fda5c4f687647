"""Words and signs that every area shares."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "sign.quoted": ("« {text} »", "“{text}”"),
    "sign.colon": (" : ", ": "),
    "sign.colon_close": (" :", ":"),
    "sign.semicolon": (" ; ", "; "),
    "word.yes": ("oui", "yes"),
    "word.no": ("non", "no"),
    "word.unknown": ("inconnu", "unknown"),
    "word.none": ("sans objet", "none"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "shape": {
        "string_type": ("texte", "text"),
        "dict_type": ("clés et valeurs", "keys and values"),
        "list_type": ("liste", "list"),
        "string_pattern_mismatch": ("nom ou date bien formés", "well-formed name or date"),
        "string_too_short": ("texte non vide", "non-empty text"),
        "model_type": ("clés et valeurs", "keys and values"),
    },
}
