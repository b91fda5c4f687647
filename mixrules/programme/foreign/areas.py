"""The area on a line for several dwellings: that of each, or of all together? Where both are possible, it is asked."""

from __future__ import annotations

from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.lexicon import words_of
from mixrules.programme.foreign.likeness import number
from mixrules.programme.foreign.table import FoundTable, Record
from mixrules.quantity import Exact, canonical

AREAS = ("living_area", "floor_area")
LEAST, MOST = 9, 200
"""What one dwelling measures, in m²: the answer is sought between these, and asked where both readings fit."""


def settle_areas(table: FoundTable, findings: Findings) -> None:
    """Give each line the area of one dwelling, where it is known to be that."""
    for name in AREAS:
        lines = [record for record in table.records if _several(record) and _area(record, name) is not None]
        if lines:
            _settle(table, name, lines, findings)


def _several(record: Record) -> bool:
    return isinstance(count := number(record.values.get("count", 1)), int) and count > 1


def _area(record: Record, name: str) -> Exact | None:
    return number(record.values.get(name))


def _settle(table: FoundTable, name: str, lines: list[Record], findings: Findings) -> None:
    column = next((s.column for s in table.columns if s.target == name), None)
    path = ("sheets", table.grid.sheet or "csv", "areas", column.title if column else name)
    answer = findings.decided(path)
    if answer is None:
        answer = _evident(lines, name, set(words_of(column.title)) if column else set())
        if answer is not None:
            findings.entries[path] = answer
    place = lines[0].places[name]
    if answer is None:
        findings.ask(path, "ask_areas", place, "each", header=column.title if column else name)
    elif answer == "shared":
        _share(table, name, lines)
    elif answer != "each":
        findings.note("areas_of_several", place, header=column.title if column else name, sheet=path[1])
        for record in lines:
            record.values.pop(name)


def _evident(lines: list[Record], name: str, words: set[str]) -> str | None:
    """« each » or « ignore » where only one reading gives dwellings of a possible size."""
    each = all(LEAST <= (_area(record, name) or 0) <= MOST for record in lines)
    together = all(
        LEAST * int(record.values["count"])
        <= (_area(record, name) or 0)
        <= MOST * int(record.values["count"])
        for record in lines
    )
    if "moyen" in words or each == together:
        return None
    if "total" in words:
        return "ignore" if together else None
    return "each" if each else "ignore"


def _share(table: FoundTable, name: str, lines: list[Record]) -> None:
    """Share an area equally, to the hundredth: the sum stays what the workbook says."""
    for record in lines:
        count, area = int(record.values["count"]), _area(record, name)
        assert area is not None
        share, more = divmod(int(area * 100), count)
        if more:
            larger = Record(
                record.place, dict(record.values), dict(record.places), record.programme, record.row
            )
            larger.values |= {"count": str(more), name: canonical_hundredths(share + 1)}
            table.records.insert(table.records.index(record) + 1, larger)
            record.values["count"] = str(count - more)
        record.values[name] = canonical_hundredths(share)


def canonical_hundredths(value: int) -> str:
    """A number of hundredths of m² as the model takes it."""
    from fractions import Fraction

    return canonical(Fraction(value, 100))
