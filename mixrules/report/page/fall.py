"""Bonus and land price as bars that add up to a total, with the cap that limits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.message import Lang, format_quantity, say
from mixrules.quantity import NotExactError, parse_exact
from mixrules.record import Record
from mixrules.report.page.words import word

Step = tuple[str, Fraction, Fraction, str]
"""A class, a start, an end and what is said of it."""


class Fall(Record):
    """A waterfall with its title and cap."""

    title: str
    steps: Sequence[Step]
    cap: Fraction | None


def bonuses(decision: Decision, lang: Lang) -> Iterator[Fall]:
    """For each base and programme, the base and what each granted advantage adds to it."""
    grouped: dict[tuple[str, str, str, str], list[Advantage]] = {}
    for one in decision.advantages:
        if one.status != "granted" or one.base is None or one.amount is None or one.grants == "land_discount":
            continue
        if one.base.unit == one.amount.unit:
            grouped.setdefault((one.scope, one.force, one.base.value, one.base.unit), []).append(one)
    for (scope, _, base, unit), held in grouped.items():
        start = _number(base)
        if start is None:
            continue
        steps = [_step("base", Fraction(0), start, word("base", lang), unit, lang)]
        reached = start
        for one in held:
            added = _number(one.amount.value) if one.amount is not None else None
            if added is not None:
                note = (
                    f" ({word('cap', lang)}{say('sign.colon', lang)}{one.capped_by})" if one.capped_by else ""
                )
                steps.append(_step("add", reached, reached + added, one.title[lang] + note, unit, lang))
                reached += added
        steps.append(_step("total", Fraction(0), reached, word("total", lang), unit, lang, whole=True))
        yield Fall(scope, steps, None)


def prices(decision: Decision, lang: Lang) -> Iterator[Fall]:
    """For each ceiling whose two sides are known, the price and its cap; a discount comes off the market value."""
    for finding in decision.findings:
        if finding.kind == "ceiling" and finding.status in {"met", "unmet"}:
            yield from _ceiling(finding, lang)
    for one in decision.advantages:
        amount = _number(one.amount.value) if one.amount is not None else None
        base = _number(one.base.value) if one.base is not None else None
        if (
            one.grants == "land_discount"
            and one.status == "granted"
            and amount is not None
            and base is not None
        ):
            unit = one.base.unit if one.base is not None else ""
            yield Fall(
                f"{one.title[lang]} – {one.scope}",
                [
                    _step("base", Fraction(0), base, word("base", lang), unit, lang),
                    _step("less", base, base - amount, one.title[lang], unit, lang),
                    _step("total", Fraction(0), base - amount, word("total", lang), unit, lang, whole=True),
                ],
                None,
            )


def _ceiling(finding: Finding, lang: Lang) -> Iterator[Fall]:
    observed, required = _number(finding.observed), _number(finding.required)
    if observed is None or required is None:
        return
    kind = "total" if finding.status == "met" else "over"
    cap = format_quantity(required, finding.unit, lang)
    step = _step(kind, Fraction(0), observed, word("price", lang), finding.unit, lang, whole=True)
    yield Fall(
        f"{finding.title[lang]} – {finding.scope}",
        [step, ("limit", Fraction(0), required, f"{word('cap', lang)}{say('sign.colon', lang)}{cap}")],
        required,
    )


def _step(
    kind: str, start: Fraction, end: Fraction, title: str, unit: str, lang: Lang, *, whole: bool = False
) -> Step:
    amount = end if whole else end - start
    sign = "+" if kind == "add" else ""
    return kind, start, end, f"{title}{say('sign.colon', lang)}{sign}{format_quantity(amount, unit, lang)}"


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(parse_exact(text))
    except NotExactError:
        return None
