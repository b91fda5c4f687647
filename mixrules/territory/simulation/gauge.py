"""What one decision says that can be added up over a territory. Nothing is worked out anew: the decision says it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from mixrules.engine.decision import Decision, Finding
from mixrules.quantity import NotExactError, parse_exact
from mixrules.record import Record

WORST = ("unmet", "undetermined", "met", "excepted", "not-applicable")
"""Of a rule found at several places, the status that counts."""

Amounts = dict[tuple[str, str], Fraction]
"""Exact amounts by rule and unit."""


class Gauge(Record):
    """A decision added up.

    Attributes:
        verdict: compliant, non-compliant or undetermined.
        land_price: within, exceeds, undetermined or not-applicable.
        rules: the status of each obligation, condition and ceiling, the worst where it is found at several places.
        missing: dwellings short of what unmet obligations require, by rule; only shortages that the decision counts
            in dwellings.
        granted: what advantages give, by rule and unit; only amounts that the decision states as owed.
        ceilings: the limits on the land price, by rule and unit.
    """

    verdict: str
    land_price: str
    rules: dict[str, str]
    missing: Amounts
    granted: Amounts
    ceilings: Amounts


def gauge(decision: Decision) -> Gauge:
    """Add up a decision."""
    rules: dict[str, str] = {}
    for finding in decision.findings:
        if finding.kind != "commitment":
            known = rules.get(finding.rule, finding.status)
            rules[finding.rule] = min(known, finding.status, key=WORST.index)
    return Gauge(
        decision.verdict,
        decision.land_price.status,
        rules,
        _missing(decision.findings),
        _granted(decision),
        _ceilings(decision.findings),
    )


def _missing(findings: list[Finding]) -> Amounts:
    found: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        short = finding.shortfall
        counted = finding.kind == "obligation" and finding.status == "unmet" and short is not None
        if counted and short is not None and (short.unit, short.direction) == ("dwelling", "missing"):
            found[finding.rule, short.unit] += Fraction(parse_exact(short.value))  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


def _granted(decision: Decision) -> Amounts:
    found: Amounts = {}
    for advantage in decision.advantages:
        if advantage.status == "granted" and advantage.amount is not None:
            key = advantage.rule, advantage.amount.unit
            found[key] = found.get(key, Fraction(0)) + stated(advantage.amount.value)
    return found


def _ceilings(findings: list[Finding]) -> Amounts:
    found: Amounts = {}
    for finding in findings:
        if finding.kind == "ceiling" and finding.status in {"met", "unmet"}:
            key = finding.rule, finding.unit
            found[key] = found.get(key, Fraction(0)) + stated(finding.required)
    return found


def stated(text: str) -> Fraction:
    """A stated number; one without limit adds nothing."""
    try:
        return Fraction(parse_exact(text))
    except NotExactError:
        return Fraction(0)
