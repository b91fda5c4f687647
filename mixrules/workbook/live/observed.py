"""What a requirement saw, in formulas: observed, required, and by how much it falls short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mixrules.engine.observe import HUNDREDTHS, compared_unit
from mixrules.quantity import COUNTS
from mixrules.rulebook.tree import Compare, Dated, Junction, Named, Node, Not, Share
from mixrules.workbook.live import arithmetic, measures
from mixrules.workbook.live.compiler import Compiler
from mixrules.workbook.live.formula import Number, constant
from mixrules.workbook.live.ledger import Sheet

ONE = constant(1)


@dataclass(frozen=True)
class Check:
    """One comparison of a requirement: its truth, its two sides, the part and the whole of a share, what is short."""

    node: Compare
    truth: str
    observed: Number
    required: Number
    unit: str
    part: Number | None
    whole: Number | None
    distance: Number | None
    distance_unit: str


def checks(c: Compiler, node: Node, at: str) -> Iterator[Check]:
    """The comparisons of numbers of a requirement, in the order of its text."""
    if isinstance(node, Named):
        yield from checks(c, node.body, at)
    elif isinstance(node, Dated):
        held = [body for start, body in node.versions if start <= c.day.toordinal()]
        yield from checks(c, held[-1], at) if held else ()
    elif isinstance(node, Junction):
        for item in node.items:
            yield from checks(c, item, at)
    elif isinstance(node, Not) and isinstance(node.operand, Named | Junction | Dated):
        yield from checks(c, node.operand, at)
    elif isinstance(node, Compare) and node.left.type.kind in {"number", "date"}:
        yield _check(c, node, at)


def _check(c: Compiler, node: Compare, at: str) -> Check:
    left, right = c.number(node.left, at), c.number(node.right, at)
    share = node.left
    while isinstance(share, Named):
        share = share.body
    part = whole = distance = None
    unit = compared_unit(node)
    short_unit = unit
    if isinstance(share, Share):
        part, whole = measures.parts(c, share, at)
        short_unit = _counted_unit(share)
        target = arithmetic.product(c.sheet(at), right, whole)
        distance = gap(c.sheet(at), node.op, part, target, short_unit)
    elif node.left.type.kind != "date":
        distance = gap(c.sheet(at), node.op, left, right, unit)
    return Check(node, c.truth(node, at), left, right, unit, part, whole, distance, short_unit)


def _counted_unit(share: Share) -> str:
    unit = (
        str(share.weight.type.unit) if share.weight is not None else share.over.sources[0].removesuffix("s")
    )
    return "dwelling" if unit == "existing" else unit


def gap(sheet: Sheet, op: str, seen: Number, target: Number, unit: str) -> Number:
    """The least change that meets a comparison: whole dwellings, hundredths of a square metre, cents."""
    grain = Fraction(1) if unit in COUNTS else Fraction(1, 100) if unit in HUNDREDTHS else None
    goal = target
    if grain is not None and op != "=":
        goal = arithmetic.rounded(sheet, "ceil" if op in {">=", "<"} else "floor", target, grain)
        if op in {">", "<"}:
            goal = arithmetic.added(sheet, "+" if op == ">" else "-", goal, constant(grain))
    first, second = (goal, seen) if op in {">=", ">", "="} else (seen, goal)
    return arithmetic.added(sheet, "-", first, second)
