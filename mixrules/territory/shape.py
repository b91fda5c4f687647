"""Whether a table has the shape of a corpus: its columns, what its lists and maps hold, the JSON that a CSV writes.

What a corpus does not have is named, never left out in silence: a misspelt column would be a fact that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.territory.layout import ABSENT, LISTS, MAPS, UNLIMITED, columns, schema
from mixrules.territory.sql.expression import name

if TYPE_CHECKING:
    import duckdb

EMPTY = '"NULL"[]'
"""The type of a list that is empty in every row."""
LIST = re.compile(rf"VARCHAR|STRUCT.*\[\]|{re.escape(EMPTY)}", re.DOTALL).fullmatch
MAP = re.compile(r"VARCHAR|(MAP|STRUCT)\b.*", re.DOTALL).fullmatch
MARK = re.compile(r"VARCHAR(\[\])?").fullmatch
"""How the database writes the types of lists, of facts and of marks; a text is read as JSON, or word by word."""
FEW = 5
"""Rows named at most for each column."""


def checked(
    connection: duckdb.DuckDBPyConnection, path: Path, given: dict[str, Any], beside: set[str]
) -> dict[str, Any]:
    """The columns of `source` with their types, without lists that hold nothing in any row, whose type says nothing.

    Args:
        connection: the database.
        path: the corpus, as problems name it.
        given: the columns with their types.
        beside: columns that the loading adds.

    Raises:
        InvalidInputError: every column that a corpus does not have or that is not of its kind, and bad JSON.
    """
    empty, odd = _odd(connection, given)
    kept = {column: kind for column, kind in given.items() if column not in empty}
    problems = [*_columns(path, given, beside)]
    problems += [_misshapen(path, column, given[column]) for column in odd]
    problems += [
        one for listed in LISTS if listed in kept and listed not in odd for one in _lines(path, listed, kept)
    ]
    if not problems:
        problems = list(_written(connection, path, kept))
    if problems:
        raise InvalidInputError(problems)
    return kept


def fields(listed: str) -> list[str]:
    """What a line of a list may give."""
    record = LISTS[listed]
    maps = ["facts"] if "facts" in record.model_fields else []
    return [*(column.name for column in columns(record)), *maps, ABSENT, UNLIMITED]


def _columns(path: Path, given: dict[str, Any], beside: set[str]) -> Iterator[Problem]:
    names = [field.name for field in schema()]
    for column in given:
        if column not in {*names, *beside}:
            yield Problem.of(
                "corpus_column", Place(file=path.name), found=column, near=suggest(column, names)
            )
    if "file" not in given:
        yield Problem.of("corpus_column_missing", Place(file=path.name), found="file")


def _odd(connection: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The lists and maps of another type: those that hold nothing, and the others."""
    shapes = dict.fromkeys(LISTS, LIST) | dict.fromkeys(MAPS, MAP) | dict.fromkeys((ABSENT, UNLIMITED), MARK)
    found = [column for column in given if column in shapes and not shapes[column](str(given[column]))]
    if not found:
        return [], []
    asked = ", ".join(f"count({name(column)})" for column in found)
    held = dict(zip(found, connection.execute(f"SELECT {asked} FROM source").fetchone() or (), strict=True))
    return [column for column in found if not held[column]], [column for column in found if held[column]]


def _misshapen(path: Path, column: str, kind: Any) -> Problem:
    return Problem.of("corpus_shape", Place(file=path.name, pointer=column), found=str(kind))


def _lines(path: Path, listed: str, given: dict[str, Any]) -> Iterator[Problem]:
    """The fields of lines that no line has."""
    if str(given[listed]) in {"VARCHAR", EMPTY}:
        return
    known = fields(listed)
    for field, _ in given[listed].children[0][1].children:
        if field not in known:
            place = Place(file=path.name, pointer=listed)
            yield Problem.of("corpus_column", place, found=field, near=suggest(field, known))


# -- JSON in a CSV ---------------------------------------------------------------------------------------


def _written(connection: duckdb.DuckDBPyConnection, path: Path, given: dict[str, Any]) -> Iterator[Problem]:
    for column in (*LISTS, *MAPS):
        if str(given.get(column)) != "VARCHAR":
            continue
        place = Place(file=path.name, pointer=column)
        expected = "ARRAY" if column in LISTS else "OBJECT"
        wrong = f"NOT json_valid({name(column)}) OR json_type(CASE WHEN json_valid({name(column)}) THEN {name(column)} END) <> '{expected}'"
        rows = connection.execute(
            f"SELECT file, left({name(column)}, 60) FROM source WHERE {name(column)} IS NOT NULL AND ({wrong}) LIMIT {FEW}"
        ).fetchall()
        form = "[{…}, …]" if column in LISTS else "{…}"
        for held, found in rows:
            yield Problem.of("corpus_json", place, held=held, found=found, expected=form)
        if not rows and column in LISTS:
            yield from _keys(connection, place, column)


def _keys(connection: duckdb.DuckDBPyConnection, place: Place, listed: str) -> Iterator[Problem]:
    known = fields(listed)
    query = (
        f"SELECT DISTINCT unnest(json_keys(line)) AS k FROM "
        f"(SELECT unnest(from_json({name(listed)}, '[\"JSON\"]')) AS line FROM source) ORDER BY k"
    )
    for (field,) in connection.execute(query).fetchall():
        if field not in known:
            yield Problem.of("corpus_column", place, found=field, near=suggest(field, known))
