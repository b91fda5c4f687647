"""The sheet of a live workbook that shows the verdict and each rule, and what may make its answer unsure."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {}

FAMILIES: dict[str, dict[str, Entry]] = {
    "board": {
        "to_check": ("à vérifier avec mixrules", "to be checked with mixrules"),
        "verdict": ("Verdict (règles opposables : loi et plan)", "Verdict (binding rules: law and plan)"),
        "land_price": ("Prix du foncier", "Land price"),
        "rule": ("Règle", "Rule"),
        "reference": ("Référence", "Reference"),
        "force": ("Portée", "Force"),
        "scale": ("Échelle", "Scale"),
        "observed": ("Constaté", "Observed"),
        "required": ("Exigé", "Required"),
        "short": ("Manque ou excès", "Short or over"),
        "unit": ("Unité", "Unit"),
        "result": ("Résultat", "Result"),
        "note": ("Note", "Note"),
        "advantage": ("Avantage", "Advantage"),
        "entitled": ("Droit", "Entitled"),
        "claimed": ("Demandé", "Claimed"),
        "amount": ("Montant", "Amount"),
        "binding": ("Règles opposables (loi et plan)", "Binding rules (law and plan)"),
        "advantages": ("Avantages", "Advantages"),
        "charter": (
            "Charte et contrats (jamais un motif de refus du permis)",
            "Charter and contracts (never a ground to refuse the permit)",
        ),
        "day": (
            "Règles en vigueur au {day}. Feuille indicative : seule la décision de mixrules fait foi.",
            "Rules in force on {day}. This sheet informs: only the decision of mixrules is authoritative.",
        ),
        "refused": (
            "Construction non tenue par les formules : {why}.",
            "A construct that formulas do not hold: {why}.",
        ),
        "of": (" sur ", " of "),
        "met": ("respectée", "met"),
        "unmet": ("non respectée", "not met"),
        "excepted": ("écartée par exception", "set aside by an exception"),
        "not-applicable": ("sans objet", "not applicable"),
        "granted": ("ouvert", "granted"),
        "refusal": ("refusé", "refused"),
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
    "board_scale": {
        "commune": ("commune", "commune"),
        "district": ("quartier", "district"),
        "programme": ("programme", "programme"),
        "block": ("îlot", "block"),
        "building": ("bâtiment", "building"),
        "stairwell": ("cage", "stairwell"),
        "landing": ("palier", "landing"),
    },
    "board_force": {
        "law": ("loi", "law"),
        "plan": ("plan", "plan"),
        "contract": ("contrat", "contract"),
        "charter": ("charte", "charter"),
    },
    "board_unit": {
        "ratio": ("%", "%"),
        "dwelling": ("logement", "dwelling"),
        "place": ("place", "place"),
        "room": ("pièce", "room"),
        "landing": ("palier", "landing"),
        "stairwell": ("cage", "stairwell"),
        "building": ("bâtiment", "building"),
        "block": ("îlot", "block"),
        "shared_place": ("lieu", "place"),
        "premise": ("local", "premises"),
    },
}
