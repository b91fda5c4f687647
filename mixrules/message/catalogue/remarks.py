"""How many remarks a linter makes."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "remark.rulebooks": Counted(
        "count", ("{count} recueil : ", "{count} rulebook: "), ("{count} recueils : ", "{count} rulebooks: ")
    ),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "remark": {
        "error": ("erreur", "error"),
        "warning": ("avertissement", "warning"),
        "note": ("note", "note"),
    },
    "remark_count": {
        "error": Counted("count", ("{count} erreur", "{count} error"), ("{count} erreurs", "{count} errors")),
        "warning": Counted(
            "count",
            ("{count} avertissement", "{count} warning"),
            ("{count} avertissements", "{count} warnings"),
        ),
        "note": Counted("count", ("{count} note", "{count} note"), ("{count} notes", "{count} notes")),
    },
}
