"""How many different values the members of an element take, as `engine.arithmetic.distinct` counts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mixrules.territory.sql import number
from mixrules.territory.sql.expression import (
    NO,
    ONE,
    ZERO,
    RefusalError,
    Sql,
    bit_count,
    both,
    case,
    either,
    is_open,
    no,
    related,
    sql,
    total,
    whole,
)
from mixrules.territory.sql.gathering import any_of
from mixrules.territory.sql.number import Bound, Let, Number
from mixrules.territory.sql.value import Mask, Text, Value

if TYPE_CHECKING:
    from mixrules.territory.sql.members import Part

SANS_OBJET = 62
"""The bit of « sans objet », which is a value among others."""


def different(parts: Sequence[tuple[Part, Value]], let: Let) -> Number:
    """The number of different values: those surely taken at least, all that may be at most.

    Raises:
        RefusalError: values that cannot be told apart.
    """
    masks = [(part, value) for part, value in parts if isinstance(value, Mask)]
    if len(masks) == len(parts):
        if len({mask.members for _, mask in masks}) > 1:
            raise RefusalError("refusal_distinct_categories")
        return _of_masks(masks, let)
    return _of_values([(part, *_key(value, part.tally.stages.let)) for part, value in parts], let)


def _strangers(parts: Sequence[tuple[Part, Sql]], let: Let) -> tuple[Sql, Sql, Sql]:
    """Members of which nothing is known: how many at most, whether without limit, whether one is there for sure."""
    count = total(*(let(p.tally.sum(both(p.may, unknown), p.tally.most)) for p, unknown in parts))
    endless = any_of([(p.tally, both(p.may, unknown, p.tally.endless)) for p, unknown in parts], let)
    return count, endless, any_of([(p.tally, both(p.there, unknown)) for p, unknown in parts], let)


def _bounded(sure: Sql, missed: Sql, possible: Sql, strangers: Sql, endless: Sql) -> Number:
    low = total(sure, case(missed, ONE, ZERO))
    high = Bound(case(endless, ZERO, total(possible, strangers)), ONE, case(endless, ONE, ZERO))
    return Number(Bound(low), high, nonneg=True)


# -- categories ----------------------------------------------------------------------------------------


def _of_masks(masks: Sequence[tuple[Part, Mask]], let: Let) -> Number:
    sure, possible, loose, unknown = [], [], [], []
    for part, value in masks:
        tally = part.tally
        mask = value.sql
        if value.absent != NO:
            mask = case(value.absent, whole(1 << SANS_OBJET), mask)
        mask = tally.stages.let(mask)
        known = is_open(mask)
        unknown.append((part, known))
        single = tally.stages.let(related(bit_count(mask), "=", ONE))
        may = both(part.may, no(known))
        sure.append(let(tally.bits(both(part.there, single), mask)))
        possible.append(let(tally.bits(may, mask)))
        loose.append(let(tally.values(both(part.there, no(single)), mask)))
    surely, all_ = let(_joined(sure, "|")), let(_joined(possible, "|"))
    open_ = let(
        sql("(len(list_filter({}, lambda x: (x & {}) = 0)) > 0)", _joined(loose, "||"), surely, sure=True)
    )
    strangers, endless, one = _strangers(unknown, let)
    missed = either(open_, both(one, related(surely, "=", ZERO)))
    count = sql("bit_count({})::INTEGER", surely)
    return _bounded(count, missed, sql("bit_count({})::INTEGER", all_), strangers, endless)


def _joined(parts: Sequence[Sql], word: str) -> Sql:
    return parts[0] if len(parts) == 1 else sql("(" + f" {word} ".join(["{}"] * len(parts)) + ")", *parts)


# -- texts and numbers ---------------------------------------------------------------------------------


def _key(value: Value, let: Let) -> tuple[Sql, Sql]:
    """A text that tells a value from others, and whether it is known."""
    if isinstance(value, Text):
        key = sql("('=' || {})", value.sql)
        known = sql("({} IS NOT NULL)", value.sql, sure=True)
    elif isinstance(value, Number):
        least = number.reduced(value.lo, let)
        key = sql("concat({}, ' ', {}, ' ', {})", least.i, least.n, least.d)
        known = number.known(value)
    else:
        raise RefusalError("refusal_distinct", name=type(value).__name__)
    return case(value.absent, sql("'-'", sure=True), key), either(value.absent, known)


def _of_values(parts: Sequence[tuple[Part, Sql, Sql]], let: Let) -> Number:
    sure, possible, unknown = [], [], []
    for part, key, known in parts:
        written, held = part.tally.stages.let(key), part.tally.stages.let(known)
        sure.append(let(part.tally.values(both(part.there, held), written)))
        possible.append(let(part.tally.values(both(part.may, held), written)))
        unknown.append((part, no(held)))
    count, most = (
        let(sql("len(list_distinct({}))::BIGINT", _joined(lists, "||"), sure=True))
        for lists in (sure, possible)
    )
    strangers, endless, one = _strangers(unknown, let)
    return _bounded(count, both(one, related(count, "=", ZERO)), most, strangers, endless)
