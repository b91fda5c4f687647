"""The options of `mixrules corpus …`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mixrules.cli.options import Lang, LangOption
from mixrules.cli.speaking import Speaking

app = typer.Typer(cls=Speaking, no_args_is_help=True)
OutputOption = Annotated[Path, typer.Option("--output", "-o")]


class Source(StrEnum):
    """Public files that are read."""

    sitadel = "sitadel"
    cnig = "cnig"
    paris = "paris"


@app.command(
    "make",
    epilog=(
        "mixrules corpus make -n 10000 --seed 7 -o corpus.parquet\n"
        "mixrules corpus make -n 500 --communes 13055,93048 --as-declared -o permis.parquet"
    ),
)
def make(
    output: OutputOption,
    count: Annotated[int, typer.Option("-n", "--count", min=1)] = 1000,
    seed: Annotated[int, typer.Option("--seed")] = 1,
    communes: Annotated[str, typer.Option("--communes")] = "",
    collective: Annotated[bool, typer.Option("--collective")] = False,
    as_declared: Annotated[
        bool,
        typer.Option("--as-declared"),
    ] = False,
    lang: LangOption = Lang.fr,
) -> None:
    """Draw a synthetic corpus that looks like real permits: sizes, flats, tenures, prices, gaps."""
    from mixrules.cli import corpora, registers

    codes = [code.strip() for code in communes.split(",") if code.strip()]
    work = lambda: corpora.make(  # noqa: E731
        output, count, seed, codes, lang.value, collective=collective, as_declared=as_declared
    )
    raise typer.Exit(registers.guarded(work, lang.value))


@app.command(
    "import",
    epilog=(
        "mixrules corpus import sitadel permis.csv -o corpus.parquet\n"
        "mixrules corpus import cnig operations/ -o zac.parquet\n"
        "mixrules corpus import paris logements-sociaux-finances-a-paris.csv -o paris.parquet"
    ),
)
def import_(
    source: Annotated[Source, typer.Argument()],
    files: Annotated[list[Path], typer.Argument()],
    output: OutputOption,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
    lang: LangOption = Lang.fr,
) -> None:
    """Turn public files of permits and programmes into a corpus; what cannot be read honestly is left out and named."""
    from mixrules.cli import corpora, registers

    work = lambda: corpora.take_in(source.value, files, output, lang.value, verbose=verbose)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))
