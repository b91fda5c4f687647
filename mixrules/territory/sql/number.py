"""Intervals of exact rationals as SQL: what `quantity.interval` does to one number, done to columns.

A bound is a whole numerator over a positive denominator, and a sign where it is infinite. Denominators are
mostly known while compiling, so that most comparisons are between whole numbers. Whole numbers have 128 bits:
the database stops with an error where one would not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import inf, lcm

from mixrules.quantity import Interval
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    OPEN,
    YES,
    ZERO,
    Sql,
    both,
    case,
    divisor,
    either,
    is_open,
    no,
    product,
    quotient,
    related,
    sql,
    total,
    whole,
)

Let = Callable[[Sql], Sql]
WIDE = 10**12
"""Denominators up to it are kept as they are: reducing fractions takes time."""


@dataclass(frozen=True, slots=True)
class Bound:
    """`n / d`, or an infinity of the sign `i` where that is not zero; then `n` is zero."""

    n: Sql
    d: Sql = ONE
    i: Sql = ZERO

    @property
    def finite(self) -> bool:
        """Whether it is known while compiling to be finite."""
        return self.i == ZERO

    @property
    def endless(self) -> Sql:
        """Whether it is an infinity."""
        return related(self.i, "<>", ZERO)


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds; `undefined` where there is none, `absent` where it is « sans objet »."""

    lo: Bound
    hi: Bound
    undefined: Sql = NO
    absent: Sql = NO
    nonneg: bool = False

    @property
    def point(self) -> bool:
        """Whether it is known while compiling to be one number, if any."""
        return self.lo == self.hi

    @property
    def unusable(self) -> Sql:
        """Whether no comparison can be made with it."""
        return either(self.undefined, self.absent)


MINUS, PLUS = Bound(ZERO, ONE, whole(-1)), Bound(ZERO, ONE, ONE)
UNKNOWN = Number(MINUS, PLUS)
EMPTY = Number(MINUS, PLUS, YES)
ABSENT = Number(MINUS, PLUS, NO, YES)


def constant(value: Interval) -> Number:
    """A number known while compiling."""
    lo, hi = exact(value.lo), exact(value.hi)
    return Number(lo, hi, YES if value.undefined else NO, nonneg=value.lo >= 0)


def exact(value: Fraction | float) -> Bound:
    """A bound known while compiling."""
    if value in {inf, -inf}:
        return PLUS if value == inf else MINUS
    written = Fraction(value)
    return Bound(whole(written.numerator), whole(written.denominator))


# -- bounds --------------------------------------------------------------------------------------------


def aligned(bounds: Sequence[Bound]) -> tuple[list[Sql], Sql]:
    """Numerators over one denominator."""
    denominators = list(dict.fromkeys(bound.d for bound in bounds))
    if len(denominators) == 1:
        return [bound.n for bound in bounds], denominators[0]
    known = [d.constant for d in denominators]
    if None not in known:
        shared = lcm(*(k for k in known if k is not None))
        return [product(b.n, whole(shared // (b.d.constant or 1))) for b in bounds], whole(shared)
    others = [[d for d in denominators if d != bound.d] for bound in bounds]
    return [product(b.n, *rest) for b, rest in zip(bounds, others, strict=True)], product(*denominators)


def compared(a: Bound, b: Bound, op: str) -> Sql:
    """A comparison of two bounds."""
    (x, y), _ = aligned([a, b])
    return case(either(a.endless, b.endless), related(a.i, op, b.i), related(x, op, y))


def chosen(when: Sql, a: Bound, b: Bound) -> Bound:
    """One of two bounds."""
    if a == b or when == YES:
        return a
    if when in {NO, OPEN}:
        return b
    (x, y), d = aligned([a, b])
    if x.constant is not None:
        x = sql("{}::HUGEINT", x)
    return Bound(case(when, x, y), d, case(when, a.i, b.i))


def first_of(choices: Sequence[tuple[Sql, Bound]]) -> Bound:
    """The first bound whose condition holds; the last where none does."""
    *earlier, last = choices
    told = [(when, bound) for when, bound in earlier if when not in {NO, OPEN}]
    sure = next((place for place, (when, _) in enumerate(told) if when == YES), len(told))
    told = [*told, last][: sure + 1]
    numerators, d = aligned([bound for _, bound in told])

    def one(parts: Sequence[Sql]) -> Sql:
        pairs = list(zip((when for when, _ in told), parts, strict=True))
        found = pairs[-1][1]
        if all(part == found for _, part in pairs):
            return found
        template = "CASE " + "WHEN {} THEN {} " * (len(pairs) - 1) + "ELSE {} END"
        return sql(template, *(part for pair in pairs[:-1] for part in pair), found)

    n = one(numerators)
    return Bound(n if n.constant is not None else sql("({})::HUGEINT", n), d, one([b.i for _, b in told]))


def kept(bound: Bound, let: Let) -> Bound:
    """A bound whose parts are columns; a fraction is reduced where its denominator could grow."""
    n, d, i = let(bound.n), let(bound.d), let(bound.i)
    if n.constant is not None or (d.constant is not None and d.constant <= WIDE):
        return Bound(n, d, i)
    return reduced(Bound(n, d, i), let)


def reduced(bound: Bound, let: Let) -> Bound:
    """The same bound over its least denominator."""
    n, d = bound.n, bound.d
    if ONE in {n, d}:
        return bound
    shared = let(divisor(n, d))
    return Bound(let(quotient(n, shared)), let(quotient(d, shared)), bound.i)


def named(number: Number, let: Let) -> Number:
    """A number whose parts are columns."""
    lo = kept(number.lo, let)
    hi = lo if number.point else kept(number.hi, let)
    return Number(lo, hi, let(number.undefined), let(number.absent), number.nonneg)


def least(bounds: Sequence[Bound], let: Let) -> Bound:
    """The lowest of several bounds."""
    return reduce(lambda a, b: a if a == b else kept(chosen(compared(a, b, "<="), a, b), let), bounds)


def most(bounds: Sequence[Bound], let: Let) -> Bound:
    """The highest of several bounds."""
    return reduce(lambda a, b: a if a == b else kept(chosen(compared(a, b, ">="), a, b), let), bounds)


# -- comparisons ---------------------------------------------------------------------------------------


def known(number: Number) -> Sql:
    """Whether it is one number, or surely unlimited."""
    return both(no(number.undefined), YES if number.point else compared(number.lo, number.hi, "="))


def compare(op: str, a: Number, b: Number) -> Sql:
    """A comparison: yes or no where every value allowed by both says so."""
    flipped = {">": "<", ">=": "<="}
    if op in flipped:
        return compare(flipped[op], b, a)
    if op == "!=":
        return no(compare("=", a, b))
    if op == "=":
        found = _equal(a, b)
    elif a.point and b.point:
        found = compared(a.lo, b.lo, op)
    else:
        surely = compared(a.hi, b.lo, op)
        never = no(compared(a.lo, b.hi, op)) if op == "<=" else compared(a.lo, b.hi, ">=")
        found = case(surely, YES, case(never, NO, OPEN))
    return case(either(a.unusable, b.unusable), OPEN, found)


def _equal(a: Number, b: Number) -> Sql:
    if a.point and b.point:
        return compared(a.lo, b.lo, "=")
    apart = either(compared(a.hi, b.lo, "<"), compared(b.hi, a.lo, "<"))
    return case(both(known(a), known(b)), compared(a.lo, b.lo, "="), case(apart, NO, OPEN))


# -- operations ----------------------------------------------------------------------------------------


def blanked(number: Number, empty: Sql) -> Number:
    """No number at all under a condition."""
    if empty == NO:
        return number
    return replace(
        number,
        lo=replace(number.lo, n=case(empty, ZERO, number.lo.n), i=case(empty, whole(-1), number.lo.i)),
        hi=replace(number.hi, n=case(empty, ZERO, number.hi.n), i=case(empty, ONE, number.hi.i)),
        undefined=either(empty, number.undefined),
        absent=NO,
    )


def _operated(a: Number, b: Number, lo: Bound, hi: Bound, *, nonneg: bool) -> Number:
    made = Number(lo, hi, either(a.undefined, b.undefined), NO, nonneg)
    return blanked(made, either(a.absent, b.absent))


def add(a: Number, b: Number) -> Number:
    """A sum."""
    return _operated(a, b, _sum(a.lo, b.lo), _sum(a.hi, b.hi), nonneg=a.nonneg and b.nonneg)


def _sum(a: Bound, b: Bound) -> Bound:
    (x, y), d = aligned([a, b])
    i = case(a.endless, a.i, b.i)
    return Bound(_nothing_beyond(total(x, y), i), d, i)


def _nothing_beyond(n: Sql, i: Sql) -> Sql:
    return case(related(i, "=", ZERO), n, ZERO)


def negate(a: Number) -> Number:
    """The opposite."""
    return replace(a, lo=_opposite(a.hi), hi=_opposite(a.lo), nonneg=False)


def _opposite(a: Bound) -> Bound:
    return Bound(product(whole(-1), a.n), a.d, product(whole(-1), a.i))


def subtract(a: Number, b: Number) -> Number:
    """A difference; there is none between two unlimited numbers."""
    found = add(a, negate(b))
    if a.lo.finite or b.lo.finite:
        return found
    return blanked(found, both(related(a.lo.i, "=", ONE), related(b.lo.i, "=", ONE)))


def multiply(a: Number, b: Number, let: Let) -> Number:
    """A product."""
    if a.nonneg and b.nonneg:
        lo, hi = _times(a.lo, b.lo), _times(a.hi, b.hi)
        return _operated(a, b, lo, hi, nonneg=True)
    if a.point and b.point:
        lo = hi = _times(a.lo, b.lo)
    else:
        corners = [kept(_times(x, y), let) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
        lo, hi = least(corners, let), most(corners, let)
    return _operated(a, b, lo, hi, nonneg=False)


def _sign(a: Bound) -> Sql:
    finite = sql("sign({})", a.n) if a.n.constant is None else whole((a.n.constant > 0) - (a.n.constant < 0))
    return case(a.endless, a.i, finite)


def _times(a: Bound, b: Bound) -> Bound:
    d = product(a.d, b.d)
    beyond = either(a.endless, b.endless)
    i = case(beyond, product(_sign(a), _sign(b)), ZERO)
    return Bound(case(beyond, ZERO, product(a.n, b.n)), d, i)


def divide(a: Number, b: Number, let: Let) -> Number:
    """A quotient; where the divisor may be zero, there may be none."""
    zero = Bound(ZERO)
    nought = both(compared(b.lo, zero, "="), compared(b.hi, zero, "="))
    endless = both(a.lo.endless, b.hi.endless)
    spans = both(compared(b.lo, zero, "<="), compared(b.hi, zero, ">="))
    half = both(compared(a.lo, zero, ">="), compared(b.lo, zero, "="))
    empty = let(either(nought, endless, both(spans, no(half))))
    open_ = let(both(no(either(nought, endless)), spans, half))
    if a.nonneg and b.nonneg:
        lo = _over(a.lo, b.hi, let)
        hi = lo if a.point and b.point else _over(a.hi, b.lo, let)
    else:
        corners = [kept(_over(x, y, let), let) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
        lo, hi = least(corners, let), most(corners, let)
        low = _over(a.lo, b.hi, let)
        lo = kept(chosen(open_, low, lo), let)
    if open_ != NO:
        hi = Bound(case(open_, ZERO, hi.n), hi.d, case(open_, ONE, hi.i))
    made = _operated(a, b, lo, hi, nonneg=a.nonneg and b.nonneg)
    return blanked(replace(made, undefined=either(open_, made.undefined)), empty)


def _over(a: Bound, b: Bound, let: Let) -> Bound:
    """A bound over another that is not zero."""
    sign = let(_sign(b))
    divisor = let(case(related(b.n, "=", ZERO), ONE, sql("abs({})", b.n)))
    n, d = product(a.n, b.d, sign), product(a.d, divisor)
    i = case(a.endless, product(a.i, case(related(sign, "<", ZERO), whole(-1), ONE)), ZERO)
    i, n = case(b.endless, ZERO, i), case(b.endless, ZERO, n)
    return Bound(_nothing_beyond(n, i), d, i)


def extreme(op: str, items: Sequence[Number], let: Let) -> Number:
    """The lowest or the highest of several."""
    pick = least if op == "min" else most
    lo = pick([item.lo for item in items], let)
    hi = lo if all(item.point for item in items) else pick([item.hi for item in items], let)
    undefined = either(*(item.undefined for item in items))
    made = Number(lo, hi, undefined, NO, all(item.nonneg for item in items))
    return blanked(made, either(*(item.absent for item in items)))


def choose(when: Sql, then: Number, otherwise: Number, let: Let) -> Number:
    """One of two; where the condition is not known, what may be said of both."""
    unknown = is_open(when)
    lo, hi = chosen(when, then.lo, otherwise.lo), chosen(when, then.hi, otherwise.hi)
    undefined = case(when, then.undefined, otherwise.undefined)
    absent = case(when, then.absent, otherwise.absent)
    nonneg = then.nonneg and otherwise.nonneg
    if unknown == NO:
        return Number(lo, hi, undefined, absent, nonneg)
    lo = chosen(unknown, least([then.lo, otherwise.lo], let), lo)
    hi = chosen(unknown, most([then.hi, otherwise.hi], let), hi)
    undefined = case(unknown, either(then.undefined, otherwise.undefined), undefined)
    absent = case(unknown, both(then.absent, otherwise.absent), absent)
    found = Number(lo, hi, undefined, absent, nonneg)
    torn = both(unknown, related(then.absent, "<>", otherwise.absent))
    if then.absent == otherwise.absent:
        return found
    return replace(blanked(found, torn), absent=absent)


def replace_absent(made: Number, absent: Sql) -> Number:
    """The same number, « sans objet » under a condition."""
    return Number(made.lo, made.hi, both(no(absent), made.undefined), absent, made.nonneg)


def equal_to(a: Number, value: int | Fraction) -> Sql:
    """Whether the low bound is a given number, where it is finite."""
    same = compared(a.lo, exact(value), "=")
    return both(no(a.lo.endless), same)


def may_be(a: Number, value: int | Fraction) -> Sql:
    """Whether a given number lies between the bounds."""
    mark = exact(value)
    return both(compared(a.lo, mark, "<="), compared(a.hi, mark, ">="))
