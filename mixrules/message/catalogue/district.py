"""The programmes of a district added up."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "district.title": ("Quartier {name}", "District {name}"),
    "district.programmes": ("Programmes décidés", "Programmes decided"),
    "district.before": ("avant", "before"),
    "district.after": ("après", "after"),
    "district.unknown": ("non connu", "not known"),
    "district.no_stock": (
        "Le parc existant n'est pas connu : « avant » ne compte aucun logement.",
        "The existing stock is not known: “before” counts no dwelling.",
    ),
    "district.spread": (
        "Répartition (0 : même mixité partout ; 1 : aucune mixité)",
        "Spread (0: the same mix everywhere; 1: no mix)",
    ),
    "district.indices": (
        "indice d'entropie (Theil et Finizza, 1971), puis dissimilarité de chaque groupe (Duncan et Duncan, 1955)",
        "entropy index (Theil and Finizza, 1971), then dissimilarity of each group (Duncan and Duncan, 1955)",
    ),
    "district.entropy": ("entropie", "entropy"),
    "district.unplaced": Counted(
        "unplaced",
        (
            "{unplaced} logement non placé ou de groupe inconnu",
            "{unplaced} dwelling not placed or of unknown group",
        ),
        (
            "{unplaced} logements non placés ou de groupe inconnu",
            "{unplaced} dwellings not placed or of unknown group",
        ),
    ),
    "district.places": ("Lieux partagés", "Shared places"),
    "district.none": ("aucun", "none"),
    "district.rooms": (
        "Ce que les règles du quartier laissent au prochain programme",
        "What the rules leave the next programme",
    ),
    "district.supposed": (
        "Logements d'une seule catégorie ajoutés à ce qui est décidé ; au-delà, la règle n'est plus respectée.",
        "Dwellings of one tenure added to what is decided; beyond, the rule is no longer met.",
    ),
    "district.any": ("sans limite sous {most}", "no limit under {most}"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "grouping": {"tenure": ("Catégories de logements", "Tenures"), "public": ("Publics", "Publics")},
    "places_of": {
        "landing": Counted(
            "count", ("{count} palier", "{count} landing"), ("{count} paliers", "{count} landings")
        ),
        "stairwell": Counted(
            "count", ("{count} cage", "{count} stairwell"), ("{count} cages", "{count} stairwells")
        ),
        "building": Counted(
            "count", ("{count} bâtiment", "{count} building"), ("{count} bâtiments", "{count} buildings")
        ),
    },
}
