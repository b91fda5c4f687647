"""Numbers gathered over the members of an element: added, or the outermost of them, as `quantity.interval` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    ZERO,
    Sql,
    both,
    case,
    either,
    is_open,
    no,
    product,
    related,
    sql,
    total,
    whole,
)
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.tally import Tally


@dataclass(frozen=True, slots=True)
class Gathered:
    """A number of each member of one tally, and which members count."""

    tally: Tally
    when: Sql
    number: Number


def any_of(parts: Sequence[tuple[Tally, Sql]], let: Let) -> Sql:
    """Whether a condition holds for a member of one of several tallies."""
    return let(either(*(let(tally.any(when)) for tally, when in parts)))


def added(parts: Sequence[Gathered], let: Let) -> Number:
    """The sum of numbers; there is none where one of them is none."""
    undefined = any_of([(p.tally, both(p.when, p.number.undefined)) for p in parts], let)
    low = sum_of([(p.tally, p.when, p.number.lo) for p in parts], let, low=True)
    point = all(p.number.point for p in parts)
    high = low if point else sum_of([(p.tally, p.when, p.number.hi) for p in parts], let, low=False)
    return Number(low, high, undefined, NO, all(p.number.nonneg for p in parts))


def sum_of(parts: Sequence[tuple[Tally, Sql, Bound]], let: Let, *, low: bool) -> Bound:
    """The sum of lower or of upper bounds."""
    down, up = (
        any_of([(tally, both(when, _sign(bound, sign))) for tally, when, bound in parts], let)
        for sign in (-1, 1)
    )
    falls, rises = (down, whole(-1)), (up, ONE)
    (first, one), (second, other) = (falls, rises) if low else (rises, falls)
    i = let(case(first, one, case(second, other, ZERO)))
    finite = (
        _whole_sum(parts, let)
        if all(b.d.constant is not None for _, _, b in parts)
        else _fractions(parts, let)
    )
    n = case(related(i, "=", ZERO), finite.n, ZERO)
    return number.kept(Bound(n, finite.d, i), let)


def _sign(bound: Bound, sign: int) -> Sql:
    return related(bound.i, "=", whole(sign))


def _whole_sum(parts: Sequence[tuple[Tally, Sql, Bound]], let: Let) -> Bound:
    shared = lcm(*(bound.d.constant or 1 for _, _, bound in parts))
    sums = [
        product(let(tally.sum(when, tally.stages.let(bound.n))), whole(shared // (bound.d.constant or 1)))
        for tally, when, bound in parts
    ]
    return Bound(total(*sums), whole(shared))


def _fractions(parts: Sequence[tuple[Tally, Sql, Bound]], let: Let) -> Bound:
    """A sum of fractions over the least common multiple of their denominators."""
    lists = let(_listed(parts, let))
    d = let(sql("list_reduce(list_transform({}, lambda x: x.d), lambda a, b: lcm(a, b), 1::HUGEINT)", lists))
    n = let(
        sql("coalesce(list_sum(list_transform({}, lambda x: x.n * ({} // x.d))), 0)", lists, d, sure=True)
    )
    return Bound(n, d)


def _listed(parts: Sequence[tuple[Tally, Sql, Bound]], let: Let) -> Sql:
    lists = [let(tally.fractions(when, bound.n, bound.d)) for tally, when, bound in parts]
    return sql("(" + " || ".join(["{}"] * len(lists)) + ")", *lists)


def outermost(op: str, parts: Sequence[tuple[Tally, Sql, Bound]], let: Let) -> Bound:
    """The least or the greatest bound; where there is none, the infinity beyond all."""
    found = [_outermost(op, tally, when, bound, let) for tally, when, bound in parts]
    return (number.least if op == "min" else number.most)(found, let)


def _outermost(op: str, tally: Tally, when: Sql, bound: Bound, let: Let) -> Bound:
    finite = both(when, no(bound.endless))
    beyond = 1 if op == "min" else -1
    first = let(tally.any(both(when, _sign(bound, -beyond))))
    if bound.d.constant is not None:
        found, d = let(tally.outermost(op, finite, tally.stages.let(bound.n))), bound.d
        none = is_open(found)
    else:
        listed = let(tally.fractions(finite, bound.n, bound.d))
        word = "<=" if op == "min" else ">="
        best = f"lambda a, b: CASE WHEN a.n * b.d {word} b.n * a.d THEN a ELSE b END"
        none = let(sql("(len({}) = 0)", listed, sure=True))
        one = let(
            sql(
                f"CASE WHEN {{}} THEN {{{{'n': 0::HUGEINT, 'd': 1::HUGEINT}}}} ELSE list_reduce({{}}, {best}) END",
                none,
                listed,
            )
        )
        found, d = let(sql("{}.n", one)), let(sql("{}.d", one, sure=True))
    i = let(case(first, whole(-beyond), case(none, whole(beyond), ZERO)))
    return Bound(let(case(related(i, "=", ZERO), sql("coalesce({}, 0)", found, sure=True), ZERO)), d, i)


def ratio(part: Bound, rest: Bound, empty: int, let: Let) -> Bound:
    """A part over the whole that it makes with the rest; of nothing, what is told."""
    (p, q), _ = number.aligned([part, rest])
    base = let(total(p, q))
    none = related(base, "=", ZERO)
    part_endless, rest_endless = (bound.endless for bound in (part, rest))
    n = case(rest_endless, ZERO, case(part_endless, ONE, case(none, whole(empty), p)))
    d = case(either(rest_endless, part_endless, none), ONE, sql("{}", base))
    return Bound(let(n), let(d))


def nothing(bound: Bound) -> Sql:
    """Whether a sum of what is never negative is zero."""
    return both(related(bound.n, "=", ZERO), no(bound.endless))
