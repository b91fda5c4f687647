"""Sentences about a corpus: rows of public files that cannot be read, changes to simulate."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    "row_width": Counted(
        "found",
        (
            "{found} cellule au lieu de {expected} : ligne laissée de côté",
            "{found} cell instead of {expected}: row left out",
        ),
        (
            "{found} cellules au lieu de {expected} : ligne laissée de côté",
            "{found} cells instead of {expected}: row left out",
        ),
    ),
    "row_titles": (
        "ce fichier n'a pas les colonnes attendues : {expected}",
        "this file does not have the columns expected: {expected}",
    ),
    "row_number": (
        "{title} « {found} » : un nombre entier est attendu ; ligne laissée de côté",
        '{title} "{found}": a whole number is expected; row left out',
    ),
    "row_negative": (
        "{title} {found} : ligne de correction, qui ne dit rien seule ; laissée de côté",
        "{title} {found}: a correction, which says nothing alone; row left out",
    ),
    "row_no_dwelling": (
        "aucun logement créé ({title}) : ligne laissée de côté",
        "no dwelling created ({title}): row left out",
    ),
    "row_parts": (
        "{title} {total}, mais les parties en font {parts} : ligne laissée de côté",
        "{title} {total}, but the parts make {parts}: row left out",
    ),
    "corpus_row_twice": (
        "même ligne que la ligne {line} : comptée une fois",
        "same row as line {line}: counted once",
    ),
    "row_identifier_repeated": (
        "l'identifiant « {found} » revient pour un autre dossier, nommé ici « {name} »",
        'identifier "{found}" comes back for another file, named "{name}" here',
    ),
    "row_rooms_off": (
        "{parts} par nombre de pièces pour {total} logements en tout : le nombre de pièces reste inconnu",
        "{parts} by rooms for {total} dwellings in all: rooms stay unknown",
    ),
    "cnig_nothing": (
        "ni opération ni programme dans ces fichiers (colonnes opam_id ou programme_id)",
        "neither operation nor programme in these files (columns opam_id or programme_id)",
    ),
    "cnig_operation_missing": (
        "opération {found} absente des fichiers : commune et quartier ne viennent que des identifiants",
        "operation {found} not among the files: commune and district come from identifiers only",
    ),
    "cnig_sector_missing": (
        "secteur {found} absent des fichiers",
        "sector {found} not among the files",
    ),
    "cnig_areas": (
        "surface des logements {part} m², supérieure à la surface totale {whole} m² ; les deux sont gardées",
        "floor area of dwellings {part} m², above the total floor area {whole} m²; both are kept",
    ),
    "cnig_added": (
        "{titles} : ajoutés aux {parts} logements par catégorie, seule lecture qui donne le total {total}",
        "{titles}: added to the {parts} dwellings by tenure, the only reading that makes the total {total}",
    ),
    "cnig_counts": (
        "{parts} logements par catégorie (et {further} participatifs ou spécifiques) pour {total} en tout : contradiction gardée",
        "{parts} dwellings by tenure (and {further} participatory or specific) for {total} in all: contradiction kept",
    ),
    "commune_code": (
        "« {found} » n'est pas le code INSEE d'une commune (cinq caractères, zéro de tête compris)",
        '"{found}" is not the INSEE code of a commune (five characters, leading zero included)',
    ),
    "one_file": (
        "{found} fichiers ; un seul est attendu",
        "{found} files; one is expected",
    ),
    "territory_extra": (
        "les corpus demandent des paquets de plus : pip install 'mixrules[territory]'",
        "corpora need further packages: pip install 'mixrules[territory]'",
    ),
    "corpus_empty": (
        "aucun dossier lisible : rien n'est écrit",
        "no readable file: nothing is written",
    ),
    "not_a_corpus": (
        "ce fichier n'est ni un corpus ni un registre ; `mixrules corpus make` ou `import` en écrit un",
        "this file is neither a corpus nor a register; `mixrules corpus make` or `import` writes one",
    ),
    "change_shape": (
        "« {found} » : un changement s'écrit recueil/paramètre = valeur, ou recueil/paramètre[clé].colonne = valeur, valeur",
        '"{found}": write a change as rulebook/parameter = value, or rulebook/parameter[key].column = value, value',
    ),
    "change_no_parameter": (
        "{found} n'a pas de paramètre : écrivez la règle changée dans un dossier, et --with-rules DOSSIER",
        "{found} has no parameter: write the changed rule in a folder, and use --with-rules FOLDER",
    ),
    "change_parameter": (
        "{name} n'a pas de paramètre « {found} »{hint} ; il a : {expected}",
        '{name} has no parameter "{found}"{hint}; it has: {expected}',
    ),
    "change_column": (
        "{name} n'a pas de colonne « {found} »{hint} ; elle a : {expected}",
        '{name} has no column "{found}"{hint}; it has: {expected}',
    ),
    "change_keys": (
        "{found} est une table : dites la ligne à changer ({expected})",
        "{found} is a table: name the row to change ({expected})",
    ),
    "change_key": (
        "{name} n'a pas de ligne « {found} » ; elle a : {expected}",
        '{name} has no row "{found}"; it has: {expected}',
    ),
    "change_bands": (
        "{found} est une table par tranches : écrivez-la changée dans un dossier, et --with-rules DOSSIER",
        "{found} is a table of bands: write it changed in a folder, and use --with-rules FOLDER",
    ),
    "change_value": ("« {found} » :", '"{found}":'),
    "change_percent": (
        "{found} : un taux s'écrit avec son signe ({found} %)",
        "{found}: write a rate with its sign ({found} %)",
    ),
    "change_none": (
        "rien à simuler : donnez --change ou --with-rules",
        "nothing to simulate: give --change or --with-rules",
    ),
    "change_many": (
        "{found} scénarios ; {most} au plus",
        "{found} scenarios; at most {most}",
    ),
}
