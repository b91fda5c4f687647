"""Open a file of any accepted format into its sheets, without running, following or trusting anything in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.foreign.grid import NOT_COMPUTED, Cell, Grid, blocks
from mixrules.programme.reader.archive import SheetPart, address, look
from mixrules.programme.reader.control import is_ours
from mixrules.programme.reader.csv_file import cells_of

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


def open_sheets(file: str, content: bytes) -> list[Grid]:
    """The sheets of a workbook, or the only one of a CSV.

    Raises:
        InvalidInputError: the file is of another format, broken, protected, or out of proportion.
    """
    if content.startswith(OLE):
        from mixrules.programme.foreign.old_excel import open_xls

        return open_xls(file, content)
    if content.startswith(ZIP):
        from mixrules.programme.foreign import opendocument

        if opendocument.recognises(content):
            return opendocument.open_ods(file, content)
        return _open_xlsx(file, content)
    suffix = PurePath(file).suffix.lower()
    if suffix in {".csv", ".tsv"}:
        rows, lines = cells_of(file, content)
        return [Grid(file, "", rows, lines=lines)]
    code = "workbook_expected" if suffix in SUFFIXES else "import_type_unknown"
    raise InvalidInputError([Problem.of(code, Place(file=file), suffix=suffix or "?")])


def _open_xlsx(file: str, content: bytes) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    parts = look(file, content)
    grids = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {m.name for m in workbook.sheets_metadata if m.visible != SheetVisibleEnum.Visible}
        for title in workbook.sheet_names:
            if title not in parts or is_ours(workbook, title):
                continue
            sheet = workbook.get_sheet_by_name(title)
            part = parts[title]
            grids.append(
                Grid(
                    file,
                    title,
                    sheet.to_python(skip_empty_area=False),
                    merged=blocks(sheet.merged_cell_ranges or []),
                    hidden_rows=frozenset(part.hidden_rows),
                    hidden_columns=frozenset(part.hidden_columns),
                    hidden=title in hidden,
                    faults=_faults(part),
                )
            )
    except (CalamineError, OSError, ValueError):
        raise InvalidInputError([Problem.of("workbook_broken", Place(file=file))]) from None
    return grids


def _faults(part: SheetPart) -> dict[Cell, str]:
    found = {address(cell): NOT_COMPUTED for cell in part.not_computed}
    return found | {address(cell): error or "?" for cell, error in part.errors}


def left_alone(file: str, content: bytes) -> list[Problem]:
    """What a workbook holds that could run or reach elsewhere: it is never followed, and that is said."""
    macros = links = False
    if content.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
        macros = any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names)
        links = any(name.startswith("xl/externalLinks/") for name in names)
    elif content.startswith(OLE):
        macros = "_VBA_PROJECT".encode("utf-16-le") in content
    found = {"workbook_macros": macros, "workbook_links": links}
    return [Problem.of(code, Place(file=file)) for code, there in found.items() if there]
