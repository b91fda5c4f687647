"""Compare the totals that a workbook states with the rows they add up: both cells are told, none is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from mixrules.message import Place, format_number
from mixrules.programme.category import fold
from mixrules.programme.foreign.extent import RowKind, TableRow
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.likeness import number
from mixrules.programme.foreign.mapping import IGNORE
from mixrules.programme.foreign.settling import Settled
from mixrules.programme.foreign.table import FoundTable, Record
from mixrules.quantity import Exact, canonical

Stated = dict[str, Any]
"""A declared total, with the cell that states it as its source."""

ADDED = frozenset({"count", "living_area", "floor_area", "price", "rent", "parking_places"})
_DWELLINGS = re.compile(r"(\d{1,5})\s+(?:logements?|lgts?|logts?|lots?|appartements?)")
_NO_SUM = ("moyenne", "soit", "dont")


def check_totals(table: FoundTable, findings: Findings) -> list[tuple[Stated, Place]]:
    """The counts that total rows and total columns state otherwise than the rows; areas that differ are asked."""
    found: list[tuple[Stated, Place]] = []
    since: list[int] = []
    every: list[int] = []
    for row in table.rows:
        if row.kind is RowKind.DATA:
            since.append(row.row)
            every.append(row.row)
        elif row.kind is RowKind.TOTAL:
            if fold(row.text).startswith(_NO_SUM):
                continue
            for settled in table.columns:
                found.extend(_column(table, row, settled, (since, every), findings))
            found.extend(_dwellings(table, row, (since, every), findings))
            since = []
    return [*found, *_across(table, findings)]


def _column(
    table: FoundTable, row: TableRow, settled: Settled, spans: Sequence[list[int]], findings: Findings
) -> list[tuple[Stated, Place]]:
    """One cell of a total row against the column above it."""
    wanted = settled.target in ADDED or (settled.column.wide and settled.target != IGNORE)
    stated = number(table.grid.own(row.row, settled.index)) if wanted else None
    if stated is None:
        return []
    sums = [_sum(table, settled, span) for span in spans if span]
    if stated in sums or not sums:
        return []
    place = table.grid.place(row.row, settled.index)
    counts = settled.target == "count"
    parts = _parts(table, settled, spans[-1])
    if counts:
        findings.note("total_differs", place, **_numbers(settled.column.title, stated, sums[-1]), parts=parts)
        return [({"count": canonical(stated), "source": _source(place)} | _tenure(settled, findings), place)]
    if findings.decided(("totals", settled.column.title)) is None:
        words = _numbers(settled.column.title, stated, sums[-1])
        findings.ask(("totals", settled.column.title), "ask_total", place, "", **words, parts=parts)
    return []


def _sum(table: FoundTable, settled: Settled, rows: Sequence[int]) -> Exact:
    values = (number(table.grid.own(row, settled.index)) for row in rows)
    return sum((Fraction(value) for value in values if value is not None), start=Fraction(0))


def _parts(table: FoundTable, settled: Settled, rows: Sequence[int]) -> str:
    first, last = (table.grid.place(row, settled.index) for row in (rows[0], rows[-1]))
    return span(first, last)


def span(first: Place, last: Place) -> str:
    """Two cells and what stands between them, as a message names it."""
    return f"{first}:{last.cell}" if last.cell else f"{first} – {last.line}:{last.column}"


def _numbers(title: str, stated: Exact, total: Exact) -> dict[str, str]:
    return {
        "header": title,
        "stated_fr": format_number(stated, "fr"),
        "stated_en": format_number(stated, "en"),
        "sum_fr": format_number(total, "fr"),
        "sum_en": format_number(total, "en"),
    }


def _tenure(settled: Settled, findings: Findings) -> Stated:
    word = settled.column.context.get("tenure")
    answers = findings.mapping.words().get("tenure", {})
    return {"tenure": answers.get(fold(word), word)} if word else {}


def _source(place: Place) -> str:
    return str(place)


def _dwellings(
    table: FoundTable, row: TableRow, spans: Sequence[list[int]], findings: Findings
) -> list[tuple[Stated, Place]]:
    """« Total : 24 logements », or a number under the names, against the dwellings read."""
    names = [s for s in table.columns if s.target == "lot"]
    said = _DWELLINGS.search(fold(row.text))
    below = [s for s in names if number(table.grid.own(row.row, s.index)) is not None]
    if said is None and not below:
        return []
    index = below[0].index if below else table.columns[0].index
    stated = number(table.grid.own(row.row, index)) if below else int(said[1]) if said else None
    counts = [sum(count_of(r) for r in table.records if r.row in set(span)) for span in spans]
    if stated is None or stated in counts:
        return []
    place = table.grid.place(row.row, index)
    words = _numbers("", stated, counts[-1])
    findings.note("total_of_dwellings_differs", place, **words)
    return [({"count": canonical(stated), "source": _source(place)}, place)]


def count_of(record: Record) -> int:
    """How many dwellings a record stands for."""
    found = number(record.values.get("count", 1))
    return found if isinstance(found, int) else 0


def _across(table: FoundTable, findings: Findings) -> list[tuple[Stated, Place]]:
    """A column « total » beside counts by category, row by row."""
    totals = [s for s in table.columns if s.target == "total"]
    wide = [s for s in table.columns if s.column.wide and s.target == "count"]
    found: list[tuple[Stated, Place]] = []
    for settled in totals if wide else ():
        differing = 0
        for row in (row.row for row in table.rows if row.kind is RowKind.DATA):
            stated = number(table.grid.own(row, settled.index))
            total = sum((_sum(table, part, [row]) for part in wide), start=Fraction(0))
            if stated is None or stated == total:
                continue
            place = table.grid.place(row, settled.index)
            parts = span(table.grid.place(row, wide[0].index), table.grid.place(row, wide[-1].index))
            findings.note(
                "total_differs", place, **_numbers(settled.column.title, stated, total), parts=parts
            )
            differing += 1
        if differing:
            stated_all = _sum(table, settled, [r.row for r in table.rows if r.kind is RowKind.DATA])
            place = table.grid.place(table.header.bottom, settled.index)
            found.append(({"count": canonical(stated_all), "source": _source(place)}, place))
    return found
