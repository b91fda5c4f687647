"""What the commands say beside the reports."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "cli.errors": Counted(
        "count",
        ("{name} : {count} erreur, aucune décision.", "{name}: {count} error, no decision."),
        ("{name} : {count} erreurs, aucune décision.", "{name}: {count} errors, no decision."),
    ),
    "cli.disagreement": (
        "Les deux évaluateurs ne concluent pas de même : aucune décision n'est rendue.",
        "The two evaluators do not conclude alike: no decision is issued.",
    ),
    "cli.drawn": Counted(
        "count",
        ("{output} : {count} programme tiré\n", "{output}: {count} programme drawn\n"),
        ("{output} : {count} programmes tirés\n", "{output}: {count} programmes drawn\n"),
    ),
    "cli.live_rules": Counted(
        "count",
        (
            "{count} règle en formules, {left} à vérifier avec mixrules",
            "{count} rule in formulas, {left} to be checked with mixrules",
        ),
        (
            "{count} règles en formules, {left} à vérifier avec mixrules",
            "{count} rules in formulas, {left} to be checked with mixrules",
        ),
    ),
    "cli.live": (
        "{output}\n{books}\nDroit en vigueur au {day} : {rules}",
        "{output}\n{books}\nLaw in force on {day}: {rules}",
    ),
    "cli.examples": Counted(
        "count", ("{count} exemple", "{count} example"), ("{count} exemples", "{count} examples")
    ),
    "cli.failed": ("{count} en échec", "{count} failed"),
    "cli.nothing_erased": ("rien à effacer", "nothing to erase"),
    "cli.erased": ("effacé : {gone}", "erased: {gone}"),
    "cli.decisions_change": Counted(
        "count",
        ("{count} décision change sur {total}\n", "{count} decision of {total} changes\n"),
        ("{count} décisions changent sur {total}\n", "{count} decisions of {total} change\n"),
    ),
    "cli.kept": (
        "Décision inscrite au registre {place} sous le n° {number} ({hash}).\n",
        "Decision kept in register {place} as no. {number} ({hash}).\n",
    ),
    "cli.doubtful": (
        (
            "On ne sait pas si la décision est au registre : le serveur n'a pas répondu ({why}).\n"
            "  Chercher l'empreinte {hash} avec `mixrules register list`, puis recommencer si elle n'y est pas.\n"
        ),
        (
            "Whether the decision is in the register is not known: the server did not answer ({why}).\n"
            "  Look for hash {hash} with `mixrules register list`, and start again if it is not there.\n"
        ),
    ),
    "cli.not_kept": (
        "La décision N'EST PAS au registre : {why}\n  Corriger, puis relancer la commande.\n",
        "The decision is NOT in the register: {why}\n  Mend it, then run the command again.\n",
    ),
    "cli.files_decided": Counted(
        "count",
        ("{count} dossier : {counts}.", "{count} file: {counts}."),
        ("{count} dossiers : {counts}.", "{count} files: {counts}."),
    ),
    "cli.rules_in_sql": Counted(
        "count",
        ("{count} règle en SQL.", "{count} rule in SQL."),
        ("{count} règles en SQL.", "{count} rules in SQL."),
    ),
    "cli.rules_step_by_step": Counted(
        "count",
        ("{count} règle au pas à pas : {listed}.", "{count} rule step by step: {listed}."),
        ("{count} règles au pas à pas : {listed}.", "{count} rules step by step: {listed}."),
    ),
    "cli.odd_files": Counted(
        "count",
        (
            "{count} dossier au pas à pas : totaux qui se contredisent, plusieurs programmes, date du droit à établir.",
            "{count} file step by step: totals that contradict each other, several programmes, law date to settle.",
        ),
        (
            "{count} dossiers au pas à pas : totaux qui se contredisent, plusieurs programmes, date du droit à établir.",
            "{count} files step by step: totals that contradict each other, several programmes, law date to settle.",
        ),
    ),
    "cli.wide_files": Counted(
        "count",
        (
            "{count} dossier au pas à pas : un nombre dépasse 128 bits.",
            "{count} file step by step: a number exceeds 128 bits.",
        ),
        (
            "{count} dossiers au pas à pas : un nombre dépasse 128 bits.",
            "{count} files step by step: a number exceeds 128 bits.",
        ),
    ),
    "cli.reading_file": ("Lecture du dossier…", "Reading the file…"),
    "cli.deciding": ("Décision…", "Deciding…"),
    "cli.rulebooks_applied_together": ("recueils appliqués ensemble", "rulebooks applied together"),
    "cli.proof": ("preuve", "proof"),
    "cli.reading": ("Lecture", "Reading"),
    "cli.numbered": ("{number} : {said}\n", "{number}: {said}\n"),
    "cli.no_decision": ("{name} : aucune décision.", "{name}: no decision."),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "force_short": {
        "law": ("loi", "law"),
        "plan": ("plan", "plan"),
        "contract": ("contrat", "contract"),
        "charter": ("charte", "charter"),
    },
    "verdict_count": {
        "compliant": Counted(
            "count", ("{count} conforme", "{count} compliant"), ("{count} conformes", "{count} compliant")
        ),
        "non-compliant": Counted(
            "count",
            ("{count} non conforme", "{count} non-compliant"),
            ("{count} non conformes", "{count} non-compliant"),
        ),
        "undetermined": Counted(
            "count",
            ("{count} indéterminé", "{count} undetermined"),
            ("{count} indéterminés", "{count} undetermined"),
        ),
    },
}
