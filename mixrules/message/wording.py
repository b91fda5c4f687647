"""The fixed words of reports and of annotated workbooks, in French and English."""

from __future__ import annotations

from mixrules.message.lang import Lang

WORDS: dict[str, tuple[str, str]] = {
    "decision": ("Décision", "Decision"),
    "verdict": ("Verdict", "Verdict"),
    "compliant": ("CONFORME", "COMPLIANT"),
    "non-compliant": ("NON CONFORME", "NOT COMPLIANT"),
    "undetermined": ("INDÉTERMINÉ", "UNDETERMINED"),
    "verdict_note": (
        "au regard des seules règles opposables au permis (loi et plan)",
        "under the rules that bind a permit alone (law and plan)",
    ),
    "law": ("Droit applicable", "Applicable law"),
    "at": ("au", "as of"),
    "agreements": (
        "contrats, chartes et ce que rien ne fige : au",
        "contracts, charters and what nothing freezes: as of",
    ),
    "evaluators": ("Évaluateurs", "Evaluators"),
    "agree": ("conclusions identiques", "same conclusions"),
    "alone": (
        "l'évaluateur direct décide seul : durable-rules ne peut pas servir ici (Python 3.13 ou plus récent, ou Windows)",
        "the direct evaluator decides alone: durable-rules cannot serve here (Python 3.13 or newer, or Windows)",
    ),
    "binding": ("Règles opposables (loi et plan)", "Binding rules (law and plan)"),
    "voluntary": (
        "Charte et contrats (jamais un motif de refus du permis)",
        "Charter and contracts (never a ground for refusing a permit)",
    ),
    "advantages": ("Avantages", "Advantages"),
    "land_price": ("Prix du foncier", "Land price"),
    "missing": ("Ce qui manque pour conclure", "What is missing to conclude"),
    "contradictions": ("Contradictions dans le dossier", "Contradictions in the file"),
    "references": ("Données de référence", "Reference data"),
    "notes": ("Remarques de lecture", "Reading notes"),
    "unexamined": ("Données qu'aucune règle chargée n'examine", "Data that no loaded rule examines"),
    "not_applicable": ("Sans objet ici", "Not applicable here"),
    "nothing": ("aucune règle ne s'applique", "no rule applies"),
    "digests": ("Empreintes", "Digests"),
    "programme": ("programme", "programme"),
    "exact": ("décision", "decision"),
    "source": ("Source", "Source"),
    "conditions": ("Conditions", "Conditions"),
    "next": ("Échelon suivant", "Next step"),
    "kept": ("À conserver", "To be kept"),
    "met": ("respectée", "met"),
    "unmet": ("NON RESPECTÉE", "NOT MET"),
    "f_undetermined": ("indéterminée", "undetermined"),
    "not-applicable": ("sans objet", "not applicable"),
    "excepted": ("écartée par exception", "set aside"),
    "granted": ("acquis", "granted"),
    "refused": ("refusé", "refused"),
    "a_undetermined": ("indéterminé", "undetermined"),
    "within": ("respecté", "within the limit"),
    "exceeds": ("DÉPASSÉ", "EXCEEDED"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "unknown": ("inconnu", "unknown"),
    "unplaced": (" (logements non placés)", " (dwellings not placed)"),
    "others": ("autres", "others"),
    "entitled": ("droit ouvert", "entitlement"),
    "claimed_granted": ("demande admise", "claim admitted"),
    "claimed_refused": ("demande refusée", "claim refused"),
    "read": ("le texte lui-même a été lu", "the text itself was read"),
    "reported": (
        "rapporté par un tiers, le texte lui-même n'a pas été lu",
        "told by somebody else, the text itself was not read",
    ),
    "presumed": (
        "un chiffre ou une date est retenu faute de mieux, à vérifier avant toute décision",
        "a figure or a date is taken for want of a better one, to be checked before any decision",
    ),
    "certainty": ("Certitude", "Certainty"),
    "findings_count": ("constats", "findings"),
}


def word(key: str, lang: Lang) -> str:
    """A fixed word in a language."""
    return WORDS[key][0 if lang == "fr" else 1]
