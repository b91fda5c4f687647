"""Mutants of what several rules share: definitions, and the values and dates of parameters.

They are those of the rulebook that writes them; one that borrows a definition is only asked whether it matters there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from mixrules.authoring.alteration import alterations, nudged
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.rule_mutants import DAY, shifted, turning_days, worded
from mixrules.authoring.slot import slots
from mixrules.message import format_date, say
from mixrules.quantity import Exact
from mixrules.record import Record
from mixrules.rulebook.model import Bounds, Change, Parameter, Row, Rule, Rulebook, Version, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.row_prose import say_key, say_value
from mixrules.rulebook.tree import Dated, HasKey, Literal_, Lookup, Named, Type
from mixrules.rulebook.walk import children, walk

# -- definitions ---------------------------------------------------------------------------------------


def of_definitions(book: Rulebook, names: Collection[str], speaker: Speaker) -> Iterator[Mutant]:
    """Every mutant of these definitions, among those that the rules use, changed wherever they are used."""
    for definition, users in _definitions(book, walk).items():
        if definition.name not in names:
            continue
        touched = frozenset(rule.id for rule in users)
        where = _where(definition, speaker)
        for kind, since, before, after, changed in _altered(definition, users, speaker):
            altered = _with_definition(book, definition, changed)
            name = definition.name
            yield Mutant(name, kind, where + since, users[0].line, before, after, altered, touched)


def of_borrowed(book: Rulebook, speaker: Speaker) -> Iterator[Mutant]:
    """Whether it matters here what a borrowed yes/no definition holds: true of everything, then of nothing."""

    def own(node: Any) -> Iterator[Any]:
        yield node
        if not isinstance(node, Named | Dated) or node.name in book.writes:
            for child in children(node):
                yield from own(child)

    for definition, users in _definitions(book, own).items():
        if definition.name in book.writes or definition.type.kind != "yes_no":
            continue
        said = speaker.label(definition) or definition.name
        for value, after in (
            (True, say("mutant.true_of_all", speaker.lang)),
            (False, say("mutant.true_of_none", speaker.lang)),
        ):
            altered = _with_definition(book, definition, _constant(definition, value=value))
            touched = frozenset(rule.id for rule in users)
            where = _where(definition, speaker)
            yield Mutant(definition.name, "set", where, users[0].line, said, after, altered, touched)


def _constant(definition: Named | Dated, *, value: bool) -> Named | Dated:
    body = Literal_(value, definition.type)
    if isinstance(definition, Named):
        return definition.replace(body=body)
    return definition.replace(versions=tuple((start, body) for start, _ in definition.versions))


def _where(definition: Named | Dated, speaker: Speaker) -> str:
    label = speaker.label(definition)
    return say("mutant.definition", speaker.lang) + definition.name + (f" ({label})" if label else "")


def _definitions(book: Rulebook, below: Callable[[Any], Iterator[Any]]) -> dict[Named | Dated, list[Rule]]:
    """The definitions in the order in which the rules meet them, with the rules that use each."""
    found: dict[Named | Dated, list[Rule]] = {}
    for rule in book.rules:
        for slot in slots(rule):
            for node in below(slot.node):
                if isinstance(node, Named | Dated):
                    users = found.setdefault(node, [])
                    if rule not in users:
                        users.append(rule)
    return found


def _altered(
    definition: Named | Dated, users: list[Rule], speaker: Speaker
) -> Iterator[tuple[Change, str, str, str, Named | Dated]]:
    if isinstance(definition, Named):
        for change in alterations(definition.body):
            said = worded(speaker, change.before, change.after)
            yield change.kind, "", *said, definition.replace(body=change.whole)
        return
    versions = definition.versions
    for index, (start, body) in enumerate(versions):
        since = say("mutant.since", speaker.lang) + _day(start, speaker)
        for change in alterations(body):
            changed = (*versions[:index], (start, change.whole), *versions[index + 1 :])
            said = worded(speaker, change.before, change.after)
            yield change.kind, since, *said, definition.replace(versions=changed)
        for step in (-1, 1):
            if _in_force(users, date.fromordinal(min(start, start + step))):
                changed = (*versions[:index], (start + step, body), *versions[index + 1 :])
                said = _day(start, speaker), _day(start + step, speaker)
                yield "date", "", *said, definition.replace(versions=changed)


def _day(ordinal: int, speaker: Speaker) -> str:
    return format_date(date.fromordinal(ordinal), speaker.lang)


def _in_force(users: list[Rule], day: date) -> bool:
    return any(rule.period.holds(day) for rule in users)


def _with_definition(book: Rulebook, old: Named | Dated, new: Named | Dated) -> Rulebook:
    seen: dict[int, Any] = {}
    return book.replace(rules=_substituted(book.rules, old, new, seen))


def _substituted(value: Any, old: Named | Dated, new: Named | Dated, seen: dict[int, Any]) -> Any:
    """A tree in which a definition is replaced wherever it stands; what does not hold it stays itself."""
    if isinstance(value, tuple):
        items = [_substituted(item, old, new, seen) for item in value]
        return value if all(a is b for a, b in zip(value, items, strict=True)) else tuple(items)
    if not isinstance(value, Record) or isinstance(value, Type):
        return value
    if type(value) is type(old) and value.name == old.name and value == old:
        return new
    if id(value) not in seen:
        held = value.as_tuple()
        changed = [_substituted(item, old, new, seen) for item in held]
        same = all(a is b for a, b in zip(held, changed, strict=True))
        seen[id(value)] = value if same else type(value)(*changed)
    return seen[id(value)]


# -- parameters ----------------------------------------------------------------------------------------


def of_parameters(book: Rulebook, names: Collection[str], speaker: Speaker) -> Iterator[Mutant]:
    """Every mutant of these parameters, among those that the rules read: values, bounds of bands, dates."""
    for name, users in _readers(book).items():
        if name not in names:
            continue
        parameter = book.parameters[name]
        columns = _columns(book, name)
        label = text_in(parameter.label, speaker.lang)
        where = say("mutant.parameter", speaker.lang) + name + (f" ({label})" if label else "")
        for kind, before, after, changed in _parameter(parameter, columns, users, speaker):
            altered = book.replace(parameters={**book.parameters, name: changed})
            touched = frozenset(rule.id for rule in users)
            yield Mutant(name, kind, where, users[0].line, before, after, altered, touched)


def _readers(book: Rulebook) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in book.rules:
        for slot in slots(rule):
            for node in walk(slot.node):
                if isinstance(node, Lookup | HasKey) and rule not in found.setdefault(node.parameter, []):
                    found[node.parameter].append(rule)
    return found


def _columns(book: Rulebook, name: str) -> set[str]:
    """The columns of a parameter that some rule reads."""
    nodes = (n for rule in book.rules for slot in slots(rule) for n in walk(slot.node))
    return {node.column for node in nodes if isinstance(node, Lookup) and node.parameter == name}


Altered = tuple[Change, str, str, Parameter]


def _parameter(
    parameter: Parameter, columns: set[str], users: list[Rule], speaker: Speaker
) -> Iterator[Altered]:
    for index, version in enumerate(parameter.versions):

        def put(rows: tuple[Row, ...], index: int = index, version: Version = version) -> Parameter:
            versions = parameter.versions
            changed = (*versions[:index], version.replace(rows=rows), *versions[index + 1 :])
            return parameter.replace(versions=changed)

        yield from _values(parameter, version, columns, put, speaker)
        yield from _bounds(parameter, version, put, speaker)
    yield from _days(parameter, users, speaker)


def _values(
    parameter: Parameter,
    version: Version,
    columns: set[str],
    put: Callable[[tuple[Row, ...]], Parameter],
    speaker: Speaker,
) -> Iterator[Altered]:
    for index, row in enumerate(version.rows):
        for field in ("values", "until"):
            for place, value in enumerate(getattr(row, field)):
                column, kind = parameter.columns[place]
                if column not in columns or value is None:
                    continue
                for changed in _others(parameter, value, kind):
                    held = getattr(row, field)
                    new = row.replace(**{field: (*held[:place], changed, *held[place + 1 :])})
                    rows = (*version.rows[:index], new, *version.rows[index + 1 :])
                    key = _key(parameter, row, column, speaker)
                    said = key + say_value(value, kind, speaker), key + say_value(changed, kind, speaker)
                    yield "value", *said, put(rows)


def _others(parameter: Parameter, value: Any, kind: Type) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from (member for member in parameter.members if member != value)
    elif kind.kind == "date":
        yield from (int(value) - 1, int(value) + 1)
    elif not isinstance(value, float):
        yield from nudged(value, kind.unit)


def _key(parameter: Parameter, row: Row, column: str, speaker: Speaker) -> str:
    parts = [say_key(key, kind, speaker) for key, kind in zip(row.keys, parameter.keys, strict=True)]
    if len(parameter.columns) > 1:
        parts.append(column)
    return ", ".join(parts) + " → " if parts else ""


def _bounds(
    parameter: Parameter, version: Version, put: Callable[[tuple[Row, ...]], Parameter], speaker: Speaker
) -> Iterator[Altered]:
    """A bound between two bands moves in both, or passes from one band to the other."""
    if len(parameter.keys) != 1 or parameter.keys[0].kind != "number":
        return
    kind = parameter.keys[0]
    word = say("mutant.bound", speaker.lang)
    for bound in sorted({b for row in version.rows for b in _ends(row)}):
        said = word + speaker.quantity(bound, kind)
        for value in nudged(bound, kind.unit):
            rows = tuple(_rebounded(row, bound, value) for row in version.rows)
            yield "bound", said, word + speaker.quantity(value, kind), put(rows)
        flipped = tuple(_flipped(row, bound) for row in version.rows)
        if flipped != version.rows:
            yield "bound", said, say("mutant.other_side", speaker.lang), put(flipped)


def _ends(row: Row) -> set[Exact]:
    key = row.keys[0]
    if isinstance(key, Bounds):
        return {end for end in (key.low, key.high) if end is not None}
    return set() if isinstance(key, str) else {key}


def _rebounded(row: Row, old: Exact, new: Exact) -> Row:
    key = row.keys[0]
    if not isinstance(key, Bounds):
        return row.replace(keys=(new,)) if key == old else row
    low, high = (new if end == old else end for end in (key.low, key.high))
    return row.replace(keys=(key.replace(low=low, high=high),))


def _flipped(row: Row, bound: Exact) -> Row:
    key = row.keys[0]
    if not isinstance(key, Bounds):
        return row
    low, high = key.low_open != (key.low == bound), key.high_open != (key.high == bound)
    return row.replace(keys=(key.replace(low_open=low, high_open=high),))


def _days(parameter: Parameter, users: list[Rule], speaker: Speaker) -> Iterator[Altered]:
    for day in turning_days(version.period for version in parameter.versions):
        for step in (-DAY, DAY):
            if not _in_force(users, min(day, day + step)):
                continue
            moved = tuple(v.replace(period=shifted(v.period, day, step)) for v in parameter.versions)
            said = format_date(day, speaker.lang), format_date(day + step, speaker.lang)
            yield "date", *said, parameter.replace(versions=moved)
