"""`mixrules report`: a decision shown for the person who needs it, from its JSON or from a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mixrules.message import InvalidInputError, Lang, Place, Problem

if TYPE_CHECKING:
    from mixrules.engine.decision import Decision
    from mixrules.programme.model import Submission


def run(
    source: str,
    entry: int | None,
    programme: Path | None,
    shape: str,
    output: Path | None,
    lang: Lang,
    why: str | None = None,
) -> int:
    """Show a decision, or one of its rules step by step."""
    decision, submission = _read(source, entry, programme)
    content = (
        _shown(decision, submission, shape, lang, filed=output is not None)
        if why is None
        else _unfolded(decision, submission, why, lang)
    )
    if output is None and isinstance(content, bytes):
        raise InvalidInputError([Problem.of("output_needed", found=shape)])
    if output is None:
        sys.stdout.write(str(content))
        return 0
    try:
        output.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise InvalidInputError([Problem.of("cannot_write", found=output, why=error.strerror)]) from None
    return 0


def compare(before: Path, after: Path, lang: Lang) -> int:
    """Say what moved from one decision to another; 1 when something did."""
    from mixrules.report.comparison import render

    old, new = (_read(str(path), None, None)[0] for path in (before, after))
    sys.stdout.write(render(old, new, lang))
    return 0 if old.digest == new.digest else 1


def _read(source: str, entry: int | None, programme: Path | None) -> tuple[Decision, Submission | None]:
    from mixrules.engine.contract import read
    from mixrules.engine.decision import sealed

    path = Path(source)
    if path.suffix.lower() != ".json":
        return _registered(source, entry)
    place = Place(file=path.name)
    try:
        decision = read(path.read_bytes())
    except OSError:
        raise InvalidInputError([Problem.of("file_missing", place)]) from None
    except ValueError:
        raise InvalidInputError([Problem.of("decision_unreadable", place)]) from None
    if sealed(decision).digest != decision.digest:
        raise InvalidInputError([Problem.of("decision_altered", place)])
    if programme is None:
        return decision, None
    from mixrules.engine.decide import digest
    from mixrules.programme.reading import read as read_programme

    submission = read_programme(programme).submission
    if digest(submission) != decision.programme.digest:
        raise InvalidInputError([Problem.of("programme_of_another", Place(file=programme.name))])
    return decision, submission


def _registered(location: str, entry: int | None) -> tuple[Decision, Submission]:
    from mixrules.engine.contract import read
    from mixrules.register.ledger import Register
    from mixrules.register.replay import Replay

    with Register.open(location) as register:
        held = register.link(entry if entry is not None else register.count()).entry()
        try:
            decision = read(register.content(held.decision))
        except ValueError:
            raise InvalidInputError([Problem.of("decision_unreadable", Place(file=location))]) from None
        return decision, Replay(register).submission(held)


def _unfolded(decision: Decision, submission: Submission | None, why: str, lang: Lang) -> str:
    from mixrules.programme.scope import build
    from mixrules.report.terminal import unfolded

    return unfolded.render(decision, why, lang, build(submission) if submission is not None else None)


def _shown(
    decision: Decision, submission: Submission | None, shape: str, lang: Lang, *, filed: bool
) -> str | bytes:
    if shape == "text":
        from mixrules.report.terminal import screen
        from mixrules.report.terminal.document import render

        return render(decision, lang, screen=screen.paper() if filed else screen.here())
    if shape == "html":
        from mixrules.report.page.document import render as page

        return page(decision, submission, lang)
    if shape == "pdf":
        from mixrules.report.paper.document import render as paper

        return paper(decision, submission, lang)
    from mixrules.report.motivation import order, text, word_file

    made = order.order(decision, submission)
    return text.render(made) if shape == "motivation" else word_file.render(made)
