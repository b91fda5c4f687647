"""What an error adds to help mend it."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "hint.near": (" ; vouliez-vous dire « {near} » ?", '; did you mean "{near}"?'),
    "hint.fields": (" ; champs connus : {fields}", "; known fields: {fields}"),
    "hint.additions": (" ; un ajout va dans la feuille {sheet}", "; additions go in the sheet {sheet}"),
    "hint.fact": (
        " ; un fait propre à un règlement s'intitule « fait : clé »",
        '; a fact that a rulebook declares is titled "facts.key"',
    ),
    "hint.building": (" du bâtiment {building}", " of building {building}"),
}
