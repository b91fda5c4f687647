"""Sentences about a decision that cannot be issued."""

from mixrules.message.catalogue.entry import Entry

SENTENCES: dict[str, Entry] = {
    "fact_unknown": (
        "« {found} » n'est demandé par aucune règle chargée{hint}",
        '"{found}" is asked for by no loaded rule{hint}',
    ),
    "fact_wrong": ("{name} « {found} » ; attendu : {expected}", '{name} "{found}"; expected: {expected}'),
    "fact_percent": (
        "{name} {found} : un taux s'écrit avec son signe (20 %) ou en décimal (0,2)",
        "{name} {found}: write a rate with its sign (20 %) or as a decimal (0.2)",
    ),
    "cannot_write": ("{found} ne peut pas être écrit : {why}", "{found} cannot be written: {why}"),
    "decision_unreadable": (
        "ce n'est pas une décision de cette version ; en faire une avec `mixrules check … --format json -o decision.json`",
        "not a decision of this version; make one with `mixrules check … --format json -o decision.json`",
    ),
    "decision_altered": (
        "décision modifiée depuis qu'elle a été rendue (son empreinte ne répond plus à ce qu'elle dit) : ne pas s'y fier, la redemander",
        "decision altered since it was made (its digest no longer answers to what it says): do not rely on it, ask for it anew",
    ),
    "programme_of_another": (
        "ce programme n'est pas celui de la décision (empreintes différentes)",
        "this programme is not that of the decision (other digest)",
    ),
    "output_needed": (
        "un fichier « {found} » ne s'écrit pas dans le terminal ; ajouter -o FICHIER",
        'a "{found}" file is not written to the terminal; add -o FILE',
    ),
}
