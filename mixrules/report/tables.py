"""A reference table in a few lines: vintage, rows, source, and the days on which each column answers."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.message import Lang, format_date, format_number
from mixrules.programme.vocabulary import fields
from mixrules.rulebook.model import text_in
from mixrules.rulebook.reference.table import Column, ReferenceTable


def render(table: ReferenceTable, lang: Lang) -> str:
    """What a table holds, for a terminal."""
    return "\n".join(_lines(table, lang)) + "\n"


def _lines(table: ReferenceTable, lang: Lang) -> Iterator[str]:
    fr = lang == "fr"
    rows = format_number(table.rows_count, lang)
    yield f"{table.id}  {text_in(table.title, lang)}"
    if fr:
        yield f"    millésime {text_in(table.vintage, lang)} ; {rows} communes ; empreinte {table.digest[7:15]}"
    else:
        yield f"    vintage {text_in(table.vintage, lang)}; {rows} communes; digest {table.digest[7:15]}"
    yield f"    {table.source.ref} ({table.licence})"
    for column in table.columns:
        yield f"      - {_column(column, lang)}"
    if table.left_out:
        left_out = text_in(table.left_out, lang)
        yield f"    laissé de côté : {left_out}" if fr else f"    left out: {left_out}"


def _column(column: Column, lang: Lang) -> str:
    label = fields()[column.field].label
    start, end = column.period.start, column.period.end
    assert start is not None
    assert end is not None
    first, last = format_date(start, lang), format_date(end, lang)
    if lang == "fr":
        return f"{label.fr} ({column.field}), du {first} au {last} exclu"
    return f"{label.en} ({column.field}), from {first} until {last}, excluded"
