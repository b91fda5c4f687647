"""Sitadel, the file of building permits of the French statistical office for housing (SDES).

Two rows of titles, `;`, dates as 2013-06-28. By its own dictionary the counts of social, aided and PTZ dwellings are
« not always known at filing, seldom corrected later », and rooms « fairly filled in »: zero there is unknown, never
zero. `SURF_HAB_CREEE` is floor area (surface de plancher), in spite of its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mixrules.programme.model import Submission
from mixrules.territory.importing.intake import Intake
from mixrules.territory.importing.rows import Row, UnreadRowError, rows, whole

NEEDED = ("NUM_DAU", "COMM", "DATE_REELLE_AUTORISATION", "NB_LGT_TOT_CREES")
ROOMS = ("NB_LGT_1P", "NB_LGT_2P", "NB_LGT_3P", "NB_LGT_4P", "NB_LGT_5P", "NB_LGT_6P_PLUS")
SIX_OR_MORE = 6
SOCIAL, AIDED = "PLAI|PLUS|PLS", "accession sociale"
STATES = {"2": "autorisé", "4": "annulé", "5": "commencé", "6": "terminé"}
CANCELLED = "4"


def read(path: Path, intake: Intake) -> Iterator[Submission]:
    """The permits of a file, one submission a row.

    Raises:
        InvalidInputError: the file cannot be read at all.
    """

    def make(row: Row) -> dict[str, Any]:
        permit = _Permit(row)
        made = permit.submission()
        for code, args in permit.notes:
            intake.note(code, row, **args)
        return made

    return intake.submissions(rows(path, NEEDED, intake.refuse), make)


def submission(cells: dict[str, str]) -> dict[str, Any]:
    """One permit as a submission; what Sitadel does not know is left out.

    Raises:
        UnreadRowError: a cell that is not what its column holds.
    """
    return _Permit(Row("", 1, cells)).submission()


class _Permit:
    """One row of Sitadel."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.total = self.number("NB_LGT_TOT_CREES")
        self.notes: list[tuple[str, dict[str, object]]] = []

    def number(self, code: str) -> int:
        return whole(self.row, code) or 0

    def given(self, **codes: str) -> dict[str, int]:
        """The surfaces that are given: zero means that nobody filled them."""
        return {name: self.number(code) for name, code in codes.items() if self.number(code)}

    def submission(self) -> dict[str, Any]:
        if not self.total:
            raise UnreadRowError("row_no_dwelling", title="NB_LGT_TOT_CREES")
        row = self.row
        dates = {"decision": row["DATE_REELLE_AUTORISATION"], "delivery": row["DATE_REELLE_DAACT"]}
        return {
            "id": row["NUM_DAU"],
            "phase": "decision",
            "dates": {name: day for name, day in dates.items() if day},
            "commune": {"insee": row["COMM"]},
            "programmes": [self.programme()],
        }

    def programme(self) -> dict[str, Any]:
        houses = self.number("NB_LGT_IND_CREES")
        found: dict[str, Any] = {"id": self.row["NUM_DAU"], "extension_of_one": self.total == 1}
        if houses in {0, self.total}:
            found["collective"] = houses == 0
        site = self.given(land_area="SUPERFICIE_TERRAIN", existing_floor_area="SURF_HAB_AVANT")
        found |= self.given(housing_floor_area="SURF_HAB_CREEE") | ({"site": site} if site else {})
        found["declared"] = [{"count": self.total, "source": "Sitadel, NB_LGT_TOT_CREES"}]
        found["dwellings"] = self.dwellings()
        premises = self.given(floor_area="SURF_LOC_CREEE")
        if self.row["ETAT_DAU"] == CANCELLED:
            found["facts"] = {"etat_sitadel": STATES[CANCELLED]}
        return found | ({"premises": [premises]} if premises else {})

    def dwellings(self) -> list[dict[str, Any]]:
        """Lines by tenure where one is declared, else by rooms where they are complete, else one line."""
        social, aided = self.number("NB_LGT_PRET_LOC_SOCIAL"), self.number("NB_LGT_ACC_SOC_HORS_PTZ")
        others = self.total - social - aided
        if others < 0:
            raise UnreadRowError(
                "row_parts", title="NB_LGT_TOT_CREES", total=self.total, parts=social + aided
            )
        split = [(social, SOCIAL), (aided, AIDED), (others, None)]
        lines = [
            {"count": count} | ({"tenure": tenure} if tenure else {}) for count, tenure in split if count
        ]
        if len(lines) == 1:
            lines = self.by_rooms(lines[0])
        students = self.row["RES_ETUDIANTS"] == "true" and self.number("NB_LGT_RES") == self.total
        return [line | ({"residence": "résidence étudiante"} if students else {}) for line in lines]

    def by_rooms(self, line: dict[str, Any]) -> list[dict[str, Any]]:
        """One line a size of dwelling, when the sizes add up to the total."""
        counts = [self.number(code) for code in ROOMS]
        if sum(counts) != self.total:
            if any(counts):
                self.notes.append(("row_rooms_off", {"parts": sum(counts), "total": self.total}))
            return [line]
        return [
            line | {"count": count} | ({"rooms": rooms} if rooms < SIX_OR_MORE else {})
            for rooms, count in enumerate(counts, start=1)
            if count
        ]
