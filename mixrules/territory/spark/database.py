"""A Spark session that answers as the embedded database does: same statements, same tables, same values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from sqlglot import exp

from mixrules.territory.spark.dialect import Node, parsed, spelled_tree
from mixrules.territory.spark.layout import BELOW
from mixrules.territory.spark.session import settled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Answer:
    """What a query gives."""

    def __init__(self, frame: DataFrame) -> None:
        self.frame = frame

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""
        return [tuple(row) for row in self.frame.collect()]

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row, if any."""
        found = self.frame.head(1)
        return tuple(found[0]) if found else None

    def to_arrow_table(self) -> pa.Table:
        """Every row, as Arrow."""
        return self.frame.toArrow()


class Database:
    """Tables of a corpus on Spark, under statements written for DuckDB."""

    def __init__(self, spark: SparkSession) -> None:
        self.spark = settled(spark)

    def execute(self, statement: str) -> Answer:
        """Run one statement.

        Raises:
            RefusalError: something that Spark does not hold exactly, by name.
        """
        tree = parsed(statement)
        for kind, run in self._statements.items():
            if isinstance(tree, kind):
                return run(tree)
        return Answer(self.spark.sql(spelled_tree(tree)))

    sql = execute

    @property
    def _statements(self) -> dict[type, Callable[[Node], Answer]]:
        return {
            exp.Create: self._created,
            exp.Insert: self._inserted,
            exp.Alter: self._altered,
            exp.Update: self._updated,
            exp.Drop: self._dropped,
        }

    def _created(self, tree: Node) -> Answer:
        if tree.expression is None:
            # Written as a query: rows made in Python would ask for Python on every machine.
            columns = [
                f"CAST(NULL AS {one.kind.sql('spark')}) AS {one.name}" for one in tree.this.expressions
            ]
            return self.keep(_table(tree), self.spark.sql(f"SELECT {', '.join(columns)} WHERE FALSE"))
        body = tree.expression.unnest()
        if tree.kind == "VIEW":
            frame = self.spark.sql(spelled_tree(body))
            frame.createOrReplaceTempView(_table(tree))
            return Answer(frame)
        # The rows of a table have no order here.
        body.set("order", None)
        return self.keep(_table(tree), self.spark.sql(spelled_tree(body)))

    def _inserted(self, tree: Node) -> Answer:
        table = _table(tree.this)
        added = self.spark.sql(spelled_tree(tree.expression))
        if isinstance(tree.this, exp.Schema):
            added = added.toDF(*(column.name for column in tree.this.expressions))
        elif not tree.args.get("by_name"):
            added = added.toDF(*self.spark.table(table).columns)
        return self.keep(table, self.spark.table(table).unionByName(added, allowMissingColumns=True))

    def _altered(self, tree: Node) -> Answer:
        """A table under another name; a column to come is added by the update that fills it."""
        (action,) = tree.args["actions"]
        held = self.spark.table(_table(tree))
        if not isinstance(action, exp.ColumnDef):
            held.createOrReplaceTempView(action.this.name)
            self.unregister(_table(tree))
        return Answer(held)

    def _updated(self, tree: Node) -> Answer:
        """Columns of a table taken from another, row by row of the same number; the first rows asked for bring all."""
        table, other = tree.this.name, (tree.args.get("from_") or tree.args["from"]).this.name
        taken = [one.this.name for one in tree.expressions]
        held, found = self.spark.table(table), self.spark.table(other)
        if set(taken) <= set(held.columns):
            return Answer(held)
        kept = [f"`{column}`" for column in held.columns if column not in taken]
        joined = held.select(*kept).join(found.select("r", *(f"`{column}`" for column in taken)), "r")
        return self.keep(table, joined)

    def _dropped(self, tree: Node) -> Answer:
        gone = self.spark.table(_table(tree))
        self.unregister(_table(tree))
        return Answer(gone)

    def staged(self, stages: Sequence[str]) -> DataFrame:
        """A query over stages, each read by the next."""
        names: list[str] = []
        for stage in stages[:-1]:
            written = stage.replace(BELOW, names[-1]) if names else stage
            names.append(f"stage_{len(names)}")
            self.spark.sql(written).createOrReplaceTempView(names[-1])
        frame = self.spark.sql(stages[-1].replace(BELOW, names[-1]))
        for name in names:
            self.spark.catalog.dropTempView(name)
        return frame

    def keep(self, table: str, frame: DataFrame) -> Answer:
        """A table computed once; Spark frees it when nothing reads it any more."""
        kept = frame.localCheckpoint()
        kept.createOrReplaceTempView(table)
        return Answer(kept)

    def register(self, name: str, table: pa.Table) -> None:
        """A table of the driver, as a table of the corpus."""
        self.spark.createDataFrame(table).createOrReplaceTempView(name)

    def unregister(self, name: str) -> None:
        """Take such a table away."""
        self.spark.catalog.dropTempView(name)


def _table(tree: Node) -> str:
    """The table that a statement makes or drops."""
    return str(tree.find(exp.Table).name)
