"""Deciding a corpus on Spark: the cluster runs the queries, the driver writes what they conclude as ever.

What Spark concludes of each programme comes back some thousands at a time, in the order of the corpus, and goes
through the same last steps as what the embedded database concludes: the decisions have the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from mixrules.message import Problem
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import batch
from mixrules.territory.batch import Account, Decided, Progress
from mixrules.territory.form import WHOLE, Form
from mixrules.territory.lots import Span
from mixrules.territory.queries import Shared, last, share
from mixrules.territory.spark.database import Database
from mixrules.territory.spark.dialect import parsed
from mixrules.territory.spark.layout import laid_out
from mixrules.territory.spark.profile import Profile
from mixrules.territory.sql.conclusion import Compiled
from mixrules.territory.sql.relation import SURROUNDINGS
from mixrules.territory.sql.ruled import Refused
from mixrules.territory.steps import Workshop

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import DataFrame

FEW = 1_000
"""Programmes that go step by step together where a number of one of them is too wide."""
BESIDE = ("r", "f", "file", "law_date")
NAMED = ("commune.insee", "commune.name", "district.id", "district.name", "programme.id", "programme.name")
"""What the driver reads of each programme, beside the days of its law."""


@dataclass
class Concluded:
    """What Spark concluded of some programmes under one span of a rulebook: a table for each round."""

    span: Span
    made: Compiled
    rounds: list[tuple[str, DataFrame]]


def decide(
    database: Database,
    connection: duckdb.DuckDBPyConnection,
    books: Sequence[Rulebook] | Library,
    imposed: date | None,
    today: date,
    output: Path,
    progress: Progress = lambda _: None,
    shelf: ReferenceShelf | None = None,
    form: Form = WHOLE,
) -> Account:
    """Decide every programme of a corpus loaded on Spark and write the decisions in Parquet, in its order.

    Raises:
        InvalidInputError: a row that does not hold what the model or a rulebook allows.
    """
    shared = share(database, Profile, books, imposed, today, shelf)  # type: ignore[arg-type]
    account = Account()
    with Workshop(shared.choice, imposed, today, shelf) as workshop:
        session = Session(database, connection, shared, account, workshop, form)
        final = last(database)  # type: ignore[arg-type]
        session.conclude(final)
        chunks = (session.decide(start, end) for start, end in session.chunks(final))
        account.write(chunks, output, form, progress)
    return account


class Session(batch.Session):
    """Every rulebook concluded once on Spark, then decided chunk by chunk on the driver."""

    def __init__(
        self,
        database: Database,
        connection: duckdb.DuckDBPyConnection,
        shared: Shared,
        account: Account,
        workshop: Workshop,
        form: Form = WHOLE,
    ) -> None:
        self.database = database
        self.concluded: list[Concluded] = []
        self.wide: set[int] = set()
        super().__init__(connection, shared, account, workshop, form)

    def _set_apart(self) -> None:
        """Leave to the evaluator the rules that Spark does not hold."""
        gone: dict[str, Problem] = {}
        for table, query in self.bench.measures("TRUE"):
            lost = laid_out(parsed(query), gone).lost
            called = "programme" if table == SURROUNDINGS else table
            gone |= {f"{called}.{column}": why for column, why in lost.items()}
        for _, made in self.spans:
            for index, why in self._lost(made, gone).items():
                rule = made.ruled[index].rule
                self.account.refused[rule.key] = Refused(rule, why)
                self.account.compiled.pop(rule.key, None)
        self.spans = [(span, _without(made, self.account.refused)) for span, made in self.spans]

    @staticmethod
    def _lost(made: Compiled, gone: dict[str, Problem]) -> dict[int, Problem]:
        """The rules of a rulebook that read what Spark does not hold, and why."""
        lost: dict[int, Problem] = {}
        told = dict(gone)
        for one, wanted in made.asked():
            rules = [(index, ruled) for index, ruled in enumerate(made.ruled) if ruled.round is one]
            parts = [*wanted, *((f"breach{index}", one.stages.let(ruled.breach)) for index, ruled in rules)]
            found = laid_out(parsed(one.query(parts, "TRUE")), told).lost
            told |= {f"{one.name}.{name}": why for name, why in found.items()}
            for index, ruled in rules:
                names = [f"{name}{index}" for name in ruled.found]
                why = next((found[name] for name in [*names, f"breach{index}"] if name in found), None)
                if why is not None:
                    lost[index] = why
        return lost

    # -- on Spark --------------------------------------------------------------------------------------

    def conclude(self, last: int) -> None:
        """Run every query over the corpus."""
        if last:
            self._conclude(1, last)

    def _conclude(self, start: int, end: int) -> None:
        try:
            self.concluded += list(self._over(f"programme.r BETWEEN {start} AND {end} AND NOT programme.odd"))
        except Exception as error:
            if not overflown(error):
                raise
            if end - start < FEW:
                query = f"SELECT r FROM programme WHERE r BETWEEN {start} AND {end} AND NOT odd"
                self.wide |= {r for (r,) in self.database.execute(query).fetchall()}
                return
            middle = (start + end) // 2
            self._conclude(start, middle)
            self._conclude(middle + 1, end)

    def _over(self, mine: str) -> list[Concluded]:
        for table, query in self.bench.measures(mine):
            self.database.keep(table, self._frame(query))
        return [
            Concluded(span, made, list(self._rounds(made, f"{mine} AND {span.condition}")))
            for span, made in self.spans
        ]

    def _rounds(self, made: Compiled, mine: str) -> Iterator[tuple[str, DataFrame]]:
        for one, wanted in made.asked():
            frame = self._frame(one.query(wanted, mine)).localCheckpoint()
            frame.createOrReplaceTempView(one.name)
            yield one.name, frame

    def _frame(self, query: str) -> DataFrame:
        return self.database.staged(laid_out(parsed(query), {}).stages)

    # -- on the driver ---------------------------------------------------------------------------------

    def decide(self, start: int, end: int) -> Decided:
        """The decisions on the programmes of a chunk, in the order of the corpus."""
        wide = sorted(r for r in self.wide if start <= r <= end)
        self._fetch_beside(start, end, wide)
        decided = super().decide(start, end)
        return replace(decided, odd=decided.odd - len(wide), too_wide=len(wide))

    def _fetch_beside(self, start: int, end: int, wide: Sequence[int]) -> None:
        """What the driver holds of a chunk: its programmes, and the rows that are decided step by step."""
        odd = f"(odd OR source.r IN ({', '.join(map(str, wide))}))" if wide else "odd"
        days = {span.column for span, _ in self.spans}
        listed = ", ".join(f'source."{column}"' for column in (*BESIDE, *NAMED, *sorted(days)))
        self._fetch(
            "programme",
            f"SELECT {listed}, {odd} AS odd FROM programme AS source WHERE source.r BETWEEN {start} AND {end}",
        )
        some = "TRUE" if self.account.refused else odd
        self._fetch(
            "apart",
            f"SELECT source.*, {odd} AS odd, f, today FROM source JOIN (SELECT r AS own, f, odd, today FROM programme) AS beside "
            f"ON beside.own = source.r WHERE f BETWEEN {start} AND {end} AND {some}",
        )

    def _fetch(self, table: str, query: str) -> None:
        self._take(table, self.database.execute(query).to_arrow_table())

    def _take(self, table: str, found: pa.Table) -> None:
        self.connection.register("found", found)
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM found ORDER BY r")
        self.connection.unregister("found")

    def _query(self, start: int, end: int) -> None:
        self._empty()
        chunk = f"programme.r BETWEEN {start} AND {end}"
        for one in self.concluded:
            for name, frame in one.rounds:
                self._take(name, frame.where(chunk.replace("programme.", "")).toArrow())
            table = self._table(one.span.book.id)
            under = f"{chunk} AND NOT programme.odd AND {one.span.condition}"
            self.connection.execute(
                f"INSERT INTO {table} {self._concluded(one.span, one.made, under, held=True)}"
            )


def _without(made: Compiled, refused: Mapping[str, Refused]) -> Compiled:
    return replace(made, ruled=[one for one in made.ruled if one.rule.key not in refused])


def overflown(error: Exception) -> bool:
    """Whether Spark stopped at a number that does not fit."""
    names = (
        "NUMERIC_VALUE_OUT_OF_RANGE",
        "ARITHMETIC_OVERFLOW",
        "CAST_OVERFLOW",
        "DIVIDE_BY_ZERO",
        "REMAINDER_BY_ZERO",
    )
    return any(f"[{name}" in str(error) for name in names)
