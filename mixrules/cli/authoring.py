"""`mixrules rules test --coverage` and `--mutate`: what the examples of a rulebook leave unsaid."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from mixrules.message import Lang
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook


def mutate(found: Library, books: Sequence[Rulebook], lang: Lang, budget: float) -> int:
    """Change each rulebook in small ways; 1 when a change goes unnoticed and unexplained, or an explanation is false."""
    from mixrules.authoring.loan import loans
    from mixrules.authoring.mutation import campaign
    from mixrules.report.mutation import render

    deadline = time.monotonic() + budget if budget > 0 else None
    survived = False
    for book in books:
        lent = loans(found, book)
        if not (book.rules or lent):
            continue
        done = campaign(book, lang, deadline, lent=lent)
        survived = survived or not done.passed
        sys.stdout.write(render(done, lang))
        sys.stdout.flush()
    return 1 if survived else 0


def cover(books: Sequence[Rulebook], lang: Lang) -> int:
    """Show what the examples reach; 1 when an outcome is neither reached nor explained, or an explanation is false."""
    from mixrules.authoring.coverage import cover as covered
    from mixrules.report.coverage import render

    complete = True
    for book in (book for book in books if book.rules):
        found = covered(book)
        complete = complete and found.passed
        sys.stdout.write(render(found, lang))
    return 0 if complete else 1
