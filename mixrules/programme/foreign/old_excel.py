"""Open an old Excel workbook (.xls): cells, merged blocks and what is hidden, in one pass of xlrd.

Its macros and external links are records that are never looked at; a sheet is at most 65,536 rows by 256 columns.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.foreign.grid import Cell, Grid, blocks
from mixrules.programme.reader.archive import MOST_CELLS


def open_xls(file: str, content: bytes) -> list[Grid]:
    """The sheets of an .xls workbook.

    Raises:
        InvalidInputError: it is broken, protected, or out of proportion.
    """
    import xlrd

    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InvalidInputError([Problem.of("workbook_protected", Place(file=file))])
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return [_grid(file, sheet, book.datemode) for sheet in book.sheets()]
    except InvalidInputError:
        raise
    except xlrd.XLRDError as error:
        code = "workbook_protected" if "encrypted" in str(error) else "workbook_broken"
        raise InvalidInputError([Problem.of(code, Place(file=file))]) from None
    except Exception:  # noqa: BLE001 - a damaged file makes xlrd fail in any way
        raise InvalidInputError([Problem.of("workbook_broken", Place(file=file))]) from None


def _grid(file: str, sheet: Any, datemode: int) -> Grid:
    import xlrd

    faults: dict[Cell, str] = {}
    rows: list[list[Any]] = []
    if sum(sheet.row_len(row) for row in range(sheet.nrows)) > MOST_CELLS:
        args = {"rows": sheet.nrows, "columns": sheet.ncols}
        raise InvalidInputError([Problem.of("workbook_too_wide", Place(file=file), "", **args)])
    for row in range(sheet.nrows):
        values: list[Any] = []
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                faults[row, column] = xlrd.error_text_from_code.get(cell.value, "?")
            values.append(_value(cell, datemode))
        rows.append(values)
    return Grid(
        file,
        sheet.name,
        rows,
        merged=blocks(
            ((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        hidden=sheet.visibility != 0,
        faults=faults,
    )


def _value(cell: Any, datemode: int) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            day: datetime = xlrd.xldate_as_datetime(cell.value, datemode)
        except (ValueError, OverflowError):
            return cell.value
        return day.date() if day.hour == day.minute == 0 else day
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype in {xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} else cell.value
