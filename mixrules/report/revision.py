"""What changed in a rulebook between two days, in words: as a lawyer sets two versions of a text side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mixrules.authoring.revision import DefinitionChange, Difference, ParameterChange, Revision, RuleChange
from mixrules.message import Lang, format_date, say, term
from mixrules.message.catalogue import FAMILIES
from mixrules.message.wording import word
from mixrules.report.contrast import becomes, contrast, named
from mixrules.report.line import WIDTH, lines
from mixrules.rulebook.model import Cumulation, Override, Promise, Question, Rule, Source, text_in
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.row_prose import say_row

NAMED = {"kind", "force", "scope", "rounding", "when_empty", "grants"}
"""Parts whose value is a word of the language of rules."""


def render(revision: Revision, lang: Lang, only: str = "") -> str:
    """A revision as text."""
    return "\n".join(_Page(revision, lang).lines(only)) + "\n"


class _Page:
    def __init__(self, revision: Revision, lang: Lang) -> None:
        self.revision, self.lang = revision, lang
        self.speaker = Speaker(lang, revision.book.labels, revision.book.inputs)

    def say(self, label: str, text: str, indent: int = 6) -> Iterator[str]:
        return lines(self.lang, label, text, indent)

    def day(self, day: date) -> str:
        return format_date(day, self.lang)

    def lines(self, only: str) -> Iterator[str]:
        r = self.revision
        name = r.book.id + (f"/{only}" if only else "")
        head = f"{name} – " + say(
            "revision.from_to", self.lang, day=self.day(r.before), day_2=self.day(r.after)
        )
        yield head
        yield "═" * min(WIDTH, len(head))
        yield from self.moved(r.gone, say("revision.no_longer_holds", self.lang))
        yield from self.moved(r.appeared, say("revision.appears", self.lang))
        for change in r.changed:
            yield ""
            yield from self.rule(change)
        for definition in r.definitions:
            yield ""
            yield from self.definition(definition)
        for parameter in r.parameters:
            yield ""
            yield from self.parameter(parameter)
        yield ""
        yield self.unchanged()

    def unchanged(self) -> str:
        rules, values = self.revision.same_rules, self.revision.same_parameters
        told = [
            say("revision.same_rules", self.lang, count=rules),
            say("revision.same_parameters", self.lang, count=values),
        ]
        return say("revision.unchanged", self.lang, told=", ".join(told))

    def moved(self, items: tuple[Rule | Cumulation, ...], word: str) -> Iterator[str]:
        """Rules and limits that appear or go, each with its day, its source and what it asks."""
        for item in items:
            yield ""
            title = text_in(item.title, self.lang) or item.id
            gone = item in self.revision.gone
            day = item.period.end if gone else item.period.start
            since = ""
            if day is not None:
                since = say("revision.on_day", self.lang, day=self.day(day))
            yield from self.say("", f"{word}{since}{say('sign.colon', self.lang)}{item.id} – {title}", 0)
            yield from self.say(say("revision.source", self.lang), item.source.ref, 4)
            yield from self.asked(item)

    def asked(self, item: Rule | Cumulation) -> Iterator[str]:
        if isinstance(item, Cumulation):
            if item.limit is not None:
                limit = self.speaker.say(item.limit)
                yield from self.say(say("revision.limit", self.lang), f"{', '.join(item.over)} ≤ {limit}", 4)
            return
        if item.applies is not None:
            yield from self.say(say("revision.applies_when", self.lang), self.speaker.say(item.applies), 4)
        if item.require is not None:
            word = (
                say("revision.if_head", self.lang)
                if item.award is not None
                else say("revision.requires", self.lang)
            )
            yield from self.say(word, self.speaker.say(item.require), 4)
        for step in item.award.steps if item.award is not None else ():
            node = step.rate or step.amount
            word = (
                say("revision.rate", self.lang)
                if step.rate is not None
                else say("revision.amount", self.lang)
            )
            if node is not None:
                yield from self.say(word, self.speaker.say(node), 4)

    # -- a rule that says otherwise --------------------------------------------------------------------

    def rule(self, change: RuleChange) -> Iterator[str]:
        title = text_in(change.after.title, self.lang) or change.after.id
        start = change.after.period.start
        since = say("revision.since", self.lang, day=self.day(start)) if start else ""
        yield from self.say(
            "",
            f"{say('revision.changes', self.lang)}{since}{say('sign.colon', self.lang)}{change.after.id} – {title}",
            0,
        )
        substance = [d for d in change.differences if d.part != "source"]
        if not substance:
            yield from self.say("", say("revision.same_substance_new_source", self.lang), 4)
        for difference in change.differences:
            yield from self.difference(difference)
        yield from self.glossary(change)

    def difference(self, found: Difference) -> Iterator[str]:
        label = term("part", found.part, self.lang)
        if found.name:
            label += say("revision.named", self.lang, name=found.name)
        for text in self.texts(found):
            yield from self.say(label, text, 4)

    def texts(self, found: Difference) -> Iterator[str]:
        one, two = found.before, found.after
        if found.part in NAMED:
            yield becomes(self.speaker, *(self.named(found.part, value) for value in (one, two)))
        elif isinstance(one, Source) and isinstance(two, Source):
            yield from self.source(one, two)
        elif isinstance(one, Override) and isinstance(two, Override):
            yield from self.exception(one, two)
        elif one is None or two is None:
            word = say("revision.added", self.lang) if one is None else say("revision.removed", self.lang)
            yield f"{word}{say('sign.colon', self.lang)}{self.whole(two if one is None else one)}"
        elif isinstance(one, Question):
            yield becomes(self.speaker, self.whole(one), self.whole(two))
        elif hasattr(one, "type"):
            yield from contrast(self.speaker, one, two)
        else:
            yield becomes(self.speaker, self.whole(one), self.whole(two))

    def named(self, part: str, value: Any) -> str:
        family = "scale" if part == "scope" else part
        known = value in FAMILIES[family]
        return term(family, value, self.lang) if known else str(value) or "–"

    def exception(self, one: Override, two: Override) -> Iterator[str]:
        yield from contrast(self.speaker, one.when, two.when)
        if one.require != two.require:
            yield becomes(self.speaker, *(self.effect(o) for o in (one, two)))

    def effect(self, override: Override) -> str:
        if override.require is None:
            return say("revision.rule_set_aside", self.lang)
        return self.speaker.say(override.require)

    def whole(self, value: Any) -> str:
        """What was added or removed, in full."""
        if isinstance(value, Override):
            label = text_in(value.label, self.lang)
            said = f"{say('revision.on_condition', self.lang)} {self.speaker.say(value.when)}, {self.effect(value)} [{value.source.ref}]"
            return f"{label} – {said}" if label else said
        if isinstance(value, Question):
            when = (
                f"{say('revision.on_condition', self.lang)} {self.speaker.say(value.when)} – "
                if value.when
                else ""
            )
            return when + text_in(value.ask, self.lang)
        if isinstance(value, Promise):
            due = self.speaker.member("phase", value.due)
            return f"{', '.join(map(self.speaker.evidence, value.evidence))} ({due})"
        if isinstance(value, tuple):
            return text_in(value, self.lang) or "–"
        if isinstance(value, bool):
            return say("word.yes", self.lang) if value else say("word.no", self.lang)
        return self.speaker.say(value) if hasattr(value, "type") else str(value)

    def source(self, one: Source, two: Source) -> Iterator[str]:
        read = [
            s.ref + (say("revision.read_on", self.lang, date=s.date) if s.date else "") for s in (one, two)
        ]
        if read[0] != read[1]:
            yield becomes(self.speaker, *read)
        if one.quote != two.quote and two.quote:
            yield say("revision.quote", self.lang, quote=two.quote)
        if one.certainty != two.certainty and two.certainty:
            yield say("revision.certainty", self.lang) + word(two.certainty, self.lang)
        if one.note != two.note and two.note:
            yield say("revision.note", self.lang) + text_in(two.note, self.lang)

    def glossary(self, change: RuleChange) -> Iterator[str]:
        """What the definitions mean that only one of the versions names."""
        was, now = (named(_nodes(change, side)) for side in ("before", "after"))
        for name, node in {**was, **now}.items():
            if (name in was) != (name in now) and hasattr(node, "body"):
                said = say("revision.quoted", self.lang, node=self.speaker.say(node))
                yield from self.say(said, self.speaker.say(node.body), 6)

    # -- what rules read -------------------------------------------------------------------------------

    def definition(self, change: DefinitionChange) -> Iterator[str]:
        word = say("revision.changes_definition", self.lang)
        yield from self.say(word, f"{change.node.name}, {self.speaker.say(change.node)}", 0)
        yield from self.say(say("revision.read_by", self.lang), ", ".join(change.readers), 4)
        if change.before is None or change.after is None:
            body = change.after or change.before
            came = (
                say("revision.parameter_appears", self.lang)
                if change.before is None
                else say("revision.parameter_goes", self.lang)
            )
            yield from self.say(came, self.speaker.say(body) if body is not None else "", 4)
            return
        for text in contrast(self.speaker, change.before, change.after):
            yield from self.say("", text, 4)

    def parameter(self, change: ParameterChange) -> Iterator[str]:
        found = change.parameter
        label = text_in(found.label, self.lang)
        name = f"{found.name}, {label}" if label else found.name
        yield from self.say(say("revision.changes_parameter", self.lang), name, 0)
        for before, after in change.rows:
            row = after or before
            assert row is not None
            key, _ = say_row(found, row, self.speaker)
            values = [say_row(found, r, self.speaker)[1] if r is not None else None for r in (before, after)]
            yield from self.say(key, self.value(*values), 4)
        one, two = change.source
        if one is not None and two is not None and one != two:
            for text in self.source(one, two):
                yield from self.say(say("revision.source_lower", self.lang), text, 4)

    def value(self, before: str | None, after: str | None) -> str:
        if before is None:
            return say("revision.no_value_before", self.lang, after=after)
        if after is None:
            return say("revision.no_value_any_more", self.lang, before=before)
        return f"{before} → {after}"


def _nodes(change: RuleChange, side: str) -> list[Any]:
    found = []
    for difference in change.differences:
        value = getattr(difference, side)
        nodes = [value.when, value.require] if isinstance(value, Override) else [value]
        found += [node for node in nodes if hasattr(node, "type")]
    return found
