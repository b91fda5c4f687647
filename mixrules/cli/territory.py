"""`mixrules batch`: a corpus decided by the database, with an account of what was not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mixrules.cli.progress import counting
from mixrules.message import InvalidInputError, Lang, Place, Problem

if TYPE_CHECKING:
    from mixrules.territory.batch import Account

INVALID = 4


def run(file: str, rules: Sequence[str], output: Path, imposed: date | None, memory: str, lang: Lang) -> int:
    """Decide a corpus and say what was decided, and how."""
    try:
        account = _decided(file, rules, output, imposed, memory)
    except InvalidInputError as error:
        lines = [f"  • {problem.render(lang)}" for problem in error.problems]
        head = f"{Path(file).name} : aucune décision." if lang == "fr" else f"{Path(file).name}: no decision."
        sys.stderr.write("\n".join([head, *lines]) + "\n")
        return INVALID
    sys.stdout.write("\n".join(_told(account, output, lang)) + "\n")
    return 0


def _decided(file: str, rules: Sequence[str], output: Path, imposed: date | None, memory: str) -> Account:
    try:
        import duckdb

        from mixrules.territory import batch, source
    except ImportError:
        raise InvalidInputError([Problem.of("territory_missing")]) from None
    from mixrules.cli.selection import library, shelf

    if "://" not in file and not Path(file).is_file():
        raise InvalidInputError([Problem.of("file_missing", Place(file=Path(file).name))])
    found, names = library(rules)
    books = [book for book in map(found.get, names) if book.rules]
    today = date.today()  # noqa: DTZ011 - a civil date
    with TemporaryDirectory() as folder:
        try:
            connection = source.connect(Path(folder), memory)
            total = source.load(connection, file, today, books if names else None)
            with counting(total) as progress:
                decided = books if names else found
                return batch.decide(connection, decided, imposed, today, output, progress, shelf(rules))
        except duckdb.Error as error:
            why = str(error).splitlines()[0]
            raise InvalidInputError(
                [Problem.of("database_stopped", Place(file=Path(file).name), why=why)]
            ) from None
        except OSError as error:
            raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None


def _told(account: Account, output: Path, lang: Lang) -> list[str]:
    french = lang == "fr"
    names = ("compliant", "non-compliant", "undetermined")
    words = dict(zip(names, ("conformes", "non conformes", "indéterminés"), strict=True)) if french else {}
    counts = ", ".join(f"{account.verdicts[name]} {words.get(name, name)}" for name in names)
    rules = len(account.compiled)
    if french:
        lines = [f"{account.programmes} dossiers : {counts}.", f"{rules} règles en SQL."]
    else:
        lines = [f"{account.programmes} files: {counts}.", f"{rules} rules in SQL."]
    if account.refused:
        listed = ", ".join(f"{key} ({one.why})" for key, one in sorted(account.refused.items()))
        left = len(account.refused)
        lines.append(
            f"{left} règle{'s' if left > 1 else ''} au pas à pas : {listed}."
            if french
            else f"{left} rule{'s' if left > 1 else ''} step by step: {listed}."
        )
    if account.odd:
        lines.append(
            f"{account.odd} dossiers au pas à pas : totaux qui se contredisent, plusieurs programmes, "
            "date du droit à établir."
            if french
            else f"{account.odd} files step by step: totals that contradict each other, several programmes, "
            "law date to settle."
        )
    if account.too_wide:
        lines.append(
            f"{account.too_wide} dossiers au pas à pas : un nombre dépasse 128 bits."
            if french
            else f"{account.too_wide} files step by step: a number exceeds 128 bits."
        )
    return [*lines, str(output)]
