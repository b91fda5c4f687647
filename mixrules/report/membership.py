"""Who is there, and who a finding counts, in one of two decisions and not in the other: by the names in their traces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mixrules.engine.decision import Decision, Finding
from mixrules.engine.statement.roll import numbers
from mixrules.message import Lang, say, term

FEW = 12
"""Members named at most; of more, how many others."""
Key = tuple[str, str, str, str]
"""What members are to a measure, of which collection, and the sentence that says it in both languages."""


def moved(before: Decision, after: Decision, lang: Lang) -> Iterator[str]:
    """The members of each collection that were counted somewhere, added or taken away."""
    old, new = ({roll.of: Counter(roll.names) for roll in one.trace.rolls} for one in (before, after))
    for of in sorted(old.keys() & new.keys()):
        noun = term("noun", of, lang)
        yield from _told(old[of] - new[of], "comparison.removed", lang, noun)
        yield from _told(new[of] - old[of], "comparison.added", lang, noun)


def recounted(before: tuple[Decision, Finding], after: tuple[Decision, Finding], lang: Lang) -> Iterator[str]:
    """The members that a finding counts no more, or did not count before, measure by measure."""
    old, new = (_counted(*one) for one in (before, after))
    for key in (key for key in old if key in new):
        says = key[2] if lang == "fr" else key[3]
        yield from _told(old[key] - new[key], "comparison.left", lang, says)
        yield from _told(new[key] - old[key], "comparison.joined", lang, says)


def _counted(decision: Decision, finding: Finding) -> dict[Key, Counter[str]]:
    """Who surely counts in each measure on which a finding rests."""
    trace = decision.trace
    names = {roll.of: roll.names for roll in trace.rolls}
    found: dict[Key, Counter[str]] = {}
    todo = [place for check in finding.checks for place in check.steps]
    seen: set[int] = set()
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        step = trace.steps[place]
        todo += step.steps
        for group in step.counted:
            says = trace.sentences[group.says]
            key = (group.what, group.of, says["fr"], says["en"])
            found[key] = found.get(key, Counter()) | Counter(
                names[group.of][number - 1] for number in numbers(group.sure)
            )
    return dict(sorted(found.items()))


def _told(members: Counter[str], key: str, lang: Lang, what: str) -> Iterator[str]:
    if not members:
        return
    names = list(members.elements())
    listed = ", ".join(names[:FEW])
    if len(names) > FEW:
        listed = say("comparison.others", lang, names=listed, count=len(names) - FEW)
    yield say(key, lang, what=what, count=len(names), names=listed)
