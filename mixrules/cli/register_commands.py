"""The options of `mixrules register …` and `mixrules replay`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from mixrules.cli.options import Lang, LangOption
from mixrules.cli.speaking import Speaking

app = typer.Typer(cls=Speaking, no_args_is_help=True)

RegisterArgument = Annotated[
    str,
    typer.Argument(envvar="MIXRULES_REGISTER"),
]
EntryOption = Annotated[
    Optional[int],  # noqa: UP045 - typer reads it on Python 3.11 too
    typer.Option("--entry"),
]
SinceOption = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option("--since", formats=["%Y-%m-%d"]),
]


class Part(StrEnum):
    """What the register keeps of a decision."""

    decision = "decision"
    programme = "programme"
    entry = "entry"


class Table(StrEnum):
    """How changes are shown."""

    text = "text"
    csv = "csv"
    json = "json"


class Whom(StrEnum):
    """Whose name to erase."""

    applicant = "applicant"
    officer = "officer"


@app.command(
    "verify",
    epilog=(
        "mixrules register verify register.db\n"
        "mixrules register verify register.db --public-key mairie.pub --checkpoint 2026-11.json"
    ),
)
def _verify(
    register: RegisterArgument,
    public: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--public-key"),
    ] = None,
    checkpoint: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option("--checkpoint"),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Find any changed, removed, reordered or inserted decision, and name it."""
    from mixrules.cli import registers

    work = lambda: registers.verify(register, public, checkpoint or [], lang.value)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))


@app.command("list", epilog="mixrules register list register.db --since 2026-01-01")
def _list(register: RegisterArgument, since: SinceOption = None, lang: LangOption = Lang.fr) -> None:
    """List the decisions kept."""
    from mixrules.cli import registers

    day = since.date() if since else None
    raise typer.Exit(registers.guarded(lambda: registers.entries(register, day, lang.value), lang.value))


@app.command("show", epilog="mixrules register show register.db 12 --part programme")
def _show(
    register: RegisterArgument,
    number: Annotated[int, typer.Argument()],
    part: Annotated[Part, typer.Option("--part")] = Part.decision,
    lang: LangOption = Lang.fr,
) -> None:
    """Print a decision as it was issued, its programme or its entry."""
    from mixrules.cli import registers

    work = lambda: registers.show(register, number, part.value)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))


@app.command("checkpoint", epilog="mixrules register checkpoint register.db -o 2026-11.json")
def _checkpoint(
    register: RegisterArgument,
    output: Annotated[Path, typer.Option("--output", "-o")],
    key: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--key", envvar="MIXRULES_KEY"),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Write how far the register reaches, so that a later rewrite of the whole is caught."""
    from mixrules.cli import registers

    raise typer.Exit(registers.guarded(lambda: registers.checkpoint_to(register, output, key), lang.value))


@app.command("key", epilog="mixrules register key -o mairie.pem")
def _key(
    output: Annotated[Path, typer.Option("--output", "-o")],
    lang: LangOption = Lang.fr,
) -> None:
    """Make a pair of Ed25519 keys."""
    from mixrules.cli import registers

    raise typer.Exit(registers.guarded(lambda: registers.key_to(output), lang.value))


@app.command("erase", epilog="mixrules register erase register.db 12 --whom applicant")
def _erase(
    register: RegisterArgument,
    number: Annotated[int, typer.Argument()],
    whom: Annotated[
        Optional[list[Whom]],  # noqa: UP045
        typer.Option("--whom"),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Erase a name on request; the chain verifies as before."""
    from mixrules.cli import registers

    people = [one.value for one in whom or [Whom.applicant]]
    raise typer.Exit(
        registers.guarded(lambda: registers.erase(register, number, people, lang.value), lang.value)
    )


@app.command("export", epilog="mixrules register export register.db -o audit.jsonl --pseudonyms")
def _export(
    register: RegisterArgument,
    output: Annotated[Path, typer.Option("--output", "-o")],
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms")] = False,
    lang: LangOption = Lang.fr,
) -> None:
    """Write the decisions for an auditor, without the names sealed apart."""
    from mixrules.cli import registers

    raise typer.Exit(registers.guarded(lambda: registers.export(register, output, pseudonyms), lang.value))


def replay(
    register: RegisterArgument,
    entry: EntryOption = None,
    since: SinceOption = None,
    rules: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--with-rules"),
    ] = None,
    only: Annotated[bool, typer.Option("--only")] = False,
    day: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option("--date", formats=["%Y-%m-%d"]),
    ] = None,
    table: Annotated[Table, typer.Option("--format")] = Table.text,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
    lang: LangOption = Lang.fr,
) -> None:
    """Decide kept files again under their own rulebooks, or say what other rules would change."""
    from mixrules.cli import registers

    start = since.date() if since else None
    imposed = day.date() if day else None

    def work() -> int:
        if rules:
            return registers.reconsider(
                register, rules, imposed, entry, start, table.value, lang.value, only=only
            )
        return registers.replay(register, entry, start, verbose, lang.value)

    raise typer.Exit(registers.guarded(work, lang.value))


class Shape(StrEnum):
    """How a view is shown."""

    text = "text"
    json = "json"


ViewOption = Annotated[
    str,
    typer.Option("--register", envvar="MIXRULES_REGISTER"),
]
ShapeOption = Annotated[Shape, typer.Option("--format")]


def follow(
    dossier: Annotated[str, typer.Argument()],
    register: ViewOption = "register.db",
    shape: ShapeOption = Shape.text,
    lang: LangOption = Lang.fr,
) -> None:
    """Follow a programme from permit to delivery: what no longer holds, what is to be recovered, what is due."""
    from mixrules.cli import registers

    work = lambda: registers.follow(register, dossier, shape.value, lang.value)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))


def district(
    name: Annotated[str, typer.Argument()],
    register: ViewOption = "register.db",
    shape: ShapeOption = Shape.text,
    lang: LangOption = Lang.fr,
) -> None:
    """Add up a district: its stock and programmes, the mix, how it is spread, what its rules still allow."""
    from mixrules.cli import registers

    work = lambda: registers.district(register, name, shape.value, lang.value)  # noqa: E731
    raise typer.Exit(registers.guarded(work, lang.value))


DISTRICT_EPILOG = "mixrules district gare --register register.db"
FOLLOW_EPILOG = "mixrules follow 'PC 099 001 26 A0012' --register register.db"
REPLAY_EPILOG = (
    "mixrules replay register.db\n"
    "mixrules replay register.db --entry 12\n"
    "mixrules replay register.db --with-rules my-rules/ --date 2027-01-01 --format csv"
)
