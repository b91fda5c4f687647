"""Loading a reference table: its header, then every row against the vocabulary; all problems at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from mixrules.message import InvalidInputError, Place, Problem, suggest
from mixrules.programme.category import CATEGORIES
from mixrules.programme.insee import commune_code
from mixrules.programme.model import Commune
from mixrules.programme.vocabulary import FieldName, fields
from mixrules.rulebook.document import TablePart
from mixrules.rulebook.literal import read_day
from mixrules.rulebook.model import Period
from mixrules.rulebook.parameters import source_of, texts
from mixrules.rulebook.reference.table import (
    KEY,
    SEPARATOR,
    Column,
    HeldTable,
    ReferenceTable,
    Rows,
    altered,
    digest_of,
)
from mixrules.rulebook.structure import structural
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.yaml_source import Path as YamlPath
from mixrules.rulebook.yaml_source import SourceText, read_yaml

MOST_ROWS = 100_000
MOST_PROBLEMS = 50
"""Problems told of one table; a wrong column repeats itself on every row."""


def load(file: str, text: str, read: Rows) -> HeldTable:
    """Load a table from its header, and check all its rows.

    Raises:
        InvalidInputError: every problem found, with its file and line.
    """
    header = Header(read_yaml(text, file))
    columns = tuple(header.columns())
    header.raise_problems()
    name = header.part.rows
    content = read(name)
    if digest_of(content) != header.part.sha256:
        raise InvalidInputError([altered(name, header.part.sha256, content)])
    lines = _lines(content, name)
    problems = [*_title_line(lines[0], columns, name), *_wrong_rows(lines[1:], columns, name)]
    if problems:
        raise InvalidInputError(_told(problems, name))
    return HeldTable(header.record(columns, len(lines) - 1), text, read)


class Header:
    """The header of a table being read, with the problems found so far."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        if not isinstance(source.data, dict) or "table" not in source.data:
            raise InvalidInputError([source.problem("not_a_table", ())])
        try:
            self.part = TablePart.model_validate(source.data)
        except ValidationError as error:
            raise InvalidInputError(structural(error, source)) from None

    def refuse(self, code: str, path: YamlPath, **args: str) -> None:
        """Keep a problem with its place."""
        self.problems.append(self.source.problem(code, path, **dict[str, Any](args)))

    def raise_problems(self) -> None:
        """Stop here if something is wrong.

        Raises:
            InvalidInputError: every problem kept.
        """
        if self.problems:
            raise InvalidInputError(self.problems)

    def columns(self) -> Iterator[Column]:
        """The columns, each with its field and its period."""
        given = {f"commune.{name}" for name in Commune.model_fields} - {"commune.insee", "commune.name"}
        for name, part in self.part.columns.items():
            field = part if isinstance(part, str) else part.field
            where: YamlPath = ("columns", name) if isinstance(part, str) else ("columns", name, "field")
            if field not in given:
                self.refuse("table_field", where, found=field, near=suggest(field, sorted(given)))
            since, until = self.part.from_, self.part.until
            if not isinstance(part, str):
                since, until = part.from_ or since, part.until or until
            start, end = self._day(since, where), self._day(until, where)
            if start and end and start >= end:
                self.refuse("period_reversed", where, found=name)
            yield Column(name, field, Period(start, end))

    def _day(self, text: str | None, where: YamlPath) -> date | None:
        if text is None:
            # A table without an end would answer for ever.
            self.refuse("table_period", where)
            return None
        try:
            return read_day(text)
        except ExpressionError as error:
            self.refuse(error.code, where, **dict(error.args_))
            return None

    def record(self, columns: tuple[Column, ...], count: int) -> ReferenceTable:
        """The header as the model holds it."""
        part, source = self.part, source_of(self.part.source)
        assert source is not None
        plain = "\n".join(self.source.lines)
        return ReferenceTable(
            id=part.table,
            title=texts(part.title),
            source=source,
            licence=part.licence,
            vintage=texts(part.vintage),
            columns=columns,
            rows_file=part.rows,
            rows_digest=part.sha256,
            rows_count=count,
            digest="sha256:" + hashlib.sha256(plain.encode()).hexdigest(),
            left_out=texts(part.left_out),
        )


def _lines(content: bytes, file: str) -> list[str]:
    try:
        lines = content.decode().split("\n")[:-1]
    except UnicodeDecodeError:
        raise InvalidInputError([Problem.of("table_encoding", Place(file))]) from None
    if len(lines) > MOST_ROWS + 1:
        raise InvalidInputError([Problem.of("table_too_long", Place(file), most=MOST_ROWS)])
    return lines


def _title_line(line: str, columns: tuple[Column, ...], file: str) -> Iterator[Problem]:
    expected = SEPARATOR.join([KEY, *(column.name for column in columns)])
    if line != expected:
        yield Problem.of("table_titles", Place(file, line=1), found=line[:200], expected=expected)


def _wrong_rows(lines: list[str], columns: tuple[Column, ...], file: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    wrong: dict[tuple[str, str], Problem | None] = {}
    for number, line in enumerate(lines, start=2):
        code, *cells = line.split(SEPARATOR)
        place = Place(file, line=number)
        if len(cells) != len(columns):
            yield Problem.of(
                "table_cells", place, line[:200], found=len(cells) + 1, expected=len(columns) + 1
            )
            continue
        if commune_code(code) != code:
            yield Problem.of("table_code", place, line[:200], found=code[:20])
        elif code in seen:
            yield Problem.of("table_code_twice", place, line[:200], found=code, line=seen[code])
        seen.setdefault(code, number)
        for column, cell in zip(columns, cells, strict=True):
            key = (column.field, cell)
            if key not in wrong:
                # 35,000 communes share a few values: each is judged once.
                wrong[key] = _wrong_cell(fields()[column.field], column.name, cell)
            problem = wrong[key]
            if problem is not None:
                yield Problem(problem.code, place, problem.args, line[:200])


def _wrong_cell(field: FieldName, column: str, cell: str) -> Problem | None:
    """Why a cell is not a value of its field; a blank is unknown, and right."""
    if not cell:
        return None
    if field.unit == "%" and not cell.endswith("%"):
        # 64.89 in a column of fractions is 6 489 %, or a percentage without its sign: nobody knows.
        return Problem.of("table_percent", column=column, found=cell)
    try:
        read_cell(field.path, cell)
    except ValidationError:
        expected = _expected(field)
        return Problem.of("table_cell", column=column, found=cell[:60], expected=expected)
    return None


def _expected(field: FieldName) -> str:
    if field.kind == "category":
        return ", ".join(CATEGORIES[field.category].members)
    return {"yes_no": "oui, non", "number": "0 % … 100 %" if field.unit == "%" else field.unit}.get(
        field.kind, field.kind
    )


def read_cell(field: str, cell: str) -> object:
    """A cell as the model holds it.

    Raises:
        ValidationError: it is no value of the field.
    """
    name = field.removeprefix("commune.")
    return getattr(Commune.model_validate({name: cell}), name)


def _told(problems: list[Problem], file: str) -> list[Problem]:
    beyond = len(problems) - MOST_PROBLEMS
    if beyond <= 0:
        return problems
    return [*problems[:MOST_PROBLEMS], Problem.of("more_problems", Place(file), more=beyond)]
