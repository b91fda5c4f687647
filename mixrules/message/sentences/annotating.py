"""Sentences about a workbook handed back with the answer in it."""

from mixrules.message.catalogue.entry import Entry

SENTENCES: dict[str, Entry] = {
    "annotate_suffix": (
        "{found} : la copie annotée est un .xlsx ; donnez-lui ce nom",
        "{found}: the annotated copy is an .xlsx; name it so",
    ),
    "annotate_same": (
        "{found} est le fichier contrôlé lui-même : donnez un autre nom à la copie",
        "{found} is the checked file itself: give the copy another name",
    ),
    "annotate_exists": (
        "{found} existe déjà : donnez un autre nom, ou --force pour le remplacer",
        "{found} exists already: give another name, or --force to replace it",
    ),
    "annotate_alone": (
        "{suffix} : seul un .xlsx ou un .xlsm se rend annoté ; un classeur neuf est écrit, avec la seule feuille « {sheet} »",
        '{suffix}: only an .xlsx or .xlsm is handed back annotated; a new workbook is written with the sheet "{sheet}" alone',
    ),
    "annotate_dialect": (
        "classeur « Strict Open XML » : enregistrez-le au format « Classeur Excel (.xlsx) » pour le rendre annoté",
        'a "Strict Open XML" workbook: save it as "Excel workbook (.xlsx)" to have it annotated',
    ),
    "annotate_entities": (
        "{found} déclare des entités XML, ce qu'aucun tableur n'écrit : le classeur n'est pas annoté",
        "{found} declares XML entities, which no spreadsheet writes: the workbook is not annotated",
    ),
    "annotate_broken": (
        "le contenu du classeur se contredit ({found}) : il n'est pas annoté ; enregistrez-le de nouveau dans un tableur",
        "the workbook contradicts itself ({found}): it is not annotated; save it again in a spreadsheet",
    ),
    "annotate_macros": (
        "macros retirées de la copie ({found})",
        "macros left out of the copy ({found})",
    ),
    "annotate_signature": (
        "signature numérique retirée de la copie : elle ne vaut que pour l'original",
        "digital signature left out of the copy: it holds for the original alone",
    ),
    "annotate_links": (
        "liens vers l'extérieur retirés de la copie ({count} fichiers ou images, {names} noms) ; ces formules gardent leur dernière valeur : {cells}",
        "links to elsewhere left out of the copy ({count} files or pictures, {names} names); these formulas keep their last value: {cells}",
    ),
    "annotate_connections": (
        "connexions de données de la copie vidées de leur adresse : elles ne s'actualisent plus",
        "data connections of the copy emptied of their address: they refresh no more",
    ),
    "annotate_threads": (
        "cellules déjà prises par une conversation, sans commentaire de mixrules : {cells}",
        "cells that hold a conversation, without a comment of mixrules: {cells}",
    ),
    "annotate_written": (
        "copie annotée : {found} ({count} cellules marquées)",
        "annotated copy: {found} ({count} cells marked)",
    ),
}
