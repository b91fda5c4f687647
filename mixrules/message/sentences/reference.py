"""Sentences about a reference table that cannot be used, or not any more."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    "not_a_table": (
        "l'en-tête d'une table de référence commence par « table: » et son identifiant",
        "the header of a reference table starts with `table:` and its identifier",
    ),
    "table_rows_elsewhere": (
        "« {found} » : les lignes d'une table sont dans un fichier du même dossier ; écrivez son seul nom",
        '"{found}": the rows of a table are in a file of the same folder; write its name alone',
    ),
    "table_rows_missing": (
        "{found} ne peut pas être lu : {why} ; placez les lignes à côté de l'en-tête",
        "{found} cannot be read: {why}; put the rows beside the header",
    ),
    "table_too_large": (
        "table trop grande : {most} octets au plus",
        "table too large: at most {most} bytes",
    ),
    "table_too_long": ("{most} lignes au plus", "at most {most} rows"),
    "table_encoding": (
        "ce fichier n'est pas en UTF-8 ; enregistrez-le dans ce codage",
        "this file is not UTF-8; save it in that encoding",
    ),
    "table_digest": (
        "lignes modifiées : leur sha256 est {found}, l'en-tête annonce {stated} ; rétablissez-les, ou corrigez l'en-tête",
        "rows altered: their sha256 is {found}, the header states {stated}; restore them, or mend the header",
    ),
    "table_twice": (
        "« {found} » est déjà le nom d'une table de ce dossier ; donnez-en un autre",
        '"{found}" already names a table of this folder; give another name',
    ),
    "table_field": (
        "« {found} » n'est pas une donnée de la commune qu'une table puisse donner{hint}",
        '"{found}" is no fact of the commune that a table can give{hint}',
    ),
    "table_period": (
        "sans dates : écrivez « from: » et « until: » ; une table qui n'a pas de fin répondrait toujours",
        "without dates: write `from:` and `until:`; a table without an end would answer for ever",
    ),
    "table_titles": (
        "titres « {found} » ; attendu : {expected}",
        'titles "{found}"; expected: {expected}',
    ),
    "table_cells": Counted(
        "found",
        ("{found} cellule ; {expected} attendues", "{found} cell; {expected} expected"),
        ("{found} cellules ; {expected} attendues", "{found} cells; {expected} expected"),
    ),
    "table_code": (
        (
            "« {found} » n'est pas le code INSEE d'une commune (cinq caractères, zéro de tête compris ; "
            "ni arrondissement, ni total)"
        ),
        '"{found}" is not the INSEE code of a commune (five characters, leading zero included; no arrondissement, no total)',
    ),
    "table_code_twice": (
        "commune {found} déjà ligne {line} ; gardez une seule ligne",
        "commune {found} already on line {line}; keep one row",
    ),
    "table_percent": (
        "{column} « {found} » sans signe % ; écrivez-le, ou laissez vide si l'on ne sait pas l'unité",
        '{column} "{found}" without a % sign; write it, or leave a blank where the unit is not known',
    ),
    "table_cell": (
        "{column} « {found} » ; attendu : {expected}, ou vide",
        '{column} "{found}"; expected: {expected}, or a blank',
    ),
    "table_overlap": (
        "{one} et {two} donnent {field} de {found} aux mêmes jours ({what}) ; fermez la période de l'une (until)",
        "{one} and {two} give {field} of {found} on the same days ({what}); end one of them (until)",
    ),
    "table_gap": (
        "{field} : aucune table du {day} au {expected} ; la donnée reste inconnue ces jours-là",
        "{field}: no table from {day} to {expected}; the fact stays unknown on those days",
    ),
    "table_last_day": (
        "{field} : plus aucune table à partir du {day} ; la donnée y reste inconnue si le dossier ne la donne pas",
        "{field}: no table from {day} on; the fact stays unknown there unless the file gives it",
    ),
}
