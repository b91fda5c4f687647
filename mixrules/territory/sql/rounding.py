"""Rounding as SQL, to a multiple of a step, as `engine.arithmetic` rounds."""

from __future__ import annotations

from fractions import Fraction

from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    ONE,
    ZERO,
    Sql,
    both,
    case,
    no,
    product,
    quotient,
    sql,
    total,
    whole,
)
from mixrules.territory.sql.number import Bound, Let, Number


def rounded(mode: str, step: int | Fraction, a: Number, let: Let) -> Number:
    """A rounding; what is « sans objet » stays so."""
    if mode == "abs":
        return _absolute(a, let)
    lo = _stepped(mode, Fraction(step), a.lo, let)
    hi = lo if a.point else _stepped(mode, Fraction(step), a.hi, let)
    return Number(lo, hi, a.undefined, a.absent, a.nonneg)


def _absolute(a: Number, let: Let) -> Number:
    """A number without its sign: one that may be of both signs may be zero."""
    if a.nonneg:
        return a
    zero, turned = Bound(ZERO), number.negate(a)
    positive, negative = let(number.compared(a.lo, zero, ">=")), let(number.compared(a.hi, zero, "<="))
    if a.point:
        lo = hi = number.chosen(positive, a.lo, turned.lo)
    else:
        lo = number.chosen(positive, a.lo, number.chosen(negative, turned.lo, zero))
        hi = number.chosen(positive, a.hi, number.most([a.hi, turned.hi], let))
    return Number(lo, hi, a.undefined, a.absent, nonneg=True)


def _stepped(mode: str, step: Fraction, a: Bound, let: Let) -> Bound:
    n = let(product(a.n, whole(step.denominator)))
    d = let(product(a.d, whole(step.numerator)))
    if mode == "ceil":
        n = product(whole(-1), floor(product(whole(-1), n), d, let))
    elif mode == "floor":
        n = floor(n, d, let)
    else:
        n = _nearest(n, d, let, to_even=mode == "round_half_even")
    return Bound(product(n, whole(step.numerator)), whole(step.denominator), a.i)


def _nearest(n: Sql, d: Sql, let: Let, *, to_even: bool) -> Sql:
    """The nearest whole number; halfway, the one above or the even one."""
    twice, around = let(total(product(whole(2), n), d)), let(product(whole(2), d))
    above = let(floor(twice, around, let))
    if not to_even:
        return above
    halfway = sql("({} * {} = {})", above, around, twice)
    odd = sql("({} % 2 <> 0)", above)
    return let(case(both(halfway, odd), sql("({} - 1)", above), above))


def floor(n: Sql, d: Sql, let: Let) -> Sql:
    """The whole part of a quotient whose divisor is positive."""
    n, d = let(n), let(d)
    if d == ONE:
        return n
    if n.constant is not None and d.constant is not None:
        return whole(n.constant // d.constant)
    found = let(quotient(n, d))
    below = sql("({} < 0 AND {} * {} <> {})", n, found, d, n)
    return let(case(below, sql("({} - 1)", found), found))


def is_whole(bound: Bound) -> Sql:
    """Whether a finite bound is a whole number."""
    return no(sql("({} % {} <> 0)", bound.n, bound.d)) if bound.d != ONE else sql("TRUE", sure=True)
