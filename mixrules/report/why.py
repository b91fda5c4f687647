"""How a value came about, made ready to be shown: a decision's trace unfolded, with who is counted by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from mixrules.engine.decision import Advantage, CheckPart, Condition, Counted, Decision, Finding, Step
from mixrules.engine.observe import shown_text
from mixrules.engine.statement.roll import numbers
from mixrules.message import Lang, format_number, say, term
from mixrules.programme.category import CATEGORIES
from mixrules.programme.scope import Element, ScopeTree
from mixrules.programme.tally import group
from mixrules.quantity import NotExactError, parse_exact
from mixrules.record import Record
from mixrules.report.page.look import LOOKS

FEW = 24
"""Members named one by one at most; of more, how many of each tenure and from which to which."""
FEW_RUNS = 3
"""Ranges of names told of a tenure at most."""
DEEPEST = 40
OPERATORS = {"<=": "≤", ">=": "≥", "!=": "≠", "=": "=", "<": "<", ">": ">"}


class Name(Record):
    """A member by its name, and its number in the roll."""

    text: str
    number: int


class Heads(Record):
    """Members that count, or may: named one by one where they are few, else in short."""

    numbers: str
    count: int
    names: list[Name]
    short: list[str]

    def told(self, lang: Lang) -> str:
        """The members in one text."""
        return ", ".join(name.text for name in self.names) or say("sign.semicolon", lang).join(self.short)


class Who(Record):
    """Members that a step counted, as what, how many or how much."""

    what: str
    of: str
    text: str
    value: str
    sure: Heads
    maybe: Heads


class Line(Record):
    """One step: its sentence, its value, why, and what it rests on; `decides` where it gave the value above it."""

    kind: str
    text: str
    value: str
    because: str
    source: str
    decides: bool
    counted: list[Who]
    steps: list[Line]


class Section(Record):
    """Steps that answer one question about a rule, under its heading; `aside` where they give no value of it."""

    heading: str
    places: list[int]
    aside: bool = False


def sections(part: Finding | Advantage, lang: Lang) -> list[Section]:
    """What there is to unfold of a finding or an advantage, in the order in which it is decided."""
    found = list(_checks(part, lang) if isinstance(part, Finding) else _award(part, lang))
    applies = part.applies if isinstance(part, Finding) else part.steps.applies
    found.append(Section(say("why.applies", lang), _given(applies), aside=True))
    return [section for section in found if section.places]


def of_condition(condition: Condition, lang: Lang) -> Section:
    """What there is to unfold of one condition of an advantage."""
    return Section(say("why.condition", lang), list(condition.steps))


def _checks(part: Finding, lang: Lang) -> Iterator[Section]:
    for check in part.checks:
        heading = say("why.observed", lang) if len(part.checks) == 1 else check.explanation[lang].rstrip(". ")
        yield Section(heading, list(check.steps))


def _award(part: Advantage, lang: Lang) -> Iterator[Section]:
    for way in part.steps.ways:
        title = say("why.way", lang, name=way.name) if way.name else say("why.way_only", lang)
        taken = f", {say('why.way_taken', lang)}" if way.taken and way.name else ""
        yield Section(title + taken, _given(way.when, way.gives))
    yield Section(say("why.base_of", lang), _given(part.steps.base))
    for cap in part.steps.caps:
        lowers = f", {say('why.cap_lowers', lang)}" if cap.lowers else ""
        yield Section(say("why.cap", lang, name=cap.name) + lowers, [cap.limit])


def _given(*places: int | None) -> list[int]:
    return [place for place in places if place is not None]


class Why:
    """Unfolds the trace of a decision in one language; with the programme's tree, many dwellings by tenure."""

    def __init__(self, decision: Decision, lang: Lang, tree: ScopeTree | None = None) -> None:
        self.lang = lang
        self._trace = decision.trace
        self._names = {roll.of: roll.names for roll in decision.trace.rolls}
        self._dwellings: list[tuple[Element, int | float]] = (
            [(m.element, m.most) for m in tree.elements("district")[0].members["dwellings"]] if tree else []
        )

    def lines(self, places: Sequence[int]) -> list[Line]:
        """Steps, unfolded down to what they rest on."""
        return [self.line(place) for place in dict.fromkeys(places)]

    def line(self, place: int, *, decides: bool = False, depth: int = 0) -> Line:
        """One step, unfolded."""
        step = self._trace.steps[place]
        inner = step.steps if depth < DEEPEST else []
        return Line(
            kind=step.kind,
            text=self.sentence(step.says),
            value=self._value(step),
            because=self.sentence(step.because) if step.because is not None else "",
            source=self._source(step),
            decides=decides,
            counted=[self._who(group) for group in step.counted],
            steps=[self.line(one, decides=one == step.decides, depth=depth + 1) for one in inner],
        )

    def sentence(self, place: int) -> str:
        """A sentence of the trace."""
        return self._trace.sentences[place][self.lang]

    def compared(self, check: CheckPart) -> tuple[str, str]:
        """What a comparison observed, and what it requires under its sign."""
        seen, asked = self.value(check.observed, check.unit), self.value(check.required, check.unit)
        return seen, f"{OPERATORS.get(check.operator, check.operator)}\u00a0{asked}"

    def _value(self, step: Step) -> str:
        part, _, whole = step.value.partition("/")
        if (
            step.unit == "ratio"
            and whole
            and ".." not in whole
            and any(group.what == "part" for group in step.counted)
        ):
            return self._share(part, whole)
        return self.value(step.value, step.unit) if step.value else ""

    def _share(self, part: str, whole: str) -> str:
        try:
            above, below = parse_exact(part), parse_exact(whole)
        except NotExactError:
            return f"{part}/{whole}"
        ratio = shown_text(str(Fraction(above) / Fraction(below)), "ratio", self.lang)
        figures = say("trace.of", self.lang, above=above, below=below)
        return f"{figures} ({ratio})"

    def value(self, text: str, unit: str) -> str:
        """A value as people read it."""
        if text in {"unknown", "0.."}:
            return say("word.unknown", self.lang)
        if unit == "yes_no" and text in {"yes", "no"}:
            return say("word.yes", self.lang) if text == "yes" else say("word.no", self.lang)
        known = CATEGORIES.get(unit)
        if known is not None:
            index = 0 if self.lang == "fr" else 1
            members = text.split("|")
            return " / ".join(known.members[m][index] if m in known.members else m for m in members)
        return shown_text(text, unit, self.lang)

    def _source(self, step: Step) -> str:
        if step.row is None:
            return ""
        since = step.row.since
        day = say("trace.since", self.lang, day=date.fromisoformat(since)) if since else ""
        return " · ".join(part for part in (step.row.source, day) if part)

    # -- who is counted --------------------------------------------------------------------------------

    def _who(self, counted: Counted) -> Who:
        return Who(
            what=term("counted_as", counted.what, self.lang),
            of=counted.of,
            text=self.sentence(counted.says),
            value=self.value(counted.value, counted.unit),
            sure=self._heads(counted.of, counted.sure),
            maybe=self._heads(counted.of, counted.maybe),
        )

    def _heads(self, collection: str, written: str) -> Heads:
        places = numbers(written)
        names = self._names.get(collection, [])
        if len(places) <= FEW:
            return Heads(written, len(places), [Name(names[n - 1], n) for n in places], [])
        return Heads(written, len(places), [], list(self._short(collection, places, names)))

    def _short(self, collection: str, places: list[int], names: list[str]) -> Iterator[str]:
        """How many of each tenure, and from which to which; without the programme, the ranges alone."""
        if collection != "dwellings" or not self._dwellings:
            yield self._runs(places, names)
            return
        by_tenure: dict[str, list[int]] = {}
        for place in places:
            by_tenure.setdefault(group(self._dwellings[place - 1][0].get("tenure")), []).append(place)
        order = [*LOOKS, *(tenure for tenure in by_tenure if tenure not in LOOKS)]
        for tenure in (one for one in order if one in by_tenure):
            held = by_tenure[tenure]
            count = sum(self._dwellings[place - 1][1] for place in held)
            short = LOOKS[tenure].short if tenure in LOOKS else tenure
            yield f"{format_number(count, self.lang)} {short} ({self._runs(held, names)})"

    def _runs(self, places: list[int], names: list[str]) -> str:
        runs: list[tuple[int, int]] = []
        for place in places:
            if runs and place == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
        told = [
            names[a - 1] if a == b else say("trace.to", self.lang, first=names[a - 1], last=names[b - 1])
            for a, b in runs[:FEW_RUNS]
        ]
        if len(runs) > FEW_RUNS:
            told.append("… " + say("trace.runs", self.lang, count=len(runs)))
        return ", ".join(told)
