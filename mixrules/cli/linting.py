"""`mixrules rules lint` and `mixrules rules new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from mixrules.authoring.remark import Remark, failed
from mixrules.cli.selection import library
from mixrules.message import InvalidInputError, Lang, Problem, say

INVALID = 4


def lint(lang: Lang, wanted: Sequence[str]) -> int:
    """Look for what is not right in rulebooks; 1 when there is an error, 4 when one does not load."""
    from mixrules.authoring.lint import Linter
    from mixrules.report.remarks import count, render
    from mixrules.rulebook.reference.shelf import headers

    broken: list[Problem] = []
    found: list[Remark] = []
    try:
        shelves, names = library(wanted)
        chosen = names if wanted else shelves.ids
        if not chosen and not any(headers(shelves.folders[:-1])):
            raise InvalidInputError([Problem.of("rulebook_missing", found=wanted[0], near="")])  # noqa: TRY301
        linter = Linter(shelves)
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    texts = linter.texts()
    if texts:
        sys.stdout.write(render("sources", texts, lang))
    listed = linter.references(shipped=not wanted)
    if listed:
        sys.stdout.write(render("tables", listed, lang))
    for name in chosen:
        try:
            remarks = linter.rulebook(name)
        except InvalidInputError as error:
            broken += [problem for problem in error.problems if problem not in broken]
            continue
        found += remarks
        sys.stdout.write(render(name, remarks, lang))
    joint = say("cli.rulebooks_applied_together", lang)
    unproved = say("cli.proof", lang)
    for title, others in ((joint, linter.together(chosen)), (unproved, linter.unproved())):
        if others:
            found += others
            sys.stdout.write(render(title, others, lang))
    sys.stdout.write(count([*texts, *listed, *found], len(chosen), lang))
    if broken:
        return _complain(broken, lang)
    return 1 if failed([*texts, *listed, *found]) else 0


def witness(name: str, lang: Lang, wanted: Sequence[str]) -> int:
    """Show programmes that meet the obligations of a rulebook; 1 where the solver finds none."""
    from mixrules.authoring import proof
    from mixrules.report.witness import render

    if not proof.available():
        return _complain([Problem.of("proof_missing")], lang)
    from mixrules.authoring.proof.witness import meeting

    try:
        book = library(wanted)[0].get(name)
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    met = list(meeting(book))
    sys.stdout.write(render(book, met, lang))
    return 0 if all(one.witness is not None for one in met) else 1


def new(name: str, output: Path, lang: Lang) -> int:
    """Write the rulebook that an author starts from."""
    from mixrules.authoring.skeleton import may_be_called, skeleton

    if not may_be_called(name):
        return _complain([Problem.of("rulebook_name", found=name)], lang)
    try:
        known = library([])[0].ids
        if name in known:
            return _complain([Problem.of("rulebook_name_taken", found=name)], lang)
        # Never over a rulebook that somebody wrote.
        with output.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(name, lang))
    except InvalidInputError as error:
        return _complain(error.problems, lang)
    except FileExistsError:
        return _complain([Problem.of("file_exists", found=output)], lang)
    except OSError as error:
        return _complain([Problem.of("cannot_write", found=output, why=error.strerror)], lang)
    sys.stdout.write(f"{output}\n")
    return 0


def _complain(problems: Sequence[Problem], lang: Lang) -> int:
    sys.stderr.write("\n".join(problem.render(lang) for problem in problems) + "\n")
    return INVALID
