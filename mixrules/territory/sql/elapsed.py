"""Days, months and years as SQL: dates moved by the calendar, and what has passed between two days."""

from __future__ import annotations

from datetime import date

from mixrules.engine.elapsed import MONTHS
from mixrules.rulebook.tree import Arithmetic
from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    ZERO,
    Sql,
    as_day,
    as_ordinal,
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

LAST = date.max.toordinal()
MOST_MONTHS = whole(12 * date.max.year)
"""More than from the first to the last day that there is."""


def by_calendar(node: Arithmetic) -> bool:
    """Whether a date is moved by months or years, not by days."""
    if node.type.kind != "date" and node.left.type.kind != "date":
        return False
    return node.right.type.kind != "date" and node.right.type.unit.powers[0][0] != "day"


def shifted(node: Arithmetic, day: Number, duration: Number, let: Let) -> Number:
    """A date some months later: the same day of the month, or its last day."""
    step = 12 if node.right.type.unit.powers[0][0] == "year" else 1
    length = let(product(duration.lo.n, whole(step if node.op == "+" else -step)))
    fraction = no(is_whole(Bound(length, duration.lo.d)))
    months = let(floor(length, duration.lo.d, let))
    endless = duration.lo.endless
    unsaid = let(either(no(number.known(duration)), endless))
    lost = let(either(unsaid, fraction))

    def moved(bound: Bound, beyond: Sql) -> Bound:
        n = let(_ordinal(_later(as_day(let(_number_of_day(bound, let))), months)))
        n = case(bound.endless, ZERO, n)
        return Bound(case(lost, ZERO, n), ONE, case(lost, beyond, bound.i))

    lo = moved(day.lo, whole(-1))
    hi = lo if day.point and lost == NO else moved(day.hi, ONE)
    undefined = both(either(day.undefined, duration.undefined), no(both(no(unsaid), fraction)))
    return number.blanked(Number(lo, hi, undefined), either(day.absent, duration.absent))


def elapsed(start: Number, end: Number, unit: str, let: Let) -> Number:
    """How many whole months or years have passed: the last one counts from its anniversary day on."""
    lo = _between(start.hi, end.lo, MONTHS[unit], whole(-1), let)
    hi = lo if start.point and end.point and lo.finite else _between(start.lo, end.hi, MONTHS[unit], ONE, let)
    made = Number(lo, hi, either(start.undefined, end.undefined))
    return number.blanked(made, either(start.absent, end.absent))


def _between(start: Bound, end: Bound, months: int, beyond: Sql, let: Let) -> Bound:
    first, last = (let(as_day(let(_number_of_day(bound, let)))) for bound in (start, end))
    apart = sql("((year({}) - year({})) * 12 + month({}) - month({}))", last, first, last, first)
    count = let(floor(sql("{}::HUGEINT", apart), whole(months), let))
    early = related(_later(first, product(count, whole(months))), ">", last)
    n = case(early, sql("({} - 1)", count), count)
    endless = either(start.endless, end.endless)
    return Bound(case(endless, ZERO, n), ONE, case(endless, beyond, ZERO))


def _number_of_day(bound: Bound, let: Let) -> Sql:
    """The ordinal of a bound, brought to the days that there are."""
    return sql(f"greatest(1, least({LAST}, {{}}))", floor(bound.n, bound.d, let))


def _ordinal(day: Sql) -> Sql:
    """A date as its ordinal; beyond the last day there is, that one."""
    return sql(f"greatest(1, least({LAST}, {{}}))", as_ordinal(day))


def _later(day: Sql, months: Sql) -> Sql:
    """The same day of a later month, or its last day."""
    bounded = sql("greatest(-{}, least({}, {}))", MOST_MONTHS, MOST_MONTHS, months)
    return sql("({} + to_months(({})::INTEGER))::DATE", day, bounded)
