"""The page itself: one self-contained HTML file, no network, no framework."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from mixrules.engine.decision import Decision
from mixrules.message import Lang, format_date, format_quantity, say
from mixrules.message.wording import advantage_status, finding_status, titled
from mixrules.programme.model import Submission
from mixrules.programme.scope import build
from mixrules.report.page import drawing, fall
from mixrules.report.page.address import address
from mixrules.report.page.look import LOOKS
from mixrules.report.page.mixture import Part, by_path, mixtures
from mixrules.report.page.stack import Stack, stacks
from mixrules.report.page.words import word
from mixrules.report.typography import typeset, visible
from mixrules.report.why import Line, Section, Why, of_condition, sections
from mixrules.rulebook.model import BINDING

WORST = ("unmet", "undetermined", "excepted", "met", "not-applicable")
MOST_DRAWN = 1500
"""Dwellings drawn one by one; a greater programme shows its buildings in figures."""
MOST_PARTS = 120
MOST_STEPS = 6000
"""Steps unfolded on one page; for the rest it names the command."""
MARKS = {
    "met": "✓",
    "unmet": "✗",
    "undetermined": "?",
    "excepted": "~",
    "not-applicable": "–",
    "granted": "✓",
    "refused": "✗",
    "within": "✓",
    "exceeds": "✗",
    "compliant": "✓",
    "non-compliant": "✗",
}


def render(decision: Decision, submission: Submission | None, lang: Lang) -> str:
    """The page of a decision; without its programme, no stack plan and no mix."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.finalize = partial(_set, lang)
    template = environment.from_string(Path(__file__).with_name("page.html.j2").read_text(encoding="utf-8"))
    return visible(template.render(_context(decision, submission, lang)))


def _set(lang: Lang, value: Any) -> Any:
    """French signs held to their words; markup and numbers stay as they are."""
    return typeset(value, lang) if type(value) is str else value


def _context(decision: Decision, submission: Submission | None, lang: Lang) -> dict[str, Any]:
    index = 0 if lang == "fr" else 1
    fixed = partial(word, lang=lang)
    titles = {finding.rule: titled(finding, lang) for finding in decision.findings}
    tree = build(submission) if submission is not None else None
    mixes = mixtures(submission, tree) if submission is not None and tree is not None else {}
    parts = by_path(mixes)
    drawn = [_drawable(stack) for stack in stacks(tree, decision)] if tree is not None else []
    findings = sorted(
        (f for f in decision.findings if f.status != "not-applicable"), key=lambda f: WORST.index(f.status)
    )
    steps = Why(decision, lang, tree)
    unfolded = Unfolded(steps)
    shown = {tenure for parts in mixes.values() for part in parts for tenure, _ in part.tenures}
    return {
        "decision": decision,
        "submission": submission,
        "lang": lang,
        "title": decision.programme.title.get(lang) or decision.programme.id,
        "say": fixed,
        "colon": say("sign.colon", lang),
        "undrawn": lambda count: say("page.undrawn", lang, count=count, most=MOST_DRAWN),
        "status": partial(finding_status, lang=lang),
        "granted": partial(advantage_status, lang=lang),
        "price": partial(advantage_status, lang=lang),
        "marks": MARKS,
        "day": lambda text: format_date(date.fromisoformat(text), lang),
        "compared": steps.compared,
        "address": address,
        "titles": titles,
        "titled": partial(titled, lang=lang),
        "breaches": [
            f for f in findings if f.force in BINDING and f.status == "unmet" and f.kind != "condition"
        ],
        "groups": [
            ("binding", [f for f in findings if f.force in BINDING]),
            ("voluntary", [f for f in findings if f.force not in BINDING]),
        ],
        "advantages": [a for a in decision.advantages if a.status != "not-applicable"],
        "stacks": drawn,
        "numbered": _numbered(drawn),
        "why": unfolded.lines,
        "sections": partial(sections, lang=lang),
        "of_condition": partial(of_condition, lang=lang),
        "most_parts": MOST_PARTS,
        "more_steps": lambda rule: say("page.more_steps", lang, most=MOST_STEPS, rule=rule),
        "mixes": mixes,
        "patterns": drawing.patterns(),
        "legend": drawing.legend(shown, index),
        "drawn": lambda building: drawing.building(building, index, fixed, titles),
        "described": lambda unit: " · ".join(drawing.described(unit, index, fixed)),
        "told": lambda part: _told(part, lang),
        "bar": lambda part: drawing.mix(part.tenures, _told(part, lang)),
        "counted": parts.get,
        "falls": list(fall.bonuses(decision, lang)),
        "prices": list(fall.prices(decision, lang)),
        "waterfall": lambda one: drawing.waterfall(
            one.steps, one.cap, say("sign.semicolon", lang).join(told for *_, told in one.steps)
        ),
    }


class Unfolded:
    """The steps of a page, as many as a reader's machine bears."""

    def __init__(self, why: Why) -> None:
        self._why = why
        self._left = MOST_STEPS

    def lines(self, section: Section) -> list[Line] | None:
        """Steps unfolded, or nothing once the page is full."""
        lines = self._why.lines(section.places) if self._left > 0 else None
        self._left -= sum(map(_size, lines or ()))
        return lines


def _size(line: Line) -> int:
    return 1 + sum(map(_size, line.steps))


def _numbered(drawn: list[dict[str, Any]]) -> frozenset[str]:
    """What is drawn, by the name that a link to it bears."""
    landings = [
        landing
        for stack in drawn
        for building in stack["buildings"]
        for well in building.stairwells
        for floor in well.floors.values()
        for landing in floor
    ]
    units = [unit for landing in landings for unit in landing.units]
    loose = [unit for stack in drawn for unit in stack["loose"]]
    return frozenset(
        [f"landings-{one.number}" for one in landings]
        + [f"dwellings-{unit.number}" for unit in [*units, *loose]]
    )


def _drawable(stack: Stack) -> dict[str, Any]:
    """A programme with as many buildings as a page can hold."""
    kept, count = [], 0
    for building in stack.buildings:
        count += sum(
            len(landing.units)
            for well in building.stairwells
            for landings in well.floors.values()
            for landing in landings
        )
        if count <= MOST_DRAWN:
            kept.append(building)
    return {
        "programme": stack.programme,
        "buildings": kept,
        "loose": stack.loose[:MOST_DRAWN],
        "undrawn": len(stack.buildings) - len(kept),
    }


def _told(part: Part, lang: Lang) -> str:
    """« 14 logements : PLAI 2, PLUS 5, libre 7 »."""
    total = format_quantity(Fraction(part.total), "dwelling", lang)
    names = ", ".join(f"{LOOKS[t].short if t in LOOKS else '?'} {count}" for t, count in part.tenures)
    return f"{total}{say('sign.colon', lang)}{names}"
