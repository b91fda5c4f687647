"""How an import of public files is told."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "intake.head": Counted(
        "count",
        ("{output} : {count} dossier lu", "{output}: {count} file read"),
        ("{output} : {count} dossiers lus", "{output}: {count} files read"),
    ),
    "intake.left_out": ("Laissées de côté", "Left out"),
    "intake.worth_knowing": ("À savoir", "Worth knowing"),
    "intake.unknown": ("Inconnu", "Unknown"),
    "intake.share_dwellings": (" (part des logements)", " (share of dwellings)"),
    "intake.more": Counted(
        "many",
        ("  … {many} autre (--verbose)", "  … {many} more (--verbose)"),
        ("  … {many} autres (--verbose)", "  … {many} more (--verbose)"),
    ),
}
