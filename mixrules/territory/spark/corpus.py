"""A corpus read by Spark: its rows numbered in the order of the files, its types named as the database names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.territory import source
from mixrules.territory.spark.database import Database

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType


@dataclass(frozen=True)
class Kind:
    """A type of a column, as DuckDB would tell it."""

    name: str
    children: list[tuple[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return self.name


NAMES = {
    "string": "VARCHAR",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
}


NUMBERED = source.Unfolding("row_number() OVER ()", placed=False)
"""How lines are numbered."""


def kind(spark: DataType) -> Kind:
    """A type of Spark by its name in the database."""
    from pyspark.sql.types import ArrayType, StructType

    if isinstance(spark, ArrayType):
        inner = kind(spark.elementType)
        return Kind(f"{inner}[]", [("child", inner)])
    if isinstance(spark, StructType):
        fields = [(one.name, kind(one.dataType)) for one in spark.fields]
        return Kind("STRUCT", fields)
    named = spark.simpleString()
    return Kind(NAMES.get(named, named.upper()))


def load(database: Database, path: str) -> int:
    """Load a corpus in Parquet, a file or a folder wherever Spark reads; gives the number of programmes.

    Raises:
        InvalidInputError: a column that a corpus does not have, or values that its type does not hold exactly.
    """
    from pyspark.errors import PySparkException

    held = Path(path)
    if held.suffix == ".csv":
        raise InvalidInputError([Problem.of("spark_parquet", Place(file=held.name))])
    try:
        read = database.spark.read.parquet(path)
    except PySparkException as error:
        raise InvalidInputError([source.unreadable(held, error)]) from None
    _number(read)
    given = {one.name: kind(one.dataType) for one in read.schema.fields}
    return source.tabled(database, held, given, unfolding=NUMBERED)  # type: ignore[arg-type]


def _number(read: DataFrame) -> None:
    """The rows as the view `source`; `r` numbers them, file after file."""
    from pyspark.sql import functions as f

    numbered = read.select(
        "*", f.col("_metadata.file_path").alias("_file"), f.col("_metadata.row_index").alias("_row")
    )
    first = f.lit(0)
    for file, rows in _starts(numbered, read.inputFiles()).items():
        first = f.when(f.col("_file") == file, f.lit(rows)).otherwise(first)
    r = (first + f.col("_row") + 1).cast("bigint").alias("r")
    numbered.select(r, *(f.col(f"`{name}`") for name in read.columns)).createOrReplaceTempView("source")


def _starts(numbered: DataFrame, files: list[str]) -> dict[str, int]:
    """How many rows come before those of each file, in the order of their names."""
    if len(files) == 1:
        return {}
    starts, before = {}, 0
    for file, count in sorted(tuple(row) for row in numbered.groupBy("_file").count().collect()):
        starts[file] = before
        before += count
    return starts
