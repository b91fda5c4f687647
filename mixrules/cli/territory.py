"""`mixrules batch`: a corpus decided by the database, with an account of what was not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mixrules.cli.progress import counting
from mixrules.message import InvalidInputError, Lang, Place, Problem, say, term

if TYPE_CHECKING:
    from mixrules.territory.batch import Account

INVALID = 4


def run(file: str, rules: Sequence[str], output: Path, imposed: date | None, memory: str, lang: Lang) -> int:
    """Decide a corpus and say what was decided, and how."""
    try:
        account = _decided(file, rules, output, imposed, memory)
    except InvalidInputError as error:
        lines = [f"  • {problem.render(lang)}" for problem in error.problems]
        head = say("cli.no_decision", lang, name=Path(file).name)
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
    names = ("compliant", "non-compliant", "undetermined")
    counts = ", ".join(term("verdict_count", name, lang, count=account.verdicts[name]) for name in names)
    lines = [
        say("cli.files_decided", lang, count=account.programmes, counts=counts),
        say("cli.rules_in_sql", lang, count=len(account.compiled)),
    ]
    if account.refused:
        listed = ", ".join(f"{key} ({one.why})" for key, one in sorted(account.refused.items()))
        lines.append(say("cli.rules_step_by_step", lang, count=len(account.refused), listed=listed))
    if account.odd:
        lines.append(say("cli.odd_files", lang, count=account.odd))
    if account.too_wide:
        lines.append(say("cli.wide_files", lang, count=account.too_wide))
    return [*lines, str(output)]
