"""Numbers, dates and words as written in a rulebook, read exactly in the type that is expected."""

from __future__ import annotations

import re
from datetime import date

from mixrules.quantity import Exact, NotExactError, Unit, UnitError, parse_exact, parse_unit, simplify
from mixrules.rulebook.syntax import ExpressionError
from mixrules.rulebook.tree import Type

_QUANTITY = re.compile(r"(?P<number>-?[\d  ]*\d(?:\.\d+)?(?:/\d+)?)[  ]?(?P<unit>[^\d\s].*)?")


def read_quantity(text: str) -> tuple[Exact, Unit, bool]:
    """A number with its unit; the last value says whether a unit was written.

    Raises:
        ExpressionError: not a number, or an unknown unit.
    """
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        raise ExpressionError("quantity_expected", found=text)
    try:
        number = parse_exact(match["number"])
    except NotExactError:
        raise ExpressionError("quantity_expected", found=text) from None
    if not match["unit"]:
        return number, Unit(), False
    try:
        unit, factor = parse_unit(match["unit"])
    except UnitError as error:
        raise ExpressionError("unit_unknown", found=error) from None
    return simplify(number * factor), unit, True


def read_value(text: str, wanted: Type, members: frozenset[str]) -> Exact | float | str | bool | None:
    """A value of a parameter in the type that the parameter declares.

    Raises:
        ExpressionError: the text is no such value.
    """
    from math import inf

    if text == "none":
        return None
    if wanted.kind == "number":
        if text == "unlimited":
            return inf
        number, unit, written = read_quantity(text)
        if written or wanted.unit.is_ratio or wanted.unit.is_count:
            try:
                wanted.unit.unify(unit)
            except UnitError:
                raise ExpressionError(
                    "unit_differs", found=unit.described, expected=wanted.unit.described
                ) from None
            return number
        raise ExpressionError("unit_missing", found=text, expected=wanted.unit.described)
    if wanted.kind == "date":
        return read_day(text).toordinal()
    if wanted.kind == "yes_no":
        if text not in {"yes", "no"}:
            raise ExpressionError("yes_no_wanted", found=text)
        return text == "yes"
    if wanted.kind == "category" and text not in members:
        raise ExpressionError("member_unknown", found=text, expected=", ".join(sorted(members)))
    return text


def read_day(text: str) -> date:
    """A date as `2026-03-01`.

    Raises:
        ExpressionError: no such day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ExpressionError("day_expected", found=text) from None
