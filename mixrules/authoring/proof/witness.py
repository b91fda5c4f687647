"""A model of the solver as a small programme that the rules themselves decide: what the solver says is then seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import z3

from mixrules.authoring.example import submission_of
from mixrules.authoring.proof.cells import Members
from mixrules.authoring.proof.symbols import Symbols
from mixrules.engine import direct
from mixrules.engine.deliberation import Deliberation
from mixrules.engine.inference import Judge
from mixrules.engine.statement import finding
from mixrules.message import InvalidInputError
from mixrules.programme.scope import build
from mixrules.quantity import canonical, simplify
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Fact, Field

if TYPE_CHECKING:
    from mixrules.authoring.proof.prover import Scene

LARGEST = 60
"""Dwellings of a witness at most."""
PLACES = ("block", "building", "stairwell", "landing")
"""Where the dwellings of a rule at a smaller scale all stand."""
AREAS = frozenset({"floor_area", "living_area"})


@dataclass(frozen=True)
class Witness:
    """A programme in the short form of examples, and what each rule says of it."""

    day: date
    given: dict[str, Any]
    statuses: dict[str, str]

    def speaks(self, rules: Iterable[Rule]) -> bool:
        """Whether rules apply to it."""
        return all(self.statuses.get(rule.key) in {"met", "unmet", "undetermined"} for rule in rules)


@dataclass(frozen=True)
class Meeting:
    """Obligations that arise together, and a programme that meets them; `None` where none was found."""

    day: date
    rules: tuple[Rule, ...]
    witness: Witness | None


def meeting(book: Rulebook) -> Iterator[Meeting]:
    """For the latest law of a rulebook: each set of obligations that may arise together, and how it is met."""
    from mixrules.authoring.proof.conflict import Search
    from mixrules.authoring.proof.prover import Prover

    for scene in Prover([book]).scenes(latest=True):
        for duties in Search(scene.duties, scene.always).groups():
            wanted = [formula for one in duties for formula in (one.situation, one.held)]
            unasked = [one.unasked for one in duties]
            seen = witness(scene, [*wanted, *unasked], [book]) or witness(scene, wanted, [book])
            yield Meeting(scene.day, tuple(one.rule for one in duties), seen)


def witness(scene: Scene, formulas: Iterable[Any], books: list[Rulebook]) -> Witness | None:
    """The smallest programme found that satisfies formulas, decided by the rules; None where none can be written."""
    wanted = list(formulas)
    for most in (1, 2, 4, 6, 10, 14, 20, 30, LARGEST):
        solver = z3.Solver()
        solver.set("timeout", 1500)
        solver.add(*scene.always, *wanted, scene.cells.total() <= most, *_writable(scene))
        if solver.check() == z3.sat:
            given = _given(scene, solver.model())
            return None if given is None else _decided(scene.day, given, books)
    return None


def spoken(given: dict[str, Any]) -> str:
    """A witness in a line: its dwellings as examples write them, then what the file says else."""
    lines = []
    for line in given["dwellings"]:
        words = [str(line["count"]), str(line.get("tenure", "?"))]
        words += [f"T{line['rooms']}"] if "rooms" in line else []
        words += [f"{line['floor_area']} m²"] if "floor_area" in line else []
        other = {k: v for k, v in line.items() if k not in {"count", "tenure", "rooms", "floor_area"}}
        lines.append(" ".join([*words, *(f"{k}: {v}" for k, v in sorted(other.items()))]))
    facts = sorted(_flat({k: v for k, v in given.items() if k != "dwellings"}, ""))
    return " · ".join([", ".join(lines), *facts])


def _flat(held: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, value in held.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}: {value}"


def _writable(scene: Scene) -> Iterator[Any]:
    """Areas are those of real dwellings, to the hundredth; what nobody gives is left out."""
    for members in scene.cells.members.values():
        for term, sums in members.sums_made():
            if isinstance(term, Field) and term.path in AREAS:
                for value, count in zip(sums, members.counts, strict=True):
                    yield z3.And(value >= 20 * z3.ToReal(count), value <= 120 * z3.ToReal(count))
                    yield z3.IsInt(value)


# -- from the model to a file --------------------------------------------------------------------------


def _given(scene: Scene, model: Any) -> dict[str, Any] | None:
    given: dict[str, Any] = {}
    for node, (value, there) in scene.symbols.asked.items():
        said = _said(scene.symbols, node, model.eval(value), model.eval(there))
        if said is not None:
            _put(given, node, said)
    given["dwellings"] = []
    for source, members in scene.cells.members.items():
        lines = _lines(members, model)
        if lines is None or (lines and source != "dwellings"):
            # Landings, buildings and blocks are made of dwellings: their cells alone do not say how.
            return None
        place = {name: "1" for name in PLACES if scene.scope in PLACES}
        given["dwellings"] += [{**line, **place} for line in lines]
    return given


def _said(symbols: Symbols, node: Field | Fact, value: Any, there: Any) -> Any:
    """A value as a file gives it; None where the model leaves it open."""
    if z3.is_false(there):
        return "none" if node.type.kind in {"number", "date", "text"} else None
    if node.type.kind == "yes_no":
        return "oui" if z3.is_true(value) else "non" if z3.is_false(value) else None
    if node.type.kind in {"text", "category"}:
        return symbols.word(value.as_long()) if z3.is_int_value(value) else None
    if node.type.kind == "date":
        return date.fromordinal(value.as_long()).isoformat() if _is_a_day(value) else None
    if not z3.is_rational_value(value):
        return None
    return canonical(simplify(Fraction(value.numerator_as_long(), value.denominator_as_long())))


def _is_a_day(value: Any) -> bool:
    return bool(z3.is_int_value(value)) and 1 <= value.as_long() <= date.max.toordinal()


def _put(given: dict[str, Any], node: Field | Fact, said: Any) -> None:
    if isinstance(node, Fact):
        steps = ["district", "facts"] if node.group == "district.facts" else [node.group]
        name = node.name
    else:
        *steps, name = node.path.removeprefix("programme.").split(".")
    held = given
    for step in steps:
        held = held.setdefault(step, {})
    held[name] = said


def _lines(members: Members, model: Any) -> list[dict[str, Any]] | None:
    """The lines of a collection: one for the dwellings of a cell, a last one for what areas leave."""
    lines: list[dict[str, Any]] = []
    for case, count, index in zip(members.cases, members.counts, range(len(members.cases)), strict=True):
        number = model.eval(count, model_completion=True).as_long()
        if not number:
            continue
        typical = members.possible(case)
        if typical is None:
            return None
        line = dict(_typical(members, typical))
        areas = {
            term.path: model.eval(sums[index], model_completion=True)
            for term, sums in members.sums_made()
            if isinstance(term, Field) and term.path in AREAS
        }
        lines += _shared(line, number, areas)
    return lines


def _typical(members: Members, model: Any) -> Iterator[tuple[str, Any]]:
    for node, (value, there) in members.item.asked.items():
        said = _said(members.item, node, model.eval(value, model_completion=True), model.eval(there))
        if said is not None and isinstance(node, Field) and node.owner == "dwelling":
            yield node.path, said


def _shared(line: dict[str, Any], number: int, areas: dict[str, Any]) -> list[dict[str, Any]]:
    """An area shared among dwellings to the hundredth: the last one takes what is left."""
    if not areas:
        return [{**line, "count": number}]
    first, last = dict(line), dict(line)
    for name, value in areas.items():
        total = Fraction(value.numerator_as_long(), value.denominator_as_long())
        each = Fraction(int(total / number * 100), 100)
        first[name], last[name] = canonical(simplify(each)), canonical(simplify(total - each * (number - 1)))
    rest = [{**last, "count": 1}]
    return [{**first, "count": number - 1}, *rest] if number > 1 else rest


# -- decided by the rules ------------------------------------------------------------------------------


def _decided(day: date, given: dict[str, Any], books: list[Rulebook]) -> Witness | None:
    """What the rules say of a programme, by the direct evaluator."""
    judge = Judge({direct.NAME: direct.solve})
    statuses: dict[str, str] = {}
    try:
        tree = build(submission_of(given))
    except (ValueError, InvalidInputError):
        return None
    for book in books:
        deliberation = Deliberation(book, day)
        outcomes, _ = deliberation.decide(tree, judge)
        for outcome in outcomes:
            if outcome.rule.award is None:
                statuses[outcome.rule.key] = finding.state(deliberation, outcome).status
    return Witness(day, given, statuses)
