"""Sharing a corpus out: which day of the law governs each programme, and which need the step-by-step evaluator.

Rules change on some days only: files whose days fall between the same changes are decided by the same query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import pyarrow as pa

from mixrules.engine.law_date import LawDate, law_date
from mixrules.programme.model import Dates, Submission
from mixrules.rulebook.model import Period, Rulebook
from mixrules.rulebook.tree import Dated
from mixrules.rulebook.walk import expressions, walk
from mixrules.territory.layout import columns
from mixrules.territory.sql.expression import name

if TYPE_CHECKING:
    import duckdb

ODD = """
WITH lines AS (
    SELECT r, sum(coalesce(floor_area, 0)::DECIMAL(38,2) * count) AS area, bool_or(unlimited IS NOT NULL) AS endless
    FROM dwelling GROUP BY r
), others AS (
    SELECT r, sum(coalesce(floor_area, 0)::DECIMAL(38,2)) AS area, bool_or(unlimited IS NOT NULL) AS endless
    FROM premise GROUP BY r
), stated AS (SELECT DISTINCT r FROM declared), several AS (
    SELECT file FROM programme GROUP BY file HAVING count(*) > 1
)
SELECT programme.r, programme.file IN (FROM several)
    OR programme.r IN (FROM stated)
    OR coalesce(lines.endless, FALSE) OR coalesce(others.endless, FALSE)
    OR list_has_any(coalesce(unlimited, []), ['programme.housing_floor_area', 'programme.floor_area'])
    OR coalesce(coalesce(lines.area, 0) > "programme.housing_floor_area", FALSE)
    OR coalesce(coalesce("programme.housing_floor_area"::DECIMAL(38,2), lines.area, 0) + coalesce(others.area, 0)
                > "programme.floor_area", FALSE) AS odd,
    (coalesce(lines.area, 0) * 100)::BIGINT AS housing_least,
    CASE WHEN list_contains(coalesce(absent, []), 'programme.housing_floor_area') THEN 0 ELSE
        ((coalesce("programme.housing_floor_area"::DECIMAL(38,2), lines.area, 0) + coalesce(others.area, 0)) * 100)::BIGINT
    END AS floor_least
FROM programme LEFT JOIN lines USING (r) LEFT JOIN others USING (r)
"""
"""What the queries leave to the step-by-step evaluator: files with several programmes, stated totals that may
contradict their lines, lines without limit. Beside it, what a floor area that nobody stated is at least, in hundredths
of m²: the sum of the parts that are given."""


@dataclass(frozen=True)
class Lot:
    """Programmes under the same rules: one day of the law for each rulebook, in their order."""

    days: tuple[date, ...]


def mark_odd(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark the programmes that no query decides, and sum the areas of lines."""
    connection.execute(
        f"CREATE OR REPLACE TABLE programme AS SELECT p.*, found.* EXCLUDE (r) FROM programme AS p "
        f"JOIN ({ODD.replace('SELECT programme.r, ', 'SELECT programme.r AS r, ')}) AS found ON found.r = p.r ORDER BY p.r"
    )


def share_out(
    connection: duckdb.DuckDBPyConnection, books: Sequence[Rulebook], imposed: date | None, today: date
) -> dict[int, Lot]:
    """Give every programme its law date and its lot; a date that only an answer would settle is odd."""
    dates = [f"dates.{column.name}" for column in columns(Dates)]
    listed = ", ".join(name(column) for column in dates)
    marked = "list_filter(coalesce(absent, []), lambda x: starts_with(x, 'dates.'))"
    found = connection.execute(
        f"SELECT list(r), any_value(a), {listed} FROM (SELECT *, {marked} AS a FROM programme) GROUP BY a, {listed}"
    )
    starts = [sorted({date.min, *changes(book)}) for book in books]
    lots: dict[Lot, int] = {}
    r, given, lot_of, odd = [], [], [], []
    for numbers, absent, *values in found.fetchall():
        law = _law(dates, values, absent, imposed, today)
        days = tuple(
            max(day for day in known if day <= law.of(book))
            for book, known in zip(books, starts, strict=True)
        )
        number = lots.setdefault(Lot(days), len(lots))
        unsettled = any(law.questions(book) for book in books)
        r += numbers
        given += [law.planning.day.isoformat()] * len(numbers)
        lot_of += [number] * len(numbers)
        odd += [unsettled] * len(numbers)
    laws = pa.table({"r": r, "law_date": pa.array(given, pa.string()), "lot": lot_of, "odd": odd})
    connection.register("laws", laws)
    connection.execute(
        "CREATE OR REPLACE TABLE programme AS SELECT p.* EXCLUDE (odd), p.odd OR l.odd AS odd, l.law_date, l.lot "
        "FROM programme AS p JOIN laws AS l ON p.r = l.r ORDER BY p.r"
    )
    connection.unregister("laws")
    return {number: lot for lot, number in lots.items()}


def _law(
    dates: Sequence[str],
    values: Sequence[date | None],
    absent: Sequence[str],
    imposed: date | None,
    today: date,
) -> LawDate:
    given = {
        path.removeprefix("dates."): "none" if path in absent else value
        for path, value in zip(dates, values, strict=True)
    }
    submission = Submission.model_validate({"dates": given, "programme": {}})
    return law_date(submission, imposed, today)


def changes(book: Rulebook) -> Iterator[date]:
    """The days on which a rulebook says something else than the day before."""
    periods: list[Period] = [rule.period for rule in book.rules]
    periods += [cumulation.period for cumulation in book.cumulations]
    periods += [version.period for parameter in book.parameters.values() for version in parameter.versions]
    for period in periods:
        yield from (day for day in (period.start, period.end) if day is not None)
    limits = [cumulation.limit for cumulation in book.cumulations if cumulation.limit is not None]
    for node in chain(limits, *(expressions(rule) for rule in book.rules)):
        for inner in walk(node):
            if isinstance(inner, Dated):
                yield from (date.fromordinal(max(1, start)) for start, _ in inner.versions)
