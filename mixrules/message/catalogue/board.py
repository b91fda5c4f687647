"""The sheet of a live workbook that shows the verdict and each rule, and what may make its answer unsure.

The words that it shares with the reports stand in `report`.
"""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}

FAMILIES: dict[str, dict[str, Entry]] = {
    "board": {
        "to_check": ("à vérifier avec mixrules", "to be checked with mixrules"),
        "verdict": ("Verdict (règles opposables : loi et plan)", "Verdict (binding rules: law and plan)"),
        "reference": ("Référence", "Reference"),
        "force": ("Portée", "Force"),
        "scale": ("Échelle", "Scale"),
        "short": ("Manque ou excès", "Short or over"),
        "unit": ("Unité", "Unit"),
        "result": ("Résultat", "Result"),
        "note": ("Note", "Note"),
        "entitled": ("Droit", "Entitled"),
        "charter": (
            "Charte et contrats (jamais un motif de refus du permis)",
            "Charter and contracts (never a ground to refuse the permit)",
        ),
        "day": (
            "Règles en vigueur au {day}. Feuille indicative : seule la décision de mixrules fait foi.",
            "Rules in force on {day}. This sheet informs: only the decision of mixrules is authoritative.",
        ),
        "not_held": (
            "Construction non tenue par les formules : {why}.",
            "A construct that formulas do not hold: {why}.",
        ),
        "of": (" sur ", " of "),
        "unmet": ("non respectée", "not met"),
        "excepted": ("écartée par exception", "set aside by an exception"),
        "granted": ("ouvert", "granted"),
        "undetermined": ("indéterminé", "undetermined"),
        "within": ("respecté", "within its ceiling"),
        "exceeds": ("dépasse le plafond", "exceeds its ceiling"),
        "COMPLIANT": ("CONFORME", "COMPLIANT"),
        "NON-COMPLIANT": ("NON CONFORME", "NOT COMPLIANT"),
        "UNDETERMINED": ("INDÉTERMINÉ", "UNDETERMINED"),
        "alone": (
            "Plusieurs programmes : cette feuille n'en tient qu'un.",
            "Several programmes: this sheet holds one alone.",
        ),
        "declared": (
            "Totaux déclarés : à rapprocher avec mixrules.",
            "Declared totals: to be reconciled with mixrules.",
        ),
        "reach": (
            "Lignes au-delà de celles que la feuille calcule.",
            "Rows beyond those that the sheet computes.",
        ),
        "totals": (
            "Ligne de total ou nombre de logements illisible dans un tableau.",
            "A row of totals, or a number of dwellings that cannot be read, in a table.",
        ),
        "dates": ("Date illisible.", "A date that cannot be read."),
    },
}
