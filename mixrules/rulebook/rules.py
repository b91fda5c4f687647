"""Typing the rules of a rulebook: conditions, requirements, exceptions, advantages, cumulation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Literal

from mixrules.message import suggest
from mixrules.quantity import UnitError
from mixrules.rulebook.check import Checker
from mixrules.rulebook.document import (
    AdvantagePart,
    CommitmentPart,
    CumulationPart,
    RulebookPart,
    RulePart,
    SourcePart,
    StepPart,
    TestPart,
    VersionPart,
)
from mixrules.rulebook.literal import read_day
from mixrules.rulebook.model import (
    Award,
    Cap,
    Cumulation,
    Kind,
    Override,
    Period,
    Promise,
    Question,
    Rule,
    Source,
    Step,
)
from mixrules.rulebook.names import Definition
from mixrules.rulebook.parameters import source_of, texts
from mixrules.rulebook.syntax import ExpressionError, parse
from mixrules.rulebook.tree import YES_NO, Node, Type
from mixrules.rulebook.yaml_source import Path

KINDS: tuple[Kind, ...] = ("obligation", "condition", "ceiling", "advantage", "commitment")
Report = Callable[[ExpressionError, Path], None]
Line = Callable[[Path], int]


class Compiler:
    """Turns the rules of one document into typed rules, reporting what is wrong with each."""

    def __init__(self, part: RulebookPart, checker: Checker, report: Report, line: Line) -> None:
        self.part, self.base, self.checker, self.report, self.line = part, checker, checker, report, line
        self.source = source_of(part.source) or Source()
        self.typed: tuple[Rule, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Every version of every rule."""
        found: list[Rule] = []
        for name, part in self.part.rules.items():
            path: Path = ("rules", name)
            versions: list[tuple[VersionPart, Path]] = [(part, path)]
            if part.versions is not None:
                versions = [(v, (*path, "versions", i)) for i, v in enumerate(part.versions)]
            typed = [r for v, p in versions if (r := self._version(name, part, v, p)) is not None]
            self._overlaps(typed, path)
            found += typed
        self.typed = tuple(found)
        return self.typed

    def _overlaps(self, versions: list[Rule], path: Path) -> None:
        ordered = sorted(versions, key=lambda r: r.period.start or date.min)
        for one, two in pairwise(ordered):
            if one.period.end is None or (two.period.start or date.min) < one.period.end:
                self.report(ExpressionError("versions_overlap", found=one.id), path)

    def _version(self, name: str, rule: RulePart, part: VersionPart, path: Path) -> Rule | None:
        bodies = [(kind, getattr(part, kind)) for kind in KINDS if getattr(part, kind) is not None]
        if len(bodies) != 1:
            self.report(ExpressionError("one_body", found=name, expected=", ".join(KINDS)), path)
            return None
        kind, body = bodies[0]
        source = self._sourced(part.source or rule.source)
        base = Rule(
            id=name,
            rulebook=self.part.rulebook,
            kind=kind,
            force=rule.force or self.part.force,
            scope=body.at,
            title=texts(rule.title),
            source=source,
            period=self._period(part, path),
            line=self.line(path),
        )
        here = (*path, kind)
        if isinstance(body, CommitmentPart):
            return self._commitment(base, body, here)
        self.checker = self._with_lets(body, here)
        if isinstance(body, TestPart):
            typed = self._test(base, body, here)
        else:
            typed = self._advantage(base, body, here)
        typed = typed.replace(
            overrides=self._exceptions(part, typed, path),
            questions=self._questions(part, typed.scope, path),
        )
        self.checker = self.base
        return typed

    def _sourced(self, part: SourcePart | None) -> Source:
        """A source of its own, as sure as it says or else as the rulebook; or that of the rulebook."""
        own = source_of(part)
        return self.source if own is None else own.replace(certainty=own.certainty or self.source.certainty)

    def _period(self, part: VersionPart, path: Path) -> Period:
        try:
            start = read_day(part.from_) if part.from_ else None
            end = read_day(part.until) if part.until else None
        except ExpressionError as error:
            self.report(error, path)
            return Period()
        if start and end and end <= start:
            self.report(ExpressionError("period_reversed", found=f"{start} – {end}"), path)
        return Period(start, end)

    def _with_lets(self, body: TestPart | AdvantagePart, path: Path) -> Checker:
        if not body.let:
            return self.base
        definitions = dict(self.base.names.definitions)
        for name, text in body.let.items():
            try:
                definitions[name] = Definition(name, ((None, parse(text)),), local=True)
            except ExpressionError as error:
                self.report(error, (*path, "let", name))
        return Checker(dataclasses.replace(self.base.names, definitions=definitions))

    def _node(self, text: str | None, scope: str, path: Path, expected: Type | None = YES_NO) -> Node | None:
        if text is None:
            return None
        try:
            return self.checker.expression(text, scope, expected)
        except ExpressionError as error:
            self.report(error, path)
            return None

    def _test(self, base: Rule, body: TestPart, path: Path) -> Rule:
        return base.replace(
            applies=self._node(body.applies_when, base.scope, (*path, "applies_when")),
            require=self._node(body.require, base.scope, (*path, "require")),
            when_empty=body.when_empty,
            rounding=body.rounding or "",
        )

    def _commitment(self, base: Rule, body: CommitmentPart, path: Path) -> Rule:
        return base.replace(
            applies=self._node(body.applies_when, base.scope, (*path, "applies_when")),
            promise=Promise(tuple(body.evidence), body.due, tuple(body.followed_at)),
        )

    def _exceptions(self, part: VersionPart, rule: Rule, path: Path) -> tuple[Override, ...]:
        found = []
        for name, body in part.exceptions.items():
            here = (*path, "exceptions", name)
            when = self._node(body.when, rule.scope, (*here, "when"))
            require = self._node(body.require, rule.scope, (*here, "require"))
            if (body.then is None) == (body.require is None):
                self.report(ExpressionError("exception_effect", found=name), here)
            for other in body.before:
                if other not in part.exceptions:
                    near = suggest(other, list(part.exceptions))
                    self.report(ExpressionError("rule_unknown", found=other, near=near), here)
            if when is not None:
                source = source_of(body.source) or rule.source
                found.append(Override(name, when, require, source, texts(body.label), tuple(body.before)))
        return tuple(found)

    def _questions(self, part: VersionPart, scope: str, path: Path) -> tuple[Question, ...]:
        return tuple(
            Question(self._node(q.when, scope, (*path, "questions", i, "when")), texts(q.ask))
            for i, q in enumerate(part.questions)
        )

    # -- advantages ------------------------------------------------------------------------------------

    def _advantage(self, base: Rule, body: AdvantagePart, path: Path) -> Rule:
        scope = base.scope
        choice, listed = self._listed(body, path)
        steps = tuple(self._step(step, body, name, scope, here) for name, step, here in listed)
        elected = self._node(body.elected, scope, (*path, "elected"), None)
        if (choice == "elected") != (elected is not None):
            self.report(ExpressionError("elected_expected"), path)
        claimed = self._node(body.claimed, scope, (*path, "claimed"), None)
        if claimed is not None and steps:
            self._same_measure(claimed, steps, (*path, "claimed"))
        base_value = self._node(body.of, scope, (*path, "of"), None)
        caps = []
        for name, text in body.cap.items():
            limit = self._node(text, scope, (*path, "cap", name), None)
            if limit is not None:
                self._cap_measures(limit, steps, base_value, (*path, "cap", name))
                caps.append(Cap(name, limit))
        award = Award(
            body.grants,
            choice,
            steps,
            elected,
            base_value,
            tuple(caps),
            claimed,
            texts(body.kept_while),
            body.even_zero == "yes",
        )
        applies = self._node(body.applies_when, scope, (*path, "applies_when"))
        require = self._node(body.when, scope, (*path, "when"))
        return base.replace(applies=applies, require=require, award=award)

    def _listed(
        self, body: AdvantagePart, path: Path
    ) -> tuple[Literal["one", "best", "elected"], list[tuple[str, StepPart, Path]]]:
        single = body.rate is not None or body.amount is not None
        ways = [single, body.best_of is not None, body.options is not None]
        if sum(ways) != 1:
            self.report(ExpressionError("one_way"), path)
        if body.best_of is not None:
            named = [(s.name or str(i + 1), s, (*path, "best_of", i)) for i, s in enumerate(body.best_of)]
            return "best", named
        if body.options is not None:
            return "elected", [(n, s, (*path, "options", n)) for n, s in body.options.items()]
        return "one", [("", StepPart(rate=body.rate, amount=body.amount), path)]

    def _step(self, step: StepPart, body: AdvantagePart, name: str, scope: str, path: Path) -> Step:
        rate = self._node(step.rate, scope, (*path, "rate"), Type("number"))
        amount = self._node(step.amount, scope, (*path, "amount"), None)
        if (step.rate is None) == (step.amount is None):
            self.report(ExpressionError("rate_or_amount"), path)
        if amount is not None and amount.type.kind != "number":
            self.report(ExpressionError("number_wanted", found=amount.type), (*path, "amount"))
        when = self._node(step.when, scope, (*path, "when")) if step.when and step.when != body.when else None
        return Step(name, when, rate, amount)

    def _same_measure(self, claimed: Node, steps: tuple[Step, ...], path: Path) -> None:
        wanted = steps[0].rate or steps[0].amount
        if wanted is None or claimed.type.kind != "number":
            return
        try:
            claimed.type.unit.unify(wanted.type.unit)
        except UnitError:
            left, right = claimed.type.unit.described, wanted.type.unit.described
            self.report(ExpressionError("units_differ", left=left, right=right), path)

    def _cap_measures(self, limit: Node, steps: tuple[Step, ...], base: Node | None, path: Path) -> None:
        """A cap limits the rate or the amount: it must be of the unit of one of them."""
        if limit.type.kind != "number":
            self.report(ExpressionError("number_wanted", found=limit.type), path)
            return
        by_rate = all(step.rate is not None for step in steps)
        limited = [s.amount for s in steps if s.amount is not None] or ([base] if base is not None else [])
        if limit.type.unit.is_ratio:
            limited = [s.rate for s in steps if s.rate is not None] if by_rate else limited
        for node in limited:
            try:
                limit.type.unit.unify(node.type.unit)
            except UnitError:
                left, right = limit.type.unit.described, node.type.unit.described
                self.report(ExpressionError("units_differ", left=left, right=right), path)
                return
        if not limited and not limit.type.unit.is_ratio:
            self.report(ExpressionError("units_differ", left=limit.type.unit.described, right="%"), path)

    def _cumulated(self, names: tuple[str, ...], limit: Node | None, path: Path) -> None:
        """A limit across advantages counts those of a programme, in one unit."""
        if limit is not None and limit.type.kind != "number":
            self.report(ExpressionError("number_wanted", found=limit.type), (*path, "limit"))
            return
        for rule in self.typed:
            if rule.id not in names or rule.award is None:
                continue
            if rule.scope != "programme":
                self.report(ExpressionError("cumulation_scale", found=rule.id, scope=rule.scope), path)
            elif limit is not None and not limit.type.unit.is_ratio:
                self._cap_measures(limit, rule.award.steps, rule.award.base, (*path, "limit"))

    def cumulations(self) -> tuple[Cumulation, ...]:
        """The limits across advantages."""
        found = []
        advantages = [name for name, rule in self.part.rules.items() if rule.advantage or rule.versions]
        for name, part in self.part.cumulation.items():
            path: Path = ("cumulation", name)
            for listed in (part.over, part.either, part.or_):
                for rule in listed or ():
                    if rule not in advantages:
                        near = suggest(rule, advantages)
                        self.report(ExpressionError("rule_unknown", found=rule, near=near), path)
            if bool(part.over) == bool(part.either) or bool(part.either) != bool(part.or_):
                self.report(ExpressionError("cumulation_shape", found=name), path)
            limit = self._node(part.limit, "programme", (*path, "limit"), None)
            period = Period(
                read_day(part.from_) if part.from_ else None, read_day(part.until) if part.until else None
            )
            self._cumulated((*(part.over or ()), *(part.either or ()), *(part.or_ or ())), limit, path)
            found.append(
                Cumulation(
                    name,
                    self.part.rulebook,
                    self.part.force,
                    self._sourced(part.source),
                    tuple(part.over or part.either or ()),
                    limit,
                    tuple(part.or_ or ()),
                    period,
                    texts(part.title),
                )
            )
        return tuple(found)


def limited(part: CumulationPart) -> list[str]:
    """The advantages that a cumulation limits."""
    return [*(part.over or ()), *(part.either or ()), *(part.or_ or ())]
