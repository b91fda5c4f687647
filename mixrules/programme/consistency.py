"""What crosses several fields: a dwelling on two landings, a building in two blocks, dates out of order.

An error cannot be true of any building; a note may be true, and is worth a second look. Places are JSON
pointers here; the reader turns them into cells, lines or pointers. Totals that contradict their parts are
another matter: see `contradiction`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from mixrules.message import LANGS, Place, Problem, format_date, format_number, say
from mixrules.programme.category import fold
from mixrules.programme.draft import pointer
from mixrules.programme.field import Label
from mixrules.programme.model import Dates, Dwelling, Programme, Submission
from mixrules.quantity import Exact

Line = tuple[int, Dwelling]


def errors(submission: Submission) -> list[Problem]:
    """What cannot be: the file is refused."""
    found = list(_dates_out_of_order(submission.dates))
    for index, programme in enumerate(submission.programmes):
        lines = list(enumerate(programme.dwellings or ()))
        found.extend(_same_lot(index, lines))
        found.extend(_building_in_two_blocks(index, lines))
    found.extend(_same_programme(submission))
    return found


def notes(submission: Submission) -> list[Problem]:
    """What is odd: the file is read, and the reader is told."""
    found: list[Problem] = []
    for index, programme in enumerate(submission.programmes):
        found.extend(_areas_inverted(index, programme))
    return found


def _at(*parts: str | int) -> Place:
    return Place(pointer=pointer(*parts))


_ORDERS = (
    ("certificate", "filing", "decision", "delivery"),
    ("subdivision", "subdivision_completed"),
    ("refusal", "annulment_notified", "confirmation", "decision"),
    ("refusal", "annulment_final"),
    ("initial_permit", "filing"),
    ("initial_permit", "permitted_works_completed"),
)


def _dates_out_of_order(dates: Dates) -> Iterator[Problem]:
    for order in _ORDERS:
        before = ""
        for name in order:
            day = getattr(dates, name)
            if not isinstance(day, date):
                continue
            earlier = getattr(dates, before) if before else None
            if earlier is not None and day < earlier:
                yield Problem.of(
                    "dates_out_of_order",
                    _at("dates", name),
                    label_fr=_label(name).fr,
                    label_en=_label(name).en,
                    other_fr=_label(before).fr,
                    other_en=_label(before).en,
                    day_fr=format_date(day, "fr"),
                    day_en=format_date(day, "en"),
                    other_day_fr=format_date(earlier, "fr"),
                    other_day_en=format_date(earlier, "en"),
                )
            before = name


def _label(name: str) -> Label:
    return next(note for note in Dates.model_fields[name].metadata if isinstance(note, Label))


def _same_programme(submission: Submission) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, programme in enumerate(submission.programmes):
        if programme.id is None:
            continue
        if programme.id in seen:
            yield Problem.of(
                "programme_listed_twice",
                _at("programmes", index, "id"),
                id=programme.id,
                at_other=pointer("programmes", seen[programme.id], "id"),
            )
        seen.setdefault(programme.id, index)


def _same_lot(programme: int, lines: list[Line]) -> Iterator[Problem]:
    """A lot number may come back in another building, and a line for N dwellings is not one lot."""
    seen: dict[tuple[str, str, str], Line] = {}
    for index, dwelling in lines:
        if dwelling.lot is None or dwelling.count != 1:
            continue
        key = (fold(dwelling.block or ""), fold(dwelling.building or ""), dwelling.lot)
        first = seen.setdefault(key, (index, dwelling))
        if first[0] == index:
            continue
        yield Problem.of(
            "dwelling_on_two_landings" if _moved(first[1], dwelling) else "dwelling_listed_twice",
            _at("programmes", programme, "dwellings", index, "lot"),
            lot=dwelling.lot,
            **_of_building(dwelling.building),
            at_other=pointer("programmes", programme, "dwellings", first[0], "lot"),
        )


def _of_building(building: str | None) -> dict[str, str]:
    said = {lang: say("hint.building", lang, building=building) if building else "" for lang in LANGS}
    return {f"building_{lang}": text for lang, text in said.items()}


def _moved(one: Dwelling, other: Dwelling) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in ("stairwell", "floor", "landing"))


def _building_in_two_blocks(programme: int, lines: list[Line]) -> Iterator[Problem]:
    seen: dict[str, tuple[int, str]] = {}
    told: set[str] = set()
    for index, dwelling in lines:
        if dwelling.building is None or dwelling.block is None or dwelling.building in told:
            continue
        first, block = seen.setdefault(dwelling.building, (index, dwelling.block))
        if block != dwelling.block:
            told.add(dwelling.building)
            yield Problem.of(
                "building_in_two_blocks",
                _at("programmes", programme, "dwellings", index, "block"),
                building=dwelling.building,
                block=dwelling.block,
                other=block,
                at_other=pointer("programmes", programme, "dwellings", first, "block"),
            )


def _areas_inverted(index: int, programme: Programme) -> Iterator[Problem]:
    """Living area lies inside floor area, but walls are measured differently: told, not refused."""
    for number, dwelling in enumerate(programme.dwellings or ()):
        if _greater(dwelling.living_area, dwelling.floor_area):
            yield Problem.of(
                "living_above_floor_area",
                _at("programmes", index, "dwellings", number, "living_area"),
                at_other=pointer("programmes", index, "dwellings", number, "floor_area"),
                **_two_numbers(dwelling.living_area, dwelling.floor_area),
            )


def _greater(one: object, other: object) -> bool:
    return isinstance(one, int | Fraction) and isinstance(other, int | Fraction) and one > other


def _two_numbers(found: Exact, limit: Exact) -> dict[str, str]:
    return {
        "found_fr": format_number(found, "fr"),
        "found_en": format_number(found, "en"),
        "limit_fr": format_number(limit, "fr"),
        "limit_en": format_number(limit, "en"),
    }
