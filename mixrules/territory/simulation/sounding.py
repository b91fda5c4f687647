"""What the queries conclude of a corpus, kept as rows that can be counted and added up; the reading is that of `gauge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mixrules.territory.form import Form
from mixrules.territory.queries import Queries, Shared
from mixrules.territory.simulation.gauge import WORST
from mixrules.territory.sql.expression import text
from mixrules.territory.sql.places import SCOPES
from mixrules.territory.sql.ruled import Ruled

if TYPE_CHECKING:
    import duckdb

SUMMED = Form(
    ("status", "required", "unit", "shortfall", "shortfall_unit", "direction", "amount", "amount_unit"),
    # More than where decisions are written, which hold each twice.
    at_once=2_000_000,
)
"""What of a finding is counted or added up."""
PRICES = ("not-applicable", "within", "undetermined", "exceeds")
"""What the ceilings of a rulebook say of the land price, the strongest last."""
RANK = "list_position([{}], status) - 1".format(", ".join(f"'{status}'" for status in WORST))
"""Of a rule found at several places, the status that counts."""
KEPT = {
    "away": "f BIGINT",
    "concluded": "turn INTEGER, book VARCHAR, r BIGINT, breached BOOLEAN, open BOOLEAN, binding BOOLEAN, price TINYINT",
    "ranked": "turn INTEGER, book VARCHAR, r BIGINT, rule VARCHAR, rank TINYINT",
    "amounts": "turn INTEGER, book VARCHAR, r BIGINT, what VARCHAR, rule VARCHAR, unit VARCHAR, value VARCHAR",
}
"""The files that no query decides; what each rulebook concludes of the others; the status of each rule that is not
without object; and amounts, as decisions write them."""


def tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables, empty."""
    for table, kinds in KEPT.items():
        connection.execute(f"CREATE OR REPLACE TABLE {table} ({kinds})")


class Sounding(Queries):
    """The rulebooks of one turn, concluded chunk by chunk."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, shared: Shared, turn: int) -> None:
        super().__init__(connection, shared, SUMMED)
        self.turn = turn
        self._send_away("odd")
        for span, made in self.spans:
            if made.refused or any(map(_unsaid, made.ruled)):
                self._send_away(span.condition)

    def decide(self, start: int, end: int) -> int:
        """Keep what is concluded of a chunk; gives its last programme."""
        if self.fits(start, end):
            for name in self.names:
                self._keep(name)
        elif start == end:
            self._send_away(f"programme.r = {start}")
        else:
            middle = (start + end) // 2
            self.decide(start, middle)
            self.decide(middle + 1, end)
        return end

    def _send_away(self, condition: str) -> None:
        self.connection.execute(f"INSERT INTO away SELECT DISTINCT f FROM programme WHERE {condition}")

    def _keep(self, book: str) -> None:
        """What one rulebook concluded of a chunk."""
        table, head = self._table(book), f"{self.turn} AS turn, {text(book).text} AS book, r"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE said AS SELECT r, unnest(findings, max_depth := 2) FROM {table}"
        )
        self.connection.execute(
            f"INSERT INTO concluded SELECT {head}, breached, open, binding, coalesce(price, 0) FROM {table} LEFT JOIN "
            "(SELECT r, max(CASE status WHEN 'unmet' THEN 3 WHEN 'undetermined' THEN 2 WHEN 'met' THEN 1 ELSE 0 END) "
            "AS price FROM said WHERE kind = 'ceiling' GROUP BY r) USING (r)"
        )
        self.connection.execute(
            f"INSERT INTO ranked SELECT {head}, rule, min({RANK}) AS rank FROM said "
            f"WHERE kind NOT IN ('advantage', 'commitment') GROUP BY r, rule HAVING rank < {WORST.index('not-applicable')}"
        )
        self.connection.execute(
            f"INSERT INTO amounts SELECT {head}, 'missing', rule, shortfall_unit, shortfall FROM said "
            "WHERE kind = 'obligation' AND status = 'unmet' AND shortfall_unit = 'dwelling' AND direction = 'missing' "
            f"UNION ALL SELECT {head}, 'granted', rule, amount_unit, amount FROM said "
            "WHERE kind = 'advantage' AND status = 'granted' AND amount IS NOT NULL "
            f"UNION ALL SELECT {head}, 'ceilings', rule, coalesce(unit, ''), required FROM said "
            "WHERE kind = 'ceiling' AND status IN ('met', 'unmet')"
        )


def _unsaid(ruled: Ruled) -> bool:
    """Whether what a rule adds up is none of what a query writes."""
    rule = ruled.rule
    # A ceiling on an element that may not exist counts for the land price, and no finding says it.
    supposed = rule.kind == "ceiling" and rule.scope in SCOPES
    return supposed or (
        not ruled.said and rule.require is not None and rule.kind in {"obligation", "ceiling"}
    )
