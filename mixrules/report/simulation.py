"""How a simulation is shown: verdicts that flip, dwellings, bonuses and land prices; by commune and year."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mixrules.message import Lang, say, term
from mixrules.message.number import format_number, format_quantity
from mixrules.message.wording import finding_status, word
from mixrules.quantity import canonical
from mixrules.report.typography import typeset, visible
from mixrules.territory.simulation.simulation import Simulated
from mixrules.territory.simulation.tally import Effects, Shift, Tally

VERDICTS = ("compliant", "non-compliant", "undetermined")
BAR = 40
"""Signs of a bar in the terminal."""
SIGNS = dict(zip(VERDICTS, "█▒░", strict=True))
HEADS = ("missing", "granted", "ceilings")
"""What shifts, in the order in which it is shown."""

Names = Callable[[str], str]
"""The words for a rule, by its key."""


def render(found: Simulated, names: Names, lang: Lang) -> str:
    """The simulation as text."""
    lines = [_title(found, lang), ""]
    lines += list(_bars(found, lang))
    for effects in found.effects:
        lines += ["", *_scenario(effects, names, lang)]
    if found.one_by_one:
        lines += ["", say("simulation.one_by_one", lang, count=found.one_by_one)]
    if found.left_out:
        lines += ["", say("simulation.left_out", lang, many=len(found.left_out))]
        lines += [f"  • {visible(name)}: {visible(why)}" for name, why in found.left_out[:10]]
    text = "\n".join(lines) + "\n"
    return typeset(text, lang)


def _title(found: Simulated, lang: Lang) -> str:
    return say("simulation.title", lang, count=found.files)


def _bars(found: Simulated, lang: Lang) -> Iterator[str]:
    """One bar a scenario, that of the rules as they are first."""
    rows = [(say("simulation.today", lang), _counts(found.effects[0].whole, after=False))]
    rows += [(effects.name, _counts(effects.whole, after=True)) for effects in found.effects]
    width = max(len(name) for name, _ in rows)
    for name, counts in rows:
        yield f"  {name:<{width}}  {_bar(counts)}  " + " · ".join(
            format_number(count, lang) for count in counts
        )
    yield "  " + " " * width + "  " + "  ".join(f"{SIGNS[v]} {word(v, lang).lower()}" for v in VERDICTS)


def _counts(tally: Tally, *, after: bool) -> list[int]:
    return [tally.count(verdict, after=after) for verdict in VERDICTS]


def _bar(counts: list[int]) -> str:
    total = sum(counts) or 1
    ends = [sum(counts[: i + 1]) * BAR // total for i in range(len(counts))]
    parts = zip(SIGNS.values(), [0, *ends], ends, strict=False)
    return "".join(sign * (end - start) for sign, start, end in parts).ljust(BAR)


def _scenario(effects: Effects, names: Names, lang: Lang) -> Iterator[str]:
    whole = effects.whole
    sep = say("sign.colon_close", lang)
    yield visible(effects.name)
    yield "─" * min(len(effects.name), 100)
    yield say("simulation.verdicts_change", lang, flips=whole.flips)
    yield from _pairs(whole.verdicts.items(), "", lang)
    yield from _pairs(whole.land_prices.items(), say("simulation.land_price", lang), lang)
    if whole.rules:
        yield say("simulation.rules_conclude_otherwise", lang)
        for (rule, before, after), count in sorted(whole.rules.items()):
            said = f"{_status(before, lang)} → {_status(after, lang)}"
            yield f"    {format_number(count, lang):>6}  {names(rule)}{sep} {said}"
    yield from _shifts(list(whole.shifts()), names, lang)
    yield from _cells(effects, lang)


def _pairs(pairs: Iterable[tuple[tuple[str, str], int]], what: str, lang: Lang) -> Iterator[str]:
    for (before, after), count in sorted(pairs):
        if before != after:
            said = f"{word(before, lang).lower()} → {word(after, lang).lower()}"
            yield f"    {format_number(count, lang):>6}  {what}{said}"


def _status(status: str, lang: Lang) -> str:
    return finding_status(status, lang).lower()


def _shifts(shifts: list[Shift], names: Names, lang: Lang) -> Iterator[str]:
    for what in HEADS:
        rows = [shift for shift in shifts if shift.what == what and shift.before != shift.after]
        if rows:
            yield f"  {term('shift', what, lang)}"
        for shift in rows:
            unit = shift.unit or "ratio"
            before, after = (format_quantity(value, unit, lang) for value in (shift.before, shift.after))
            change = shift.after - shift.before
            sign = "+" if change > 0 else ""
            yield f"    {names(shift.rule)}{say('sign.colon_close', lang)} {before} → {after} ({sign}{format_quantity(change, unit, lang)})"


def _cells(effects: Effects, lang: Lang) -> Iterator[str]:
    """Communes and years where something changes."""
    rows = [(cell, tally) for cell, tally in sorted(effects.cells.items()) if tally.flips or tally.rules]
    if not rows:
        return
    heads = [term("cell_head", name, lang) for name in _WIDTHS]
    yield "  " + "  ".join(f"{head:>{width}}" for head, width in zip(heads, _WIDTHS.values(), strict=True))
    for (commune, year), tally in rows:
        short = [shift for shift in tally.shifts() if shift.what == "missing"]
        change = sum(shift.after - shift.before for shift in short)
        sign = "+" if change > 0 else ""
        values = (
            visible(commune),
            year,
            format_number(tally.files, lang),
            format_number(tally.flips, lang),
            f"{sign}{format_number(change, lang)}",
        )
        yield "  " + "  ".join(
            f"{value:>{width}}" for value, width in zip(values, _WIDTHS.values(), strict=True)
        )


_WIDTHS = {"commune": 8, "year": 6, "files": 9, "flips": 17, "short": 20}

COLUMNS = ("scenario", "commune", "year", "what", "name", "label", "unit", "before", "after", "files")


def table(found: Simulated, names: Names) -> str:
    """The simulation as CSV: one effect a row, exact; cells that a spreadsheet would take for a formula stay text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(found, names):
        writer.writerow([_tame(str(row[column])) for column in COLUMNS])
    return text.getvalue()


def _tame(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "@", "\t", "\r"} else cell


def as_json(found: Simulated, names: Names) -> str:
    """The simulation as JSON."""
    content = {
        "files": found.files,
        "left_out": [{"file": name, "why": why} for name, why in found.left_out],
        "effects": list(rows(found, names)),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def rows(found: Simulated, names: Names) -> Iterator[dict[str, Any]]:
    """Every effect: of the whole territory (no commune, no year), then of each commune and year."""
    for effects in found.effects:
        for (commune, year), tally in [(("", ""), effects.whole), *sorted(effects.cells.items())]:
            head = {"scenario": effects.name, "commune": commune, "year": year}
            yield from ({**head, **row} for row in _rows(tally, names))


def _rows(tally: Tally, names: Names) -> Iterator[dict[str, Any]]:
    for what, pairs in (("verdict", tally.verdicts), ("land_price", tally.land_prices)):
        for (before, after), count in sorted(pairs.items()):
            yield _row(what, "", "", "", before, after, count)
    for (rule, before, after), count in sorted(tally.rules.items()):
        yield _row("rule", rule, names(rule), "", before, after, count)
    for shift in tally.shifts():
        before, after = canonical(shift.before), canonical(shift.after)
        yield _row(shift.what, shift.rule, names(shift.rule), shift.unit, before, after, tally.files)


def _row(what: str, name: str, label: str, unit: str, before: str, after: str, files: int) -> dict[str, Any]:
    return {
        "what": what,
        "name": name,
        "label": label,
        "unit": unit,
        "before": before,
        "after": after,
        "files": files,
    }
