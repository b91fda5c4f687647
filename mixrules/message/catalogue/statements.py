"""Findings, advantages, limits and gaps, as a decision states them."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "statement.share_of_nothing": (
        "La part se calcule sur un ensemble vide : le texte ne dit pas ce qu'il en est.",
        "The share is taken over an empty base: the text does not say what follows.",
    ),
    "statement.refers": (
        "{label} : {value}, d'après la table {table} ({vintage}).",
        "{label}: {value}, from the table {table} ({vintage}).",
    ),
    "statement.origin": (
        "« {title} », {vintage} ({source} ; jusqu'au {end} exclu), commune {commune}",
        "“{title}”, {vintage} ({source}; until {end}, excluded), commune {commune}",
    ),
    "statement.contradicts_table": (
        "{label} : le dossier dit {given}, la table dit {value} ; le dossier est suivi, à vérifier. {origin}.",
        "{label}: the file says {given}, the table says {value}; the file is followed, to be checked. {origin}.",
    ),
    "statement.taken_from_table": (
        "{label} : {value}, que le dossier ne dit pas. {origin}.",
        "{label}: {value}, which the file does not say. {origin}.",
    ),
    "statement.entitlement": ("Droit : ", "Entitlement: "),
    "statement.if": ("{worth} si : {names}", "{worth} if: {names}"),
    "statement.of": (" de {shown}", " of {shown}"),
    "statement.not_applicable": ("Sans objet", "Not applicable"),
    "statement.limited_cap": ("limité par le plafond « {name} »", "limited by the cap “{name}”"),
    "statement.claimed": ("demandé : {claim}", "claimed: {claim}"),
    "statement.refused_by_limit": (
        "refusé par la règle de cumul « {title} »",
        "refused by the limit “{title}”",
    ),
    "statement.not_established": ("non établi", "not established"),
    "statement.decisive_term": ("terme décisif : ", "decisive term: "),
    "statement.evidence_due": (
        "Pièces attendues au stade « {due} » : {pieces}.",
        "Evidence due at {due}: {pieces}.",
    ),
    "statement.empty_base": ("ensemble vide", "empty base"),
    "statement.file_silent": (" Le dossier ne dit rien de : ", " The file is silent on: "),
    "statement.does_not_apply": ("Ne s'applique pas", "Does not apply"),
    "statement.set_aside_exception": (
        "Écarté par l'exception : {label}.",
        "Set aside by the exception: {label}.",
    ),
    "statement.missing": ("Manque : {listed}.", "Missing: {listed}."),
    "statement.not_due_yet": ("Pas encore échu. ", "Not due yet. "),
    "statement.absent": (" Absentes : ", " Absent: "),
    "statement.all_given": (" Toutes produites.", " All given."),
    "statement.to_settle": ("À trancher : ", "To settle: "),
    "statement.total_entitlement_most": (
        "Total des droits : {shown} ; au plus {most}.",
        "Total entitlement: {shown}; at most {most}.",
    ),
    "statement.contradicting": ("{what} : {joined}", "{what}: {joined}"),
    "statement.mutually_exclusive_advantages": (
        "Avantages exclusifs l'un de l'autre.",
        "Mutually exclusive advantages.",
    ),
    "statement.total_claimed_most": (
        "Total demandé : {shown} ; au plus {most}.",
        "Total claimed: {shown}; at most {most}.",
    ),
    "statement.total_entitlement_limited": (
        "Total des droits : {shown}, limité à {most}.",
        "Total entitlement: {shown}, limited to {most}.",
    ),
    "statement.number_dwellings": ("nombre de logements", "number of dwellings"),
    "statement.mutually_exclusive_advantages_both": (
        "Avantages exclusifs l'un de l'autre, tous deux demandés.",
        "Mutually exclusive advantages, both claimed.",
    ),
    "statement.dwellings": ("logements {members}", "{members} dwellings"),
    "statement.no_value_on": ("{label} (pas de valeur au {day})", "{label} (no value on {day})"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "origin": {
        "sum": ("total des lignes", "sum of the lines"),
        "declared": ("valeur déclarée", "declared value"),
    },
    "doubt": {
        "landing": ("palier des logements", "landing of dwellings"),
        "stairwell": ("cage des logements", "stairwell of dwellings"),
        "floor": ("étage des logements", "floor of dwellings"),
        "building": ("bâtiment des logements", "building of dwellings"),
        "block": ("îlot des logements", "block of dwellings"),
        "dwellings": ("liste des logements", "list of dwellings"),
        "premises": ("liste des locaux", "list of premises"),
        "premise.building": ("bâtiment des locaux", "building of premises"),
        "premise.place": ("emplacement des locaux", "place of premises"),
        "district.existing": ("parc existant du quartier", "existing stock of the district"),
        "district.shared_places": ("lieux partagés du quartier", "shared places of the district"),
        "declared": (
            "nombre de logements (totaux contradictoires)",
            "number of dwellings (contradictory totals)",
        ),
    },
}
