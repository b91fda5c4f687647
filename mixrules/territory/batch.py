"""Deciding a whole corpus: rules as SQL, and step by step what SQL does not hold.

What the queries conclude stays in the database until it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import source
from mixrules.territory.form import WHOLE, Form
from mixrules.territory.profile import Profile
from mixrules.territory.queries import Queries, Shared, in_chunks, plan_plainly, share
from mixrules.territory.sql.conclusion import NAMES
from mixrules.territory.sql.ruled import Refused
from mixrules.territory.steps import BATCH, Workshop

if TYPE_CHECKING:
    import duckdb

ROWS = 5_000
"""Decisions in a group of rows of the file, whichever way they were made."""
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

    def following(self, chunks: Iterable[Decided], progress: Progress) -> Iterator[pa.Table]:
        """The decisions of each chunk, counted as they come."""
        for chunk in chunks:
            self.programmes += chunk.decisions.num_rows
            counted = pc.value_counts(chunk.decisions["verdict"]).to_pylist()
            self.verdicts.update({one["values"]: one["counts"] for one in counted})
            self.odd += chunk.odd
            self.too_wide += chunk.too_wide
            yield chunk.decisions
            progress(self.programmes)

    def write(self, chunks: Iterable[Decided], output: Path, form: Form, progress: Progress) -> None:
        """Write the decisions of every chunk, counted as they come."""
        tables = grouped(self.following(chunks, progress))
        first = next(tables, form.decisions.empty_table())
        # Words that the database numbered are read as the texts that they are.
        with pq.ParquetWriter(output, first.schema, compression="zstd", store_schema=False) as writer:
            for rows in chain((first,), tables):
                writer.write_table(rows)


@dataclass(frozen=True)
class Decided:
    """The decisions on a chunk, in the order of the corpus, and how many files went step by step, and why."""

    decisions: pa.Table
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
    form: Form = WHOLE,
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
        form: what findings say.

    Raises:
        InvalidInputError: a row that does not hold what the model or a rulebook allows.
    """
    shared = share(connection, Profile, books, imposed, today, shelf)
    plan_plainly(connection)
    account = Account()
    with Workshop(shared.choice, imposed, today, shelf, cores) as workshop:
        session = Session(connection, shared, account, workshop, form)
        account.write(in_chunks(session, connection), output, form, progress)
    return account


def ordered(found: pa.Table) -> pa.Table:
    """Decisions in the order of the corpus: as a rule they come so, and putting lists in order takes long."""
    r = found["r"].combine_chunks()
    rising = pc.all(pc.less(r[:-1], r[1:])).as_py() is not False
    return (found if rising else found.take(pc.sort_indices(r))).drop_columns("r")


def grouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Decisions in groups of as many rows, whatever chunks they were decided in: the same file comes out."""
    held: pa.Table | None = None
    for table in tables:
        held = table if held is None else pa.concat_tables([held, table])
        while held.num_rows >= ROWS:
            yield held.slice(0, ROWS).combine_chunks()
            held = held.slice(ROWS)
    if held is not None and held.num_rows:
        yield held.combine_chunks()


class Session(Queries):
    """Every rulebook compiled once for each span of its days, used for every chunk; and what goes step by step."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        shared: Shared,
        account: Account,
        workshop: Workshop,
        form: Form = WHOLE,
    ) -> None:
        super().__init__(connection, shared, form)
        self.account = account
        self.workshop = workshop
        self.stepping = Lock()
        for _, made in self.spans:
            account.compiled |= {one.rule.key: one.rule for one in made.ruled}
            account.refused |= {one.rule.key: one for one in made.refused}
        self._set_apart()

    def _set_apart(self) -> None:
        source.set_apart(self.connection, whole=bool(self.account.refused))

    def decide(self, start: int, end: int) -> Decided:
        """The decisions on the programmes of a chunk, in the order of the corpus."""
        chunk = f"programme.r BETWEEN {start} AND {end}"
        if not self.fits(start, end):
            return self._apart(start, end)
        odd, stepped = self._step(start, end)
        found = self.connection.sql(self._decisions(chunk, stepped=stepped)).to_arrow_table()
        return Decided(ordered(found), odd)

    def _apart(self, start: int, end: int) -> Decided:
        """A chunk with a number that 128 bits do not hold: the exact evaluator has no such limit."""
        if start == end:
            # Two changes of a table at once may conflict.
            with self.stepping:
                self.connection.execute(f"UPDATE programme SET odd = TRUE WHERE r = {start}")
                source.set_one_apart(self.connection, start)
            decided = self.decide(start, end)
            return replace(decided, odd=decided.odd - 1, too_wide=1)
        middle = (start + end) // 2
        one, other = self.decide(start, middle), self.decide(middle + 1, end)
        decisions = pa.concat_tables([one.decisions, other.decisions])
        return Decided(decisions, one.odd + other.odd, one.too_wide + other.too_wide)

    # -- step by step ----------------------------------------------------------------------------------

    def _step(self, start: int, end: int) -> tuple[int, bool]:
        """What the evaluator concludes of a chunk: odd files whole, the others for some rules.

        Gives how many are odd, and whether there is anything.
        """
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE stepped ({self.form.columns})")
        batches = source.rows(self.connection, start, end, BATCH)
        odd, some = 0, False
        with self.stepping:
            for found in self.workshop.decide(batches, self.account.refused):
                odd += sum(row["odd"] for row in found)
                some = True
                self.connection.register("concluded", pa.Table.from_pylist(found, schema=self.form.concluded))
                self.connection.execute("INSERT INTO stepped BY NAME SELECT * FROM concluded")
                self.connection.unregister("concluded")
        return odd, some

    # -- together --------------------------------------------------------------------------------------

    def _decisions(self, chunk: str, *, stepped: bool) -> str:
        """The decisions on a chunk; where findings come from both ways, they are put in order."""
        tables = [*map(self._table, self.names), "stepped"]
        joined = "".join(f" LEFT JOIN {table} ON {table}.r = programme.r" for table in tables)
        held = {
            name: " OR ".join(f"coalesce({table}.{name}, FALSE)" for table in tables)
            for name in ("breached", "open", "binding")
        }
        findings = f"flatten([{', '.join(f'{table}.findings' for table in tables)}])"
        if stepped:
            # By rule, as the queries give them; the elements of a rule keep their order.
            placed = f"list_transform({findings}, lambda x, i: {{'rule': x.rule, 'i': i, 'found': x}})"
            findings = f"list_transform(list_sort({placed}), lambda x: x.found)"
        return f"""
            SELECT programme.r AS r, file, coalesce(stepped.programme, {NAMES["programme"]}) AS programme,
                coalesce(stepped.law_date, programme.law_date) AS law_date,
                CASE WHEN {held["breached"]} THEN 'non-compliant'
                    WHEN {held["open"]} OR NOT ({held["binding"]}) THEN 'undetermined' ELSE 'compliant' END AS verdict,
                {findings} AS findings
            FROM programme{joined}
            WHERE {chunk} AND (NOT programme.odd OR stepped.r IS NOT NULL)"""
