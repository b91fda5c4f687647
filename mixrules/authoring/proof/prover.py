"""Questions put to the solver about the rules of one rulebook or of several applied together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

import z3

from mixrules.authoring.clock import Clock
from mixrules.authoring.proof import window
from mixrules.authoring.proof.cells import Cells
from mixrules.authoring.proof.conflict import QUERY, Conflict, Search
from mixrules.authoring.proof.duty import Duty, duty
from mixrules.authoring.proof.symbols import Symbols, reads_members
from mixrules.authoring.proof.translation import Translator
from mixrules.authoring.proof.window import Governed
from mixrules.rulebook.model import Rule, Rulebook
from mixrules.rulebook.tree import Fact, Field, HasKey, IfElse, Lookup, Node
from mixrules.rulebook.walk import expressions, walk

KINDS = frozenset({"obligation", "ceiling"})
CASES = 60


@dataclass
class Scene:
    """Rules of one scale on one day, their variables, and their duties."""

    day: date
    scope: str
    symbols: Symbols
    cells: Cells
    translators: dict[str, Translator]
    duties: list[Duty]
    rules: list[Governed]

    @property
    def always(self) -> list[Any]:
        """What holds of every file: there is a dwelling at least."""
        return [*self.symbols.facts, self.cells.total() >= 1]


@dataclass(frozen=True)
class Found:
    """A conflict and the scene in which it stands."""

    conflict: Conflict
    scene: Scene


class Prover:
    """Asks about rules; `hurried` tells whether time ran out before every question was put."""

    def __init__(self, books: list[Rulebook], clock: Clock | None = None) -> None:
        self.books, self.clock, self.hurried = books, clock or Clock(inf, inf), False
        self._never: dict[tuple[int, date], tuple[Scene, Translator]] = {}

    # -- one rule --------------------------------------------------------------------------------------

    def never(self, rule: Rule, *nodes: Node | None) -> bool:
        """Whether yes/no expressions of a rule are all true together on no day and for no file."""
        asked = [node for node in nodes if node is not None]
        if not asked:
            return False
        governed = [(rule, self._book(rule))]
        days = [day for day in window.days(governed) if rule.period.holds(day)]
        return bool(days) and all(self._refused(rule, day, asked) for day in days)

    def _refused(self, rule: Rule, day: date, nodes: list[Node]) -> bool:
        key = (id(rule), day)
        if key not in self._never:
            scene = self._scene([(rule, self._book(rule))], day, rule.scope, with_duties=False)
            self._never[key] = (scene, scene.translators[rule.rulebook])
        scene, translator = self._never[key]
        formulas = [translator.true(node) for node in nodes]
        solver = z3.Solver()
        solver.set("timeout", QUERY)
        solver.add(*scene.always, *formulas)
        return bool(solver.check() == z3.unsat)

    def _book(self, rule: Rule) -> Rulebook:
        return next(book for book in self.books if book.id == rule.rulebook)

    # -- several ---------------------------------------------------------------------------------------

    def conflicts(self, *, latest: bool = False) -> Iterator[Found]:
        """Obligations that cannot all hold, each set once, with the latest stretch of time in which it stands.

        `latest` looks at the last stretch alone.
        """
        self.clock.start()
        yield from self._conflicts(latest=latest)
        self.hurried = self.hurried or self.clock.late()
        self.clock.stop()

    def _conflicts(self, *, latest: bool) -> Iterator[Found]:
        told: set[frozenset[str]] = set()
        for scene in self.scenes(latest=latest):
            if self.clock.late():
                return
            # Across rulebooks, the rows of one's tables are looked at with that one alone.
            cases = list(_cases(scene)) if len(self.books) == 1 else []
            search = Search(scene.duties, scene.always, cases, self.clock.late)
            for conflict in search.conflicts():
                names = frozenset(rule.key for rule in conflict.rules)
                if names not in told:
                    told.add(names)
                    yield Found(conflict, scene)

    def shown(self, found: Found) -> str | None:
        """A programme to which the rules of a conflict apply, as the evaluator finds, and of which one is not met."""
        from mixrules.authoring.proof.witness import spoken, witness

        rules = [*found.conflict.rules, *found.conflict.scene]
        scene, case = found.scene, found.conflict.case
        if z3.is_true(case):
            # The rules alone: what the others read would only clutter the programme.
            scene = self._scene([(rule, self._book(rule)) for rule in rules], scene.day, scene.scope)
        books = [book for book in self.books if any(rule.rulebook == book.id for rule in rules)]
        duties = [duty for duty in scene.duties if duty.rule in rules]
        seen = witness(scene, [case, *(duty.situation for duty in duties)], books)
        if seen is None or not seen.speaks(rules):
            return None
        met = all(seen.statuses[rule.key] == "met" for rule in found.conflict.rules)
        return None if met else spoken(seen.given)

    def scenes(self, *, latest: bool = False) -> Iterator[Scene]:
        """The obligations and ceilings of each scale, for each stretch of time."""
        governed = [(rule, book) for book in self.books for rule in book.rules if _binds(rule)]
        made: set[object] = set()
        days = window.days(governed)
        for day in reversed(days[-1:] if latest else days):
            held = [(rule, book) for rule, book in governed if rule.period.holds(day)]
            for scope in dict.fromkeys(rule.scope for rule, _ in held):
                group = [(rule, book) for rule, book in held if rule.scope == scope]
                key = (scope, window.signature(group, day))
                if key in made:
                    continue
                made.add(key)
                yield self._scene(group, day, scope)

    def _scene(self, rules: list[Governed], day: date, scope: str, *, with_duties: bool = True) -> Scene:
        symbols = Symbols()
        books = {book.id: book for _, book in rules}
        cells = Cells(symbols, scope, mixed=len(books) > 1)
        translators = {name: Translator(symbols, book, day, cells) for name, book in books.items()}
        cells.translator = translators[rules[0][1].id]
        for rule, book in rules:
            cells.learn(expressions(rule), translators[book.id])
        duties = [duty(rule, translators[book.id], cells) for rule, book in rules] if with_duties else []
        return Scene(day, scope, symbols, cells, translators, duties, rules)


def _binds(rule: Rule) -> bool:
    """Whether a rule asks for something that can be met; one that always asks a question never is."""
    return rule.kind in KINDS and rule.require is not None


def _cases(scene: Scene) -> Iterator[Any]:
    """What is worth looking at one by one: the rows of tables, the yes or no on which a requirement turns."""
    found: dict[str, Any] = {}
    for rule, book in scene.rules:
        translator = scene.translators[book.id]
        for expression in expressions(rule):
            for node in walk(expression):
                for name, formula in _turning(node, translator, scene):
                    found.setdefault(name, formula)
    yield from list(found.values())[:CASES]


def _turning(node: Any, translator: Translator, scene: Scene) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Lookup | HasKey):
        keys = node.keys if isinstance(node, Lookup) else (node.key,)
        version = translator.book.parameters[node.parameter].at(scene.day)
        for place, key in enumerate(keys):
            plain = translator.plain(key)
            if isinstance(plain, Field | Fact) and not reads_members(plain, scene.scope):
                for row in version.rows if version is not None else ():
                    word = row.keys[place]
                    if isinstance(word, str):
                        value, _ = scene.symbols.ask(plain)
                        yield f"{plain} {word}", value == scene.symbols.code(word)
    elif isinstance(node, IfElse):
        condition = translator.plain(node.condition)
        if isinstance(condition, Field | Fact) and not reads_members(condition, scene.scope):
            value, _ = scene.symbols.ask(condition)
            yield f"{condition} yes", value
            yield f"{condition} no", z3.Not(value)
