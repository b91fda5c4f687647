"""Sentences about a rulebook that loads but is not right yet, each with a mend."""

from mixrules.message.catalogue.entry import Counted, Entry

SENTENCES: dict[str, Entry] = {
    # A new rulebook.
    "rulebook_name": (
        "« {found} » ne peut nommer un recueil : lettres, chiffres, points et tirets, comme fr.local.38185.charte",
        '"{found}" cannot name a rulebook: letters, digits, dots and hyphens, such as fr.local.38185.charter',
    ),
    "rulebook_name_taken": (
        "« {found} » est déjà le nom d'un recueil ; choisissez-en un autre",
        '"{found}" already names a rulebook; choose another name',
    ),
    "file_exists": (
        "{found} existe déjà ; donnez un autre nom de fichier",
        "{found} already exists; give another file name",
    ),
    # Official texts and quotes.
    "text_digest": (
        "texte modifié : son sha256 est {found}…, {stated}… est annoncé ; rétablissez le texte officiel",
        "text altered: its sha256 is {found}…, {stated}… is stated; restore the official text",
    ),
    "text_unreadable": (
        "« {found} » : un texte officiel porte « ## as read in the consolidation of AAAA-MM-JJ », son sha256, puis le texte",
        '"{found}": an official text has `## as read in the consolidation of YYYY-MM-DD`, its sha256, then the text',
    ),
    "text_not_held": Counted(
        "count",
        (
            "{found} : texte non joint, {count} citation non prouvée ; ajoutez-le dans sources/ ou relisez-la",
            "{found}: text not held, {count} quote not proved; add it under sources/ or read it again",
        ),
        (
            "{found} : texte non joint, {count} citations non prouvées ; ajoutez-le dans sources/ ou relisez-les",
            "{found}: text not held, {count} quotes not proved; add it under sources/ or read them again",
        ),
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
    "article_amended": (
        (
            "{what} : {found} a une version plus récente ({expected}) que celle citée ({day}) ; les mots cités y figurent "
            "toujours : relisez le reste, puis écrivez cette date"
        ),
        (
            "{what}: {found} has a later version ({expected}) than the one quoted ({day}); the words quoted still stand "
            "in it: read the rest, then write this date"
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
    # Sources.
    "source_ref_missing": (
        "{what} : une règle de loi ou de plan dit son article ; écrivez « source: » avec « ref: »",
        "{what}: a rule of law or plan names its article; write `source:` with `ref:`",
    ),
    "quote_missing": (
        "{what} : le texte de {found} est joint ; citez-en les mots (« quote: »)",
        "{what}: the text of {found} is held; quote its words (`quote:`)",
    ),
    "quote_missing_unheld": (
        "{what} : sans citation ; relevez les mots de {found} (« quote: »)",
        "{what}: without a quote; take down the words of {found} (`quote:`)",
    ),
    "exception_source_missing": (
        "exception « {what} » sans source : elle prend celle de la règle ; écrivez la sienne si le texte la donne ailleurs",
        'exception "{what}" without a source: it takes that of the rule; write its own if the text is elsewhere',
    ),
    # Dates.
    "version_gap": (
        "{what} : aucune version du {day} au {expected} ; prolongez la première (until) ou avancez la seconde (from)",
        "{what}: no version from {day} to {expected}; extend the first (until) or bring the second forward (from)",
    ),
    "version_overlap": (
        "{what} : deux versions valent le {expected} ; donnez cette date pour fin (until) à la première",
        "{what}: two versions hold on {expected}; end the first on this date (until)",
    ),
    "sweep": Counted(
        "days",
        (
            "{what} : versions en vigueur le {day} : {count}, au lieu d'une seule ({days} premier du mois dans ce cas) ; revoyez from et until",
            "{what}: versions in force on {day}: {count}, instead of one ({days} first of the month in this case); see from and until",
        ),
        (
            "{what} : versions en vigueur le {day} : {count}, au lieu d'une seule ({days} premiers du mois dans ce cas) ; revoyez from et until",
            "{what}: versions in force on {day}: {count}, instead of one ({days} firsts of the month in this case); see from and until",
        ),
    ),
    "version_out_of_time": (
        "{what} : cette version ne vaut aucun jour entre {first} et {last} ; vérifiez ses dates ou retirez-la",
        "{what}: this version holds on no day between {first} and {last}; check its dates or remove it",
    ),
    "parameter_gap": (
        "{what} : le {day}, « {found} » n'a pas de valeur (il en a : {expected}) ; datez la règle, ou complétez la table",
        '{what}: on {day}, "{found}" has no value (it has: {expected}); date the rule, or complete the table',
    ),
    "parameter_ends": (
        "{what} : à partir du {day}, « {found} » n'a plus de valeur ({expected}) ; donnez la suivante ou une fin à la règle",
        '{what}: from {day} on, "{found}" has no value ({expected}); give the next one, or end the rule',
    ),
    "parameter_hole": (
        "{what} : vide du {day} au {expected} ; donnez la valeur de cette période, ou retirez la ligne",
        "{what}: empty from {day} to {expected}; give the value of this period, or remove the line",
    ),
    "definition_gap": (
        "{what} : le {day}, « {found} » n'est pas encore défini (il l'est dès le {expected}) ; datez la règle ou la définition",
        '{what}: on {day}, "{found}" is not defined yet (it is from {expected} on); date the rule or the definition',
    ),
    # Tables.
    "band_gap": (
        "{what} : aucune tranche pour {found} ; faites se toucher les bornes (up_to puis above, ou below puis from)",
        "{what}: no band for {found}; make the bounds touch (up_to then above, or below then from)",
    ),
    "band_overlap": (
        "{what} : deux tranches contiennent {found} ; excluez la borne de l'une (below ou above)",
        "{what}: two bands hold {found}; leave the bound out of one (below or above)",
    ),
    "band_reversed": (
        "{what} : bornes inversées ({found}) ; échangez-les",
        "{what}: reversed bounds ({found}); swap them",
    ),
    "table_member_missing": (
        "{what} : sans ligne pour {found} ; ajoutez-les si le texte les vise (sinon : sans objet)",
        "{what}: no row for {found}; add them if the text means them (else: not given)",
    ),
    # Exceptions.
    "exceptions_unordered": (
        (
            "{what} : « {one} » (l. {line}) et « {two} » peuvent s'appliquer ensemble et ne disent pas la même chose ; "
            "écrivez « before: [{two}] » sous « {one} », ou l'inverse"
        ),
        (
            '{what}: "{one}" (l. {line}) and "{two}" may both apply and do not say the same; '
            "write `before: [{two}]` under `{one}`, or the reverse"
        ),
    ),
    "exceptions_alike": (
        (
            "{what} : « {one} » (l. {line}) et « {two} » peuvent s'appliquer ensemble ; l'effet est le même, le motif non : "
            "écrivez « before: [{two}] » sous « {one} », ou l'inverse"
        ),
        (
            '{what}: "{one}" (l. {line}) and "{two}" may both apply; the effect is the same, the reason is not: '
            "write `before: [{two}]` under `{one}`, or the reverse"
        ),
    ),
    "exception_never": (
        "l'exception « {what} » ne s'applique jamais ; corrigez sa condition ou retirez-la",
        'exception "{what}" never applies; mend its condition or remove it',
    ),
    # Reach.
    "rule_never_applies": (
        "{what} : ne s'applique jamais ; corrigez applies_when ou retirez la règle",
        "{what}: never applies; mend applies_when or remove the rule",
    ),
    "advantage_never_granted": (
        "{what} : n'est jamais accordé ; corrigez when ou retirez l'avantage",
        "{what}: is never granted; mend when or remove the advantage",
    ),
    "condition_unread": (
        "{what} : aucun avantage ne lit cette condition ; écrivez met({what}) là où elle compte",
        "{what}: no advantage reads this condition; write met({what}) where it counts",
    ),
    "obligation_never_met": (
        "{what} : là où cette règle s'applique, aucun programme ne peut la respecter ; corrigez require ou applies_when",
        "{what}: where this rule applies, no programme can meet it; mend require or applies_when",
    ),
    "obligations_conflict": (
        (
            "{what} : dès que ces règles s'appliquent ensemble ({day}), aucun programme ne peut les respecter toutes : {rules} ; "
            "corrigez un seuil, ou dites quand chacune s'applique. Elles s'appliquent toutes à : {witness}"
        ),
        (
            "{what}: whenever these rules apply together ({day}), no programme can meet them all: {rules}; "
            "mend a threshold, or say when each applies. They all apply to: {witness}"
        ),
    ),
    "obligations_conflict_unseen": (
        (
            "{what} : si ces règles s'appliquent un jour ensemble ({day}), aucun programme ne peut les respecter toutes : {rules} ; "
            "aucun exemple trouvé où elles s'appliquent toutes : vérifiez, et dites quand chacune s'applique"
        ),
        (
            "{what}: should these rules apply together ({day}), no programme could meet them all: {rules}; "
            "no example was found to which they all apply: check, and say when each applies"
        ),
    ),
    "proof_missing": (
        "obligations contradictoires et règles hors d'atteinte non cherchées : pip install 'mixrules[lint]' ajoute le solveur",
        "conflicting obligations and rules out of reach were not looked for: pip install 'mixrules[lint]' adds the solver",
    ),
    "proof_hurried": (
        "{what} : la recherche d'obligations contradictoires s'est arrêtée faute de temps",
        "{what}: the search for conflicting obligations stopped for lack of time",
    ),
    # Rounding, names, examples.
    "rounding_unsaid": (
        "{what} : part de logements comparée sans dire l'arrondi ; écrivez « rounding: » (none si le texte n'arrondit pas)",
        "{what}: a share of dwellings is compared without saying how it rounds; write `rounding:` (none if the text does not)",
    ),
    "unused_definitions": (
        "définition « {what} » : aucune règle ne la lit ; retirez-la ou servez-vous-en",
        'definition "{what}": no rule reads it; remove it or use it',
    ),
    "unused_parameters": (
        "paramètre « {what} » : aucune règle ne le lit ; retirez-le ou servez-vous-en",
        'parameter "{what}": no rule reads it; remove it or use it',
    ),
    "unused_inputs": (
        "donnée « {what} » : aucune règle ne la lit ; retirez-la, elle serait demandée pour rien",
        'input "{what}": no rule reads it; remove it, it would be asked for nothing',
    ),
    "rule_without_example": (
        "{what} : aucun exemple ne dit ce qu'elle doit conclure ; écrivez-en un sous « examples: »",
        "{what}: no example says what it must conclude; write one under `examples:`",
    ),
}
