"""Sums over the members of each element of a scope, each a column of one grouping query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mixrules.territory.profile import Profile
from mixrules.territory.sql.expression import NO, OPEN, YES, ZERO, Beside, Sql, Stages
from mixrules.territory.sql.places import Places
from mixrules.territory.sql.relation import SURROUNDINGS, Relation, holder, relation


class Tally:
    """The sums over one relation."""

    def __init__(self, relation: Relation, beside: Beside | None) -> None:
        self.relation = relation
        self.name = relation.name
        self.stages = Stages(f"{self.name}_", beside)
        self.sums: dict[str, str] = {}
        self.joined: dict[str, Tally] = {}
        let = self.stages.let
        self.least, self.most = let(relation.least), let(relation.most)
        self.endless = let(relation.endless)

    def sum(self, when: Sql, amount: Sql) -> Sql:
        """The sum of a whole number over the members for which a condition holds."""
        if when in {NO, OPEN} or amount == ZERO:
            return ZERO
        kept = amount.text if when == YES else f"CASE WHEN {when.text} THEN {amount.text} END"
        return self._column(f"sum({kept})", "0")

    def any(self, when: Sql) -> Sql:
        """Whether a condition holds for a member."""
        return NO if when in {NO, OPEN} else self._column(f"bool_or({when.text})", "FALSE")

    def bits(self, when: Sql, mask: Sql) -> Sql:
        """Every bit that is set for a member for which a condition holds."""
        return self._column(f"bit_or(CASE WHEN {when.text} THEN {mask.text} END)", "0")

    def outermost(self, op: str, when: Sql, amount: Sql) -> Sql:
        """The least or greatest whole number over the members for which a condition holds; null where there is none."""
        return self._column(f"{op}(CASE WHEN {when.text} THEN {amount.text} END)")

    def values(self, when: Sql, value: Sql) -> Sql:
        """The different values over the members for which a condition holds."""
        return self._column(f"list(DISTINCT {value.text}) FILTER (WHERE {when.text})", "[]")

    def fractions(self, when: Sql, n: Sql, d: Sql) -> Sql:
        """A fraction for each member for which a condition holds."""
        written = f"list({{'n': ({n.text})::HUGEINT, 'd': ({d.text})::HUGEINT}}) FILTER (WHERE {when.text})"
        return self._column(written, "[]")

    def _column(self, written: str, empty: str = "") -> Sql:
        column = self.sums.setdefault(written, f"{self.name}_m{len(self.sums)}")
        read = f"{self.name}_measures.{column}"
        return Sql(f"coalesce({read}, {empty})" if empty else read, 0, sure=bool(empty))

    def query(self, chunk: str) -> str:
        """The grouping query over the members that lie in some programmes."""
        kept = f" AND {self.relation.where}" if self.relation.where else ""
        source = f"{self.relation.source}{joins(self.joined)} WHERE {chunk}{kept}"
        staged = self.stages.over(source, f"{self.relation.key} AS k", self.sums)
        listed = ",\n  ".join(f"{written} AS {column}" for written, column in self.sums.items())
        return f"SELECT k,\n  {listed}\nFROM {staged} GROUP BY k"


def joins(joined: dict[str, Tally]) -> str:
    """The measures that some elements read, each joined by the element that it is of."""
    return "".join(
        f" LEFT JOIN {tally.name}_measures ON {tally.name}_measures.k = {tally.relation.outer}"
        for tally in joined.values()
        if tally.sums
    )


class Tallies:
    """Every tally of a corpus, made when a measure asks for it; all rulebooks share them."""

    def __init__(self, profile: Profile, places: Places) -> None:
        self.profile = profile
        self.places = places
        self.beside = Beside("around_", "programme")
        self._made: dict[str, Tally] = {}

    def of(self, scope: str, item: str) -> Tally:
        """The tally of one kind of member inside a scope."""
        scope = holder(scope, item)
        name = f"{scope}_{item}"
        if name not in self._made:
            # The rows of programmes are those themselves.
            beside = None if item == "programme" else self.beside
            self._made[name] = Tally(relation(self.profile, self.places, scope, item), beside)
        return self._made[name]

    def queries(self, chunk: str) -> Iterator[tuple[str, str]]:
        """The tables of a chunk of programmes, in their order, each by its query: surroundings, then measures."""
        measures = {f"{tally.name}_measures": tally.query(chunk) for tally in self._ordered}
        if measures:
            yield SURROUNDINGS, self._around(chunk, sorted(self.beside.named(measures.values())))
        yield from measures.items()

    def _around(self, chunk: str, columns: Sequence[str]) -> str:
        kept = ("r", "f", "odd")
        known = ", ".join(f"programme.{column} AS {column}" for column in kept)
        staged = self.beside.over(f"programme WHERE {chunk}", known, columns)
        return f"SELECT {', '.join([*kept, *columns])}\nFROM {staged}"

    @property
    def _ordered(self) -> list[Tally]:
        """Those that sum something, each after those it reads."""
        found: dict[str, Tally] = {}

        def visit(tally: Tally) -> None:
            for inner in tally.joined.values():
                visit(inner)
            if tally.sums:
                found[tally.name] = tally

        for tally in self._made.values():
            visit(tally)
        return list(found.values())
