"""Deciding a whole corpus: rules as SQL, and step by step what SQL does not hold."""

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
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.territory import given
from mixrules.territory.lots import Lot, mark_odd, share_out
from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import either, sql, text
from mixrules.territory.sql.ruling import Bench, Compiled, Refused
from mixrules.territory.steps import Steps

if TYPE_CHECKING:
    import duckdb

CHUNK = 20_000
"""Programmes decided by one query: between two, the progress is told."""
FINDING = pa.struct([pa.field(name, pa.string()) for name in ("rule", "force", "kind", "scope", "status")])
DECISIONS = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("programme", pa.string()),
        pa.field("law_date", pa.string()),
        pa.field("verdict", pa.string()),
        pa.field("findings", pa.list_(FINDING)),
    ]
)
OPTIMIZERS = {"unused_columns", "column_lifetime", "filter_pushdown", "join_order", "build_side_probe_side"}
Progress = Callable[[int], None]
Row = dict[str, Any]


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
    books: Sequence[Rulebook],
    imposed: date | None,
    today: date,
    output: Path,
    progress: Progress = lambda _: None,
) -> Account:
    """Decide every programme of a loaded corpus and write the decisions in Parquet, in its order.

    Raises:
        InvalidInputError: a row that does not hold what the model or a rulebook allows.
    """
    account = Account()
    books = sorted(books, key=lambda book: book.id)
    mark_odd(connection)
    lots = share_out(connection, books, imposed, today)
    profile = Profile(connection)
    given.check(profile, books)
    _plan_plainly(connection)
    with pq.ParquetWriter(output, DECISIONS, compression="zstd") as writer:
        desks: dict[int, Desk] = {}
        steps = Steps(books, imposed, today)
        for start, end in _chunks(connection):
            rows: list[Row] = []
            for number, lot in lots.items():
                if number not in desks:
                    desks[number] = Desk(connection, profile, books, lot, account, steps)
                rows += desks[number].decide(f"programme.r BETWEEN {start} AND {end}", number)
            rows.sort(key=lambda row: row["r"])
            writer.write_table(_table(rows))
            account.programmes += len(rows)
            account.verdicts.update(row["verdict"] for row in rows)
            progress(account.programmes)
    return account


def _plan_plainly(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the planner from writing out again what each stage names: on deep stages that takes minutes."""
    known = [name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()]
    connection.execute(f"SET disabled_optimizers = '{','.join(n for n in known if n not in OPTIMIZERS)}'")


def _table(rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(
        [{k: v for k, v in row.items() if k != "r"} for row in rows], schema=DECISIONS
    )


def _chunks(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    last = connection.execute("SELECT max(r) FROM programme").fetchone()
    for start in range(1, (last[0] or 0) + 1 if last else 1, CHUNK):
        yield start, start + CHUNK - 1


class Desk:
    """One day of the law: its rules compiled once, used for every chunk."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        profile: Profile,
        books: Sequence[Rulebook],
        lot: Lot,
        account: Account,
        steps: Steps,
    ) -> None:
        self.connection = connection
        self.account = account
        self.steps = steps
        self.bench = Bench(profile)
        self.compiled = [self.bench.compile(book, day) for book, day in zip(books, lot.days, strict=True)]
        self.ruled = [one for made in self.compiled for one in made.ruled]
        refused = [one for made in self.compiled for one in made.refused]
        account.compiled |= {one.rule.key: one.rule for one in self.ruled}
        account.refused |= {one.rule.key: one for one in refused}
        self.left = {one.rule.key for one in refused}
        self.binding = any(
            binds(rule) for book, day in zip(books, lot.days, strict=True) for rule in book.at(day)
        )

    def decide(self, chunk: str, lot: int) -> list[Row]:
        """The decisions of the programmes of a chunk that this day of the law governs."""
        import duckdb

        mine = f"{chunk} AND programme.lot = {lot}"
        odd = self._numbers(f"{mine} AND programme.odd")
        self.account.odd += len(odd)
        try:
            rows = self._by_query(f"{mine} AND NOT programme.odd")
        except duckdb.OutOfRangeException:
            # A number that 128 bits do not hold: the exact evaluator has no such limit.
            rows = []
            odd = self._numbers(mine)
            self.account.too_wide += len(odd)
        if self.left and rows:
            beside = self.steps.decide(self.connection, [row["r"] for row in rows], self.left)
            for row in rows:
                _join(row, beside[row["r"]])
        if odd:
            rows += list(self.steps.decide(self.connection, odd, None).values())
        for row in rows:
            row["verdict"] = self._verdict(row.pop("breached"), row.pop("open"))
        return rows

    def _numbers(self, condition: str) -> list[int]:
        return [
            r for (r,) in self.connection.execute(f"SELECT r FROM programme WHERE {condition}").fetchall()
        ]

    def _by_query(self, chunk: str) -> list[Row]:
        for statement in self.bench.measures(chunk):
            self.connection.execute(statement)
        rows: dict[int, Row] = {}
        for made in self.compiled:
            for row in self.connection.sql(self._query(made, chunk)).to_arrow_table().to_pylist():
                known = rows.setdefault(row["r"], row)
                if known is not row:
                    _join(known, row)
        return list(rows.values())

    def _query(self, made: Compiled, chunk: str) -> str:
        """What one rulebook says of each programme: its findings, and whether a binding rule is or may be breached."""
        breaches = [made.stages.let(one.breach) for one in made.ruled]
        wanted = [(f"s{index}", one.status) for index, one in enumerate(made.ruled)]
        wanted.append(("breached", either(*(sql("coalesce({}, FALSE)", b, sure=True) for b in breaches))))
        wanted.append(("open", either(*(sql("({} IS NULL)", b, sure=True) for b in breaches))))
        listed = ", ".join(
            f"{{'rule': {text(one.rule.key).text}, 'force': '{one.rule.force}', 'kind': '{one.rule.kind}', "
            f"'scope': name, 'status': s{index}}}"
            for index, one in enumerate(made.ruled)
        )
        return f"""
            SELECT r, file, name AS programme, law_date, breached, open, [{listed}] AS findings
            FROM (SELECT r, file, coalesce("programme.id", "programme.name", 'programme') AS name, law_date
                  FROM programme) JOIN ({made.query(wanted, chunk)}) USING (r)
            ORDER BY r"""

    def _verdict(self, breached: bool, open_: bool) -> str:
        if breached:
            return "non-compliant"
        return "undetermined" if open_ or not self.binding else "compliant"


def _join(row: Row, other: Row) -> None:
    """Add what other rules conclude of a programme."""
    row["findings"] += other["findings"]
    row["breached"] = row["breached"] or other["breached"]
    row["open"] = row["open"] or other["open"]
