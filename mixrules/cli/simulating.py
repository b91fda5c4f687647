"""`mixrules simulate`: what other rules would do to a corpus."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mixrules.cli.territory import stopped
from mixrules.message import InvalidInputError, Lang, Problem

if TYPE_CHECKING:
    from mixrules.rulebook.model import Rulebook
    from mixrules.territory.simulation.law import Rules
    from mixrules.territory.simulation.simulation import Simulated

MOST = 50
"""Scenarios of one simulation."""
MEMORY = "1GB"
"""What the database holds at once before it spills to disk."""


def run(
    location: str,
    changes: Sequence[str],
    others: Sequence[str],
    wanted: Sequence[str],
    day: date | None,
    output_format: str,
    output: Path | None,
    lang: Lang,
    cores: int,
) -> int:
    """Simulate, and show the effects."""
    rules = [_today(wanted), *_scenarios(changes, others, wanted)]
    _show(_surveyed(location, rules, day, cores), rules, output_format, output, lang)
    return 0


def _surveyed(location: str, rules: Sequence[Rules], day: date | None, cores: int) -> Simulated:
    try:
        import duckdb

        from mixrules.territory import extent, source
    except ImportError:
        raise InvalidInputError([Problem.of("territory_extra")]) from None
    from mixrules.cli.progress import counting
    from mixrules.territory.simulation.survey import survey

    today = date.today()  # noqa: DTZ011 - a civil date
    with TemporaryDirectory() as folder:
        try:
            connection = source.connect(Path(folder), MEMORY, cores or None, held=extent.small(location))
            count = source.load(connection, location, _named(rules))
            with counting(count) as step:
                return survey(connection, rules, day, today, step, cores or None)
        except duckdb.Error as error:
            raise InvalidInputError([stopped(location, error)]) from None


def _named(rules: Sequence[Rules]) -> list[Rulebook] | None:
    """The rulebooks asked for by name, as each scenario has them; nothing where files choose theirs."""
    from mixrules.territory.simulation.law import Law

    if not all(one.asked for one in rules):
        return None
    return [law.book(name) for law in map(Law, rules) for name in law.rules.asked]


def _today(wanted: Sequence[str]) -> Rules:
    """The rules as they are: those asked for, or all that apply."""
    from mixrules.cli.selection import library, shelf
    from mixrules.territory.simulation.law import Rules

    found, names = library(wanted)
    for name in names:
        found.get(name)
    return Rules("", found, tuple(names), shelf(wanted))


def _scenarios(changes: Sequence[str], others: Sequence[str], wanted: Sequence[str]) -> Iterator[Rules]:
    """One scenario for each way to take one value of every change; a second folder is one by itself."""
    from mixrules.territory.simulation.change import read_changes

    base = _with(others, wanted) if others else _today(wanted)
    swept = [read_changes(text, base.library) for text in changes]
    taken = list(product(*swept))
    if not swept and not others:
        raise InvalidInputError([Problem.of("change_none")])
    if len(taken) > MOST:
        raise InvalidInputError([Problem.of("change_many", found=len(taken), most=MOST)])
    for together in taken:
        name = "; ".join([*others, *(change.text for change in together)])
        yield base.replace(name=name, changes=together)


def _with(others: Sequence[str], wanted: Sequence[str]) -> Rules:
    """The other rulebooks in the place of those of their names, beside the rest."""
    from mixrules.cli.selection import library, shelf
    from mixrules.territory.simulation.law import Rules

    found, names = library([*others, *wanted])
    own = library(others)[1]
    for name in own:
        found.get(name)
    asked = tuple(dict.fromkeys(names)) if library(wanted)[1] else ()
    return Rules("", found, asked, shelf([*others, *wanted]))


def _show(
    found: Simulated, rules: Sequence[Rules], output_format: str, output: Path | None, lang: Lang
) -> None:
    from mixrules.report import chart, simulation

    names = _names(rules, lang)
    drawn = output is not None and output.suffix.lower() == ".svg"
    if output_format == "json":
        text = simulation.as_json(found, names)
    elif output_format == "csv":
        text = simulation.table(found, names)
    else:
        text = simulation.render(found, names, lang)
    if output is None or drawn:
        sys.stdout.write(text)
    if output is not None:
        try:
            output.write_text(chart.svg(found, lang) if drawn else text, encoding="utf-8")
        except OSError as error:
            raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None


def _names(rules: Sequence[Rules], lang: Lang) -> Callable[[str], str]:
    """The title of a rule, with the tenures that it counts."""
    from mixrules.rulebook.model import text_in
    from mixrules.territory.simulation.tenure import counted

    def name(key: str) -> str:
        book, _, rule = key.partition("/")
        for one in rules:
            if book in one.library.ids:
                versions = [r for r in one.library.get(book).rules if r.id == rule]
                if versions:
                    tenures = ", ".join(sorted(counted(versions[-1])))
                    return text_in(versions[-1].title, lang) + (f" [{tenures}]" if tenures else "")
        return key

    return name
