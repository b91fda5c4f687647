"""Constructs that the formulas of a live workbook do not hold."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "live.computed_duration": ("durée calculée", "a computed duration"),
    "live.advantage_each_building_landing": (
        "avantage par bâtiment, cage ou palier",
        "an advantage of each building or landing",
    ),
    "live.election_free_text": ("choix en texte libre", "an election in free text"),
    "live.choice_between_two_texts": ("choix entre deux textes", "a choice between two texts"),
    "live.condition_another_type": ("condition d'un autre type", "a condition of another type"),
    "live.number_another_type": ("nombre d'un autre type", "a number of another type"),
    "live.outside_list": ("« {path} » hors de sa liste", "“{path}” outside its list"),
    "live.no_version": ("« {name} » sans version à cette date", "“{name}” has no version"),
    "live.membership_number": ("appartenance d'un nombre", "membership of a number"),
    "live.whether_yes_no_table": (
        "« est donné » d'un oui ou non de table",
        "whether a yes or no of a table is given",
    ),
    "live.unlimited": ("« illimité »", "“unlimited”"),
    "live.fact_other_things_than": (
        "fait d'un autre parc que les lots",
        "a fact of other things than dwellings",
    ),
    "live.number_too_large": ("nombre trop grand", "a number too large"),
    "live.text_too_long": ("texte trop long", "a text too long"),
    "live.no_cell": ("« {key} » sans cellule", "no cell for “{key}”"),
    "live.claimed_text": ("texte demandé", "a claimed text"),
    "live.table_value_no_plain": ("valeur de table sans type simple", "a table value of no plain type"),
    "live.no_version_2": ("« {parameter} » sans version à cette date", "“{parameter}” has no version"),
    "live.table_too_long": ("table trop longue", "a table too long"),
    "live.key_another_type": ("clé d'un autre type", "a key of another type"),
    "live.keys_too_large": ("clés trop grandes", "keys too large"),
    "live.steps_out_order": ("paliers dans le désordre", "steps out of order"),
    "live.values_too_large": ("valeurs trop grandes", "values too large"),
    "live.table_number_another_key": (
        "table à clé numérique et autre",
        "a table by a number and another key",
    ),
    "live.sum_lists_different_precisions": (
        "somme de listes de précisions différentes",
        "a sum of lists of different precisions",
    ),
    "live.average_several_lists": ("moyenne de plusieurs listes", "an average of several lists"),
    "live.average_quotients": ("moyenne de quotients", "an average of quotients"),
    "live.least_greatest_value_scale": ("extrême à cette échelle", "a least or greatest value at this scale"),
    "live.least_greatest_quotient": ("extrême de quotients", "a least or greatest quotient"),
    "live.distinct_values_several_lists": (
        "valeurs distinctes de plusieurs listes",
        "distinct values of several lists",
    ),
    "live.distinct_numbers_texts": (
        "valeurs distinctes d'un nombre ou d'un texte",
        "distinct numbers or texts",
    ),
    "live.list_scale": ("liste « {source} » à cette échelle", "the list “{source}” at this scale"),
    "live.measure_inside_dwelling": ("mesure à l'intérieur d'un logement", "a measure inside a dwelling"),
    "live.area_one_existing_dwelling": (
        "surface par logement du parc existant",
        "the area of one existing dwelling",
    ),
    "live.sum_quotients": ("somme de quotients", "a sum of quotients"),
    "live.rule_each_dwelling_storey": (
        "règle par logement ou par étage",
        "a rule of each dwelling or storey",
    ),
    "live.power": ("puissance", "a power"),
    "live.elapsed": ("durée écoulée entre deux jours", "time elapsed between two days"),
    "live.marginal": ("barème par tranches cumulées", "a marginal scale"),
    "live.construct": (
        "construction que les formules ne tiennent pas",
        "a construct that formulas do not hold",
    ),
}
