"""What the examples of a rulebook reach, as a table: outcomes by rule, then the sides of each threshold."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from mixrules.authoring.coverage import Boundary, Coverage, Reached
from mixrules.message import Lang, format_date, format_quantity, say, term
from mixrules.quantity import Exact
from mixrules.rulebook.model import Rule, text_in
from mixrules.rulebook.prose import Speaker

COLUMNS: dict[str, tuple[str, ...]] = {
    "met": ("met", "granted", "within"),
    "unmet": ("unmet", "refused", "exceeds"),
    "undetermined": ("undetermined",),
    "not-applicable": ("not-applicable",),
    "excepted": ("excepted",),
}
"""The outcomes of a column: those of a rule, of an advantage, of a limit."""
WIDTH = 100


def render(coverage: Coverage, lang: Lang) -> str:
    """The coverage of one rulebook as text."""
    return "\n".join(_Page(coverage, lang).lines()) + "\n"


class _Page:
    def __init__(self, coverage: Coverage, lang: Lang) -> None:
        self.coverage, self.lang = coverage, lang
        self.speaker = Speaker(lang, coverage.book.labels, coverage.book.inputs)

    def lines(self) -> Iterator[str]:
        book = self.coverage.book
        yield f"{'✓' if self.coverage.passed else '✗'} {book.id}  {self._summary()}"
        yield from self._table()
        for rule in self.coverage.reached:
            yield from self._gaps(rule)
            yield from self._explained(rule)
        yield from self._boundaries()
        yield ""

    def _summary(self) -> str:
        wanted = sum(len(rule.wanted) for rule in self.coverage.reached)
        reached = sum(bool(rule.reached.get(o)) for rule in self.coverage.reached for o in rule.wanted)
        why = wanted - reached - sum(len(rule.missing) for rule in self.coverage.reached)
        count = len(self.coverage.book.examples)
        text = say(
            "coverage.examples_outcomes_reached",
            self.speaker.lang,
            count=count,
            reached=reached,
            wanted=wanted,
        )
        return text + (say("coverage.explained", self.speaker.lang, why=why) if why else "")

    def _table(self) -> Iterator[str]:
        width = max(len(rule.name) for rule in self.coverage.reached)
        heads = [term("column", name, self.lang) for name in COLUMNS]
        yield f"    {'':<{width}}  " + "  ".join(f"{head:>10}" for head in heads)
        for rule in self.coverage.reached:
            cells = (_cell(rule, outcomes) for outcomes in COLUMNS.values())
            yield f"    {rule.name:<{width}}  " + "  ".join(f"{cell:>10}" for cell in cells)

    def _gaps(self, rule: Reached) -> Iterator[str]:
        place = f"{self.coverage.book.file}:{rule.line}" if rule.line else self.coverage.book.file
        said = (
            (rule.missing, say("coverage.never_reached", self.speaker.lang)),
            (rule.unsaid, say("coverage.reached_but_never_expected", self.speaker.lang)),
        )
        for outcomes, text in said:
            if outcomes:
                yield f"    {rule.name} ({place}), {text}{say('sign.colon', self.lang)}{self._listed(outcomes)}"

    def _explained(self, rule: Reached) -> Iterator[str]:
        """The outcomes that cannot be reached, and why; an explanation that is not true says so."""
        for given in rule.explained:
            place = f"{self.coverage.book.file}:{given.line}"
            why = text_in(given.because, self.lang)
            text = f"≡ {rule.name} ({place}), {self._listed([str(given.outcome)])}{say('sign.colon', self.lang)}{why}"
            yield from textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
            if given in rule.unsound:
                yield "      " + say("coverage.unsound", self.speaker.lang)

    def _boundaries(self) -> Iterator[str]:
        if self.coverage.boundaries:
            yield say("coverage.thresholds_nearest_distances", self.speaker.lang)
        last: Rule | None = None
        for boundary in self.coverage.boundaries:
            if boundary.rule is not last:
                yield f"      {self._name(boundary.rule)}"
                last = boundary.rule
            yield from textwrap.wrap(
                f"{self.speaker.say(boundary.node)} [{self._sides(boundary)}]",
                WIDTH,
                initial_indent="        ",
                subsequent_indent="          ",
            )

    def _name(self, rule: Rule) -> str:
        several = sum(other.id == rule.id for other in self.coverage.book.rules) > 1
        if not several or rule.period.start is None:
            return rule.id
        return f"{rule.id} ({format_date(rule.period.start, self.lang)})"

    def _sides(self, boundary: Boundary) -> str:
        visits, missing = boundary.visits, boundary.visits.missing(boundary.node)
        seen = [f"−{self._distance(boundary, -visits.below)}"] if visits.below is not None else []
        seen += ["="] if visits.equal else []
        seen += [f"+{self._distance(boundary, visits.above)}"] if visits.above is not None else []
        parts = [", ".join(seen)] if seen else []
        if missing:
            parts.append(say("coverage.missing", self.speaker.lang) + self._listed(missing))
        return say("sign.semicolon", self.lang).join(parts)

    def _distance(self, boundary: Boundary, distance: Exact) -> str:
        kind = boundary.node.left.type
        unit = "day" if kind.kind == "date" else "" if kind.unit.is_ratio else str(kind.unit)
        if kind.kind == "number" and kind.unit.is_ratio and kind.unit.base:
            unit = "%"
        return format_quantity(distance, unit, self.lang).removeprefix("≈\u00a0")

    def _listed(self, names: list[str]) -> str:
        return ", ".join(term("outcome", name, self.lang) for name in names)


def _cell(rule: Reached, outcomes: tuple[str, ...]) -> str:
    """How many examples expect an outcome; in brackets, how many only reach it; a dot where it cannot be."""
    wanted = next((outcome for outcome in outcomes if outcome in rule.wanted), None)
    if wanted is None:
        return "·"
    said, reached = rule.said.get(wanted, 0), rule.reached.get(wanted, 0)
    if any(given.outcome == wanted for given in rule.explained) and not reached:
        return "≡"
    return "—" if not reached else str(said) if said else f"({reached})"
