"""The end of a report: what is missing, what contradicts, what was looked up, and the digests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mixrules.engine.decision import Advantage, Decision, Finding, Missing
from mixrules.programme.location import Locator
from mixrules.report.terminal.sheet import Sheet

if TYPE_CHECKING:
    from mixrules.programme.reading import Reading


def closing(sheet: Sheet, decision: Decision, reading: Reading | None) -> Iterator[str]:
    """Everything after the findings."""
    yield from _missing(sheet, decision, Locator(reading))
    yield from _contradictions(sheet, decision)
    yield from _references(sheet, decision)
    notes = [note.render(sheet.lang) for note in reading.notes] if reading is not None else []
    if notes:
        yield from sheet.title(sheet.say("notes"))
        for note in notes:
            yield from sheet.wrapped(note, 5, "   • ")
    if decision.unexamined:
        yield from sheet.title(sheet.say("unexamined"))
        yield from sheet.wrapped(", ".join(decision.unexamined), 3)
    yield from _digests(sheet, decision)


def _missing(sheet: Sheet, decision: Decision, locator: Locator) -> Iterator[str]:
    """Each missing field once, with the cells where it can be filled in."""
    wanted: dict[tuple[str, str], tuple[Missing, set[str]]] = {}
    parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    for part in parts:
        for gap in part.missing:
            _, places = wanted.setdefault((gap.owner, gap.field), (gap, set()))
            places.update(gap.where)
    questions = list(dict.fromkeys(q[sheet.lang] for p in parts for q in p.questions))
    if not wanted and not questions:
        return
    yield from sheet.title(sheet.say("missing"))
    for gap, places in wanted.values():
        cells = locator.cells(gap.field, sorted(places))
        many = max(gap.count, len(places))
        count = f" (×\u00a0{many})" if many > 1 else ""
        where = f"{sheet.colon}{_few(cells)}" if cells else ""
        yield from sheet.wrapped(f"{gap.label[sheet.lang]}{count}{where}", 5, "   • ")
    for question in questions:
        yield from sheet.wrapped(question, 5, "   • ")


def _few(cells: list[str]) -> str:
    return ", ".join(cells[:8]) + (" …" if len(cells) > 8 else "")


def _contradictions(sheet: Sheet, decision: Decision) -> Iterator[str]:
    """Totals that contradict their parts."""
    if decision.contradictions:
        yield from sheet.title(sheet.say("contradictions"))
    for found in decision.contradictions:
        yield from sheet.wrapped(found.explanation[sheet.lang], 5, "   ! ")


def _references(sheet: Sheet, decision: Decision) -> Iterator[str]:
    """What was looked up in reference tables, what the file contradicts first."""
    if decision.references:
        yield from sheet.title(sheet.say("references"))
    for found in sorted(decision.references, key=lambda r: r.status):
        mark = "!" if found.status == "contradicted" else "•"
        text = f"{found.explanation[sheet.lang]} {found.table} {found.digest[7:15]}"
        yield from sheet.wrapped(text, 5, f"   {mark} ")


def _digests(sheet: Sheet, decision: Decision) -> Iterator[str]:
    """What was decided, under which rulebooks."""
    yield ""
    books = ", ".join(f"{book.id} {book.digest[7:15]}" for book in decision.rulebooks)
    text = (
        f"{sheet.say('digests')}{sheet.colon}{sheet.say('programme')} {decision.programme.digest[7:19]} · "
        f"{sheet.say('exact')} {decision.digest[7:19]} · {books}"
    )
    yield from sheet.soft(sheet.wrapped(text, 2))
