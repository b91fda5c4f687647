"""Exact arithmetic in formulas: every number is a quotient of two integers that a cell holds without error."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from mixrules.engine.arithmetic import rounding as engine_rounding
from mixrules.quantity import Exact, point
from mixrules.rulebook.tree import Arithmetic
from mixrules.workbook.live.formula import (
    MOST,
    UNKNOWN,
    NotHeldError,
    Number,
    constant,
    crossed,
    known,
    times,
)
from mixrules.workbook.live.ledger import Sheet

TESTS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "!=": "<>"}


def compare(op: str, left: Number, right: Number) -> str:
    """A comparison as a truth: unknown where a number is, or where a product is too great to be exact."""
    if left.exact is not None and right.exact is not None:
        holds = {
            "<": left.exact < right.exact,
            "<=": left.exact <= right.exact,
            ">": left.exact > right.exact,
            ">=": left.exact >= right.exact,
            "=": left.exact == right.exact,
            "!=": left.exact != right.exact,
        }[op]
        return "1" if holds else "0"
    a, b = crossed(left, right)
    safe = f"MAX(ABS({a}),ABS({b}))<{MOST}"
    return f"IF({known(left, right)},IF({safe},IF({a}{TESTS[op]}{b},1,0),0.5),0.5)"


def written(sheet: Sheet, title: str, needs: str, num: str, den: int | str) -> Number:
    """A number in cells of its own, if what it needs is known and both integers are exact."""
    if isinstance(den, str):
        den = sheet.cell(f"{title} : diviseur", f"IF({needs},{den},1)")
    size = f"ABS({num})" if isinstance(den, int) else f"MAX(ABS({num}),{den})"
    return Number(sheet.cell(title, f'IF({needs},IF({size}<{MOST},{num},"{UNKNOWN}"),"{UNKNOWN}")'), den)


def operate(sheet: Sheet, node: Arithmetic, a: Number, b: Number) -> Number:
    """A sum, difference, product or quotient; a date takes months by the calendar."""
    if node.type.kind == "date" or node.left.type.kind == "date":
        return _calendar(sheet, node, a, b)
    if a.exact is not None and b.exact is not None and not (node.op == "/" and b.exact == 0):
        folded = {
            "+": lambda x, y: x + y,
            "-": lambda x, y: x - y,
            "*": lambda x, y: x * y,
            "/": lambda x, y: x / y,
        }[node.op](a.exact, b.exact)
        return constant(folded)
    if node.op in "+-":
        return added(sheet, node.op, a, b)
    return product(sheet, a, b) if node.op == "*" else quotient(sheet, a, b)


def added(sheet: Sheet, op: str, a: Number, b: Number) -> Number:
    """A sum or a difference."""
    if a.exact is not None and b.exact is not None:
        return constant(a.exact + b.exact if op == "+" else a.exact - b.exact)
    left, right = crossed(a, b)
    den: int | str = times(a.den, b.den)
    if isinstance(a.den, int) and isinstance(b.den, int):
        den = lcm(a.den, b.den)
    return written(
        sheet, "somme" if op == "+" else "différence", known(a, b), f"({left}{op}{right})", _plain(den)
    )


def product(sheet: Sheet, a: Number, b: Number) -> Number:
    """A product."""
    if a.exact is not None and b.exact is not None:
        return constant(a.exact * b.exact)
    for one, other in ((a, b), (b, a)):
        if one.exact is not None and one.exact > 0 and isinstance(other.den, int):
            # The constant's fraction is reduced with the denominator at once.
            scale = one.exact / other.den
            return written(
                sheet, "produit", known(other), times(other.num, scale.numerator), scale.denominator
            )
    num, den = times(a.num, b.num), times(a.den, b.den)
    return written(sheet, "produit", known(a, b), f"({num})", _plain(den))


def quotient(sheet: Sheet, a: Number, b: Number) -> Number:
    """A quotient; by zero there is none."""
    if b.exact is not None and b.exact != 0:
        return product(sheet, a, constant(1 / b.exact))
    needs = f"IF({known(a, b)},{b.num}<>0,FALSE)"
    left, right = times(a.num, b.den), times(a.den, b.num)
    return written(sheet, "quotient", needs, f"({left}*SIGN({b.num}))", f"ABS({right})")


def _plain(den: int | str) -> int | str:
    return int(den) if isinstance(den, str) and den.isdigit() else den


def _calendar(sheet: Sheet, node: Arithmetic, a: Number, b: Number) -> Number:
    unit = node.right.type.unit.powers[0][0] if node.right.type.kind != "date" else "day"
    if unit == "day":
        return added(sheet, node.op, a, b)
    months = 12 if unit == "year" else 1
    if not isinstance(b.den, int):
        raise NotHeldError("live.computed_duration")
    count = times(b.num, months)
    whole = "TRUE" if b.den == 1 else f"MOD({count},{b.den})=0"
    sign = "" if node.op == "+" else "-"
    moved = f"EDATE({a.num},{sign}({count})/{b.den})"
    # Before 1900 and after 9999, spreadsheets have no day.
    held = f'IF({known(a, b)},IF({whole},IFERROR({moved},"{UNKNOWN}"),"{UNKNOWN}"),"{UNKNOWN}")'
    return Number(sheet.cell("échéance", held), 1)


def choose(sheet: Sheet, condition: str, then: Number, otherwise: Number) -> Number:
    """One of two numbers; unknown while the condition is."""
    pick = f"IF({condition}=1,{{}},{{}})"
    if isinstance(then.den, int) and isinstance(otherwise.den, int):
        den: int | str = lcm(then.den, otherwise.den)
        a, b = (_scaled(n, int(den)) for n in (then, otherwise))
    else:
        den = sheet.cell("si : diviseur", pick.format(then.den, otherwise.den))
        a, b = then.num, otherwise.num
    return Number(sheet.cell("si", f'IF({condition}=0.5,"{UNKNOWN}",{pick.format(a, b)})'), den)


def _scaled(number: Number, den: int) -> str:
    assert isinstance(number.den, int)
    factor = den // number.den
    if number.exact is not None or factor == 1:
        return times(number.num, factor)
    scaled = times(number.num, factor)
    return f'IF(ISNUMBER({number.num}),IF(ABS({scaled})<{MOST},{scaled},"{UNKNOWN}"),{number.num})'


def extreme(sheet: Sheet, op: str, a: Number, b: Number) -> Number:
    """The lesser or the greater of two."""
    if a.exact is not None and b.exact is not None:
        return a if (a.exact < b.exact) is (op == "min") else b
    first = sheet.cell(op, compare("<=" if op == "min" else ">=", a, b))
    return choose(sheet, first, a, b)


def rounded(sheet: Sheet, mode: str, value: Number, step: Exact) -> Number:
    """A rounding to a multiple of a step, or an absolute value; « sans objet » stays so."""
    if value.exact is not None:
        return constant(Fraction(engine_rounding(mode, step)(point(value.exact)).value))
    if mode == "abs":
        return Number(
            sheet.cell("valeur absolue", f"IF(ISNUMBER({value.num}),ABS({value.num}),{value.num})"), value.den
        )
    grain = Fraction(step)
    up, down = times(value.num, grain.denominator), times(value.den, grain.numerator)
    # Below 10^14 two neighbouring quotients differ by more than INT forgives.
    floor = {
        "floor": f"INT(({up})/({down}))",
        "ceil": f"-INT(-({up})/({down}))",
        "round_half_up": f"INT((2*({up})+({down}))/(2*({down})))",
        "round_half_even": f"(INT((2*({up})+({down}))/(2*({down})))-{_odd_tie(up, down)})",
    }[mode]
    safe = f"2*ABS({up})+2*ABS({down})<{MOST}"
    held = f'IF(ISNUMBER({value.num}),IF({safe},{floor},"{UNKNOWN}"),{value.num})'
    whole = Number(sheet.cell("arrondi", held), 1)
    return whole if grain == 1 else product(sheet, whole, constant(grain))


def _odd_tie(up: str, down: str) -> str:
    half = f"INT((2*({up})+({down}))/(2*({down})))"
    return f"IF(AND({half}*2*({down})=2*({up})+({down}),MOD({half},2)=1),1,0)"


def total(sheet: Sheet, items: list[Number]) -> Number:
    """A sum of several numbers."""
    found = items[0]
    for item in items[1:]:
        found = added(sheet, "+", found, item)
    return found


__all__ = [
    "added",
    "choose",
    "compare",
    "extreme",
    "operate",
    "product",
    "quotient",
    "rounded",
    "total",
    "written",
]
