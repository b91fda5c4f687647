"""How an import is shown: what each column was taken for and how surely, what is asked, what is left aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mixrules.message import Lang, Problem, say, term
from mixrules.programme.foreign.lexicon import Trust
from mixrules.programme.foreign.mapping import IGNORE
from mixrules.programme.layout import entries_of
from mixrules.programme.model import Dwelling

if TYPE_CHECKING:
    from mixrules.programme.foreign.finding import Question
    from mixrules.programme.foreign.reading import Understanding
    from mixrules.programme.foreign.settling import Settled
    from mixrules.programme.foreign.table import FoundTable


def render(understood: Understanding, lang: Lang) -> str:
    """The tables found with their columns, the labelled values, then what is told."""
    lines: list[str] = []
    for table in understood.tables:
        lines += [_head(table, lang), *_columns(table, lang)]
    if understood.labels:
        lines.append(say("import.values_programme", lang))
        lines += [f"  {p.place}  {p.label} → {p.field} = {p.value}" for p in understood.labels.values()]
    notes = understood.draft.notes
    if notes:
        lines.append(say("import.worth_knowing", lang))
        lines += [f"  • {note.render(lang)}" for note in notes]
    return "\n".join(lines) + "\n"


def _head(table: FoundTable, lang: Lang) -> str:
    lines = len(table.records)
    where = f"{table.grid.sheet or table.grid.file} ({table.place})"
    return say("import.lines_read", lang, where=where, lines=lines)


def _columns(table: FoundTable, lang: Lang) -> list[str]:
    rows = [_row(table, settled, lang) for settled in table.columns]
    widths = [min(40, max(len(row[i]) for row in rows)) for i in range(3)]
    return [
        "  "
        + "  ".join(text[:40].ljust(width) for text, width in zip(row, widths, strict=False))
        + f"  {row[3]}"
        for row in rows
    ]


def _row(table: FoundTable, settled: Settled, lang: Lang) -> tuple[str, str, str, str]:
    place = table.grid.place(settled.column.row, settled.index)
    address = place.cell or f"{place.line}:{place.column}"
    meaning = f"→ {_meaning(settled, lang)}"
    samples = f"({', '.join(settled.samples)})" if settled.samples else ""
    trust = "" if settled.target == IGNORE else _trust(settled.trust, lang)
    return f"{address} {say('sign.quoted', lang, text=settled.column.title)}", meaning, trust, samples[:60]


def _trust(trust: Trust, lang: Lang) -> str:
    if trust is Trust.NONE:
        return ""
    return say("import.sure", lang) if trust is Trust.SURE else say("import.to_confirm", lang)


def _meaning(settled: Settled, lang: Lang) -> str:
    context = ", ".join(settled.column.context.values())
    name = settled.target
    labels = {entry.path[-1]: entry.label.of(lang) for entry in entries_of(Dwelling)}
    words = labels.get(name) or term(
        "column_target", name if name in {"programme", "total"} else "none", lang
    )
    return f"{words} [{context}]" if context else words


def questions(asked: Sequence[Question], lang: Lang) -> str:
    """What must be answered before there is a programme."""
    count = len(asked)
    head = say("import.questions", lang, count=count)
    return "\n".join([head, *(f"  ? {question.problem.render(lang)}" for question in asked)]) + "\n"


def refusal(file: str, problems: Sequence[Problem], lang: Lang) -> str:
    """Why a file cannot be imported."""
    head = say("import.cannot_imported", lang, file=file)
    return "\n".join([head, *(f"  • {problem.render(lang)}" for problem in problems)]) + "\n"
