"""Rulebooks as queries over a loaded corpus, run chunk by chunk: what each concludes of each programme.

Programmes are decided some thousands at a time, so that what is held at once does not grow with the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from mixrules.engine.decide import binds
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import given
from mixrules.territory.choice import Choice
from mixrules.territory.cores import in_order
from mixrules.territory.form import WHOLE, Form
from mixrules.territory.lots import Span, share_out
from mixrules.territory.profile import Profile
from mixrules.territory.sql import word
from mixrules.territory.sql.conclusion import Compiled
from mixrules.territory.sql.ruling import Bench

if TYPE_CHECKING:
    import duckdb

HANDS = 4
"""Chunks decided at once, at most: planning their queries takes the same time however small they are."""
FIRST, LAST = "first_of_chunk", "last_of_chunk"
"""How queries call the bounds of a chunk."""
OPTIMIZERS = {"unused_columns", "column_lifetime", "filter_pushdown", "join_order", "build_side_probe_side"}
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True)
class Shared:
    """A corpus given out: which rulebooks decide it, the spans of their days, and what its tables hold."""

    choice: Choice
    spans: list[Span]
    profile: Profile


def share(
    connection: duckdb.DuckDBPyConnection,
    profiled: Callable[[Any], Profile],
    books: Sequence[Rulebook] | Library | Choice,
    imposed: date | None,
    today: date,
    shelf: ReferenceShelf | None,
) -> Shared:
    """Check what a loaded corpus gives, and share its programmes out.

    Raises:
        InvalidInputError: a row that does not hold what the model or a rulebook allows.
    """
    profile = profiled(connection)
    choice = _chosen(books, profile)
    given.check(profile, choice)
    spans = share_out(connection, profile, choice, imposed, today, shelf)
    # The reference tables may have filled gaps.
    return Shared(choice, spans, profile.renewed())


def _chosen(books: Sequence[Rulebook] | Library | Choice, profile: Profile) -> Choice:
    if isinstance(books, Choice):
        return books
    return Choice.of_corpus(books, profile) if isinstance(books, Library) else Choice(books)


def last(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last programme."""
    found = connection.execute("SELECT max(r) AS last FROM programme").fetchone()
    return (found[0] if found else None) or 0


def plan_plainly(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the planner from writing out again what each stage names: on deep stages that takes minutes."""
    known = [name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()]
    connection.execute(f"SET disabled_optimizers = '{','.join(n for n in known if n not in OPTIMIZERS)}'")


@dataclass
class Asked:
    """A query that one hand asks of chunk after chunk, and where its rows go.

    Reading its text takes the database longer than planning it: what is asked again is kept as a macro.
    """

    name: str
    target: str
    query: str
    before: bool = False
    kept: bool = False

    def ask(self, connection: duckdb.DuckDBPyConnection, start: int, end: int) -> None:
        """Ask it of the programmes from one to another."""
        if self.before and not self.kept:
            connection.execute(
                f"CREATE OR REPLACE TEMP MACRO {self.name}({FIRST}, {LAST}) AS TABLE {self.query}"
            )
            self.kept = True
        self.before = True
        if self.kept:
            query = f"SELECT * FROM {self.name}({start}, {end})"
        else:
            query = self.query.replace(FIRST, str(start)).replace(LAST, str(end))
        connection.execute(f"{self.target} {query}")


class Queries:
    """Every rulebook compiled once for each span of its days, used for every chunk."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, shared: Shared, form: Form = WHOLE) -> None:
        self.form = form
        self.connection = connection
        spans = shared.spans
        for made in word.types(rule.key for book in shared.choice.books for rule in book.rules):
            connection.execute(made)
        self.bench = Bench(shared.profile, list({span.book.id: span.book for span in spans}.values()))
        self.spans = [(span, self.bench.compile(span.book, span.start, form.said)) for span in spans]
        # The order of the names of their rules.
        self.names = sorted({span.book.id for span in spans}, key=lambda one: f"{one}/")
        self.asked: list[Asked] = []

    def beside(self) -> Self:
        """The same rulebooks on a cursor of its own, whose temporary tables are its own."""
        other = copy(self)
        other.connection = self.connection.cursor()
        other.asked = [Asked(f"asked{n}", target, query) for n, (target, query) in enumerate(self.written)]
        return other

    def chunks(self, last: int, hands: int = 1) -> Iterator[tuple[int, int]]:
        """The first and last programme of each chunk, so large that as many as are decided at once fit the memory."""
        rules: Counter[str] = Counter()
        for span, made in self.spans:
            # Of the spans of a rulebook, one decides a programme.
            rules[span.book.id] = max(rules[span.book.id], len(made.ruled) + len(made.refused))
        size = max(1, min(self.form.at_once // max(1, rules.total() * hands), -(-last // hands)))
        for start in range(1, last + 1, size):
            yield start, start + size - 1

    def fits(self, start: int, end: int) -> bool:
        """Query the programmes of a chunk, unless they hold a number that 128 bits do not hold."""
        import duckdb

        try:
            self._query(start, end)
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            return False
        return True

    def _query(self, start: int, end: int) -> None:
        """What each rulebook concludes of the programmes of a chunk, one table a rulebook."""
        self._empty()
        for one in self.asked:
            one.ask(self.connection, start, end)

    @cached_property
    def written(self) -> list[tuple[str, str]]:
        """Every query on a chunk, in their order: where its rows go, and its text."""
        return list(self._written())

    def _written(self) -> Iterator[tuple[str, str]]:
        mine = f"programme.r BETWEEN {FIRST} AND {LAST} AND NOT programme.odd"
        yield from (_made(*table) for table in self.bench.measures(mine))
        for span, made in self.spans:
            under = f"{mine} AND {span.condition}"
            yield from (_made(*table) for table in made.told(under))
            yield f"INSERT INTO {self._table(span.book.id)}", self._concluded(span, made, under)

    def _table(self, book: str) -> str:
        """The table of what a rulebook concludes."""
        return f"ruled{self.names.index(book)}"

    def _empty(self) -> None:
        """A table for what each rulebook concludes."""
        for name in self.names:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {self._table(name)} (r BIGINT, breached BOOLEAN, open BOOLEAN, "
                f"binding BOOLEAN, findings {self.form.listed})"
            )

    def _concluded(self, span: Span, made: Compiled, chunk: str, *, held: bool = False) -> str:
        """What one rulebook says of each programme: its findings, and whether a binding rule is or may be breached."""
        binding = any(binds(rule) for rule in span.book.at(span.start))
        return (
            f"SELECT r, breached, open, {binding} AS binding, findings FROM ({made.query(chunk, held=held)})"
        )


def _made(table: str, query: str) -> tuple[str, str]:
    return f"CREATE OR REPLACE TEMP TABLE {table} AS", query


class Hand(Protocol[Result_co]):
    """What decides one chunk after another."""

    def beside(self) -> Self:
        """Another of its kind, with tables of its own."""

    def chunks(self, last: int, hands: int = 1) -> Iterator[tuple[int, int]]:
        """The first and last programme of each chunk."""

    def decide(self, start: int, end: int) -> Result_co:
        """What is said of a chunk."""


def in_chunks(session: Hand[Result_co], connection: duckdb.DuckDBPyConnection) -> Iterator[Result_co]:
    """What is decided of each chunk, several at once: one query on a chunk does not fill two cores."""
    threads = connection.execute("SELECT current_setting('threads')").fetchone()
    hands = min(threads[0] if threads else 1, HANDS)
    idle: SimpleQueue[Hand[Result_co]] = SimpleQueue()
    for _ in range(hands):
        idle.put(session.beside())

    def decide(chunk: tuple[int, int]) -> Result_co:
        hand = idle.get()
        try:
            return hand.decide(*chunk)
        finally:
            idle.put(hand)

    with ThreadPoolExecutor(hands) as pool:
        yield from in_order(
            lambda chunk: pool.submit(decide, chunk), session.chunks(last(connection), hands), hands
        )
