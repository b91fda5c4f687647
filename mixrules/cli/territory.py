"""`mixrules batch`: a corpus decided by the database, with an account of what was not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mixrules.cli.progress import counting
from mixrules.message import InvalidInputError, Lang, Place, Problem, say, term

if TYPE_CHECKING:
    from mixrules.rulebook.library import Library
    from mixrules.rulebook.model import Rulebook
    from mixrules.rulebook.reference.shelf import ReferenceShelf
    from mixrules.territory.batch import Account
    from mixrules.territory.form import Form

INVALID = 4


@dataclass(frozen=True)
class Engine:
    """Where the queries run: the embedded database and its memory, or Spark and the URL of its master."""

    memory: str
    spark: bool = False
    master: str | None = None


@dataclass(frozen=True)
class Asked:
    """What is decided, with what, and where the decisions go."""

    file: str
    books: list[Rulebook] | Library
    imposed: date | None
    output: Path
    shelf: ReferenceShelf
    statuses: bool = False

    @property
    def form(self) -> Form:
        """What findings say."""
        from mixrules.territory.form import STATUSES, WHOLE

        return STATUSES if self.statuses else WHOLE

    def decided(self, decide: Callable[..., Account], today: date, total: int) -> Account:
        """Decide with one engine, its progress shown."""
        with counting(total) as progress:
            return decide(self.books, self.imposed, today, self.output, progress, self.shelf, form=self.form)


def run(
    file: str,
    rules: Sequence[str],
    output: Path,
    imposed: date | None,
    engine: Engine,
    lang: Lang,
    *,
    statuses: bool = False,
) -> int:
    """Decide a corpus and say what was decided, and how."""
    try:
        account = _decided(file, rules, output, imposed, engine, statuses=statuses)
    except InvalidInputError as error:
        lines = [f"  • {problem.render(lang)}" for problem in error.problems]
        head = say("cli.no_decision", lang, name=Path(file).name)
        sys.stderr.write("\n".join([head, *lines]) + "\n")
        return INVALID
    sys.stdout.write("\n".join(_told(account, output, lang)) + "\n")
    return 0


def _decided(
    file: str, rules: Sequence[str], output: Path, imposed: date | None, engine: Engine, *, statuses: bool
) -> Account:
    try:
        import duckdb
    except ImportError:
        raise InvalidInputError([Problem.of("territory_missing")]) from None
    from mixrules.cli.selection import library, shelf

    found, names = library(rules)
    books = [book for book in map(found.get, names) if book.rules]
    asked = Asked(file, books if names else found, imposed, output, shelf(rules), statuses)
    decide = _on_spark if engine.spark else _embedded
    with TemporaryDirectory() as folder:
        try:
            return decide(asked, engine, Path(folder))
        except duckdb.Error as error:
            raise InvalidInputError([stopped(file, error)]) from None
        except OSError as error:
            raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None


def _embedded(asked: Asked, engine: Engine, folder: Path) -> Account:
    from mixrules.territory import extent, source

    today = date.today()  # noqa: DTZ011 - a civil date
    connection = source.connect(folder, engine.memory, held=extent.small(asked.file))
    given = asked.books if isinstance(asked.books, list) else None
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(source.load, connection, asked.file, given)
        # The compiler is read while the database loads.
        from mixrules.territory import batch

        total = loading.result()
    return asked.decided(partial(batch.decide, connection), today, total)


def _on_spark(asked: Asked, engine: Engine, folder: Path) -> Account:
    try:
        from pyspark.errors import PySparkException

        from mixrules.territory.spark import batch, corpus, session
        from mixrules.territory.spark.database import Database
    except ImportError:
        raise InvalidInputError([Problem.of("spark_missing")]) from None
    from mixrules.territory import source

    today = date.today()  # noqa: DTZ011 - a civil date
    try:
        database = Database(session.opened(engine.master))
        total = corpus.load(database, asked.file)
        connection = source.connect(folder, engine.memory)
        return asked.decided(partial(batch.decide, database, connection), today, total)
    except PySparkException as error:
        absent = "JAVA_GATEWAY_EXITED" in str(error)
        raise InvalidInputError(
            [Problem.of("spark_missing") if absent else stopped(asked.file, error)]
        ) from None


def stopped(file: str, error: Exception) -> Problem:
    """What the database, or Spark, says when it stops."""
    why = next(iter(str(error).splitlines()), type(error).__name__)
    return Problem.of("database_stopped", Place(file=Path(file).name), why=why)


def _told(account: Account, output: Path, lang: Lang) -> list[str]:
    names = ("compliant", "non-compliant", "undetermined")
    counts = ", ".join(term("verdict_count", name, lang, count=account.verdicts[name]) for name in names)
    lines = [
        say("cli.files_decided", lang, count=account.programmes, counts=counts),
        say("cli.rules_in_sql", lang, count=len(account.compiled)),
    ]
    if account.refused:
        listed = ", ".join(
            f"{key} ({one.why.sentence(lang)})" for key, one in sorted(account.refused.items())
        )
        lines.append(say("cli.rules_step_by_step", lang, count=len(account.refused), listed=listed))
    if account.odd:
        lines.append(say("cli.odd_files", lang, count=account.odd))
    if account.too_wide:
        lines.append(say("cli.wide_files", lang, count=account.too_wide))
    return [*lines, str(output)]
