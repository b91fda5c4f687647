"""How tenures look: a colour, a pattern and a letter each, so that no meaning hangs on colour alone."""

from __future__ import annotations

from mixrules.programme.category import CATEGORIES
from mixrules.record import Record


class Look(Record):
    """A fill, a pattern drawn over it, and a short name; text is black or white for contrast."""

    fill: str
    pattern: str
    short: str
    ink: str


LOOKS: dict[str, Look] = {
    "PLAI": Look("#7f2704", "solid", "PLAI", "#ffffff"),
    "PLUS": Look("#d94801", "up", "PLUS", "#000000"),
    "PLS": Look("#fdae6b", "dots", "PLS", "#000000"),
    "LLI": Look("#54278f", "solid", "LLI", "#ffffff"),
    "PLI": Look("#807dba", "up", "PLI", "#000000"),
    "BRS": Look("#00441b", "solid", "BRS", "#ffffff"),
    "PSLA": Look("#41ab5d", "up", "PSLA", "#000000"),
    "accession_aidee": Look("#a1d99b", "dots", "Acc.", "#000000"),
    "prix_maitrise": Look("#c7e9c0", "down", "Maît.", "#000000"),
    "locatif_regule": Look("#9ecae1", "down", "Rég.", "#000000"),
    "libre": Look("#deebf7", "solid", "Libre", "#000000"),
}
UNSURE = Look("#ffffff", "cross", "?", "#000000")


def look(tenures: list[str]) -> Look:
    """The look of a dwelling whose tenure is one of these."""
    return LOOKS.get(tenures[0], UNSURE) if len(tenures) == 1 else UNSURE


def label(tenures: list[str], index: int) -> str:
    """A tenure in words, or those that it may be."""
    members = CATEGORIES["tenure"].members
    return " / ".join(members[tenure][index] for tenure in tenures) or "?"
