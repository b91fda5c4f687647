"""How an import of a workbook is told."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "import.lines_read": Counted(
        "lines",
        ("{where} : {lines} ligne lue", "{where}: {lines} line read"),
        ("{where} : {lines} lignes lues", "{where}: {lines} lines read"),
    ),
    "import.questions": Counted(
        "count",
        (
            "{count} question avant d'écrire le programme (--write-mapping, puis --mapping) :",
            "{count} question before the programme can be written (--write-mapping, then --mapping):",
        ),
        (
            "{count} questions avant d'écrire le programme (--write-mapping, puis --mapping) :",
            "{count} questions before the programme can be written (--write-mapping, then --mapping):",
        ),
    ),
    "import.sure": ("sûr", "sure"),
    "import.to_confirm": ("à confirmer", "to confirm"),
    "import.cannot_imported": ("{file} : import impossible", "{file}: cannot be imported"),
    "import.values_programme": ("Valeurs du programme", "Values of the programme"),
    "import.worth_knowing": ("À savoir", "Worth knowing"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "column_target": {
        "programme": ("programme", "programme"),
        "total": ("total (contrôle)", "total (check)"),
        "none": ("pas lue", "not read"),
    },
}
