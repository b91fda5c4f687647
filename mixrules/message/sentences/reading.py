"""Sentences about a submitted file that cannot be read or does not hold together."""

SENTENCES: dict[str, tuple[str, str]] = {
    "number_expected": (
        "{label} « {found} » : un nombre{unit} est attendu",
        '{label} "{found}": a number{unit} is expected',
    ),
    "whole_expected": (
        "{label} {found} : un nombre entier est attendu",
        "{label} {found}: a whole number is expected",
    ),
    "too_small": (
        "{label} {found} : {least} au moins est attendu",
        "{label} {found}: at least {least} is expected",
    ),
    "too_great": (
        "{label} {found} : {most} au plus est attendu",
        "{label} {found}: at most {most} is expected",
    ),
    "too_precise": (
        "{label} {found} : {places} décimales au plus ; si c'est une formule, arrondissez-la (ARRONDI)",
        "{label} {found}: at most {places} decimals; if it is a formula, round it (ROUND)",
    ),
    "category_unknown": (
        "{label} « {found} » : attendu {expected}{hint}",
        '{label} "{found}": expected {expected}{hint}',
    ),
    "yes_no_expected": (
        "{label} « {found} » : « oui » ou « non » est attendu",
        '{label} "{found}": "oui" or "non" (yes or no) is expected',
    ),
    "date_expected": (
        "{label} « {found} » : une date est attendue (2026-03-01 ou 01/03/2026)",
        '{label} "{found}": a date is expected (2026-03-01 or 01/03/2026)',
    ),
    "date_absurd": (
        "{label} « {found} » : une date entre 1900 et 2200 est attendue",
        '{label} "{found}": a date between 1900 and 2200 is expected',
    ),
    "text_expected": ("{label} « {found} » : un texte est attendu", '{label} "{found}": a text is expected'),
    "text_too_long": (
        "{label} « {found} » : 2 000 caractères au plus",
        '{label} "{found}": at most 2,000 characters',
    ),
}
