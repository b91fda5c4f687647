"""A whole corpus under several rules: by queries in the database, and file by file what no query decides.

Each rulebook is decided once, whichever scenarios share it; what is concluded is then compared, scenario by scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mixrules.territory import corpus, given, source
from mixrules.territory.profile import Profile
from mixrules.territory.queries import in_chunks, last, plan_plainly, share
from mixrules.territory.simulation.gauge import WORST, stated
from mixrules.territory.simulation.law import Rules
from mixrules.territory.simulation.simulation import UNKNOWN, Held, Simulated, simulate
from mixrules.territory.simulation.sounding import PRICES, Sounding, tables
from mixrules.territory.simulation.tally import Cell, Effects
from mixrules.territory.simulation.turn import Composition, Turn, turns
from mixrules.territory.sql.expression import text
from mixrules.territory.steps import BATCH

if TYPE_CHECKING:
    import duckdb

Sums = dict[tuple[int, str], list[tuple[Cell, tuple[str, str, str], Fraction]]]
"""Of each turn and rulebook, amounts by commune and year, and by kind, rule and unit."""


def survey(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Rules],
    day: date | None,
    today: date,
    told: Callable[[int], None] = lambda _: None,
    cores: int | None = None,
) -> Simulated:
    """Decide a loaded corpus under several rules; the first are those as they are, the others the scenarios.

    Args:
        connection: a database in which a corpus is loaded, with all that these rules read.
        rules: the rules as they are, then each scenario.
        day: decide under the law of this day; by default that of each file.
        today: the day on which a file without a date of decision is read.
        told: is told how many files are done.
        cores: processes for what goes file by file; by default one a core.

    Raises:
        InvalidInputError: a row that does not hold what the model allows.
    """
    plan_plainly(connection)
    connection.execute("CREATE OR REPLACE TABLE filed AS SELECT * FROM programme ORDER BY r")
    tables(connection)
    planned, composed = turns(rules, Profile(connection))
    _leave_out(connection, planned)
    count = _count(connection, "SELECT count(DISTINCT f) FROM filed")
    for turn in planned:
        _sound(connection, turn, day, today)
        # Those that go file by file are done when all turns are.
        away = _count(connection, "SELECT count(DISTINCT f) FROM away")
        told((count - away) * (turn.number + 1) // len(planned))
    found = _compared(connection, rules, composed)
    by_queries = found.files
    return simulate(
        _held(connection, today), rules, day, lambda done: told(by_queries + done), cores, onto=found
    )


def _leave_out(connection: duckdb.DuckDBPyConnection, planned: Sequence[Turn]) -> None:
    """Files with a fact that its rulebook does not allow go by themselves: one of them stops no other."""
    profile = Profile(connection)
    for turn in planned:
        connection.execute(
            f"INSERT INTO away SELECT DISTINCT f FROM programme WHERE r IN ({given.wrongly(profile, turn.choice)})"
        )
    for table in source.ITEMS:
        connection.execute(
            f"DELETE FROM {table} WHERE r IN (SELECT r FROM filed WHERE f IN (SELECT f FROM away))"
        )


def _sound(connection: duckdb.DuckDBPyConnection, turn: Turn, day: date | None, today: date) -> None:
    """Conclude the rulebooks of a turn, on the files as they were given."""
    connection.execute(
        "CREATE OR REPLACE TABLE programme AS SELECT * FROM filed WHERE f NOT IN (SELECT f FROM away) ORDER BY r"
    )
    shared = share(connection, Profile, turn.choice, day, today, turn.law.rules.shelf)
    for _ in in_chunks(Sounding(connection, shared, turn.number), connection):
        pass


def _held(connection: duckdb.DuckDBPyConnection, today: date) -> Iterator[Held]:
    """The files that no query decides, in the order of the corpus."""
    connection.execute(
        "CREATE OR REPLACE TABLE programme AS SELECT r, f, today, f IN (SELECT f FROM away) AS odd FROM filed ORDER BY r"
    )
    source.set_apart(connection, whole=False)
    for rows in source.rows(connection, 1, last(connection), BATCH):
        days = dict(zip(rows["file"].to_pylist(), rows["today"].to_pylist(), strict=True))
        for name, submission in corpus.submissions(source.parsed(rows)):
            yield Held(name, submission, days[name] or today)


# -- compared ------------------------------------------------------------------------------------------


def _compared(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rules], composed: Sequence[Composition]
) -> Simulated:
    """What each scenario changes for the files that queries decided."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE cells AS SELECT r, coalesce("commune.insee", "commune.name", '{UNKNOWN}') AS commune,
            coalesce(year("dates.decision")::VARCHAR, '{UNKNOWN}') AS year
        FROM filed WHERE f NOT IN (SELECT f FROM away)"""
    )
    amounts = _sums(connection)
    _judge(connection, "before", composed[0])
    effects = [Effects(one.name) for one in rules[1:]]
    for effect, composition in zip(effects, composed[1:], strict=True):
        _judge(connection, "after", composition)
        _files(connection, effect)
        _rules(connection, effect, composed[0], composition)
        for after, own in enumerate((composed[0], composition)):
            for book, turn in own.items():
                for cell, key, amount in amounts.get((turn, book), ()):
                    for tally in effect.tallies(cell):
                        tally.sum(key, amount, after=bool(after))
    return Simulated(_count(connection, "SELECT count(*) FROM cells"), effects, [], 0)


def _judge(connection: duckdb.DuckDBPyConnection, table: str, composition: Composition) -> None:
    """The verdict of each file under some rules, and what they say of its land price; as `engine.decide` does."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE {table} AS SELECT r,
            CASE WHEN bool_or(breached) THEN 'non-compliant'
                WHEN bool_or(open) OR NOT coalesce(bool_or(binding), FALSE) THEN 'undetermined'
                ELSE 'compliant' END AS verdict, coalesce(max(price), 0) AS price
        FROM cells LEFT JOIN (SELECT * FROM concluded WHERE {_of(composition)}) USING (r) GROUP BY r"""
    )


def _of(composition: Composition) -> str:
    """What rulebooks concluded, each in its turn."""
    listed = ", ".join(f"({turn}, {text(book).text})" for book, turn in composition.items())
    return f"(turn, book) IN ({listed})" if listed else "FALSE"


def _files(connection: duckdb.DuckDBPyConnection, effect: Effects) -> None:
    query = """
        SELECT commune, year, before.verdict, after.verdict, before.price, after.price, count(*)
        FROM cells JOIN before USING (r) JOIN after USING (r) GROUP BY ALL"""
    for commune, year, was, is_, cost, costs, count in connection.execute(query).fetchall():
        for tally in effect.tallies((commune, year)):
            tally.count_files((was, is_), (PRICES[cost], PRICES[costs]), count)


def _rules(
    connection: duckdb.DuckDBPyConnection, effect: Effects, before: Composition, after: Composition
) -> None:
    """The rules that conclude otherwise: only rulebooks decided in another turn can."""
    was = {book: turn for book, turn in before.items() if after.get(book) != turn}
    is_ = {book: turn for book, turn in after.items() if before.get(book) != turn}
    idle = WORST.index("not-applicable")
    query = f"""
        SELECT commune, year, rule, coalesce(b.rank, {idle}) AS was, coalesce(a.rank, {idle}) AS is_, count(*)
        FROM (SELECT * FROM ranked WHERE {_of(was)}) AS b FULL JOIN (SELECT * FROM ranked WHERE {_of(is_)}) AS a USING (r, rule)
            JOIN cells USING (r)
        WHERE b.rank IS DISTINCT FROM a.rank GROUP BY ALL"""
    for commune, year, rule, old, new, count in connection.execute(query).fetchall():
        for tally in effect.tallies((commune, year)):
            tally.rules[rule, WORST[old], WORST[new]] += count


def _sums(connection: duckdb.DuckDBPyConnection) -> Sums:
    """Amounts added up exactly: those that are written alike are counted first."""
    query = """
        SELECT turn, book, commune, year, what, rule, unit, value, count(*) FROM amounts JOIN cells USING (r)
        GROUP BY ALL"""
    totals: dict[tuple[Any, ...], Fraction] = {}
    for *key, value, count in connection.execute(query).fetchall():
        totals[tuple(key)] = totals.get(tuple(key), Fraction(0)) + stated(value or "") * count
    found: Sums = {}
    for (turn, book, commune, year, what, rule, unit), amount in totals.items():
        found.setdefault((turn, book), []).append(((commune, year), (what, rule, unit), amount))
    return found


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
