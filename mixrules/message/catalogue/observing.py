"""What was observed against what is required."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "observe.compared": (
        "{subject} : {observed} ; {operator} {required}",
        "{subject}: {observed}; {operator} {required}",
    ),
    "observe.part": ("{part} sur {whole} ({ratio})", "{part} of {whole} ({ratio})"),
    "observe.given": ("donné", "given"),
    "observe.missing": (" : il manque {amount}", ": {amount} missing"),
    "observe.too_many": (" : {amount} de trop", ": {amount} too many"),
    "observe.at_least": ("au moins {low}", "at least {low}"),
    "observe.at_most": ("au plus {high}", "at most {high}"),
    "observe.between": ("entre {low} et {high}", "between {low} and {high}"),
}
