"""A rulebook with one thing changed, and examples that fail."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "mutant.named": (" « {name} »", " “{name}”"),
    "example.failure": (
        "{what} : attendu {expected}, trouvé {found}",
        "{what}: expected {expected}, found {found}",
    ),
    "mutant.true_of_all": ("vrai de tout", "true of all"),
    "mutant.true_of_none": ("vrai de rien", "true of none"),
    "mutant.version": ("version du", "version of"),
    "mutant.removed": ("supprimé", "removed"),
    "mutant.taken_out_limit": ("retiré de la règle de cumul", "taken out of the limit"),
    "mutant.exception": ("exception « {label} »", "exception “{label}”"),
    "mutant.cap": ("plafond « {name} »", "cap “{name}”"),
    "mutant.coming_into_out_force": (", entrée ou sortie de vigueur", ", coming into or out of force"),
    "mutant.question": ("question : ", "question: "),
    "mutant.step": ("palier d'avantage « {name} »", "step “{name}”"),
    "mutant.bound": ("borne ", "bound "),
    "mutant.definition": ("définition ", "definition "),
    "mutant.since": (", depuis le ", ", since "),
    "mutant.parameter": ("paramètre ", "parameter "),
    "mutant.other_side": ("de l'autre côté", "on the other side"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "slot": {
        "applies": ("champ d'application", "scope of application"),
        "require": ("exigence", "requirement"),
        "exception": ("exception", "exception"),
        "question": ("question", "question"),
        "step": ("condition de l'avantage", "condition of the advantage"),
        "rate": ("taux", "rate"),
        "amount": ("montant", "amount"),
        "base": ("assiette", "base"),
        "cap": ("plafond", "cap"),
        "claimed": ("demande", "claim"),
    },
}
