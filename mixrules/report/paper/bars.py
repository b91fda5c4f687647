"""Bars on paper: the mix of every part, and what adds up to a bonus or a price; each bar stands beside its words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from mixrules.engine.decision import Decision
from mixrules.message import Lang, format_quantity, say
from mixrules.programme.model import Submission
from mixrules.programme.scope import ScopeTree
from mixrules.report.page import fall
from mixrules.report.page.look import LOOKS, UNSURE
from mixrules.report.page.mixture import Part, mixtures
from mixrules.report.page.words import word

MOST_PARTS = 60
"""Parts of one scale shown one by one."""


def mixes(submission: Submission, tree: ScopeTree, lang: Lang) -> list[dict[str, Any]]:
    """The mix of tenures at each scale, from the landing to the district."""
    return [
        {
            "scale": word(scale, lang),
            "parts": [_part(part, lang) for part in parts[:MOST_PARTS]],
            "more": f"… + {len(parts) - MOST_PARTS}" if len(parts) > MOST_PARTS else "",
        }
        for scale, parts in mixtures(submission, tree).items()
    ]


def _part(part: Part, lang: Lang) -> dict[str, Any]:
    shares = []
    for tenure, count in part.tenures:
        seen = LOOKS.get(tenure, UNSURE)
        shares.append(
            {"fill": seen.fill, "pattern": seen.pattern, "share": _percent(Fraction(count, part.total))}
        )
    unsure = say("word.unknown", lang)
    names = ", ".join(
        f"{LOOKS[tenure].short if tenure in LOOKS else unsure} {count}" for tenure, count in part.tenures
    )
    total = format_quantity(Fraction(part.total), "dwelling", lang)
    return {"path": part.path, "total": total, "told": names, "shares": shares}


def falls(decision: Decision, lang: Lang) -> dict[str, list[dict[str, Any]]]:
    """The waterfalls of the bonuses and those of the land price."""
    return {"bonus": _drawn(fall.bonuses(decision, lang)), "land_price": _drawn(fall.prices(decision, lang))}


def _drawn(found: Iterable[fall.Fall]) -> list[dict[str, Any]]:
    return [_fall(one) for one in found]


def _fall(one: fall.Fall) -> dict[str, Any]:
    ends = [end for _, start, stop, _ in one.steps for end in (start, stop)]
    top = max([*ends, one.cap or Fraction(0)]) or Fraction(1)
    return {
        "title": one.title,
        "cap": _percent(one.cap / top) if one.cap is not None else None,
        "steps": [
            {
                "kind": kind,
                "left": _percent(min(start, end) / top),
                "width": _percent(abs(end - start) / top),
                "told": told,
            }
            for kind, start, end, told in one.steps
        ],
    }


def _percent(share: Fraction) -> float:
    """A place on paper, which decides nothing."""
    return round(float(share) * 100, 3)
