"""Who is counted: places in the canonical order of a submission, written as ranges (`1-12,15`)."""

from __future__ import annotations

from collections.abc import Iterable

from mixrules.programme.placing import PLURAL
from mixrules.programme.scope import Element, ScopeTree
from mixrules.programme.vocabulary import OF_DISTRICT

COLLECTIONS = {
    **PLURAL,
    "dwelling": "dwellings",
    "programme": "programmes",
    "premise": "premises",
    "existing": "existing",
    "shared_place": "shared_places",
}
"""What the elements of a scale are listed in."""


class Roll:
    """Every collection of a tree, its members numbered from 1 in an order that no file decides."""

    def __init__(self, tree: ScopeTree) -> None:
        self._district = tree.elements("district")[0]
        self._several = len(self._district.members["programmes"]) > 1
        lists = [*self._district.members.values()]
        for programme in self._district.members["programmes"]:
            lists += [programme.element.members[COLLECTIONS[item]] for item in OF_DISTRICT]
        self.numbers = {member.element: place for members in lists for place, member in enumerate(members, 1)}

    def names(self, collection: str) -> list[str]:
        """What each member is called, in the order of the numbers: the lot of a dwelling, else where it stands."""
        return [self._name(member.element) for member in self._district.members.get(collection, ())]

    def _name(self, element: Element) -> str:
        if element.scope == "dwelling":
            name = element.name
            return f"{element.ancestor('programme').name}/{name}" if self._several else name
        if element.scope in {"programme", "existing", "shared_place"}:
            return element.name
        return element.path if self._several else element.path.partition("/")[2] or element.name


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow each other as one range."""
    written: list[str] = []
    first = last = 0
    for number in sorted(numbers):
        if number == last + 1 and first:
            last = number
            continue
        if first:
            written.append(str(first) if first == last else f"{first}-{last}")
        first = last = number
    if first:
        written.append(str(first) if first == last else f"{first}-{last}")
    return ",".join(written)


def numbers(text: str) -> list[int]:
    """The numbers of ranges, in order."""
    found: list[int] = []
    for part in text.split(",") if text else ():
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found
