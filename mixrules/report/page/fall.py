"""Bonus and land price as bars that add up to a total, with the cap that limits them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mixrules.engine.decision import Advantage, CumulationPart, Decision, Finding
from mixrules.message import Lang, format_quantity, say
from mixrules.message.wording import titled
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
    """For each base and programme, the base, what each granted advantage adds to it and what limits it."""
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
                steps.append(_step("add", reached, reached + added, titled(one, lang), unit, lang))
                steps += _caps(decision, one, reached, 1, lang)
                reached += added
        steps.append(_step("total", Fraction(0), reached, word("total", lang), unit, lang, whole=True))
        together = _together(decision, held, start, reached)
        steps += [_limit(Fraction(0), end, titled(limit, lang), end, unit, lang) for limit, end in together]
        yield Fall(scope, steps, min((end for _, end in together), default=None))


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
                f"{titled(one, lang)} – {one.scope}",
                [
                    _step("base", Fraction(0), base, word("base", lang), unit, lang),
                    _step("less", base, base - amount, titled(one, lang), unit, lang),
                    *_caps(decision, one, base, -1, lang),
                    _step("total", Fraction(0), base - amount, word("total", lang), unit, lang, whole=True),
                ],
                None,
            )


def _caps(decision: Decision, one: Advantage, start: Fraction, sign: int, lang: Lang) -> Iterator[Step]:
    """The most that an advantage may give under each of its caps, where that is one number."""
    if one.base is None or one.amount is None:
        return
    # A cap is an amount, or a rate on the base.
    worth = {one.amount.unit: Fraction(1), "ratio": _number(one.base.value)}
    for cap in one.steps.caps:
        read = decision.trace.steps[cap.limit]
        most, each = _number(read.value), worth.get(read.unit)
        if most is not None and each is not None:
            lowers = f", {say('why.cap_lowers', lang)}" if cap.lowers else ""
            title = say("why.cap", lang, name=cap.name) + lowers
            # A price goes no lower than nothing.
            end = max(start + sign * most * each, Fraction(0))
            yield _limit(start, end, title, most * each, one.amount.unit, lang)


def _together(
    decision: Decision, held: Sequence[Advantage], base: Fraction, reached: Fraction
) -> list[tuple[CumulationPart, Fraction]]:
    """The limits on all advantages of a base: those whose total is the very sum that they add to it."""
    books = {one.rule.rpartition("/")[0] for one in held}
    each = {"ratio": base, held[0].amount.unit if held[0].amount is not None else "": Fraction(1)}
    found = []
    for limit in decision.cumulations:
        most, total = _number(limit.limit or ""), _number(limit.total or "")
        if most is None or total is None or limit.unit not in each or limit.scope != held[0].scope:
            continue
        if {limit.rule.rpartition("/")[0]} == books and total * each[limit.unit] == reached - base:
            found.append((limit, base + most * each[limit.unit]))
    return found


def _ceiling(finding: Finding, lang: Lang) -> Iterator[Fall]:
    observed, required = _number(finding.observed), _number(finding.required)
    if observed is None or required is None:
        return
    kind = "total" if finding.status == "met" else "over"
    step = _step(kind, Fraction(0), observed, word("price", lang), finding.unit, lang, whole=True)
    yield Fall(
        f"{titled(finding, lang)} – {finding.scope}",
        [step, _limit(Fraction(0), required, word("cap", lang), required, finding.unit, lang)],
        required,
    )


def _step(
    kind: str, start: Fraction, end: Fraction, title: str, unit: str, lang: Lang, *, whole: bool = False
) -> Step:
    amount = end if whole else end - start
    sign = "" if whole or kind == "base" else "−" if amount < 0 else "+"
    shown = format_quantity(abs(amount) if sign else amount, unit, lang)
    return kind, start, end, f"{title}{say('sign.colon', lang)}{sign}{shown}"


def _limit(start: Fraction, end: Fraction, title: str, most: Fraction, unit: str, lang: Lang) -> Step:
    """What may be reached at most."""
    return "limit", start, end, f"{title}{say('sign.colon', lang)}{format_quantity(most, unit, lang)}"


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(parse_exact(text))
    except NotExactError:
        return None
