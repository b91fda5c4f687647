"""Write the plain template, or a submission in it: a workbook that the reader reads back exactly.

Labels, units and lists of words come from the layout, which takes them from the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixrules.message import LANGS, Lang, format_number, say
from mixrules.programme.category import CATEGORIES
from mixrules.programme.layout import (
    EXTRA_HEADERS,
    EXTRAS_SHEET,
    FACT_HEADER,
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
    sheet_title,
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What rulebooks ask for beyond the layout: keys of the sheet Compléments with their labels, facts of lots."""

    extras: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()


NOTHING_ASKED = Asked()


def write_template(path: Path, lang: Lang = "fr") -> None:
    """Write the empty template."""
    workbook(None, lang=lang).save(path)


def write_submission(submission: Submission, path: Path, lang: Lang = "fr") -> None:
    """Write a submission in the layout of the template, so that reading it gives the same submission."""
    workbook(submission, lang=lang).save(path)


def workbook(submission: Submission | None, asked: Asked = NOTHING_ASKED, lang: Lang = "fr") -> Workbook:
    """The template, empty or with a submission, and with rows for what rulebooks ask for."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    _notice(book, lang)
    named = (PROGRAMME_SHEET, *(table.sheet for table in tables()), EXTRAS_SHEET)
    sheets = {name: book.create_sheet(sheet_title(name, lang)) for name in named}
    lists = _lists(book, lang)
    _programme_sheet(book, sheets[PROGRAMME_SHEET], submission, lists, lang)
    for table in tables():
        _table_sheet(sheets[table.sheet], table, submission, lists, asked.facts if table.facts else (), lang)
    _extras_sheet(sheets[EXTRAS_SHEET], submission, asked, lang)
    book.active = book.sheetnames.index(sheets[PROGRAMME_SHEET].title)
    return book


def _notice(book: Workbook, lang: Lang) -> None:
    from openpyxl.styles import Alignment

    sheet = book.create_sheet(sheet_title(NOTICE_SHEET, lang))
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(say("template.notice", lang).splitlines(), start=1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _bold(sheet.cell(1, 1))


def _lists(book: Workbook, lang: Lang) -> dict[str, str]:
    """The drop-down lists, one a column: words with commas cannot stand inside a validation."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(sheet_title(LISTS_SHEET, lang))
    sheet.sheet_state = "hidden"
    words = {"yes_no": [say("word.yes", lang), say("word.no", lang)]}
    words |= {
        name: [labels[LANGS.index(lang)] for labels in category.members.values()]
        for name, category in CATEGORIES.items()
    }
    ranges = {}
    for column, (name, members) in enumerate(words.items(), start=1):
        letter = get_column_letter(column)
        sheet.cell(1, column, name)
        for row, word in enumerate(members, start=2):
            sheet.cell(row, column, word)
        ranges[name] = f"'{sheet.title}'!${letter}$2:${letter}${len(members) + 1}"
    return ranges


def _programme_sheet(
    book: Workbook, sheet: Worksheet, submission: Submission | None, lists: dict[str, str], lang: Lang
) -> None:
    programmes = submission.programmes if submission else [None]
    titles = [f"Programme {n + 1}" for n in range(len(programmes))]
    _headers(sheet, [ROW_HEADER.of(lang), UNIT_HEADER.of(lang), *titles])
    drop_downs = _DropDowns(sheet, lists)
    for row, section, entry in numbered():
        if entry is None:
            _bold(sheet.cell(row, 1, section.title.of(lang)))
            continue
        sheet.cell(row, 1, entry.label.of(lang))
        sheet.cell(row, 2, unit_words(entry.label)[LANGS.index(lang)])
        for index, programme in enumerate(programmes[:1] if section.whole_file else programmes):
            cell = sheet.cell(row, FIRST_VALUE_COLUMN + index)
            root = submission if section.whole_file else programme
            _fill(cell, _value(root, entry.path), entry, lang)
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
    lang: Lang,
) -> None:
    from openpyxl.utils import get_column_letter

    records = list(_records(table, submission))
    held = {key for record, _ in records for key in getattr(record, "facts", None) or {}}
    facts = [*asked, *sorted(held - set(asked))]
    columns = [*table.columns, *([PROGRAMME_COLUMN] if table.per_programme else [])]
    headers = [entry.header(lang) for entry in columns]
    _headers(sheet, headers + [f"{FACT_HEADER.of(lang)}{key}" for key in facts])
    drop_downs = _DropDowns(sheet, lists)
    for number, entry in enumerate(columns, start=1):
        letter = get_column_letter(number)
        drop_downs.add(entry, f"{letter}2:{letter}{max(TEMPLATE_ROWS, len(records) + 1)}")
    for row, (record, programme) in enumerate(records, start=2):
        _record(sheet, row, table, record, lang)
        if table.per_programme:
            _fill(sheet.cell(row, len(columns)), programme, PROGRAMME_COLUMN, lang)
        for column, key in enumerate(facts, start=len(columns) + 1):
            _open_value(sheet.cell(row, column), (getattr(record, "facts", None) or {}).get(key), lang)
    sheet.freeze_panes = "A2"
    _widths(sheet, [max(14, len(header) + 2) for header in headers] + [18] * len(facts))
    drop_downs.write()


def _record(sheet: Worksheet, row: int, table: Table, record: Any, lang: Lang) -> None:
    if record is None:
        sheet.cell(row, 1, say("template.nothing", lang))
        return
    values = [_value(record, entry.path) for entry in table.columns]
    for column, (entry, value) in enumerate(zip(table.columns, values, strict=True), start=1):
        _fill(sheet.cell(row, column), value, entry, lang)
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


def _extras_sheet(sheet: Worksheet, submission: Submission | None, asked: Asked, lang: Lang) -> None:
    _headers(sheet, [header.of(lang) for header in EXTRA_HEADERS])
    _widths(sheet, [44, 30, 22, 80])
    held = {(key, programme): value for key, value, programme in _extras(submission)}
    labels = dict(asked.extras)
    rows = dict.fromkeys((key, "") for key in labels) | held
    for row, ((key, programme), value) in enumerate(rows.items(), start=2):
        write_text(sheet.cell(row, 1), key)
        _open_value(sheet.cell(row, 2), value, lang)
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


def _fill(cell: Any, value: Any, entry: Entry, lang: Lang) -> None:
    """Write a value as the reader will understand it."""
    if value is None:
        pass
    elif value in ("none", "unlimited") and entry.kind in {"number", "date"}:
        write_text(cell, say("word.none", lang) if value == "none" else format_number(inf, lang))
    elif entry.kind == "category":
        write_text(cell, _words(value, entry, lang))
    elif entry.kind == "yes_no":
        write_text(cell, _yes_no(value, lang))
    elif entry.kind == "number":
        _number(cell, value, entry)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "DD/MM/YYYY"
    else:
        write_text(cell, str(value))
    if entry.kind == "text":
        cell.number_format = "@"


def _yes_no(value: bool, lang: Lang) -> str:
    return say("word.yes" if value else "word.no", lang)


def _words(value: frozenset[str], entry: Entry, lang: Lang) -> str:
    members = CATEGORIES[entry.category].members
    return (
        members[next(iter(value))][LANGS.index(lang)]
        if len(value) == 1
        else "|".join(m for m in members if m in value)
    )


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


def _open_value(cell: Any, value: Any, lang: Lang) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        write_text(cell, _yes_no(value, lang))
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

    target = f"'{cell.parent.title}'!${cell.column_letter}${cell.row}"
    book.defined_names[name] = DefinedName(name, attr_text=target)
