"""Sentences about corpora, and about what the database cannot hold."""

SENTENCES: dict[str, tuple[str, str]] = {
    "corpus_too_precise": (
        "{name} {found} : un corpus tient {places} décimales",
        "{name} {found}: a corpus holds {places} decimals",
    ),
    "corpus_value": (
        "{name} « {found} » n'est pas une valeur admise",
        '{name} "{found}" is not a valid value',
    ),
}
