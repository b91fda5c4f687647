"""`mixrules import`: understand a workbook, ask what is not sure, write the programme and the mapping."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixrules.cli.progress import following
from mixrules.message import InvalidInputError, Lang, Problem

if TYPE_CHECKING:
    from mixrules.programme.foreign.finding import Question
    from mixrules.programme.foreign.mapping import Mapping
    from mixrules.programme.foreign.reading import Understanding
    from mixrules.programme.model import Submission

ASKED, INVALID = 3, 4
MOST_ROUNDS = 5
"""An answer may raise other questions, so many times at most."""


def run(file: Path, mapping: Path | None, write_mapping: Path | None, output: Path | None, lang: Lang) -> int:
    """Import a workbook: 0 when the programme is whole, 3 when questions remain, 4 when it cannot be read."""
    from mixrules.report import importing as report

    try:
        understood = _understood(file, mapping, lang)
    except InvalidInputError as error:
        sys.stderr.write(report.refusal(file.name, error.problems, lang))
        return INVALID
    try:
        return _written(understood, file, write_mapping, output, lang)
    except OSError as error:
        problem = Problem.of("cannot_write", found=error.filename, why=error.strerror)
        sys.stderr.write(report.refusal(file.name, [problem], lang))
        return INVALID


def _understood(file: Path, mapping: Path | None, lang: Lang) -> Understanding:
    from mixrules.programme.foreign.mapping import Mapping, read_mapping
    from mixrules.programme.foreign.reading import understand
    from mixrules.programme.reading import content_of

    known = read_mapping(mapping.name, content_of(mapping)) if mapping else Mapping()
    content = content_of(file)
    for _ in range(MOST_ROUNDS):
        with following(lang) as step:
            understood = understand(file.name, content, known, step)
        questions = understood.findings.questions
        if not questions or not _interactive():
            break
        if not _answered(list(questions.values()), known, lang):
            break
        known.used.clear()
    return understood


def _interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _answered(questions: list[Question], known: Mapping, lang: Lang) -> bool:
    """Ask on the terminal; an empty answer without a suggestion leaves the question open."""
    import typer

    from mixrules.programme.foreign.mapping import answer_fits

    some = False
    for question in questions:
        typer.echo(question.problem.render(lang), err=True)
        answer = typer.prompt(">", default=question.suggestion, err=True).strip()
        if answer and answer_fits(question.path, answer):
            known.put(question.path, answer)
            some = True
    return some


def _written(
    understood: Understanding, file: Path, write_mapping: Path | None, output: Path | None, lang: Lang
) -> int:
    from mixrules.programme.checking import check
    from mixrules.programme.foreign.mapping import write_mapping as mapping_text
    from mixrules.report import importing as report

    questions = understood.findings.questions
    if write_mapping is not None:
        write_mapping.write_text(
            mapping_text(understood.entries(), file.name, frozenset(questions)), encoding="utf-8"
        )
    draft = understood.draft
    submission = check(draft) if not questions and not draft.problems else None
    sys.stdout.write(report.render(understood, lang))
    sys.stdout.flush()
    if draft.problems:
        sys.stderr.write(report.refusal(file.name, draft.problems, lang))
    if questions:
        sys.stderr.write(report.questions(list(questions.values()), lang))
    if draft.problems or questions:
        return INVALID if draft.problems else ASKED
    if output is not None and submission is not None:
        output.write_text(_programme(submission, understood), encoding="utf-8")
    return 0


def _programme(submission: Submission, understood: Understanding) -> str:
    """The programme as JSON, with the cell of every value."""
    from mixrules.programme import provenance

    data: dict[str, Any] = submission.model_dump(mode="json", exclude_unset=True)
    data[provenance.KEY] = provenance.written(understood.draft.file, understood.draft.places)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
