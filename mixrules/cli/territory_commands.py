"""The options of `mixrules batch`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from mixrules.cli.options import Lang, LangOption, RulesOption

EPILOG = (
    "mixrules batch corpus.parquet -o decisions.parquet\n"
    "mixrules batch register.db --rules fr.urb.L111-24 -o decisions.parquet\n"
    "mixrules batch corpus.csv --rules rules/fr/national --date 2026-03-01 -o decisions.parquet\n"
    "mixrules batch corpus.parquet -o decisions.parquet --engine spark --master spark://host:7077"
)


class Runner(StrEnum):
    """What runs the queries."""

    duckdb = "duckdb"
    spark = "spark"


def batch(
    file: Annotated[str, typer.Argument()],
    output: Annotated[Path, typer.Option("--output", "-o")],
    rules: RulesOption = None,
    day: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option("--date", formats=["%Y-%m-%d"]),
    ] = None,
    memory: Annotated[str, typer.Option("--memory")] = "1GB",
    statuses: Annotated[bool, typer.Option("--statuses")] = False,
    engine: Annotated[Runner, typer.Option("--engine")] = Runner.duckdb,
    master: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--master"),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Decide every programme of a corpus: rules as SQL, each under the law of its own date."""
    from mixrules.cli import territory

    imposed: date | None = day.date() if day is not None else None
    runs = territory.Engine(memory, engine is Runner.spark, master)
    raise typer.Exit(territory.run(file, rules or [], output, imposed, runs, lang.value, statuses=statuses))
