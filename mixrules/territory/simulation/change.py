"""A change of a parameter, as a person writes it: `fr.local.x/share = 30 %`, or several values to sweep."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from mixrules.message import InvalidInputError, Problem, suggest
from mixrules.programme.category import CATEGORIES
from mixrules.quantity import Exact
from mixrules.record import Record
from mixrules.rulebook.library import Library
from mixrules.rulebook.literal import read_quantity, read_value
from mixrules.rulebook.model import Parameter, Row, Rulebook
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import Type

_WRITTEN = re.compile(r"\s*([^\s/=\[\]]+)/([^\s/=\[\]]+)\s*(?:\[([^\]]*)\](?:\.(\w+))?)?\s*=\s*(\S.*)")

Value = Exact | float | str | bool | None


class Change(Record):
    """One parameter with another value, at every date for which it has one."""

    text: str
    before: Parameter
    after: Parameter

    def made(self, book: Rulebook) -> Rulebook:
        """A rulebook under the change; itself where it does not hold the parameter."""
        if book.parameters.get(self.before.name) != self.before:
            return book
        digest = hashlib.sha256(f"{book.digest} {self.text}".encode()).hexdigest()
        parameters = {**book.parameters, self.before.name: self.after}
        return book.replace(parameters=parameters, digest=f"sha256:{digest}")


def read_changes(text: str, library: Library) -> list[Change]:
    """The changes that a text asks for, one a value.

    Raises:
        InvalidInputError: no such rulebook, parameter, row or column, or a value of another unit or type.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise _refused("change_shape", found=text)
    book, name, keys, column, values = match.groups()
    parameter, column = _parameter(library.get(book), name, column or "")
    place, kind = _column(parameter, column)
    rows = _keys(parameter, keys)
    head = text.partition("=")[0].strip()
    found = []
    for written in map(str.strip, values.split(",")):
        value = _value(written, kind, parameter, text)
        after = parameter.replace(versions=_versions(parameter, rows, place, value))
        found.append(Change(f"{head} = {written}", parameter, after))
    return found


def _refused(code: str, **args: object) -> InvalidInputError:
    return InvalidInputError([Problem.of(code, None, "", **args)])


def _parameter(book: Rulebook, name: str, column: str) -> tuple[Parameter, str]:
    """The parameter of a name; `name.column` where it is a record without keys."""
    if name in book.parameters:
        return book.parameters[name], column
    head, _, tail = name.rpartition(".")
    if head in book.parameters:
        return book.parameters[head], tail
    if not book.parameters:
        raise _refused("change_no_parameter", found=book.id)
    near = suggest(name, list(book.parameters))
    raise _refused(
        "change_parameter", found=name, name=book.id, near=near, expected=", ".join(book.parameters)
    )


def _column(parameter: Parameter, column: str) -> tuple[int, Type]:
    names = [name for name, _ in parameter.columns]
    if not column and len(names) == 1:
        return 0, parameter.columns[0][1]
    if column not in names:
        near = suggest(column, names)
        raise _refused(
            "change_column", found=column, name=parameter.name, near=near, expected=", ".join(names)
        )
    place = names.index(column)
    return place, parameter.columns[place][1]


def _keys(parameter: Parameter, written: str | None) -> tuple[Any, ...]:
    """The keys of the row to change; none for a parameter without rows."""
    if parameter.match == "band":
        raise _refused("change_bands", found=parameter.name)
    texts = [text.strip() for text in written.split(",")] if written is not None else []
    if len(texts) != len(parameter.keys):
        raise _refused("change_keys", found=parameter.name, expected=_shown_keys(parameter))
    try:
        keys = tuple(
            read_value(text, kind, _members(parameter, kind))
            for text, kind in zip(texts, parameter.keys, strict=True)
        )
    except ExpressionError as error:
        raise _refused(error.code, **dict[str, Any](error.args_)) from None
    if not any(row.keys == keys for version in parameter.versions for row in version.rows):
        raise _refused("change_key", found=written, name=parameter.name, expected=_shown_keys(parameter))
    return keys


def _shown_keys(parameter: Parameter) -> str:
    rows = {row.keys: None for version in parameter.versions for row in version.rows}
    return ", ".join(f"{parameter.name}[{', '.join(map(str, keys))}]" for keys in rows) or parameter.name


def _members(parameter: Parameter, kind: Type) -> frozenset[str]:
    known = CATEGORIES.get(kind.category)
    return known.everything if known is not None else frozenset(parameter.members)


def _value(written: str, kind: Type, parameter: Parameter, text: str) -> Value:
    try:
        value = read_value(written, kind, _members(parameter, kind))
        bare = (
            kind.kind == "number" and written not in {"none", "unlimited"} and not read_quantity(written)[2]
        )
    except ExpressionError as error:
        problem = Problem.of(error.code, None, "", **dict[str, Any](error.args_))
        raise InvalidInputError([Problem.of("change_value", found=text), problem]) from None
    if bare and kind.unit.is_ratio and isinstance(value, int) and value > 1:
        # Thirty is 3,000 %: nobody means it.
        raise _refused("change_percent", found=written)
    return value


def _versions(parameter: Parameter, keys: tuple[Any, ...], place: int, value: Value) -> tuple[Any, ...]:
    def changed(row: Row) -> Row:
        if row.keys != keys:
            return row
        return row.replace(values=(*row.values[:place], value, *row.values[place + 1 :]))

    return tuple(version.replace(rows=tuple(map(changed, version.rows))) for version in parameter.versions)
