"""A decision as a PDF: the data that the page shows, and its setting by typst."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.message import Lang, format_date, say
from mixrules.message.wording import advantage_status, finding_status, titled
from mixrules.programme.model import Submission
from mixrules.programme.scope import ScopeTree, build
from mixrules.report.page.address import address
from mixrules.report.page.words import word
from mixrules.report.paper.bars import falls, mixes
from mixrules.report.paper.mood import MARKS, mood
from mixrules.report.paper.plan import plan
from mixrules.report.paper.workings import Workings
from mixrules.report.typography import typeset, visible
from mixrules.rulebook.model import BINDING

RAW = {"qr", "url", "key"}
"""What is no text to read."""
WHOLE = {"digest", "digests", "rule", "cut"}
"""What is never folded: it is compared or typed letter by letter."""
FOLD = "\u200b"
"""Where a line may break without a mark."""
_LONG = re.compile(r"\S{30}(?=\S)")
ORDER = {"unmet": 0, "refused": 0, "undetermined": 1, "excepted": 2, "met": 3, "granted": 3}
EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
"""The only moment in the file: the same decision gives the same bytes."""
WORDS = (
    "workings",
    "workings_note",
    "working_at",
    "stated_at",
    "kept",
    "stack_plan",
    "stack_note",
    "no_plan",
    "loose",
    "mix",
    "dwellings",
    "scope",
    "missing",
    "contradictions",
    "digests",
    "qr",
)


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


def _held(value: Any, lang: Lang, *, whole: bool = False) -> Any:
    """French signs held to their words, and long words foldable, in every text that is read."""
    if isinstance(value, dict):
        return {
            key: item if key in RAW else _held(item, lang, whole=key in WHOLE) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_held(item, lang, whole=whole) for item in value]
    if not isinstance(value, str):
        return value
    text = visible(typeset(value, lang))
    return text if whole else _LONG.sub(f"\\g<0>{FOLD}", text)


def _data(decision: Decision, submission: Submission | None, lang: Lang) -> dict[str, Any]:
    fixed = partial(word, lang=lang)
    tree = build(submission) if submission is not None else None
    groups = _groups(decision, lang, Workings(decision, lang, tree))
    colon = say("sign.colon", lang)
    day = format_date(date.fromisoformat(decision.law_date.date), lang)
    return {
        "lang": lang,
        "title": decision.programme.title.get(lang) or decision.programme.id,
        "id": decision.programme.id,
        "digest": decision.digest,
        "qr": _qr(decision),
        "verdict": _marked(decision.verdict, fixed(decision.verdict)),
        "law": f"{fixed('verdict_note')}. {fixed('law')} {fixed('at')} {day} – {decision.law_date.because[lang]}.",
        "breaches": [
            f"{titled(f, lang)} ({f.scope}){colon}{f.explanation[lang]}"
            for f in decision.findings
            if f.force in BINDING and f.status == "unmet" and f.kind != "condition"
        ],
        **_drawn(decision, submission, tree, lang),
        "groups": [g for g in groups if g["entries"] or g["falls"]],
        "missing": _missing(decision, lang),
        "contradictions": [found.explanation[lang] for found in decision.contradictions],
        "digests": [
            decision.digest,
            decision.programme.digest,
            *(f"{b.id} {b.digest}" for b in decision.rulebooks),
        ],
        "verify": f"{fixed('verify')}mixrules replay REGISTER",
        "evaluators": f"{fixed('evaluators')}{colon}{', '.join(decision.evaluators)}",
        "words": {key: fixed(key) for key in WORDS} | {"colon": colon},
    }


def _drawn(
    decision: Decision, submission: Submission | None, tree: ScopeTree | None, lang: Lang
) -> dict[str, Any]:
    """What only the programme shows: its stack plan and its mix."""
    if submission is None or tree is None:
        return {"plan": None, "mixes": []}
    return {"plan": plan(tree, submission, decision, lang), "mixes": mixes(submission, tree, lang)}


def _qr(decision: Decision) -> str:
    """The digest as a QR code, to find the decision in a register."""
    import segno

    written = io.BytesIO()
    segno.make(decision.digest, error="m").save(written, kind="svg", xmldecl=False, border=2)
    return written.getvalue().decode()


def _groups(decision: Decision, lang: Lang, workings: Workings) -> list[dict[str, Any]]:
    spoken = sorted(
        (f for f in decision.findings if f.status != "not-applicable"), key=lambda f: ORDER[f.status]
    )
    granted = [a for a in decision.advantages if a.status != "not-applicable"]
    price = decision.land_price.status
    line = _line(_marked(price, advantage_status(price, lang))["told"], "", price, "")
    drawn = falls(decision, lang)
    group = partial(_group, lang=lang, workings=workings)
    return [
        group("binding", [f for f in spoken if f.force in BINDING]),
        group("bonus", granted) | {"falls": drawn["bonus"]},
        {
            "title": word("land_price", lang),
            "entries": [] if price == "not-applicable" else [line],
            "falls": drawn["land_price"],
        },
        group("voluntary", [f for f in spoken if f.force not in BINDING]),
    ]


def _group(title: str, statements: list[Any], lang: Lang, workings: Workings) -> dict[str, Any]:
    entries = []
    for place, one in enumerate(statements):
        working = workings.of(one)
        key = f"{title}-{place}" if any(working.values()) else ""
        entries.append(_entry(one, lang) | {"key": key, "working": working})
    return {"title": word(title, lang), "entries": entries, "falls": []}


def _entry(one: Finding | Advantage, lang: Lang) -> dict[str, Any]:
    said = (advantage_status if isinstance(one, Advantage) else finding_status)(one.status, lang)
    told = {
        "told": one.explanation[lang],
        "conditions": _conditions(one, lang) if isinstance(one, Advantage) else [],
        "kept": one.kept_while.get(lang, "") if isinstance(one, Advantage) else "",
        "quote": one.source.quote,
        "source": one.source.ref,
        "url": address(one.source),
        "rule": one.rule,
    }
    return _line(titled(one, lang), one.scope, one.status, said) | told


def _conditions(one: Advantage, lang: Lang) -> list[str]:
    """What fails or is open one by one, what is fulfilled together."""
    signs = {"no": MARKS["bad"], "unknown": MARKS["open"]}
    filled = [c.explanation[lang] for c in one.conditions if c.holds == "yes"]
    told = [f"{signs[c.holds]} {c.explanation[lang]}" for c in one.conditions if c.holds != "yes"]
    return [*told, *([f"{MARKS['good']} {say('sign.semicolon', lang).join(filled)}"] if filled else [])]


def _line(title: str, place: str, status: str, said: str) -> dict[str, Any]:
    texts: dict[str, Any] = dict.fromkeys(("told", "quote", "source", "url", "rule", "kept", "key"), "")
    texts |= {"title": title, "place": place, "conditions": []}
    marked = _marked(status, said)
    return texts | {"mood": marked["mood"], "status": marked["told"] if said else ""}


def _marked(status: str, said: str) -> dict[str, str]:
    return {"mood": mood(status), "told": f"{MARKS[mood(status)]} {said}"}


def _missing(decision: Decision, lang: Lang) -> list[str]:
    """Each field that would settle something, once, then each question."""
    parts: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    counts: dict[str, int] = {}
    for gap in (gap for part in parts for gap in part.missing):
        counts[gap.label[lang]] = max(gap.count, counts.get(gap.label[lang], 0))
    fields = [f"{label} (×\u00a0{count})" if count > 1 else label for label, count in counts.items()]
    return [*fields, *dict.fromkeys(q[lang] for part in parts for q in part.questions)]
