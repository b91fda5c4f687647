"""The hidden sheets where formulas work: one cell a value for the file, one column a value for each row of a table."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from mixrules.workbook.live.formula import ROW

FIRST = 2
"""The first row of values; titles stand above."""


@dataclass
class Sheet:
    """Formulas by title; equal formulas share a cell."""

    title: str
    entries: list[tuple[str, str]] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)

    def cell(self, title: str, formula: str) -> str:
        """The reference of the cell that holds a formula."""
        if formula not in self.held:
            self.entries.append((title, formula))
            self.held[formula] = self._place(len(self.entries))
        return self.held[formula]

    def _place(self, number: int) -> str:
        raise NotImplementedError


class Root(Sheet):
    """What is computed once: a title and a formula a row."""

    def _place(self, number: int) -> str:
        return f"{self.title}!$B${FIRST - 1 + number}"


@dataclass
class Rows(Sheet):
    """What is computed for each row of a table: a column a formula, rows in step with the table's sheet."""

    last: int = FIRST

    def _place(self, number: int) -> str:
        return f"${get_column_letter(number)}{ROW}"

    def range(self, cell: str) -> str:
        """All the cells of a column, from anywhere."""
        column = cell.removeprefix("$").removesuffix(ROW)
        if not column.isalpha():
            # Not a column of its own: a value of the file, or a formula.
            column = self.cell("copie", cell).removeprefix("$").removesuffix(ROW)
        return f"'{self.title}'!${column}${FIRST}:${column}${self.last}"
