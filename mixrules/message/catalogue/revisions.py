"""What changed in a rulebook between two days."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "revision.unchanged": ("Inchangé : {told}.", "Unchanged: {told}."),
    "revision.same_rules": Counted(
        "count", ("{count} règle", "{count} rule"), ("{count} règles", "{count} rules")
    ),
    "revision.same_parameters": Counted(
        "count", ("{count} paramètre", "{count} parameter"), ("{count} paramètres", "{count} parameters")
    ),
    "revision.condition": ("condition", "condition"),
    "revision.case": ("cas", "case"),
    "revision.term": ("terme", "term"),
    "revision.changes_definition": ("Change la définition", "Changes the definition"),
    "revision.from_to": ("du {day} au {day_2}", "from {day} to {day_2}"),
    "revision.since": (", depuis le {day}", ", since {day}"),
    "revision.named": (" « {name} »", " “{name}”"),
    "revision.rule_set_aside": ("la règle est écartée", "the rule is set aside"),
    "revision.no_value_before": ("{after} (sans valeur auparavant)", "{after} (no value before)"),
    "revision.no_value_any_more": (
        "plus de valeur ({before} auparavant)",
        "no value any more ({before} before)",
    ),
    "revision.no_longer_holds": ("Ne vaut plus", "No longer holds"),
    "revision.appears": ("Apparaît", "Appears"),
    "revision.on_day": (" (le {day})", " (on {day})"),
    "revision.if_head": ("Si", "If"),
    "revision.requires": ("Exige", "Requires"),
    "revision.rate": ("Taux", "Rate"),
    "revision.amount": ("Montant", "Amount"),
    "revision.quote": ("citation : « {quote} »", "quote: “{quote}”"),
    "revision.quoted": ("« {node} »", "“{node}”"),
    "revision.read_by": ("lue par", "read by"),
    "revision.parameter_appears": ("apparaît", "appears"),
    "revision.parameter_goes": ("disparaît", "goes"),
    "revision.changes_parameter": ("Change le paramètre", "Changes the parameter"),
    "revision.source": ("Source", "Source"),
    "revision.applies_when": ("S'applique si", "Applies when"),
    "revision.same_substance_new_source": (
        "le fond est le même, la source change",
        "same substance, new source",
    ),
    "revision.on_condition": ("si", "if"),
    "revision.read_on": (", lu au {date}", ", as read on {date}"),
    "revision.certainty": ("certitude : ", "certainty: "),
    "revision.note": ("note : ", "note: "),
    "revision.limit": ("Limite", "Limit"),
    "revision.changes": ("Change", "Changes"),
    "revision.source_lower": ("source", "source"),
    "revision.added": ("ajouté", "added"),
    "revision.removed": ("supprimé", "removed"),
    "revision.becomes": ("« {one} » devient « {two} »", "“{one}” becomes “{two}”"),
    "revision.no_longer_means_same": (
        "« {one} » ne s'entend plus de même",
        "“{one}” no longer means the same",
    ),
    "revision.what_measured_no_longer": (
        "ce qui se mesure n'est plus « {was} », mais « {now} » ({limit})",
        "what is measured is no longer “{was}” but “{now}” ({limit})",
    ),
    "revision.item_removed": ("{noun} en moins : {item}", "{noun} removed: {item}"),
    "revision.item_added": ("{noun} en plus : {item}", "{noun} added: {item}"),
    "revision.same_another_order": ("même contenu, dans un autre ordre", "the same, in another order"),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "part": {
        "kind": ("nature", "kind"),
        "force": ("force", "force"),
        "scope": ("échelle", "scale"),
        "applies": ("champ d'application", "scope of application"),
        "require": ("exigence", "requirement"),
        "rounding": ("arrondi", "rounding"),
        "when_empty": ("sur un ensemble vide", "over nothing"),
        "grants": ("accorde", "grants"),
        "choice": ("choix du montant", "choice of the amount"),
        "when": ("condition du palier", "condition of the step"),
        "rate": ("taux", "rate"),
        "amount": ("montant", "amount"),
        "elected": ("option", "option"),
        "base": ("assiette", "base"),
        "cap": ("plafond", "cap"),
        "claimed": ("comparé à", "compared with"),
        "kept_while": ("à conserver", "to be kept"),
        "even_zero": ("même à zéro", "even at zero"),
        "promise": ("pièces", "evidence"),
        "exception": ("exception", "exception"),
        "question": ("question", "question"),
        "source": ("source", "source"),
    },
}
