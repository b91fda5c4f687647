"""The shape of a rulebook file, before its expressions are read: what `mixrules schema rulebook` prints."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mixrules.rulebook.hover import as_text, explain
from mixrules.rulebook.model import Certainty, Change, Force, Freezing, Outcome

RuleName = Annotated[str, StringConstraints(pattern=r"^[^\W\d_][\w.]*(?:-[^\W\d_][\w.]*)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[^\W\d_][\w.]*(?:-[\w.]+)*$")]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Bilingual = str | dict[Literal["fr", "en"], str]
Scope = Literal["commune", "district", "programme", "block", "building", "stairwell", "landing"]


class Part(BaseModel):
    """A part of a rulebook; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class SourcePart(Part):
    """Where a rule comes from."""

    ref: str = Field(
        description="Reference of the article or document, e.g. « C. urb., art. L. 111-24, al. 1 »"
    )
    url: str = ""
    quote: str = Field("", description="The words of the text, taken word for word")
    date: str = Field("", description="Date of the document or of the consolidation read")
    text: str = Field(
        "",
        pattern=r"^([\w-]+/[\w-]+)?$",
        description="For a plan or a charter whose words are held: their folder and file in `sources/`, e.g. « plui-38185/3-3 »",
    )
    certainty: Certainty = Field(
        "",
        description="`read`: the text itself was read; `reported`: known from somebody else, the text was not read;"
        " `presumed`: a figure or a date is taken for want of a better one; none: that of the rulebook",
    )
    note: Bilingual = Field("", description="Why a figure is so sure, or how the text is read")


class DefinitionPart(Part):
    """A named expression."""

    is_: Expression | None = Field(None, alias="is")
    values: dict[Day, Expression] | None = Field(None, description="By date of entry into force")
    label: Bilingual = ""
    source: SourcePart | None = None


class InputPart(Part):
    """A further fact, claim or election that the rules need."""

    at: Literal["commune", "district", "programme", "dwelling", "premise", "existing", "shared_place"] = (
        "programme"
    )
    unit: str | None = Field(
        None, description="For a number: its unit, e.g. « € », « % », « m² of floor_area »"
    )
    type: Literal["yes_no", "date", "text", "category"] | None = None
    members: dict[str, Bilingual] | list[str] | None = Field(None, description="For a category: its members")
    label: Bilingual = ""


class BandPart(Part):
    """A row of a table keyed by a number: bounds that are reached (`from`, `up_to`) or not (`above`, `below`)."""

    from_: str | None = Field(None, alias="from")
    above: str | None = None
    up_to: str | None = None
    below: str | None = None
    value: str | None = None
    until_value: str | None = Field(None, description="The value at the upper bound: interpolated in between")


class ParameterPart(Part):
    """A dated value, or a dated table of values by key."""

    label: Bilingual = ""
    unit: str | None = None
    type: (
        Literal["yes_no", "date", "text", "tenure", "public", "residence", "use", "zone_abc", "phase"] | None
    ) = None
    members: list[str] | None = None
    fields: dict[str, str] | None = Field(None, description="For a record: the unit or type of each column")
    by: str | list[str] | None = Field(None, description="The key: a category, `text`, or a unit")
    match: Literal["exact", "step"] = Field(
        "exact", description="`step`: the row with the greatest key that does not exceed the value"
    )
    value: str | None = None
    rows: dict[str, Any] | None = None
    bands: list[BandPart] | None = None
    values: dict[Day, Any] | None = Field(None, description="By date of entry into force")
    until: Day | None = None
    source: SourcePart | None = None


class ExceptionPart(Part):
    """When the general rule yields."""

    when: Expression
    then: Literal["not-applicable"] | None = None
    require: Expression | None = None
    label: Bilingual = ""
    source: SourcePart | None = None
    before: list[str] = Field(default_factory=list, description="Exceptions that this one prevails over")


class QuestionPart(Part):
    """A point that the text leaves open."""

    when: Expression | None = None
    ask: Bilingual


class TestPart(Part):
    """What an obligation, a condition or a ceiling requires."""

    at: Scope = "programme"
    let: dict[str, Expression] = Field(default_factory=dict)
    applies_when: Expression | None = None
    require: Expression
    rounding: Literal["none", "ceil", "floor", "round_half_up", "stated"] | None = None
    when_empty: Literal["undetermined", "met", "not-applicable"] = "undetermined"


class StepPart(Part):
    """One way to earn an advantage."""

    name: str = ""
    when: Expression | None = None
    rate: Expression | None = None
    amount: Expression | None = None


class AdvantagePart(Part):
    """What a programme receives, on which conditions, within which caps."""

    grants: str
    at: Scope = "programme"
    let: dict[str, Expression] = Field(default_factory=dict)
    applies_when: Expression | None = None
    when: Expression | None = None
    rate: Expression | None = None
    amount: Expression | None = None
    best_of: list[StepPart] | None = None
    options: dict[str, StepPart] | None = None
    elected: Expression | None = None
    of: Expression | None = None
    cap: dict[str, Expression] = Field(default_factory=dict)
    claimed: Expression | None = None
    kept_while: Bilingual = ""
    even_zero: Literal["yes", "no"] = Field(
        "no", description="Whether an amount of zero is still an advantage: the cap on what may be demanded"
    )


class CommitmentPart(Part):
    """What is promised, proved by evidence at a phase."""

    at: Literal["programme"] = "programme"
    applies_when: Expression | None = None
    evidence: list[str] = Field(min_length=1)
    due: Literal["filing", "decision", "delivery", "occupancy"]
    followed_at: list[Literal["filing", "decision", "delivery", "occupancy"]] = Field(default_factory=list)


class VersionPart(Part):
    """What a rule says during a period."""

    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    source: SourcePart | None = None
    obligation: TestPart | None = None
    condition: TestPart | None = None
    ceiling: TestPart | None = None
    advantage: AdvantagePart | None = None
    commitment: CommitmentPart | None = None
    exceptions: dict[Name, ExceptionPart] = Field(default_factory=dict)
    questions: list[QuestionPart] = Field(default_factory=list)


class RulePart(VersionPart):
    """A rule: one version written directly, or several under `versions`."""

    title: Bilingual = ""
    force: Force | None = None
    versions: list[VersionPart] | None = None
    examples: list[ExamplePart] = Field(default_factory=list)


class CumulationPart(Part):
    """A limit across advantages."""

    title: Bilingual = ""
    over: list[str] | None = None
    limit: Expression | None = None
    either: list[str] | None = None
    or_: list[str] | None = Field(None, alias="or")
    source: SourcePart | None = None
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class ExamplePart(Part):
    """A worked example, run by `mixrules rules test`."""

    name: str
    on: Day | None = None
    like: str = Field("", description="Name of an example written before: `given` says only what differs")
    given: dict[str, Any] = Field(default_factory=dict)
    expect: dict[str, Any]


class SurvivorPart(Part):
    """Why no example can notice a change of a rule (`--mutate`), or reach an outcome (`--coverage`)."""

    in_: str = Field(alias="in", description="The rule, definition, parameter or limit across advantages")
    change: Change | None = Field(
        None, description="The kind of change, as `rules test --mutate` names it; none: any"
    )
    part: str = Field("", description="The part of the rule, as `--mutate` names it in either language")
    was: str = Field("", description="Words of the text before the change, as `--mutate` shows it")
    becomes: str | list[str] = Field(
        "", description="Words of the text after the change, or several texts of which one stands there"
    )
    outcome: Outcome | None = Field(
        None, description="Instead of a change: the outcome that no programme can reach"
    )
    because: Bilingual = Field(description="Why it cannot be noticed, or reached, whatever the file says")


class RulebookPart(Part):
    """A rulebook file."""

    rulebook: Name
    title: Bilingual
    force: Force
    source: SourcePart
    territory: list[str] = Field(default_factory=list, description="INSEE codes; none: everywhere")
    opened_by: list[str] = Field(
        default_factory=list,
        description="Claims or facts of which one opens this rulebook; none: it applies to every file",
    )
    frozen_by: list[Freezing] | None = Field(
        None,
        description="What keeps these rules as they stood on a past day; not said: all, for law and plan; "
        "an empty list: nothing (tax, procedure, State land)",
    )
    uses: list[Name] = Field(default_factory=list)
    tested_on: Day | None = None
    inputs: dict[str, InputPart] = Field(default_factory=dict)
    definitions: dict[Name, Expression | DefinitionPart] = Field(default_factory=dict)
    parameters: dict[Name, ParameterPart] = Field(default_factory=dict)
    rules: dict[RuleName, RulePart] = Field(default_factory=dict)
    cumulation: dict[Name, CumulationPart] = Field(default_factory=dict)
    examples: list[ExamplePart] = Field(default_factory=list)
    survivors: list[SurvivorPart] = Field(
        default_factory=list,
        description="Changes that no example can notice, and outcomes that none can reach, each with the reason",
    )


class TableColumnPart(Part):
    """A column of a reference table that does not hold as long as the others."""

    field: str
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class TablePart(Part):
    """The header of a reference table: where its rows come from, and which facts they give, when."""

    table: Name
    title: Bilingual
    source: SourcePart
    licence: Annotated[str, StringConstraints(min_length=1)]
    vintage: Bilingual = Field(description="The state of the list, as its producer dates it")
    from_: Day | None = Field(None, alias="from", description="First day on which the rows answer")
    until: Day | None = Field(None, description="First day on which they no longer do")
    rows: Annotated[str, StringConstraints(pattern=r"^[^/\\]+\.csv$")] = Field(
        description="The CSV beside this file: `insee;column;…`, one commune a line"
    )
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    columns: dict[Name, str | TableColumnPart] = Field(
        min_length=1, description="The field that each column gives, e.g. `zone: commune.zone_abc`"
    )
    left_out: Bilingual = Field("", description="What the source says and these rows do not, and why")


RulePart.model_rebuild()
RulebookPart.model_rebuild()


def rulebook_schema() -> dict[str, Any]:
    """The JSON Schema of a rulebook file, for editors."""
    schema = explain(as_text(RulebookPart.model_json_schema(by_alias=True)))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "mixrules rulebook"}
