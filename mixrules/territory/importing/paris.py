"""« Logements sociaux financés à Paris », the social programmes that the city agreed to fund.

`;`, a byte order mark, line breaks inside quoted addresses. A row is one agreement: an identifier that comes back is
another agreement of the same delivery. A row of less than zero dwellings corrects another, and cannot be read alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mixrules.programme.model import Submission
from mixrules.territory.importing.intake import Intake
from mixrules.territory.importing.rows import Row, UnreadRowError, rows, whole

NEEDED = ("id_livraison", "annee", "nb_logmt_total", "nb_plai", "nb_plus", "nb_pluscd", "nb_pls")
PARIS = {"name": "Paris", "insee": "75056"}
TENURES = {"nb_plai": "PLAI", "nb_plus": "PLUS", "nb_pluscd": "PLUS-CD", "nb_pls": "PLS"}
RESIDENCES = {
    "logement familial": "ordinary",
    "résidence étudiante": "résidence étudiante",
    "foyer pour jeunes travailleurs ou résidence pour jeunes actifs": "hostel",
    "maison relais": "hostel",
    "résidence sociale pour démunis": "hostel",
    "foyer de travailleurs migrants": "hostel",
    "résidence sociale issue du plan de traitement des foyers de travailleurs migrants": "hostel",
    "établissement d'hébergement pour personnes âgées dépendantes": "care_home",
}
"""The kinds that say what the dwellings are in law; of the others the kind of residence is not known."""
NEW = "construction neuve"


def read(path: Path, intake: Intake) -> Iterator[Submission]:
    """The programmes of a file, one submission an agreement.

    Raises:
        InvalidInputError: the file cannot be read at all.
    """
    return intake.submissions(rows(path, NEEDED, intake.refuse), submission)


def submission(row: Row) -> dict[str, Any]:
    """One agreement as a submission; the day of a permit is not known, only the year of the agreement.

    Raises:
        UnreadRowError: a correction, or a cell that is not what its column holds.
    """
    counts = {title: whole(row, title) for title in TENURES}
    total = whole(row, "nb_logmt_total")
    parts = sum(count or 0 for count in counts.values())
    if total is not None and parts > total:
        raise UnreadRowError("row_parts", title="nb_logmt_total", total=total, parts=parts)
    if not parts and not total:
        raise UnreadRowError("row_no_dwelling", title="nb_logmt_total")
    residence = RESIDENCES.get(row["nature_programme"])
    alike = {"residence": residence} if residence else {}
    lines = [{"count": n, "tenure": TENURES[title], **alike} for title, n in counts.items() if n]
    if total is not None and total > parts:
        lines.append({"count": total - parts, "tenure": "LLS", **alike})
    return {
        "id": row["id_livraison"],
        "phase": "decision",
        "commune": PARIS,
        "programmes": [
            {
                "id": row["id_livraison"],
                "name": " ".join(row["adresse_programme"].split()) or None,
                "declared": [{"count": total, "source": "nb_logmt_total"}] if total is not None else [],
                "dwellings": lines,
                "facts": _facts(row),
            }
        ],
    }


def _facts(row: Row) -> dict[str, Any]:
    facts = {
        "annee_agrement": whole(row, "annee"),
        "mode_realisation": row["mode_real"],
        "nature_programme": row["nature_programme"],
        "arrondissement": row["arrdt"],
    }
    return {name: value for name, value in facts.items() if value not in {None, ""}}
