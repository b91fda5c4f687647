"""A rule said in words: one entry a construct of the language, as `mixrules.rulebook.prose` puts them together."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "prose.such": ("{noun} tels que {where}", "{noun} such that {where}"),
    "prose.not": ("non ({inner})", "not ({inner})"),
    "prose.stands_in": ("{key} figure dans « {table} »", "{key} stands in “{table}”"),
    "prose.given": ("{operand} : donné", "{operand}: given"),
    "prose.power": ("{base} à la puissance ({times})", "{base} to the power ({times})"),
    "prose.elapsed": ("{noun} de ({start}) à ({end})", "{noun} from ({start}) to ({end})"),
    "prose.by_band": ("{said}, tranche par tranche", "{said}, band by band"),
    "prose.greatest_of": ("le plus grand de ({words})", "the greatest of ({words})"),
    "prose.if_else": ("si {condition} : {then}, sinon {other}", "if {condition}: {then}, else {other}"),
    "prose.number_of": ("nombre {said:de}", "number of {said}"),
    "prose.sum": ("somme ({term}) des {over}", "sum ({term}) of {over}"),
    "prose.average": ("moyenne ({term}{weight}) des {over}", "average ({term}{weight}) of {over}"),
    "prose.different_values": (
        "nombre de valeurs différentes ({term}) parmi les {over}",
        "number of different values ({term}) among {over}",
    ),
    "prose.met": ("respecté : {names}", "met: {names}"),
    "prose.other_than": ("{item} autre que {listed}", "{item} other than {listed}"),
    "prose.rounded_to": (" à {step} près", " to {step}"),
    "prose.least_of": ("le plus petit de ({words})", "the least of ({words})"),
    "prose.weighed_by": (" (en {weight})", " (by {weight})"),
    "prose.share_among": ("part {part:de} parmi les {base}", "share of {part} among {base}"),
    "prose.least": ("plus petit", "least"),
    "prose.greatest": ("plus grand", "greatest"),
    "prose.all": ("tous les", "all"),
    "prose.at_least_one": ("au moins un des", "at least one of"),
    "prose.granted": ("accordé : {names}", "granted: {names}"),
    "prose.share_of": ("part {part:de}", "share of {part}"),
    "prose.any_value": ("toute valeur", "any value"),
    "prose.interpolated": ("de {said} à {end}, par interpolation", "from {said} to {end}, interpolated"),
    "prose.compare": ("{left} : {operator} {right}", "{left}: {operator} {right}"),
    "prose.column": (" « {name} »", " “{name}”"),
    "prose.quantified": ("{word} {over} : {condition}", "{word} {over}: {condition}"),
    "prose.whole_months": ("mois entiers", "whole months"),
    "prose.whole_years": ("années entières", "whole years"),
    "prose.above": ("au-delà {low:de}", "above {low}"),
    "prose.from": ("à partir {low:de}", "from {low}"),
    "prose.below": ("moins {high:de}", "below {high}"),
    "prose.up_to": ("jusqu'à {high}", "up to {high}"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "noun": {
        "dwellings": ("logements", "dwellings"),
        "landings": ("paliers", "landings"),
        "stairwells": ("cages d'escalier", "stairwells"),
        "storeys": ("étages", "storeys"),
        "buildings": ("bâtiments", "buildings"),
        "blocks": ("îlots", "blocks"),
        "programmes": ("programmes", "programmes"),
        "premises": ("locaux", "premises"),
        "existing": ("logements existants", "existing dwellings"),
        "shared_places": ("lieux partagés", "shared places"),
    },
    "operator": {
        ">=": ("au moins", "at least"),
        ">": ("plus de", "more than"),
        "<=": ("au plus", "at most"),
        "<": ("moins de", "less than"),
        "=": ("égal à", "equal to"),
        "!=": ("différent de", "other than"),
    },
    "rounded": {
        "ceil": ("arrondi par excès", "rounded up"),
        "floor": ("arrondi par défaut", "rounded down"),
        "round_half_up": ("arrondi au plus proche, la demie par excès", "rounded to nearest, half up"),
        "round_half_even": ("arrondi au plus proche, la demie au pair", "rounded to nearest, half to even"),
        "abs": ("valeur absolue", "absolute value"),
    },
}
