"""A workbook in the template's layout, to edit cell by cell and read back."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mixrules.message import InvalidInputError, Problem
from mixrules.programme.reading import read

PLAIN = {
    "id": "D1",
    "dates": {"filing": "2025-11-17"},
    "commune": {"carence": True},
    "programmes": [
        {
            "land": {"price": "690000.5"},
            "dwellings": [
                {"lot": "A01", "building": "A", "stairwell": "1", "landing": "1", "rooms": 3,
                 "living_area": "52.1", "floor_area": 60, "tenure": "PLUS"},
                {"lot": "A02", "building": "A", "stairwell": "1", "landing": "1", "tenure": "libre"},
            ],
        }
    ],
}  # fmt: skip

Edit = Callable[[Any], object]


class Book:
    """A workbook on disk, with the cells of its sheets found by their titles."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, change: Edit) -> None:
        book = openpyxl.load_workbook(self.path)
        change(book)
        book.save(self.path)

    def put(self, sheet: str, cell: str, value: object) -> None:
        self.edit(lambda book: book[sheet].__setitem__(cell, value))

    def column(self, sheet: str, title: str) -> str:
        rows = openpyxl.load_workbook(self.path)[sheet]
        return next(c.column_letter for c in rows[1] if c.value and str(c.value).startswith(title))

    def row(self, title: str) -> int:
        rows = openpyxl.load_workbook(self.path)["Programme"]
        return next(c.row for c in rows["A"] if c.value == title)

    def repack(self, change: Callable[[str, bytes], bytes | None]) -> None:
        """Rewrite the parts of the archive; None removes one."""
        with zipfile.ZipFile(self.path) as source:
            parts = {info.filename: source.read(info) for info in source.infolist()}
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in parts.items():
                changed = change(name, content)
                if changed is not None:
                    target.writestr(name, changed)

    def problems(self) -> list[Problem]:
        return refused(self.path)


def refused(path: Path, **options: Any) -> list[Problem]:
    """The problems of a file that must be refused; each must have its sentence in both languages."""
    with pytest.raises(InvalidInputError) as caught:
        read(path, **options)
    for problem in caught.value.problems:
        assert problem.render("fr")
        assert problem.render("en")
        assert str(path.parent) not in problem.render("fr")
    return caught.value.problems


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    """Where and what, for comparing."""
    return [(str(problem.where), problem.code) for problem in problems]
