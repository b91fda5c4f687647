"""A decision as a PDF: the data that the page shows, and its setting by typst."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.message import Lang, format_date, say
from mixrules.message.wording import advantage_status, finding_status
from mixrules.programme.model import Submission
from mixrules.programme.scope import build
from mixrules.programme.tally import dwellings, tally
from mixrules.report.page.look import LOOKS, label, look
from mixrules.report.page.stack import Building, Landing, stacks
from mixrules.report.page.words import word
from mixrules.report.typography import held, visible
from mixrules.rulebook.model import BINDING

GOOD, BAD = {"compliant", "met", "granted", "within"}, {"non-compliant", "unmet", "refused", "exceeds"}
MARKS = {"good": "✓", "bad": "✗", "open": "?", "plain": "–"}
ORDER = {"unmet": 0, "refused": 0, "undetermined": 1, "excepted": 2, "met": 3, "granted": 3}
MOST_DRAWN = 1500
"""Dwellings drawn one by one."""
EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
"""The only moment in the file: the same decision gives the same bytes."""


def render(decision: Decision, submission: Submission | None, lang: Lang) -> bytes:
    """The PDF, tagged for screen readers (PDF/UA-1)."""
    import typst

    data = json.dumps(_held(_data(decision, submission, lang), lang), ensure_ascii=False)
    page = Path(__file__).with_name("page.typ").read_bytes()
    # A machine's own fonts would change the bytes: the typesetter brings its own.
    return bytes(
        typst.compile(
            page,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=EPOCH,
            ignore_system_fonts=True,
        )
    )


def _held(value: Any, lang: Lang) -> Any:
    """French signs held to their words, in every text that is read."""
    if isinstance(value, dict):
        return {key: item if key == "qr" else _held(item, lang) for key, item in value.items()}
    if isinstance(value, list):
        return [_held(item, lang) for item in value]
    if not isinstance(value, str):
        return value
    return visible(held(value) if lang == "fr" else value)


def _data(decision: Decision, submission: Submission | None, lang: Lang) -> dict[str, Any]:
    fixed = partial(word, lang=lang)
    colon = say("sign.colon", lang)
    day = format_date(date.fromisoformat(decision.law_date.date), lang)
    mood = _mood(decision.verdict)
    buildings = _buildings(decision, submission, lang)
    return {
        "lang": lang,
        "title": decision.programme.title.get(lang) or decision.programme.id,
        "id": decision.programme.id,
        "digest": decision.digest,
        "qr": _qr(decision),
        "verdict": {"mood": mood, "told": f"{MARKS[mood]} {fixed(decision.verdict)}"},
        "law": f"{fixed('verdict_note')}. {fixed('law')} {fixed('at')} {day} – {decision.law_date.because[lang]}.",
        "breaches": [
            f"{f.title[lang]} ({f.scope}){colon}{f.explanation[lang]}"
            for f in decision.findings
            if f.force in BINDING and f.status == "unmet" and f.kind != "condition"
        ],
        "stacks": buildings,
        "legend": _legend(submission, lang) if buildings else [],
        "groups": [group for group in _groups(decision, lang) if group["entries"]],
        "digests": [
            decision.digest,
            decision.programme.digest,
            *(f"{b.id} {b.digest}" for b in decision.rulebooks),
        ],
        "verify": f"{fixed('verify')}mixrules replay REGISTER · {', '.join(decision.evaluators)}",
        "words": {key: fixed(key) for key in ("stack_plan", "stack_note", "digests", "qr")},
    }


def _qr(decision: Decision) -> str:
    """The digest as a QR code, to find the decision in a register."""
    import segno

    written = io.BytesIO()
    segno.make(decision.digest, error="m").save(written, kind="svg", xmldecl=False, border=2)
    return written.getvalue().decode()


def _mood(status: str) -> str:
    if status in GOOD:
        return "good"
    return "bad" if status in BAD else "open" if status == "undetermined" else "plain"


def _groups(decision: Decision, lang: Lang) -> list[dict[str, Any]]:
    spoken = sorted(
        (f for f in decision.findings if f.status != "not-applicable"), key=lambda f: ORDER[f.status]
    )
    granted = [a for a in decision.advantages if a.status != "not-applicable"]
    price = decision.land_price.status
    said = advantage_status(price, lang)
    return [
        _group("binding", [f for f in spoken if f.force in BINDING], lang),
        _group("bonus", granted, lang),
        {
            "title": word("land_price", lang),
            "entries": [] if price == "not-applicable" else [_line(said, "", price, said)],
        },
        _group("voluntary", [f for f in spoken if f.force not in BINDING], lang),
    ]


def _group(title: str, statements: list[Any], lang: Lang) -> dict[str, Any]:
    return {"title": word(title, lang), "entries": [_entry(one, lang) for one in statements]}


def _entry(one: Finding | Advantage, lang: Lang) -> dict[str, Any]:
    said = (advantage_status if isinstance(one, Advantage) else finding_status)(one.status, lang)
    source = f"{one.source.ref} · {one.rule}"
    told = {"told": one.explanation[lang], "quote": one.source.quote, "source": source}
    return _line(one.title[lang], one.scope, one.status, said) | told


def _line(title: str, place: str, status: str, said: str) -> dict[str, Any]:
    mood = _mood(status)
    marked = {"mood": mood, "status": f"{MARKS[mood]} {said}"}
    return {"title": title, "place": place, **marked, "told": "", "quote": "", "source": ""}


def _buildings(decision: Decision, submission: Submission | None, lang: Lang) -> list[dict[str, Any]]:
    if submission is None:
        return []
    drawn, count = [], 0
    for stack in stacks(build(submission), decision):
        for building in stack.buildings:
            count += sum(
                len(one.units) for well in building.stairwells for f in well.floors.values() for one in f
            )
            if count <= MOST_DRAWN:
                drawn.append(_building(stack.programme, building, lang))
    return drawn


def _building(programme: str, building: Building, lang: Lang) -> dict[str, Any]:
    return {
        "name": f"{word('building', lang)} {building.name} – {programme}",
        "floors": [
            {
                "name": floor or "?",
                "landings": [
                    _landing(one) for well in building.stairwells for one in well.floors.get(floor, [])
                ],
            }
            for floor in building.floors
        ],
    }


def _landing(landing: Landing) -> dict[str, Any]:
    mood = "bad" if landing.fails else "open" if landing.doubts else "plain"
    units = []
    for unit in landing.units:
        seen = look(unit.tenures)
        number = f"{unit.count} × " if unit.count > 1 else ""
        units.append(
            {"fill": seen.fill, "ink": seen.ink, "told": f"{number}T{unit.rooms or '?'} {seen.short}"}
        )
    return {"mood": mood, "mark": "" if mood == "plain" else MARKS[mood], "units": units}


def _legend(submission: Submission | None, lang: Lang) -> list[dict[str, str]]:
    shown = tally(dwellings(submission), "tenure") if submission is not None else {}
    index = 0 if lang == "fr" else 1
    return [
        {"fill": LOOKS[t].fill, "ink": LOOKS[t].ink, "short": LOOKS[t].short, "told": label([t], index)}
        for t in LOOKS
        if t in shown
    ]
