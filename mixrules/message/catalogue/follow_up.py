"""A programme through its phases."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "follow_up.thread": ("Suivi du dossier {dossier}", "Follow-up of file {dossier}"),
    "follow_up.granted": (
        "Avantages acquis au stade « {phase} » (décision n° {number})",
        "Advantages granted at {phase} (decision no. {number})",
    ),
    "follow_up.replaces": Counted(
        "replaces",
        ("remplace {replaces} décision du même stade", "replaces {replaces} decision of the same phase"),
        ("remplace {replaces} décisions du même stade", "replaces {replaces} decisions of the same phase"),
    ),
    "follow_up.stage": ("Au stade « {phase} » (décision n° {number})", "At {phase} (decision no. {number})"),
    "follow_up.alone": ("Aucun stade ultérieur au registre.", "No later phase in the register."),
    "follow_up.unchanged": ("rien n'a changé", "nothing changed"),
    "follow_up.given": ("accordé", "granted"),
    "follow_up.owed": ("dû", "owed"),
    "follow_up.recover": ("à récupérer", "to be recovered"),
    "follow_up.unsure": ("à établir", "to be settled"),
    "follow_up.broken": ("condition perdue ou non établie", "condition lost or not settled"),
    "follow_up.kept": ("à conserver", "to be kept"),
    "follow_up.turns": ("Règles dont le constat a changé", "Rules found otherwise"),
    "follow_up.lost": (
        "Avantages qui ne sont plus dus comme accordés",
        "Advantages no longer owed as granted",
    ),
    "follow_up.pending": (
        "Engagements sans preuve au registre",
        "Commitments without evidence in the register",
    ),
    "follow_up.due": ("ÉCHU", "DUE"),
    "follow_up.later": ("à venir", "to come"),
}
