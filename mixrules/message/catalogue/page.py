"""The words of the page of a decision, beside those that all reports share."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "page.more_steps": (
        "Le détail du calcul n'est pas déplié ici (plus de {most} étapes sur la page) : mixrules check DOSSIER --why {rule}",
        "The computation is not unfolded here (more than {most} steps on the page): mixrules check FILE --why {rule}",
    ),
    "page.undrawn": Counted(
        "count",
        (
            "{count} bâtiment n'est pas dessiné (plus de {most} logements).",
            "{count} building is not drawn (more than {most} dwellings).",
        ),
        (
            "{count} bâtiments ne sont pas dessinés (plus de {most} logements).",
            "{count} buildings are not drawn (more than {most} dwellings).",
        ),
    ),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "page": {
        "stack_plan": ("Plan des paliers", "Stack plan"),
        "stack_note": (
            "Chaque case est un logement, chaque cadre un palier. Cadre épais : une règle n'y est pas respectée (✗) ou pas établie (?).",
            "Each box is a dwelling, each frame a landing. A thick frame: a rule is not met there (✗) or not settled (?).",
        ),
        "mix": ("Du palier au quartier", "From the landing to the district"),
        "building": ("Bâtiment", "Building"),
        "stairwell": ("Cage", "Stairwell"),
        "landing": ("Palier", "Landing"),
        "block": ("Îlot", "Block"),
        "programme": ("Programme", "Programme"),
        "district": ("Quartier, parc existant compris", "District, existing stock included"),
        "lot": ("Lot", "Lot"),
        "dwellings": ("logements", "dwellings"),
        "rooms": ("pièces", "rooms"),
        "area": ("surface", "area"),
        "fails": ("règle non respectée", "rule not met"),
        "doubts": ("règle non établie", "rule not settled"),
        "loose": ("Logements dont le palier n'est pas connu", "Dwellings whose landing is not known"),
        "pick": ("Choisir un logement pour le décrire.", "Choose a dwelling to describe it."),
        "why": ("Pourquoi", "Why"),
        "decisive": ("décisif", "decisive"),
        "maybe": ("peut-être", "perhaps"),
        "printed": (
            "À l'impression, le calcul est déplié pour les règles non respectées ou indéterminées.",
            "In print, the computation is unfolded for the rules that are not met or not settled.",
        ),
        "counted": ("Logements de ce périmètre", "Dwellings of this part"),
        "observed": ("constaté", "observed"),
        "required": ("exigé", "required"),
        "source": ("Source", "Source"),
        "base": ("base", "base"),
        "total": ("total", "total"),
        "cap": ("plafond", "cap"),
        "price": ("prix", "price"),
        "bonus": ("Avantages", "Advantages"),
        "no_plan": (
            "Le programme n'est pas joint : ni plan des paliers, ni mixité par périmètre.",
            "The programme is not attached: no stack plan, no mix by part.",
        ),
        "questions": ("À trancher", "To be settled"),
        "qr": ("Empreinte de la décision, en code QR", "Digest of the decision, as a QR code"),
        "workings": ("Comment chaque constat est calculé", "How each finding was computed"),
        "workings_note": (
            "Ce qui n'est pas respecté, refusé ou indéterminé est déplié jusqu'aux logements comptés ; du reste, les premières étapes.",
            "What is not met, refused or undetermined is unfolded down to the dwellings counted; of the rest, the first steps.",
        ),
        "working_at": ("calcul, page", "computation, page"),
        "stated_at": ("constat, page", "finding, page"),
        "verify": ("À vérifier par : ", "Verify with: "),
    },
}
