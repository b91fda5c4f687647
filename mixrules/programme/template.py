"""Write the plain template, or a submission in it: a workbook that the reader reads back exactly.

Labels, units and lists of words come from the layout, which takes them from the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixrules.programme.category import CATEGORIES
from mixrules.programme.layout import (
    EXTRA_HEADERS,
    EXTRAS_SHEET,
    LISTS_SHEET,
    NOTICE_SHEET,
    PROGRAMME_COLUMN,
    PROGRAMME_SHEET,
    ROW_HEADER,
    UNIT_HEADER,
    Entry,
    Table,
    numbered,
    range_name,
    sections,
    tables,
    unit_words,
)
from mixrules.programme.model import Programme, Submission
from mixrules.programme.naming import find_programme
from mixrules.quantity import Exact, NotExactError, canonical, parse_exact

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TEMPLATE_ROWS = 1_000
"""Rows of a table that get drop-down lists."""
FIRST_VALUE_COLUMN = 3

NOTICE = """Comment remplir ce classeur

Une case vide veut dire « inconnu » : la décision dira que la valeur manque, elle ne la devinera pas.
« sans objet » veut dire que la chose n'existe pas (par exemple : le plan ne fixe aucun taux).
0 est une valeur : zéro place, zéro euro. N'écrivez pas 0 pour « inconnu ».

Feuille Programme : une rubrique par ligne ; la valeur se met en colonne C.
Plusieurs programmes (un quartier) : ajoutez une colonne D intitulée « Programme 2 », puis E, etc.
Dossier, dates, commune et quartier valent pour tout le dossier : ils restent en colonne C.

Feuille Lots : une ligne par logement, sans ligne de total ni cellules fusionnées.
Une ligne peut aussi valoir pour N logements identiques pas encore placés (« nombre de logements »).
Un logement locatif social dont le financement n'est pas arrêté s'écrit PLAI|PLUS|PLS.
Colonne « programme » : seulement si le dossier en compte plusieurs (identifiant, nom, ou « Programme 2 »).

Feuille vide : inconnu. Pour dire qu'il n'y en a aucun (aucun local, aucun lieu partagé), écrivez « néant ».
Feuille Totaux déclarés : les totaux d'un document, comparés aux lignes sans jamais les remplacer.
Feuille Compléments : ce que demande un règlement local, une clé par ligne
(facts.clé, claims.clé, elections.clé, evidence.clé, district.facts.clé).

Les taux s'écrivent « 30 % » ou 0,3 ; les dates 01/03/2026 ; les surfaces au centième de m² au plus."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What rulebooks ask for beyond the layout: keys of the sheet Compléments with their labels, facts of lots."""

    extras: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()


NOTHING_ASKED = Asked()


def write_template(path: Path) -> None:
    """Write the empty template."""
    workbook(None).save(path)


def write_submission(submission: Submission, path: Path) -> None:
    """Write a submission in the layout of the template, so that reading it gives the same submission."""
    workbook(submission).save(path)


def workbook(submission: Submission | None, asked: Asked = NOTHING_ASKED) -> Workbook:
    """The template, empty or with a submission, and with rows for what rulebooks ask for."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    _notice(book)
    sheets = {PROGRAMME_SHEET: book.create_sheet(PROGRAMME_SHEET)}
    sheets |= {table.sheet: book.create_sheet(table.sheet) for table in tables()}
    extras = book.create_sheet(EXTRAS_SHEET)
    lists = _lists(book)
    _programme_sheet(book, sheets[PROGRAMME_SHEET], submission, lists)
    for table in tables():
        _table_sheet(sheets[table.sheet], table, submission, lists, asked.facts if table.facts else ())
    _extras_sheet(extras, submission, asked)
    book.active = book.sheetnames.index(PROGRAMME_SHEET)
    return book


def _notice(book: Workbook) -> None:
    from openpyxl.styles import Alignment

    sheet = book.create_sheet(NOTICE_SHEET)
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(NOTICE.splitlines(), start=1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _bold(sheet.cell(1, 1))


def _lists(book: Workbook) -> dict[str, str]:
    """The drop-down lists, one a column: words with commas cannot stand inside a validation."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    words = {"yes_no": ["oui", "non"]}
    words |= {name: [fr for fr, _ in category.members.values()] for name, category in CATEGORIES.items()}
    ranges = {}
    for column, (name, members) in enumerate(words.items(), start=1):
        letter = get_column_letter(column)
        sheet.cell(1, column, name)
        for row, word in enumerate(members, start=2):
            sheet.cell(row, column, word)
        ranges[name] = f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(members) + 1}"
    return ranges


def _programme_sheet(
    book: Workbook, sheet: Worksheet, submission: Submission | None, lists: dict[str, str]
) -> None:
    programmes = submission.programmes if submission else [None]
    _headers(sheet, [ROW_HEADER, UNIT_HEADER, *(f"Programme {n + 1}" for n in range(len(programmes)))])
    drop_downs = _DropDowns(sheet, lists)
    for row, section, entry in numbered():
        if entry is None:
            _bold(sheet.cell(row, 1, section.title))
            continue
        sheet.cell(row, 1, entry.label.fr)
        sheet.cell(row, 2, unit_words(entry.label)[0])
        for index, programme in enumerate(programmes[:1] if section.whole_file else programmes):
            cell = sheet.cell(row, FIRST_VALUE_COLUMN + index)
            root = submission if section.whole_file else programme
            _fill(cell, _value(root, entry.path), entry)
            drop_downs.add(entry, cell.coordinate)
            _name(book, range_name(entry, index), cell)
    sheet.freeze_panes = "C2"
    _widths(sheet, [62, 16] + [26] * len(programmes))
    drop_downs.write()


def _table_sheet(
    sheet: Worksheet,
    table: Table,
    submission: Submission | None,
    lists: dict[str, str],
    asked: Sequence[str],
) -> None:
    from openpyxl.utils import get_column_letter

    records = list(_records(table, submission))
    held = {key for record, _ in records for key in getattr(record, "facts", None) or {}}
    facts = [*asked, *sorted(held - set(asked))]
    columns = [*table.columns, *([PROGRAMME_COLUMN] if table.per_programme else [])]
    _headers(sheet, [entry.header for entry in columns] + [f"fait : {key}" for key in facts])
    drop_downs = _DropDowns(sheet, lists)
    for number, entry in enumerate(columns, start=1):
        letter = get_column_letter(number)
        drop_downs.add(entry, f"{letter}2:{letter}{max(TEMPLATE_ROWS, len(records) + 1)}")
    for row, (record, programme) in enumerate(records, start=2):
        _record(sheet, row, table, record)
        if table.per_programme:
            _fill(sheet.cell(row, len(columns)), programme, PROGRAMME_COLUMN)
        for column, key in enumerate(facts, start=len(columns) + 1):
            _open_value(sheet.cell(row, column), (getattr(record, "facts", None) or {}).get(key))
    sheet.freeze_panes = "A2"
    _widths(sheet, [max(14, len(entry.header) + 2) for entry in columns] + [18] * len(facts))
    drop_downs.write()


def _record(sheet: Worksheet, row: int, table: Table, record: Any) -> None:
    if record is None:
        sheet.cell(row, 1, "néant")
        return
    values = [_value(record, entry.path) for entry in table.columns]
    for column, (entry, value) in enumerate(zip(table.columns, values, strict=True), start=1):
        _fill(sheet.cell(row, column), value, entry)
    if all(value in (None, "none") for value in values):
        # A record of which nothing is known must still be counted: « ? » keeps its row, and is not « néant ».
        column = next(n for n, entry in enumerate(table.columns, start=1) if entry.kind == "category")
        sheet.cell(row, column, "?")


def _records(table: Table, submission: Submission | None) -> Iterator[tuple[Any, str | None]]:
    """The records of a table with their programme's name; None stands for « néant »."""
    if submission is None:
        return
    holders: Sequence[Any] = submission.programmes if table.per_programme else [submission.district]
    for index, holder in enumerate(holders):
        several = table.per_programme and len(holders) > 1
        name = programme_name(submission.programmes, index) if several else None
        held = getattr(holder, table.field)
        if held == [] and table.field != "declared":
            yield None, name
        for record in held or ():
            yield record, name


def programme_name(programmes: list[Programme], index: int) -> str:
    """The shortest name that means one programme among several."""
    ids = [programme.id or "" for programme in programmes]
    names = [programme.name or "" for programme in programmes]
    titles = [f"Programme {n + 1}" for n in range(len(programmes))]
    for name in (ids[index], names[index], titles[index]):
        if name and find_programme(name, ids, names, titles) == index:
            return name
    return titles[index]


def _extras_sheet(sheet: Worksheet, submission: Submission | None, asked: Asked) -> None:
    _headers(sheet, list(EXTRA_HEADERS))
    _widths(sheet, [44, 30, 22, 80])
    held = {(key, programme): value for key, value, programme in _extras(submission)}
    labels = dict(asked.extras)
    rows = dict.fromkeys((key, "") for key in labels) | held
    for row, ((key, programme), value) in enumerate(rows.items(), start=2):
        write_text(sheet.cell(row, 1), key)
        _open_value(sheet.cell(row, 2), value)
        if programme:
            write_text(sheet.cell(row, 3), programme)
        if key in labels:
            write_text(sheet.cell(row, 4), labels[key])


def _extras(submission: Submission | None) -> Iterator[tuple[str, Any, str]]:
    if submission is None:
        return
    yield from ((key, value, "") for key, value in _flat("district.facts", submission.district.facts))
    laid_out = {".".join(entry.path) for section in sections() for entry in section.entries}
    several = len(submission.programmes) > 1
    for index, programme in enumerate(submission.programmes):
        name = programme_name(submission.programmes, index) if several else ""
        for root in ("facts", "claims", "elections", "evidence"):
            for key, value in _flat(root, getattr(programme, root)):
                if key not in laid_out:
                    yield key, value, name


def _flat(prefix: str, held: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in held.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key}", value


def _value(root: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        root = root.get(part) if isinstance(root, dict) else getattr(root, part, None)
    return root


def _fill(cell: Any, value: Any, entry: Entry) -> None:
    """Write a value as the reader will understand it."""
    if value is None:
        pass
    elif value in ("none", "unlimited") and entry.kind in {"number", "date"}:
        write_text(cell, "sans objet" if value == "none" else "illimité")
    elif entry.kind == "category":
        write_text(cell, _words(value, entry))
    elif entry.kind == "yes_no":
        write_text(cell, "oui" if value else "non")
    elif entry.kind == "number":
        _number(cell, value, entry)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "DD/MM/YYYY"
    else:
        write_text(cell, str(value))
    if entry.kind == "text":
        cell.number_format = "@"


def _words(value: frozenset[str], entry: Entry) -> str:
    members = CATEGORIES[entry.category].members
    return members[next(iter(value))][0] if len(value) == 1 else "|".join(m for m in members if m in value)


def _number(cell: Any, value: Any, entry: Entry) -> None:
    try:
        exact = parse_exact(value)
    except NotExactError:
        write_text(cell, str(value))
        return
    number = as_double(Fraction(exact))
    if number is None:
        write_text(cell, canonical(exact))
        return
    cell.value = number
    if entry.label.unit == "%":
        cell.number_format = "0.00 %"


def as_double(exact: Exact) -> float | int | None:
    """The number as a spreadsheet holds it, or None when fifteen digits do not write it exactly."""
    written = f"{float(exact):.15g}"
    if Fraction(Decimal(written)) != exact:
        return None
    return int(exact) if exact.denominator == 1 else float(written)


def _open_value(cell: Any, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        write_text(cell, "oui" if value else "non")
    elif isinstance(value, int):
        cell.value = value
    else:
        write_text(cell, str(value))


def write_text(cell: Any, words: str) -> None:
    """Text stays text: a lot called « =1 » or « 1.10 » is neither a formula nor a number."""
    cell.value = words
    cell.data_type = "s"


@dataclass
class _DropDowns:
    """The validations of one sheet: one for each list, over all its cells."""

    sheet: Worksheet
    lists: dict[str, str]

    def __post_init__(self) -> None:
        self.cells: dict[str, list[str]] = {}

    def add(self, entry: Entry, cells: str) -> None:
        """Offer the words of an entry in some cells."""
        name = entry.category if entry.kind == "category" else entry.kind
        if name in self.lists:
            self.cells.setdefault(name, []).append(cells)

    def write(self) -> None:
        """Write the validations; they offer and do not refuse: synonyms are read too."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for name, cells in self.cells.items():
            validation = DataValidation(type="list", formula1=self.lists[name], allow_blank=True)
            validation.showErrorMessage = False
            for area in cells:
                validation.add(area)
            self.sheet.add_data_validation(validation)


def _headers(sheet: Worksheet, titles: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    for column, title in enumerate(titles, start=1):
        cell = sheet.cell(1, column, title)
        _bold(cell)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _bold(cell: Any) -> None:
    from openpyxl.styles import Font

    cell.font = Font(bold=True)


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _name(book: Workbook, name: str, cell: Any) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    target = f"'{PROGRAMME_SHEET}'!${cell.column_letter}${cell.row}"
    book.defined_names[name] = DefinedName(name, attr_text=target)
