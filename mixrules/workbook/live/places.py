"""The rows of the tables: which are records, how many dwellings each stands for, on which landing.

A landing is known by its whole path, from the block down. The sheet holds a scope only where every line names it, and
the levels above are named on every line or on none; otherwise what stands on which landing is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from mixrules.programme.layout import tables
from mixrules.programme.placing import PLACES
from mixrules.programme.vocabulary import COLLECTIONS
from mixrules.workbook.live.formula import NONE_SPELLED, ROW, both, cleaned
from mixrules.workbook.live.inputs import Inputs
from mixrules.workbook.live.ledger import FIRST, Root, Rows

SEPARATOR = "¦"
TITLES = {
    "dwelling": "Calcul lots",
    "premise": "Calcul locaux",
    "existing": "Calcul parc",
    "shared_place": "Calcul lieux",
}
FIELDS = {
    "dwelling": "dwellings",
    "premise": "premises",
    "existing": "existing",
    "shared_place": "shared_places",
}
UNCOUNTED = "-1"


@dataclass
class Places:
    """The working sheets and, for each scope, how much a row weighs, to which element it belongs, what is sure."""

    inputs: Inputs
    root: Root
    tables: dict[str, Rows]
    facts: int

    def sheet(self, scope: str) -> Root | Rows:
        """Where the formulas of a scope stand."""
        if scope in {"commune", "district", "programme"}:
            return self.root
        return self.tables["dwelling" if scope in PLACES else scope]

    def rows(self, scope: str) -> Rows:
        """The table of a scope that has many elements."""
        sheet = self.sheet(scope)
        assert isinstance(sheet, Rows)
        return sheet

    # -- records ---------------------------------------------------------------------------------------

    def used(self, item: str) -> str:
        """Whether a row holds a record: something that can be seen, and not « néant » alone."""
        cells = self._row(item)
        seen = f"SUMPRODUCT(--(LEN({cleaned(cells)})>0))"
        sheet = self.rows(item)
        given = sheet.cell("cases remplies", seen)
        return sheet.cell("ligne", f"IF({given}=0,0,IF({self.nothing(item)}=1,0,1))")

    def _row(self, item: str) -> str:
        table = next(t for t in tables() if t.field == FIELDS[item])
        extra = (1 if table.per_programme else 0) + (self.facts if item == "dwelling" else 0)
        letter = get_column_letter(len(table.columns) + extra)
        return f"{self.inputs.sheet(table.sheet)}!$A{ROW}:${letter}{ROW}"

    def nothing(self, item: str) -> str:
        """Whether a row says « néant », alone in its first column."""
        table = next(t for t in tables() if t.field == FIELDS[item])
        cell = f"{self.inputs.sheet(table.sheet)}!$A{ROW}"
        words = ",".join(f'TRIM({cell}&"")="{word}"' for word in NONE_SPELLED)
        given = self.rows(item).cell("cases remplies", f"SUMPRODUCT(--(LEN({cleaned(self._row(item))})>0))")
        return self.rows(item).cell("néant", f"IF(AND({given}=1,OR({words})),1,0)")

    def weight(self, scope: str) -> str:
        """How many a row stands for: dwellings, or one on the first row of a landing."""
        if scope in PLACES:
            return self.first(scope)
        used = self.used(scope)
        if scope not in {"dwelling", "existing"}:
            return used
        count = self.inputs.in_row(FIELDS[scope], "count")
        least = 1 if scope == "dwelling" else 0
        blank = "1" if scope == "dwelling" else UNCOUNTED
        whole = f"AND(ISNUMBER({count}),{count}>={least},{count}=INT({count}),{count}<=100000)"
        found = f'IF(TRIM({count}&"")="",{blank},IFERROR(IF({whole},{count},{UNCOUNTED}),{UNCOUNTED}))'
        return self.rows(scope).cell("nombre", f"IF({used}=0,0,{found})")

    def listed(self, item: str) -> str:
        """Whether the list is known: at least one record, or « néant »; an empty sheet says nothing."""
        sheet = self.rows(item)
        used, nothing = sheet.range(self.used(item)), sheet.range(self.nothing(item))
        counted = f"COUNTIF({sheet.range(self.weight(item))},{UNCOUNTED})=0"
        return self.root.cell(
            f"{item} : liste connue", f"IF(AND(SUM({used})+SUM({nothing})>0,{counted}),1,0)"
        )

    # -- landings, stairwells, buildings, blocks -------------------------------------------------------

    def label(self, scope: str) -> str:
        """What a line says of its landing…, cleaned."""
        rows = self.rows("dwelling")
        own = rows.cell(f"{scope} : nom", cleaned(self.inputs.in_row("dwellings", scope)))
        if scope != "landing":
            return own
        floor = self.label("floor")
        # Landing 1 of the first floor is not landing 1 of the second.
        return rows.cell("étage et palier", f'IF({own}="","",{floor}&"·"&{own})')

    def path(self, scope: str) -> str:
        """The whole path of a line's landing…."""
        above = PLACES[: PLACES.index(scope) + 1]
        return self.rows("dwelling").cell(
            f"{scope} : chemin", f'&"{SEPARATOR}"&'.join(map(self.label, above))
        )

    def group(self, scope: str) -> str:
        """The number of the first line of a line's landing…; a path that only resembles another has none."""
        rows = self.rows("dwelling")
        path, every = self.path(scope), rows.range(self.path(scope))
        place = f"MATCH({path},{every},0)"
        found = f"IFERROR(IF(EXACT(INDEX({every},{place}),{path}),{place},-1),-1)"
        return rows.cell(f"{scope} : groupe", f"IF({self.used('dwelling')}=0,0,{found})")

    def first(self, scope: str) -> str:
        """One on the first line of each landing…, else zero."""
        here = f"ROW()-{FIRST - 1}"
        return self.rows("dwelling").cell(f"{scope} : premier", f"IF({self.group(scope)}={here},1,0)")

    def sure(self, scope: str) -> str:
        """Whether the members of a scope are known: one cell for the file, 0 or 1."""
        if scope not in PLACES:
            return self.listed(scope)
        rows = self.rows("dwelling")
        lines = f"SUM({rows.range(self.used('dwelling'))})"
        conditions = [f"COUNTIF({rows.range(self.group(scope))},-1)=0", f"{self._named(scope)}={lines}"]
        above = [*PLACES[: PLACES.index(scope)], *(["floor"] if scope == "landing" else [])]
        conditions += [f"OR({self._named(level)}=0,{self._named(level)}={lines})" for level in above]
        conditions += [
            f'COUNTIF({rows.range(self.label(level))},"*{SEPARATOR}*")=0' for level in (*above, scope)
        ]
        known = self.root.cell(f"{scope} : repérage complet", f"IF(AND({','.join(conditions)}),1,0)")
        return self.root.cell(f"{scope} : sûr", both(self.listed("dwelling"), known))

    def _named(self, scope: str) -> str:
        rows = self.rows("dwelling")
        label = rows.cell(
            f"{scope} : nommé", f'IF(AND({self.used("dwelling")}=1,{self.label(scope)}<>""),1,0)'
        )
        return self.root.cell(f"{scope} : lignes nommées", f"SUM({rows.range(label)})")


def member_scope(source: str) -> str:
    """The scope or item of the members of a collection."""
    return COLLECTIONS[source]
