"""When the sheet may answer: one programme, rows within its reach, the law of the day that it was made for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openpyxl.utils import get_column_letter

from mixrules.message import term
from mixrules.programme.layout import PROGRAMME_SHEET, tables
from mixrules.programme.vocabulary import fields
from mixrules.rulebook.model import BINDING, Rulebook
from mixrules.rulebook.tree import Dated
from mixrules.rulebook.walk import expressions, walk
from mixrules.workbook.live.formula import EPOCH, UNKNOWN, Number
from mixrules.workbook.live.ledger import FIRST
from mixrules.workbook.live.places import FIELDS, UNCOUNTED, Places

FARTHEST = 20_000
"""The last row in which forgotten dwellings are looked for."""
TOTALS = ("total*", "totaux*", "sous?total*", "s?total*", "subtotal*")
DATES = ("dates.certificate", "dates.filing", "dates.decision")
FREEZES = ("dates.subdivision", "dates.subdivision_declared", "dates.refusal", "dates.initial_permit")
"""Dates that may keep the rules of a past day (C. urb., art. L. 442-14, L. 600-2, L. 431-6)."""


def of_file(places: Places) -> list[tuple[str, str]]:
    """What would make the sheet's answer unsure: a condition that must hold, and what to say where it does not."""
    root = places.root

    def said(name: str) -> str:
        return term("board", name, places.inputs.lang)

    found = [
        (root.cell("un seul programme", _alone(places)), said("alone")),
        (
            root.cell("aucun total déclaré", _nothing_declared(places)),
            said("declared"),
        ),
        (
            root.cell("lignes à portée", _within_reach(places)),
            said("reach"),
        ),
        (
            root.cell("aucun total", _no_totals(places)),
            said("totals"),
        ),
    ]
    unread = [f'AND({typed}<>"",{day.num}="{UNKNOWN}")' for typed, day in (_date(places, p) for p in DATES)]
    found.append((root.cell("dates lisibles", f"IF(OR({','.join(unread)}),0,1)"), said("dates")))
    return found


def _alone(places: Places) -> str:
    # Where no column stands at all, LibreOffice counts the cells of the last one: COUNTA would not do.
    others = [f"SUMPRODUCT(--(LEN({places.inputs.sheet(PROGRAMME_SHEET)}!$D$1:$Z$200)>0))=0"]
    for table in tables():
        if table.per_programme:
            letter = get_column_letter(len(table.columns) + 1)
            others.append(
                f"COUNTA({places.inputs.sheet(table.sheet)}!${letter}${FIRST}:${letter}${FARTHEST})=0"
            )
    return f"IF(AND({','.join(others)}),1,0)"


def _nothing_declared(places: Places) -> str:
    declared = next(table for table in tables() if table.field == "declared")
    letter = get_column_letter(len(declared.columns))
    return f"IF(COUNTA({places.inputs.sheet(declared.sheet)}!$A${FIRST}:${letter}${FARTHEST})=0,1,0)"


def _within_reach(places: Places) -> str:
    beyond = []
    for table in tables():
        item = next((item for item, field in FIELDS.items() if field == table.field), None)
        if item is not None:
            last = places.rows(item).last
            beyond.append(f"COUNTA({places.inputs.sheet(table.sheet)}!$A${last + 1}:$AZ${FARTHEST})=0")
    return f"IF(AND({','.join(beyond)}),1,0)"


def _no_totals(places: Places) -> str:
    """A total would count as one more dwelling; a « néant » spelled otherwise, too."""
    counts = []
    for table in tables():
        item = next((item for item, field in FIELDS.items() if field == table.field), None)
        if item is None:
            continue
        rows = places.rows(item)
        area = f"{places.inputs.sheet(table.sheet)}!$A${FIRST}:$F${rows.last}"
        first = f"{places.inputs.sheet(table.sheet)}!$A${FIRST}:$A${rows.last}"
        counts += [f'COUNTIF({area},"{word}")' for word in TOTALS]
        counts += [
            f'COUNTIF({first},"*objet*")+COUNTIF({first},"*n?ant*")-SUM({rows.range(places.nothing(item))})'
        ]
        counts.append(f"COUNTIF({rows.range(places.weight(item))},{UNCOUNTED})")
    return f"IF({'+'.join(f'MAX(0,{count})' for count in counts)}=0,1,0)"


def _date(places: Places, path: str) -> tuple[str, Number]:
    typed = places.inputs.typed(path)
    value = places.inputs.field(places.root, typed, fields()[path])
    assert isinstance(value, Number)
    return typed, value


def of_law(places: Places, book: Rulebook, day: date) -> str:
    """Whether the law of the file's dates is the one in these formulas; a file without dates takes that of the day.

    A certificate with a date of filing is settled either way; what else may freeze the rules is left to mixrules.
    """
    first, last = unchanged(book, day)
    certificate, filing, decision = (_date(places, path)[1].num for path in DATES)

    def held(law: str) -> str:
        return f"AND({law}>={first.toordinal() - EPOCH},{law}<{last.toordinal() - EPOCH})"

    conditions = [held(f"IF(ISNUMBER({decision}),{decision},{day.toordinal() - EPOCH})")]
    if book.force in BINDING:
        conditions.append(f"IF(ISNUMBER({certificate}),AND(ISNUMBER({filing}),{held(certificate)}),TRUE)")
        conditions += [f'TRIM({places.inputs.typed(path)}&"")=""' for path in FREEZES]
    return places.root.cell(f"{book.id} : droit inchangé", f"IF(AND({','.join(conditions)}),1,0)")


def unchanged(book: Rulebook, day: date) -> tuple[date, date]:
    """The days around one on which the rulebook says the same: from the first, until the second."""
    turns = sorted(set(_turns(book)))
    before = [turn for turn in turns if turn <= day]
    after = [turn for turn in turns if turn > day]
    return (before[-1] if before else date(1900, 3, 1)), (after[0] if after else date(2200, 1, 1))


def _turns(book: Rulebook) -> Iterator[date]:
    periods = [rule.period for rule in book.rules] + [c.period for c in book.cumulations]
    periods += [version.period for parameter in book.parameters.values() for version in parameter.versions]
    for period in periods:
        yield from (turn for turn in (period.start, period.end) if turn is not None)
    for rule in book.rules:
        for node in expressions(rule):
            for part in walk(node):
                if isinstance(part, Dated):
                    yield from (date.fromordinal(start) for start, _ in part.versions)
