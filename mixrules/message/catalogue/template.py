"""What the template says to the person who fills it in."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

FRENCH_NOTICE = """Comment remplir ce classeur

Une case vide veut dire « inconnu » : la décision dira que la valeur manque, elle ne la devinera pas.
« sans objet » veut dire que la chose n'existe pas (par exemple : le plan ne fixe aucun taux).
0 est une valeur : zéro place, zéro euro. N'écrivez pas 0 pour « inconnu ».

Feuille Programme : une rubrique par ligne ; la valeur se met en colonne C.
Plusieurs programmes (un quartier) : ajoutez une colonne D intitulée « Programme 2 », puis E, etc.
Dossier, dates, commune et quartier valent pour tout le dossier : ils restent en colonne C.

Feuille Lots : une ligne par logement, sans ligne de total ni cellules fusionnées.
Une ligne peut aussi valoir pour N logements identiques pas encore placés (« nombre de logements »).
Un logement locatif social dont le financement n'est pas arrêté s'écrit PLAI|PLUS|PLS.
Colonne « programme » : seulement si le dossier en compte plusieurs (identifiant, nom, ou « Programme 2 »).

Feuille vide : inconnu. Pour dire qu'il n'y en a aucun (aucun local, aucun lieu partagé), écrivez « néant ».
Feuille Totaux déclarés : les totaux d'un document, comparés aux lignes sans jamais les remplacer.
Feuille Compléments : ce que demande un règlement local, une clé par ligne
(facts.clé, claims.clé, elections.clé, evidence.clé, district.facts.clé).

Les taux s'écrivent « 30 % » ou 0,3 ; les dates 01/03/2026 ; les surfaces au centième de m² au plus."""

ENGLISH_NOTICE = """How to fill in this workbook

An empty cell means “unknown”: the decision will say that the value is missing, it will not guess it.
“none” means that the thing does not exist (for example: the plan sets no rate).
0 is a value: no place, no euro. Do not write 0 for “unknown”.

Sheet Programme: one item a row; the value goes in column C.
Several programmes (a district): add a column D called “Programme 2”, then E, and so on.
File, dates, commune and district hold for the whole file: they stay in column C.

Sheet Dwellings: one row a dwelling, without a row of totals or merged cells.
A row may also stand for N alike dwellings that are not placed yet (“number of dwellings”).
A social rental dwelling whose financing is not settled is written PLAI|PLUS|PLS.
Column “programme”: only if the file has several (identifier, name, or “Programme 2”).

Empty sheet: unknown. To say that there is none (no premises, no shared place), write “none”.
Sheet Declared totals: the totals of a document, compared with the rows and never put in their place.
Sheet Additions: what a local regulation asks for, one key a row
(facts.key, claims.key, elections.key, evidence.key, district.facts.key).

Rates are written “30 %” or 0.3; dates 01/03/2026 (day first); areas to the hundredth of a m² at most."""

ENTRIES: dict[str, Entry] = {
    "template.notice": (FRENCH_NOTICE, ENGLISH_NOTICE),
    "template.nothing": ("néant", "none"),
}
