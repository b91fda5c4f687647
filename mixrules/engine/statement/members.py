"""Which members a measure counted: of a share the part and the base, of a sum its terms, of a condition who fails.

A member counts surely, or may count: because its place is not known, or because what the condition reads is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from mixrules.engine import gaps, observe
from mixrules.engine.decision import Counted
from mixrules.engine.network import Truth
from mixrules.engine.statement import missing
from mixrules.engine.statement.common import LANGS
from mixrules.engine.statement.roll import COLLECTIONS, ranges
from mixrules.message import bilingual, say, term
from mixrules.programme.scope import Element
from mixrules.quantity import EMPTY_BASE, Interval, canonical, point
from mixrules.rulebook.prose import Speaker
from mixrules.rulebook.tree import (
    Aggregate,
    Average,
    Collection,
    Count,
    Dated,
    Distinct,
    Named,
    Node,
    Outermost,
    Quantified,
    Share,
    Total,
    Type,
)
from mixrules.rulebook.walk import children, walk

if TYPE_CHECKING:
    from mixrules.engine.statement.unfolding import Unfolding

MOST_VALUES = 12
"""Different terms told apart at most: of more, only the members are named."""
MOST_UNFOLDED = 12
"""Members whose own computation is unfolded at most, those that fail first."""
FEW_DOUBTS = 5
"""Members looked at to say why they may count."""

One = tuple[Element, int, int | float, Truth]


@dataclass
class Group:
    """Members that are the same thing to a measure."""

    size: Interval = field(default_factory=lambda: point(0))
    least: int = 0
    most: int | float = 0
    sure: list[int] = field(default_factory=list)
    maybe: list[int] = field(default_factory=list)

    def add(self, number: int | None, least: int, most: float) -> None:
        """Count a member; one that stands in no collection of its own may only count."""
        self.least += least
        self.most += most
        if number is not None and most:
            (self.sure if least == most else self.maybe).append(number)


@dataclass
class Seen:
    """What a measure counted, and the members one by one where their own computation is told."""

    groups: list[Counted]
    ratio: str = ""
    holds: list[Truth] = field(default_factory=list)
    found: list[One] = field(default_factory=list)


def seen(unfolding: Unfolding, node: Aggregate, element: Element) -> Seen:
    """The members that a measure counted at an element."""
    found = list(unfolding.measures.members(node.over, element))
    if isinstance(node, Share):
        made = _of_share(unfolding, node, found)
    elif isinstance(node, Quantified):
        made = _of_condition(unfolding, node, found)
    elif isinstance(node, Count):
        made = Seen(_counted(unfolding, node, found))
    else:
        made = Seen(_counted(unfolding, node, found) + _terms(unfolding, node, found))
    made.found = found
    return made


# -- a share ---------------------------------------------------------------------------------------------


def _of_share(unfolding: Unfolding, node: Share, found: list[One]) -> Seen:
    part = unfolding.measures.of(node.part)
    weight = unfolding.measures.of(node.weight) if node.weight is not None else None
    parts: dict[str, Group] = {}
    bases: dict[str, Group] = {}
    told = []
    number_of = unfolding.roll.numbers.get
    for member, least, most, _ in found:
        holds = part(member)
        told.append(holds)
        number = number_of(member)
        heavy = weight(member) if weight is not None else None
        base = _group(bases, member)
        base.add(number, least, most)
        if weight is not None:
            base.size += _weighed(heavy, least, most)
        if holds is not False:
            group = _group(parts, member)
            sure = least if holds else 0
            group.add(number, sure, most)
            if weight is not None:
                group.size += _weighed(heavy, sure, most)
    kind = node.weight.type if node.weight is not None else None
    about = unfolding.about(node)
    groups = _written("part", about.part, parts, kind) or [_nothing("part", node.over, about.part, kind)]
    groups += _written("base", about.over, bases, kind)
    return Seen(groups, _ratio(parts, bases, kind), told)


def _weighed(heavy: Any, least: int, most: float) -> Interval:
    if not isinstance(heavy, Interval):
        return EMPTY_BASE
    return heavy * Interval(least, most)


def _ratio(parts: dict[str, Group], bases: dict[str, Group], kind: Type | None) -> str:
    """The two numbers of a share, when both are known: as the check beside it writes them."""
    part, whole = (_sum(groups, kind) for groups in (parts, bases))
    if not (part.known and whole.known) or not whole.lo:
        return ""
    return f"{canonical(part.lo)}/{canonical(whole.lo)}"


def _sum(groups: dict[str, Group], kind: Type | None) -> Interval:
    total = point(0)
    for group in groups.values():
        total += group.size if kind is not None else Interval(group.least, group.most)
    return total


# -- other measures --------------------------------------------------------------------------------------


def _counted(unfolding: Unfolding, node: Aggregate, found: list[One]) -> list[Counted]:
    groups: dict[str, Group] = {}
    number_of = unfolding.roll.numbers.get
    for member, least, most, _ in found:
        number = number_of(member)
        _group(groups, member).add(number, least, most)
    says = unfolding.about(node).over
    return _written("counted", says, groups, None) or [_nothing("counted", node.over, says, None)]


def _of_condition(unfolding: Unfolding, node: Quantified, found: list[One]) -> Seen:
    condition = unfolding.measures.of(node.condition)
    groups: dict[Truth, dict[str, Group]] = {False: {}, None: {}, True: {}}
    told = []
    number_of = unfolding.roll.numbers.get
    for member, least, most, _ in found:
        holds: Truth = condition(member)
        told.append(holds)
        number = number_of(member)
        _group(groups[holds], member).add(number, least, most)
    says = unfolding.says(node.condition)
    whats = ((False, "fails"), (None, "open"), (True, "holds"))
    return Seen([one for truth, what in whats for one in _written(what, says, groups[truth], None)], "", told)


def _terms(
    unfolding: Unfolding, node: Total | Average | Outermost | Distinct, found: list[One]
) -> list[Counted]:
    """The members by the value of their term, where few values occur."""
    from mixrules.engine.statement.unfolding import unit_of, written

    term = unfolding.measures.of(node.term)
    by_value: dict[Any, dict[str, Group]] = {}
    number_of = unfolding.roll.numbers.get
    for member, least, most, _ in found:
        groups = by_value.setdefault(term(member), {})
        if len(by_value) > MOST_VALUES:
            return []
        number = number_of(member)
        _group(groups, member).add(number, least, most)
    says, unit = unfolding.says(node.term), unit_of(node.term.type)
    return [
        one.replace(value=written(value, node.term.type)[0], unit=unit)
        for value, groups in by_value.items()
        for one in _written("term", says, groups, None)
    ]


def _group(groups: dict[str, Group], member: Element) -> Group:
    found = groups.get(member.scope)
    if found is None:
        found = groups[member.scope] = Group()
    return found


def _written(what: Any, says: int, groups: dict[str, Group], kind: Type | None) -> list[Counted]:
    """Groups as a decision writes them: how many or how much, and who."""
    return [
        Counted(
            what=what,
            of=COLLECTIONS[scope],
            says=says,
            value=observe.written(
                group.size if kind is not None else Interval(group.least, group.most), _unit(kind, scope)
            ),
            unit=_unit(kind, scope),
            sure=ranges(group.sure),
            maybe=ranges(group.maybe),
        )
        for scope, group in groups.items()
        if group.most
    ]


def _nothing(what: Any, over: Collection, says: int, kind: Type | None) -> Counted:
    collection = over.sources[0]
    scope = next(scope for scope, name in COLLECTIONS.items() if name == collection)
    return Counted(what=what, of=collection, says=says, value="0", unit=_unit(kind, scope), sure="", maybe="")


def _unit(kind: Type | None, scope: str) -> str:
    if kind is not None:
        return "ratio" if kind.unit.is_ratio else str(kind.unit)
    return "dwelling" if scope == "existing" else scope


# -- what stands behind ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class About:
    """What is the same of a measure wherever it is taken: its sentences, what its words mean, what it computes."""

    over: int
    part: int
    meanings: list[int]
    inner: Node | None


def about(unfolding: Unfolding, node: Aggregate) -> About:
    """What does not depend on where a measure is taken."""
    over = unfolding.sentence(lambda speaker: speaker.collection(node.over))
    part = over
    if isinstance(node, Share):
        noun, kept = node.over.sources[0], node.part
        part = unfolding.sentence(lambda speaker: speaker.narrowed(term("noun", noun, speaker.lang), kept))
    return About(over, part, list(dict.fromkeys(_of_words(unfolding, node))), _inner(node))


def _of_words(unfolding: Unfolding, node: Aggregate) -> Iterator[int]:
    for child in children(node):
        if isinstance(child, Collection):
            yield from _meanings(unfolding, child.where) if child.where is not None else ()
        else:
            yield from _meanings(unfolding, child)


def _meanings(unfolding: Unfolding, node: Node) -> Iterator[int]:
    if not isinstance(node, Named | Dated):
        for child in children(node):
            if not isinstance(child, Collection):
                yield from _meanings(unfolding, child)
        return
    body = node.body if isinstance(node, Named) else unfolding.measures.dated(node)
    if body is None:
        return

    def defined(speaker: Speaker) -> str:
        return speaker.say(node) + say("sign.colon", speaker.lang) + speaker.say(body)

    inner = list(dict.fromkeys(_meanings(unfolding, body)))
    yield unfolding.tracer.step("definition", unfolding.sentence(defined), "", steps=inner)


def elements(unfolding: Unfolding, node: Aggregate, counted: Seen) -> list[int]:
    """The computation of each member of a measure of measures, those that fail first."""
    inner = unfolding.about(node).inner
    if inner is None:
        return []
    holds = counted.holds or [None] * len(counted.found)
    pairs = zip(counted.found, holds, strict=True)
    failing_first = sorted(pairs, key=lambda pair: {False: 0, None: 1, True: 2}[pair[1]])
    steps = []
    for (member, *_), _ in failing_first[:MOST_UNFOLDED]:
        _, text, unit = unfolding.value(inner, member)
        says = unfolding.told(dict.fromkeys(LANGS, member.path))
        steps.append(unfolding.tracer.step("element", says, text, unit, steps=unfolding.all([inner], member)))
    return steps


def _inner(node: Aggregate) -> Node | None:
    """What a measure computes of each member, where that is itself a measure."""
    if isinstance(node, Count):
        inner = node.over.where
    elif isinstance(node, Share):
        inner = node.part
    else:
        inner = node.condition if isinstance(node, Quantified) else node.term
    if inner is None or not any(isinstance(part, Aggregate) for part in walk(inner)):
        return None
    return inner


def doubt(unfolding: Unfolding, node: Aggregate, element: Element, counted: Seen) -> int:
    """Why a measure is not known: its base is empty, or fields that its members lack."""
    measures = unfolding.measures
    if isinstance(node, Share | Average) and measures.base(node, element).hi == 0:
        return unfolding.told(bilingual("why.empty_base"))
    found: set[gaps.Gap] = set()
    doubtful = (one for one in counted.found if one[1] != one[2] or one[3] is None)
    for member, least, most, keep in islice(doubtful, FEW_DOUBTS):
        if keep is None and node.over.where is not None:
            found.update(gaps.find(measures, node.over.where, member))
        if least != most:
            found.update(_place(element, node.over, member))
    for read in _read(node):
        unknown = (one[0] for one in counted.found if not gaps.is_known(measures.value(read, one[0])))
        for member in islice(unknown, FEW_DOUBTS):
            found.update(gaps.find(measures, read, member))
    lacking = missing.grouped(found, unfolding.deliberation)
    if not lacking:
        return unfolding.told(bilingual("why.not_known"))
    names = {lang: ", ".join(dict.fromkeys(one.label[lang] for one in lacking)) for lang in LANGS}
    return unfolding.told({lang: say("why.not_known_of_all", lang, names=names[lang]) for lang in LANGS})


def _place(element: Element, over: Collection, member: Element) -> Iterable[gaps.Gap]:
    """What would settle whether a member stands here."""
    for source in over.sources:
        for one in element.collection(source):
            if one.element is member and one.doubt:
                yield gaps.Gap(one.doubt, member.path, member.scope)


def _read(node: Aggregate) -> list[Node]:
    """What a measure reads of each member."""
    if isinstance(node, Share):
        return [node.part, *([node.weight] if node.weight is not None else [])]
    if isinstance(node, Average):
        return [node.term, *([node.weight] if node.weight is not None else [])]
    if isinstance(node, Quantified):
        return [node.condition]
    return [] if isinstance(node, Count) else [node.term]
