"""The CNIG standard « Opérations d'aménagement » (v1.0): operations, their sectors, their programmes.

A programme becomes one submission, in the district that its operation is; an operation of which no programme is given
becomes one itself. « Participatif » and « spécifique » have two meanings in real rows: further dwellings, or some of
those counted by tenure. The row's own total decides; where it does not, nothing is supposed and the row's numbers
contradict one another in plain sight. Joiners that no eye sees stand in headers and values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.model import Submission
from mixrules.territory.importing.intake import Intake
from mixrules.territory.importing.rows import Row, UnreadRowError, rows, titles, whole

TENURES = {
    "access_libre": "accession libre",
    "locatif_libre": "locatif libre",
    "locatif_aide": "locatif aidé",
    "locatif_regul": "locatif_regule",
    "access_aide": "accession sociale",
    "access_regul": "accession régulée",
}
OVERLAPPING = ("nb_logt_participatif", "nb_logt_specifique")
PUBLICS = {
    "étudiants": "student",
    "seniors": "senior",
    "jeunes actifs": "young_worker",
    "personnes en situation de handicap": "disabled",
}
PREMISES = {
    "surf_act_comm_serv": "retail",
    "surf_act_bureau": "office",
    "surf_act_industrie": "industry",
    "surf_act_logistique": "industry",
    "surf_act_artisanat": "industry",
    "surf_act_autres": "other",
    "surf_equipt_public": "public",
}
RENEWAL = "renouvellement urbain"
HECTARE = 10_000
KINDS = {"programme_id": "programme", "secteur_id": "sector", "opam_id": "operation"}
"""The first of these columns that a file has says what it lists."""


def read(paths: Sequence[Path], intake: Intake) -> Iterator[Submission]:
    """The programmes of some files, and the operations that have none.

    Raises:
        InvalidInputError: no such file, or one that lists neither operations, sectors nor programmes.
    """
    sorted_out = _sorted_out(list(_files(paths)))
    operations = {row["opam_id"]: row for row in _all(sorted_out["operation"], "opam_id", intake)}
    sectors = {row["secteur_id"]: row for row in _all(sorted_out["sector"], "secteur_id", intake)}
    programmes = list(_all(sorted_out["programme"], "programme_id", intake))
    alone = [row for name, row in operations.items() if name not in {p["opam_id"] for p in programmes}]
    area = _Area(operations, sectors, intake)
    return chain(intake.submissions(programmes, area.programme), intake.submissions(alone, area.operation))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.csv"))
        else:
            yield path


def _sorted_out(paths: Sequence[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {"programme": [], "sector": [], "operation": []}
    strange = []
    for path in paths:
        held = titles(path)
        kind = next((kind for title, kind in KINDS.items() if title in held), None)
        if kind is None:
            expected = ", ".join(KINDS)
            strange.append(Problem.of("row_titles", Place(file=path.name), expected=expected))
        else:
            found[kind].append(path)
    if strange or not (found["programme"] or found["operation"]):
        raise InvalidInputError(strange or [Problem.of("cnig_nothing", Place())])
    return found


def _all(paths: Iterable[Path], key: str, intake: Intake) -> Iterator[Row]:
    return chain.from_iterable(rows(path, [key], intake.refuse) for path in paths)


class _Area:
    """Operations and sectors by name, around the rows being read."""

    def __init__(self, operations: dict[str, Row], sectors: dict[str, Row], intake: Intake) -> None:
        self.operations, self.sectors, self.intake = operations, sectors, intake

    def programme(self, row: Row) -> dict[str, Any]:
        operation = self.operations.get(row["opam_id"])
        if row["opam_id"] and operation is None:
            self.intake.note("cnig_operation_missing", row, found=row["opam_id"])
        days = {"decision": row["date_obtention_pc"], "delivery": row["date_livraison_effective"]}
        made = self._made(row, "programme_id", "prog_nom", "surf_totale_prog")
        name = row["opam_id"]
        return {
            "id": row["programme_id"],
            "phase": "decision" if days["decision"] else "pre_check",
            "dates": {key: day for key, day in days.items() if day},
            "commune": _commune(operation, row),
            "district": _district(operation, name) | self._sector(row),
            "programmes": [made],
        }

    def operation(self, row: Row) -> dict[str, Any]:
        made = self._made(row, "opam_id", "nom", "surf_totale_operation")
        land = row["emprise_foncière"]
        if land:
            made["site"] = {"land_area": _hectares(land)}
        return {
            "id": row["opam_id"],
            "phase": "pre_check",
            "commune": _commune(row, row),
            "district": _district(row, row["opam_id"]),
            "programmes": [made],
        }

    def _sector(self, row: Row) -> dict[str, Any]:
        sector = self.sectors.get(row["secteur_id"])
        if not row["secteur_id"]:
            return {}
        if sector is None:
            self.intake.note("cnig_sector_missing", row, found=row["secteur_id"])
        name = {"secteur_nom": sector["sect_nom"]} if sector is not None and sector["sect_nom"] else {}
        return {"facts": {"secteur_id": row["secteur_id"], **name}}

    def _made(self, row: Row, key: str, name: str, area: str) -> dict[str, Any]:
        """A programme, or an operation taken as one."""
        housing, whole_area = _housing_area(row), whole(row, area)
        if housing is not None and whole_area is not None and housing > whole_area:
            self.intake.note("cnig_areas", row, part=housing, whole=whole_area)
        lines, facts = self._dwellings(row)
        individual, collective = whole(row, "nb_logt_individuel"), whole(row, "nb_logt_collectif")
        kind = (
            {}
            if individual is None or collective is None or (individual and collective)
            else {"collective": bool(collective)}
        )
        total = whole(row, "nb_logt_total")
        premises = [{"use": use, "floor_area": n} for t, use in PREMISES.items() if (n := whole(row, t))]
        made = {
            "id": row[key],
            "name": row[name] or None,
            "floor_area": whole_area,
            "housing_floor_area": housing,
            "declared": [
                *([{"count": total, "source": "nb_logt_total"}] if total is not None else []),
                *_declared_areas(row),
            ],
            "dwellings": lines,
            "premises": premises,
            "facts": facts,
        }
        return {k: v for k, v in made.items() if v is not None} | kind

    def _dwellings(self, row: Row) -> tuple[list[dict[str, Any]] | None, dict[str, Any]]:
        """Lines by tenure, and the further counts where it is not known which dwellings they are."""
        counts = {tenure: whole(row, f"nb_logt_{name}") for name, tenure in TENURES.items()}
        lines = [{"count": count, "tenure": tenure} for tenure, count in counts.items() if count]
        further = {title: count for title in OVERLAPPING if (count := whole(row, title))}
        total, parts = whole(row, "nb_logt_total"), sum(count or 0 for count in counts.values())
        if total is None or not any(count is not None for count in counts.values()):
            return (lines or ([{"count": total}] if total else None)), further
        public = _public(row)
        if parts == total:
            return _within(lines, further, public)
        if parts + sum(further.values()) == total:
            titles_ = ", ".join(further)
            self.intake.note("cnig_added", row, titles=titles_, parts=parts, total=total)
            added = [{"lot": title, "count": count} for title, count in further.items()]
            return [*lines, *(_for(public, line) for line in added)], {}
        self.intake.note("cnig_counts", row, parts=parts, further=sum(further.values()), total=total)
        return lines, further


def _within(
    lines: list[dict[str, Any]], further: dict[str, int], public: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Specific dwellings are some of those counted by tenure: which, is known where one line is them all."""
    specific = further.get("nb_logt_specifique")
    if len(lines) == 1 and lines[0]["count"] == specific:
        rest = {title: count for title, count in further.items() if title != "nb_logt_specifique"}
        return [lines[0] | ({"public": public} if public else {})], rest
    return lines, dict(further)


def _for(public: str, line: dict[str, Any]) -> dict[str, Any]:
    return line | ({"public": public} if public and line["lot"] == "nb_logt_specifique" else {})


def _public(row: Row) -> str:
    """For whom specific dwellings are; empty where a word says nothing that rules know."""
    words = [word.strip() for word in row["type_logt_specifique"].split("|") if word.strip()]
    return "|".join(PUBLICS[word] for word in words) if words and set(words) <= set(PUBLICS) else ""


def _declared_areas(row: Row) -> Iterator[dict[str, Any]]:
    for name, tenure in TENURES.items():
        area = whole(row, f"surf_logt_{name}")
        if area:
            yield {"floor_area": area, "tenure": tenure, "source": f"surf_logt_{name}"}


def _housing_area(row: Row) -> int | None:
    """The floor area of dwellings: stated, else houses and flats together where both are."""
    stated = whole(row, "surf_logt_total")
    parts = whole(row, "surf_logt_individuel"), whole(row, "surf_logt_collectif")
    if stated is not None or None in parts:
        return stated
    return sum(part or 0 for part in parts)


def _hectares(text: str) -> str:
    """Hectares as m², exactly."""
    from mixrules.quantity import NotExactError, canonical, parse_exact

    try:
        return canonical(parse_exact(text) * HECTARE)
    except NotExactError:
        raise UnreadRowError("row_number", title="emprise_foncière", found=text[:60]) from None


def _commune(operation: Row | None, row: Row) -> dict[str, Any]:
    """The commune of the operation; without it, the code that every identifier of the standard opens with."""
    if operation is not None and operation["insee_commune"]:
        return {"insee": operation["insee_commune"], "name": operation["nom_commune"] or None}
    code = row["programme_id"].partition("_")[0]
    return {"insee": code} if len(code) == len("78418") else {}


def _district(operation: Row | None, name: str) -> dict[str, Any]:
    if operation is None:
        return {"id": name} if name else {}
    renewal = {"renewal": True} if operation["type_urbanisation"] == RENEWAL else {}
    return {"id": name, "name": operation["nom"] or None, **renewal}
