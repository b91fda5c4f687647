"""What the examples of a rulebook reach."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "coverage.examples_outcomes_reached": (
        "{count} exemples, {reached} issues atteintes sur {wanted}",
        "{count} examples, {reached} outcomes reached of {wanted}",
    ),
    "coverage.explained": (" ; {why} expliquées", "; {why} explained"),
    "coverage.never_reached": ("jamais atteint", "never reached"),
    "coverage.reached_but_never_expected": ("atteint sans être attendu", "reached but never expected"),
    "coverage.thresholds_nearest_distances": (
        "    Seuils (écarts les plus proches) :",
        "    Thresholds (nearest distances):",
    ),
    "coverage.missing": ("manque : ", "missing: "),
    "coverage.unsound": (
        "✗ un exemple atteint cette issue, ou la règle ne l'a pas : retirez l'explication",
        "✗ an example reaches this outcome, or the rule does not have it: remove the explanation",
    ),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "outcome": {
        "met": ("respecté", "met"),
        "unmet": ("non respecté", "unmet"),
        "undetermined": ("indéterminé", "undetermined"),
        "not-applicable": ("sans objet", "not applicable"),
        "excepted": ("excepté", "excepted"),
        "granted": ("accordé", "granted"),
        "refused": ("refusé", "refused"),
        "within": ("dans la limite", "within"),
        "exceeds": ("hors limite", "exceeds"),
        "below": ("juste en dessous", "just below"),
        "equal": ("à égalité", "equal"),
        "above": ("juste au-dessus", "just above"),
    },
    "column": {
        "met": ("respecté", "met"),
        "unmet": ("non resp.", "unmet"),
        "undetermined": ("indéterm.", "undeterm."),
        "not-applicable": ("sans objet", "not appl."),
        "excepted": ("excepté", "excepted"),
    },
}
