"""Where the dwellings of a drawn programme stand: buildings, stairwells, floors, landings."""

from __future__ import annotations

from collections.abc import Iterator

from mixrules.territory.drawing import calibration as real
from mixrules.territory.drawing.chance import Chance

Place = dict[str, str]


def places(chance: Chance, count: int) -> Iterator[Place]:
    """The place of each of `count` dwellings, building by building and floor by floor."""
    building, left = 0, count
    while left:
        held = min(left, chance.whole(*real.BUILDING))
        building += 1
        yield from _building(chance, held, f"B{building}")
        left -= held


def _building(chance: Chance, count: int, name: str) -> Iterator[Place]:
    stairwell, left = 0, count
    while left:
        held = min(left, chance.whole(*real.STAIRWELL))
        stairwell += 1
        yield from _stairwell(
            held, chance.whole(*real.LANDING), {"building": name, "stairwell": f"{stairwell}"}
        )
        left -= held


def _stairwell(count: int, landing: int, around: Place) -> Iterator[Place]:
    for index in range(count):
        level, door = divmod(index, landing)
        floor = f"R+{level}" if level else "RDC"
        lot = f"{around['building']}-{around['stairwell']}-{level}{door + 1:02d}"
        yield around | {"floor": floor, "landing": "1", "lot": lot}
