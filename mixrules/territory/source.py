"""Loading a corpus into the database: every column in its type, exactly, or refused by name.

Three tables: `programme` (one row a programme, numbered by `r`), `dwelling` and `premise` (one row a line).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.rulebook.model import Rulebook
from mixrules.territory import corpus, kept, needs, shape
from mixrules.territory.column import cast, duck, mapped, marked, unlike
from mixrules.territory.layout import ABSENT, LISTS, MAPS, PARTS, UNLIMITED, columns, schema
from mixrules.territory.listing import Listing
from mixrules.territory.sql.expression import MACROS, name, text

if TYPE_CHECKING:
    import duckdb

ITEMS = {
    "dwelling": "dwellings",
    "premise": "premises",
    "declared": "declared",
    "existing": "district.existing",
    "shared_place": "district.shared_places",
}
"""The tables of lines, and the lists from which they come."""
TODAY = "decided"
"""The day on which a file of a register was decided."""
UNSAVED = "256MB"
"""Changes after which tables are written anew: none of them outlives the run."""
FLOATS = ("FLOAT", "DOUBLE", "REAL")


@dataclass(frozen=True)
class Unfolding:
    """How lines are taken out of the lists of their programmes.

    Attributes:
        number: the number of a line, by its place in its list: counting all lines would take one core.
        placed: whether that reads its place.
        file: the Parquet whose lists Arrow decodes.
    """

    number: str = "r * 4294967296 + place"
    placed: bool = True
    file: Path | None = None


def connect(
    folder: Path, memory: str, threads: int | None = None, *, held: bool = False
) -> duckdb.DuckDBPyConnection:
    """A database in a folder that it may fill where its memory does not suffice.

    Args:
        folder: where it keeps its tables, or what of them does not fit.
        memory: how much it may hold.
        threads: how many it uses; by default one a core.
        held: whether its tables are held in memory as they are: packing them for the disk takes as long as reading
            them, and is worth it for a large corpus alone.
    """
    import duckdb

    connection = duckdb.connect(":memory:" if held else str(folder / "territory.duckdb"))
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute(f"SET checkpoint_threshold = '{UNSAVED}'")
    define(connection)
    if threads:
        connection.execute(f"SET threads = {threads}")
    return connection


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """What queries call beside the functions of the database."""
    for macro in MACROS:
        connection.execute(f"CREATE MACRO {macro}")


def load(
    connection: duckdb.DuckDBPyConnection,
    location: Path | str,
    books: Sequence[Rulebook] | None = None,
) -> int:
    """Load a corpus in Parquet or CSV, or the last decision of each dossier of a register; gives the number of rows.

    Args:
        connection: the database.
        location: the corpus, or the register.
        books: what will decide, where that is known: no more than they read is loaded. All is checked.

    Raises:
        InvalidInputError: no such file, a column that a corpus does not have, or values that its type does not hold
            exactly.
    """
    import duckdb

    path = Path(location)
    if "://" not in str(location) and not path.is_file():
        raise InvalidInputError([Problem.of("file_missing", Place(file=path.name))])
    unfolding = Unfolding()
    try:
        if path.suffix == ".csv":
            # Read once: each look at a CSV parses it again.
            read = f"read_csv({text(str(path)).text}, all_varchar = true, header = true)"
            connection.execute(
                f"CREATE OR REPLACE TABLE source AS SELECT row_number() OVER () AS r, * FROM {read}"
            )
        elif "://" not in str(location) and (path.suffix == ".parquet" or corpus.is_parquet(path)):
            read = f"read_parquet({text(str(path)).text}, file_row_number = true)"
            connection.execute(
                f"CREATE OR REPLACE VIEW source AS SELECT file_row_number + 1 AS r, * EXCLUDE (file_row_number) FROM {read}"
            )
            unfolding = Unfolding(file=path)
        else:
            _registered(connection, str(location))
        given = _described(connection, "source")
    except duckdb.Error as error:
        raise InvalidInputError([unreadable(path, error)]) from None
    return tabled(connection, path, given, books, unfolding)


def tabled(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    given: dict[str, Any],
    books: Sequence[Rulebook] | None = None,
    unfolding: Unfolding | None = None,
) -> int:
    """Make the tables of a corpus from its rows, given the types of their columns; gives the number of programmes.

    Args:
        connection: the database.
        path: the corpus, as problems name it.
        given: the columns with their types.
        books: what will decide, where that is known.
        unfolding: how lines are taken out of their lists.

    Raises:
        InvalidInputError: a column that a corpus does not have, or values that its type does not hold exactly.
    """
    given = shape.checked(connection, path, given, {"r", TODAY})
    wanted = None if books is None else needs.columns(books)
    unfolding = unfolding or Unfolding()
    aside = unfolding.file is not None
    programmes = partial(_programmes, connection.cursor() if aside else connection, path, given, wanted)
    lines = [
        partial(_lines, connection, path, Listing(table, listed, given.get(listed), wanted), unfolding)
        for table, listed in ITEMS.items()
    ]
    # Arrow and the database read a file side by side; nothing else is read by two.
    with ThreadPoolExecutor(2 if aside else 1) as pool:
        problems = [*chain.from_iterable(pool.map(_problems, ([programmes], lines)))]
    if problems:
        raise InvalidInputError(problems)
    found = connection.execute("SELECT count(*) FROM programme").fetchone()
    return int(found[0]) if found else 0


def _problems(made: Sequence[Callable[[], None]]) -> list[Problem]:
    """Make some tables, one after the other; gives what keeps them from being made."""
    problems: list[Problem] = []
    for make in made:
        try:
            make()
        except InvalidInputError as error:
            problems += error.problems
    return problems


def _registered(connection: duckdb.DuckDBPyConnection, location: str) -> None:
    """The files of a register as rows, each with the day on which it was decided."""
    connection.execute("CREATE OR REPLACE SEQUENCE numbers")
    made = (
        row | {TODAY: day}
        for name, submission, day in kept.files(location)
        for row in corpus.rows_of(name, submission)
    )
    layout = schema().append(pa.field(TODAY, pa.date32()))
    connection.register("part", layout.empty_table())
    connection.execute("CREATE OR REPLACE TABLE source AS SELECT nextval('numbers') AS r, * FROM part")
    while group := list(islice(made, corpus.ROWS)):
        connection.register("part", pa.Table.from_pylist(group, schema=layout))
        connection.execute("INSERT INTO source SELECT nextval('numbers'), * FROM part")
    connection.unregister("part")


def unreadable(path: Path, error: Exception) -> Problem:
    """A corpus that cannot be read, and why."""
    if path.suffix == ".csv":
        line = re.search(r"on Line: (\d+)", str(error))
        return Problem.of("corpus_csv", Place(file=path.name, line=int(line[1]) if line else 0))
    if path.suffix == ".parquet":
        return Problem.of("corpus_parquet", Place(file=path.name))
    return Problem.of("corpus_unreadable", Place(file=path.name), why=str(error).splitlines()[0])


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    relation = connection.execute(f"SELECT * FROM {table} LIMIT 0")
    return {column[0]: column[1] for column in relation.description or ()}


def _programmes(
    connection: duckdb.DuckDBPyConnection, path: Path, given: dict[str, Any], wanted: frozenset[str] | None
) -> None:
    typed = {
        "file": "VARCHAR",
        "position": "INTEGER",
        "mixrules": "VARCHAR",
        "id": "VARCHAR",
        "phase": "VARCHAR",
    }
    typed |= {prefix + c.name: duck(c.type) for prefix, record in PARTS for c in columns(record)}
    _exact(connection, path, "source", {c: t for c, t in typed.items() if c in given}, given, "file")
    typed = {c: t for c, t in typed.items() if wanted is None or "." not in c or c in wanted}
    written = [f"{cast(name(c), t) if c in given else f'NULL::{t}'} AS {name(c)}" for c, t in typed.items()]
    written += [f"{mapped(one, given)} AS {name(one)}" for one in MAPS]
    written += [f"{marked(mark, given)} AS {mark}" for mark in (ABSENT, UNLIMITED)]
    written.append(f"{TODAY if TODAY in given else 'NULL::DATE'} AS today")
    several = connection.execute("SELECT count(DISTINCT file) < count(*) FROM source").fetchone()
    first = "min(r) OVER (PARTITION BY file)" if several and several[0] else "r"
    connection.execute(
        f"CREATE OR REPLACE TABLE programme AS SELECT r, {first} AS f, {', '.join(written)} FROM source"
        + ("" if first == "r" else " ORDER BY r")
    )


def _lines(connection: duckdb.DuckDBPyConnection, path: Path, one: Listing, unfolding: Unfolding) -> None:
    stream = one.stream(unfolding.file)
    if stream is not None:
        connection.register("lines", stream)
    else:
        query = one.query(place=one.placed and unfolding.placed)
        connection.execute(f"CREATE OR REPLACE VIEW lines AS {query}")
        _exact(connection, path, "lines", one.given, one.inside, "file", one.listed)
    number = f"{unfolding.number} AS d, " if one.placed else ""
    listed = ", ".join(one.loaded(trimmed=stream is not None))
    connection.execute(
        f"CREATE OR REPLACE TABLE {one.table} AS SELECT r, {number}{listed}, supposed FROM lines"
    )
    if stream is not None:
        connection.unregister("lines")


def _exact(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    typed: dict[str, str],
    given: dict[str, Any],
    file: str,
    where: str = "",
) -> None:
    """Refuse binary floats, and values that the type of their column would round or not hold."""
    floats = [
        c for c, kind in typed.items() if str(given[c]) in FLOATS and kind not in {"VARCHAR", "BOOLEAN"}
    ]
    looked_at = [c for c in unlike(typed, given) if c not in floats]

    def place(column: str) -> Place:
        return Place(file=path.name, pointer=f"{where}.{column}" if where else column)

    problems = [Problem.of("corpus_float", place(c), found=str(given[c])) for c in floats]
    wrong = {c: f"{name(c)} IS NOT NULL AND ({_misfit(name(c), typed[c], str(given[c]))})" for c in looked_at}
    if wrong:
        listed = ", ".join(f"coalesce(bool_or({condition}), FALSE)" for condition in wrong.values())
        held = connection.execute(f"SELECT {listed} FROM {table}").fetchone() or ()
        wrong = {c: condition for (c, condition), some in zip(wrong.items(), held, strict=True) if some}
    for column, condition in wrong.items():
        query = f"SELECT {file}, {name(column)}::VARCHAR FROM {table} WHERE {condition} LIMIT 5"
        for one, value in connection.execute(query).fetchall():
            problems.append(_misfitting(typed[column], place(column), held=one, found=value))
    if problems:
        raise InvalidInputError(problems)


def _misfitting(kind: str, place: Place, *, held: str, found: str) -> Problem:
    if kind.startswith("DECIMAL"):
        digits, places = kind.removeprefix("DECIMAL(").rstrip(")").split(",")
        return Problem.of("corpus_not_decimal", place, held=held, found=found, digits=digits, places=places)
    code = {"DATE": "corpus_not_date", "BOOLEAN": "corpus_not_yes_no"}.get(kind, "corpus_not_whole")
    return Problem.of(code, place, held=held, found=found)


def _misfit(quoted: str, kind: str, found: str) -> str:
    """Whether a value of a column does not fit its type."""
    wrong = f"TRY_CAST({quoted} AS {kind}) IS NULL"
    if kind.startswith(("DECIMAL", "BIGINT")):
        places = int(kind.rstrip(")").split(",")[1]) if "," in kind else 0
        if found == "VARCHAR":
            wrong += f" OR NOT regexp_full_match(trim({quoted}), '[+-]?\\d+(\\.\\d{{0,{places}}}0*)?')"
        else:
            wrong += f" OR TRY_CAST({quoted} AS {kind}) <> {quoted}"
    return wrong


def set_apart(connection: duckdb.DuckDBPyConnection, *, whole: bool) -> None:
    """Copy the rows that are decided step by step, all or odd ones alone: the corpus itself is read no more."""
    some = connection.execute("SELECT bool_or(odd) FROM programme").fetchone()
    where = "TRUE" if whole else "programme.odd" if some and some[0] else "FALSE"
    connection.execute(f"CREATE OR REPLACE TABLE apart AS {_apart(where)} ORDER BY f, r")


def set_one_apart(connection: duckdb.DuckDBPyConnection, r: int) -> None:
    """Copy one row more."""
    connection.execute(f"DELETE FROM apart WHERE r = {r}")
    connection.execute(f"INSERT INTO apart {_apart(f'programme.r = {r}')}")


def _apart(where: str) -> str:
    return f"""
        SELECT source.* EXCLUDE (r), programme.r, programme.odd, programme.f, programme.today
        FROM source JOIN programme ON programme.r = source.r WHERE {where}"""


def rows(connection: duckdb.DuckDBPyConnection, start: int, end: int, size: int) -> Iterator[pa.Table]:
    """The rows set apart whose file begins in a chunk, some at a time; the rows of one file stay together."""
    query = f"SELECT * FROM apart WHERE f BETWEEN {start} AND {end} ORDER BY f, r"
    held: list[pa.RecordBatch] = []
    for batch in connection.cursor().sql(query).to_arrow_reader(size):
        held.append(batch)
        found = pa.Table.from_batches(held)
        cut = pc.index(found["f"], found["f"][-1]).as_py()
        if cut:
            yield found.slice(0, cut)
            held = found.slice(cut).to_batches()
    if held:
        yield pa.Table.from_batches(held)


def parsed(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows as Python values, as `territory.corpus` reads them."""
    for row in rows.to_pylist(maps_as_pydicts="strict"):
        yield {column: _parsed(column, value) for column, value in row.items()}


def _parsed(column: str, value: Any) -> Any:
    """A list or a map of a CSV is written in JSON."""
    if isinstance(value, str) and column in {*LISTS, *MAPS}:
        return json.loads(value, parse_float=Decimal)
    return value
