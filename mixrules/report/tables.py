"""A reference table in a few lines: vintage, rows, source, and the days on which each column answers."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.message import Lang, say
from mixrules.programme.vocabulary import fields
from mixrules.rulebook.model import text_in
from mixrules.rulebook.reference.table import Column, ReferenceTable


def render(table: ReferenceTable, lang: Lang) -> str:
    """What a table holds, for a terminal."""
    return "\n".join(_lines(table, lang)) + "\n"


def _lines(table: ReferenceTable, lang: Lang) -> Iterator[str]:
    yield f"{table.id}  {text_in(table.title, lang)}"
    yield say(
        "table.head",
        lang,
        vintage=text_in(table.vintage, lang),
        count=table.rows_count,
        digest=table.digest[7:15],
    )
    yield f"    {table.source.ref} ({table.licence})"
    for column in table.columns:
        yield f"      - {_column(column, lang)}"
    if table.left_out:
        left_out = text_in(table.left_out, lang)
        yield say("table.left_out", lang, left_out=left_out)


def _column(column: Column, lang: Lang) -> str:
    label = fields()[column.field].label
    start, end = column.period.start, column.period.end
    assert start is not None
    assert end is not None
    return say("table.column", lang, label=label.of(lang), field=column.field, start=start, end=end)
