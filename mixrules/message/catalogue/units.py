"""The names of what is counted or lasts; signs as m² and € are the same in both languages."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Text


def _noun(one: tuple[str, str], other: tuple[str, str]) -> Counted:
    return Counted("number", one, other)


UNLIMITED: Text = ("illimité", "unlimited")
UNITS: dict[str, Counted] = {
    "dwelling": _noun(("logement", "dwelling"), ("logements", "dwellings")),
    "landing": _noun(("palier", "landing"), ("paliers", "landings")),
    "stairwell": _noun(("cage", "stairwell"), ("cages", "stairwells")),
    "storey": _noun(("étage", "storey"), ("étages", "storeys")),
    "building": _noun(("bâtiment", "building"), ("bâtiments", "buildings")),
    "block": _noun(("îlot", "block"), ("îlots", "blocks")),
    "programme": _noun(("programme", "programme"), ("programmes", "programmes")),
    "place": _noun(("place", "place"), ("places", "places")),
    "bed": _noun(("lit", "bed"), ("lits", "beds")),
    "room": _noun(("pièce", "room"), ("pièces", "rooms")),
    "point": _noun(("point", "point"), ("points", "points")),
    "person": _noun(("personne", "person"), ("personnes", "people")),
    "household": _noun(("ménage", "household"), ("ménages", "households")),
    "shared_place": _noun(("tiers-lieu", "shared place"), ("tiers-lieux", "shared places")),
    "premise": _noun(("local", "premise"), ("locaux", "premises")),
    "district": _noun(("quartier", "district"), ("quartiers", "districts")),
    "existing_dwelling": _noun(
        ("logement existant", "existing dwelling"), ("logements existants", "existing dwellings")
    ),
    "module": _noun(("module", "module"), ("modules", "modules")),
    "option": _noun(("option", "option"), ("options", "options")),
    "bicycle": _noun(("vélo", "bicycle"), ("vélos", "bicycles")),
    "day": _noun(("jour", "day"), ("jours", "days")),
    "month": _noun(("mois", "month"), ("mois", "months")),
    "year": _noun(("an", "year"), ("ans", "years")),
    "value": _noun(("valeur", "value"), ("valeurs", "values")),
}
