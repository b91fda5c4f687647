"""A corpus on disk: submissions written as rows of Parquet, and rows read back as submissions.

Nothing is lost on the way but who applies, which no decision reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ValidationError

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.programme.model import Programme, Submission
from mixrules.territory.layout import ABSENT, LISTS, MAPS, PARTS, UNLIMITED, Column, columns, schema

ROWS = 5_000
"""Programmes a group of rows: what is held in memory at once."""
PARQUET = b"PAR1"
"""How a file in Parquet begins."""
WRITTEN = json.JSONEncoder(default=str, ensure_ascii=False)
READ = json.JSONDecoder(parse_float=str, parse_constant=str)
"""Made once: a corpus holds millions of facts."""
Row = dict[str, Any]


def is_parquet(path: Path) -> bool:
    """Whether a file says that it is Parquet."""
    with path.open("rb") as file:
        return file.read(len(PARQUET)) == PARQUET


def write(path: Path, submissions: Iterable[tuple[str, Submission]]) -> int:
    """Write files as a corpus; each comes with a name of its own. Gives the number of programmes.

    Raises:
        InvalidInputError: a number has more decimals than its column holds.
    """
    rows = (row for file, submission in submissions for row in rows_of(file, submission))
    return write_tables(path, (table(group) for group in iter(lambda: list(islice(rows, ROWS)), [])))


def write_tables(path: Path, tables: Iterable[pa.Table]) -> int:
    """Write tables in the layout of a corpus, one a group of rows. Gives the number of programmes."""
    count = 0
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for group in tables:
            writer.write_table(group)
            count += len(group)
    return count


def table(rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table in the layout of a corpus."""
    return pa.Table.from_pylist(rows, schema=schema())


def read(path: Path) -> Iterator[tuple[str, Submission]]:
    """The files of a corpus written in Parquet, in its order, a few rows at a time."""
    with pq.ParquetFile(path) as file:
        rows = (row for batch in file.iter_batches(ROWS) for row in batch.to_pylist(maps_as_pydicts="strict"))
        yield from submissions(rows)


def submissions(rows: Iterable[Row]) -> Iterator[tuple[str, Submission]]:
    """Rows as the files that they describe; the rows of one file follow each other.

    Raises:
        InvalidInputError: a row does not hold what the model allows; the file and the field are named.
    """
    for file, group in groupby(rows, key=lambda row: row["file"]):
        yield str(file), _submission(str(file), sorted(group, key=lambda row: row.get("position") or 0))


# -- to rows -------------------------------------------------------------------------------------------


def rows_of(file: str, submission: Submission) -> Iterator[Row]:
    """A file as rows, one a programme.

    Raises:
        InvalidInputError: a number has more decimals than its column holds.
    """
    for position, programme in enumerate(submission.programmes):
        row: Row = {"file": file, "position": position, "mixrules": submission.mixrules, "id": submission.id}
        marks: dict[str, list[str]] = {ABSENT: [], UNLIMITED: []}
        row["phase"] = _category(submission.phase)
        for prefix, record in PARTS:
            held = _holder(prefix, submission, programme)
            for column in columns(record):
                row[prefix + column.name] = _cell(
                    getattr(held, column.name), column, prefix + column.name, marks, file
                )
        for name in MAPS:
            row[name] = _map(getattr(*_owner(name, submission, programme)))
        for name, record in LISTS.items():
            records = getattr(*_owner(name, submission, programme))
            row[name] = None if records is None else [_item(one, record, file, name) for one in records]
        yield row | {name: paths or None for name, paths in marks.items()}


def _holder(prefix: str, submission: Submission, programme: Programme) -> BaseModel:
    name = prefix.rstrip(".")
    if name == "programme":
        return programme
    held: BaseModel = getattr(submission if name in {"dates", "commune", "district"} else programme, name)
    return held


def _owner(name: str, submission: Submission, programme: Programme) -> tuple[BaseModel, str]:
    head, _, tail = name.rpartition(".")
    return (submission.district if head else programme), tail


def _item(one: BaseModel, record: type[BaseModel], file: str, where: str) -> Row:
    marks: dict[str, list[str]] = {ABSENT: [], UNLIMITED: []}
    row: Row = {
        column.name: _cell(getattr(one, column.name), column, column.name, marks, f"{file}: {where}")
        for column in columns(record)
    }
    if "facts" in record.model_fields:
        row["facts"] = _map(getattr(one, "facts"))  # noqa: B009 - not every record has facts
    return row | {name: paths or None for name, paths in marks.items()}


def _cell(value: Any, column: Column, path: str, marks: dict[str, list[str]], file: str) -> Any:
    if column.kind in {"number", "date"} and value in {"none", "unlimited"}:
        marks[ABSENT if value == "none" else UNLIMITED].append(path)
        return None
    if column.kind == "category":
        return _category(value)
    if column.kind == "number" and value is not None:
        return _number(value, column, path, file)
    return value


def _category(value: frozenset[str] | None) -> str | None:
    return None if value is None else "|".join(sorted(value))


def _number(value: int | Fraction, column: Column, path: str, file: str) -> int | Decimal:
    scaled = Fraction(value) * 10**column.places
    if scaled.denominator != 1:
        where = Place(file=file)
        raise InvalidInputError(
            [Problem.of("corpus_too_precise", where, name=path, found=value, places=column.places)]
        )
    return Decimal(scaled.numerator).scaleb(-column.places) if column.places else scaled.numerator


def _map(given: Mapping[str, Any]) -> dict[str, str] | None:
    return {name: WRITTEN.encode(value) for name, value in given.items() if value is not None} or None


# -- from rows -----------------------------------------------------------------------------------------


def _submission(file: str, rows: list[Row]) -> Submission:
    data: dict[str, Any] = {name: rows[0].get(name) for name in ("mixrules", "id", "phase")}
    data["programmes"] = [_programme(row) for row in rows]
    for name in ("dates", "commune", "district"):
        data[name] = _record(rows[0], f"{name}.", dict(PARTS)[f"{name}."])
    data["district"] |= _lists(rows[0], "district.") | {"facts": _given(rows[0].get("district.facts"))}
    try:
        return Submission.model_validate(data)
    except ValidationError as error:
        problems = [
            Problem.of(
                "corpus_value",
                Place(file=file),
                name=".".join(str(part) for part in one["loc"]),
                found=one["input"],
            )
            for one in error.errors(include_url=False)
        ]
        raise InvalidInputError(problems) from None


def _programme(row: Row) -> dict[str, Any]:
    data = _record(row, "programme.", Programme)
    for name in ("site", "land", "sector", "parking"):
        data[name] = _record(row, f"{name}.", dict(PARTS)[f"{name}."])
    data |= {name: _given(row.get(name)) for name in MAPS if "." not in name}
    lists = _lists(row, "")
    return data | lists | {"declared": lists["declared"] or []}


def _lists(row: Row, prefix: str) -> dict[str, Any]:
    found = {}
    for name, record in LISTS.items():
        if name.rpartition(".")[0] == prefix.rstrip("."):
            items = row.get(name)
            short = name.removeprefix(prefix)
            found[short] = None if items is None else [_read_item(item, record) for item in items]
    return found


def _read_item(item: Row, record: type[BaseModel]) -> dict[str, Any]:
    data = _record(item, "", record)
    if data.get("count", 1) is None and record.model_fields["count"].default == 1:
        data["count"] = 1
    if "facts" in record.model_fields:
        data["facts"] = _given(item.get("facts"))
    return data


def _record(row: Row, prefix: str, record: type[BaseModel]) -> dict[str, Any]:
    absent, unlimited = row.get(ABSENT) or (), row.get(UNLIMITED) or ()
    found: dict[str, Any] = {}
    for column in columns(record):
        path = prefix + column.name
        marked = "none" if path in absent else "unlimited" if path in unlimited else None
        found[column.name] = row.get(path) if marked is None else marked
    return found


def _given(texts: Mapping[str, str | None] | None) -> dict[str, Any]:
    return {name: scalar(text) for name, text in (texts or {}).items() if text is not None}


def scalar(text: str) -> str | int | bool:
    """A value of a map: a JSON scalar, or the text itself; a decimal stays text, which is exact."""
    try:
        value = READ.decode(text)
    except ValueError:
        return text
    return value if isinstance(value, str | int | bool) else text


__all__ = ["read", "rows_of", "scalar", "submissions", "table", "write", "write_tables"]
