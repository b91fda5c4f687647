"""One drawn file: a permit as it is, or as it would be declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mixrules.programme.model import Submission
from mixrules.territory.drawing import calibration as real
from mixrules.territory.drawing import mix
from mixrules.territory.drawing.chance import Chance
from mixrules.territory.drawing.placing import places


def draw(
    count: int,
    seed: int,
    communes: Sequence[str] = real.COMMUNES,
    *,
    first: int = 0,
    collective: bool = False,
    as_declared: bool = False,
) -> Iterator[Submission]:
    """Draw files, each from the seed and its own number: the first thousand of a corpus are those of a longer one.

    Args:
        count: how many.
        seed: the same seed gives the same files everywhere.
        communes: INSEE codes, all equally likely.
        first: the number of the first, counted from zero.
        collective: permits of three dwellings and more only.
        as_declared: with the gaps and faults of real permit files: tenures mostly untold, rooms and land area
            missing, totals that are not the sum of their parts.
    """
    for number in range(first, first + count):
        chance = Chance(f"mixrules corpus {seed} {number}")
        data = _file(chance, f"synthetique-{seed}-{number:07d}", communes, collective=collective)
        data["commune"] |= _in_default(seed, data["commune"]["insee"], data["dates"]["decision"].year)
        if as_declared:
            _spoil(chance, data)
        yield Submission.model_validate(data)


def _file(chance: Chance, name: str, communes: Sequence[str], *, collective: bool) -> dict[str, Any]:
    day = _day(chance)
    commune = chance.one_of(communes)
    count = mix.size(chance, collective=collective)
    programme = _houses(count) if count < real.COLLECTIVE else _collective(chance, count)
    return {
        "id": name,
        "phase": "decision",
        "dates": {"decision": day},
        "commune": {"insee": commune},
        "programmes": [{"id": name, **programme}],
    }


def _day(chance: Chance) -> date:
    first, last = date(real.YEARS[0], 1, 1), date(real.YEARS[1], 12, 31)
    return first + timedelta(days=chance.whole(0, (last - first).days))


def _in_default(seed: int, commune: str, year: int) -> dict[str, bool]:
    """Whether a commune is in default: the same answer for all its files of one period."""
    period = max((start for start in real.PERIODS if start <= year), default=0)
    chance = Chance(f"mixrules corpus {seed} {commune} {period}")
    return {"carence": chance.happens(real.IN_DEFAULT), "unbuildable_exempt": False}


def _houses(count: int) -> dict[str, Any]:
    """One or two houses: their size was not measured, and is not given."""
    return {
        "collective": False,
        "extension_of_one": count == 1,
        "declared": [{"count": count, "source": "synthétique"}],
        "dwellings": [{"count": count, "tenure": "libre", "residence": "ordinary"}],
    }


def _collective(chance: Chance, count: int) -> dict[str, Any]:
    dwellings = _dwellings(chance, count)
    total = sum(Fraction(dwelling["floor_area"]) for dwelling in dwellings)
    land = int(total * 100 / chance.between(real.DENSITY)) + 1
    buildable = int(total * 100 / chance.whole(*real.BUILT_SHARE))
    sector = dict.fromkeys(("rate_housing", "rate_energy", "rate_lli"), "none")
    return {
        "collective": True,
        "extension_of_one": False,
        "housing_floor_area": total,
        "floor_area": total,
        "declared": [{"count": count, "source": "synthétique"}],
        "site": {
            "land_area": land,
            "buildable_floor_area": buildable,
            "buildable_volume": buildable * real.STOREY_HEIGHT,
            "project_volume": total * real.STOREY_HEIGHT,
            "existing_floor_area": 0,
            "heritage": False,
            "noise_zone": False,
            "defence_land": False,
            "station_distance": chance.between(real.STATION),
            "transit_quality": False,
        },
        "parking": {"places": count},
        "land": {"price": land * chance.between(real.LAND_PRICE), "seller": "private"},
        "sector": {**sector, "rate_lls": chance.one_of(real.SECTOR_RATES), "parking_ratio": 1},
        "dwellings": _gridded(dwellings) if chance.happens(real.UNPLACED) else _placed(chance, dwellings),
        "premises": [],
    }


def _dwellings(chance: Chance, count: int) -> list[dict[str, Any]]:
    tenures, sizes = mix.tenures(chance, count), mix.rooms(chance, count)
    chance.shuffle(sizes)
    living = chance.whole(*real.LIVING_SHARE)
    return [
        {
            "tenure": tenure,
            "rooms": size,
            "floor_area": Fraction(area, 100),
            "living_area": Fraction(area * living // 1000, 100),
            "residence": "ordinary",
        }
        for tenure, size, area in zip(tenures, sizes, mix.areas(chance, sizes), strict=True)
    ]


def _placed(chance: Chance, dwellings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each dwelling in its place: tenures gathered, or mixed through the buildings."""
    if not chance.happens(real.GATHERED):
        chance.shuffle(dwellings)
    spots = places(chance, len(dwellings))
    return [{**dwelling, **spot} for dwelling, spot in zip(dwellings, spots, strict=True)]


def _gridded(dwellings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines for dwellings that are alike, placed nowhere yet."""
    alike = Counter(tuple(dwelling.items()) for dwelling in dwellings)
    return [{**dict(line), "count": count} for line, count in sorted(alike.items(), key=_order)]


def _order(item: tuple[tuple[tuple[str, Any], ...], int]) -> tuple[str, ...]:
    return tuple(str(value) for _, value in item[0])


def _spoil(chance: Chance, data: dict[str, Any]) -> None:
    """Leave out, or get wrong, what real permit files leave out or get wrong, at the rates seen there."""
    programme = data["programmes"][0]
    programme["dwellings"] = _as_told(chance, programme["dwellings"], data["dates"]["decision"].year)
    if chance.happens(real.TOTAL_OFF):
        programme["declared"][0]["count"] += chance.whole(*real.TOTAL_OFF_BY)
    if "site" in programme and chance.happens(real.LAND_MISSING):
        del programme["site"]["land_area"]


def _as_told(chance: Chance, dwellings: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    """A permit counts its dwellings by tenure or by rooms, never by both, and places none of them."""
    told = chance.happens(real.DECLARED)
    sized = not chance.happens(rooms_missing(year))
    kept = "tenure" if told else "rooms" if sized else ""
    counts: Counter[Any] = Counter()
    for dwelling in dwellings:
        value = dwelling.get(kept)
        # A permit counts social dwellings; of the others it says nothing.
        counts[None if value == "libre" else value] += dwelling.get("count", 1)
    lines = sorted(counts.items(), key=lambda line: str(line[0]))
    return [{"count": count, **({kept: value} if value is not None else {})} for value, count in lines]


def rooms_missing(year: int) -> Fraction:
    """The share of permits of a year that do not tell their rooms."""
    known = sorted(real.ROOMS_MISSING.items())
    for (start, low), (end, high) in pairwise(known):
        if start <= year <= end:
            return (low + Fraction((high - low) * (year - start), end - start)) / 100
    return Fraction(known[-1][1] if year > known[-1][0] else known[0][1], 100)
