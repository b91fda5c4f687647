"""The options of `mixrules simulate`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

from mixrules.cli.options import Lang, LangOption, RulesOption
from mixrules.cli.register_commands import Table

EPILOG = (
    "mixrules simulate corpus.parquet --change 'fr.local.13055.plui/part_lls = 35 %'\n"
    "mixrules simulate corpus.parquet --change 'fr.local.13055.plui/part_lls = 20 %, 25 %, 30 %' -o seuil.svg\n"
    "mixrules simulate register.db --with-rules projet-plu/ --format csv -o effets.csv"
)


def simulate(
    corpus: Annotated[str, typer.Argument()],
    change: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads it on Python 3.11 too
        typer.Option(
            "--change",
        ),
    ] = None,
    with_rules: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--with-rules"),
    ] = None,
    rules: RulesOption = None,
    day: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option("--date", formats=["%Y-%m-%d"]),
    ] = None,
    output_format: Annotated[Table, typer.Option("--format")] = Table.text,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o"),
    ] = None,
    cores: Annotated[int, typer.Option("--cores", min=0)] = 0,
    lang: LangOption = Lang.fr,
) -> None:
    """Say what other rules would change for many programmes: verdicts, dwellings, bonuses, land prices."""
    from mixrules.cli import registers, simulating

    work = lambda: simulating.run(  # noqa: E731
        corpus,
        change or [],
        with_rules or [],
        rules or [],
        day.date() if day else None,
        output_format.value,
        output,
        lang.value,
        cores,
    )
    raise typer.Exit(registers.guarded(work, lang.value))
