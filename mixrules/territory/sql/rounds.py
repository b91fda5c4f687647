"""Rounds of rules: those of one scope that are concluded together, once the rounds whose outcome they read are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mixrules.rulebook.dependence import reads
from mixrules.rulebook.model import Cumulation, Rule, Rulebook
from mixrules.territory.sql.expression import NO, YES, RefusalError, Sql, Stages, case, sql
from mixrules.territory.sql.members import Scale
from mixrules.territory.sql.places import SCOPES
from mixrules.territory.sql.relation import AROUND, key_of, source_of
from mixrules.territory.sql.tally import Tallies, Tally, joins

INSIDE = {
    "block": SCOPES,
    "building": ("building", "storey", "stairwell", "landing"),
    "stairwell": ("stairwell", "landing"),
}
"""The places that lie inside a place."""


class Round:
    """Some rules of one scope: the stages of their expressions, and what other rounds tell them."""

    def __init__(self, tallies: Tallies, book: Rulebook, day: date, scope: str, number: int) -> None:
        self.scope = scope
        self.number = number
        self.name = f"round_{scope}_{number}"
        self.stages = Stages("p")
        self.joined: dict[str, Tally] = {}
        self.told: dict[str, Sql] = {}
        self._read: dict[str, str] = {}
        self._profile = tallies.profile
        if scope in SCOPES:
            tallies.places.elements(scope)
        self.scale = Scale(tallies, book, day, scope, self.stages, self.joined)
        self.on = self.scale.on

    @property
    def supposed(self) -> Sql:
        """Whether an element may not exist."""
        if self.scope in AROUND or not self._profile.holds(self.scope, "supposed AND NOT nested"):
            return NO
        return self.stages.let(Sql(f"{self.scope}.supposed", 0, sure=True))

    def tell(self, truth: Sql) -> str:
        """A column of what other rounds read."""
        for column, known in self.told.items():
            if known == truth:
                return column
        column = f"t{len(self.told)}"
        self.told[column] = truth
        return column

    def outcome(self, other: Round, fulfilled: Sql) -> Sql:
        """Whether a rule of another round is fulfilled wherever it concerns an element of this one."""
        if other is self:
            return fulfilled
        column = other.tell(fulfilled)
        if self.scope == other.scope or _holds(other.scope, self.scope):
            return self._around(other, column)
        return self._inside(other, column) if _holds(self.scope, other.scope) else YES

    def _around(self, other: Round, column: str) -> Sql:
        """What is concluded of the element itself, or of the one around it; where there is none, it is not in the way."""
        key = key_of(other.scope)
        if self.scope != other.scope and other.scope in SCOPES:
            key = f"{self.scope}.{other.scope}"
        self._read[other.name] = f" LEFT JOIN {other.name} ON {other.name}.k = {key}"
        there = Sql(f"({other.name}.k IS NOT NULL)", 0, sure=True)
        return self.stages.let(case(there, Sql(f"{other.name}.{column}"), YES))

    def _inside(self, other: Round, column: str) -> Sql:
        """What is concluded of every element inside: no where one says no, unknown where one does not know."""
        key = key_of(self.scope) if self.scope in AROUND else f"{other.scope}.{self.scope}"
        name = f"{other.name}_{column}"
        self._read[name] = (
            f" LEFT JOIN (SELECT {key} AS k, bool_or(NOT {column}) AS missed, bool_or({column} IS NULL) AS open "
            f"FROM {source_of(other.scope)} JOIN {other.name} ON {other.name}.k = {key_of(other.scope)} GROUP BY 1) "
            f"AS {name} ON {name}.k = {key_of(self.scope)}"
        )
        missed, open_ = (Sql(f"coalesce({name}.{one}, FALSE)", 0, sure=True) for one in ("missed", "open"))
        return self.stages.let(
            sql("CASE WHEN {} THEN FALSE WHEN NOT {} THEN TRUE END", missed, open_, sure=False)
        )

    def query(self, wanted: Sequence[tuple[str, Sql]], chunk: str) -> str:
        """Named values of the elements that lie in the programmes of a chunk."""
        kept = f"{key_of(self.scope)} AS k, programme.r AS r"
        condition = chunk
        if self.scope in SCOPES:
            kept += f", {self.scope}.path AS path, {self.scope}.o AS o, {self.scope}.supposed AS supposed"
            condition += f" AND NOT {self.scope}.nested"
        elif self.scope in {"commune", "district"}:
            condition += " AND programme.r = programme.f"
        source = (
            f"{source_of(self.scope)}{joins(self.joined)}{''.join(self._read.values())} WHERE {condition}"
        )
        staged = self.stages.over(source, kept, (made.text for _, made in wanted))
        columns = [kept_.rpartition(" AS ")[2] for kept_ in kept.split(", ")]
        listed = ", ".join([*columns, *(f"{made.text} AS {name}" for name, made in wanted)])
        return f"SELECT {listed}\nFROM {staged}"


def _holds(outer: str, inner: str) -> bool:
    """Whether elements of a scope contain elements of another."""
    if outer in AROUND:
        return inner in SCOPES or (inner in AROUND and AROUND.index(outer) < AROUND.index(inner))
    return inner in INSIDE.get(outer, ()) and inner != outer


def numbered(rules: Sequence[Rule], cumulations: Sequence[Cumulation]) -> dict[str, int]:
    """The round of each rule: after those of other scopes that it reads, and with those that a limit binds it to.

    Raises:
        RefusalError: rules that a limit binds together, of which one waits for what another concludes elsewhere.
    """
    known = {rule.id: rule for rule in rules}
    found = dict.fromkeys(known, 0)
    for _ in range(2 * len(rules) + 2):
        before = dict(found)
        for rule in rules:
            for name in reads(rule):
                if name in known:
                    later = found[name] + (known[name].scope != rule.scope)
                    found[rule.id] = max(found[rule.id], later)
        for cumulation in cumulations:
            bound = [name for name in (*cumulation.over, *cumulation.against) if name in known]
            found |= dict.fromkeys(bound, max((found[name] for name in bound), default=0))
        if found == before:
            return found
    raise RefusalError("refusal_limit_waits")
