"""What a corpus on Spark holds: each table is read once for all the questions of a kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from mixrules.programme.vocabulary import fields, item_fields
from mixrules.territory import profile
from mixrules.territory.spark.database import Database
from mixrules.territory.spark.dialect import spelled
from mixrules.territory.sql.expression import RefusalError, name


class Profile(profile.Profile):
    """Answers about the tables of a corpus on Spark."""

    connection: Database  # type: ignore[assignment]

    def __init__(self, database: Database) -> None:
        super().__init__(database)  # type: ignore[arg-type]
        self._known = cache(self._all_known)
        self._marks = cache(self._all_marks)
        self._words = cache(self._all_words)

    def _gaps(self, table: str, column: str) -> bool:
        return self._known(table)[column][0]

    def _given(self, table: str, column: str) -> bool:
        return self._known(table)[column][1]

    def _marked(self, table: str, mark: str, path: str) -> bool:
        return path in self._marks(table, mark)

    def _values(self, table: str, expression: str) -> tuple[str, ...]:
        if profile.entry(table, expression)[0]:
            return super()._values(table, expression)
        asked = expression.removeprefix(f"{table}.")
        if table.isalpha() and asked.strip('"') in self._words(table):
            return self._words(table)[asked.strip('"')]
        query = f"SELECT DISTINCT v FROM (SELECT {expression} AS v FROM {table}) AS asked WHERE v IS NOT NULL"
        return tuple(sorted(row[0] for row in self._rows(query)))

    def _untold(self, table: str, path: str) -> bool:
        return self._gaps(table, path)

    def _complete(self, table: str, expression: str) -> bool:  # noqa: ARG002 - each answer would be a query
        return False

    def _any(self, table: str, condition: str) -> bool:
        return bool(self._rows(f"SELECT 1 AS one FROM {table} WHERE {condition} LIMIT 1"))

    def _listed(self, said: tuple[tuple[str, str], ...]) -> str:
        raise RefusalError("refusal_spark_words", count=len(said))

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    # -- every question of a kind ----------------------------------------------------------------------

    def _all_known(self, table: str) -> dict[str, tuple[bool, bool]]:
        """Whether each column has nulls, and whether it has anything else."""
        columns = self.connection.spark.table(table).columns
        asked = ", ".join(
            f"bool_or({name(column)} IS NULL) AS n{i}, bool_or({name(column)} IS NOT NULL) AS g{i}"
            for i, column in enumerate(columns)
        )
        (found,) = self._rows(f"SELECT {asked} FROM {table}")
        pairs = zip(found[::2], found[1::2], strict=True)
        return {c: (bool(nulls), bool(given)) for c, (nulls, given) in zip(columns, pairs, strict=True)}

    def _all_marks(self, table: str, mark: str) -> set[str]:
        """The fields that a mark names somewhere."""
        return {row[0] for row in self._rows(f"SELECT DISTINCT unnest({mark}) AS v FROM {table}")}

    def _all_words(self, table: str) -> dict[str, tuple[str, ...]]:
        """The different words of each category."""
        held = set(self.connection.spark.table(table).columns)
        known = {**fields(), **item_fields(table)}
        asked = [path for path, field in known.items() if field.kind == "category" and path in held]
        if not asked:
            return {}
        listed = ", ".join(f"list(DISTINCT {name(path)}) AS c{i}" for i, path in enumerate(asked))
        (found,) = self._rows(f"SELECT {listed} FROM {table}")
        return {path: tuple(sorted(words)) for path, words in zip(asked, found, strict=True)}

    def _all_entries(self, table: str, column: str) -> dict[str, tuple[str | None, ...]]:
        """The different values of each key of a map."""
        frame = self.connection.spark.table(table).selectExpr(f"explode({spelled(column)}) AS (k, v)")
        found: dict[str, list[str]] = {}
        for key, value in frame.where("v IS NOT NULL").distinct().collect():
            found.setdefault(key, []).append(value)
        return {key: tuple(sorted(values)) for key, values in found.items()}
