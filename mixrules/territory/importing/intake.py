"""What an import took in: files made, rows left out and why, what is not known of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from mixrules.message import Problem
from mixrules.programme.checking import check
from mixrules.programme.draft import Draft
from mixrules.programme.model import Dwelling, Programme, Submission
from mixrules.territory.importing.rows import Row, UnreadRowError

OF_FILES = ("dates.decision", "commune.insee")
OF_PROGRAMMES = (
    "collective",
    "housing_floor_area",
    "floor_area",
    "site.land_area",
    "site.buildable_floor_area",
    "land.price",
)
OF_DWELLINGS = ("tenure", "rooms", "floor_area", "residence", "landing")
"""The fields whose gaps are told, since most rules read them."""

Make = Callable[[Row], dict[str, Any]]


class Intake:
    """Takes rows one by one and remembers what it could not take."""

    def __init__(self) -> None:
        self.read = 0
        self.left_out: list[Problem] = []
        self.notes: list[Problem] = []
        self._rows: dict[tuple[str, ...], int] = {}
        self._names: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._all: Counter[str] = Counter()

    def refuse(self, problem: Problem) -> None:
        """Leave a row out, and say why."""
        self.left_out.append(problem)

    def note(self, code: str, row: Row, **args: object) -> None:
        """Say something of a row that is read all the same."""
        self.notes.append(Problem.of(code, row.place, "", **args))

    def submissions(self, rows: Iterable[Row], make: Make) -> Iterator[Submission]:
        """The files made of rows; what cannot be read is refused, and the next row is read."""
        for row in rows:
            made = self._made(row, make)
            if made is not None:
                self.read += 1
                self._count(made)
                yield made

    def _made(self, row: Row, make: Make) -> Submission | None:
        same = self._rows.setdefault(tuple(row.cells.values()), row.line)
        if same != row.line:
            self.refuse(Problem.of("corpus_row_twice", row.place, line=same))
            return None
        try:
            data = make(row)
        except UnreadRowError as error:
            self.refuse(Problem.of(error.code, row.place, "", **error.args_))
            return None
        self._tell_apart(row, data)
        draft = Draft(row.file, data, {"": row.place})
        made = check(draft)
        self.left_out += draft.problems
        self.notes += draft.notes
        return made if not draft.problems else None

    def _tell_apart(self, row: Row, data: dict[str, Any]) -> None:
        """An identifier that comes back names another file: it gets a number of its own."""
        name = str(data["id"])
        self._names[name] += 1
        if self._names[name] > 1:
            data["id"] = f"{name} ({self._names[name]})"
            self.note("row_identifier_repeated", row, found=name, name=data["id"])

    def unknown(self) -> list[tuple[str, Fraction]]:
        """The share of files, programmes or dwellings that do not give each field, most wanted first."""
        told = [
            *OF_FILES,
            *(f"programme.{n}" for n in OF_PROGRAMMES),
            *(f"dwelling.{n}" for n in OF_DWELLINGS),
        ]
        return [(name, Fraction(self._missing[name], self._all[name])) for name in told if self._all[name]]

    def _count(self, submission: Submission) -> None:
        for name in OF_FILES:
            self._weigh(name, submission, name, 1)
        for programme in submission.programmes:
            self._count_programme(programme)

    def _count_programme(self, programme: Programme) -> None:
        for name in OF_PROGRAMMES:
            self._weigh(f"programme.{name}", programme, name, 1)
        for dwelling in programme.dwellings or ():
            for name in OF_DWELLINGS:
                self._weigh(f"dwelling.{name}", dwelling, name, _standing_for(dwelling))

    def _weigh(self, name: str, record: Any, path: str, weight: int) -> None:
        value = record
        for step in path.split("."):
            value = getattr(value, step)
        self._all[name] += weight
        self._missing[name] += weight * (value is None)


def _standing_for(dwelling: Dwelling) -> int:
    return int(dwelling.count) if isinstance(dwelling.count, int) else 1
