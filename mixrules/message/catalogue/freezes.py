"""What keeps the rules of a past day for a file, or the question that would settle it."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Entry

ENTRIES: dict[str, Entry] = {
    "law_date.asked": ("date demandée", "date asked for"),
    "law_date.decision": ("date de la décision", "date of the decision"),
    "law_date.not_taken": (
        "décision non encore prise : droit en vigueur au jour du contrôle",
        "decision not yet taken: law in force on the day of the check",
    ),
    "freeze.former_subdivision": (
        "Quelles règles le lotissement du {day} écartait-il selon l'article L. 442-14 du code de l'urbanisme, dans sa rédaction antérieure au 25 novembre 2018 ?",
        "Which rules did the subdivision of {day} shut out under art. L. 442-14 of the planning code, as worded before 25 November 2018?",
    ),
    "freeze.refusal": (
        "refus annulé, demande confirmée au plus tard le {last} (C. urb., art. L. 600-2)",
        "refusal annulled, request confirmed by {last} (C. urb., art. L. 600-2)",
    ),
    "freeze.permit": (
        "permis modifié, demande déposée au plus tard le {last} (C. urb., art. L. 431-6)",
        "permit modified, request filed by {last} (C. urb., art. L. 431-6)",
    ),
    "freeze.certificate_open": (
        "Le dossier a-t-il été déposé au plus tard le {last}, dans les dix-huit mois du certificat d'urbanisme du {issued} (C. urb., art. L. 410-1) ? Donnez la date de dépôt.",
        "Was the file deposited by {last}, within eighteen months of the planning certificate of {issued} (C. urb., art. L. 410-1)? Give the date of filing.",
    ),
    "freeze.refusal_open": (
        "Le refus du {refused} est-il annulé définitivement, et la demande confirmée dans les six mois de la notification de l'annulation (C. urb., art. L. 600-2) ? Donnez les trois dates.",
        "Is the refusal of {refused} annulled for good, and the request confirmed within six months of the notice of the annulment (C. urb., art. L. 600-2)? Give the three dates.",
    ),
    "freeze.permit_open": (
        "La modification du permis du {issued} a-t-elle été demandée entre le {since} et le {last}, travaux inachevés (C. urb., art. L. 431-6, créé par la loi n° 2025-1129) ?",
        "Was the modification of the permit of {issued} requested between {since} and {last}, the works not finished (C. urb., art. L. 431-6, created by law no. 2025-1129)?",
    ),
    "freeze.certificate": (
        "certificat d'urbanisme, dossier déposé au plus tard le {last} (C. urb., art. L. 410-1)",
        "planning certificate, file deposited by {last} (C. urb., art. L. 410-1)",
    ),
    "freeze.declared_subdivision": (
        "lotissement déclaré, règles figées jusqu'au {last} (C. urb., art. L. 442-14)",
        "declared subdivision, rules frozen until {last} (C. urb., art. L. 442-14)",
    ),
    "freeze.subdivision_under_way": (
        "lotissement non achevé, règles figées (C. urb., art. L. 442-14)",
        "subdivision not completed, rules frozen (C. urb., art. L. 442-14)",
    ),
    "freeze.subdivision": (
        "lotissement, règles figées jusqu'au {last} (C. urb., art. L. 442-14)",
        "subdivision, rules frozen until {last} (C. urb., art. L. 442-14)",
    ),
    "freeze.subdivision_open": (
        "Les travaux du lotissement autorisé le {permitted} sont-ils achevés depuis plus de cinq ans (C. urb., art. L. 442-14) ? Donnez la date d'achèvement, ou « sans objet ».",
        'Were the works of the subdivision permitted on {permitted} completed more than five years ago (C. urb., art. L. 442-14)? Give the date of completion, or "none".',
    ),
    "freeze.subdivision_at_least": (
        "lotissement, règles figées au moins jusqu'au {last} (C. urb., art. L. 442-14)",
        "subdivision, rules frozen at least until {last} (C. urb., art. L. 442-14)",
    ),
}
