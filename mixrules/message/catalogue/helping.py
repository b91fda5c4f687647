"""What `--help` says: commands, options, exit codes, and what the command line refuses.

A command stands under its words (`rules list`), an option or argument under its command and its own name
(`check date`), or under its name alone where it is the same everywhere.
"""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

COMMANDS: dict[str, Entry] = {
    "": (
        "Mixité de l'habitat : vérifier un programme au regard de la loi, du plan et de la charte.",
        "Housing-mix incentive compliance: check a programme against the law, the plan and the charter.",
    ),
    "batch": (
        "Décider tous les programmes d'un corpus : les règles en SQL, chacun sous le droit de sa date.",
        "Decide every programme of a corpus: rules as SQL, each under the law of its own date.",
    ),
    "check": (
        "Décider un programme : verdict, constats, bonus, prix du foncier, ce qui manque.",
        "Decide a programme: verdict, findings, bonuses, land price, what is missing.",
    ),
    "compare": (
        "Dire ce qui a changé d'une décision à l'autre, et pourquoi.",
        "Say what moved from one decision to another, and why.",
    ),
    "corpus": (
        "Corpus : beaucoup de programmes en un fichier, tirés au sort ou pris de fichiers publics.",
        "Corpora: many programmes in one file, drawn or taken from public files.",
    ),
    "corpus import": (
        "Faire un corpus de fichiers publics de permis et d'opérations ; ce qui ne se lit pas honnêtement est laissé et nommé.",
        "Turn public files of permits and programmes into a corpus; what cannot be read honestly is left out and named.",
    ),
    "corpus make": (
        "Tirer un corpus synthétique qui ressemble aux vrais permis : tailles, logements, statuts, prix, lacunes.",
        "Draw a synthetic corpus that looks like real permits: sizes, flats, tenures, prices, gaps.",
    ),
    "district": (
        "Additionner un quartier : son parc et ses programmes, la mixité, sa répartition, ce que ses règles permettent encore.",
        "Add up a district: its stock and programmes, the mix, how it is spread, what its rules still allow.",
    ),
    "follow": (
        "Suivre un programme du permis à la livraison : ce qui ne tient plus, ce qui est à reprendre, ce qui est dû.",
        "Follow a programme from permit to delivery: what no longer holds, what is to be recovered, what is due.",
    ),
    "import": (
        "Lire le tableau du promoteur : montrer comment chaque colonne est comprise, demander ce qui n'est pas sûr.",
        "Read the promoter's own workbook: show what each column was taken for, ask what is not sure.",
    ),
    "register": (
        "Le registre des décisions : le vérifier, le lister, le signer.",
        "The register of decisions: verify it, list it, sign it.",
    ),
    "register checkpoint": (
        "Écrire jusqu'où va le registre, pour qu'une réécriture de l'ensemble se voie ensuite.",
        "Write how far the register reaches, so that a later rewrite of the whole is caught.",
    ),
    "register erase": (
        "Effacer un nom sur demande ; la chaîne se vérifie comme avant.",
        "Erase a name on request; the chain verifies as before.",
    ),
    "register export": (
        "Écrire les décisions pour un auditeur, sans les noms scellés à part.",
        "Write the decisions for an auditor, without the names sealed apart.",
    ),
    "register key": ("Faire une paire de clés Ed25519.", "Make a pair of Ed25519 keys."),
    "register list": ("Lister les décisions gardées.", "List the decisions kept."),
    "register show": (
        "Afficher une décision telle que rendue, son programme ou son entrée.",
        "Print a decision as it was issued, its programme or its entry.",
    ),
    "register verify": (
        "Trouver toute décision changée, retirée, déplacée ou insérée, et la nommer.",
        "Find any changed, removed, reordered or inserted decision, and name it.",
    ),
    "replay": (
        "Décider de nouveau les dossiers gardés sous leurs propres règles, ou dire ce que d'autres changeraient.",
        "Decide kept files again under their own rulebooks, or say what other rules would change.",
    ),
    "report": (
        "Montrer une décision à qui en a besoin : page, motivation à coller, document Word, texte.",
        "Show a decision for the person who needs it: page, motivation to paste, Word document, text.",
    ),
    "rules": (
        "Les recueils de règles : les lister, les lire, jouer leurs exemples.",
        "The rulebooks: list them, read them, run their worked examples.",
    ),
    "rules lint": (
        "Chercher lacunes, recouvrements, fausses citations, conflits et points non dits, chacun avec son remède.",
        "Look for gaps, overlaps, false quotes, conflicts and unsaid points, each with a mend.",
    ),
    "rules list": (
        "Lister les recueils, avec leur force, leur source et leurs règles.",
        "List the rulebooks with their force, source and rules.",
    ),
    "rules new": (
        "Écrire un recueil commenté, pour commencer.",
        "Write a commented rulebook to start from.",
    ),
    "rules show": (
        "Dire un recueil en mots : ses règles, leurs versions, sources, paramètres et exemples.",
        "Show a rulebook in words: its rules, their versions, sources, parameters and examples.",
    ),
    "rules tables": (
        "Lister les tables de référence : quels faits elles donnent, de quel millésime, quels jours, de quelle source.",
        "List the reference tables: which facts they give, of which vintage, on which days, from which source.",
    ),
    "rules test": (
        "Jouer les exemples qui accompagnent les règles, ou chercher ce qu'ils laissent non dit.",
        "Run the worked examples that stand beside the rules, or look for what they leave unsaid.",
    ),
    "schema": (
        "Afficher le schéma JSON d'un programme, d'un recueil ou d'une décision.",
        "Print the JSON Schema of a programme, a rulebook or a decision.",
    ),
    "simulate": (
        "Dire ce que d'autres règles changeraient pour beaucoup de programmes : verdicts, logements, bonus, prix du foncier.",
        "Say what other rules would change for many programmes: verdicts, dwellings, bonuses, land prices.",
    ),
    "template": (
        "Écrire le classeur à remplir : une feuille pour le programme, une pour ses logements.",
        "Write the workbook to fill in: one sheet for the programme, one for its dwellings.",
    ),
}

OPTIONS: dict[str, Entry] = {
    "after": ("Une autre décision en JSON.", "Another decision as JSON."),
    "annotate": (
        "Écrire une copie du classeur avec la réponse dedans : des commentaires, et une feuille à elle.",
        "Write a copy of the workbook with the answer in it: comments, and a sheet of its own.",
    ),
    "as-declared": (
        "Avec les lacunes et les fautes des vrais dossiers de permis, aussi souvent que là.",
        "With the gaps and faults of real permit files, as often as there.",
    ),
    "batch date": (
        "Décider chaque dossier sous le droit de cette date.",
        "Decide every file under the law of this date.",
    ),
    "batch file": (
        "Un corpus (.parquet ou .csv), ou un registre.",
        "A corpus (.parquet or .csv), or a register.",
    ),
    "batch output": (
        "Écrire les décisions dans ce fichier Parquet.",
        "Write the decisions to this Parquet file.",
    ),
    "before": ("Une décision en JSON.", "A decision as JSON."),
    "budget": (
        "Secondes données à --mutate ; 0 : autant qu'il en faut.",
        "Seconds given to --mutate; 0: as long as it takes.",
    ),
    "change": (
        "Un paramètre avec une autre valeur : 'recueil/paramètre = 30 %' ; plusieurs valeurs balaient ; peut se répéter.",
        "A parameter with another value: 'rulebook/parameter = 30 %'; several values sweep; may be repeated.",
    ),
    "checkpoint": (
        "Un état du registre gardé ailleurs ; peut se répéter.",
        "A state of the register kept elsewhere; may be repeated.",
    ),
    "collective": (
        "Seulement des programmes de trois logements et plus.",
        "Programmes of three dwellings and more only.",
    ),
    "communes": (
        "Des codes INSEE, séparés par des virgules ; tous aussi probables.",
        "INSEE codes, commas between; all equally likely.",
    ),
    "cores": (
        "Combien de processus décident ; 0 : un par cœur.",
        "Processes that decide; 0: one for each core.",
    ),
    "corpus": ("Un corpus (.parquet), ou un registre.", "A corpus (.parquet), or a register."),
    "corpus output": ("Le corpus à écrire (.parquet).", "The corpus to write (.parquet)."),
    "corpus source": ("Ce que sont les fichiers.", "What the files are."),
    "corpus verbose": (
        "Nommer chaque ligne laissée et chaque remarque.",
        "Name every row left out and every note.",
    ),
    "count": ("Combien de programmes.", "How many programmes."),
    "coverage": (
        "Montrer quelles issues et quels seuils les exemples atteignent.",
        "Show which outcomes and thresholds the examples reach.",
    ),
    "date": ("Décider sous le droit de cette date.", "Decide under the law of this date."),
    "detail": (
        "Dire aussi pourquoi des règles ne s'appliquent pas ici.",
        "Say also why rules do not apply here.",
    ),
    "diff": ("Dire ce qui a changé entre deux jours.", "Say what changed between two days."),
    "dossier": ("La référence du dossier.", "The reference of the file."),
    "engine": (
        "Où tournent les requêtes : cette machine, ou une session Spark.",
        "Where the queries run: this machine, or a Spark session.",
    ),
    "entry": ("Seulement la décision de ce numéro.", "Only the decision of this number."),
    "file": ("Un programme : .xlsx, .json ou .csv.", "A programme: .xlsx, .json or .csv."),
    "files": (
        "Un fichier ; pour cnig, des fichiers ou un dossier.",
        "One file; for cnig, files or a folder.",
    ),
    "force": (
        "Laisser --annotate remplacer un fichier qui existe.",
        "Let --annotate replace a file that exists.",
    ),
    "format": ("Sous quelle forme.", "How to show it."),
    "help": ("Afficher cette aide.", "Show this message and exit."),
    "import file": (
        "Votre propre tableau : .xlsx, .xlsm, .xls, .ods ou .csv.",
        "A workbook of your own: .xlsx, .xlsm, .xls, .ods or .csv.",
    ),
    "import mapping": (
        "Ce qui a été répondu avant, pour ce tableau ou sa version d'avant.",
        "What was answered before, for this workbook or its former version.",
    ),
    "import output": ("Écrire le programme dans ce fichier JSON.", "Write the programme to this JSON file."),
    "install-completion": (
        "Installer la complétion pour le terminal en cours.",
        "Install completion for the current shell.",
    ),
    "key": ("Signer avec cette clé privée.", "Sign with this private key."),
    "lang": ("Langue de ce qui s'affiche.", "Language of what is shown."),
    "live": (
        "Avec les règles en formules : la conformité se voit en remplissant.",
        "With the rules as formulas: compliance shows while typing.",
    ),
    "mapping": (
        "Pour votre propre tableau : la correspondance écrite par `mixrules import`.",
        "For a workbook of your own: the mapping written by `mixrules import`.",
    ),
    "master": (
        "Spark : spark://…, local[2] ; sans elle, la session en place.",
        "Spark: spark://…, local[2]; without it, the session that is set up.",
    ),
    "memory": (
        "Ce que la base peut tenir à la fois ; au-delà, elle prend le disque.",
        "What the database may hold at once; beyond, it uses the disk.",
    ),
    "mutate": (
        "Lister les petits changements des règles qu'aucun exemple ne remarque.",
        "List the small changes of the rules that no example notices.",
    ),
    "name": (
        "L'identifiant ou le nom du quartier, tel que les dossiers le donnent.",
        "The identifier or name of the district, as the files give it.",
    ),
    "no-names": (
        "Ne garder au registre ni demandeur ni instructeur.",
        "Keep neither applicant nor officer in the register.",
    ),
    "number": ("Le numéro de la décision.", "The number of the decision."),
    "officer": ("Qui décide, scellé à part au registre.", "Who decides, sealed apart in the register."),
    "only": (
        "Avec --with-rules : sous aucun autre recueil.",
        "With --with-rules: under no other rulebook.",
    ),
    "output": (
        "Écrire dans ce fichier plutôt qu'au terminal.",
        "Write to this file instead of the terminal.",
    ),
    "part": ("Quoi afficher.", "What to print."),
    "programme": (
        "Le programme d'une décision donnée en JSON.",
        "The programme of a decision given as JSON.",
    ),
    "pseudonyms": (
        "Remplacer les références des dossiers et les noms des programmes.",
        "Replace file references and names of programmes.",
    ),
    "public-key": (
        "Vérifier que chaque entrée est signée de cette clé.",
        "Check that every entry is signed with this key.",
    ),
    "check register": (
        "Garder la décision : un fichier, ou postgresql://…",
        "Keep the decision: a file or postgresql://…",
    ),
    "register": ("Le registre : un fichier, ou postgresql://…", "The register: a file, or postgresql://…"),
    "register checkpoint output": (
        "Le fichier à écrire ; gardez-le ailleurs.",
        "The file to write; keep it elsewhere.",
    ),
    "register export output": (
        "Le fichier à écrire, une décision par ligne.",
        "The file to write, one decision a line.",
    ),
    "register key output": (
        "La clé privée ; la publique est à côté.",
        "The private key; the public one is beside it.",
    ),
    "replay date": (
        "Avec --with-rules : sous le droit de cette date.",
        "With --with-rules: under the law of this date.",
    ),
    "replay format": (
        "Avec --with-rules : sous quelle forme montrer les changements.",
        "With --with-rules: how to show the changes.",
    ),
    "replay verbose": ("Nommer aussi les décisions identiques.", "Name identical decisions too."),
    "replay with-rules": (
        "Mettre ces recueils à la place de ceux qui sont gardés ; peut se répéter.",
        "Put these rulebooks in the place of the kept ones; may be repeated.",
    ),
    "report entry": (
        "Le numéro de la décision au registre ; par défaut la dernière.",
        "The number of the decision in the register; by default the last.",
    ),
    "rules": (
        "Un identifiant de recueil, un fichier ou un dossier ; peut se répéter.",
        "A rulebook identifier, file or folder; may be repeated.",
    ),
    "rules new name": ("L'identifiant du recueil.", "The identifier of the rulebook."),
    "rules new output": (
        "Le fichier à écrire ; il ne doit pas exister.",
        "The file to write; it must not exist.",
    ),
    "rules show name": (
        "L'identifiant d'un recueil, ou d'une règle (recueil/règle).",
        "The identifier of a rulebook, or of a rule (rulebook/rule).",
    ),
    "seed": ("La même graine donne le même corpus.", "The same seed gives the same corpus."),
    "show-completion": (
        "Afficher la complétion pour le terminal en cours, à copier ou adapter.",
        "Show completion for the current shell, to copy it or customize the installation.",
    ),
    "side": (
        "Pour un .csv de logements : le fichier JSON avec le reste.",
        "For a .csv of dwellings: the JSON file with the rest.",
    ),
    "simulate date": ("Tout décider sous le droit de cette date.", "Decide all under the law of this date."),
    "simulate output": (
        "Écrire dans ce fichier ; un nom en .svg dessine le graphique.",
        "Write to this file; a name in .svg draws the chart.",
    ),
    "since": (
        "Seulement les décisions gardées à partir de ce jour.",
        "Only decisions kept from this day on.",
    ),
    "source": ("Une décision en JSON, ou un registre.", "A decision as JSON, or a register."),
    "statuses": (
        "Les statuts et verdicts seuls, sans les nombres : plus tôt fini.",
        "Statuses and verdicts alone, without the numbers: sooner.",
    ),
    "template date": (
        "Avec --live : les règles en vigueur à cette date.",
        "With --live: the rules in force on this date.",
    ),
    "template output": ("Le classeur à écrire.", "The workbook to write."),
    "verbose": ("Nommer aussi les exemples qui passent.", "Name the examples that pass too."),
    "version": ("Afficher la version.", "Show the version."),
    "what": ("Quoi décrire.", "What to describe."),
    "whom": ("De qui le nom ; par défaut du demandeur.", "Whose name; by default the applicant's."),
    "why": (
        "Déplier une règle pas à pas, jusqu'aux logements comptés.",
        "Unfold one rule step by step, down to the dwellings counted.",
    ),
    "with-rules": (
        "Un fichier ou un dossier d'autres recueils ; peut se répéter.",
        "A file or folder of other rulebooks; may be repeated.",
    ),
    "witness": (
        "Montrer plutôt de petits programmes qui satisfont les obligations de ID.",
        "Instead, show small programmes that meet the obligations of ID.",
    ),
    "write-mapping": (
        "Écrire dans ce fichier ce qui est compris, et ce qui est demandé.",
        "Write what was understood, and what is asked, to this file.",
    ),
}

EXITS: dict[str, Entry] = {
    "batch": (
        "0 décidé, 2 erreur d'usage, 4 entrée non valable.",
        "0 decided, 2 usage error, 4 invalid input.",
    ),
    "check": (
        "0 conforme, 1 non conforme, 2 usage, 3 indéterminé, 4 entrée non valable, 5 désaccord interne, 6 non gardé.",
        "0 compliant, 1 not compliant, 2 usage, 3 undetermined, 4 invalid input, 5 evaluators disagree, 6 not kept.",
    ),
    "corpus import": (
        "0 lu (les lignes laissées sont nommées), 4 rien ne se lit.",
        "0 read (rows left out are named), 4 nothing can be read.",
    ),
    "follow": (
        "0 tout tient, 1 un avantage n'est plus dû tel qu'accordé ou un engagement est en retard, 4 dossier introuvable.",
        "0 all holds, 1 an advantage is no longer owed as granted or a commitment is overdue, 4 no such file.",
    ),
    "import": (
        "0 compris, 3 des questions restent, 4 illisible.",
        "0 understood, 3 questions remain, 4 cannot be read.",
    ),
    "register verify": (
        "0 entier, 1 quelque chose n'est pas tel qu'écrit, 4 pas de registre lisible.",
        "0 whole, 1 something is not as it was written, 4 no readable register.",
    ),
    "replay": (
        "0 rien ne diffère, 1 une décision diffère, 4 pas de registre lisible.",
        "0 nothing differs, 1 a decision differs, 4 no readable register.",
    ),
    "rules lint": (
        "0 pas d'erreur, 1 une erreur (avertissements et notes ne comptent pas), 4 un recueil fautif.",
        "0 no error, 1 an error (warnings and notes do not count), 4 a broken rulebook.",
    ),
    "rules test": (
        "0 tout tient, 1 un exemple échoue, une issue n'est jamais atteinte ou un changement passe inaperçu, 4 un recueil fautif.",
        "0 all hold, 1 an example fails, an outcome is never reached or a change goes unnoticed, 4 a broken rulebook.",
    ),
    "simulate": ("0 simulé, 4 entrée non valable.", "0 simulated, 4 invalid input."),
}

FAMILIES = {"command": COMMANDS, "option": OPTIONS, "exits": EXITS}
ENTRIES: dict[str, Entry] = {
    "help.arguments": ("Arguments", "Arguments"),
    "help.commands": ("Commandes", "Commands"),
    "help.default": ("[par défaut : {value}]", "[default: {value}]"),
    "help.environment": ("[environnement : {value}]", "[env var: {value}]"),
    "help.example": ("Exemple", "Example"),
    "help.examples": ("Exemples", "Examples"),
    "help.exits": ("Codes de sortie", "Exit codes"),
    "help.interrupted": ("Interrompu.", "Aborted."),
    "help.options": ("Options", "Options"),
    "help.required": ("[requis]", "[required]"),
    "usage.day": ("AAAA-MM-JJ", "YYYY-MM-DD"),
    "usage.extra": ("en trop : {found}", "too many words: {found}"),
    "usage.live": (
        "--rules et --date vont avec --live",
        "--rules and --date go with --live",
    ),
    "usage.missing": ("il manque {where}", "{where} is missing"),
    "usage.missing_command": ("il manque une commande", "a command is missing"),
    "usage.near": ("{message} ; peut-être {near} ?", "{message}; perhaps {near}?"),
    "usage.no_command": ("il n'y a pas de commande « {found} »", "there is no command '{found}'"),
    "usage.no_option": ("il n'y a pas d'option {found}", "there is no option {found}"),
    "usage.no_value": ("{where} attend une valeur", "{where} needs a value"),
    "usage.refused": ("{where} : « {found} » est refusé", "{where}: '{found}' is refused"),
    "usage.try": ("« {command} --help » dit comment s'en servir.", "'{command} --help' says how to use it."),
    "usage.value": (
        "{where} : « {found} » n'est pas ce qui est attendu : {expected}",
        "{where}: '{found}' is not what is expected: {expected}",
    ),
}
