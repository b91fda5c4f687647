"""Why a step of a computation is what it is."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "trace.of": ("{above} sur {below}", "{above} of {below}"),
    "trace.to": ("{first} à {last}", "{first} to {last}"),
    "trace.since": ("version du {day}", "version of {day}"),
    "trace.runs": Counted("count", ("{count} plage", "{count} range"), ("{count} plages", "{count} ranges")),
    "why.least": ("le plus petit de {terms}", "the least of {terms}"),
    "why.greatest": ("le plus grand de {terms}", "the greatest of {terms}"),
    "why.depending": ("selon que : {condition}", "depending on: {condition}"),
    "why.file_silent": ("le dossier ne le dit pas", "the file does not say"),
    "why.nothing_claimed": ("rien n'est demandé", "nothing is claimed"),
    "why.no_value": ("pas de valeur à cette date", "no value on this day"),
    "why.no_row": ("la table n'a pas cette ligne", "the table has no such row"),
    "why.not_defined_yet": ("pas encore défini à cette date", "not defined yet on this day"),
    "why.none_prevails": (
        "des termes ne sont pas connus : aucun ne l'emporte encore",
        "some terms are not known: none prevails yet",
    ),
    "why.condition_open": (
        "la condition n'est pas établie : l'une ou l'autre valeur",
        "the condition is not settled: one value or the other",
    ),
    "why.condition_holds": ("la condition est remplie", "the condition holds"),
    "why.condition_fails": ("la condition n'est pas remplie", "the condition does not hold"),
    "why.empty_base": ("rien à compter dans la base", "nothing to count in the base"),
    "why.not_known": ("ce n'est pas connu", "this is not known"),
    "why.not_known_of_all": ("n'est pas connu pour tous : {names}", "not known of all of them: {names}"),
    # The headings of what is unfolded, and its marks.
    "why.observed": ("Constaté et exigé", "Observed and required"),
    "why.applies": ("Pourquoi la règle s'applique ou non", "Why the rule applies or not"),
    "why.way": ("Voie « {name} »", "Way “{name}”"),
    "why.way_only": ("Droit", "Entitlement"),
    "why.way_taken": ("retenue", "taken"),
    "why.base_of": ("Base", "Base"),
    "why.cap": ("Plafond « {name} »", "Cap “{name}”"),
    "why.cap_lowers": ("limite le droit", "lowers the entitlement"),
    "why.condition": ("Condition", "Condition"),
    "why.deciding": ("décisif", "decisive"),
    "why.perhaps": ("peut-être", "perhaps"),
    "why.rest": Counted(
        "count",
        ("… et {count} autre", "… and {count} other"),
        ("… et {count} autres", "… and {count} others"),
    ),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "counted_as": {
        "part": ("comptés au numérateur", "counted above the line"),
        "base": ("comptés au dénominateur", "counted in the base"),
        "counted": ("comptés", "counted"),
        "term": ("dont", "of which"),
        "holds": ("remplissent la condition", "meet the condition"),
        "fails": ("ne remplissent pas la condition", "do not meet the condition"),
        "open": ("condition pas établie", "condition not settled"),
    },
}
