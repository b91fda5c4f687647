"""Deciding rows step by step, as `mixrules check` does: what a query cannot hold, and the check of what it holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mixrules.engine import facts
from mixrules.engine.decide import binds, idle
from mixrules.engine.deliberation import Deliberation, Outcome
from mixrules.engine.inference import Judge
from mixrules.engine.law_date import law_date
from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.programme.scope import build
from mixrules.rulebook.model import Question, Rulebook
from mixrules.territory import corpus, source

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]


class Steps:
    """The engine itself, under the law of each file."""

    def __init__(self, books: Sequence[Rulebook], imposed: date | None, today: date) -> None:
        self.books = books
        self.imposed = imposed
        self.today = today
        self.judge = Judge()
        self.known = {name: given for book in books for name, given in book.inputs.items()}
        self.deliberation = lru_cache(maxsize=500)(self._deliberation)

    def _deliberation(self, index: int, day: date, questions: tuple[Question, ...]) -> Deliberation:
        return Deliberation(self.books[index], day, questions)

    def decide(
        self, connection: duckdb.DuckDBPyConnection, numbers: Sequence[int], rules: Collection[str] | None
    ) -> dict[int, Row]:
        """What some rules, or all of them, conclude; a file with several programmes is one row, the first.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
        """
        first = source.first_rows(connection, numbers)
        found = {}
        for file, submission in corpus.submissions(source.rows(connection, numbers)):
            if first[file] in numbers:
                found[first[file]] = {"r": first[file], "file": file, **self.one(submission, rules)}
        return found

    def one(self, submission: Submission, rules: Collection[str] | None) -> Row:
        """What some rules, or all of them, conclude for one file.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
            DisagreementError: the evaluators do not agree.
        """
        wrong = facts.problems(submission, self.known)
        if wrong:
            raise InvalidInputError(wrong)
        law = law_date(submission, self.imposed, self.today)
        tree = build(submission)
        outcomes = []
        for index, book in enumerate(self.books):
            one = self.deliberation(index, law.of(book), law.questions(book))
            outcomes += one.decide(tree, self.judge)[0]
            one.measures.forget()
        kept = [o for o in outcomes if rules is None or o.rule.key in rules]
        breaches = [o.breach for o in kept if binds(o.rule)]
        return {
            "programme": tree.elements("programme")[0].name,
            "law_date": law.planning.day.isoformat(),
            "breached": True in breaches,
            "open": None in breaches,
            "findings": [_finding(o) for o in kept if o.rule.award is not None or not idle(o)],
        }


def _finding(outcome: Outcome) -> Row:
    rule = outcome.rule
    return {
        "rule": rule.key,
        "force": rule.force,
        "kind": rule.kind,
        "scope": outcome.element.path,
        "status": outcome.status,
    }
