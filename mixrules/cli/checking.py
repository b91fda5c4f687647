"""`mixrules check` and `mixrules template`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, Problem, say

if TYPE_CHECKING:
    from mixrules.cli.annotating import Annotation
    from mixrules.cli.keeping import Keeping
    from mixrules.engine.decision import Decision
    from mixrules.programme.reading import Reading

EXIT = {"compliant": 0, "non-compliant": 1, "undetermined": 3}
USAGE, INVALID, DISAGREEMENT, NOT_KEPT = 2, 4, 5, 6


def run(
    file: Path,
    output_format: str,
    lang: Lang,
    imposed: date | None,
    rules: Sequence[str],
    side: Path | None,
    output: Path | None,
    mapping: Path | None = None,
    *,
    detail: bool = False,
    why: str | None = None,
    keeping: Keeping | None = None,
    annotation: Annotation | None = None,
) -> int:
    """Check a file, keep its decision where asked, and show it; the exit code says the verdict."""
    from mixrules.cli.progress import waiting
    from mixrules.cli.selection import applicable, shelf, unheard_of
    from mixrules.engine.decide import decide
    from mixrules.engine.inference import DisagreementError
    from mixrules.engine.law_date import law_date
    from mixrules.engine.rete import EngineFaultError
    from mixrules.programme.reading import read

    if annotation is not None and annotation.refused(file, lang):
        return USAGE
    reading: Reading | None = None
    try:
        with waiting(say("cli.reading_file", lang)):
            reading = read(file, side, mapping)
        found, books = applicable(reading.submission, rules)
        strange = unheard_of(reading.submission, found, books)
        if strange:
            raise InvalidInputError(strange)  # noqa: TRY301 - reported with the others
        today = date.today()  # noqa: DTZ011 - a civil date
        law = law_date(reading.submission, imposed, today)
        tables = shelf(rules)
        with waiting(say("cli.deciding", lang)):
            decision = decide(reading.submission, books, law, shelf=tables)
    except InvalidInputError as error:
        problems = _placed(error.problems, reading)
        _report(problems, file, lang)
        if annotation is not None and file.is_file():
            from mixrules.workbook.annotate.copying import Told

            annotation.write(file, Told(lang, reading, problems=problems))
        return INVALID
    except (DisagreementError, EngineFaultError) as error:
        _say_disagreement(error, lang)
        return DISAGREEMENT
    try:
        text = _shown(
            decision, reading, output_format, lang, piped=output is not None, detail=detail, why=why
        )
    except InvalidInputError as error:
        sys.stderr.write("".join(f"{problem.render(lang)}\n" for problem in error.problems))
        return USAGE
    if not _written(text, output, file, lang):
        return INVALID
    if keeping is not None and not keeping.keep(
        file, reading.submission, found, books, decision, (imposed, today), tables
    ):
        return NOT_KEPT
    if annotation is not None:
        from mixrules.engine.grounds import of_breaches
        from mixrules.workbook.annotate.copying import Told

        grounds = list(of_breaches(decision, reading.submission, books, law))
        if not annotation.write(file, Told(lang, reading, decision, grounds)):
            return INVALID
    return EXIT[decision.verdict]


def _written(text: str, output: Path | None, file: Path, lang: Lang) -> bool:
    if output is None:
        sys.stdout.write(text)
        return True
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        _report([Problem.of("cannot_write", found=output, why=error.strerror)], file, lang)
        return False
    return True


def _shown(
    decision: Decision,
    reading: Reading,
    output_format: str,
    lang: Lang,
    *,
    piped: bool,
    detail: bool,
    why: str | None,
) -> str:
    if why is not None:
        from mixrules.programme.scope import build
        from mixrules.report.terminal import unfolded

        return unfolded.render(decision, why, lang, build(reading.submission))
    if output_format == "json":
        return decision.canonical().decode() + "\n"
    from mixrules.report.terminal import screen
    from mixrules.report.terminal.document import render

    shown = screen.paper() if piped else screen.here()
    return render(decision, lang, reading, shown, detail=detail)


def _placed(problems: Iterable[Problem], reading: Reading | None) -> list[Problem]:
    """Problems with their cell, where only a pointer into the submission is known."""
    found = []
    for problem in problems:
        pointer = problem.where.pointer
        place = reading.provenance.get(pointer) if reading is not None and pointer else None
        found.append(Problem(problem.code, place or problem.where, problem.args, problem.line_text))
    return found


def _report(problems: Sequence[Problem], file: Path, lang: Lang) -> None:
    head = say("cli.errors", lang, name=file.name, count=len(problems))
    lines = [head, *(f"  • {problem.render(lang)}" for problem in problems)]
    sys.stderr.write("\n".join(lines) + "\n")


def _say_disagreement(error: Exception, lang: Lang) -> None:
    from mixrules.engine.inference import DisagreementError

    lines = [say("cli.disagreement", lang)]
    if isinstance(error, DisagreementError):
        lines.append(f"  {error.rule}")
        lines += [f"    {name}: {answers}" for name, answers in error.conclusions.items()]
    else:
        lines.append(f"  {error}")
    sys.stderr.write("\n".join(lines) + "\n")


def template(output: Path, lang: Lang) -> int:
    """Write the empty template."""
    from mixrules.programme.template import write_template

    try:
        write_template(output, lang)
    except OSError as error:
        _report([Problem.of("cannot_write", found=output, why=error.strerror)], output, lang)
        return INVALID
    sys.stdout.write(f"{output}\n")
    return 0
