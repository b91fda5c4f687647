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
    # The sheet of an annotated workbook.
    "control": ("Contrôle", "Check"),
    "control_head": ("Contrôle – mixrules", "Check – mixrules"),
    "control_note": (
        "Feuille écrite par mixrules, remplacée à chaque contrôle. Les cellules en cause portent un commentaire.",
        "Sheet written by mixrules, replaced at each check. The cells concerned bear a comment.",
    ),
    "no_decision": (
        "AUCUNE DÉCISION : le fichier est à corriger d'abord",
        "NO DECISION: the file is to be mended first",
    ),
    "rulebooks": ("Règlements appliqués", "Rulebooks applied"),
    "rulebook": ("Règlement", "Rulebook"),
    "identifier": ("Identifiant", "Identifier"),
    "force": ("Portée", "Force"),
    "f_law": ("loi : opposable", "law: binding"),
    "f_plan": ("plan : opposable", "plan: binding"),
    "f_contract": ("contrat : non opposable", "contract: not binding"),
    "f_charter": ("charte : non opposable", "charter: not binding"),
    "day": ("Version au", "Version of"),
    "n_met": ("Respectées", "Met"),
    "n_unmet": ("Non respectées", "Not met"),
    "n_undetermined": ("Indéterminées", "Undetermined"),
    "conclusion": ("Conclusion", "Conclusion"),
    "c_unmet": ("une règle au moins n'est pas respectée", "one rule at least is not met"),
    "c_undetermined": ("indéterminé", "undetermined"),
    "c_met": ("respecté", "met"),
    "c_idle": ("aucune obligation ici", "no obligation here"),
    "digest": ("Empreinte", "Digest"),
    "reading": ("Lecture du fichier", "Reading of the file"),
    "kind": ("Nature", "Kind"),
    "error": ("erreur", "error"),
    "remark": ("remarque", "remark"),
    "message": ("Message", "Message"),
    "cell": ("Cellule", "Cell"),
    "rule": ("Règle", "Rule"),
    "article": ("Article", "Article"),
    "scope": ("Où", "Where"),
    "observed": ("Constaté", "Observed"),
    "required": ("Exigé", "Required"),
    "gap": ("Écart", "Gap"),
    "short_of": ("il manque", "short by"),
    "over_by": ("en trop :", "over by"),
    "state": ("État", "State"),
    "why": ("En clair", "In words"),
    "advantage": ("Avantage", "Advantage"),
    "rate": ("Taux", "Rate"),
    "amount": ("Montant", "Amount"),
    "claimed": ("Demandé", "Claimed"),
    "field": ("À renseigner", "To be given"),
    "how_many": ("Nombre", "Number"),
    "for_rules": ("Pour", "For"),
    "to_give": ("À renseigner", "To be given"),
    "question": ("À trancher", "To settle"),
    "hidden": (" (feuille masquée)", " (hidden sheet)"),
    "shed": ("Ce que cette copie ne garde pas", "What this copy does not keep"),
    "rows_left": ("lignes de plus, non listées", "more rows, not listed"),
    "marks_left": (
        "marques de plus, non écrites : au-delà, le classeur ralentirait",
        "more marks, not written: beyond, the workbook would slow down",
    ),
}


def word(key: str, lang: Lang) -> str:
    """A fixed word in a language."""
    return WORDS[key][0 if lang == "fr" else 1]


def finding_status(status: str, lang: Lang) -> str:
    """How a rule was found, in words; a status that a decision does not give is empty."""
    return _status(status, "f_undetermined", lang)


def advantage_status(status: str, lang: Lang) -> str:
    """What became of an advantage or of a price, in words; a status that a decision does not give is empty."""
    return _status(status, "a_undetermined", lang)


def claim_status(status: str, asked: bool, lang: Lang) -> str:
    """What became of an advantage, told apart whether the applicant claims it."""
    claimed = {"granted": "claimed_granted", "refused": "claimed_refused"}
    entitled = {"granted": "entitled", "refused": "refused"}
    return word((claimed if asked else entitled).get(status, "a_undetermined"), lang)


def _status(status: str, undetermined: str, lang: Lang) -> str:
    if not status:
        return "∅"
    return word(undetermined if status == "undetermined" else status, lang)
