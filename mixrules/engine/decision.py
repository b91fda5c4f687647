"""The decision: a public contract, canonical and reproducible.

Exact numbers are strings. Times, paths and names of people are no part of it: the same programme, rulebooks
and law date give the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from mixrules.record import Record, plain
from mixrules.rulebook.model import Certainty

Verdict = Literal["compliant", "non-compliant", "undetermined"]
FindingStatus = Literal["met", "unmet", "undetermined", "not-applicable", "excepted"]
AdvantageStatus = Literal["granted", "refused", "undetermined", "not-applicable"]
Ternary = Literal["yes", "no", "unknown"]
Kind = Literal["obligation", "condition", "ceiling", "commitment"]
Force = Literal["law", "plan", "contract", "charter"]
Bilingual = dict[Literal["fr", "en"], str]


class Part(Record):
    """A part of a decision."""

    def content(self) -> dict[str, Any]:
        """The part as JSON values."""
        return plain(self)  # type: ignore[no-any-return]


class Identified(Part):
    """Something named, with the digest of what it held."""

    id: str
    digest: str
    title: Bilingual


class Applied(Identified):
    """A rulebook, and the day at which it was read."""

    law_date: str


class LawDay(Part):
    """The date of the planning rules and why, and the date for what nothing freezes: contracts, charters, tax."""

    date: str
    because: Bilingual
    agreements: str


class Amount(Part):
    """An exact quantity."""

    value: str
    unit: str


class Distance(Part):
    """How far a requirement is from being met."""

    value: str
    unit: str
    direction: Literal["missing", "excess"]


class Missing(Part):
    """A field that would settle a finding: how many elements lack it, and the first of them."""

    field: str
    owner: str
    label: Bilingual
    count: int
    where: list[str]


class CheckPart(Part):
    """One comparison of a requirement."""

    observed: str
    operator: str
    required: str
    unit: str
    holds: Ternary
    shortfall: Distance | None
    explanation: Bilingual


class SourceNote(Part):
    """Where a rule comes from, how sure that is, and during which period this version holds."""

    ref: str
    url: str
    quote: str
    date: str
    certainty: Certainty
    since: str | None
    until: str | None


class Finding(Part):
    """What a rule finds for one element."""

    rule: str
    title: Bilingual
    kind: Kind
    force: Force
    at: str
    scope: str
    status: FindingStatus
    breach: Ternary
    observed: str
    required: str
    unit: str
    shortfall: Distance | None
    checks: list[CheckPart]
    missing: list[Missing]
    questions: list[Bilingual]
    exception: str | None
    rounding: str
    source: SourceNote
    references: list[str]
    explanation: Bilingual


class Summary(Part):
    """A rule below programme scale, added up."""

    rule: str
    at: str
    met: int
    unmet: int
    undetermined: int
    not_applicable: int
    excepted: int


class Condition(Part):
    """A condition of an advantage."""

    holds: Ternary
    explanation: Bilingual


class NextStep(Part):
    """The step above the one earned, and what it takes."""

    name: str
    explanation: Bilingual


class Advantage(Part):
    """What an advantage gives."""

    rule: str
    title: Bilingual
    force: Force
    grants: str
    at: str
    scope: str
    status: AdvantageStatus
    rate: str | None
    amount: Amount | None
    base: Amount | None
    claimed: str | None
    shortfall: Distance | None
    step: str | None
    next_step: NextStep | None
    capped_by: str | None
    decisive: Bilingual | None
    conditions: list[Condition]
    missing: list[Missing]
    questions: list[Bilingual]
    kept_while: Bilingual
    source: SourceNote
    references: list[str]
    explanation: Bilingual

    @property
    def asked(self) -> bool:
        """Whether the applicant claims it; a claim of nothing is none."""
        return self.claimed is not None and self.claimed not in {"0", "0/1", "0.00"}


class CumulationPart(Part):
    """A limit across advantages."""

    rule: str
    title: Bilingual
    force: Force
    scope: str
    status: Literal["within", "exceeds", "undetermined", "not-applicable"]
    total: str | None
    limit: str | None
    unit: str
    source: SourceNote
    explanation: Bilingual


class LandPrice(Part):
    """The land price against its ceilings."""

    status: Literal["within", "exceeds", "undetermined", "not-applicable"]
    findings: list[str]


class ContradictionPart(Part):
    """Two values that the file gives for one thing."""

    programme: str
    what: str
    values: list[dict[Literal["value", "source"], str]]
    unit: str
    explanation: Bilingual


class Reference(Part):
    """A fact of the commune as a reference table states it: taken where the file gives none, or contradicted by it."""

    field: str
    label: Bilingual
    status: Literal["taken", "contradicted"]
    value: str
    given: str | None
    commune: str
    dates: list[str]
    table: str
    title: Bilingual
    vintage: Bilingual
    source: str
    licence: str
    since: str
    until: str
    digest: str
    explanation: Bilingual


class Decision(Part):
    """A decision on one file."""

    format: Literal["mixrules-decision/1"]
    programme: Identified
    rulebooks: list[Applied]
    law_date: LawDay
    verdict: Verdict
    findings: list[Finding]
    summaries: list[Summary]
    advantages: list[Advantage]
    cumulations: list[CumulationPart]
    land_price: LandPrice
    contradictions: list[ContradictionPart]
    references: list[Reference]
    unexamined: list[str]
    evaluators: list[str]
    digest: str

    def canonical(self) -> bytes:
        """The decision in canonical JSON (RFC 8785)."""
        import rfc8785

        return rfc8785.dumps(self.content())


def sealed(decision: Decision) -> Decision:
    """The decision with its digest, taken over everything else but who evaluated it.

    The evaluators agree or nothing is issued, so a machine without durable-rules seals the same bytes.
    """
    import rfc8785

    content = decision.content()
    del content["digest"], content["evaluators"]
    digest = "sha256:" + hashlib.sha256(rfc8785.dumps(content)).hexdigest()
    return decision.replace(digest=digest)
