"""Typer commands, thin: heavy packages are imported only by the commands that need them."""

from __future__ import annotations

import os
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from mixrules import __version__
from mixrules.cli import (
    corpus_commands,
    register_commands,
    report_commands,
    simulate_commands,
    territory_commands,
)
from mixrules.cli.options import Lang, LangOption, RulesOption, WhyOption
from mixrules.cli.speaking import Speaking

# Looking for plugins of pydantic reads the metadata of every installed package; mixrules has none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Format(StrEnum):
    """How a decision is shown."""

    text = "text"
    json = "json"


class Schema(StrEnum):
    """What has a JSON Schema."""

    programme = "programme"
    rulebook = "rulebook"
    decision = "decision"


app = typer.Typer(
    cls=Speaking,
    name="mixrules",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(cls=Speaking, no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(register_commands.app, name="register")
app.add_typer(corpus_commands.app, name="corpus")
app.command(epilog=report_commands.EPILOG)(report_commands.report)
app.command(epilog=report_commands.COMPARE_EPILOG)(report_commands.compare)
app.command(epilog=simulate_commands.EPILOG)(simulate_commands.simulate)
app.command(epilog=territory_commands.EPILOG)(territory_commands.batch)
app.command(epilog=register_commands.REPLAY_EPILOG)(register_commands.replay)
app.command(epilog=register_commands.FOLLOW_EPILOG)(register_commands.follow)
app.command(epilog=register_commands.DISTRICT_EPILOG)(register_commands.district)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"mixrules {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
    lang: LangOption = Lang.fr,
) -> None:
    del version, lang


@app.command(
    epilog=(
        "mixrules check fixtures/programme-mixte.xlsx\n"
        "mixrules check programme.json --format json -o decision.json\n"
        "mixrules check lots.csv --side dossier.json --date 2026-03-01 --lang en\n"
        "mixrules check programme.xlsx --rules fr.urb.L111-24 --rules my-rules/\n"
        "mixrules check programme.xlsx --why fr.urb.L111-24/part-lls\n"
        "mixrules check programme.xlsx --annotate programme-controle.xlsx"
    )
)
def check(
    file: Annotated[Path, typer.Argument()],
    output_format: Annotated[Format, typer.Option("--format")] = Format.text,
    lang: LangOption = Lang.fr,
    day: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option("--date", formats=["%Y-%m-%d"]),
    ] = None,
    rules: RulesOption = None,
    side: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--side"),
    ] = None,
    mapping: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--mapping"),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o"),
    ] = None,
    detail: Annotated[bool, typer.Option("--detail")] = False,
    why: WhyOption = None,
    register: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--register", envvar="MIXRULES_REGISTER"),
    ] = None,
    officer: Annotated[
        str,
        typer.Option("--officer", envvar="MIXRULES_OFFICER"),
    ] = "",
    key: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--key", envvar="MIXRULES_KEY"),
    ] = None,
    nameless: Annotated[bool, typer.Option("--no-names")] = False,
    annotate: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--annotate",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Decide a programme: verdict, findings, bonuses, land price, what is missing."""
    from mixrules.cli import checking
    from mixrules.cli.annotating import Annotation
    from mixrules.cli.keeping import Keeping

    imposed: date | None = day.date() if day is not None else None
    keeping = Keeping(register, officer, key, nameless, lang.value) if register else None
    annotation = Annotation(annotate, force) if annotate is not None else None
    raise typer.Exit(
        checking.run(
            file,
            output_format.value,
            lang.value,
            imposed,
            rules or [],
            side,
            output,
            mapping,
            detail=detail,
            why=why,
            keeping=keeping,
            annotation=annotation,
        )
    )


@app.command(
    "import",
    epilog=(
        "mixrules import tableau.xlsx\n"
        "mixrules import tableau.xls --write-mapping tableau.yaml\n"
        "mixrules import tableau.xlsx --mapping tableau.yaml -o programme.json"
    ),
)
def import_(
    file: Annotated[Path, typer.Argument()],
    mapping: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--mapping"),
    ] = None,
    write_mapping: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--write-mapping"),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o"),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Read the promoter's own workbook: show what each column was taken for, ask what is not sure."""
    from mixrules.cli import importing

    raise typer.Exit(importing.run(file, mapping, write_mapping, output, lang.value))


@app.command(
    epilog=(
        "mixrules template -o programme.xlsx\n"
        "mixrules template --lang en -o programme.xlsx\n"
        "mixrules template --live -o programme.xlsx\n"
        "mixrules template --live --rules fr.modele.du-palier-au-quartier --date 2026-03-01 -o charte.xlsx"
    )
)
def template(
    output: Annotated[Path, typer.Option("--output", "-o")],
    live: Annotated[bool, typer.Option("--live")] = False,
    rules: RulesOption = None,
    day: Annotated[
        Optional[datetime],  # noqa: UP045
        typer.Option("--date", formats=["%Y-%m-%d"]),
    ] = None,
    lang: LangOption = Lang.fr,
) -> None:
    """Write the workbook to fill in: one sheet for the programme, one for its dwellings."""
    if not live:
        from mixrules.cli import checking

        if rules or day is not None:
            from mixrules.message import say

            raise typer.BadParameter(say("usage.live", lang.value))
        raise typer.Exit(checking.template(output, lang.value))
    from mixrules.cli import live as live_template

    when = day.date() if day is not None else date.today()  # noqa: DTZ011 - the law of the user's day
    raise typer.Exit(live_template.template(output, rules or [], when, lang.value))


@app.command(epilog="mixrules schema rulebook > rulebook.schema.json")
def schema(what: Annotated[Schema, typer.Argument()]) -> None:
    """Print the JSON Schema of a programme, a rulebook or a decision."""
    from mixrules.cli import schemas

    typer.echo(schemas.text(what.value))


@rules_app.command("list", epilog="mixrules rules list --lang en")
def rules_list(lang: LangOption = Lang.fr, rules: RulesOption = None) -> None:
    """List the rulebooks with their force, source and rules."""
    from mixrules.cli import rulebooks

    raise typer.Exit(rulebooks.show_all(lang.value, rules or []))


@rules_app.command("tables", epilog="mixrules rules tables --rules my-rules/")
def rules_tables(lang: LangOption = Lang.fr, rules: RulesOption = None) -> None:
    """List the reference tables: which facts they give, of which vintage, on which days, from which source."""
    from mixrules.cli import tables

    raise typer.Exit(tables.show_all(lang.value, rules or []))


@rules_app.command(
    "show",
    epilog=(
        "mixrules rules show fr.urb.L111-24\n"
        "mixrules rules show fr.urb.L111-24/part-lls --diff 2015-06-01 2026-03-01"
    ),
)
def rules_show(
    name: Annotated[str, typer.Argument()],
    lang: LangOption = Lang.fr,
    rules: RulesOption = None,
    diff: Annotated[
        Optional[tuple[str, str]],  # noqa: UP045
        typer.Option("--diff", metavar="DATE1 DATE2"),
    ] = None,
) -> None:
    """Show a rulebook in words: its rules, their versions, sources, parameters and examples."""
    from mixrules.cli import rulebooks

    raise typer.Exit(rulebooks.show(name, lang.value, rules or [], diff))


@rules_app.command(
    "test",
    epilog=(
        "mixrules rules test --rules my-rules/\n"
        "mixrules rules test --coverage\n"
        "mixrules rules test --mutate --budget 60 --rules fr.urb.L111-24"
    ),
)
def rules_test(
    lang: LangOption = Lang.fr,
    rules: RulesOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
    coverage: Annotated[bool, typer.Option("--coverage")] = False,
    mutate: Annotated[bool, typer.Option("--mutate")] = False,
    budget: Annotated[float, typer.Option("--budget", min=0)] = 300,
) -> None:
    """Run the worked examples that stand beside the rules, or look for what they leave unsaid."""
    from mixrules.cli import rulebooks

    seconds = budget if mutate else None
    raise typer.Exit(
        rulebooks.test(lang.value, rules or [], verbose=verbose, coverage=coverage, budget=seconds)
    )


@rules_app.command(
    "lint",
    epilog=(
        "mixrules rules lint\n"
        "mixrules rules lint --rules my-rules/ --lang en\n"
        "mixrules rules lint --witness fr.urb.L111-24"
    ),
)
def rules_lint(
    lang: LangOption = Lang.fr,
    rules: RulesOption = None,
    witness: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--witness", metavar="ID"),
    ] = None,
) -> None:
    """Look for gaps, overlaps, false quotes, conflicts and unsaid points, each with a mend."""
    from mixrules.cli import linting

    if witness is not None:
        raise typer.Exit(linting.witness(witness, lang.value, rules or []))
    raise typer.Exit(linting.lint(lang.value, rules or []))


@rules_app.command("new", epilog="mixrules rules new fr.local.38185.charte -o charte.yaml")
def rules_new(
    name: Annotated[str, typer.Argument()],
    output: Annotated[Path, typer.Option("--output", "-o")],
    lang: LangOption = Lang.fr,
) -> None:
    """Write a commented rulebook to start from."""
    from mixrules.cli import linting

    raise typer.Exit(linting.new(name, output, lang.value))


def main() -> None:
    """Run the command line."""
    app()
