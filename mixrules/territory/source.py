"""Loading a corpus into the database: every column in its type, exactly, or refused by name.

Three tables: `programme` (one row a programme, numbered by `r`), `dwelling` and `premise` (one row a line).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
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
from mixrules.territory.layout import ABSENT, LISTS, MAPS, PARTS, UNLIMITED, columns, schema
from mixrules.territory.sql.expression import name, text
from mixrules.territory.stream import Lines

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
MACROS = (
    "quotient(n, d) AS coalesce((TRY_CAST(n AS BIGINT) // TRY_CAST(d AS BIGINT))::HUGEINT, n::HUGEINT // d::HUGEINT)",
    "divisor(n, d) AS coalesce(gcd(TRY_CAST(n AS BIGINT), TRY_CAST(d AS BIGINT))::HUGEINT, gcd(n::HUGEINT, d::HUGEINT))",
)
"""Divisions of whole numbers: on 64 bits they take a tenth of the time that they take on 128."""


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


def connect(folder: Path, memory: str, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database in a folder that it may fill where its memory does not suffice."""
    import duckdb

    connection = duckdb.connect(str(folder / "territory.duckdb"))
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
    # Arrow and the database read the file side by side; nothing else is read by two.
    beside = connection.cursor() if unfolding.file is not None else connection
    with ThreadPoolExecutor(1) as pool:
        programmes = pool.submit(_problems, partial(_programmes, beside, path, given, wanted))
        if unfolding.file is None:
            wait([programmes])
        lines = [
            _problems(partial(_lines, connection, path, table, listed, given.get(listed), wanted, unfolding))
            for table, listed in ITEMS.items()
        ]
        problems = [*programmes.result(), *chain.from_iterable(lines)]
    if problems:
        raise InvalidInputError(problems)
    found = connection.execute("SELECT count(*) FROM programme").fetchone()
    return int(found[0]) if found else 0


def _problems(make: Callable[[], None]) -> list[Problem]:
    """What keeps a table from being made."""
    try:
        make()
    except InvalidInputError as error:
        return error.problems
    return []


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
    written = [f"{_cast(name(c), t) if c in given else f'NULL::{t}'} AS {name(c)}" for c, t in typed.items()]
    written += [f"{_map(mapped, given)} AS {name(mapped)}" for mapped in MAPS]
    written += [f"{_list(mark, given)} AS {mark}" for mark in (ABSENT, UNLIMITED)]
    written.append(f"{TODAY if TODAY in given else 'NULL::DATE'} AS today")
    several = connection.execute("SELECT count(DISTINCT file) < count(*) FROM source").fetchone()
    first = "min(r) OVER (PARTITION BY file)" if several and several[0] else "r"
    connection.execute(
        f"CREATE OR REPLACE TABLE programme AS SELECT r, {first} AS f, {', '.join(written)} FROM source"
        + ("" if first == "r" else " ORDER BY r")
    )


def _map(column: str, given: dict[str, Any]) -> str:
    if column not in given:
        return "NULL::MAP(VARCHAR, VARCHAR)"
    if str(given[column]) == "VARCHAR":
        return f"json({name(column)})::MAP(VARCHAR, JSON)::MAP(VARCHAR, VARCHAR)"
    return f"{name(column)}::MAP(VARCHAR, VARCHAR)"


def _list(column: str, given: dict[str, Any]) -> str:
    if column not in given:
        return "NULL::VARCHAR[]"
    if str(given[column]) == "VARCHAR":
        return f"string_split({name(column)}, ' ')"
    return f"{name(column)}::VARCHAR[]"


def _lines(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    listed: str,
    kind: Any,
    wanted: frozenset[str] | None,
    unfolding: Unfolding,
) -> None:
    record = LISTS[listed]
    typed = {c.name: duck(c.type) for c in columns(record)}
    facts = "facts" in record.model_fields
    read = facts and (wanted is None or needs.FACTS in wanted)
    # Only places ask which line lies in them.
    placed = wanted is None or wanted >= needs.PLACED
    kept = {c: t for c, t in typed.items() if wanted is None or c in wanted}
    inside: dict[str, Any] = {}
    structured = kind is not None and str(kind) not in {"VARCHAR", shape.EMPTY}
    if structured:
        inside = dict(kind.children[0][1].children)
    elif str(kind) == "VARCHAR":
        inside = dict.fromkeys([*typed, *(["facts"] if facts else [])], "VARCHAR")
    given = {c: t for c, t in typed.items() if c in inside}
    stream = None
    if structured and unfolding.file is not None and not _unlike(given, inside):
        asked = [c for c in (*kept, *(["facts"] if read else []), ABSENT, UNLIMITED) if c in inside]
        stream = Lines(unfolding.file, listed, asked, table != "declared", placed).opened()
    if stream is not None:
        connection.register("lines", stream)
    else:
        place = placed and unfolding.placed
        connection.execute(
            f"CREATE OR REPLACE VIEW lines AS {_unfolded(table, listed, kind, inside, place=place)}"
        )
        _exact(connection, path, "lines", given, inside, "file", listed)
    written = [f"{_cast(name(c), t) if c in inside else f'NULL::{t}'} AS {name(c)}" for c, t in kept.items()]
    if "count" in kept and table == "dwelling":
        number = "coalesce(count::BIGINT, 1)" if "count" in inside else "1::BIGINT"
        written[list(kept).index("count")] = f"CASE WHEN supposed THEN 0 ELSE {number} END AS count"
    if facts:
        written.append(f"{_map('facts', inside if read else {})} AS facts")
    written += [f"{_list(mark, inside)} AS {mark}" for mark in (ABSENT, UNLIMITED)]
    which = f"{unfolding.number} AS d, " if placed else ""
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT r, {which}{', '.join(written)}, supposed FROM lines"
    )
    if stream is not None:
        connection.unregister("lines")


def _unfolded(table: str, listed: str, kind: Any, inside: dict[str, Any], *, place: bool) -> str:
    """A query for the lines of a list, one row a line."""
    column = name(listed)
    if kind is None:
        column = "NULL::STRUCT(x INTEGER)[]"
    elif str(kind) == "VARCHAR":
        form = "[{" + ", ".join(f'"{c}": "{"JSON" if c == "facts" else "VARCHAR"}"' for c in inside) + "}]"
        column = f"from_json({column}, '{form}')"
    # A stock that nobody described: any number of lines of which nothing is known.
    supposed, lines = f"{column} IS NULL", f"coalesce({column}, [NULL])"
    if table == "declared":
        supposed, lines = "FALSE", column
    where = ", generate_subscripts(list, 1) AS place" if place else ""
    return (
        f"SELECT r, file, supposed{', place' if place else ''}"
        + "".join(f", line.{name(c)} AS {name(c)}" for c in inside)
        + f" FROM (SELECT r, file, supposed, unnest(list) AS line{where}"
        f" FROM (SELECT r, file, {supposed} AS supposed, {lines} AS list FROM source))"
    )


def duck(kind: pa.DataType) -> str:
    """A type of the layout as the database calls it."""
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    named = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
    return named[kind]


def _cast(column: str, kind: str) -> str:
    return f"nullif(trim({column}::VARCHAR), '')" if kind == "VARCHAR" else f"{column}::{kind}"


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
    looked_at = [c for c in _unlike(typed, given) if c not in floats]

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


def _unlike(typed: dict[str, str], given: dict[str, Any]) -> list[str]:
    """The columns that a corpus gives in another type than theirs, whose values may not fit it."""
    return [c for c, kind in typed.items() if kind not in {"VARCHAR", str(given[c])}]


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
    where = "TRUE" if whole else "programme.odd"
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
