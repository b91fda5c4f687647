"""Sentences about a submitted file that cannot be read or does not hold together."""

from mixrules.message.catalogue.entry import Entry

SENTENCES: dict[str, Entry] = {
    "number_expected": (
        "{label_fr} « {found} » : un nombre{unit_fr} est attendu",
        '{label_en} "{found}": a number{unit_en} is expected',
    ),
    "whole_expected": (
        "{label_fr} {found_fr} : un nombre entier est attendu",
        "{label_en} {found_en}: a whole number is expected",
    ),
    "too_small": (
        "{label_fr} {found_fr} : {least_fr} au moins est attendu",
        "{label_en} {found_en}: at least {least_en} is expected",
    ),
    "too_great": (
        "{label_fr} {found_fr} : {most_fr} au plus est attendu",
        "{label_en} {found_en}: at most {most_en} is expected",
    ),
    "rate_too_great": (
        "{label_fr} {found_fr} : un taux entre 0 et 100 % est attendu ; écrivez « 30 % » ou 0,3, pas 30",
        '{label_en} {found_en}: a rate between 0 and 100% is expected; write "30 %" or 0.3, not 30',
    ),
    "too_precise": (
        "{label_fr} {found_fr} : {places} décimales au plus ; si c'est une formule, arrondissez-la (ARRONDI)",
        "{label_en} {found_en}: at most {places} decimals; if it is a formula, round it (ROUND)",
    ),
    "category_unknown": (
        "{label_fr} « {found} » : attendu {expected_fr}{hint_fr}",
        '{label_en} "{found}": expected {expected_en}{hint_en}',
    ),
    "yes_no_expected": (
        "{label_fr} « {found} » : « oui » ou « non » est attendu",
        '{label_en} "{found}": "oui" or "non" (yes or no) is expected',
    ),
    "date_expected": (
        "{label_fr} « {found} » : une date est attendue (2026-03-01 ou 01/03/2026)",
        '{label_en} "{found}": a date is expected (2026-03-01 or 01/03/2026)',
    ),
    "date_absurd": (
        "{label_fr} « {found} » : une date entre 1900 et 2200 est attendue",
        '{label_en} "{found}": a date between 1900 and 2200 is expected',
    ),
    "text_expected": (
        "{label_fr} « {found} » : un texte est attendu",
        '{label_en} "{found}": a text is expected',
    ),
    "text_became_date": (
        "{label_fr} : le tableur a changé ce texte en date ({found}) ; mettez la cellule au format Texte",
        "{label_en}: the spreadsheet turned this text into a date ({found}); format the cell as Text",
    ),
    "text_became_number": (
        "{label_fr} lu comme un nombre ({found}) ; si c'est « 1.10 », mettez la cellule au format Texte",
        '{label_en} read as a number ({found}); if it is "1.10", format the cell as Text',
    ),
    "text_too_long": (
        "{label_fr} « {found} » : 2 000 caractères au plus",
        '{label_en} "{found}": at most 2,000 characters',
    ),
    "text_broken": (
        "texte illisible : il contient un demi-caractère Unicode ; retapez-le",
        "unreadable text: it holds half a Unicode character; type it again",
    ),
    "value_refused": ("{label_fr} « {found} » : valeur refusée", '{label_en} "{found}": value refused'),
    "field_unknown": ("champ inconnu « {key} »{hint_fr}", 'unknown field "{key}"{hint_en}'),
    "field_missing": ("{label_fr} : à renseigner", "{label_en}: must be given"),
    "list_too_short": ("il faut un programme au moins", "at least one programme is needed"),
    "list_expected": (
        "{label_fr} « {found} » : une liste [ … ] est attendue",
        '{label_en} "{found}": a list [ … ] is expected',
    ),
    "object_expected": (
        "{label_fr} « {found} » : un objet {{ … }} est attendu",
        '{label_en} "{found}": an object {{ … }} is expected',
    ),
    "programme_twice": (
        "« programme » et « programmes » sont donnés tous deux : gardez l'un des deux",
        '"programme" and "programmes" are both given: keep one of the two',
    ),
    # The file itself.
    "more_problems": ("… et {more} autres problèmes", "… and {more} more problems"),
    "file_missing": ("ce fichier n'existe pas", "there is no such file"),
    "file_is_directory": (
        "c'est un dossier : donnez un fichier .xlsx, .json ou .csv",
        "this is a directory: give a .xlsx, .json or .csv file",
    ),
    "file_unreadable": ("ce fichier ne peut pas être ouvert", "this file cannot be opened"),
    "file_empty": ("ce fichier est vide", "this file is empty"),
    "file_too_big": (
        "fichier de {size} Mo : {most} Mo au plus sont lus",
        "file of {size} MB: at most {most} MB are read",
    ),
    "file_type_unknown": (
        "type de fichier inconnu ({suffix}) : un .xlsx du modèle, un .json ou un .csv est attendu",
        "unknown file type ({suffix}): an .xlsx in the template's layout, a .json or a .csv is expected",
    ),
    "not_utf8": (
        "le fichier n'est pas en UTF-8 à partir de cette ligne ; enregistrez-le en « CSV UTF-8 »",
        'the file is not UTF-8 from this line on; save it as "CSV UTF-8"',
    ),
    # Excel.
    "workbook_expected": (
        "ce n'est pas un classeur .xlsx ; ouvrez-le dans un tableur et enregistrez-le au format .xlsx",
        "this is not an .xlsx workbook; open it in a spreadsheet and save it as .xlsx",
    ),
    "workbook_old": (
        "ancien format .xls : enregistrez le classeur au format .xlsx, ou lisez-le par « mixrules import »",
        "old .xls format: save the workbook as .xlsx",
    ),
    "workbook_protected": (
        "classeur protégé par un mot de passe : enregistrez-en une copie sans mot de passe",
        "password-protected workbook: save a copy without a password",
    ),
    "workbook_broken": (
        "classeur tronqué ou abîmé : ouvrez-le dans un tableur et enregistrez-le de nouveau",
        "truncated or damaged workbook: open it in a spreadsheet and save it again",
    ),
    "workbook_bomb": (
        "classeur hors de proportion : {size} Mo une fois déployé, {most} Mo au plus sont lus",
        "workbook out of proportion: {size} MB once unpacked, at most {most} MB are read",
    ),
    "workbook_too_wide": (
        "feuille de {rows} lignes et {columns} colonnes : supprimez les cellules égarées au loin",
        "a sheet spans {rows} rows and {columns} columns: delete the cells that stand far away",
    ),
    "sheet_missing": (
        "feuille « {sheet_fr} » absente (feuilles trouvées : {found}) ; partez du modèle (mixrules template), ou lisez votre classeur par « mixrules import »",
        'sheet "{sheet_en}" is missing (sheets found: {found}); start from the template (mixrules template), or use "mixrules import"',
    ),
    "sheet_twice": (
        "les feuilles « {sheet} » et « {other} » sont la même, en deux langues : gardez-en une",
        'the sheets "{sheet}" and "{other}" are the same one in two languages: keep one of them',
    ),
    "sheet_unknown": (
        "feuille « {sheet} » inconnue ; vouliez-vous dire « {near} » ?",
        'unknown sheet "{sheet}"; did you mean "{near}"?',
    ),
    "sheet_ignored": (
        "feuille « {sheet} » hors modèle : elle n'est pas lue",
        'sheet "{sheet}" is not in the template: it is not read',
    ),
    "headers_not_found": (
        "titres introuvables ; sont attendus : {expected_fr}",
        "headers not found; expected: {expected_en}",
    ),
    "header_unknown": ("colonne inconnue « {header} »{hint_fr}", 'unknown column "{header}"{hint_en}'),
    "header_twice": (
        "colonne « {header} » en double (avec « {other} ») : gardez-en une",
        'column "{header}" is given twice (with "{other}"): keep one',
    ),
    "row_unknown": ("rubrique inconnue « {header} »{hint_fr}", 'unknown row "{header}"{hint_en}'),
    "row_twice": (
        "rubrique « {header} » en double (déjà en ligne {row}) : gardez-en une",
        'row "{header}" is given twice (already in row {row}): keep one',
    ),
    "value_without_header": (
        "« {found} » dans une colonne sans titre : donnez-lui un titre ou videz-la",
        '"{found}" in a column without a header: give it one, or empty it',
    ),
    "cells_merged": (
        "cellules fusionnées {range} : défusionnez-les et répétez la valeur dans chacune",
        "merged cells {range}: unmerge them and repeat the value in each",
    ),
    "formula_not_computed": (
        "formule jamais calculée : ouvrez le classeur dans un tableur et enregistrez-le",
        "formula never computed: open the workbook in a spreadsheet and save it",
    ),
    "cell_in_error": (
        "la cellule est en erreur ({found}) : corrigez sa formule",
        "the cell is in error ({found}): mend its formula",
    ),
    "total_row": (
        "ligne « {found} » parmi les données : supprimez-la, elle compterait pour un logement de plus",
        'total row "{found}" among the data: remove it, it would count as one more dwelling',
    ),
    "file_value_differs": (
        "{label_fr} « {found} » : rubrique de tout le dossier, à laisser dans la première colonne",
        '{label_en} "{found}": this row holds for the whole file, leave it in the first column',
    ),
    "extra_unknown": (
        "clé « {key} » : une clé commence par {expected}",
        'key "{key}": a key starts with {expected}',
    ),
    "extra_twice": ("clé « {key} » déjà donnée ({other})", 'key "{key}" is already given ({other})'),
    "extra_without_key": ("valeur « {found} » sans clé", 'value "{found}" without a key'),
    "programme_unknown": (
        "programme « {found} » inconnu ; programmes du dossier : {expected}",
        'unknown programme "{found}"; programmes of the file: {expected}',
    ),
    "programme_needed": (
        "le dossier compte plusieurs programmes : dites lequel ({expected})",
        "the file holds several programmes: say which one ({expected})",
    ),
    # JSON and CSV.
    "json_syntax": (
        "ce n'est pas du JSON : virgule, guillemet ou accolade manquants ici ou juste avant",
        "this is not JSON: a comma, quote or brace is missing here or just before",
    ),
    "json_object_expected": ("un objet JSON {{ … }} est attendu", "a JSON object {{ … }} is expected"),
    "json_too_deep": (
        "JSON emboîté sur plus de {most} niveaux : ce n'est pas un programme",
        "JSON nested more than {most} levels deep: this is not a programme",
    ),
    "json_key_twice": ("clé « {key} » donnée deux fois", 'key "{key}" is given twice'),
    "json_not_a_number": ("{found} n'est pas un nombre", "{found} is not a number"),
    "csv_syntax": (
        "CSV illisible ici : un guillemet n'est pas refermé, ou une cellule est démesurée",
        "unreadable CSV here: a quote is not closed, or a cell is far too long",
    ),
    "side_missing": (
        "logements lus seuls ; le reste du dossier se donne dans {side}",
        "dwellings read alone; the rest of the file may be given in {side}",
    ),
    "side_with_dwellings": (
        "les logements sont dans le CSV : retirez-les d'ici",
        "the dwellings are in the CSV: remove them from here",
    ),
    # What crosses several fields.
    "dwelling_on_two_landings": (
        "lot {lot}{building_fr} : déjà placé ailleurs ({at_other}) ; un logement n'a qu'un palier",
        "lot {lot}{building_en}: already placed elsewhere ({at_other}); a dwelling has one landing",
    ),
    "dwelling_listed_twice": (
        "lot {lot}{building_fr} : déjà listé ({at_other})",
        "lot {lot}{building_en}: already listed ({at_other})",
    ),
    "building_in_two_blocks": (
        "bâtiment {building} : dans l'îlot {block} ici, dans l'îlot {other} ailleurs ({at_other})",
        "building {building}: in block {block} here, in block {other} elsewhere ({at_other})",
    ),
    "programme_listed_twice": (
        "programme {id} : identifiant déjà pris ({at_other})",
        "programme {id}: identifier already taken ({at_other})",
    ),
    "dates_out_of_order": (
        "{label_fr} ({day_fr}) : antérieur à {other_fr} ({other_day_fr})",
        "{label_en} ({day_en}): earlier than {other_en} ({other_day_en})",
    ),
    "living_above_floor_area": (
        "surface habitable {found_fr} m² supérieure à la surface de plancher {limit_fr} m² ({at_other}) : à vérifier",
        "living area {found_en} m² above the floor area {limit_en} m² ({at_other}): to be checked",
    ),
}
