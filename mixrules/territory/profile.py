"""What a loaded corpus holds, asked once: which values occur, and where some are missing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

from mixrules.territory.sql.expression import name, text

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 1_000
"""Words written by one statement."""


class Profile:
    """Answers about the tables of a loaded corpus; what never occurs need not be compiled."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.gaps = cache(self._gaps)
        self.given = cache(self._given)
        self.marked = cache(self._marked)
        self.values = cache(self._values)
        self.untold = cache(self._untold)
        self.complete = cache(self._complete)
        self._different = cache(self._all_different)
        self.keys = cache(self._keys)
        self.entries = cache(self._all_entries)
        self.holds = cache(self._any)
        self.listed = cache(self._listed)
        self._lists = 0

    def renewed(self) -> Self:
        """The same questions once gaps of columns are filled; maps are as they were."""
        other = type(self)(self.connection)
        other.entries = self.entries
        return other

    def _gaps(self, table: str, column: str) -> bool:
        """Whether a column has nulls."""
        return self._any(table, f"{name(column)} IS NULL")

    def _given(self, table: str, column: str) -> bool:
        """Whether a column holds anything at all."""
        return self._any(table, f"{name(column)} IS NOT NULL")

    def _marked(self, table: str, mark: str, path: str) -> bool:
        """Whether a field is somewhere « sans objet », or unlimited."""
        return self._any(table, f"list_contains({mark}, '{path}')")

    def _untold(self, table: str, path: str) -> bool:
        """Whether a field is somewhere neither given nor « sans objet »."""
        return self._any(table, f"{name(path)} IS NULL AND NOT list_contains(coalesce(absent, []), '{path}')")

    def _values(self, table: str, expression: str) -> tuple[str, ...]:
        """The different texts of an expression, nulls apart."""
        return tuple(word for word in self._different(table, expression) if word is not None)

    def _complete(self, table: str, expression: str) -> bool:
        """Whether an expression is nowhere null."""
        return None not in self._different(table, expression)

    def _all_different(self, table: str, expression: str) -> tuple[str | None, ...]:
        column, key = entry(table, expression)
        if column:
            return self.entries(table, column).get(key, (None,))
        query = f"SELECT DISTINCT v FROM (SELECT {expression} AS v FROM {table}) ORDER BY v"
        return tuple(row[0] for row in self.connection.execute(query).fetchall())

    def _listed(self, said: tuple[tuple[str, str], ...]) -> str:
        """A table of words, each with a constant that stands for it; gives its name."""
        self._lists += 1
        table = f"words_{self._lists}"
        constant = said[0][1]
        kind = "VARCHAR" if constant.startswith("'") else "BOOLEAN" if constant == "TRUE" else "HUGEINT"
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} (word VARCHAR, said {kind})")
        for start in range(0, len(said), AT_ONCE):
            rows = ", ".join(f"({text(word).text}, {made})" for word, made in said[start : start + AT_ONCE])
            self.connection.execute(f"INSERT INTO {table} VALUES {rows}")
        return table

    def _keys(self, table: str, column: str) -> frozenset[str]:
        """The names that occur in a map."""
        return frozenset(self.entries(table, name(column)))

    def _all_entries(self, table: str, column: str) -> dict[str, tuple[str | None, ...]]:
        """The different values of each key of a map; null is one where a row does not give it."""
        query = (
            f"SELECT e.key, e.value, count(*) FROM (SELECT unnest(map_entries({column})) AS e FROM {table}) "
            "GROUP BY ALL ORDER BY ALL"
        )
        (rows,) = self.connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0]
        given: dict[str, dict[str, int]] = {}
        for key, value, count in self.connection.execute(query).fetchall():
            values = given.setdefault(key, {})
            if value is not None:
                values[value] = count
        return {
            key: (*values, *([None] if sum(values.values()) < rows else [])) for key, values in given.items()
        }

    def _any(self, table: str, condition: str) -> bool:
        query = f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {condition})"
        found = self.connection.execute(query).fetchone()
        return bool(found and found[0])


def entry(table: str, expression: str) -> tuple[str, str]:
    """The map and the key that an expression reads of a whole table; empty where it reads something else."""
    asked = expression.removeprefix(f"{table}.")
    if not table.isidentifier() or not asked.endswith("']"):
        return "", ""
    column, _, key = asked[:-2].partition("['")
    return column, key.replace("''", "'")
