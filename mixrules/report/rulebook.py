"""A rulebook in words, said from its typed tree: what the machine decides is what the jurist reads."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.message import Lang, format_date, say, term
from mixrules.message.catalogue import FAMILIES
from mixrules.report import appendix
from mixrules.report.line import WIDTH, lines
from mixrules.rulebook.model import Cumulation, Period, Rule, Rulebook, Source, text_in
from mixrules.rulebook.prose import Speaker


def render(book: Rulebook, lang: Lang, only: str = "") -> str:
    """A rulebook, or one of its rules, as text."""
    return "\n".join(_Writer(book, lang).lines(only)) + "\n"


class _Writer:
    def __init__(self, book: Rulebook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self.speaker = Speaker(lang, book.labels, book.inputs)

    def say(self, label: str, text: str, indent: int = 4) -> Iterator[str]:
        yield from lines(self.lang, label, text, indent)

    def lines(self, only: str) -> Iterator[str]:
        book = self.book
        title = text_in(book.title, self.lang)
        yield f"{book.id} – {title}"
        yield "═" * min(WIDTH, len(book.id) + len(title) + 3)
        yield from self.say("", term("force", book.force, self.lang), 0)
        yield from self.source(book.source, 0)
        if book.territory:
            yield from self.say(say("rulebook.territory_insee", self.lang), ", ".join(book.territory), 0)
        yield from self.say(say("rulebook.digest", self.lang), book.digest, 0)
        rules = [rule for rule in book.rules if only in {"", rule.id}]
        limits = [c for c in book.cumulations if only in {"", c.id, *c.over, *c.against}]
        for rule in rules:
            yield ""
            yield from self.rule(rule)
        for cumulation in limits:
            yield ""
            yield from self.cumulation(cumulation)
        yield from appendix.render(self.speaker, book, rules, limits, only)

    def source(self, source: Source, indent: int = 4) -> Iterator[str]:
        yield from appendix.source_lines(self.speaker, source, indent)

    def rule(self, rule: Rule) -> Iterator[str]:
        title = text_in(rule.title, self.lang) or rule.id
        yield f"{rule.id} – {title}"
        kind, scale = term("kind", rule.kind, self.lang), term("scale", rule.scope, self.lang)
        force = f", {term('force', rule.force, self.lang)}" if rule.force != self.book.force else ""
        yield f"    {kind}{force} – {say('rulebook.scale', self.lang)}{say('sign.colon', self.lang)}{scale}{self.period(rule.period)}"
        yield from self.source(rule.source)
        if rule.applies is not None:
            yield from self.say(say("rulebook.applies_when", self.lang), self.speaker.say(rule.applies))
        if rule.require is not None:
            label = (
                say("rulebook.if_head", self.lang)
                if rule.award is not None
                else say("rulebook.requires", self.lang)
            )
            yield from self.say(label, self.speaker.say(rule.require))
        yield from self.say(
            say("rulebook.rounding", self.lang),
            term("rounding", rule.rounding, self.lang) if rule.rounding in FAMILIES["rounding"] else "",
        )
        if rule.require is not None and rule.award is None and rule.when_empty != "undetermined":
            yield from self.say(
                say("rulebook.over_nothing", self.lang), term("when_empty", rule.when_empty, self.lang)
            )
        yield from self.award(rule)
        if rule.promise is not None:
            due = self.speaker.member("phase", rule.promise.due)
            yield from self.say(
                say("rulebook.evidence", self.lang),
                ", ".join(map(self.speaker.evidence, rule.promise.evidence)) + f" ({due})",
            )
        for override in rule.overrides:
            effect = say("rulebook.rule_set_aside", self.lang)
            if override.require is not None:
                effect = self.speaker.say(override.require)
            name = text_in(override.label, self.lang) or override.name
            when = self.speaker.say(override.when)
            yield from self.say(
                say("rulebook.exception", self.lang, name=name),
                f"{say('rulebook.if_lower', self.lang)} {when}, {effect} [{override.source.ref}]",
            )
        for question in rule.questions:
            ask = text_in(question.ask, self.lang)
            when = (
                f"{say('rulebook.if_lower', self.lang)} {self.speaker.say(question.when)} – "
                if question.when
                else ""
            )
            yield from self.say(say("rulebook.settle", self.lang), when + ask)

    def award(self, rule: Rule) -> Iterator[str]:
        award = rule.award
        if award is None:
            return
        yield from self.say(say("rulebook.grants", self.lang), grants(award.grants, self.lang))
        if award.choice != "one":
            yield from self.say(say("rulebook.choice", self.lang), term("choice", award.choice, self.lang))
        for step in award.steps:
            worth = self.speaker.say(step.rate or step.amount)  # type: ignore[arg-type]
            when = (
                say("rulebook.if_between", self.lang) + self.speaker.say(step.when)
                if step.when is not None
                else ""
            )
            label = (
                say("rulebook.rate", self.lang)
                if step.rate is not None
                else say("rulebook.amount", self.lang)
            )
            yield from self.say(f"{label}{f' ({step.name})' if step.name else ''}", worth + when)
        if award.base is not None:
            yield from self.say(say("rulebook.of_base", self.lang), self.speaker.say(award.base))
        for cap in award.caps:
            yield from self.say(say("rulebook.cap", self.lang, name=cap.name), self.speaker.say(cap.limit))
        if award.claimed is not None:
            yield from self.say(say("rulebook.compared", self.lang), self.speaker.say(award.claimed))
        yield from self.say(say("rulebook.kept", self.lang), text_in(award.kept_while, self.lang))

    def period(self, period: Period) -> str:
        if period.start is None and period.end is None:
            return ""
        words = []
        if period.start is not None:
            words.append(say("rulebook.since", self.lang) + format_date(period.start, self.lang))
        if period.end is not None:
            words.append(
                say("rulebook.until", self.lang)
                + format_date(period.end, self.lang)
                + say("rulebook.excluded", self.lang)
            )
        return " – " + " ".join(words)

    def cumulation(self, found: Cumulation) -> Iterator[str]:
        yield f"{found.id} – {text_in(found.title, self.lang) or say('rulebook.cumulation', self.lang)}{self.period(found.period)}"
        yield from self.source(found.source)
        names = ", ".join(found.over)
        if found.limit is not None:
            total = say("rulebook.total_most", self.lang, names=names)
            yield from self.say("", f"{total} {self.speaker.say(found.limit)}")
        else:
            other = ", ".join(found.against)
            yield from self.say("", say("rulebook.excludes", self.lang, names=names, other=other))


def grants(what: str, lang: Lang) -> str:
    """What an advantage grants: a word of the language of rules, or the name that the rulebook gives."""
    return term("grants", what, lang) if what in FAMILIES["grants"] else what.replace("_", " ")
