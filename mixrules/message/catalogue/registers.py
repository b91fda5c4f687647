"""What the register says of itself."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "register.no_decision": ("aucune décision", "no decision"),
    "register.whole": ("chaîne intacte", "chain whole"),
    "register.entries": Counted(
        "count",
        ("{place} : {count} décision", "{place}: {count} decision"),
        ("{place} : {count} décisions", "{place}: {count} decisions"),
    ),
    "register.signed": Counted(
        "count", ("dont {count} signée", "{count} signed"), ("dont {count} signées", "{count} signed")
    ),
    "register.faults": Counted(
        "count", ("{count} anomalie", "{count} fault"), ("{count} anomalies", "{count} faults")
    ),
    "register.more_differences": Counted(
        "count",
        ("          … {count} autre différence", "          … {count} other difference"),
        ("          … {count} autres différences", "          … {count} other differences"),
    ),
    "register.last_hash": ("dernière empreinte", "last hash"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "replay": {
        "identical": ("identique, octet pour octet", "identical, byte for byte"),
        "same": ("même décision, évaluateurs différents", "same decision, other evaluators"),
        "different": ("DIFFÉRENTE", "DIFFERENT"),
        "impossible": ("IMPOSSIBLE à rejouer", "CANNOT be replayed"),
    },
}
