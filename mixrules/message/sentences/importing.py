"""Sentences about a promoter's own workbook: what is asked, what contradicts, what is left aside."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    # The file.
    "import_type_unknown": (
        "type de fichier inconnu ({suffix}) : un .xlsx, .xlsm, .xls, .ods ou .csv est attendu",
        "unknown file type ({suffix}): an .xlsx, .xlsm, .xls, .ods or .csv is expected",
    ),
    "import_nothing_found": (
        "aucun tableau de logements reconnu (feuilles lues : {sheets}) : rien à importer",
        "no table of dwellings recognised (sheets read: {sheets}): nothing to import",
    ),
    "import_no_dwellings": (
        "aucun tableau de logements reconnu (feuilles lues : {sheets}) : les logements restent inconnus",
        "no table of dwellings recognised (sheets read: {sheets}): the dwellings stay unknown",
    ),
    "import_questions_left": Counted(
        "count",
        (
            "{count} question sans réponse : lancez « mixrules import », ou complétez la correspondance",
            '{count} question unanswered: run "mixrules import", or complete the mapping',
        ),
        (
            "{count} questions sans réponse : lancez « mixrules import », ou complétez la correspondance",
            '{count} questions unanswered: run "mixrules import", or complete the mapping',
        ),
    ),
    "workbook_too_deep": (
        "classeur emboîté sur plus de {most} niveaux : ce n'est pas un vrai classeur",
        "workbook nested more than {most} levels deep: this is no real workbook",
    ),
    "workbook_macros": (
        "le classeur contient des macros : elles ne sont ni lues ni exécutées",
        "the workbook holds macros: they are neither read nor run",
    ),
    "workbook_links": (
        "le classeur renvoie à d'autres fichiers : rien n'y est lu, seules comptent les valeurs enregistrées ici",
        "the workbook links to other files: nothing is read there, only the values saved here count",
    ),
    # The mapping.
    "mapping_expected": (
        'ce n\'est pas une correspondance (mixrules-mapping: "1") ; « mixrules import --write-mapping » en écrit une',
        'this is not a mapping (mixrules-mapping: "1"); "mixrules import --write-mapping" writes one',
    ),
    "mapping_broken": ("YAML illisible ici ou juste avant", "unreadable YAML here or just before"),
    "mapping_key_unknown": (
        "« {key} » : rien n'est demandé à cet endroit d'une correspondance",
        '"{key}": nothing is asked at this point of a mapping',
    ),
    "mapping_answer_wrong": (
        "« {key} » : « {found} » n'est pas une réponse ; attendu : {expected}",
        '"{key}": "{found}" is no answer; expected: {expected}',
    ),
    "mapping_entry_unmatched": (
        "« {entry} » ({answer}) n'est plus dans le classeur ; trouvé : {found}",
        '"{entry}" ({answer}) is no longer in the workbook; found: {found}',
    ),
    # Questions.
    "ask_column": (
        "que contient la colonne « {header} » (ex. {samples}) ? Réponses : {expected}",
        'what does column "{header}" hold (e.g. {samples})? Answers: {expected}',
    ),
    "ask_column_twice": (
        (
            "« {header} » (ex. {samples}) et « {other} » semblent dire la même chose : que contient « {header} » ? "
            "Réponses : {expected}"
        ),
        (
            '"{header}" (e.g. {samples}) and "{other}" seem to say the same: what does "{header}" hold? '
            "Answers: {expected}"
        ),
    ),
    "ask_word": (
        (
            "que veut dire « {found} » ici ({field_fr}) ? Ce mot n'est pas connu, ou change de sens d'un lieu à l'autre. "
            "Réponses : {expected}"
        ),
        (
            'what does "{found}" mean here ({field_en})? The word is unknown, or changes meaning from place to place. '
            "Answers: {expected}"
        ),
    ),
    "ask_row": (
        "« {found} », seul sur sa ligne, est-il un titre (title) ou un logement (dwelling) ?",
        '"{found}", alone in its row: is it a title (title) or a dwelling (dwelling)?',
    ),
    "ask_hidden_rows": Counted(
        "count",
        (
            "{count} ligne masquée ({found}) : la lire (read) ou l'écarter (skip) ?",
            "{count} hidden row ({found}): read it (read) or leave it out (skip)?",
        ),
        (
            "{count} lignes masquées ({found}) : les lire (read) ou les écarter (skip) ?",
            "{count} hidden rows ({found}): read them (read) or leave them out (skip)?",
        ),
    ),
    "ask_hidden_sheet": (
        (
            "la feuille masquée « {sheet} » contient des logements : les compter (dwellings), s'en servir de contrôle "
            "(checks) ou l'écarter (ignore) ?"
        ),
        (
            'the hidden sheet "{sheet}" holds dwellings: count them (dwellings), check with them (checks) or leave it '
            "out (ignore)?"
        ),
    ),
    "ask_same_dwellings": (
        (
            "les logements de « {sheet} » sont-ils d'autres logements (dwellings), les mêmes que ceux de {other} "
            "(checks), ou à écarter (ignore) ?"
        ),
        (
            'are the dwellings of "{sheet}" other dwellings (dwellings), the same as those of {other} (checks), or to '
            "be left out (ignore)?"
        ),
    ),
    "ask_total": (
        (
            "le total de « {header} » dit {stated_fr}, la somme de {parts} est {sum_fr} : corrigez le classeur, ou "
            "répondez « lines » si les lignes sont justes"
        ),
        (
            'the total of "{header}" says {stated_en}, the sum of {parts} is {sum_en}: mend the workbook, or answer '
            '"lines" if the lines are right'
        ),
    ),
    "ask_areas": (
        (
            "« {header} », sur une ligne de plusieurs logements : la surface de chacun (each), ou celle de tous, à "
            "partager également (shared) ou à écarter (ignore) ?"
        ),
        (
            '"{header}", on a line for several dwellings: the area of each (each), or of all together, to share '
            "equally (shared) or to leave out (ignore)?"
        ),
    ),
    "ask_rows_apart": (
        "les lignes de ce tableau sont-elles des parts d'un même programme (together) ou autant de programmes (apart) ?",
        "are the rows of this table parts of one programme (together), or one programme each (apart)?",
    ),
    "ask_cell_area": (
        "« {found} » : surface habitable (living_area) ou surface de plancher (floor_area) ?",
        '"{found}": living area (living_area) or floor area (floor_area)?',
    ),
    "ask_label": (
        "que donne « {label} » ? Réponses : {expected}, ignore",
        'what does "{label}" give? Answers: {expected}, ignore',
    ),
    # Contradictions.
    "total_differs": (
        "le total de « {header} » dit {stated_fr}, la somme de {parts} est {sum_fr}",
        'the total of "{header}" says {stated_en}, the sum of {parts} is {sum_en}',
    ),
    "total_of_dwellings_differs": (
        "le total annonce {stated_fr} logements, {sum_fr} sont listés",
        "the total announces {stated_en} dwellings, {sum_en} are listed",
    ),
    "values_differ": (
        "« {found} » ici, « {value} » en {other} pour la même chose : aucune des deux valeurs n'est retenue",
        '"{found}" here, "{value}" in {other} for the same thing: neither value is kept',
    ),
    "dwelling_in_one_table": (
        "lot {lot} : dans cette feuille seulement ; ajoutez-le à la liste des logements ou retirez-le d'ici",
        "lot {lot}: in this sheet alone; add it to the list of dwellings or remove it from here",
    ),
    "dwelling_of_which_building": (
        "lot {lot} : plusieurs logements portent ce numéro ; dites le bâtiment",
        "lot {lot}: several dwellings bear this number; say which building",
    ),
    "dwellings_absent_from": Counted(
        "count",
        (
            "lot {lot} : absent de la feuille « {sheet} » ({count} logement en tout)",
            'lot {lot}: absent from the sheet "{sheet}" ({count} dwelling in all)',
        ),
        (
            "lot {lot} : absent de la feuille « {sheet} » ({count} logements en tout)",
            'lot {lot}: absent from the sheet "{sheet}" ({count} dwellings in all)',
        ),
    ),
    # Rows and cells that cannot be read.
    "row_unlabelled": (
        "nombres sans lot, type ni catégorie : total ou logement ? Nommez la ligne",
        "numbers without lot, type or tenure: a total or a dwelling? Name the row",
    ),
    "value_for_several": (
        "« {found} » dans une cellule fusionnée sur plusieurs logements : donnez à chacun la sienne",
        '"{found}" in a cell merged over several dwellings: give each its own',
    ),
    "cell_not_understood": (
        "« {found} » : ni un nombre de logements, ni une description (« T3 62,45 (PLUS) »)",
        '"{found}": neither a number of dwellings nor a description ("T3 62,45 (PLUS)")',
    ),
    # What is left aside, and said.
    "column_not_read": ("colonne « {header} » : pas lue", 'column "{header}": not read'),
    "beside_table": Counted(
        "count",
        (
            "à côté du tableau, pas lu : « {found} » ({count} cellule)",
            'beside the table, not read: "{found}" ({count} cell)',
        ),
        (
            "à côté du tableau, pas lu : « {found} » ({count} cellules)",
            'beside the table, not read: "{found}" ({count} cells)',
        ),
    ),
    "table_ends": (
        "le tableau s'arrête avant « {found} » : la suite n'est pas lue comme des logements",
        'the table ends before "{found}": what follows is not read as dwellings',
    ),
    "table_of_others": (
        "tableau d'autre chose que des logements ({kind}) : pas lu",
        "a table of something other than dwellings ({kind}): not read",
    ),
    "table_empty": ("tableau sans ligne : rien à lire", "a table without rows: nothing to read"),
    "row_not_read": ("remarque, pas lue : « {found} »", 'a remark, not read: "{found}"'),
    "sheet_left_out": ("feuille « {sheet} » écartée", 'sheet "{sheet}" left out'),
    "hidden_rows_skipped": Counted(
        "count",
        ("{count} ligne masquée écartée", "{count} hidden row left out"),
        ("{count} lignes masquées écartées", "{count} hidden rows left out"),
    ),
    "hidden_column_read": (
        "la colonne masquée « {header} » est lue",
        'the hidden column "{header}" is read',
    ),
    "areas_of_several": (
        (
            "« {header} » est la surface de plusieurs logements ensemble : celle de chacun reste inconnue "
            "(« areas: shared » la partage également)"
        ),
        (
            '"{header}" is the area of several dwellings together: that of each stays unknown ("areas: shared" shares '
            "it equally)"
        ),
    ),
}
