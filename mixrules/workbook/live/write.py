"""The live template: the plain one, the sheet « Conformité », and the hidden sheets where the formulas work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.engine.facts import convert
from mixrules.message import Lang
from mixrules.programme.layout import CLAIMS, EVIDENCE, EXTRAS_SHEET, sheet_title, tables
from mixrules.programme.model import Submission
from mixrules.programme.template import Asked, as_double, workbook
from mixrules.quantity import Interval
from mixrules.rulebook.model import Input, Rule, Rulebook, text_in
from mixrules.rulebook.tree import Fact
from mixrules.rulebook.walk import expressions, walk
from mixrules.workbook.live import board, guard, packing, page
from mixrules.workbook.live.compiler import Compiler
from mixrules.workbook.live.formula import ROW, NotHeldError, both
from mixrules.workbook.live.inputs import Inputs
from mixrules.workbook.live.ledger import FIRST, Root, Rows
from mixrules.workbook.live.places import TITLES, Places
from mixrules.workbook.live.rulings import Rulings
from mixrules.workbook.live.words import SHEET as WORDS_SHEET
from mixrules.workbook.live.words import Words

if TYPE_CHECKING:
    from openpyxl import Workbook

ROWS = {"dwelling": 500, "premise": 50, "existing": 50, "shared_place": 20}
"""Rows of each table that the formulas calculate; what lies beyond is said to be beyond."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule that formulas do not hold, and the construct that they lack."""

    rule: Rule
    because: NotHeldError


@dataclass
class Live:
    """A live workbook, what its formulas hold and what they refuse."""

    workbook: Workbook
    books: list[board.Guarded]
    lines: list[board.Line]

    @property
    def refused(self) -> list[Refused]:
        """The rules that stay to be checked with mixrules."""
        return [
            Refused(line.ruled.rule, line.ruled.refused)
            for line in self.lines
            if line.ruled.refused is not None
        ]

    def save(self, path: Path) -> None:
        """Write the file; the same rulebooks and day give the same bytes."""
        packing.save(self.workbook, path)


def compose(
    books: Iterable[Rulebook],
    day: date,
    submission: Submission | None = None,
    rows: dict[str, int] | None = None,
    lang: Lang = "fr",
) -> Live:
    """Compile rulebooks at a day into the template, empty or with a submission.

    Args:
        books: the rulebooks to compile.
        day: the day whose rules the formulas hold.
        submission: what the template is filled with.
        rows: how many rows of each table are calculated.
        lang: the language of the workbook.
    """
    ruled = sorted((book for book in books if book.at(day)), key=lambda book: book.id)
    asked = wanted(ruled, day, lang)
    made = workbook(submission, asked, lang)
    inputs = Inputs(Words(), asked, lang)
    lasts = {item: FIRST - 1 + count for item, count in {**ROWS, **(rows or {})}.items()}
    sheets = {item: Rows(title, last=lasts[item]) for item, title in TITLES.items()}
    places = Places(inputs, Root("Calcul"), sheets, len(asked.facts))
    whole = guard.of_file(places)
    guarded = [_guarded(book, day, places, [ok for ok, _ in whole]) for book in ruled]
    if submission is not None:
        _answer(made, submission, asked, ruled, lang)
    sheet = made.create_sheet(sheet_title(page.SHEET, lang), 1)
    lines = page.write(sheet, guarded, day, whole, lang)
    _hidden(made, places)
    made.active = made.sheetnames.index(sheet.title)
    made.calculation.fullCalcOnLoad = True
    return Live(made, guarded, lines)


def _guarded(book: Rulebook, day: date, places: Places, whole: Sequence[str]) -> board.Guarded:
    rulings = Rulings(book, lambda outcome: Compiler(book, day, places.inputs, places, outcome))
    law = guard.of_law(places, book, day)
    answers = places.root.cell(f"{book.id} : la feuille répond", both(*whole, law))
    return board.Guarded(rulings, answers, places.inputs.lang)


# -- what rulebooks ask for ----------------------------------------------------------------------------------


def wanted(books: Sequence[Rulebook], day: date, lang: Lang = "fr") -> Asked:
    """The facts, claims, elections and evidence that rules read and that the layout does not hold."""
    laid_out = {".".join(entry.path) for entry in (*CLAIMS, *EVIDENCE)}
    extras: dict[str, str] = {}
    facts: dict[str, None] = {}
    for book in books:
        for name in _read(book, day):
            given = book.inputs.get(name)
            if given is not None and given.group == "item":
                facts[name] = None
            elif name not in laid_out:
                extras.setdefault(name, text_in(given.label, lang) if given is not None else "")
    return Asked(tuple(extras.items()), tuple(facts))


def _read(book: Rulebook, day: date) -> Iterator[str]:
    for rule in book.at(day):
        if rule.promise is not None:
            yield from (f"evidence.{name}" for name in rule.promise.evidence)
        nodes = [part for node in expressions(rule) for part in walk(node)]
        yield from _names(nodes)
    for cumulation in book.cumulations:
        if cumulation.limit is not None:
            yield from _names(list(walk(cumulation.limit)))


def _names(nodes: Sequence[object]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Fact):
            yield node.name if node.group == "item" else f"{node.group}.{node.name}"


# -- filling in ----------------------------------------------------------------------------------------------


def _answer(
    made: Workbook, submission: Submission, asked: Asked, books: Sequence[Rulebook], lang: Lang
) -> None:
    """Write facts in the type that rules ask for: a number as a number, where the file may hold it as text."""
    known = {name: given for book in books for name, given in book.inputs.items()}
    programme = submission.programmes[0]
    for row, (key, _) in enumerate(asked.extras, start=FIRST):
        group, _, name = key.rpartition(".")
        held = submission.district.facts if group == "district.facts" else getattr(programme, group, {})
        _typed(made[sheet_title(EXTRAS_SHEET, lang)].cell(row, 2), held.get(name), known.get(key))
    lots = tables()[0]
    for row, dwelling in enumerate(programme.dwellings or (), start=FIRST):
        for column, key in enumerate(asked.facts, start=len(lots.columns) + 2):
            _typed(
                made[sheet_title(lots.sheet, lang)].cell(row, column), dwelling.facts.get(key), known.get(key)
            )


def _typed(cell: object, raw: object, given: Input | None) -> None:
    if raw is None or given is None or given.type.kind not in {"number", "date"}:
        return
    value = convert(raw, given.type, frozenset())
    if isinstance(value, Interval) and value.known and not isinstance(value.lo, float):
        plain = date.fromordinal(int(value.lo)) if given.type.kind == "date" else as_double(value.lo)
        if plain is not None:
            cell.value = plain  # type: ignore[attr-defined]


# -- the hidden sheets ---------------------------------------------------------------------------------------


def _hidden(made: Workbook, places: Places) -> None:
    root = made.create_sheet(places.root.title)
    root.append(["Valeur", "Formule"])
    for row, (title, formula) in enumerate(places.root.entries, start=FIRST):
        root.cell(row, 1, title).data_type = "s"
        root.cell(row, 2, f"={formula}")
    for rows in places.tables.values():
        sheet = made.create_sheet(rows.title)
        for column, (title, formula) in enumerate(rows.entries, start=1):
            sheet.cell(1, column, title).data_type = "s"
            for row in range(FIRST, rows.last + 1):
                sheet.cell(row, column, "=" + formula.replace(ROW, str(row)))
        sheet.sheet_state = "hidden"
    words = made.create_sheet(WORDS_SHEET)
    for column, (title, values) in enumerate(places.inputs.words.columns, start=1):
        words.cell(1, column, title).data_type = "s"
        for row, value in enumerate(values, start=FIRST):
            cell = words.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    root.sheet_state = words.sheet_state = "hidden"
