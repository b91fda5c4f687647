"""Sentences about the register: opening it, keeping a decision, what a verification finds."""

from mixrules.message.catalogue.entry import Entry

SENTENCES: dict[str, Entry] = {
    "register_missing": (
        "aucun registre ici ; `mixrules check … --register` en ouvre un à la première décision",
        "no register here; `mixrules check … --register` opens one with the first decision",
    ),
    "register_unusable": (
        "le registre ne peut pas être ouvert : {why}",
        "the register cannot be opened: {why}",
    ),
    "register_version": (
        "registre de la version {found}, que cette version de mixrules ne connaît pas ; la mettre à jour",
        "register of version {found}, unknown to this version of mixrules; upgrade it",
    ),
    "entry_missing": (
        "aucune décision n° {found} ; la dernière porte le n° {last}",
        "no decision no. {found}; the last is no. {last}",
    ),
    "dossier_missing": (
        "aucune décision sur le dossier « {found} »{hint} (`mixrules register list` les énumère)",
        'no decision on file "{found}"{hint} (`mixrules register list` lists them)',
    ),
    "district_missing": (
        "aucune décision dans le quartier « {found} »{hint} (`mixrules register list` les énumère)",
        'no decision in district "{found}"{hint} (`mixrules register list` lists them)',
    ),
    "content_damaged": (
        "contenu {found} absent ou altéré ; `mixrules register verify` dit quelles décisions il touche",
        "content {found} missing or altered; `mixrules register verify` names the decisions concerned",
    ),
    "key_unusable": (
        "aucune clé Ed25519 lisible ici (PEM sans mot de passe) ; `mixrules register key` en fait une",
        "no readable Ed25519 key here (PEM, no password); `mixrules register key` makes one",
    ),
    "checkpoint_unusable": (
        "ce fichier n'est pas un jalon de registre",
        "this file is no checkpoint of a register",
    ),
    "entries_gone": (
        "décisions n° {first} à {last} retirées (la suivante porte le n° {number})",
        "decisions no. {first} to {last} removed (the next is no. {number})",
    ),
    "entry_misplaced": (
        "décision n° {number} : elle ne suit pas celle qui la précède (insérée, déplacée ou réécrite)",
        "decision no. {number}: it does not follow the one before (inserted, moved or rewritten)",
    ),
    "entry_changed": (
        "décision n° {number} : son texte ne correspond plus à son empreinte (modifiée)",
        "decision no. {number}: its text no longer matches its hash (changed)",
    ),
    "entry_unreadable": ("décision n° {number} : texte illisible", "decision no. {number}: unreadable text"),
    "entry_unsigned": ("décision n° {number} : non signée", "decision no. {number}: not signed"),
    "signature_false": (
        "décision n° {number} : la signature n'est pas celle de cette clé",
        "decision no. {number}: the signature is not of this key",
    ),
    "column_changed": (
        "décision n° {number} : la colonne {column} ne dit plus ce que dit l'entrée",
        "decision no. {number}: column {column} no longer says what the entry says",
    ),
    "content_gone": (
        "décision n° {number} : contenu « {content} » retiré",
        'decision no. {number}: content "{content}" removed',
    ),
    "content_changed": (
        "décision n° {number} : contenu « {content} » retiré ou modifié",
        'decision no. {number}: content "{content}" removed or changed',
    ),
    "name_changed": ("nom scellé {found} : modifié", "sealed name {found}: changed"),
    "checkpoint_stranger": (
        "le jalon à {number} décisions est celui d'un autre registre",
        "the checkpoint at {number} decisions is of another register",
    ),
    "checkpoint_cut": (
        "le jalon du {day} comptait {number} décisions, il en reste {last} : la fin a été retirée",
        "the checkpoint of {day} counted {number} decisions, {last} remain: the end was cut off",
    ),
    "checkpoint_missed": (
        "décision n° {number} : son empreinte n'est plus celle du jalon du {day} (registre réécrit)",
        "decision no. {number}: its hash is no longer that of the checkpoint of {day} (register rewritten)",
    ),
    "checkpoint_unsigned": (
        "le jalon à {number} décisions ne porte pas de signature de cette clé",
        "the checkpoint at {number} decisions bears no signature of this key",
    ),
}
