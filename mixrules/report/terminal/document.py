"""The whole report: the verdict first, then the findings by force, the advantages and the price, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from mixrules.engine.decision import Decision
from mixrules.message import Lang, format_date
from mixrules.report.terminal.closing import closing
from mixrules.report.terminal.findings import findings
from mixrules.report.terminal.gains import advantages, land_price
from mixrules.report.terminal.screen import Screen, paper, shown
from mixrules.report.terminal.sheet import MARKS, Sheet, cells
from mixrules.rulebook.model import BINDING

if TYPE_CHECKING:
    from mixrules.programme.reading import Reading


def render(
    decision: Decision,
    lang: Lang,
    reading: Reading | None = None,
    screen: Screen | None = None,
    *,
    detail: bool = False,
) -> str:
    """The whole report as text.

    Args:
        decision: what was decided.
        lang: the language of the report.
        reading: the file that was read, for its cells and its notes.
        screen: where it is shown; without one, as a file of text.
        detail: also why rules do not apply.
    """
    screen = screen or paper()
    text = "\n".join(_lines(Sheet(lang, screen), decision, reading, detail=detail)) + "\n"
    return shown(text, screen.encoding)


def _lines(sheet: Sheet, decision: Decision, reading: Reading | None, *, detail: bool) -> Iterator[str]:
    yield from _head(sheet, decision)
    # Ceilings on the land price have a section of their own.
    found = [f for f in decision.findings if f.kind != "ceiling"]
    yield from findings(sheet, "binding", [f for f in found if f.force in BINDING], detail=detail)
    yield from advantages(sheet, decision, detail=detail)
    yield from land_price(sheet, decision)
    yield from findings(sheet, "voluntary", [f for f in found if f.force not in BINDING], detail=detail)
    yield from closing(sheet, decision, reading)


def _head(sheet: Sheet, decision: Decision) -> Iterator[str]:
    """Which verdict, on which file, under which law."""
    mark, style = MARKS[decision.verdict]
    yield sheet.paint(f"{mark} {sheet.say(decision.verdict)}", style, bold=True)
    yield from sheet.wrapped(sheet.say("verdict_note"), 2)
    yield ""
    title = decision.programme.title.get(sheet.lang, "")
    programme = f"{title} ({decision.programme.id})" if title else decision.programme.id
    day = _day(sheet, decision.law_date.date)
    law = [f"{sheet.say('at')} {day} – {decision.law_date.because[sheet.lang]}"]
    if decision.law_date.agreements != decision.law_date.date:
        law.append(f"{sheet.say('agreements')} {_day(sheet, decision.law_date.agreements)}")
        law += [
            f"{book.id}{sheet.colon}{sheet.say('at')} {_day(sheet, book.law_date)}"
            for book in decision.rulebooks
            if book.law_date not in (decision.law_date.date, decision.law_date.agreements)
        ]
    names = decision.evaluators
    agreed = f"{' + '.join(names)} ({sheet.say('agree')})" if len(names) > 1 else sheet.say("alone")
    yield from _labelled(sheet, [("dossier", [programme]), ("law", law), ("evaluators", [agreed])])


def _labelled(sheet: Sheet, told: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Labels in a column and their texts beside them."""
    indent = max(cells(sheet.say(key)) for key, _ in told) + 2
    for key, texts in told:
        label = sheet.say(key)
        for text in texts:
            yield from sheet.wrapped(text, indent, label + " " * (indent - cells(label)))
            label = ""


def _day(sheet: Sheet, text: str) -> str:
    return format_date(date.fromisoformat(text), sheet.lang)
