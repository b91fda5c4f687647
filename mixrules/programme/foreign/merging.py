"""Several tables of one workbook: buildings side by side, or the same dwellings seen twice."""

from __future__ import annotations

from collections.abc import Sequence

from mixrules.programme.category import fold
from mixrules.programme.foreign.finding import Findings
from mixrules.programme.foreign.lexicon import is_recap
from mixrules.programme.foreign.likeness import number
from mixrules.programme.foreign.table import FoundTable, Record
from mixrules.programme.foreign.totals import count_of

Key = tuple[str, str, str]
DESCRIBING = frozenset({"rooms", "tenure", "living_area", "floor_area", "count"})
DISPUTED = object()
"""Stands for a value that two tables give differently, until all are read."""


def merge(tables: Sequence[FoundTable], findings: Findings) -> tuple[list[Record], list[FoundTable]]:
    """The dwellings of all tables, and the tables that only check them."""
    kept: list[FoundTable] = []
    checks: list[FoundTable] = []
    for table in sorted(tables, key=_rank):
        role = _role(table, kept, findings)
        findings.entries[_path(table)] = role
        if role == "dwellings":
            kept.append(table)
        elif role == "checks":
            checks.append(table)
    records = [record for table in sorted(kept, key=tables.index) for record in table.records]
    for table in checks:
        if table.named():
            _join(records, table, findings)
    for record in records:
        record.values = {name: value for name, value in record.values.items() if value is not DISPUTED}
    return records, [table for table in checks if not table.named()]


def _path(table: FoundTable) -> tuple[str, ...]:
    return ("sheets", table.grid.sheet or "csv", "read")


def _rank(table: FoundTable) -> tuple[bool, bool]:
    """Lists of named dwellings first, recapitulations last."""
    return (is_recap(table.grid.sheet), not table.named())


def _role(table: FoundTable, kept: Sequence[FoundTable], findings: Findings) -> str:
    answer = findings.decided(_path(table))
    if answer is not None:
        return answer
    if table.grid.hidden:
        findings.ask(_path(table), "ask_hidden_sheet", table.place, "ignore", sheet=table.grid.sheet)
        return "ignore"
    if not kept:
        return "dwellings"
    if all(_apart(table, other) for other in kept):
        return "dwellings"
    known = sum(total(other) for other in kept)
    if is_recap(table.grid.sheet) or _completes(table, kept) or (not table.named() and total(table) == known):
        return "checks"
    other = next(other for other in kept if not _apart(table, other))
    findings.ask(
        _path(table), "ask_same_dwellings", table.place, "checks", sheet=table.grid.sheet, other=other.place
    )
    return "ignore"


def _completes(table: FoundTable, kept: Sequence[FoundTable]) -> bool:
    """Whether a table only says more of dwellings listed already: their names, and nothing that describes them."""
    if not table.named() or {s.target for s in table.columns} & DESCRIBING:
        return False
    known = {key_of(record) for other in kept if other.named() for record in other.records}
    return all(key_of(record) in known for record in table.records)


def total(table: FoundTable) -> int:
    """The dwellings that a table holds."""
    return sum(count_of(record) for record in table.records)


def _apart(one: FoundTable, other: FoundTable) -> bool:
    """Whether two tables surely hold different dwellings: other buildings, or other names in the same ones."""
    for name in ("building", "block"):
        places = [{fold(str(r.values.get(name, ""))) for r in table.records} for table in (one, other)]
        if "" not in places[0] | places[1] and not places[0] & places[1]:
            return True
    if one.grid is other.grid:
        rows = {record.row for record in one.records} & {record.row for record in other.records}
        if one.named() and other.named() and not rows:
            return not _keys(one) & _keys(other)
    return one.named() and other.named() and not _keys(one) & _keys(other)


def key_of(record: Record) -> Key:
    """What names a dwelling inside its programme."""
    values = record.values
    return (
        fold(str(values.get("block", ""))),
        fold(str(values.get("building", ""))),
        fold(str(values["lot"])),
    )


def _keys(table: FoundTable) -> set[str]:
    return {key_of(record)[2] for record in table.records}


def _join(records: list[Record], table: FoundTable, findings: Findings) -> None:
    """Complete the dwellings with what a second table says of them; two values for one thing leave none."""
    known: dict[Key, list[Record]] = {}
    loose: dict[str, list[Record]] = {}
    for record in records:
        if "lot" in record.values:
            known.setdefault(key_of(record), []).append(record)
            loose.setdefault(key_of(record)[2], []).append(record)
    met: set[Key] = set()
    for second in table.records:
        found = known.get(key_of(second)) or loose.get(key_of(second)[2], [])
        if len(found) != 1:
            code = "dwelling_of_which_building" if found else "dwelling_in_one_table"
            findings.refuse(code, second.places["lot"], lot=second.values["lot"])
            continue
        met.add(key_of(found[0]))
        _complete(found[0], second, findings)
    absent = [record for key, own in known.items() if key not in met for record in own]
    if absent:
        place, lot = absent[0].places["lot"], absent[0].values["lot"]
        findings.note("dwellings_absent_from", place, lot=lot, count=len(absent), sheet=table.grid.sheet)


def _complete(record: Record, second: Record, findings: Findings) -> None:
    for name, value in second.values.items():
        if name == "lot":
            continue
        place = second.places.get(name, second.place)
        if name not in record.values:
            record.put(name, value, place)
        elif record.values[name] != DISPUTED and not _same(record.values[name], value):
            first = record.places.get(name, record.place)
            findings.note("values_differ", first, found=record.values[name], value=value, other=place)
            record.values[name] = DISPUTED


def _same(one: object, other: object) -> bool:
    if fold(str(one)) == fold(str(other)):
        return True
    numbers = (number(one), number(other))
    return None not in numbers and numbers[0] == numbers[1]
