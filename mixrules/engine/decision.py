"""The decision: a public contract, canonical and reproducible.

Exact numbers are strings. Times, paths and names of people are no part of it: the same programme, rulebooks
and law date give the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["compliant", "non-compliant", "undetermined"]
FindingStatus = Literal["met", "unmet", "undetermined", "not-applicable", "excepted"]
AdvantageStatus = Literal["granted", "refused", "undetermined", "not-applicable"]
Ternary = Literal["yes", "no", "unknown"]
Kind = Literal["obligation", "condition", "ceiling", "commitment"]
Force = Literal["law", "plan", "contract", "charter"]
Bilingual = dict[Literal["fr", "en"], str]


class Part(BaseModel):
    """A part of a decision."""

    model_config = ConfigDict(extra="forbid")


class Identified(Part):
    """Something named, with the digest of what it held."""

    id: str
    digest: str
    title: Bilingual = Field(default_factory=dict)


class LawDay(Part):
    """The date of the applicable law, and why."""

    date: str
    because: Bilingual


class Amount(Part):
    """An exact quantity."""

    value: str
    unit: str


class Distance(Amount):
    """How far a requirement is from being met."""

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
    shortfall: Distance | None = None
    explanation: Bilingual


class SourceNote(Part):
    """Where a rule comes from, and during which period this version holds."""

    ref: str
    url: str = ""
    quote: str = ""
    date: str = ""
    since: str | None = None
    until: str | None = None


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
    observed: str = ""
    required: str = ""
    unit: str = ""
    shortfall: Distance | None = None
    checks: list[CheckPart] = Field(default_factory=list)
    missing: list[Missing] = Field(default_factory=list)
    questions: list[Bilingual] = Field(default_factory=list)
    exception: str | None = None
    rounding: str = ""
    source: SourceNote
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


class Advantage(Part):
    """What an advantage gives."""

    rule: str
    title: Bilingual
    force: Force
    grants: str
    at: str
    scope: str
    status: AdvantageStatus
    rate: str | None = None
    amount: Amount | None = None
    base: Amount | None = None
    claimed: str | None = None
    shortfall: Distance | None = None
    step: str | None = None
    next_step: Bilingual | None = None
    capped_by: str | None = None
    decisive: Bilingual | None = None
    conditions: list[Condition] = Field(default_factory=list)
    missing: list[Missing] = Field(default_factory=list)
    questions: list[Bilingual] = Field(default_factory=list)
    kept_while: Bilingual = Field(default_factory=dict)
    source: SourceNote
    explanation: Bilingual


class CumulationPart(Part):
    """A limit across advantages."""

    rule: str
    title: Bilingual
    force: Force
    scope: str
    status: Literal["within", "exceeds", "undetermined", "not-applicable"]
    total: str | None = None
    limit: str | None = None
    unit: str = ""
    source: SourceNote
    explanation: Bilingual


class LandPrice(Part):
    """The land price against its ceilings."""

    status: Literal["within", "exceeds", "undetermined", "not-applicable"]
    findings: list[str] = Field(default_factory=list)


class ContradictionPart(Part):
    """Two values that the file gives for one thing."""

    programme: str
    what: str
    values: list[dict[Literal["value", "source"], str]]
    unit: str
    explanation: Bilingual


class Decision(Part):
    """A decision on one file."""

    format: Literal["mixrules-decision/1"] = "mixrules-decision/1"
    programme: Identified
    rulebooks: list[Identified]
    law_date: LawDay
    verdict: Verdict
    findings: list[Finding]
    summaries: list[Summary]
    advantages: list[Advantage]
    cumulations: list[CumulationPart]
    land_price: LandPrice
    contradictions: list[ContradictionPart]
    unexamined: list[str] = Field(
        default_factory=list, description="Facts, claims and elections of the file that no rule applied reads"
    )
    evaluators: list[str]
    digest: str = ""

    def content(self) -> dict[str, Any]:
        """The decision as JSON values."""
        return self.model_dump(mode="json")

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
    return decision.model_copy(update={"digest": digest})


def decision_schema() -> dict[str, Any]:
    """The JSON Schema of a decision."""
    schema = Decision.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "mixrules decision"}
