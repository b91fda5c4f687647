"""Two decisions side by side."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "comparison.title": ("Comparaison : {before} → {after}", "Comparison: {before} → {after}"),
    "comparison.same": ("Rien n'a changé.", "Nothing changed."),
    "comparison.another": (
        "Ce ne sont pas les mêmes dossiers ({before}, {after}) : les périmètres ne se correspondent peut-être pas.",
        "These are not the same files ({before}, {after}): their parts may not correspond.",
    ),
    "comparison.law": ("Droit applicable : {before} → {after}", "Applicable law: {before} → {after}"),
    "comparison.outcome": ("Verdict, prix du foncier et avantages", "Verdict, land price and advantages"),
    "comparison.rules": ("Règles", "Rules"),
}
