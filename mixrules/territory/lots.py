"""Sharing a corpus out: which day of the law governs each programme, and which need the step-by-step evaluator.

Rules change on some days only: between two changes, a rulebook is compiled once for all the files of those days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mixrules.engine.law_date import LawDate, frozen_by, law_date
from mixrules.programme.category import TENURE
from mixrules.programme.model import Submission
from mixrules.rulebook.model import Freezing, Period, Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.rulebook.tree import Dated
from mixrules.rulebook.walk import all_expressions, walk
from mixrules.territory import reference
from mixrules.territory.choice import Choice
from mixrules.territory.layout import DATES
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import name, text
from mixrules.territory.sql.reading import LEAST
from mixrules.territory.sql.value import bits

if TYPE_CHECKING:
    import duckdb

PLAIN = ("dates.filing", "dates.decision", "dates.delivery")
"""Dates that freeze nothing by themselves: a file that gives no other is under the law of its decision."""

AT_ONCE = 250_000
"""Programmes written at once: what was there before is held until all are."""
ODD = """
WITH lines AS (
    SELECT r, sum(coalesce(floor_area, 0)::DECIMAL(38,2) * count) AS area, sum(count) AS count,
        bool_or(unlimited IS NOT NULL) AS endless, bool_or(supposed) AS supposed
    FROM dwelling GROUP BY r
), others AS (
    SELECT r, sum(coalesce(floor_area, 0)::DECIMAL(38,2)) AS area, bool_or(unlimited IS NOT NULL) AS endless
    FROM premise GROUP BY r
), several AS (
    SELECT f FROM programme GROUP BY f HAVING count(*) > 1
), stated AS (
    SELECT r, list(DISTINCT count) FILTER (count IS NOT NULL AND tenure IS NULL) AS counts,
        list(DISTINCT floor_area) FILTER (floor_area IS NOT NULL AND tenure IS NULL) AS areas
    FROM declared GROUP BY r
), asked AS (
    SELECT DISTINCT r, count, {declared_tenure} AS mask FROM declared WHERE count IS NOT NULL AND tenure IS NOT NULL
), kinds AS (
    SELECT r, {line_tenure} AS mask, sum(count) AS count
    FROM dwelling WHERE r IN (SELECT r FROM asked) GROUP BY r, mask
), tenures AS (
    SELECT r, bool_or(wrong) AS wrong FROM (
        SELECT asked.r, asked.mask IS NULL OR bool_or(kinds.r IS NOT NULL AND kinds.mask IS NULL)
            OR NOT asked.count BETWEEN coalesce(sum(kinds.count) FILTER (kinds.mask & ~asked.mask = 0), 0)
                AND coalesce(sum(kinds.count) FILTER (kinds.mask & asked.mask <> 0), 0) AS wrong
        FROM asked LEFT JOIN kinds USING (r) GROUP BY asked.r, asked.mask, asked.count
    ) GROUP BY r
)
SELECT programme.r AS r, several.f IS NOT NULL
    OR (lines.supposed IS NOT TRUE AND list_bool_or(list_transform(counts, lambda x: x <> coalesce(lines.count, 0))) IS TRUE)
    OR (lines.supposed IS NOT TRUE AND tenures.wrong IS TRUE)
    OR (CASE WHEN "programme.floor_area" IS NULL
        THEN len(areas) > 1 OR list_min(areas) < coalesce("programme.housing_floor_area"::DECIMAL(38,2), lines.area, 0)
            + coalesce(others.area, 0)
        ELSE list_bool_or(list_transform(areas, lambda x: x <> "programme.floor_area")) END) IS TRUE
    OR coalesce(lines.endless, FALSE) OR coalesce(others.endless, FALSE)
    OR list_has_any(coalesce(unlimited, []), ['programme.housing_floor_area', 'programme.floor_area'])
    OR coalesce(coalesce(lines.area, 0) > "programme.housing_floor_area", FALSE)
    OR coalesce(coalesce("programme.housing_floor_area"::DECIMAL(38,2), lines.area, 0) + coalesce(others.area, 0)
                > "programme.floor_area", FALSE) AS odd,
    (coalesce(lines.area, 0) * 100)::BIGINT AS housing_least,
    CASE WHEN list_contains(coalesce(absent, []), 'programme.housing_floor_area') THEN 0 ELSE
        ((coalesce("programme.housing_floor_area"::DECIMAL(38,2), lines.area, 0) + coalesce(others.area, 0)) * 100)::BIGINT
    END AS floor_least
FROM programme LEFT JOIN lines USING (r) LEFT JOIN others USING (r) LEFT JOIN stated USING (r)
    LEFT JOIN tenures USING (r) LEFT JOIN several ON several.f = programme.f
"""
"""What the queries leave to the step-by-step evaluator: files with several programmes, stated totals that contradict
their lines as `programme.contradiction` reads them, lines without limit. Beside it, what a floor area that nobody
stated is at least, in hundredths of m²: the sum of the parts that are given."""


@dataclass(frozen=True)
class Span:
    """Days between two changes of a rulebook, the column of the day on which files read it, and which it decides."""

    book: Rulebook
    start: date
    end: date
    column: str
    reach: str

    @property
    def condition(self) -> str:
        """The programmes under it."""
        day = f"programme.{self.column}"
        return f"{self.reach} AND {day} >= DATE '{self.start}' AND {day} < DATE '{self.end}'"


def share_out(
    connection: duckdb.DuckDBPyConnection,
    profile: Profile,
    choice: Choice,
    imposed: date | None,
    today: date,
    shelf: ReferenceShelf | None = None,
) -> list[Span]:
    """Give every programme the days of its law, mark those that no query decides; gives the spans of each rulebook.

    A file whose law date only an answer would settle is odd, as one whose totals contradict each other.
    """
    books = choice.books
    kinds = {frozen: f"day{n}" for n, frozen in enumerate(sorted({frozen_by(book) for book in books}))}
    _laws(connection, books, kinds, imposed, today)
    odd = ODD.format(declared_tenure=_tenures(profile, "declared"), line_tenure=_tenures(profile, "dwelling"))
    told = (
        reference.consult(connection, shelf, books, kinds.values()) if shelf is not None else reference.SILENT
    )
    filled = "".join(f", {made} AS {name(field)}" for field, made in told.filled.items())
    connection.execute(
        f"CREATE OR REPLACE TABLE shared AS SELECT p.r AS r, found.* EXCLUDE (r, odd), "
        f"{' OR '.join(['found.odd', 'l.odd', *told.torn])} AS odd, l.* EXCLUDE (r, odd){filled} "
        f"FROM programme AS p JOIN ({odd}) AS found ON found.r = p.r JOIN laws AS l ON l.r = p.r{told.joined} ORDER BY p.r"
    )
    connection.execute("DROP TABLE laws")
    added = dict.fromkeys(LEAST.values(), "BIGINT") | {"odd": "BOOLEAN"}
    added |= dict.fromkeys(("law_date", *kinds.values()), "DATE")
    _widen(connection, added, told.filled)
    connection.execute("DROP TABLE shared")
    return [
        span
        for book in books
        for span in _spans(connection, book, kinds[frozen_by(book)], choice.condition(book, profile))
    ]


def _widen(connection: duckdb.DuckDBPyConnection, added: Mapping[str, str], filled: Collection[str]) -> None:
    """Write beside programmes what was found of them: a copy of so wide a table takes longer than making it."""
    for column, kind in added.items():
        connection.execute(f"ALTER TABLE programme ADD COLUMN {column} {kind}")
    written = ", ".join(f"{name(column)} = shared.{name(column)}" for column in (*added, *filled))
    found = connection.execute("SELECT max(r) FROM programme").fetchone()
    for start in range(1, ((found[0] if found else 0) or 0) + 1, AT_ONCE):
        connection.execute(
            f"UPDATE programme SET {written} FROM shared "
            f"WHERE shared.r = programme.r AND programme.r BETWEEN {start} AND {start + AT_ONCE - 1}"
        )


def _tenures(profile: Profile, table: str) -> str:
    """The tenures that a line may have, one bit each; null where its text is none."""
    members = tuple(TENURE.members)
    read = {word: TENURE.read(word) for word in profile.values(table, "tenure")}
    known = " ".join(
        f"WHEN {text(word).text} THEN {bits(members, found)}" for word, found in read.items() if found
    )
    everything = bits(members, TENURE.everything)
    written = f"CASE tenure {known} END" if known else "NULL::BIGINT"
    return f"CASE WHEN tenure IS NULL THEN {everything} ELSE {written} END"


# -- days of the law -----------------------------------------------------------------------------------


def _laws(
    connection: duckdb.DuckDBPyConnection,
    books: Sequence[Rulebook],
    kinds: dict[tuple[Freezing, ...], str],
    imposed: date | None,
    today: date,
) -> None:
    """The table of the days of the law of each programme, and whether an answer would settle one."""
    freezing = [name(column) for column in DATES if column not in PLAIN]
    plain = " AND ".join(f"{column} IS NULL" for column in freezing)
    day = (
        f"DATE '{imposed}'"
        if imposed is not None
        else f"""coalesce("dates.decision", today, DATE '{today}')"""
    )
    listed = "".join(f", {day} AS {column}" for column in kinds.values())
    condition = "TRUE" if imposed is not None else plain
    connection.execute(
        f"CREATE OR REPLACE TABLE laws AS SELECT r, {day} AS law_date, FALSE AS odd{listed} "
        f"FROM programme WHERE {condition}"
    )
    if imposed is None:
        frozen = _frozen(connection, f"NOT ({plain})", books, kinds, today)
        connection.register("frozen", frozen)
        connection.execute("INSERT INTO laws BY NAME SELECT * FROM frozen")
        connection.unregister("frozen")


def _frozen(
    connection: duckdb.DuckDBPyConnection,
    condition: str,
    books: Sequence[Rulebook],
    kinds: dict[tuple[Freezing, ...], str],
    today: date,
) -> pa.Table:
    """The law of the programmes that something may freeze, read once for each set of dates."""
    listed = ", ".join(name(column) for column in DATES)
    marked = "list_filter(coalesce(absent, []), lambda x: starts_with(x, 'dates.'))"
    found = connection.execute(
        f"SELECT list(r), any_value(a), today, {listed} "
        f"FROM (SELECT *, {marked} AS a FROM programme WHERE {condition}) GROUP BY a, today, {listed}"
    )
    schema = pa.schema(
        [("r", pa.int64()), ("law_date", pa.date32()), ("odd", pa.bool_())]
        + [(column, pa.date32()) for column in kinds.values()]
    )
    one_of = {frozen_by(book): book for book in books}
    made: dict[str, list[Any]] = {column: [] for column in schema.names}
    for numbers, absent, own, *values in found.fetchall():
        law = _law(values, absent, own or today)
        row = {"law_date": law.planning.day, "odd": any(law.questions(book) for book in books)}
        row |= {column: law.of(one_of[frozen]) for frozen, column in kinds.items()}
        made["r"] += numbers
        for column, value in row.items():
            made[column] += [value] * len(numbers)
    return pa.table(made, schema=schema)


def _law(values: Sequence[date | None], absent: Sequence[str], today: date) -> LawDate:
    given = {
        path.removeprefix("dates."): "none" if path in absent else value
        for path, value in zip(DATES, values, strict=True)
    }
    submission = Submission.model_validate({"dates": given, "programme": {}})
    return law_date(submission, None, today)


# -- spans ---------------------------------------------------------------------------------------------


def _spans(connection: duckdb.DuckDBPyConnection, book: Rulebook, column: str, reach: str) -> Iterator[Span]:
    """The spans of a rulebook in which some programme falls."""
    starts = [date.min, *sorted(set(changes(book)) - {date.min}), date.max]
    days = connection.execute(f"SELECT DISTINCT {column} FROM programme WHERE {reach}").fetchall()
    reached = {bisect_right(starts, day) - 1 for (day,) in days}
    for index, (start, end) in enumerate(pairwise(starts)):
        if index in reached:
            yield Span(book, start, end, column, reach)


def changes(book: Rulebook) -> Iterator[date]:
    """The days on which a rulebook says something else than the day before."""
    periods: list[Period] = [rule.period for rule in book.rules]
    periods += [cumulation.period for cumulation in book.cumulations]
    periods += [version.period for parameter in book.parameters.values() for version in parameter.versions]
    for period in periods:
        yield from (day for day in (period.start, period.end) if day is not None)
    for node in chain.from_iterable(map(walk, all_expressions(book))):
        if isinstance(node, Dated):
            yield from (date.fromordinal(max(1, start)) for start, _ in node.versions)
