"""What other rules would change for many programmes."""

from __future__ import annotations

from mixrules.message.catalogue.entry import Counted, Entry

ENTRIES: dict[str, Entry] = {
    "simulation.title": Counted(
        "count",
        (
            "Simulation – {count} dossier, sans effet de droit",
            "Simulation – {count} file, with no legal effect",
        ),
        (
            "Simulation – {count} dossiers, sans effet de droit",
            "Simulation – {count} files, with no legal effect",
        ),
    ),
    "simulation.one_by_one": Counted(
        "count",
        (
            "{count} dossier hors de la base, par l'évaluateur : totaux contradictoires, programmes, date, nombre ou règle.",
            "{count} file outside the database, by the evaluator: contradictory totals, programmes, date, number or rule.",
        ),
        (
            "{count} dossiers hors de la base, par l'évaluateur : totaux contradictoires, programmes, dates, nombres ou règles.",
            "{count} files outside the database, by the evaluator: contradictory totals, programmes, dates, numbers or rules.",
        ),
    ),
    "simulation.verdicts_change": ("  Verdicts qui changent : {flips}", "  Verdicts that change: {flips}"),
    "simulation.left_out": ("Laissés de côté : {many}", "Left out: {many}"),
    "simulation.today": ("aujourd'hui", "today"),
    "simulation.land_price": ("prix du foncier ", "land price "),
    "simulation.rules_conclude_otherwise": (
        "  Règles qui concluent autrement",
        "  Rules that conclude otherwise",
    ),
    "simulation.chart": Counted(
        "files",
        ("Verdict de {files} dossier", "Verdict on {files} file"),
        ("Verdicts de {files} dossiers", "Verdicts on {files} files"),
    ),
}

FAMILIES: dict[str, dict[str, Entry]] = {
    "shift": {
        "missing": (
            "Logements qui manquent aux obligations non respectées",
            "Dwellings short of obligations not met",
        ),
        "granted": ("Avantages acquis", "Advantages granted"),
        "ceilings": ("Plafonds du prix du foncier (somme)", "Land price ceilings (total)"),
    },
    "cell_head": {
        "commune": ("commune", "commune"),
        "year": ("année", "year"),
        "files": ("dossiers", "files"),
        "flips": ("verdicts changés", "verdicts changed"),
        "short": ("logements manquants", "dwellings short"),
    },
}
