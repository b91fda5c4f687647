"""The tenures and the sizes of the dwellings of a drawn programme."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mixrules.territory.drawing import calibration as real
from mixrules.territory.drawing.chance import Chance


def size(chance: Chance, *, collective: bool) -> int:
    """How many dwellings a permit creates."""
    if not collective and (few := chance.weighed(real.SMALL)) < real.COLLECTIVE:
        return few
    while True:
        drawn = int(chance.log_normal(real.SIZE_MU, real.SIZE_SIGMA).to_integral_value())
        if real.COLLECTIVE <= drawn <= real.LARGEST:
            return drawn


def tenures(chance: Chance, count: int) -> list[str]:
    """The tenure of each dwelling of a collective programme."""
    if chance.happens(real.LANDLORD):
        return _social(chance, count)
    if count < real.SOCIAL_FROM:
        return ["libre"] * count
    low, high = chance.weighed(real.SOCIAL_SHARE)
    rented = _part(chance, count, chance.whole(10 * low, 10 * high - 1))
    aided = 0
    if chance.happens(real.AIDED):
        aided = min(count - rented, _part(chance, count, 10 * chance.between(real.AIDED_SHARE)))
    owned = [chance.one_of(real.AIDED_TENURES)] * aided
    return [*_social(chance, rented), *owned, *(["libre"] * (count - rented - aided))]


def _part(chance: Chance, count: int, thousandths: int) -> int:
    """So many thousandths of a number, rounded up or down as chance has it."""
    return (count * thousandths + chance.whole(0, 999)) // 1000


def _social(chance: Chance, count: int) -> list[str]:
    """Social dwellings by product: often one, at times two or three in one programme."""
    together = min(chance.weighed(real.PRODUCTS_TOGETHER), max(count, 1))
    chosen = _products(chance, together)
    if together == 1:
        return chosen * count
    whole = sum(real.PRODUCT_MEANS[name] for name in chosen)
    means = [(real.PRODUCT_MEANS[name] / whole).quantize(Decimal("0.0001")) for name in chosen]
    counts = chance.allotted(count, chance.shares(means, real.PRODUCT_PRECISION))
    return [name for name, number in zip(chosen, counts, strict=True) for _ in range(number)]


def _products(chance: Chance, together: int) -> list[str]:
    left = dict(real.PRODUCTS)
    chosen = []
    for _ in range(together):
        chosen.append(chance.weighed(left))
        del left[chosen[-1]]
    return [name for name in real.PRODUCTS if name in chosen]


def rooms(chance: Chance, count: int) -> list[int]:
    """The number of rooms of each flat; six stands for six and more."""
    shares = chance.shares(real.ROOMS_MEANS, real.ROOMS_PRECISION)
    counts = chance.allotted(count, shares)
    return [number for number, many in enumerate(counts, start=1) for _ in range(many)]


def areas(chance: Chance, sizes: list[int]) -> Iterator[int]:
    """The floor area of each flat in hundredths of m²; their mean is that drawn for the permit."""
    mean = chance.between(real.FLOOR_AREA)
    weights = [real.ROOM_WEIGHTS[number - 1] for number in sizes]
    total, whole = mean * len(sizes), sum(weights)
    return (total * weight // whole for weight in weights)
