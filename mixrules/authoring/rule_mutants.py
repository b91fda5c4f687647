"""Mutants of rules and limits: their expressions, their exceptions, caps and questions, their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from mixrules.authoring.alteration import alterations
from mixrules.authoring.mutant import Mutant
from mixrules.authoring.slot import slots
from mixrules.message import format_date, say, term
from mixrules.rulebook.model import Cumulation, Period, Rule, Rulebook, Source, text_in
from mixrules.rulebook.prose import Speaker

DAY = timedelta(days=1)


def of_rules(book: Rulebook, speaker: Speaker) -> Iterator[Mutant]:
    """Every mutant of the rules of a rulebook, then of its limits across advantages."""
    for rule in book.rules:
        yield from _expressions(book, rule, speaker)
        yield from _removals(book, rule, speaker)
    yield from _dates(book, speaker)
    for limit in book.cumulations:
        yield from _limit(book, limit, speaker)


def name_of(rule: Rule, book: Rulebook, speaker: Speaker) -> str:
    """A rule's name, with the day of its version where there are several."""
    if sum(other.id == rule.id for other in book.rules) == 1 or rule.period.start is None:
        return rule.id
    since = say("mutant.version", speaker.lang)
    return f"{rule.id} ({since} {format_date(rule.period.start, speaker.lang)})"


def with_rule(book: Rulebook, old: Rule, new: Rule) -> Rulebook:
    """The rulebook with one version of a rule replaced."""
    return book.replace(rules=tuple(new if rule is old else rule for rule in book.rules))


def _expressions(book: Rulebook, rule: Rule, speaker: Speaker) -> Iterator[Mutant]:
    touched = frozenset({rule.id})
    for slot in slots(rule):
        part = term("slot", slot.part, speaker.lang) + (
            say("mutant.named", speaker.lang, name=slot.name) if slot.name else ""
        )
        where = f"{name_of(rule, book, speaker)}, {part}"
        for change in alterations(slot.node):
            before, after = worded(speaker, change.before, change.after)
            changed = with_rule(book, rule, slot.put(change.whole))
            yield Mutant(rule.id, change.kind, where, rule.line, before, after, changed, touched)


def worded(speaker: Speaker, before: Any, after: Any) -> tuple[str, str]:
    """A change in words; where both read alike, the trees themselves."""
    said = speaker.say(before), speaker.say(after)
    return said if said[0] != said[1] else (f"{said[0]} {before!r}", f"{said[1]} {after!r}")


# -- what is dropped -----------------------------------------------------------------------------------


def _removals(book: Rulebook, rule: Rule, speaker: Speaker) -> Iterator[Mutant]:
    where, touched = name_of(rule, book, speaker), frozenset({rule.id})
    gone = say("mutant.removed", speaker.lang)
    for before, changed in (*_without(rule, speaker), *_without_in_award(rule, speaker)):
        kept = with_rule(book, rule, changed)
        yield Mutant(rule.id, "removal", where, rule.line, before, gone, kept, touched)


def _without(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, Rule]]:
    for index, override in enumerate(rule.overrides):
        label = text_in(override.label, speaker.lang) or override.name
        said = say("mutant.exception", speaker.lang, label=label)
        yield said, rule.replace(overrides=_drop(rule.overrides, index))
    for index, question in enumerate(rule.questions):
        said = say("mutant.question", speaker.lang) + text_in(question.ask, speaker.lang)
        yield said, rule.replace(questions=_drop(rule.questions, index))
    if rule.promise is not None and len(rule.promise.evidence) > 1:
        for index, name in enumerate(rule.promise.evidence):
            kept = rule.promise.replace(evidence=_drop(rule.promise.evidence, index))
            yield speaker.evidence(name), rule.replace(promise=kept)


def _without_in_award(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, Rule]]:
    award = rule.award
    if award is None:
        return
    for index, cap in enumerate(award.caps):
        said = say("mutant.cap", speaker.lang, name=cap.name)
        yield said, rule.replace(award=award.replace(caps=_drop(award.caps, index)))
    if len(award.steps) > 1:
        for index, step in enumerate(award.steps):
            said = say("mutant.step", speaker.lang, name=step.name)
            yield said, rule.replace(award=award.replace(steps=_drop(award.steps, index)))


def _drop(items: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return (*items[:index], *items[index + 1 :])


# -- dates ---------------------------------------------------------------------------------------------


def _dates(book: Rulebook, speaker: Speaker) -> Iterator[Mutant]:
    for name in dict.fromkeys(rule.id for rule in book.rules):
        versions = [rule for rule in book.rules if rule.id == name]
        for day in turning_days(rule.period for rule in versions):
            before = [_substance(rule) for rule in versions if rule.period.end == day]
            after = [_substance(rule) for rule in versions if rule.period.start == day]
            if before == after:
                continue
            for step in (-DAY, DAY):
                yield _moved(book, versions, day, step, speaker)


def _moved(book: Rulebook, versions: list[Rule], day: date, step: timedelta, speaker: Speaker) -> Mutant:
    def move(rule: Rule) -> Rule:
        return rule.replace(period=shifted(rule.period, day, step)) if rule in versions else rule

    where = versions[0].id + say("mutant.coming_into_out_force", speaker.lang)
    line = next((r.line for r in versions if day in {r.period.start, r.period.end}), versions[0].line)
    said = format_date(day, speaker.lang), format_date(day + step, speaker.lang)
    changed = book.replace(rules=tuple(move(rule) for rule in book.rules))
    name = versions[0].id
    return Mutant(name, "date", where, line, *said, changed, frozenset({name}))


def turning_days(periods: Iterable[Period]) -> list[date]:
    """The days on which a version starts or ends."""
    return sorted({day for period in periods for day in (period.start, period.end) if day is not None})


def shifted(period: Period, day: date, step: timedelta) -> Period:
    """A period of which one bound has moved."""
    start = day + step if period.start == day else period.start
    end = day + step if period.end == day else period.end
    return Period(start, end)


def _substance(rule: Rule) -> Rule:
    """What a version decides, apart from where it comes from."""
    plain = tuple(override.replace(source=Source(), label=()) for override in rule.overrides)
    return rule.replace(source=Source(), period=Period(), title=(), line=0, overrides=plain)


# -- limits across advantages --------------------------------------------------------------------------


def _limit(book: Rulebook, limit: Cumulation, speaker: Speaker) -> Iterator[Mutant]:
    bound = frozenset({limit.id, *limit.over, *limit.against})

    def with_limit(new: Cumulation) -> Rulebook:
        return book.replace(cumulations=tuple(new if c is limit else c for c in book.cumulations))

    if limit.limit is not None:
        for change in alterations(limit.limit):
            said = worded(speaker, change.before, change.after)
            altered = with_limit(limit.replace(limit=change.whole))
            yield Mutant(limit.id, change.kind, limit.id, 0, *said, altered, bound)
    gone = say("mutant.taken_out_limit", speaker.lang)
    for field in ("over", "against"):
        names = getattr(limit, field)
        for index, name in enumerate(names if len(names) > 1 else ()):
            changed = limit.replace(**{field: _drop(names, index)})
            yield Mutant(limit.id, "removal", limit.id, 0, name, gone, with_limit(changed), bound)
    bounded = [rule for rule in book.rules if rule.id in bound]
    for day in turning_days([limit.period]):
        for step in (-DAY, DAY):
            if not any(rule.period.holds(min(day, day + step)) for rule in bounded):
                continue
            said = format_date(day, speaker.lang), format_date(day + step, speaker.lang)
            period = shifted(limit.period, day, step)
            moved = with_limit(limit.replace(period=period))
            yield Mutant(limit.id, "date", limit.id, 0, *said, moved, bound)
