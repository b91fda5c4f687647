"""What moved between two decisions, and why."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "comparison.title": ("Comparaison : {before} → {after}", "Comparison: {before} → {after}"),
    "comparison.same": ("Rien n'a changé.", "Nothing changed."),
    "comparison.another": (
        "Ce ne sont pas les mêmes dossiers ({before}, {after}) : les périmètres ne se correspondent peut-être pas.",
        "These are not the same files ({before}, {after}): their parts may not correspond.",
    ),
    "comparison.law": ("Droit applicable : {before} → {after}", "Applicable law: {before} → {after}"),
    "comparison.same_programme": (
        "Programme : le même, à la lettre près.",
        "Programme: the same, to the letter.",
    ),
    "comparison.other_programme": (
        "Programme : modifié ({before} → {after}).",
        "Programme: changed ({before} → {after}).",
    ),
    "comparison.rulebook_changed": (
        "Règlement {name} : texte modifié ({before} → {after}).",
        "Rulebook {name}: its text changed ({before} → {after}).",
    ),
    "comparison.rulebook_added": ("Règlement {name} : ajouté.", "Rulebook {name}: added."),
    "comparison.rulebook_removed": ("Règlement {name} : retiré.", "Rulebook {name}: taken out."),
    "comparison.rulebook_day": (
        "Règlement {name} : lu au {after} et non plus au {before}.",
        "Rulebook {name}: read as of {after}, no longer as of {before}.",
    ),
    "comparison.causes": ("Ce qui a changé autour", "What changed around them"),
    "comparison.figures": (
        "Chiffres qui bougent sans changer de résultat",
        "Figures that move without another outcome",
    ),
    "comparison.observed": ("constaté : {before} → {after}", "observed: {before} → {after}"),
    "comparison.required": ("exigé : {before} → {after}", "required: {before} → {after}"),
    "comparison.missing_before": ("manquait : {fields}", "was missing: {fields}"),
    "comparison.missing_after": ("manque à présent : {fields}", "is missing now: {fields}"),
    "comparison.version": (
        "autre version de la règle : depuis {before} → depuis {after}",
        "another version of the rule: since {before} → since {after}",
    ),
    "comparison.added": ("en plus — {what} : {names}", "more — {what}: {names}"),
    "comparison.removed": ("en moins — {what} : {names}", "fewer — {what}: {names}"),
    "comparison.joined": ("comptés à présent — {what} : {names}", "counted now — {what}: {names}"),
    "comparison.left": ("ne comptent plus — {what} : {names}", "counted no more — {what}: {names}"),
    "comparison.others": Counted(
        "count",
        ("{names} et {count} autre", "{names} and {count} other"),
        ("{names} et {count} autres", "{names} and {count} others"),
    ),
    "comparison.outcome": ("Verdict, prix du foncier et avantages", "Verdict, land price and advantages"),
    "comparison.rules": ("Règles", "Rules"),
}
