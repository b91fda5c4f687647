"""The kinds of value that a submitted field may hold, each checked and exact.

Three states are kept apart everywhere: a value, `"none"` (« sans objet »: known not to exist), and a field
that was not given (`None`: unknown). Zero is a value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic_core import PydanticCustomError, core_schema

from mixrules.message import Lang
from mixrules.programme.category import CATEGORIES, fold
from mixrules.quantity import Exact, NotExactError, canonical, parse_exact

Kind = Literal["number", "yes_no", "category", "text", "date"]
NONE_WORDS = frozenset({"none", "sans objet", "neant", "s o"})
YES_WORDS = frozenset({"oui", "yes", "true", "vrai", "x"})
NO_WORDS = frozenset({"non", "no", "false", "faux"})


class Label:
    """What people call a field, in French and English, and its unit."""

    __slots__ = ("en", "fr", "unit")

    def __init__(self, fr: str, en: str, unit: str = "") -> None:
        self.fr, self.en, self.unit = fr, en, unit

    def of(self, lang: Lang) -> str:
        """The name in a language."""
        return self.fr if lang == "fr" else self.en

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return handler(source)


class Holds:
    """What a field holds: its kind, how a submitted value becomes it, and how it is written back.

    It gives pydantic the whole schema at once: layered annotations cost tens of milliseconds at each start.
    """

    __slots__ = ("category", "json", "kind", "validate", "write")

    def __init__(
        self,
        kind: Kind,
        validate: Callable[[object], object],
        json: dict[str, Any],
        write: Callable[[Any], Any] | None = None,
        category: str = "",
    ) -> None:
        self.kind, self.validate, self.json, self.write, self.category = kind, validate, json, write, category

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        del source, handler
        written = core_schema.plain_serializer_function_ser_schema(self.write) if self.write else None
        return core_schema.no_info_plain_validator_function(self.validate, serialization=written)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        del schema, handler
        return dict(self.json)


def _is_none(value: object) -> bool:
    return isinstance(value, str) and fold(value) in NONE_WORDS


def _number(
    value: object, least: Exact | None, most: Exact | None, places: int | None, whole: bool
) -> object:
    if value is None or _is_none(value):
        return None if value is None else "none"
    if isinstance(value, str) and fold(value) in {"unlimited", "illimite"}:
        return "unlimited"
    try:
        number = _strip_unit(value)
    except NotExactError:
        raise PydanticCustomError("number_expected", "number expected", {"found": str(value)[:60]}) from None
    if least is not None and number < least:
        raise PydanticCustomError(
            "too_small", "too small", {"found": canonical(number), "least": canonical(least)}
        )
    if most is not None and number > most:
        raise PydanticCustomError(
            "too_great", "too great", {"found": canonical(number), "most": canonical(most)}
        )
    if whole and Fraction(number).denominator != 1:
        raise PydanticCustomError("whole_expected", "whole number expected", {"found": canonical(number)})
    if places is not None and Fraction(number * 10**places).denominator != 1:
        raise PydanticCustomError(
            "too_precise", "too precise", {"found": canonical(number), "places": places}
        )
    return number


def _strip_unit(value: object) -> Exact:
    if not isinstance(value, str):
        return parse_exact(value)
    text = value.strip()
    if text.endswith("%"):
        return parse_exact(Fraction(parse_exact(text[:-1])) / 100)
    for suffix in ("€/m²", "m²", "m2", "m³", "m3", "€", "m"):
        if text.endswith(suffix):
            return parse_exact(text[: -len(suffix)])
    return parse_exact(text)


def _serialise(value: object) -> object:
    return canonical(value) if isinstance(value, int | Fraction) else value


def number_type(
    least: Exact | None = 0,
    most: Exact | None = None,
    places: int | None = None,
    whole: bool = False,
    given: bool = False,
) -> Any:
    """An exact number, with its bounds and precision; « sans objet » or « illimité » unless it must be given."""

    def validate(value: object) -> object:
        number = _number(value, least, most, places, whole)
        if given and not isinstance(number, int | Fraction):
            raise PydanticCustomError("number_expected", "number expected", {"found": str(value or "")})
        return number

    schema = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]}
    return Annotated[Any, Holds("number", validate, schema, _serialise)]


Area = number_type(0, 10_000_000, 2)
"""Square metres, exact to 0.01 m²."""
DwellingArea = number_type(Fraction(1, 100), 1_000, 2)
"""The area of one dwelling: above 1 000 m² it is a typing error."""
Volume = number_type(0, 100_000_000, 2)
Money = number_type(0, 100_000_000_000, 2)
Rate = number_type(0, 1)
"""A rate as a ratio; `20 %` and `0.2` are the same."""
Length = number_type(0, 1_000_000, 2)
Count = number_type(0, 10_000_000, whole=True)
Rooms = number_type(1, 20, whole=True)
LineCount = number_type(1, 100_000, whole=True, given=True)
"""How many dwellings a line stands for."""
ParkingRatio = number_type(0, 20)


def category_type(name: str) -> Any:
    """A member of a closed list, possibly known only in part (`PLAI|PLUS`)."""
    category = CATEGORIES[name]

    def validate(value: object) -> object:
        if value is None or isinstance(value, frozenset):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError(
                "category_unknown", "unknown", {"found": str(value)[:60], "category": name}
            )
        if not value.strip():
            return None
        members = category.read(value)
        if members is None:
            raise PydanticCustomError("category_unknown", "unknown", {"found": value[:60], "category": name})
        return None if members == category.everything else members

    schema = {"anyOf": [{"type": "string", "examples": list(category.members)}, {"type": "null"}]}
    return Annotated[Any, Holds("category", validate, schema, _joined, name)]


def _joined(value: object) -> object:
    return "|".join(sorted(value)) if isinstance(value, frozenset) else value


ZoneAbc = category_type("zone_abc")
Tenure = category_type("tenure")
Public = category_type("public")
Residence = category_type("residence")
Use = category_type("use")
Phase = category_type("phase")
PlaceKind = category_type("shared_place")
Seller = category_type("seller")


def _yes_no(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    word = fold(str(value))
    if word in YES_WORDS:
        return True
    if word in NO_WORDS or word in NONE_WORDS:
        return False
    if not word:
        return None
    raise PydanticCustomError("yes_no_expected", "yes or no expected", {"found": str(value)[:60]})


YesNo = Annotated[
    bool | None,
    Holds("yes_no", _yes_no, {"anyOf": [{"type": "boolean"}, {"enum": ["oui", "non"]}, {"type": "null"}]}),
]


def _day(value: object) -> object:
    if value is None or _is_none(value):
        return None if value is None else "none"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    for order in (_iso, _french):
        day = order(text)
        if day is not None:
            if not 1900 <= day.year <= 2200:
                raise PydanticCustomError("date_absurd", "absurd date", {"found": text})
            return day
    raise PydanticCustomError("date_expected", "date expected", {"found": text[:60]})


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if len(text) in {10, 19} else None
    except ValueError:
        return None


def _french(text: str) -> date | None:
    parts = text.split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else None
    except ValueError:
        return None


Day = Annotated[
    date | Literal["none"] | None,
    Holds(
        "date",
        _day,
        {"anyOf": [{"type": "string", "format": "date"}, {"const": "none"}, {"type": "null"}]},
        lambda day: day.isoformat() if isinstance(day, date) else day,
    ),
]


def _text(value: object) -> object:
    if value is None:
        return None
    if isinstance(value, bool):
        raise PydanticCustomError("text_expected", "text expected", {"found": str(value)})
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float):
        raise PydanticCustomError("text_expected", "text expected", {"found": type(value).__name__})
    text = str(value).strip()
    if len(text) > 2000:
        raise PydanticCustomError("text_too_long", "too long", {"found": text[:40] + "…"})
    return text or None


Text = Annotated[str | None, Holds("text", _text, {"anyOf": [{"type": "string"}, {"type": "null"}]})]
