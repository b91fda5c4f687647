"""A ratio multiplied by itself a whole number of times, as SQL: read as `engine.power` reads it.

Powers soon take more than 128 bits: the database then stops, and the exact evaluator decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from mixrules.rulebook.check_function import MOST_TIMES
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    YES,
    ZERO,
    Sql,
    both,
    case,
    either,
    no,
    product,
    related,
    sql,
    whole,
)
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.rounding import floor, is_whole

MOST = whole(MOST_TIMES)
NOUGHT = Bound(ZERO)


@dataclass(frozen=True, slots=True)
class _Times:
    """A whole number of times, or endlessly many where the sign `i` is not zero."""

    n: Sql
    i: Sql


def power(base: Number, times: Number, let: Let) -> Number:
    """Enclose `base ** times` for every number that both may be."""
    endless = either(_is(base.lo.i, 1), _is(base.hi.i, -1))
    absent = either(base.absent, times.absent)
    once = let(number.known(times))
    fraction = both(once, no(times.lo.endless), no(is_whole(times.lo)))
    least, most = _outward(times, let)
    one = YES if least == most else both(related(least.n, "=", most.n), related(least.i, "=", most.i))
    negative = let(number.compared(base.lo, NOUGHT, "<"))
    spans = both(number.compared(base.lo, NOUGHT, "<="), number.compared(base.hi, NOUGHT, ">="))
    nought = both(spans, number.compared(times.lo, NOUGHT, "<"))
    empty = let(either(base.undefined, times.undefined, endless, both(no(fraction), nought)))
    unsaid = let(both(no(empty), either(fraction, both(negative, no(both(once, one))))))
    found = _enclosed(base, least, most, negative, let)
    lo = Bound(case(unsaid, ZERO, found.lo.n), found.lo.d, case(unsaid, whole(-1), found.lo.i))
    hi = Bound(case(unsaid, ZERO, found.hi.n), found.hi.d, case(unsaid, ONE, found.hi.i))
    return number.blanked(Number(lo, hi, nonneg=base.nonneg and fraction == NO), either(absent, empty))


def _is(sign: Sql, value: int) -> Sql:
    return related(sign, "=", whole(value))


def _outward(times: Number, let: Let) -> tuple[_Times, _Times]:
    """The least and most times, those beyond what is computed being endless: a bound only gets wider."""
    up = let(product(whole(-1), floor(product(whole(-1), times.lo.n), times.lo.d, let)))
    down = up if times.point and times.lo.d == ONE else let(floor(times.hi.n, times.hi.d, let))
    least = _bounded(up, times.lo.i, "< -", "least", let)
    most = _bounded(down, times.hi.i, "> ", "greatest", let)
    return least, most


def _bounded(n: Sql, i: Sql, beyond: str, pick: str, let: Let) -> _Times:
    """A number of times, endless where it is too far out; what is too far on the other side is brought in."""
    endless = sql(f"({{}} {beyond}{{}})", n, MOST)
    sign = whole(-1) if pick == "least" else ONE
    other = _is(i, 1 if pick == "least" else -1)
    near = sql(f"{pick}({{}}, {'' if pick == 'least' else '-'}{{}})", n, MOST)
    if n.constant is not None and abs(n.constant) <= MOST_TIMES:
        return _Times(n, i)
    reached = case(other, MOST if pick == "least" else product(whole(-1), MOST), near)
    outward = either(_is(i, -1 if pick == "least" else 1), both(no(other), endless))
    return _Times(let(case(outward, ZERO, reached)), let(case(outward, sign, ZERO)))


def _enclosed(base: Number, least: _Times, most: _Times, negative: Sql, let: Let) -> Number:
    # A small denominator takes more powers into 128 bits.
    bounds = [number.reduced(bound, let) for bound in dict.fromkeys([base.lo, base.hi])]
    turns = list(dict.fromkeys([least, most]))
    corners = [number.kept(_raised(bound, times, let), let) for bound in bounds for times in turns]
    lo, hi = number.least(corners, let), number.most(corners, let)
    if not base.nonneg and not base.point:
        even = both(sql("({} % 2 = 0)", least.n), related(least.n, "<>", ZERO))
        turned = both(negative, number.compared(base.hi, NOUGHT, ">"), even)
        lo = number.chosen(turned, NOUGHT, lo)
    return Number(lo, hi)


def _raised(base: Bound, times: _Times, let: Let) -> Bound:
    """A bound multiplied by itself; beyond every number where the base grows endlessly."""
    down = related(times.n, "<", ZERO)
    size = let(sql("abs({})", times.n))
    n, d = _multiplied(base.n, size, let), _multiplied(base.d, size, let)
    # A negative number of times turns the fraction over; its denominator stays positive.
    sign = case(related(n, "<", ZERO), whole(-1), ONE)
    over, under = product(d, sign), let(case(related(n, "=", ZERO), ONE, sql("abs({})", n)))
    made = Bound(let(case(down, over, n)), let(case(down, under, d)))
    return _beyond(base, times, made, let)


def _beyond(base: Bound, times: _Times, made: Bound, let: Let) -> Bound:
    """Endless bases and numbers of times: one is left as it is, the rest vanishes or goes beyond every number."""
    if base.finite and times.i == ZERO:
        return made
    one = either(both(_is(times.i, 0), related(times.n, "=", ZERO)), number.compared(base, Bound(ONE), "="))
    always = related(times.i, "<>", ZERO)
    great = either(number.compared(base, Bound(ONE), ">"), number.compared(base, Bound(whole(-1)), "<"))
    grows = related(great, "=", related(times.i, ">", ZERO))
    even = sql("({} % 2 = 0)", times.n)
    below = related(times.n, "<", ZERO)
    of_endless = case(below, ZERO, case(either(related(base.i, ">", ZERO), even), ONE, whole(-1)))
    unbounded = base.endless
    i = let(case(one, ZERO, case(always, case(grows, ONE, ZERO), case(unbounded, of_endless, ZERO))))
    special = let(either(one, always, unbounded))
    n = case(special, case(one, ONE, ZERO), made.n)
    return Bound(let(n), let(case(special, ONE, made.d)), i)


def _multiplied(value: Sql, times: Sql, let: Let) -> Sql:
    """A whole number multiplied by itself, squared where it can be; never further than it is asked."""
    if value == ONE:
        return ONE
    made, square = ONE, let(sql("({})::HUGEINT", value))
    most, reached = times.constant if times.constant is not None else MOST_TIMES, 1
    while reached <= most:
        made = let(case(_asks(times, f"({{}} // {reached}) % 2 = 1"), product(made, square), made))
        reached *= 2
        square = let(case(_asks(times, f"{{}} >= {reached}"), sql("({} * {})", square, square), ONE))
    return made


def _asks(times: Sql, condition: str) -> Sql:
    return sql(f"({condition})", times)
