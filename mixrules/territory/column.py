"""Columns of a corpus as the database writes them: their types, and their values in these."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from mixrules.territory.sql.expression import name


def duck(kind: pa.DataType) -> str:
    """A type of the layout as the database calls it."""
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    named = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
    return named[kind]


def cast(column: str, kind: str) -> str:
    """A column in its type; a text without the spaces around it, null where nothing is left."""
    return f"nullif(trim({column}::VARCHAR), '')" if kind == "VARCHAR" else f"{column}::{kind}"


def mapped(column: str, given: dict[str, Any]) -> str:
    """A map of texts, written as one or in JSON; null where the corpus has no such column."""
    if column not in given:
        return "NULL::MAP(VARCHAR, VARCHAR)"
    if str(given[column]) == "VARCHAR":
        return f"json({name(column)})::MAP(VARCHAR, JSON)::MAP(VARCHAR, VARCHAR)"
    return f"{name(column)}::MAP(VARCHAR, VARCHAR)"


def marked(column: str, given: dict[str, Any]) -> str:
    """A list of marks, written as one or with spaces between; null where the corpus has no such column."""
    if column not in given:
        return "NULL::VARCHAR[]"
    if str(given[column]) == "VARCHAR":
        return f"string_split({name(column)}, ' ')"
    return f"{name(column)}::VARCHAR[]"


def unlike(typed: dict[str, str], given: dict[str, Any]) -> list[str]:
    """The columns that a corpus gives in another type than theirs, whose values may not fit it."""
    return [c for c, kind in typed.items() if kind not in {"VARCHAR", str(given[c])}]
