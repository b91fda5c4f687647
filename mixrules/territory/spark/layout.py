"""A staged query laid out for Spark: fewer stages, and in each the columns that are still read.

Spark reads a plan again at every stage that it adds: what DuckDB takes stage by stage, two hundred columns wide, would
take it minutes. What is small or used once is written where it is used.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlglot import exp

from mixrules.message import Problem
from mixrules.territory.spark.dialect import Node, spelled_tree
from mixrules.territory.sql.expression import RefusalError

BELOW = "the_stage_below"
"""What a stage calls the one that it reads."""
SMALL, LARGE = 10, 120
"""Parts of an expression written again at each use, and of one used once."""
REPEATED = (exp.IntDiv, exp.Sign, exp.Abs, exp.Anonymous, exp.Lambda)
"""What Spark's spelling writes several times, or computes for each member of a list."""
LONG = ("gcd",)
"""Beside quotients, what Spark spells at such length that it is written once."""


@dataclass
class Staged:
    """A query as stages, each over the one before; what is lost, by name, and why."""

    stages: list[str]
    lost: dict[str, Problem] = field(default_factory=dict)


def laid_out(query: Node, gone: dict[str, Problem]) -> Staged:
    """A query over stages; `gone` are the columns that earlier queries lost."""
    return _Layout(query, gone).staged()


class _Layout:
    def __init__(self, query: Node, gone: dict[str, Problem]) -> None:
        self.query = query
        self.gone = gone
        self.source, defined = _chain(query)
        self.base = {one.alias: one.this for one in self.source.expressions}
        self.defined = {one.alias: one.this for one in defined}
        self.lost: dict[str, Problem] = {}
        self.levels: dict[str, int] = dict.fromkeys(self.base, 0)

    def staged(self) -> Staged:
        self._name_quotients()
        self._inline()
        written = self._written()
        stages = self._stages(written)
        return Staged(stages, self.lost)

    # -- what is named apart ---------------------------------------------------------------------------

    def _name_quotients(self) -> None:
        """Quotients and divisors of columns as columns; no denominator is ever zero, whatever a condition chooses."""
        named: dict[str, str] = {}
        found: dict[str, Node] = {}
        for name, node in self.defined.items():
            found[name] = _apart(node, named, found)
        self.query.set("expressions", [_apart(one, named, found) for one in self.query.expressions])
        self.defined = found

    # -- what is used where it is defined --------------------------------------------------------------

    def _inline(self) -> None:
        uses: Counter[str] = Counter()
        bound: set[str] = set()
        for node in [*self.defined.values(), *self.query.expressions]:
            for column in _columns(node):
                uses[column.name] += 1
                if column.find_ancestor(*REPEATED):
                    bound.add(column.name)
        inside: dict[str, Node] = {}
        for name, node in list(self.defined.items()):
            made = self.defined[name] = _filled(node, inside)
            size = sum(1 for _ in made.walk())
            long = made.find(*REPEATED) is not None
            if name not in bound and not long and size <= (LARGE if uses[name] == 1 else SMALL):
                inside[name] = self.defined.pop(name)
        self.query.set("expressions", [_filled(one, inside) for one in self.query.expressions])

    # -- in Spark's words ------------------------------------------------------------------------------

    def _written(self) -> dict[str, str]:
        found = {}
        for name, node in {**self.base, **self.defined}.items():
            try:
                self._whole(node)
                level = max(
                    (self.levels[c.name] + 1 for c in _columns(node) if c.name in self.levels), default=0
                )
                found[name] = spelled_tree(node)
            except RefusalError as error:
                self.lost[name] = error.why
                continue
            self.levels[name] = 0 if name in self.base else max(1, level)
        return found

    def _whole(self, node: Node) -> None:
        """Refuse what reads a column that was lost."""
        for column in node.find_all(exp.Column):
            why = self.lost.get(column.name) or self.gone.get(f"{column.table}.{column.name}")
            if why is not None:
                raise RefusalError(why.code, **dict(why.args))

    def _stages(self, written: dict[str, str]) -> list[str]:
        outer = self._outer()
        needed = [c.name for one in outer for c in _columns(one)]
        last = max(self.levels.values(), default=0)
        reads = {name: [c.name for c in _columns(self._node(name))] for name in written}
        group = self.query.args.get("group")
        if group is not None:
            needed += [c.name for one in group.expressions for c in _columns(one)]
        live = self._live(needed, reads)
        stages = []
        for level in range(last + 1):
            here = [n for n in written if self.levels[n] == level and n in live]
            later = {r for n in written if self.levels[n] > level and n in live for r in reads[n]} | set(
                needed
            )
            before = [n for n in written if self.levels[n] < level and n in later]
            made = [f"{written[n]} AS {n}" for n in here]
            stages.append("SELECT " + ", ".join([*before, *made]) + f" FROM {BELOW}")
        stages[0] = self._source(stages[0])
        final = ", ".join(spelled_tree(one) for one in outer)
        tail = spelled_tree(group).join(["\n", ""]) if group is not None else ""
        return [*stages, f"SELECT {final} FROM {BELOW}{tail}"]

    def _node(self, name: str) -> Node:
        return self.defined[name] if name in self.defined else self.base[name]

    def _live(self, needed: list[str], reads: dict[str, list[str]]) -> set[str]:
        live: set[str] = set()
        todo = list(needed)
        while todo:
            name = todo.pop()
            if name not in live:
                live.add(name)
                todo += reads.get(name, [])
        return live

    def _outer(self) -> list[Node]:
        kept = []
        for one in self.query.expressions:
            try:
                self._whole(one)
                spelled_tree(one)
            except RefusalError as error:
                self.lost[one.alias] = error.why
            else:
                kept.append(one)
        return kept

    def _source(self, first: str) -> str:
        bottom = self.source.copy()
        bottom.set("expressions", [exp.Star()])
        return first.replace(f"FROM {BELOW}", spelled_tree(bottom).removeprefix("SELECT * "))


def _chain(query: Node) -> tuple[Node, list[Node]]:
    """The select at the bottom of a query's stages, and what is defined above it, in order."""
    levels: list[list[Node]] = []
    inner = _from(query)
    while isinstance(inner, exp.Subquery):
        select = inner.this
        below = _from(select)
        if not isinstance(below, exp.Subquery) or not isinstance(select.expressions[0], exp.Column):
            return select, [one for level in reversed(levels) for one in level]
        levels.append([one for one in select.expressions if isinstance(one, exp.Alias)])
        inner = below
    raise RefusalError("refusal_staged")


def _from(select: Node) -> Node:
    return (select.args.get("from_") or select.args["from"]).this


def _columns(node: Node) -> list[Node]:
    """The columns of stages that an expression reads."""
    return [c for c in node.find_all(exp.Column) if not c.table]


def _apart(node: Node, named: dict[str, str], found: dict[str, Node]) -> Node:
    """An expression whose quotients of columns are columns, added to those found."""
    root = exp.Paren(this=node.copy())
    for one in reversed(list(root.this.walk())):
        long = isinstance(one, exp.IntDiv) or (isinstance(one, exp.Anonymous) and one.name.lower() in LONG)
        if not (long or isinstance(one, exp.Abs)) or one.find_ancestor(exp.Lambda) or not _plain(one):
            continue
        written = one.sql(dialect="duckdb")
        if written not in named:
            named[written] = f"long_{len(named)}"
            found[named[written]] = one.copy()
        one.replace(exp.column(named[written]))
    return root.this


def _plain(node: Node) -> bool:
    """Whether it reads columns of stages and constants, through casts alone."""
    parts = (part for part in node.walk() if part is not node)
    held = (exp.Column, exp.Identifier, exp.Literal, exp.Neg, exp.Paren, exp.Cast, exp.DataType)
    return all(isinstance(part, held) for part in parts) and not any(
        c.table for c in node.find_all(exp.Column)
    )


def _filled(node: Node, inside: dict[str, Node]) -> Node:
    """An expression with others in the place of their names."""
    if not inside:
        return node
    root = exp.Paren(this=node.copy())
    for column in _columns(root):
        if column.name in inside:
            column.replace(exp.Paren(this=inside[column.name].copy()))
    return root.this
