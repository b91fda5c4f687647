"""Numbers as the text of a decision, in SQL: what `quantity.in_unit` writes, of columns; null where it is not one number."""

from __future__ import annotations

from fractions import Fraction

from mixrules.quantity import in_unit
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    ONE,
    ZERO,
    Sql,
    as_day,
    both,
    case,
    no,
    related,
    sql,
    text,
    whole,
)
from mixrules.territory.sql.number import Bound, Let, Number

NOTHING = Sql("NULL::VARCHAR")
PLACES = 18
"""The most decimals that a query writes; a longer one is as a number of more than 128 bits: the engine writes it."""


def written(value: Number, unit: str, let: Let) -> Sql:
    """A number in a unit; « none » where it is « sans objet », null where it is not one number."""
    settled = let(both(number.known(value), no(value.undefined)))
    return case(value.absent, text("none"), case(settled, _bound(value.lo, unit, let), NOTHING))


def known(value: Number, unit: str, let: Let) -> Sql:
    """A number in a unit, null where it is not one number."""
    settled = let(both(number.known(value), no(value.undefined), no(value.absent)))
    return case(settled, _bound(value.lo, unit, let), NOTHING)


def _bound(bound: Bound, unit: str, let: Let) -> Sql:
    finite = _day(bound, let) if unit == "date" else _finite(bound, unit, let)
    if bound.finite:
        return finite
    return case(
        related(bound.i, "=", ONE), text("unlimited"), case(related(bound.i, "=", ZERO), finite, NOTHING)
    )


def _day(bound: Bound, let: Let) -> Sql:
    return sql("({}::VARCHAR)", as_day(number.reduced(bound, let).n))


def _finite(bound: Bound, unit: str, let: Let) -> Sql:
    if bound.n.constant is not None and bound.d.constant is not None:
        return text(in_unit(Fraction(bound.n.constant, bound.d.constant), unit))
    least = number.reduced(bound, let)
    n, d = let(least.n), let(least.d)
    if unit == "ratio":
        return sql("({}::VARCHAR || '/' || {}::VARCHAR)", n, d)
    if unit != "€":
        return _canonical(n, d)
    cents = sql("(abs({}) * (100 // {}))", n, d)
    money = sql(
        "(CASE WHEN {} < 0 THEN '-' ELSE '' END || ({} // 100)::VARCHAR || '.' || lpad(({} % 100)::VARCHAR, 2, '0'))",
        n,
        cents,
        cents,
    )
    return case(sql("(100 % {} = 0)", d), money, _canonical(n, d))


def _canonical(n: Sql, d: Sql) -> Sql:
    """A decimal if it ends, else a reduced fraction."""
    if d == ONE:
        return sql("({}::VARCHAR)", n)
    scale = whole(10**PLACES)
    decimals = sql("rtrim(lpad(((abs({}) % {}) * ({} // {}))::VARCHAR, 18, '0'), '0')", n, d, scale, d)
    decimal = sql(
        "(CASE WHEN {} < 0 THEN '-' ELSE '' END || (abs({}) // {})::VARCHAR || '.' || {})", n, n, d, decimals
    )
    # A decimal that ends has no other prime in its denominator than two and five.
    twos = sql("({} // gcd({}::HUGEINT, {}::HUGEINT))", d, d, whole(2**62))
    fraction = sql("({}::VARCHAR || '/' || {}::VARCHAR)", n, d)
    ends = sql("({} = gcd({}::HUGEINT, {}::HUGEINT))", twos, twos, whole(5**27))
    too_long = sql("(({} * {} * {})::VARCHAR)", d, scale, scale)
    longer = case(ends, too_long, fraction)
    return case(
        related(d, "=", ONE),
        sql("({}::VARCHAR)", n),
        case(sql("({} % {} = 0)", scale, d), decimal, case(related(d, ">", scale), too_long, longer)),
    )
