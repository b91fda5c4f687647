"""Rules engines on the same job: each is given the fields and measures of one programme at a time, measured by SQL.

That is a gift: none of them counts dwellings, and the fastest way to count them is used for all.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from benchmarks.peers import job
from benchmarks.peers.floors import measured

Row = dict[str, Any]
Codes = np.ndarray


def rows(path: Path, limit: int) -> Iterator[Row]:
    """Programmes with their fields and counts, in the order of the corpus."""
    import duckdb

    found = duckdb.connect().execute(f"SELECT * FROM ({measured(path)}) ORDER BY file LIMIT {limit}")
    names = [column[0] for column in found.description or ()]
    while batch := found.fetchmany(1_000):
        for values in batch:
            row = dict(zip(names, values, strict=True))
            del row["file"]
            yield row


def _decided(path: Path, limit: int, solve: Callable[[Row], list[int]]) -> Codes:
    found = []
    for row in rows(path, limit):
        codes = solve(row)
        statuses = dict(zip(job.NAMES, (job.STATUSES[code] for code in codes), strict=True))
        found.append([*codes, job.VERDICTS.index(job.verdict(statuses, row))])
    return np.array(found, np.int8)


# -- writing the conditions in another syntax ----------------------------------------------------------


class _Inlined(ast.NodeTransformer):
    """Definitions written out, for engines without them."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        made = job.DEFINITIONS.get(node.id)
        if made is None or node.id in {"lls", "others", "near"}:
            return node
        return self.visit(ast.parse(made, mode="eval").body)  # type: ignore[no-any-return]


class Syntax:
    """How an engine writes what Python writes."""

    words: ClassVar[dict[type, str]]
    integer_division = "({} / {})"

    def written(self, text: str) -> str:
        """A condition in the engine's syntax."""
        return self._node(_Inlined().visit(ast.parse(text, mode="eval").body))

    def chosen(self, choices: list[tuple[str, str]]) -> str:
        """The code of the first status whose condition holds."""
        *before, (last, _) = choices
        found = str(job.STATUSES.index(last))
        for status, condition in reversed(before):
            found = f"({self.written(condition)} ? {job.STATUSES.index(status)} : {found})"
        return found

    def _node(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant):
            return (
                {True: "true", False: "false"}[node.value]
                if isinstance(node.value, bool)
                else str(node.value)
            )
        if isinstance(node, ast.BoolOp):
            return "(" + f" {self.words[type(node.op)]} ".join(map(self._node, node.values)) + ")"
        if isinstance(node, ast.UnaryOp):
            return f"{self.words[ast.Not]}({self._node(node.operand)})"
        if isinstance(node, ast.IfExp):
            return f"({self._node(node.test)} ? {self._node(node.body)} : {self._node(node.orelse)})"
        if isinstance(node, ast.BinOp):
            left, right = self._node(node.left), self._node(node.right)
            if isinstance(node.op, ast.FloorDiv):
                return self.integer_division.format(left, right)
            return f"({left} {({ast.Add: '+', ast.Sub: '-', ast.Mult: '*'})[type(node.op)]} {right})"
        assert isinstance(node, ast.Compare)
        signs = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "=="}
        return f"({self._node(node.left)} {signs[type(node.ops[0])]} {self._node(node.comparators[0])})"


class Zen(Syntax):
    """zen-engine."""

    words: ClassVar = {ast.And: "and", ast.Or: "or", ast.Not: "not "}
    integer_division = "floor({} / {})"


class Cel(Syntax):
    """Common Expression Language."""

    words: ClassVar = {ast.And: "&&", ast.Or: "||", ast.Not: "!"}


# -- the engines ---------------------------------------------------------------------------------------


def with_python(path: Path, limit: int) -> Codes:
    """Plain Python: every condition compiled once."""
    compiled = {
        rule: [(job.STATUSES.index(status), compile(text, rule, "eval")) for status, text in choices]
        for rule, choices in job.RULES.items()
    }
    helpers = [(name, compile(text, name, "eval")) for name, text in job.DEFINITIONS.items() if name != "lls"]

    def solve(row: Row) -> list[int]:
        own = dict(row)
        for name, code in helpers:
            own[name] = eval(code, {}, own)  # our own text
        return [
            next(status for status, code in choices if eval(code, {}, own)) for choices in compiled.values()
        ]

    return _decided(path, limit, solve)


def with_zen(path: Path, limit: int) -> Codes:
    """zen-engine: one compiled expression a rule."""
    import zen

    rules = [zen.compile_expression(Zen().chosen(choices)) for choices in job.RULES.values()]
    return _decided(path, limit, lambda row: [int(rule.evaluate(row)) for rule in rules])


def with_cel(path: Path, limit: int) -> Codes:
    """Common Expression Language (Rust): one compiled program a rule."""
    import cel

    rules = [cel.compile(Cel().chosen(choices)) for choices in job.RULES.values()]
    return _decided(path, limit, lambda row: [int(rule.execute(row)) for rule in rules])


def with_json_logic(path: Path, limit: int) -> Codes:
    """JsonLogic: one tree a rule."""
    from json_logic import jsonLogic

    trees = []
    for choices in job.RULES.values():
        made: list[Any] = []
        for status, text in choices[:-1]:
            made += [_json(_Inlined().visit(ast.parse(text, mode="eval").body)), job.STATUSES.index(status)]
        made.append(job.STATUSES.index(choices[-1][0]))
        trees.append({"if": made} if len(made) > 1 else made[0])
    return _decided(path, limit, lambda row: [int(jsonLogic(tree, row)) for tree in trees])


def _json(node: ast.expr) -> Any:
    if isinstance(node, ast.Name):
        return {"var": node.id}
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.BoolOp):
        return {"and" if isinstance(node.op, ast.And) else "or": [_json(value) for value in node.values]}
    if isinstance(node, ast.UnaryOp):
        return {"!": [_json(node.operand)]}
    if isinstance(node, ast.IfExp):
        return {"if": [_json(node.test), _json(node.body), _json(node.orelse)]}
    if isinstance(node, ast.BinOp):
        left, right = _json(node.left), _json(node.right)
        if isinstance(node.op, ast.FloorDiv):
            return {"/": [{"-": [left, {"%": [left, right]}]}, right]}
        return {{ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}[type(node.op)]: [left, right]}
    assert isinstance(node, ast.Compare)
    signs = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "=="}
    return {signs[type(node.ops[0])]: [_json(node.left), _json(node.comparators[0])]}


def with_clips(path: Path, limit: int) -> Codes:
    """CLIPS: one production a status, the first that holds wins by salience; facts asserted as text."""
    import clips

    environment = clips.Environment()
    fields = [*job.FIELDS, *job.MEASURES, "lls", "others", "near"]
    environment.build("(deftemplate programme " + " ".join(f"(slot {name})" for name in fields) + ")")
    environment.build("(deftemplate status (slot rule) (slot code))")
    bound = " ".join(f"({name} ?{name})" for name in fields)
    for number, choices in enumerate(job.RULES.values()):
        for place, (status, text) in enumerate(choices):
            condition = _lisp(_Inlined().visit(ast.parse(text, mode="eval").body))
            environment.build(
                f"(defrule r{number}-{place} (declare (salience {100 - place})) (programme {bound}) "
                f"(not (status (rule {number}))) (test {condition}) => "
                f"(assert (status (rule {number}) (code {job.STATUSES.index(status)}))))"
            )

    def solve(row: Row) -> list[int]:
        environment.reset()
        slots = " ".join(
            f"({name} {str(row[name]).upper() if isinstance(row[name], bool | np.bool_) else row[name]})"
            for name in fields
        )
        environment.eval(f"(assert (programme {slots}))")
        environment.run()
        found = {
            int(fact["rule"]): int(fact["code"])
            for fact in environment.facts()
            if fact.template.name == "status"
        }
        return [found[number] for number in range(len(job.RULES))]

    return _decided(path, limit, solve)


def _lisp(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return f"?{node.id}" if node.id not in _YES_NO else f"(eq ?{node.id} TRUE)"
    if isinstance(node, ast.Constant):
        return "(eq 1 1)" if node.value is True else str(node.value)
    if isinstance(node, ast.BoolOp):
        word = "and" if isinstance(node.op, ast.And) else "or"
        return f"({word} {' '.join(map(_lisp, node.values))})"
    if isinstance(node, ast.UnaryOp):
        return f"(not {_lisp(node.operand)})"
    if isinstance(node, ast.IfExp):
        return f"(if {_lisp(node.test)} then {_lisp(node.body)} else {_lisp(node.orelse)})"
    if isinstance(node, ast.BinOp):
        words = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "div"}
        return f"({words[type(node.op)]} {_lisp(node.left)} {_lisp(node.right)})"
    assert isinstance(node, ast.Compare)
    words = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "="}
    return f"({words[type(node.ops[0])]} {_lisp(node.left)} {_lisp(node.comparators[0])})"


_YES_NO = {
    "carence",
    "collective",
    "noise",
    "heritage",
    "served",
    "near",
    "brs_counts",
    "exemplary",
    "renewable",
}


def with_durable(path: Path, limit: int) -> Codes:
    """durable-rules as it can be trusted: conditions found in Python, posted as yes or no, chained by its network."""
    from mixrules.engine.network import Builder, Wire
    from mixrules.engine.rete import Rete

    builder = Builder()
    conditions: list[Any] = []

    def atom(text: str, rule: str) -> Wire:
        conditions.append(compile(text, rule, "eval"))
        return builder.atom(len(conditions))

    for number, (rule, choices) in enumerate(job.RULES.items()):
        others: list[Wire] = []
        for place, (status, text) in enumerate(choices[:-1]):
            wire = atom(text, rule)
            builder.output(
                f"{number} {job.STATUSES.index(status)} {place}", builder.both(wire, *map(builder.no, others))
            )
            others.append(wire)
    network, _ = builder.build()
    last = [job.STATUSES.index(choices[-1][0]) for choices in job.RULES.values()]
    helpers = [(name, compile(text, name, "eval")) for name, text in job.DEFINITIONS.items() if name != "lls"]
    rete = Rete()

    def solve(row: Row) -> list[int]:
        own = dict(row)
        for name, code in helpers:
            own[name] = eval(code, {}, own)  # our own text
        found = list(last)
        truths = rete.solve(network, [bool(eval(code, {}, own)) for code in conditions])
        for name, holds in truths.items():
            if holds:
                number, code, _ = name.split()
                found[int(number)] = int(code)
        return found

    return _decided(path, limit, solve)
