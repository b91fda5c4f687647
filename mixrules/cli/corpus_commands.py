"""The options of `mixrules corpus …`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mixrules.cli.options import Lang, LangOption

app = typer.Typer(
    help="Corpora: many programmes in one file, drawn or taken from public files.", no_args_is_help=True
)
OutputOption = Annotated[Path, typer.Option("--output", "-o", help="The corpus to write (.parquet).")]


class Source(StrEnum):
    """Public files that are read."""

    sitadel = "sitadel"
    cnig = "cnig"
    paris = "paris"


@app.command(
    "make",
    epilog="**Examples**\n\n- `mixrules corpus make -n 10000 --seed 7 -o corpus.parquet`\n"
    "- `mixrules corpus make -n 500 --communes 13055,93048 --as-declared -o permis.parquet`",
)
def make(
    output: OutputOption,
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="How many programmes.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same corpus.")] = 1,
    communes: Annotated[
        str, typer.Option("--communes", help="INSEE codes, commas between; all equally likely.")
    ] = "",
    collective: Annotated[
        bool, typer.Option("--collective", help="Programmes of three dwellings and more only.")
    ] = False,
    as_declared: Annotated[
        bool,
        typer.Option(
            "--as-declared", help="With the gaps and faults of real permit files, as often as there."
        ),
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
    epilog="**Examples**\n\n- `mixrules corpus import sitadel permis.csv -o corpus.parquet`\n"
    "- `mixrules corpus import cnig operations/ -o zac.parquet`\n"
    "- `mixrules corpus import paris logements-sociaux-finances-a-paris.csv -o paris.parquet`\n\n"
    "**Exit codes** 0 read (rows left out are named), 4 nothing can be read.",
)
def import_(
    source: Annotated[Source, typer.Argument(help="What the files are.")],
    files: Annotated[list[Path], typer.Argument(help="One file; for cnig, files or a folder.")],
    output: OutputOption,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every row left out and every note.")
    ] = False,
    lang: LangOption = Lang.fr,
) -> None:
    """Turn public files of permits and programmes into a corpus; what cannot be read honestly is left out and named."""
    from mixrules.cli import corpora, registers

    work = lambda: corpora.take_in(source.value, files, output, lang.value, verbose=verbose)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))
