"""What may be changed in a file so that a rulebook notices: the values it reads, and those that matter to it.

The values are those of the worked examples, every constant of the rulebook in the same unit with its neighbours on
both sides, every member of a category, every day on which something changes, « sans objet », and nothing at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, pairwise
from math import floor, inf
from typing import Any

from mixrules.engine import facts
from mixrules.message import InvalidInputError
from mixrules.programme.category import CATEGORIES
from mixrules.programme.model import Submission
from mixrules.programme.vocabulary import ITEMS, FieldName, fields, item_fields
from mixrules.quantity import NotExactError, UnitError, canonical, parse_exact, parse_unit
from mixrules.rulebook.model import Bounds, Input, Rulebook
from mixrules.rulebook.tree import Fact, Field, Literal_, Type
from mixrules.rulebook.walk import expressions, walk
from mixrules.territory.lots import changes
from mixrules.territory.sql.reading import PLACES

Path = tuple[str | int, ...]
LISTS: dict[str, Path] = {
    "dwelling": ("programmes", 0, "dwellings"),
    "premise": ("programmes", 0, "premises"),
    "existing": ("district", "existing"),
    "shared_place": ("district", "shared_places"),
}
"""Where the lines of each kind stand in a file."""
PLACED = ("block", "building", "stairwell", "floor", "landing")
MOST = 200


@dataclass(frozen=True)
class Slot:
    """A place in a file, or in one of its lines, and the values that it may take; `None` is not given."""

    path: Path
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Slots:
    """Everything that may be changed for a rulebook: values of the file, and values of its lines by kind."""

    plain: tuple[Slot, ...]
    lines: dict[str, tuple[Slot, ...]]
    days: tuple[str, ...]


def slots(book: Rulebook, seeds: list[dict[str, Any]]) -> Slots:
    """The slots of a rulebook, given its worked examples in full."""
    pools = _Pools(book, seeds)
    read = list(dict.fromkeys(_read(book)))
    plain = [pools.field(_path(node.path), fields()[node.path]) for node in read if _plain(node)]
    plain += [pools.input(given) for given in book.inputs.values() if given.group != "item"]
    plain.append(pools.field(("phase",), fields()["phase"]))
    lines: dict[str, list[Slot]] = {kind: [] for kind in LISTS}
    for node in read:
        for kind in LISTS if isinstance(node, Field) and node.owner in ITEMS else ():
            if node.path in item_fields(kind):
                lines[kind].append(pools.field((kind, node.path), item_fields(kind)[node.path]))
    lines["dwelling"] += [pools.input(given) for given in book.inputs.values() if given.group == "item"]
    if {rule.scope for rule in book.rules} - {"programme", "district", "commune"}:
        lines["dwelling"] += [
            pools.field(("dwelling", name), item_fields("dwelling")[name]) for name in PLACED
        ]
    kept = [slot for slot in plain if slot.path != ("dates", "decision")]
    return Slots(
        tuple(dict.fromkeys(kept)), {k: tuple(dict.fromkeys(v)) for k, v in lines.items()}, pools.days
    )


def _read(book: Rulebook) -> Iterator[Field | Fact]:
    limits = [limit.limit for limit in book.cumulations if limit.limit is not None]
    for node in chain(limits, *(expressions(rule) for rule in book.rules)):
        yield from (inner for inner in walk(node) if isinstance(inner, Field | Fact))


def _plain(node: Field | Fact) -> bool:
    return isinstance(node, Field) and node.owner not in ITEMS


def _path(name: str) -> Path:
    head, _, tail = name.partition(".")
    if not tail:
        return (name,)
    if head in {"commune", "dates", "district"}:
        return (head, tail)
    return ("programmes", 0, tail) if head == "programme" else ("programmes", 0, head, tail)


class _Pools:
    def __init__(self, book: Rulebook, seeds: list[dict[str, Any]]) -> None:
        self.book = book
        self.seen: dict[Path, dict[Any, None]] = defaultdict(dict)
        for seed in seeds:
            _see(seed, (), self.seen)
        self.constants = list(dict.fromkeys(_constants(book)))
        self.days = tuple(sorted({day for day in _neighbours(self._dates()) if day >= "1990"}))

    def _dates(self) -> set[date]:
        dates = {date.fromordinal(int(v)) for v, kind in self.constants if kind.kind == "date"}
        return {*dates, *changes(self.book), *(example.on for example in self.book.examples)}

    def field(self, path: Path, declared: FieldName) -> Slot:
        """The values of a field of the model."""
        seen = list(self.seen[path])
        if declared.kind == "number":
            places = PLACES.get(declared.path, 0 if declared.path in {"rooms", "parking_places"} else 2)
            unit = Type("number", parse_unit(declared.unit)[0] if declared.unit else parse_unit("ratio")[0])
            values = [canonical(v) for v in self._numbers(unit, seen, places) if v >= 0]
            return Slot(path, (*values, *_few(seen), None, None, "none"))
        if declared.kind == "category":
            return Slot(path, (*_members(CATEGORIES[declared.category].members), *_few(seen), None))
        return Slot(path, self._others(declared.kind, seen))

    def input(self, given: Input) -> Slot:
        """The values of a fact, a claim, an election or a piece of evidence."""
        group, _, own = given.name.rpartition(".")
        path: Path = ("dwelling", "facts", own)
        if given.group == "district.facts":
            path = ("district", "facts", own)
        elif given.group != "item":
            path = ("programmes", 0, group, own)
        seen = list(self.seen[path])
        kind = given.type.kind
        if kind == "number":
            sign = (lambda v: f"{canonical(v * 100)} %") if given.percent else canonical
            values = [sign(v) for v in self._numbers(given.type, seen, 4)]
            found: tuple[Any, ...] = (*values, *_few(seen), None, "sans objet")
        elif kind == "category":
            found = (*(m for m, _ in given.members), None, "sans objet")
        else:
            found = self._others(kind, seen)
        return Slot(path, tuple(value for value in found if self._taken(given, value)))

    def _others(self, kind: str, seen: list[Any]) -> tuple[Any, ...]:
        if kind == "yes_no":
            return ("oui", "non", "oui", "non", None)
        if kind == "date":
            return (*self.days, *_few(seen), None, "none")
        words = [str(v) for v, k in self.constants if k.kind == "text"]
        return (*words[:MOST], *_few(seen), None)

    def _numbers(self, kind: Type, seen: list[Any], places: int) -> list[Fraction]:
        found = {0, *(v for v, k in self.constants if k.kind == "number" and _fits(k, kind))}
        for raw in seen:
            try:
                found.add(parse_exact(str(raw).removesuffix("%").strip()) / (100 if "%" in str(raw) else 1))
            except (NotExactError, TypeError):
                continue
        step = Fraction(1, 10**places)
        whole = {Fraction(floor(Fraction(v) / step)) * step for v in found if abs(v) != inf}
        return sorted({near for v in whole for near in (v - step, v, v + step)})[:MOST]

    def _taken(self, given: Input, value: Any) -> bool:
        """Whether a file with this value alone is accepted."""
        group, _, own = given.name.rpartition(".")
        if value is None or given.group == "evidence":
            return value in {None, "oui", "non"}
        data: dict[str, Any] = {"programmes": [{}]}
        if given.group == "district.facts":
            data["district"] = {"facts": {own: value}}
        elif given.group == "item":
            data["programmes"] = [{"dwellings": [{"facts": {own: value}}]}]
        else:
            data["programmes"] = [{group: {own: value}}]
        try:
            return not facts.problems(Submission.model_validate(data), {given.name: given})
        except (ValueError, InvalidInputError):
            return False


def _few(seen: list[Any]) -> list[Any]:
    return [value for value in seen if not isinstance(value, dict | list)][:MOST]


def _see(data: Any, path: Path, seen: dict[Path, dict[Any, None]]) -> None:
    """Take note of every value of a file by its path; those of lines by the kind of line."""
    if isinstance(data, dict):
        for name, value in data.items():
            _see(value, (*path, name), seen)
        return
    if isinstance(data, list):
        kind = next((kind for kind, place in LISTS.items() if place == path), None)
        for index, item in enumerate(data):
            _see(item, (kind,) if kind else (*path, index), seen)
        return
    seen[path][data] = None


def _fits(one: Type, other: Type) -> bool:
    try:
        one.unit.unify(other.unit)
    except UnitError:
        return False
    return True


def _members(members: Iterable[str]) -> list[str]:
    """Each member, and some pairs of which one is the right one."""
    known = list(members)
    return [*known, *(f"{a}|{b}" for a, b in pairwise(known))]


def _neighbours(days: Iterable[date]) -> Iterator[str]:
    for day in days:
        for near in (-1, 0, 1):
            if date.min < day < date.max:
                yield (day + timedelta(near)).isoformat()


def _constants(book: Rulebook) -> Iterator[tuple[Any, Type]]:
    """Every number, date and word that the rules compare with or look up."""
    for rule in book.rules:
        for node in expressions(rule):
            for inner in walk(node):
                if isinstance(inner, Literal_) and inner.value not in {None, inf, True, False}:
                    yield inner.value, inner.type
    for parameter in book.parameters.values():
        for row in (row for version in parameter.versions for row in version.rows):
            for key, kind in zip(row.keys, parameter.keys, strict=True):
                ends = (key.low, key.high) if isinstance(key, Bounds) else (key,)
                yield from ((end, kind) for end in ends if end is not None)
            for value, (_, kind) in zip(row.values, parameter.columns, strict=True):
                if value not in {None, inf, True, False}:
                    yield value, kind
