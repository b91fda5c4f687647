"""Deciding rows step by step, as `mixrules check` does: what a query cannot hold, and the check of what it holds.

Each file is read once whatever it is read for, and files are shared out between the machine's cores.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from typing import Any, Self

import pyarrow as pa

from mixrules.engine import facts
from mixrules.engine.decide import binds, idle
from mixrules.engine.deliberation import Deliberation, Outcome
from mixrules.engine.inference import Judge
from mixrules.engine.law_date import law_date
from mixrules.engine.statement.advantage import entitled
from mixrules.engine.statement.finding import deciding, distance
from mixrules.engine.supplement import supplement
from mixrules.message import InvalidInputError
from mixrules.programme.model import Commune, Submission
from mixrules.programme.scope import ScopeTree, build
from mixrules.rulebook.dependence import reads
from mixrules.rulebook.model import Question, Rulebook
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import corpus, source
from mixrules.territory.choice import Choice
from mixrules.territory.cores import AHEAD, in_order
from mixrules.territory.sql.stating import AWARDED, STATED

Row = dict[str, Any]
BATCH = 100
"""Files sent to a core at once; fewer are decided here."""


class Steps:
    """The engine itself, under the law of each file."""

    def __init__(
        self,
        books: Choice | Sequence[Rulebook],
        imposed: date | None,
        today: date,
        shelf: ReferenceShelf | None = None,
    ) -> None:
        self.choice = books if isinstance(books, Choice) else Choice(books)
        self.books = {book.id: book for book in self.choice.books}
        self.imposed = imposed
        self.today = today
        self.shelf = shelf
        self.judge = Judge()
        self.deliberation = lru_cache(maxsize=500)(self._deliberation)

    def _deliberation(
        self, name: str, day: date, questions: tuple[Question, ...], rules: frozenset[str] | None
    ) -> Deliberation:
        book = self.books[name]
        return Deliberation(book if rules is None else _alone(book, rules), day, questions)

    def decide(self, rows: pa.Table, rules: frozenset[str]) -> list[Row]:
        """What the rules that no query holds conclude for each file, or every rule where the file is odd.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
        """
        known = {row["file"]: row for row in rows.select(["file", "odd", "f", "today"]).to_pylist()}
        found = []
        for file, submission in corpus.submissions(source.parsed(rows)):
            row = known[file]
            concluded = self.one(submission, None if row["odd"] else rules, row["today"])
            found.append({"r": row["f"], "odd": row["odd"], **concluded})
        return found

    def one(self, submission: Submission, rules: frozenset[str] | None, today: date | None = None) -> Row:
        """What some rules, or all of them, conclude for one file.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
            DisagreementError: the evaluators do not agree.
        """
        books = self.choice.applied(submission)
        wrong = facts.problems(submission, {n: given for book in books for n, given in book.inputs.items()})
        if wrong:
            raise InvalidInputError(wrong)
        law = law_date(submission, self.imposed, today or self.today)
        sat = [
            self.deliberation(book.id, law.of(book), law.questions(book), rules)
            for book in books
            if rules is None or any(rule.key in rules for rule in book.rules)
        ]
        trees = self._trees(submission, sat)
        outcomes: list[Outcome] = []
        findings: list[Row] = []
        for one in sat:
            found = one.decide(trees[one.day], self.judge)[0]
            kept = [o for o in found if rules is None or o.rule.key in rules]
            findings += [_finding(one, o) for o in kept if o.rule.award is not None or not idle(o)]
            outcomes += kept
            one.measures.forget()
        binding = any(binds(rule) for one in sat for rule in one.rules)
        tree = build(submission)
        breaches = [o.breach for o in outcomes if binds(o.rule)]
        return {
            "programme": tree.elements("programme")[0].name,
            "law_date": law.planning.day,
            "breached": True in breaches,
            "open": None in breaches,
            "binding": binding,
            "findings": findings,
        }

    def _trees(self, submission: Submission, sat: Sequence[Deliberation]) -> dict[date, ScopeTree]:
        """The file as each day of the law sees it, with what the reference tables in force tell of its commune."""
        trees: dict[date, ScopeTree] = {}
        known: dict[Commune, ScopeTree] = {}
        for day in {one.day for one in sat}:
            full = submission
            if self.shelf is not None and submission.commune.insee is not None:
                reads = (fields for one in sat if one.day == day for fields in one.commune_reads.values())
                full, _ = supplement(submission, frozenset[str]().union(*reads), self.shelf, day)
            if full.commune not in known:
                known[full.commune] = build(full)
            trees[day] = known[full.commune]
        return trees


def _alone(book: Rulebook, rules: frozenset[str]) -> Rulebook:
    """A rulebook without the rules on which some do not depend."""
    wanted = {rule.id for rule in book.rules if rule.key in rules}
    while True:
        found = {name for rule in book.rules if rule.id in wanted for name in reads(rule)}
        for limit in book.cumulations:
            names = {*limit.over, *limit.against}
            found |= names if names & wanted else set()
        if found <= wanted:
            return book.replace(rules=tuple(rule for rule in book.rules if rule.id in wanted))
        wanted |= found


def _finding(deliberation: Deliberation, outcome: Outcome) -> Row:
    rule = outcome.rule
    row: Row = {
        "rule": rule.key,
        "force": rule.force,
        "kind": rule.kind,
        "scope": outcome.element.path,
        "status": outcome.status,
        **dict.fromkeys((*STATED, *AWARDED)),
    }
    if outcome.worth is not None:
        owed = entitled(outcome)
        row |= {"rate": owed.rate, "claimed": owed.claimed}
        return row | ({"amount": owed.amount.value, "amount_unit": owed.amount.unit} if owed.amount else {})
    check = deciding(deliberation, outcome)
    if check is not None:
        row |= {"observed": _settled(check.observed), "required": _settled(check.required)}
        row["unit"] = check.unit or None
        short = distance(check) if outcome.status == "unmet" else None
        if short is not None:
            row |= {"shortfall": short.value, "shortfall_unit": short.unit, "direction": short.direction}
    return row


def _settled(written: str) -> str | None:
    """A text that says one value; nothing where the file leaves it open."""
    return None if written == "unknown" or ".." in written else written


# -- on every core -------------------------------------------------------------------------------------


class Workshop:
    """Decides batches of files on all the machine's cores, in their order."""

    def __init__(
        self,
        choice: Choice,
        imposed: date | None,
        today: date,
        shelf: ReferenceShelf | None = None,
        cores: int | None = None,
    ) -> None:
        self.made = (choice, imposed, today, shelf)
        self.cores = cores or os.cpu_count() or 1
        self.pool: ProcessPoolExecutor | None = None
        self.own: Steps | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)

    def decide(self, batches: Iterator[pa.Table], rules: Iterable[str]) -> Iterator[list[Row]]:
        """What is concluded of each batch.

        Raises:
            InvalidInputError: a fact or claim that is not of the type its rulebook declares.
        """
        first = next(batches, None)
        second = next(batches, None)
        if first is None:
            return
        names = frozenset(rules)
        if second is None or self.cores == 1 or first.num_rows + second.num_rows <= BATCH:
            self.own = self.own or Steps(*self.made)
            for batch in (first, *([second] if second is not None else []), *batches):
                yield self.own.decide(batch, names)
            return
        if self.pool is None:
            # A forked process would share the database's threads and their locks.
            self.pool = ProcessPoolExecutor(
                self.cores, get_context("spawn"), initializer=_prepare, initargs=self.made
            )
        pool = self.pool
        pieces = chain((first, second), batches)
        yield from in_order(lambda batch: pool.submit(_work, batch, names), pieces, AHEAD * self.cores)


_OWN: list[Steps] = []


def _prepare(choice: Choice, imposed: date | None, today: date, shelf: ReferenceShelf | None) -> None:
    """Make the engine once in each process."""
    _OWN[:] = [Steps(choice, imposed, today, shelf)]


def _work(rows: pa.Table, rules: frozenset[str]) -> list[Row]:
    return _OWN[0].decide(rows, rules)
