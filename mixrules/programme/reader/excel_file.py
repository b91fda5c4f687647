"""Read a submission from a workbook in the layout of the template, cell by cell.

Every row and column of the layout leaves the place of its cell, filled or not: a decision that lacks a value
can then name the cell where it belongs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mixrules.message import LANGS, InvalidInputError, Lang, Place, Problem, hint, in_each, say, suggest
from mixrules.programme.category import fold
from mixrules.programme.draft import Draft, pointer
from mixrules.programme.layout import (
    ENGLISH_SHEETS,
    EXTRA_HEADERS,
    EXTRAS_SHEET,
    LISTS_SHEET,
    LIVE_SHEETS,
    NOTICE_SHEET,
    PROGRAMME_SHEET,
    ROW_HEADER,
    UNIT_HEADER,
    Entry,
    Table,
    adapt,
    clean,
    sections,
    sheet_title,
    tables,
)
from mixrules.programme.reader.archive import MOST_FAULTS, SheetPart, column_letters, look
from mixrules.programme.reader.assembly import Programmes, assemble, attach
from mixrules.programme.reader.control import is_ours
from mixrules.programme.reader.table import Cells, blank, plain, read_rows

SILENT_SHEETS = (NOTICE_SHEET, LISTS_SHEET, *LIVE_SHEETS)
EXTRA_ROOTS = ("facts", "claims", "elections", "evidence", "district.facts")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the layout: its title in the language of the workbook, and its cells."""

    title: str
    cells: Cells


def read_excel(file: str, content: bytes) -> Draft:
    """Read a workbook in the layout of the template.

    Raises:
        InvalidInputError: the file is not a workbook that can be opened.
    """
    parts = look(file, content)
    draft = Draft(file)
    sheets = _open(file, content, parts, draft)
    for needed in (PROGRAMME_SHEET, tables()[0].sheet):
        if needed not in sheets:
            names = ", ".join(parts) or "?"
            draft.refuse(
                "sheet_missing", Place(), found=names, **in_each("sheet", partial(sheet_title, needed))
            )
    programmes = _programmes(sheets.get(PROGRAMME_SHEET, Sheet(PROGRAMME_SHEET, [])), draft)
    for table in tables():
        if table.sheet in sheets:
            sheet = sheets[table.sheet]
            rows = read_rows(sheet.cells, table, _where(file, sheet.title), draft)
            assemble(rows, table, programmes, draft)
            draft.places.setdefault(_collection(table), Place(file=file, sheet=sheet.title))
    draft.lang = _language(sheets)
    if EXTRAS_SHEET in sheets:
        _extras(sheets[EXTRAS_SHEET], programmes, draft)
    return draft


def _language(sheets: Mapping[str, Sheet]) -> Lang:
    """The language of a workbook, as its sheet of dwellings is titled."""
    dwellings = tables()[0].sheet
    english = fold(ENGLISH_SHEETS[dwellings])
    return "en" if dwellings in sheets and fold(sheets[dwellings].title) == english else "fr"


def _collection(table: Table) -> str:
    return pointer("programmes", 0, table.field) if table.per_programme else pointer("district", table.field)


def _where(file: str, sheet: str) -> Any:
    return lambda row, column: Place(file=file, sheet=sheet, cell=f"{column_letters(column)}{row + 1}")


def _open(file: str, content: bytes, parts: dict[str, SheetPart], draft: Draft) -> dict[str, Sheet]:
    """Each sheet of the layout, by the layout's own name for it."""
    from python_calamine import CalamineError, CalamineWorkbook

    expected = _sheet_names()
    found: dict[str, Sheet] = {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in workbook.sheet_names:
            name = expected.get(fold(title))
            if is_ours(workbook, title):
                continue
            if name is None:
                _other_sheet(title, draft)
            elif name in found:
                draft.refuse(
                    "sheet_twice", Place(file=file, sheet=title), sheet=title, other=found[name].title
                )
            elif name not in SILENT_SHEETS:
                sheet = workbook.get_sheet_by_name(title)
                found[name] = Sheet(title, sheet.to_python(skip_empty_area=False))
                _faults(title, parts.get(title, SheetPart()), draft)
                _merged(title, sheet.merged_cell_ranges or [], draft)
    except (CalamineError, OSError, ValueError):
        raise InvalidInputError([Problem.of("workbook_broken", Place(file=file))]) from None
    return found


def _sheet_names() -> dict[str, str]:
    """The layout's name for each title of a sheet, folded, in either language."""
    translated = {fold(title): name for name, title in ENGLISH_SHEETS.items()}
    return translated | {fold(name): name for name in (*ENGLISH_SHEETS, *LIVE_SHEETS)}


def _other_sheet(title: str, draft: Draft) -> None:
    """A misspelt sheet would lose its data in silence; any other one is left alone, and said so."""
    titles = [*_sheet_names().values(), *ENGLISH_SHEETS.values()]
    near = suggest(title, list(dict.fromkeys(titles)))
    place = Place(file=draft.file, sheet=title)
    if near:
        draft.refuse("sheet_unknown", place, sheet=title, near=near)
    else:
        draft.note("sheet_ignored", place, sheet=title)


def _faults(title: str, part: SheetPart, draft: Draft) -> None:
    place = Place(file=draft.file, sheet=title)
    for cell in part.not_computed[:MOST_FAULTS]:
        draft.refuse("formula_not_computed", replace(place, cell=cell))
    for cell, found in part.errors[:MOST_FAULTS]:
        draft.refuse("cell_in_error", replace(place, cell=cell), found=found)


def _merged(title: str, ranges: Any, draft: Draft) -> None:
    """Only the first cell of a merged block holds a value: the others would be read as not given."""
    for (top, left), (bottom, right) in ranges:
        first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
        draft.refuse("cells_merged", Place(file=draft.file, sheet=title, cell=first), range=f"{first}:{last}")


def _programmes(sheet: Sheet, draft: Draft) -> Programmes:
    cells, heads = sheet.cells, {fold(word) for word in (ROW_HEADER.fr, ROW_HEADER.en)}
    units = {fold(word) for word in (UNIT_HEADER.fr, UNIT_HEADER.en)}
    header = next((n for n, line in enumerate(cells) if line and fold(str(line[0])) in heads), None)
    if header is None:
        if cells:
            place = Place(file=draft.file, sheet=sheet.title, cell="A1")
            heading = in_each(
                "expected", lambda lang: f"{ROW_HEADER.of(lang)}, {UNIT_HEADER.of(lang)}, Programme 1"
            )
            draft.refuse("headers_not_found", place, **heading)
        draft.data["programmes"] = [{}]
        return Programmes(draft.data["programmes"], [""])
    titles = {
        index: clean(str(value))
        for index, value in enumerate(cells[header])
        if index > 0 and not blank(value) and fold(str(value)) not in units
    }
    draft.data["programmes"] = [{} for _ in titles]
    if not titles:
        place = Place(file=draft.file, sheet=sheet.title, cell=f"C{header + 1}")
        draft.refuse("headers_not_found", place, **in_each("expected", lambda _: "Programme 1"))
    _programme_rows(sheet, header, list(titles), draft)
    return Programmes(draft.data["programmes"], list(titles.values()))


def _programme_rows(sheet: Sheet, header: int, columns: list[int], draft: Draft) -> None:
    cells = sheet.cells
    known = {
        name: (entry, section.whole_file)
        for section in reversed(sections())
        for entry in reversed(section.entries)
        for name in entry.titles()
    }
    where = _where(draft.file, sheet.title)
    titles = {fold(title) for section in sections() for title in (section.title.fr, section.title.en)}
    seen: dict[Entry, int] = {}
    for number in range(header + 1, len(cells)):
        line = [plain(value) for value in cells[number]]
        title = str(line[0]) if line and line[0] is not None else ""
        values = {index: line[index] if index < len(line) else None for index in columns}
        given = any(value is not None for value in values.values())
        meaning = known.get(fold(title))
        if fold(title) in titles and not given:
            continue
        if meaning is None:
            if given:
                _unknown_row(title or f"ligne {number + 1}", known, where(number, 0), draft)
            continue
        if meaning[0] in seen:
            draft.refuse("row_twice", where(number, 0), header=title, row=seen[meaning[0]] + 1)
            continue
        seen[meaning[0]] = number
        _store(meaning[0], meaning[1], partial(where, number), values, draft)


def _unknown_row(title: str, known: dict[str, Any], place: Place, draft: Draft) -> None:
    near = suggest(fold(title), list(known))
    near = known[near][0].header_near(near) if near else ""
    additions = in_each(
        "hint", lambda lang: say("hint.additions", lang, sheet=sheet_title(EXTRAS_SHEET, lang))
    )
    draft.refuse(
        "row_unknown",
        place,
        header=title,
        **(hint(near) if near else additions),
    )


def _store(
    entry: Entry, whole_file: bool, where: Callable[[int], Place], values: dict[int, Any], draft: Draft
) -> None:
    for programme, (column, value) in enumerate(values.items()):
        path: tuple[str | int, ...] = entry.path if whole_file else ("programmes", programme, *entry.path)
        if whole_file and programme > 0:
            _same_for_all(entry, value, draft, where(column), next(iter(values.values())))
            continue
        draft.places[pointer(*path)] = where(column)
        if value is not None:
            _put(draft.data, path, adapt(entry, value))


def _same_for_all(entry: Entry, value: Any, draft: Draft, place: Place, first: Any) -> None:
    if value is not None and value != first:
        draft.refuse(
            "file_value_differs", place, label_fr=entry.label.fr, label_en=entry.label.en, found=value
        )


def _put(data: dict[str, Any], path: tuple[str | int, ...], value: Any) -> None:
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part] if isinstance(part, int) else holder.setdefault(part, {})
    holder[path[-1]] = value


def _extras(sheet: Sheet, programmes: Programmes, draft: Draft) -> None:
    """Facts, claims, elections and evidence that the layout does not list: key, value, programme."""
    cells, where = sheet.cells, _where(draft.file, sheet.title)
    wanted = [[fold(title.of(lang)) for title in EXTRA_HEADERS[:2]] for lang in LANGS]
    header = next((n for n, line in enumerate(cells) if [fold(str(v)) for v in line[:2]] in wanted), None)
    if header is None:
        if any(not blank(value) for line in cells for value in line):
            expected = in_each("expected", lambda lang: ", ".join(title.of(lang) for title in EXTRA_HEADERS))
            draft.refuse("headers_not_found", where(0, 0), **expected)
        return
    for number in range(header + 1, len(cells)):
        line = [plain(value) for value in cells[number]] + [None] * 3
        key = str(line[0]) if line[0] is not None else ""
        if not key:
            if line[1] is not None:
                draft.refuse("extra_without_key", where(number, 0), found=line[1])
            continue
        if any(key.startswith(root + ".") for root in EXTRA_ROOTS):
            _extra(key, line, partial(where, number), programmes, draft)
        else:
            roots = ", ".join(f"{root}.…" for root in EXTRA_ROOTS)
            draft.refuse("extra_unknown", where(number, 0), key=key, expected=roots)


def _extra(
    key: str, line: list[Any], where: Callable[[int], Place], programmes: Programmes, draft: Draft
) -> None:
    full: tuple[str | int, ...] = tuple(key.split("."))
    if full[0] != "district":
        index = programmes.find(str(line[2] or ""), where(2), draft)
        if index is None:
            return
        full = ("programmes", index, *full)
    if pointer(*full) in draft.places:
        first = draft.places[pointer(*full)]
        draft.refuse("extra_twice", where(0), key=key, other=first)
        return
    draft.places[pointer(*full)] = where(1)
    if line[1] is None:
        return
    try:
        attach(draft.data, full, line[1])
    except TypeError:
        draft.refuse("extra_twice", where(0), key=key, other=full[-1])
