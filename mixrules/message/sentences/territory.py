"""Sentences about corpora, and about what the database cannot hold."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    "corpus_too_precise": (
        "{name} {found} : un corpus tient {places} décimales",
        "{name} {found}: a corpus holds {places} decimals",
    ),
    "corpus_value": (
        "{name} « {found} » n'est pas une valeur admise",
        '{name} "{found}" is not a valid value',
    ),
    "corpus_unreadable": (
        "le corpus ne se lit pas ; attendu : un corpus en Parquet ou en CSV, entier, ou un registre ; la base dit, en anglais : « {why} »",
        'the corpus cannot be read; expected: a whole corpus in Parquet or CSV, or a register; the database says: "{why}"',
    ),
    "corpus_column": (
        "la colonne « {found} » n'est pas d'un corpus{hint}",
        'a corpus has no column "{found}"{hint}',
    ),
    "corpus_column_missing": (
        "la colonne « {found} » manque : elle nomme chaque dossier",
        'the column "{found}" is missing: it names each file',
    ),
    "corpus_csv": (
        "le CSV ne se lit pas : attendu un en-tête, des virgules, des guillemets fermés, en UTF-8",
        "the CSV cannot be read: expected a header, commas, closed quotes, in UTF-8",
    ),
    "corpus_json": (
        "dossier {held} : « {found} » n'est pas du JSON de la forme {expected}",
        'file {held}: "{found}" is not JSON of the form {expected}',
    ),
    "corpus_parquet": (
        "le fichier Parquet est tronqué, abîmé, ou n'en est pas un ; écrivez-le de nouveau",
        "the Parquet file is cut short, damaged, or none; write it again",
    ),
    "corpus_float": (
        "colonne de nombres binaires ({found}), qui n'ont pas de valeur exacte ; attendu : des décimaux (DECIMAL)",
        "a column of binary floats ({found}), which have no exact value; expected: decimals (DECIMAL)",
    ),
    "corpus_not_date": (
        "dossier {held} : « {found} » ; attendu : une date, comme 2026-03-01",
        'file {held}: "{found}"; expected: a date, such as 2026-03-01',
    ),
    "corpus_not_decimal": (
        "dossier {held} : « {found} » ; attendu : un nombre d'au plus {digits} chiffres dont {places} décimales, sans arrondi",
        'file {held}: "{found}"; expected: a number of at most {digits} digits, {places} of them decimals, without rounding',
    ),
    "corpus_not_whole": (
        "dossier {held} : « {found} » ; attendu : un nombre entier d'au plus 18 chiffres, sans arrondi",
        'file {held}: "{found}"; expected: a whole number of at most 18 digits, without rounding',
    ),
    "corpus_not_yes_no": (
        "dossier {held} : « {found} » ; attendu : oui ou non, écrit true ou false",
        'file {held}: "{found}"; expected: yes or no, written true or false',
    ),
    "corpus_shape": (
        "colonne de type {found} ; attendu : une liste de lignes ou une table de faits, comme les écrit `mixrules corpus`, ou un texte en JSON",
        "a column of type {found}; expected: a list of lines or a map of facts, as `mixrules corpus` writes them, or a text in JSON",
    ),
    "database_stopped": (
        "la base de calcul s'est arrêtée ; la mémoire (--memory) ou la place sur le disque peuvent manquer ; son message, en anglais : « {why} »",
        'the database stopped; memory (--memory) or room on the disk may be short; its message: "{why}"',
    ),
    "refusal_category": (
        "la liste « {name} », que le SQL ne tient pas",
        'the list "{name}", which SQL does not hold',
    ),
    "refusal_choice_categories": (
        "un choix entre deux listes de catégories",
        "a choice between two lists of categories",
    ),
    "refusal_choice_kinds": (
        "un choix entre deux sortes de valeurs",
        "a choice between two kinds of values",
    ),
    "refusal_construct": ("la construction « {name} »", 'the construct "{name}"'),
    "refusal_distinct": ("les valeurs distinctes de « {name} »", 'distinct values of "{name}"'),
    "refusal_distinct_categories": (
        "les valeurs distinctes de plusieurs catégories",
        "distinct values of several categories",
    ),
    "refusal_field": (
        "« {name} » lu hors de la ligne qui le porte",
        '"{name}" read outside the line that holds it',
    ),
    "refusal_limit": (
        "le plafond « {name} », dont un avantage n'est pas en SQL",
        'the limit "{name}", an advantage of which is not in SQL',
    ),
    "refusal_limit_waits": (
        "un plafond entre des règles qui s'attendent l'une l'autre",
        "a limit across rules that wait for each other",
    ),
    "refusal_membership": ("l'appartenance d'un nombre à une liste", "membership of a number"),
    "refusal_outcome": (
        "ce que conclut « {name} », qui n'est pas en SQL",
        'what "{name}" concludes, which is not in SQL',
    ),
    "refusal_spark": ("« {name} » sous Spark", '"{name}" on Spark'),
    "refusal_spark_list": (
        "un élément de liste pris par son rang, sous Spark",
        "a list by position on Spark",
    ),
    "refusal_spark_table": ("une table de mots sous Spark", "a table of words on Spark"),
    "refusal_spark_words": Counted(
        "count",
        ("{count} mot d'une information libre, sous Spark", "{count} word of a fact on Spark"),
        ("{count} mots d'une information libre, sous Spark", "{count} words of a fact on Spark"),
    ),
    "refusal_sql": ("SQL illisible : {why}", "unreadable SQL: {why}"),
    "refusal_staged": ("une requête qui n'est pas par étages", "a query that is not staged"),
    "refusal_wide": ("un nombre au-delà de 128 bits", "a number beyond 128 bits"),
    "refusal_within_line": (
        "une mesure, ou la conclusion d'une règle, dans ce qui est demandé de chaque ligne",
        "a measure, or what a rule concludes, in what is asked of each line",
    ),
    "refusal_word": (
        "{name} « {found} », qui n'est pas une valeur admise",
        '{name} "{found}", which is not a valid value',
    ),
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
