"""Sentences about a rulebook that loads but is not right yet, each with a mend."""

SENTENCES: dict[str, tuple[str, str]] = {
    # Official texts and quotes.
    "text_digest": (
        "texte modifié : son sha256 est {found}…, {stated}… est annoncé ; rétablissez le texte officiel",
        "text altered: its sha256 is {found}…, {stated}… is stated; restore the official text",
    ),
    "text_unreadable": (
        "« {found} » : un texte officiel porte « ## as read in the consolidation of AAAA-MM-JJ », son sha256, puis le texte",
        '"{found}": an official text has `## as read in the consolidation of YYYY-MM-DD`, its sha256, then the text',
    ),
    "text_not_held": (
        "{found} : texte non joint, {count} citation(s) non prouvée(s) ; ajoutez-le dans sources/ ou relisez-les",
        "{found}: text not held, {count} quote(s) not proved; add it under sources/ or read them again",
    ),
    "quote_without_date": (
        "citation sans date : écrivez « date: » avec la consolidation citée de {found} ({expected})",
        "quote without a date: write `date:` with the consolidation of {found} that is quoted ({expected})",
    ),
    "version_not_held": (
        "{found} : aucune version jointe au {day} ; versions jointes : {expected}",
        "{found}: no version held on {day}; versions held: {expected}",
    ),
    "quote_not_found": (
        (
            "{what} : la citation ne figure pas mot pour mot dans {found}, version du {day} ; écrivez « {right} » "
            "au lieu de « {wrong} » ; passage le plus proche : « {passage} »"
        ),
        (
            '{what}: the quote does not stand word for word in {found}, version of {day}; write "{right}" '
            'instead of "{wrong}"; nearest passage: "{passage}"'
        ),
    ),
    "quote_foreign": (
        "{what} : la citation n'a rien de {found}, version du {day} ; vérifiez la référence",
        "{what}: the quote has nothing of {found}, version of {day}; check the reference",
    ),
    "quote_of_another_version": (
        "la citation ne figure pas dans la version du {day} de {found}, mais dans celle du {expected} : écrivez cette date",
        "the quote does not stand in the version of {day} of {found}, but in that of {expected}: write this date",
    ),
    "quote_date": (
        "{day} n'est la date d'aucune version jointe de {found} ; la citation est lue au {expected} : écrivez cette date",
        "{day} is the date of no version held of {found}; the quote is read as of {expected}: write this date",
    ),
    "article_replaced": (
        (
            "{what} : {found} a une version plus récente ({expected}) que celle citée ({day}) ; relisez-la, "
            "puis datez la règle ou citez la nouvelle"
        ),
        (
            "{what}: {found} has a later version ({expected}) than the one quoted ({day}); read it, "
            "then end the rule or quote the new one"
        ),
    ),
    "article_gone": (
        (
            "{what} : {found}, cité au {day}, n'est plus au code le {expected} ; donnez à la règle une fin (until) "
            "ou citez l'article qui le remplace"
        ),
        (
            "{what}: {found}, quoted as of {day}, is no longer in the code on {expected}; give the rule an end (until) "
            "or quote the article that replaces it"
        ),
    ),
}
