"""The options of `mixrules report`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from mixrules.cli.options import Lang, LangOption, WhyOption

COMPARE_EPILOG = "mixrules compare permit.json delivered.json"


class Shape(StrEnum):
    """For whom a decision is shown."""

    text = "text"
    motivation = "motivation"
    docx = "docx"
    html = "html"
    pdf = "pdf"


EPILOG = (
    "mixrules report decision.json --programme programme.xlsx --format motivation\n"
    "mixrules report register.db --entry 12 --format docx -o arrete.docx\n"
    "mixrules report register.db --entry 12 --format html -o decision.html"
)


def report(
    source: Annotated[str, typer.Argument()],
    entry: Annotated[
        Optional[int],  # noqa: UP045 - typer reads it on Python 3.11 too
        typer.Option("--entry"),
    ] = None,
    programme: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--programme"),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format")] = Shape.text,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o"),
    ] = None,
    why: WhyOption = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Show a decision for the person who needs it: page, motivation to paste, Word document, text."""
    from mixrules.cli import registers, reporting

    work = lambda: reporting.run(source, entry, programme, shape.value, output, lang.value, why)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))


def compare(
    before: Annotated[Path, typer.Argument()],
    after: Annotated[Path, typer.Argument()],
    lang: LangOption = Lang.fr,
) -> None:
    """Say what moved from one decision to another, and why."""
    from mixrules.cli import registers, reporting

    raise typer.Exit(registers.guarded(lambda: reporting.compare(before, after, lang.value), lang.value))
