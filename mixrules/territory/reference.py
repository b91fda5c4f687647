"""Reference tables over a corpus: facts of communes that files do not give, as the tables in force state them.

The reading is that of `engine.supplement`: what a file gives stands, and a table answers on its own days only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mixrules.programme.insee import commune_code
from mixrules.programme.model import Commune, Submission
from mixrules.rulebook.dependence import commune_reads
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.rulebook.reference.table import Column
from mixrules.rulebook.walk import all_expressions
from mixrules.territory import corpus
from mixrules.territory.layout import schema
from mixrules.territory.sql.expression import name

if TYPE_CHECKING:
    import duckdb

INSEE = '"commune.insee"'


@dataclass(frozen=True)
class Told:
    """What reference tables say beside programmes `p` and their laws `l`, as parts of a query."""

    filled: Mapping[str, str]
    torn: tuple[str, ...] = ()
    joined: str = ""


SILENT = Told({})


def consult(
    connection: duckdb.DuckDBPyConnection,
    shelf: ReferenceShelf,
    books: Sequence[Rulebook],
    days: Collection[str],
) -> Told:
    """Fill in the facts of communes that rulebooks read; a file for which two of its days differ is torn.

    Raises:
        InvalidInputError: a table that cannot be used, or two in force that do not say the same.
    """
    fields = [field for field in sorted(_read(books)) if _columns(shelf, field)]
    if not fields or not days:
        return SILENT
    connection.register("said", _said_of_all(connection, shelf, fields, days))
    connection.execute("CREATE OR REPLACE TABLE told AS SELECT * FROM said")
    connection.unregister("said")
    joined = "".join(
        f" LEFT JOIN told AS {day}_told ON {day}_told.insee = p.{INSEE} "
        f"AND l.{day} >= {day}_told.start AND l.{day} < {day}_told.stop"
        for day in days
    )
    first, *others = days
    open_ = {
        field: f"(p.{name(field)} IS NULL AND NOT list_contains(coalesce(p.absent, []), '{field}') "
        f"AND NOT list_contains(coalesce(p.unlimited, []), '{field}'))"
        for field in fields
    }
    filled = {
        field: f"CASE WHEN {open_[field]} THEN {first}_told.{name(field)} ELSE p.{name(field)} END"
        for field in fields
    }
    torn = (
        f"({open_[field]} AND {first}_told.{name(field)} IS DISTINCT FROM {other}_told.{name(field)})"
        for field in fields
        for other in others
    )
    return Told(filled, tuple(torn), joined)


def _read(books: Sequence[Rulebook]) -> frozenset[str]:
    """The facts of the commune that rulebooks read."""
    return frozenset[str]().union(*(commune_reads(all_expressions(book)) for book in books))


def _columns(shelf: ReferenceShelf, field: str) -> list[Column]:
    return [column for held in shelf.tables for column in held.table.columns if column.field == field]


def _said_of_all(
    connection: duckdb.DuckDBPyConnection, shelf: ReferenceShelf, fields: Sequence[str], days: Collection[str]
) -> pa.Table:
    """What the tables say of each commune of the corpus, between two changes of the tables."""
    periods = [column.period for field in fields for column in _columns(shelf, field)]
    ends = {day for period in periods for day in (period.start, period.end) if day is not None}
    starts = [date.min, *sorted(ends - {date.min}), date.max]
    reached: set[tuple[str, int]] = set()
    for day in days:
        query = f"SELECT DISTINCT {INSEE}, {day} FROM programme JOIN laws USING (r) WHERE {INSEE} IS NOT NULL"
        reached |= {
            (insee, bisect_right(starts, on) - 1) for insee, on in connection.execute(query).fetchall()
        }
    spans = list(pairwise(starts))
    layout = pa.schema(
        [("insee", pa.string()), ("start", pa.date32()), ("stop", pa.date32())]
        + [(field, schema().field(field).type) for field in fields]
    )
    rows = [
        {
            "insee": insee,
            "start": spans[index][0],
            "stop": spans[index][1],
            **_said(shelf, fields, insee, spans[index][0]),
        }
        for insee, index in sorted(reached)
    ]
    return pa.Table.from_pylist(rows, schema=layout)


def _said(shelf: ReferenceShelf, fields: Sequence[str], insee: str, day: date) -> dict[str, Any]:
    """What the tables say of a commune on a day, as a corpus writes it."""
    code = commune_code(insee)
    answers = {field: shelf.answer(field, code, day) for field in fields} if code is not None else {}
    cells = {field.removeprefix("commune."): one.cell for field, one in answers.items() if one is not None}
    commune = Commune.model_validate(cells)
    (row,) = corpus.rows_of(
        insee, Submission.model_validate({"programme": {}}).model_copy(update={"commune": commune})
    )
    return {field: row[field] for field in fields}
