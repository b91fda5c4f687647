"""What was looked up in reference tables, in words: for a decision as a whole, and for each rule that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from mixrules.engine.decision import Advantage, Bilingual, Finding, Reference
from mixrules.engine.statement.common import LANGS, both
from mixrules.engine.supplement import Borrowed
from mixrules.message import Lang, format_quantity, listed, say
from mixrules.programme.category import CATEGORIES
from mixrules.programme.vocabulary import FieldName
from mixrules.quantity import in_unit
from mixrules.rulebook.model import text_in

Stated = TypeVar("Stated", Finding, Advantage)


def state(looked_up: Iterable[tuple[Borrowed, date]]) -> list[Reference]:
    """Every value looked up, once, with the days of the law for which it was."""
    days: dict[tuple[str, str], tuple[Borrowed, list[date]]] = {}
    for borrowed, day in looked_up:
        days.setdefault((borrowed.field.path, borrowed.table.id), (borrowed, []))[1].append(day)
    return [_reference(borrowed, sorted(held)) for _, (borrowed, held) in sorted(days.items())]


def named(part: Stated, read: frozenset[str], borrowed: Sequence[Borrowed]) -> Stated:
    """A finding or an advantage that says which of the values its rule reads come from a table."""
    taken = [one for one in borrowed if one.field.path in read and not one.contradicts]
    if not taken:
        return part
    tables = sorted({one.table.id for one in taken})
    return part.replace(references=tables, explanation=_told(part.explanation, taken))


def _told(explanation: Bilingual, taken: Sequence[Borrowed]) -> Bilingual:
    return {lang: " ".join([explanation[lang], *(_short(one, lang) for one in taken)]) for lang in LANGS}


def _reference(borrowed: Borrowed, days: list[date]) -> Reference:
    table, period = borrowed.table, borrowed.column.period
    assert period.start is not None
    assert period.end is not None
    label = borrowed.field.label
    return Reference(
        field=borrowed.field.path,
        label={lang: label.of(lang) for lang in LANGS},
        status="contradicted" if borrowed.contradicts else "taken",
        value=written(borrowed.field, borrowed.value),
        given=written(borrowed.field, borrowed.given) if borrowed.contradicts else None,
        commune=borrowed.commune,
        dates=[day.isoformat() for day in days],
        table=table.id,
        title=both(table.title),
        vintage=both(table.vintage),
        source=table.source.ref,
        licence=table.licence,
        since=period.start.isoformat(),
        until=period.end.isoformat(),
        digest=table.digest,
        explanation={lang: _sentence(borrowed, lang) for lang in LANGS},
    )


def written(field: FieldName, value: object) -> str:
    """A value as a decision writes it: exact, by the names of the vocabulary."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Fraction):
        return in_unit(value, "ratio" if field.unit == "%" else field.unit)
    return "|".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def said(field: FieldName, value: object, lang: Lang) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return say("word.yes", lang) if value else say("word.no", lang)
    if isinstance(value, int | Fraction):
        return format_quantity(value, field.unit, lang)
    if isinstance(value, frozenset):
        labels = CATEGORIES[field.category].members
        return listed([labels[name][LANGS.index(lang)] for name in sorted(value)], lang, "or")
    return say("word.none", lang) if value == "none" else str(value)


def _short(borrowed: Borrowed, lang: Lang) -> str:
    return say(
        "statement.refers",
        lang,
        label=_label(borrowed, lang),
        value=said(borrowed.field, borrowed.value, lang),
        table=borrowed.table.id,
        vintage=text_in(borrowed.table.vintage, lang),
    )


def _sentence(borrowed: Borrowed, lang: Lang) -> str:
    value, label = said(borrowed.field, borrowed.value, lang), _label(borrowed, lang)
    origin = _origin(borrowed, lang)
    if borrowed.contradicts:
        given = said(borrowed.field, borrowed.given, lang)
        return say("statement.contradicts_table", lang, label=label, given=given, value=value, origin=origin)
    return say("statement.taken_from_table", lang, label=label, value=value, origin=origin)


def _origin(borrowed: Borrowed, lang: Lang) -> str:
    table, period = borrowed.table, borrowed.column.period
    return say(
        "statement.origin",
        lang,
        title=text_in(table.title, lang),
        vintage=text_in(table.vintage, lang),
        source=table.source.ref,
        end=period.end,
        commune=borrowed.commune,
    )


def _label(borrowed: Borrowed, lang: Lang) -> str:
    text = borrowed.field.label.of(lang)
    return text[:1].upper() + text[1:]
