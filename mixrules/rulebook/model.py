"""A rulebook as loaded: its rules, parameters and definitions, typed, dated and sourced."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mixrules.quantity import Exact
from mixrules.record import Record
from mixrules.rulebook.tree import Node, Type

Force = Literal["law", "plan", "contract", "charter"]
BINDING: frozenset[str] = frozenset({"law", "plan"})
"""Only law and plan are opposable to a permit (C. urb., art. L. 421-6)."""
Freezing = Literal["certificate", "subdivision", "refusal", "permit"]
"""What may keep the planning rules of a past day for a file (C. urb., art. L. 410-1, L. 442-14, L. 600-2, L. 431-6)."""
FREEZINGS: tuple[Freezing, ...] = ("certificate", "subdivision", "refusal", "permit")
Change = Literal[
    "threshold", "operator", "connective", "set", "rounding", "outcome", "value", "bound", "date", "removal"
]
"""What a mutant of a rule may change."""
Outcome = Literal[
    "met", "unmet", "undetermined", "not-applicable", "excepted", "granted", "refused", "within", "exceeds"
]
Certainty = Literal["", "read", "reported", "presumed"]
"""How sure a source is: its text read, told by somebody else, or a figure or date taken for want of one."""
Kind = Literal["obligation", "condition", "ceiling", "advantage", "commitment"]
Texts = tuple[tuple[str, str], ...]


def text_in(texts: Texts, lang: str) -> str:
    """A text in a language, else in the one there is."""
    found = dict(texts)
    return found.get(lang) or found.get("fr") or next(iter(found.values()), "")


class Source(Record):
    """Where a rule comes from: reference, address, quote, and how sure a secondary figure is."""

    ref: str = ""
    url: str = ""
    quote: str = ""
    date: str = ""
    note: Texts = ()
    certainty: Certainty = ""


class Period(Record):
    """From a day, until the day before another; an open end is `None`."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class Bounds(Record):
    """A row of a table keyed by a number: which keys it serves, and its value or values at both ends."""

    low: Exact | None
    high: Exact | None
    low_open: bool
    high_open: bool


class Row(Record):
    """One row of a keyed parameter: one key for each dimension, one value for each column."""

    keys: tuple[str | Bounds | Exact, ...]
    values: tuple[Exact | float | str | bool | None, ...]
    until: tuple[Exact | None, ...] = ()


class Version(Record):
    """What a parameter holds during a period."""

    period: Period
    rows: tuple[Row, ...]
    source: Source | None = None


class Parameter(Record):
    """A dated value, or a dated table of values by key."""

    name: str
    keys: tuple[Type, ...]
    match: Literal["exact", "step", "band"]
    columns: tuple[tuple[str, Type], ...]
    versions: tuple[Version, ...]
    label: Texts = ()
    source: Source | None = None
    members: tuple[str, ...] = ()

    def at(self, day: date) -> Version | None:
        """The version in force on a day."""
        return next((v for v in self.versions if v.period.holds(day)), None)


class Input(Record):
    """A further fact that a rulebook asks for, or a claim or election of the applicant."""

    name: str
    group: Literal["facts", "claims", "elections", "evidence", "district.facts", "item"]
    owner: str
    type: Type
    members: tuple[tuple[str, Texts], ...] = ()
    label: Texts = ()
    percent: bool = False


class Override(Record):
    """An exception: when it applies, the rule is set aside or asks for something else."""

    name: str
    when: Node
    require: Node | None
    source: Source
    label: Texts = ()
    before: tuple[str, ...] = ()


class Question(Record):
    """A point that the text leaves open: when it arises, the finding is undetermined."""

    when: Node | None
    ask: Texts


class Step(Record):
    """One way to earn an advantage: its condition, and a rate or an amount."""

    name: str
    when: Node | None
    rate: Node | None
    amount: Node | None


class Cap(Record):
    """A limit on a rate or an amount, by name."""

    name: str
    limit: Node
    source: Source | None = None


class Award(Record):
    """What an advantage gives: how it is chosen among steps, on which base, within which caps."""

    grants: str
    choice: Literal["one", "best", "elected"]
    steps: tuple[Step, ...]
    elected: Node | None
    base: Node | None
    caps: tuple[Cap, ...]
    claimed: Node | None
    kept_while: Texts = ()
    even_zero: bool = False


class Promise(Record):
    """A commitment that evidence proves: what evidence, from which phase on."""

    evidence: tuple[str, ...]
    due: str
    followed_at: tuple[str, ...] = ()


class Rule(Record):
    """One dated version of a rule."""

    id: str
    rulebook: str
    kind: Kind
    force: Force
    scope: str
    title: Texts
    source: Source
    period: Period
    applies: Node | None = None
    require: Node | None = None
    overrides: tuple[Override, ...] = ()
    questions: tuple[Question, ...] = ()
    when_empty: Literal["undetermined", "met", "not-applicable"] = "undetermined"
    rounding: str = ""
    award: Award | None = None
    promise: Promise | None = None
    line: int = 0

    @property
    def key(self) -> str:
        """The rule's name in a decision."""
        return f"{self.rulebook}/{self.id}"


class Cumulation(Record):
    """A limit across advantages: a cap on their sum, or two groups that exclude each other."""

    id: str
    rulebook: str
    force: Force
    source: Source
    over: tuple[str, ...]
    limit: Node | None
    against: tuple[str, ...]
    period: Period
    title: Texts = ()

    @property
    def key(self) -> str:
        """The cumulation's name in a decision."""
        return f"{self.rulebook}/{self.id}"


class Example(Record):
    """A worked example beside the law: a programme in short, and what the rules must say of it."""

    name: str
    on: date
    given: str
    expect: tuple[tuple[str, str], ...]
    line: int


class Survivor(Record):
    """Why a change cannot be noticed by any example, or an outcome not reached."""

    subject: str
    change: Change | None
    part: str
    was: str
    becomes: tuple[str, ...]
    outcome: Outcome | None
    because: Texts
    line: int


class Rulebook(Record):
    """A rulebook, typed; its `parameters` include those of the rulebooks it uses.

    `writes` names the definitions and parameters of its own file.
    """

    id: str
    title: Texts
    force: Force
    source: Source
    digest: str
    file: str
    territory: tuple[str, ...]
    uses: tuple[str, ...]
    rules: tuple[Rule, ...]
    cumulations: tuple[Cumulation, ...]
    parameters: dict[str, Parameter]
    inputs: dict[str, Input]
    examples: tuple[Example, ...]
    labels: dict[str, Texts]
    survivors: tuple[Survivor, ...] = ()
    frozen_by: tuple[Freezing, ...] = FREEZINGS
    writes: tuple[str, ...] = ()

    def at(self, day: date) -> list[Rule]:
        """The rules in force on a day."""
        return [rule for rule in self.rules if rule.period.holds(day)]
