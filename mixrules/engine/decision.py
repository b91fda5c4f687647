"""The decision: a public contract, canonical and reproducible.

Exact numbers are strings. Times, paths and names of people are no part of it: the same programme, rulebooks
and law date give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
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


class Counted(Part):
    """Members that a measure counted: what they are to it, and which, by their numbers in a roll of the trace.

    `part` and `base` are those of a share, `counted` all of a measure, `term` those of one value, `holds`, `fails`
    and `open` those of a condition. `sure` count whatever is missing, `maybe` may count; both are ranges.
    """

    what: Literal["part", "base", "counted", "term", "holds", "fails", "open"]
    of: str
    says: int
    value: str
    unit: str
    sure: str
    maybe: str


class TableRow(Part):
    """What was read of a dated parameter: its version, its source, and the keys of the row."""

    parameter: str
    keys: list[str]
    since: str | None
    until: str | None
    source: str


class Step(Part):
    """One step of a computation: its sentence, its exact value, and the steps on which it rests.

    Sentences and steps are named by their place in the trace. `decides` is the one of its steps that gave the
    value: the least or greatest term, the branch taken, the condition that settled the others.
    """

    kind: Literal[
        "literal",
        "parameter",
        "given",
        "definition",
        "operation",
        "choice",
        "condition",
        "measure",
        "outcome",
        "element",
    ]
    says: int
    value: str
    unit: str
    because: int | None
    decides: int | None
    counted: list[Counted]
    row: TableRow | None
    steps: list[int]


class RollPart(Part):
    """The members of a collection by name, in the order in which steps number them from 1."""

    of: str
    names: list[str]


class Trace(Part):
    """How every value came about: each sentence, each roll and each step once; a step comes after its own."""

    sentences: list[Bilingual]
    rolls: list[RollPart]
    steps: list[Step]


class CheckPart(Part):
    """One comparison of a requirement; its steps say how both sides came about."""

    observed: str
    operator: str
    required: str
    unit: str
    holds: Ternary
    shortfall: Distance | None
    steps: list[int]
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
    applies: int | None
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
    steps: list[int]
    explanation: Bilingual


class Way(Part):
    """One way to earn an advantage: its condition, what it gives, and whether it was taken."""

    name: str
    holds: Ternary
    when: int | None
    gives: int | None
    taken: bool


class CapRead(Part):
    """A cap on an advantage, and whether it lowered what is earned."""

    name: str
    limit: int
    lowers: bool


class AwardSteps(Part):
    """How an advantage came about: when it applies, the ways to earn it, its base and its caps."""

    applies: int | None
    ways: list[Way]
    base: int | None
    caps: list[CapRead]


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
    steps: AwardSteps
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
    steps: list[int]
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
    trace: Trace
    unexamined: list[str]
    evaluators: list[str]
    digest: str

    def canonical(self) -> bytes:
        """The decision in canonical JSON (RFC 8785)."""
        return canonical(self.content())


def canonical(content: dict[str, Any]) -> bytes:
    """A decision's content in canonical JSON (RFC 8785), quickly.

    It holds texts, small whole numbers, yes, no and nothing, and its keys are ASCII: for these, sorted compact
    JSON is the canonical form.
    """
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sealed(decision: Decision) -> Decision:
    """The decision with its digest, taken over everything else but who evaluated it.

    The evaluators agree or nothing is issued, so a machine without durable-rules seals the same bytes.
    """
    content = decision.content()
    del content["digest"], content["evaluators"]
    digest = "sha256:" + hashlib.sha256(canonical(content)).hexdigest()
    return decision.replace(digest=digest)
