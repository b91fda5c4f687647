"""Read a table with one record a row, from a sheet or a CSV: headers, cells, totals, « néant »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mixrules.message import Place, hint, in_each, say, suggest
from mixrules.programme.category import fold
from mixrules.programme.draft import Draft, pointer
from mixrules.programme.field import NONE_WORDS
from mixrules.programme.layout import FACT_PREFIX, PROGRAMME_COLUMN, Entry, Table, adapt, clean

HEADER_ROWS = 20
"""A title may stand above the headers, within these first rows."""

Where = Callable[[int, int], Place]
Cells = Sequence[Sequence[Any]]


@dataclass(slots=True)
class Row:
    """One record, the place of each of its fields by relative pointer, and its programme."""

    place: Place
    record: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    programme: str = ""
    programme_place: Place | None = None
    nothing: bool = False


def blank(value: object) -> bool:
    """Whether a cell holds nothing that a person could see."""
    return value is None or (isinstance(value, str) and not clean(value))


def plain(value: Any) -> Any:
    """A cell's value: no invisible characters, and a whole number for a float that is one."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def read_rows(cells: Cells, table: Table, where: Where, draft: Draft) -> list[Row]:
    """The records of a table; what is wrong with its headers or its rows joins the draft's problems."""
    start, columns = _header(cells, table, where, draft)
    if start is None:
        return []
    rows = []
    for number in range(start + 1, len(cells)):
        line = [plain(value) for value in cells[number]]
        if all(value is None for value in line):
            continue
        _unnamed_values(line, columns, number, where, draft)
        if _is_total(line, columns):
            draft.refuse("total_row", where(number, 0), found=next(v for v in line if isinstance(v, str)))
            continue
        row = _row(line, columns, number, where, draft)
        row.nothing = _says_nothing(row.record, table)
        rows.append(row)
    return rows


Columns = dict[int, Entry | str]
"""What each column holds: a field, or the name of a fact."""


def _header(cells: Cells, table: Table, where: Where, draft: Draft) -> tuple[int | None, Columns]:
    known = _known(table)
    best, most = 0, 0
    for number, line in enumerate(cells[:HEADER_ROWS]):
        matches = sum(isinstance(v, str) and fold(clean(v)) in known for v in line)
        if matches > most:
            best, most = number, matches
    if most == 0:
        if any(not blank(value) for line in cells for value in line):
            headers = in_each(
                "expected", lambda lang: ", ".join(entry.header(lang) for entry in table.columns[:6]) + "…"
            )
            draft.refuse("headers_not_found", where(0, 0), **headers)
        return None, {}
    return best, _columns(cells[best], best, table, where, draft)


def _known(table: Table) -> dict[str, Entry]:
    entries = (*table.columns, *([PROGRAMME_COLUMN] if table.per_programme else []))
    return {name: entry for entry in reversed(entries) for name in entry.names()}


def _columns(header: Sequence[Any], number: int, table: Table, where: Where, draft: Draft) -> Columns:
    known, found = _known(table), Columns()
    first: dict[object, int] = {}
    for index, value in enumerate(header):
        if blank(value):
            continue
        title = clean(str(value))
        meaning = known.get(fold(title)) or _fact(title, table)
        if meaning is None:
            draft.refuse("header_unknown", where(number, index), header=title, **_near(title, table))
            found[index] = ""
            continue
        if meaning in first:
            other = clean(str(header[first[meaning]]))
            draft.refuse("header_twice", where(number, index), header=title, other=other)
        first.setdefault(meaning, index)
        found[index] = meaning
    return found


def _fact(title: str, table: Table) -> str | None:
    match = FACT_PREFIX.match(title)
    return title[match.end() :] or None if table.facts and match else None


def _near(title: str, table: Table) -> dict[str, str]:
    named = {name: entry for entry in table.columns for name in entry.names()}
    near = suggest(fold(title), list(named))
    if near:
        return hint(named[near].header_near(near))
    return in_each("hint", lambda lang: say("hint.fact", lang) if table.facts else "")


def _unnamed_values(line: list[Any], columns: Columns, number: int, where: Where, draft: Draft) -> None:
    """Values under no header, told once a column."""
    for index, value in enumerate(line):
        if value is not None and index not in columns:
            draft.refuse("value_without_header", where(number, index), found=str(value)[:60])
            columns[index] = ""


def _is_total(line: list[Any], columns: Columns) -> bool:
    """A total among the rows would be counted as one more dwelling."""
    words = [value for index, value in enumerate(line) if isinstance(value, str) and index in columns]
    first = fold(words[0]) if words else ""
    return first.split(" ")[0] in {"total", "totaux"} or first.startswith(
        ("sous total", "s total", "subtotal")
    )


def _row(line: list[Any], columns: Columns, number: int, where: Where, draft: Draft) -> Row:
    row = Row(where(number, 0))
    given = {}
    for index, meaning in columns.items():
        value = line[index] if index < len(line) else None
        place = where(number, index)
        if meaning == PROGRAMME_COLUMN:
            row.programme = "" if value is None else str(value)
            row.programme_place = place
            continue
        if not isinstance(meaning, Entry):
            if meaning:
                row.places[pointer("facts", meaning)] = place
                if value is not None:
                    row.record.setdefault("facts", {})[meaning] = value
            continue
        row.places[f"/{meaning.path[-1]}"] = place
        if value is not None:
            given[meaning.path[-1]] = adapt(meaning, value)
        if meaning.kind == "text" and isinstance(value, float):
            _became_number(meaning, value, place, draft)
    row.record |= given
    return row


def _became_number(entry: Entry, value: float, place: Place, draft: Draft) -> None:
    """A lot « 1.10 » typed in a cell of numbers has become 1.1, and nothing can tell; said once a column."""
    label = ("label_fr", entry.label.fr)
    if not any(note.code == "text_became_number" and label in note.args for note in draft.notes):
        draft.note("text_became_number", place, label_fr=label[1], label_en=entry.label.en, found=value)


def _says_nothing(record: dict[str, Any], table: Table) -> bool:
    """« néant » alone in the first column: there is none, which is not the same as not saying."""
    value = record.get(table.columns[0].path[-1])
    return len(record) == 1 and isinstance(value, str) and fold(value) in NONE_WORDS
