"""`mixrules rules list|show|test`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from mixrules.cli.selection import chosen, library
from mixrules.message import InvalidInputError, Lang, Problem, say, suggest, term
from mixrules.rulebook.model import Rulebook, text_in

INVALID = 4


def _complain(problems: Sequence[Problem], lang: Lang) -> int:
    sys.stderr.write("\n".join(problem.render(lang) for problem in problems) + "\n")
    return INVALID


def show_all(lang: Lang, wanted: Sequence[str]) -> int:
    """List rulebooks."""
    try:
        books = chosen(wanted)
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    width = max((len(book.id) for book in books), default=0)
    for book in books:
        force = term("force_short", book.force, lang)
        sys.stdout.write(f"{book.id:<{width}}  {force:<8}  {text_in(book.title, lang)}\n")
        for rule in dict.fromkeys(rule.id for rule in book.rules):
            sys.stdout.write(f"{'':<{width}}            - {rule}\n")
    return 0


def show(name: str, lang: Lang, wanted: Sequence[str], days: tuple[str, str] | None = None) -> int:
    """Show a rulebook, or one of its rules, in words; between two days, what changed."""
    from mixrules.report import rulebook

    try:
        found, _ = library(wanted)
        book_name, _, rule = name.partition("/")
        book = found.get(book_name)
        known = [r.id for r in book.rules]
        if rule and rule not in known:
            raise InvalidInputError(  # noqa: TRY301 - reported with the others
                [Problem.of("rule_unknown", found=rule, near=suggest(rule, known))]
            )
        if days is None:
            sys.stdout.write(rulebook.render(book, lang, rule))
        else:
            sys.stdout.write(_changes(book, lang, rule, days))
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    return 0


def _changes(book: Rulebook, lang: Lang, rule: str, days: tuple[str, str]) -> str:
    from mixrules.authoring.revision import revise
    from mixrules.report.revision import render
    from mixrules.rulebook.literal import read_day
    from mixrules.rulebook.syntax import ExpressionError

    try:
        before, after = map(read_day, days)
    except ExpressionError as error:
        raise InvalidInputError([Problem.of(error.code, **dict[str, Any](error.args_))]) from None
    return render(revise(book, before, after, rule), lang, rule)


def test(lang: Lang, wanted: Sequence[str], *, verbose: bool, coverage: bool, budget: float | None) -> int:
    """Run the examples of rulebooks; then say what they reach, and (with a budget in seconds) mutate the rules."""
    from mixrules.authoring.example import describe, run

    try:
        found, names = library(wanted)
        books = [found.get(name) for name in names or found.ids]
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    total = failed = 0
    for book in books:
        trials = list(run(book))
        bad = [trial for trial in trials if not trial.passed]
        total, failed = total + len(trials), failed + len(bad)
        sys.stdout.write(f"{'✗' if bad else '✓'} {book.id}  {len(trials) - len(bad)}/{len(trials)}\n")
        for trial in trials:
            if trial.passed and not verbose:
                continue
            sys.stdout.write(
                f"    {'✓' if trial.passed else '✗'} {trial.example.name} (l. {trial.example.line})\n"
            )
            for failure in trial.failures:
                sys.stdout.write(f"      {describe(failure, lang)}\n")
            for problem in trial.problems:
                sys.stdout.write(f"      {problem.render(lang)}\n")
    examples = say("cli.examples", lang, count=total)
    sys.stdout.write(f"{examples}, {say('cli.failed', lang, count=failed)}\n")
    if failed or not (coverage or budget is not None):
        return 1 if failed else 0
    from mixrules.cli import authoring

    covered = authoring.cover(books, lang) if coverage else 0
    noticed = authoring.mutate(found, books, lang, budget) if budget is not None else 0
    return max(covered, noticed)
