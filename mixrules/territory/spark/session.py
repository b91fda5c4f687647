"""The Spark session, and the settings under which its arithmetic is exact or stops."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXACT = {
    # What overflows, divides by zero or does not fit its type is an error, never a null and never another number.
    "spark.sql.ansi.enabled": "true",
    # A product or a sum keeps its decimals, and stops where they do not fit: Spark would drop some of them.
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    # Texts and dates mean the same everywhere: no time zone, no calendar of the past, no folding of case.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parser.escapedStringLiterals": "false",
    # Which of two equal names is meant is never guessed, and a map has one value a key.
    "spark.sql.mapKeyDedupPolicy": "EXCEPTION",
}
DEEP = {
    # Stages stand on each other: a plan of a hundred of them is still to be read to its end, and none written out again.
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.optimizer.collapseProjectAlwaysInline": "false",
    # A stage of hundreds of columns is more than one compiled method may hold: Spark would try, and say so at length.
    "spark.sql.codegen.wholeStage": "false",
}


def opened(master: str | None) -> SparkSession:
    """A session on a cluster by its URL, or the one that is there or that the environment sets up."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("mixrules").config("spark.log.level", "FATAL")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if master:
        builder = builder.master(master)
    return builder.getOrCreate()


def settled(spark: SparkSession) -> SparkSession:
    """A session of its own beside another, where arithmetic is exact."""
    # What goes wrong is told once, by whoever asked.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    own = spark.newSession()
    for name, value in {**EXACT, **DEEP}.items():
        own.conf.set(name, value)
    return own
