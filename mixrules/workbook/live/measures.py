"""Measures over lists: helper columns beside each row, then sums over those that a landing… holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mixrules.programme.placing import PLACES
from mixrules.programme.vocabulary import COLLECTIONS, fields, item_fields
from mixrules.rulebook.tree import (
    Average,
    Collection,
    Count,
    Distinct,
    Field,
    Node,
    Outermost,
    Quantified,
    Share,
    Total,
)
from mixrules.workbook.live.formula import (
    MOST,
    OPEN,
    UNKNOWN,
    YES,
    Choice,
    NotHeldError,
    Number,
    Truth,
    both,
    times,
)
from mixrules.workbook.live.ledger import Rows
from mixrules.workbook.live.places import FIELDS

if TYPE_CHECKING:
    from mixrules.workbook.live.compiler import Compiler

HELD = (*PLACES, *FIELDS)
"""Scopes and lists whose members have rows."""
ROOTS = ("commune", "district", "programme")


class Members:
    """One source of a collection, seen from an element of a scope."""

    def __init__(self, c: Compiler, source: str, where: Node | None, at: str) -> None:
        self.compiler = c
        self.scope = COLLECTIONS[source]
        if self.scope not in HELD or (at not in ROOTS and not c.scope_inside(self.scope, at)):
            raise NotHeldError("live.list_scale", source=source)
        if at == "dwelling":
            raise NotHeldError("live.measure_inside_dwelling")
        self.at = at
        self.rows: Rows = c.places.rows(self.scope)
        self.weight = c.places.weight(self.scope)
        self.kept = c.truth(where, self.scope) if where is not None else YES
        self.sure = c.places.sure(self.scope)
        if at not in ROOTS:
            self.sure = c.places.root.cell("membres connus", both(c.places.sure(at), self.sure))

    def sum(self, cell: str, *truths: tuple[str, str]) -> str:
        """The sum of a column over the members that meet conditions (a truth column, a criterion)."""
        criteria = [
            f"{self.rows.range(truth)},{wanted}" for truth, wanted in truths if (truth, wanted) != (YES, "1")
        ]
        if self.at not in ROOTS:
            group = self.compiler.places.group(self.at)
            criteria.append(f"{self.rows.range(group)},{group}")
        column = self.rows.range(cell)
        return f"SUMIFS({column},{','.join(criteria)})" if criteria else f"SUM({column})"

    def unsettled(self, *more: tuple[str, str]) -> str:
        """How many members may or may not be counted."""
        return self.sum(self.weight, (self.kept, OPEN), *more) if self.kept != YES else "0"

    def weighed(self, node: Node | None) -> tuple[str, int]:
        """A column: the value of a term times the number that a row stands for, and its denominator."""
        if node is None:
            return self.weight, 1
        if self.scope == "existing" and isinstance(node, Field) and node.path == "floor_area":
            # The area of a part of the stock is that of all its dwellings.
            value = self.compiler.number(node, "existing")
            assert isinstance(value.den, int)
            return self.rows.cell("surface", f"IF({self.weight}=0,0,{value.num})"), value.den
        if self.scope == "existing" and _reads_area(node):
            raise NotHeldError("live.area_one_existing_dwelling")
        value = self.compiler.number(node, self.scope)
        if not isinstance(value.den, int):
            raise NotHeldError("live.sum_quotients")
        product = times(self.weight, value.num)
        if value.exact is None:
            product = f'IF({self.weight}=0,0,IF(ISNUMBER({value.num}),{product},"{UNKNOWN}"))'
        return self.rows.cell("poids", product), value.den

    def lacking(self, cell: str, *truths: tuple[str, str]) -> str:
        """How many of the members counted have no number in a column."""
        missing = self.rows.cell("sans valeur", f"IF(ISNUMBER({cell}),0,1)")
        return self.sum(missing, (self.kept, YES), *truths)


def _reads_area(node: Node) -> bool:
    from mixrules.rulebook.walk import walk

    return any(isinstance(part, Field) and part.path == "floor_area" for part in walk(node))


def _sources(c: Compiler, over: Collection, at: str) -> list[Members]:
    return [Members(c, source, over.where, at) for source in over.sources]


def _held(c: Compiler, at: str, title: str, needs: list[str], num: str, den: int | str = 1) -> Number:
    condition = f"AND({','.join(needs)})"
    guarded = f'IF({condition},IF(ABS({num})<{MOST},{num},"{UNKNOWN}"),"{UNKNOWN}")'
    return Number(c.sheet(at).cell(title, guarded), den)


def _settled(members: list[Members]) -> list[str]:
    needs = [f"{m.sure}=1" for m in members]
    return needs + [f"{m.unsettled()}=0" for m in members if m.kept != YES]


def count(c: Compiler, node: Count, at: str) -> Number:
    """How many members."""
    members = _sources(c, node.over, at)
    number = "+".join(m.sum(m.weight, (m.kept, YES)) for m in members)
    return _held(c, at, "nombre", _settled(members), f"({number})")


def total(c: Compiler, node: Total, at: str) -> Number:
    """A sum over members."""
    members = _sources(c, node.over, at)
    columns = [m.weighed(node.term) for m in members]
    dens = {den for _, den in columns}
    if len(dens) > 1:
        raise NotHeldError("live.sum_lists_different_precisions")
    needs = _settled(members)
    needs += [f"{m.lacking(cell)}=0" for m, (cell, _) in zip(members, columns, strict=True)]
    number = "+".join(m.sum(cell, (m.kept, YES)) for m, (cell, _) in zip(members, columns, strict=True))
    return _held(c, at, "somme", needs, f"({number})", dens.pop())


def parts(c: Compiler, node: Share, at: str) -> tuple[Number, Number]:
    """The part and the whole of a share, as integers over one denominator."""
    members = _sources(c, node.over, at)
    needs, counted, whole = _settled(members), [], []
    den = 1
    for m in members:
        truth = c.truth(node.part, m.scope)
        column, den = m.weighed(node.weight)
        if truth not in {"0", "1"}:
            needs.append(f"{m.sum(m.weight, (m.kept, YES), (truth, OPEN))}=0")
        if node.weight is not None:
            needs.append(f"{m.lacking(column)}=0")
        counted.append("0" if truth == "0" else m.sum(column, (m.kept, YES), (truth, YES)))
        whole.append(m.sum(column, (m.kept, YES)))
    return (
        _held(c, at, "part", needs, f"({'+'.join(counted)})", den),
        _held(c, at, "ensemble", needs, f"({'+'.join(whole)})", den),
    )


def share(c: Compiler, node: Share, at: str) -> Number:
    """The part of a collection that satisfies a condition; over nothing there is none."""
    part, whole = parts(c, node, at)
    sheet = c.sheet(at)
    den = sheet.cell("part : diviseur", f"IF(ISNUMBER({whole.num}),MAX({whole.num},1),1)")
    num = f'IF(AND(ISNUMBER({part.num}),ISNUMBER({whole.num})),IF({whole.num}>0,{part.num},"{UNKNOWN}"),"{UNKNOWN}")'
    return Number(sheet.cell("part sur ensemble", num), den)


def base(c: Compiler, node: Share | Average, at: str) -> str:
    """Whether the base of a share or an average is empty, as a truth."""
    members = _sources(c, node.over, at)
    possible = "+".join(f"{m.sum(m.weight, (m.kept, YES))}+{m.unsettled()}" for m in members)
    least = "+".join(m.sum(m.weighed(node.weight)[0], (m.kept, YES)) for m in members)
    sure = ",".join(f"{m.sure}=1" for m in members)
    return c.keep(at, "ensemble vide", f"IF(AND({sure}),IF({possible}=0,1,IF({least}>0,0,0.5)),0.5)").formula


def average(c: Compiler, node: Average, at: str) -> Number:
    """An average over members, weighted or not."""
    from mixrules.workbook.live.arithmetic import quotient

    if len(node.over.sources) != 1:
        raise NotHeldError("live.average_several_lists")
    (m,) = _sources(c, node.over, at)
    value = c.number(node.term, m.scope)
    weight, weight_den = m.weighed(node.weight)
    if not isinstance(value.den, int) or m.scope == "existing":
        raise NotHeldError("live.average_quotients")
    worth = m.rows.cell(
        "valeur pondérée",
        f'IF({m.weight}=0,0,IF(AND(ISNUMBER({value.num}),ISNUMBER({weight})),{times(value.num, weight)},"{UNKNOWN}"))',
    )
    needs = [*_settled([m]), f"{m.lacking(worth)}=0", f"{m.lacking(weight)}=0"]
    top = _held(c, at, "somme pondérée", needs, m.sum(worth, (m.kept, YES)), value.den * weight_den)
    bottom = _held(c, at, "somme des poids", needs, m.sum(weight, (m.kept, YES)), weight_den)
    return quotient(c.sheet(at), top, bottom)


def outermost(c: Compiler, node: Outermost, at: str) -> Number:
    """The least or the greatest value over members, seen from the whole file."""
    if len(node.over.sources) != 1 or at not in ROOTS:
        raise NotHeldError("live.least_greatest_value_scale")
    (m,) = _sources(c, node.over, at)
    value = c.number(node.term, m.scope)
    if not isinstance(value.den, int):
        raise NotHeldError("live.least_greatest_quotient")
    seen = m.rows.cell("valeur comptée", f'IF(AND({m.kept}=1,{m.weight}>0),{value.num},"")')
    missing = m.rows.cell("sans valeur", f"IF(AND({m.kept}=1,{m.weight}>0,NOT(ISNUMBER({value.num}))),1,0)")
    every = m.rows.range(seen)
    needs = [*_settled([m]), f"SUM({m.rows.range(missing)})=0", f"COUNT({every})>0"]
    return _held(c, at, "extrême", needs, f"{node.op.upper()}({every})", value.den)


def distinct(c: Compiler, node: Distinct, at: str) -> Number:
    """How many different members of a category."""
    if len(node.over.sources) != 1:
        raise NotHeldError("live.distinct_values_several_lists")
    (m,) = _sources(c, node.over, at)
    value = c.value(node.term, m.scope)
    if not isinstance(value, Choice):
        raise NotHeldError("live.distinct_numbers_texts")
    lacking = m.rows.cell("sans catégorie", f"IF(AND({m.weight}>0,{value.code}<=0),1,0)")
    needs = [*_settled([m]), f"{m.sum(lacking, (m.kept, YES))}=0"]
    here = [
        f"({m.sum(m.weight, (m.kept, YES), (value.code, str(rank)))}>0)"
        for rank in range(1, len(value.members) + 1)
    ]
    return _held(c, at, "valeurs distinctes", needs, f"({'+'.join(here)})")


def quantified(c: Compiler, node: Quantified, at: str) -> Truth:
    """Whether all members, or at least one, satisfy a condition."""
    decisive, other = ("1", "0") if node.op == "any" else ("0", "1")
    settled, doubts, sures = [], [], []
    for m in _sources(c, node.over, at):
        truth = c.truth(node.condition, m.scope)
        settled.append(m.sum(m.weight, (m.kept, YES), (truth, decisive)))
        doubts.append(m.sum(m.weight, (m.kept, YES), (truth, OPEN)))
        if m.kept != YES:
            doubts += [m.sum(m.weight, (m.kept, OPEN), (truth, value)) for value in (decisive, OPEN)]
        sures.append(f"{m.sure}=1")
    found = f"IF({'+'.join(doubts)}>0,0.5,{other})"
    decided = f"IF({'+'.join(settled)}>0,{decisive},{found})"
    return c.keep(at, node.op, f"IF(AND({','.join(sures)}),{decided},0.5)")


def stated_area(c: Compiler, path: str) -> Number:
    """A floor area of the programme; one that its parts exceed is contradicted, and not known."""
    root, inputs, places = c.places.root, c.inputs, c.places

    def stated(name: str) -> str:
        value = inputs.field(root, inputs.typed(name), fields()[name])
        assert isinstance(value, Number)
        return value.num

    def listed(item: str) -> str:
        rows = places.rows(item)
        area = inputs.field(rows, inputs.in_row(FIELDS[item], "floor_area"), item_fields(item)["floor_area"])
        assert isinstance(area, Number)
        weighed = rows.cell("surface connue", f"IF(ISNUMBER({area.num}),{area.num}*{places.weight(item)},0)")
        return f"SUM({rows.range(weighed)})"

    housing, whole = stated("programme.housing_floor_area"), stated("programme.floor_area")
    lines = root.cell("surface des lots", listed("dwelling"))
    others = root.cell("surface des locaux", listed("premise"))
    parts_ = root.cell("surface des parties", f"IF(ISNUMBER({housing}),{housing},{lines})+{others}")
    if path == "programme.floor_area":
        return Number(root.cell("surface totale", _unless(whole, f"{parts_}>{whole}")), 100)
    beyond = f"IF(ISNUMBER({whole}),{housing}>{whole},FALSE)"
    return Number(root.cell("surface d'habitation", _unless(housing, f"OR({lines}>{housing},{beyond})")), 100)


def _unless(cell: str, contradicted: str) -> str:
    return f'IF(ISNUMBER({cell}),IF({contradicted},"{UNKNOWN}",{cell}),{cell})'
