"""The stack plan on paper: buildings, floors, landings and dwellings, and the lines that stand nowhere."""

from __future__ import annotations

from functools import partial
from typing import Any

from mixrules.engine.decision import Decision
from mixrules.message import Lang, say
from mixrules.message.wording import titled
from mixrules.programme.model import Submission
from mixrules.programme.scope import ScopeTree
from mixrules.programme.tally import dwellings, tally
from mixrules.report.page.drawing import described
from mixrules.report.page.look import LOOKS, UNSURE, Look, label, look
from mixrules.report.page.stack import Building, Landing, Stack, stacks
from mixrules.report.page.words import word
from mixrules.report.paper.mood import MARKS

MOST_DRAWN = 1500
"""Dwellings drawn one by one."""
MOST_NAMED = 12
"""Landings named where a rule is not met."""
MOST_LISTED = 200
"""Lines without a landing listed one by one."""


def plan(tree: ScopeTree, submission: Submission, decision: Decision, lang: Lang) -> dict[str, Any]:
    """What the page draws: buildings, a legend, and in words what is not drawn."""
    drawn: list[dict[str, Any]] = []
    loose: list[str] = []
    undrawn = count = 0
    tell = partial(word, lang=lang)
    index = 0 if lang == "fr" else 1
    titles = {finding.rule: titled(finding, lang) for finding in decision.findings}
    for stack in stacks(tree, decision):
        for building in stack.buildings:
            count += _size(building)
            if count <= MOST_DRAWN:
                drawn.append(
                    _building(stack, building, lang) | {"standing": _standing(building, titles, lang)}
                )
            else:
                undrawn += 1
        loose += [" · ".join(described(unit, index, tell)) for unit in stack.loose]
    more = len(loose) - MOST_LISTED
    return {
        "buildings": drawn,
        "loose": [*loose[:MOST_LISTED], *([f"… + {more}"] if more > 0 else [])],
        "undrawn": say("page.undrawn", lang, count=undrawn, most=MOST_DRAWN) if undrawn else "",
        "legend": _legend(submission, lang),
    }


def _size(building: Building) -> int:
    return sum(
        len(one.units) for well in building.stairwells for held in well.floors.values() for one in held
    )


def _building(stack: Stack, building: Building, lang: Lang) -> dict[str, Any]:
    wells = building.stairwells
    return {
        "name": f"{word('building', lang)} {building.name} – {stack.programme}",
        "floors": [
            {
                "name": floor or "?",
                "landings": [
                    _landing(one, f"{word('stairwell', lang)} {well.name}" if len(wells) > 1 else "")
                    for well in wells
                    for one in well.floors.get(floor, [])
                ],
            }
            for floor in building.floors
        ],
    }


def _landing(landing: Landing, stairwell: str) -> dict[str, Any]:
    mood = "bad" if landing.fails else "open" if landing.doubts else "plain"
    units = []
    for unit in landing.units:
        seen = look(unit.tenures)
        number = f"{unit.count} × " if unit.count > 1 else ""
        units.append(_box(seen) | {"told": f"{number}T{unit.rooms or '?'} {seen.short}"})
    mark = "" if mood == "plain" else MARKS[mood]
    return {"mood": mood, "mark": mark, "units": units, "stairwell": stairwell}


def _standing(building: Building, titles: dict[str, str], lang: Lang) -> list[dict[str, str]]:
    """Each rule not met or not settled in a building, and the landings where it is so."""
    landings = [one for well in building.stairwells for held in well.floors.values() for one in held]
    found: dict[tuple[str, str], list[str]] = {}
    places: list[Building | Landing] = [building, *landings]
    for one in places:
        for mood, rules in (("bad", one.fails), ("open", one.doubts)):
            for rule in rules:
                found.setdefault((mood, rule), []).extend([one.path] if isinstance(one, Landing) else [])
    return [
        {"mood": mood, "told": f"{MARKS[mood]} {titles[rule]}{_listed(paths, lang)}"}
        for (mood, rule), paths in sorted(found.items())
    ]


def _listed(paths: list[str], lang: Lang) -> str:
    more = f", … + {len(paths) - MOST_NAMED}" if len(paths) > MOST_NAMED else ""
    return f"{say('sign.colon', lang)}{', '.join(paths[:MOST_NAMED])}{more}" if paths else ""


def _legend(submission: Submission, lang: Lang) -> list[dict[str, str]]:
    shown = tally(dwellings(submission), "tenure")
    index = 0 if lang == "fr" else 1
    known = [_box(LOOKS[t]) | {"told": label([t], index)} for t in LOOKS if t in shown]
    return known + ([_box(UNSURE) | {"told": say("word.unknown", lang)}] if set(shown) - set(LOOKS) else [])


def _box(seen: Look) -> dict[str, str]:
    return {"fill": seen.fill, "ink": seen.ink, "pattern": seen.pattern, "short": seen.short}
