"""A simulation as a picture: one bar a scenario, cut by verdict. An SVG file, nothing to install to see it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from mixrules.message import Lang, say
from mixrules.message.number import format_number
from mixrules.message.wording import word
from mixrules.report.simulation import VERDICTS
from mixrules.report.typography import visible
from mixrules.territory.simulation.simulation import Simulated
from mixrules.territory.simulation.tally import Tally

COLOURS = {"compliant": "#1b6e3c", "non-compliant": "#b3261e", "undetermined": "#8a8a8a"}
LEFT, WIDE, HIGH, GAP = 340, 560, 26, 14
"""Pixels: the names, the bars, one bar, what lies between two."""
LONGEST = 46
"""Signs of a name that stand beside a bar; the whole name is its title."""


def svg(found: Simulated, lang: Lang) -> str:
    """The verdicts of each scenario, those of the rules as they are first."""
    today = say("simulation.today", lang)
    bars = [(today, found.effects[0].whole, False), *((e.name, e.whole, True) for e in found.effects)]
    height = 70 + len(bars) * (HIGH + GAP)
    title = say("simulation.chart", lang, files=found.files)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDE + 20} {height}" role="img">',
        f'<title>{escape(title)}</title><g font-family="sans-serif" font-size="13">',
        f'<text x="10" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for index, (name, tally, after) in enumerate(bars):
        lines += _bar(name, tally, 40 + index * (HIGH + GAP), lang, after=after)
    lines += _legend(height - 12, lang)
    return "\n".join([*lines, "</g></svg>"]) + "\n"


def _bar(name: str, tally: Tally, top: int, lang: Lang, *, after: bool) -> Iterator[str]:
    shown = visible(name)
    short = shown if len(shown) <= LONGEST else "…" + shown[-LONGEST:]
    middle = top + HIGH - 8
    yield (
        f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(short)}<title>{escape(shown)}</title></text>'
    )
    total, start = max(tally.files, 1), 0
    for verdict in VERDICTS:
        count = tally.count(verdict, after=after)
        end = start + count
        # Whole pixels: the same picture, byte for byte, on every machine.
        left, right = LEFT + start * WIDE // total, LEFT + end * WIDE // total
        said = f"{word(verdict, lang).lower()}{say('sign.colon', lang)}{format_number(count, lang)}"
        yield (
            f'<rect x="{left}" y="{top}" width="{right - left}" height="{HIGH}" fill="{COLOURS[verdict]}">'
            f"<title>{escape(said)}</title></rect>"
        )
        if right - left > 40:
            number = format_number(count, lang)
            yield f'<text x="{left + 6}" y="{middle}" fill="#fff">{number}</text>'
        start = end


def _legend(bottom: int, lang: Lang) -> Iterator[str]:
    for index, verdict in enumerate(VERDICTS):
        left = LEFT + index * 170
        yield f'<rect x="{left}" y="{bottom - 11}" width="12" height="12" fill="{COLOURS[verdict]}"/>'
        yield f'<text x="{left + 18}" y="{bottom}">{escape(word(verdict, lang).lower())}</text>'
