"""Two expressions compared in words: only what is not the same, as a lawyer sets two texts side by side."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.message import say, term
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import Compare, Extremum, Junction, Node, Not
from mixrules.rulebook.walk import walk


def contrast(speaker: Speaker, one: Node, two: Node) -> Iterator[str]:
    """What the second expression says otherwise than the first, a sentence each."""
    if one == two:
        return
    if isinstance(one, Compare) and isinstance(two, Compare):
        yield _compared(speaker, one, two)
    elif isinstance(one, Junction) and isinstance(two, Junction) and one.op == two.op:
        yield from _listed(speaker, one.items, two.items, _part(one, speaker))
    elif isinstance(one, Extremum) and isinstance(two, Extremum) and one.op == two.op:
        yield from _listed(speaker, one.items, two.items, say("revision.term", speaker.lang))
    elif isinstance(one, Not) and isinstance(two, Not):
        yield from contrast(speaker, one.operand, two.operand)
    elif isinstance(one, Junction) and two in one.items:
        yield from _listed(speaker, one.items, (two,), _part(one, speaker))
    elif isinstance(two, Junction) and one in two.items:
        yield from _listed(speaker, (one,), two.items, _part(two, speaker))
    else:
        yield becomes(speaker, speaker.say(one), speaker.say(two))


def becomes(speaker: Speaker, one: str, two: str) -> str:
    """« this » becomes « that »."""
    if one == two:
        return say("revision.no_longer_means_same", speaker.lang, one=one)
    return say("revision.becomes", speaker.lang, one=one, two=two)


def _part(node: Junction, speaker: Speaker) -> str:
    lang = speaker.lang
    return say("revision.condition", lang) if node.op == "and" else say("revision.case", lang)


def _compared(speaker: Speaker, one: Compare, two: Compare) -> str:
    """The threshold where the same thing is measured, what is measured where the threshold is the same."""
    if one.left == two.left:
        change = becomes(speaker, _limit(speaker, one), _limit(speaker, two))
        return f"{speaker.say(one.left)}{say('sign.colon', speaker.lang)}{change}"
    if (one.op, one.right) == (two.op, two.right):
        was, now = speaker.say(one.left), speaker.say(two.left)
        if was != now:
            return say(
                "revision.what_measured_no_longer", speaker.lang, was=was, now=now, limit=_limit(speaker, two)
            )
    return becomes(speaker, speaker.say(one), speaker.say(two))


def _limit(speaker: Speaker, node: Compare) -> str:
    return f"{term('operator', node.op, speaker.lang)} {speaker.required(node)}"


def _listed(speaker: Speaker, one: tuple[Node, ...], two: tuple[Node, ...], noun: str) -> Iterator[str]:
    """Items of a list: the one that changed where there is one, else those that went and those that came."""
    gone = [item for item in one if item not in two]
    come = [item for item in two if item not in one]
    if len(gone) == len(come) == 1:
        yield from contrast(speaker, gone[0], come[0])
        return
    for item in gone:
        yield say("revision.item_removed", speaker.lang, noun=noun, item=speaker.say(item))
    for item in come:
        yield say("revision.item_added", speaker.lang, noun=noun, item=speaker.say(item))
    if not gone and not come:
        # The same items in another order mean the same.
        yield say("revision.same_another_order", speaker.lang)


def named(nodes: list[Node]) -> dict[str, Node]:
    """The definitions that expressions name, by name."""
    from mixrules.rulebook.tree import Dated, Named

    return {n.name: n for node in nodes for n in walk(node) if isinstance(n, Named | Dated)}
