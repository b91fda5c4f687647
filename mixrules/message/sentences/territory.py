"""Sentences about corpora, and about what the database cannot hold."""

from mixrules.message.catalogue.entry import Entry

SENTENCES: dict[str, Entry] = {
    "corpus_too_precise": (
        "{name} {found} : un corpus tient {places} décimales",
        "{name} {found}: a corpus holds {places} decimals",
    ),
    "corpus_value": (
        "{name} « {found} » n'est pas une valeur admise",
        '{name} "{found}" is not a valid value',
    ),
    "corpus_unreadable": ("le corpus ne se lit pas : {why}", "the corpus cannot be read: {why}"),
    "corpus_column": (
        "la colonne « {found} » n'est pas d'un corpus{hint}",
        'a corpus has no column "{found}"{hint}',
    ),
    "corpus_column_missing": (
        "la colonne « {found} » manque : elle nomme chaque dossier",
        'the column "{found}" is missing: it names each file',
    ),
    "corpus_float": (
        "colonne de nombres binaires ({found}), qui n'ont pas de valeur exacte ; attendu : des décimaux (DECIMAL)",
        "a column of binary floats ({found}), which have no exact value; expected: decimals (DECIMAL)",
    ),
    "corpus_misfit": (
        "dossier {held} : « {found} » ; attendu : {expected}, sans arrondi",
        'file {held}: "{found}"; expected: {expected}, without rounding',
    ),
    "database_stopped": ("la base s'est arrêtée : {why}", "the database stopped: {why}"),
    "spark_missing": (
        "--engine spark a besoin de Spark et de Java 17 : pip install 'mixrules[territory,spark]'",
        "--engine spark needs Spark and Java 17: pip install 'mixrules[territory,spark]'",
    ),
    "spark_parquet": ("Spark lit un corpus en Parquet", "Spark reads a corpus in Parquet"),
    "territory_missing": (
        "cette commande a besoin de DuckDB : pip install 'mixrules[territory]'",
        "this command needs DuckDB: pip install 'mixrules[territory]'",
    ),
}
