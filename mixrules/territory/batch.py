"""Deciding a whole corpus: rules as SQL, and step by step what SQL does not hold.

Programmes are decided some thousands at a time, so that what is held at once does not grow with the corpus; what
the queries conclude stays in the database until it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from mixrules.engine.decide import binds
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import given, source
from mixrules.territory.choice import Choice
from mixrules.territory.lots import Span, share_out
from mixrules.territory.profile import Profile
from mixrules.territory.sql.conclusion import NAMES, Compiled
from mixrules.territory.sql.ruled import Refused
from mixrules.territory.sql.ruling import Bench
from mixrules.territory.sql.stating import AWARDED, STATED
from mixrules.territory.steps import BATCH, Workshop

if TYPE_CHECKING:
    import duckdb

CHUNK = 20_000
"""Programmes decided by one query: between two, the progress is told."""
ROWS = 5_000
"""Decisions in a group of rows of the file, whichever way they were made."""
FINDING = pa.struct(
    [pa.field(name, pa.string()) for name in ("rule", "force", "kind", "scope", "status", *STATED, *AWARDED)]
)
"""A finding or an advantage, its numbers written as a decision writes them; null where the file does not settle one."""
DECISIONS = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("programme", pa.string()),
        pa.field("law_date", pa.date32()),
        pa.field("verdict", pa.string()),
        pa.field("findings", pa.list_(FINDING)),
    ]
)
CONCLUDED = pa.schema(
    [
        pa.field("r", pa.int64()),
        pa.field("odd", pa.bool_()),
        pa.field("programme", pa.string()),
        pa.field("law_date", pa.date32()),
        pa.field("breached", pa.bool_()),
        pa.field("open", pa.bool_()),
        pa.field("binding", pa.bool_()),
        pa.field("findings", pa.list_(FINDING)),
    ]
)
"""What is concluded step by step."""
OPTIMIZERS = {"unused_columns", "column_lifetime", "filter_pushdown", "join_order", "build_side_probe_side"}
Progress = Callable[[int], None]


@dataclass
class Account:
    """What was decided, and how."""

    programmes: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    compiled: dict[str, Rule] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)
    odd: int = 0
    too_wide: int = 0


def decide(
    connection: duckdb.DuckDBPyConnection,
    books: Sequence[Rulebook] | Library,
    imposed: date | None,
    today: date,
    output: Path,
    progress: Progress = lambda _: None,
    shelf: ReferenceShelf | None = None,
    cores: int | None = None,
) -> Account:
    """Decide every programme of a loaded corpus and write the decisions in Parquet, in its order.

    Args:
        connection: a database in which a corpus is loaded.
        books: what decides every file, or a library of which each rulebook decides the files to which it applies.
        imposed: decide under the law of this day; by default that of each file.
        today: the day on which a file without a date of decision is read.
        output: the file to write.
        progress: is told how many files are decided.
        shelf: the reference tables that tell what files do not say of their commune.
        cores: how many decide what goes step by step; by default all of the machine.

    Raises:
        InvalidInputError: a row that does not hold what the model or a rulebook allows.
    """
    account = Account()
    profile = Profile(connection)
    choice = Choice.of_corpus(books, profile) if isinstance(books, Library) else Choice(books)
    given.check(profile, choice)
    spans = share_out(connection, profile, choice, imposed, today, shelf)
    # The reference tables may have filled gaps.
    profile = Profile(connection)
    _plan_plainly(connection)
    with (
        pq.ParquetWriter(output, DECISIONS, compression="zstd") as writer,
        Workshop(choice, imposed, today, shelf, cores) as workshop,
    ):
        session = Session(connection, profile, spans, account, workshop)
        for start, end in _chunks(connection):
            decided = pa.Table.from_batches(session.decide(start, end), DECISIONS)
            writer.write_table(decided, row_group_size=ROWS)
            progress(account.programmes)
    return account


def _plan_plainly(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the planner from writing out again what each stage names: on deep stages that takes minutes."""
    known = [name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()]
    connection.execute(f"SET disabled_optimizers = '{','.join(n for n in known if n not in OPTIMIZERS)}'")


def _chunks(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    last = connection.execute("SELECT max(r) FROM programme").fetchone()
    for start in range(1, (last[0] or 0) + 1 if last else 1, CHUNK):
        yield start, start + CHUNK - 1


class Session:
    """Every rulebook compiled once for each span of its days, used for every chunk."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        profile: Profile,
        spans: Sequence[Span],
        account: Account,
        workshop: Workshop,
    ) -> None:
        self.connection = connection
        self.account = account
        self.workshop = workshop
        self.bench = Bench(profile, list({span.book.id: span.book for span in spans}.values()))
        self.spans = [(span, self.bench.compile(span.book, span.start)) for span in spans]
        self.names = list(dict.fromkeys(span.book.id for span in spans))
        for _, made in self.spans:
            account.compiled |= {one.rule.key: one.rule for one in made.ruled}
            account.refused |= {one.rule.key: one for one in made.refused}
        self._set_apart()

    def _set_apart(self) -> None:
        source.set_apart(self.connection, whole=bool(self.account.refused))

    def decide(self, start: int, end: int) -> Iterator[pa.RecordBatch]:
        """The decisions on the programmes of a chunk, in the order of the corpus."""
        import duckdb

        chunk = f"programme.r BETWEEN {start} AND {end}"
        try:
            self._query(chunk)
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            yield from self._apart(start, end)
            return
        self._step(start, end)
        for batch in self.connection.sql(self._decisions(chunk)).to_arrow_reader(5_000):
            self.account.programmes += batch.num_rows
            self.account.verdicts.update(batch.column("verdict").to_pylist())
            yield batch

    def _apart(self, start: int, end: int) -> Iterator[pa.RecordBatch]:
        """A chunk with a number that 128 bits do not hold: the exact evaluator has no such limit."""
        if start == end:
            self.connection.execute(f"UPDATE programme SET odd = TRUE WHERE r = {start}")
            source.set_one_apart(self.connection, start)
            self.account.too_wide += 1
            self.account.odd -= 1
            yield from self.decide(start, end)
            return
        middle = (start + end) // 2
        yield from self.decide(start, middle)
        yield from self.decide(middle + 1, end)

    # -- in SQL ----------------------------------------------------------------------------------------

    def _query(self, chunk: str) -> None:
        """What each rulebook concludes of the programmes of a chunk, one table a rulebook."""
        mine = f"{chunk} AND NOT programme.odd"
        for statement in self.bench.measures(mine):
            self.connection.execute(statement)
        self._empty()
        for span, made in self.spans:
            table = f"ruled{self.names.index(span.book.id)}"
            under = f"{mine} AND {span.condition}"
            for statement in made.statements(under):
                self.connection.execute(statement)
            self.connection.execute(f"INSERT INTO {table} {self._concluded(span, made, under)}")

    def _empty(self) -> None:
        """A table for what each rulebook concludes."""
        for index in range(len(self.names)):
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE ruled{index} (r BIGINT, breached BOOLEAN, open BOOLEAN, "
                f"binding BOOLEAN, findings {_listed(FINDING)})"
            )

    def _concluded(self, span: Span, made: Compiled, chunk: str, *, held: bool = False) -> str:
        """What one rulebook says of each programme: its findings, and whether a binding rule is or may be breached."""
        binding = any(binds(rule) for rule in span.book.at(span.start))
        return (
            f"SELECT r, breached, open, {binding} AS binding, findings FROM ({made.query(chunk, held=held)})"
        )

    # -- step by step ----------------------------------------------------------------------------------

    def _step(self, start: int, end: int) -> None:
        """What the evaluator concludes of the programmes of a chunk: odd files whole, the others for some rules."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE stepped ({_columns(CONCLUDED)})")
        batches = source.rows(self.connection, start, end, BATCH)
        for found in self.workshop.decide(batches, self.account.refused):
            self.account.odd += sum(row["odd"] for row in found)
            self.connection.register("concluded", pa.Table.from_pylist(found, schema=CONCLUDED))
            self.connection.execute("INSERT INTO stepped BY NAME SELECT * FROM concluded")
            self.connection.unregister("concluded")

    # -- together --------------------------------------------------------------------------------------

    def _decisions(self, chunk: str) -> str:
        tables = [*(f"ruled{index}" for index in range(len(self.names))), "stepped"]
        joined = "".join(f" LEFT JOIN {table} ON {table}.r = programme.r" for table in tables)
        held = {
            name: " OR ".join(f"coalesce({table}.{name}, FALSE)" for table in tables)
            for name in ("breached", "open", "binding")
        }
        findings = ", ".join(f"{table}.findings" for table in tables)
        # By rule, for the same bytes whichever way each was decided; the elements of a rule keep their order.
        placed = "lambda x, i: {'rule': x.rule, 'i': i, 'found': x}"
        return f"""
            SELECT file, coalesce(stepped.programme, {NAMES["programme"]}) AS programme,
                coalesce(stepped.law_date, programme.law_date) AS law_date,
                CASE WHEN {held["breached"]} THEN 'non-compliant'
                    WHEN {held["open"]} OR NOT ({held["binding"]}) THEN 'undetermined' ELSE 'compliant' END AS verdict,
                list_transform(list_sort(list_transform(flatten([{findings}]), {placed})), lambda x: x.found) AS findings
            FROM programme{joined}
            WHERE {chunk} AND (NOT programme.odd OR stepped.r IS NOT NULL) ORDER BY programme.r"""


def _listed(kind: pa.DataType) -> str:
    return f"STRUCT({', '.join(f'{part.name} VARCHAR' for part in kind)})[]"


def _columns(schema: pa.Schema) -> str:
    kinds: dict[Any, str] = {pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
    return ", ".join(
        f"{part.name} {_listed(FINDING) if pa.types.is_list(part.type) else kinds.get(part.type, 'VARCHAR')}"
        for part in schema
    )
