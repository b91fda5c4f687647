"""The cells of one sheet with their addresses, merged blocks, hidden rows and columns, and faulty cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mixrules.message import Place
from mixrules.programme.layout import clean
from mixrules.programme.reader.archive import column_letters
from mixrules.programme.reader.table import plain

Cell = tuple[int, int]
"""Row and column, from zero."""

NOT_COMPUTED = ""
"""The fault of a formula without a value; any other fault is the error that the cell shows."""


@dataclass(frozen=True, slots=True)
class Block:
    """Merged cells; both corners belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """A sheet as it was read; nothing in it is understood yet.

    Attributes:
        sheet: its name; empty for a CSV.
        lines: for a CSV, the line of the file where each row starts.
    """

    file: str
    sheet: str
    rows: list[list[Any]]
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    faults: dict[Cell, str] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    _corners: dict[Cell, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = [[_cell(value) for value in row] for row in self.rows]
        for block in self.merged:
            for row in range(block.top, min(block.bottom + 1, len(self.rows))):
                for column in range(block.left, block.right + 1):
                    self._corners[row, column] = (block.top, block.left)

    def value(self, row: int, column: int) -> Any:
        """What a cell shows: the value of its merged block, where it belongs to one."""
        if not self._corners:
            return self.own(row, column)
        row, column = self.corner(row, column)
        return self.own(row, column)

    def own(self, row: int, column: int) -> Any:
        """What the cell itself holds."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def corner(self, row: int, column: int) -> Cell:
        """The cell that holds the value of this one."""
        return self._corners.get((row, column), (row, column))

    def place(self, row: int, column: int) -> Place:
        """The address of a cell, as its file names it."""
        if self.lines:
            line = self.lines[row] if row < len(self.lines) else self.lines[-1] + 1
            return Place(file=self.file, line=line, column=column + 1)
        if self._corners:
            row, column = self.corner(row, column)
        return Place(file=self.file, sheet=self.sheet, cell=f"{column_letters(column)}{row + 1}")

    def filled(self, row: int) -> list[int]:
        """The columns of a row that hold something of their own."""
        return [column for column, value in enumerate(self.rows[row]) if value is not None]

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


def _cell(value: Any) -> Any:
    """A cell's value without invisible characters; the lines of a text stay apart."""
    if isinstance(value, str) and "\n" in value:
        return "\n".join(line for part in value.splitlines() if (line := clean(part))) or None
    return plain(value)


def blocks(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Block, ...]:
    """Merged blocks from pairs of corners."""
    return tuple(Block(top, left, bottom, right) for (top, left), (bottom, right) in ranges)
