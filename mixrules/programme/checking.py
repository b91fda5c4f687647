"""From a draft to a checked submission: the model's verdict, in our words, at the place of each value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from mixrules.message import Problem, format_number, hint, in_each, say, suggest
from mixrules.programme import consistency
from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.draft import Draft, place_of, pointer
from mixrules.programme.field import Label, Rate, YesNo
from mixrules.programme.layout import CLAIMS, EVIDENCE, Entry, unit_words
from mixrules.programme.model import Submission
from mixrules.quantity import NotExactError, canonical, parse_exact

Location = tuple[str | int, ...]

MOST_DIGITS = 10**15

OPEN_FIELDS = ("claims", "elections", "facts")
"""Fields whose keys come from the rulebooks: their values are plain, and written one way only."""


def check(draft: Draft) -> Submission | None:
    """Check a draft against the model, then what crosses its fields; problems and notes join the draft's."""
    data = _without_blanks(draft.data)
    _settle_open_fields(data, draft)
    try:
        submission = Submission.model_validate(data)
    except ValidationError as error:
        draft.problems.extend(_problem(found, draft) for found in error.errors(include_url=False))
        return None
    draft.problems.extend(_placed(problem, draft) for problem in consistency.errors(submission))
    draft.notes.extend(_placed(problem, draft) for problem in consistency.notes(submission))
    return submission


def _without_blanks(value: Any) -> Any:
    """Drop what is null: given or not, it is unknown."""
    if isinstance(value, dict):
        return {k: _without_blanks(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return value


def _settle_open_fields(data: dict[str, Any], draft: Draft) -> None:
    programmes = data.get("programmes")
    holders: list[tuple[Location, Any]] = [(("district",), data.get("district"))]
    if "programme" in data:
        holders.append((("programmes", 0), data["programme"]))
    if isinstance(programmes, list):
        holders.extend((("programmes", i), p) for i, p in enumerate(programmes))
    for at, holder in holders:
        if isinstance(holder, dict):
            _settle_holder(at, holder, draft)


def _settle_holder(at: Location, holder: dict[str, Any], draft: Draft) -> None:
    for name in OPEN_FIELDS:
        if isinstance(holder.get(name), dict):
            holder[name] = {key: settle(value) for key, value in holder[name].items()}
    if isinstance(holder.get("claims"), dict):
        _check_claims(at, holder["claims"], draft)
    dwellings = holder.get("dwellings")
    for line in dwellings if isinstance(dwellings, list) else ():
        if isinstance(line, dict) and isinstance(line.get("facts"), dict):
            line["facts"] = {key: settle(value) for key, value in line["facts"].items()}


def settle(value: Any) -> Any:
    """An open value in its one plain form: yes or no, a whole number, an exact number as text, or a text."""
    if isinstance(value, dict):
        return {key: settle(item) for key, item in value.items()}
    if isinstance(value, list):
        return [settle(item) for item in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal | Fraction):
        return _settle_number(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return _settle_text(value) if isinstance(value, str) else value


def _settle_number(value: float | Decimal | Fraction) -> int | str:
    """Whole numbers stay numbers as far as every format holds them exactly: fifteen digits."""
    try:
        exact = parse_exact(value)
    except NotExactError:
        return str(value)
    return exact if isinstance(exact, int) and abs(exact) < MOST_DIGITS else canonical(exact)


def _settle_text(text: str) -> Any:
    stripped = text.strip()
    if fold(stripped) in {"oui", "vrai", "yes"}:
        return True
    if fold(stripped) in {"non", "faux", "no"}:
        return False
    if stripped.endswith("%"):
        try:
            return settle(Fraction(parse_exact(stripped[:-1])) / 100)
        except NotExactError:
            return stripped
    return stripped


def _check_claims(at: Location, claims: dict[str, Any], draft: Draft) -> None:
    for entry in CLAIMS:
        key = entry.path[-1]
        if key not in claims:
            continue
        kind: Any = Rate if entry.kind == "number" else YesNo
        try:
            claims[key] = settle(TypeAdapter(kind).validate_python(claims[key]))
        except ValidationError as error:
            for found in error.errors(include_url=False):
                draft.problems.append(_problem({**found, "loc": (*at, "claims", key)}, draft))


def _placed(problem: Problem, draft: Draft) -> Problem:
    where = place_of(draft.places, problem.where.pointer, draft.file)
    args = tuple(
        (name, str(place_of(draft.places, text, draft.file)) if name.startswith("at_") else text)
        for name, text in problem.args
    )
    return Problem(problem.code, where, args, problem.line_text)


def _problem(found: Mapping[str, Any], draft: Draft) -> Problem:
    location: Location = found["loc"]
    label, owner = described(location)
    unit_fr, unit_en = unit_words(label)
    given = found.get("input")
    args: dict[str, object] = {
        "label_fr": label.fr,
        "label_en": label.en,
        "unit_fr": f" ({unit_fr})" if unit_fr else "",
        "unit_en": f" ({unit_en})" if unit_en else "",
        "found": "" if isinstance(given, dict | list) else str(given)[:60],
    }
    args |= found.get("ctx") or {}
    args |= _both_ways(args)
    code = _code(str(found["type"]), label, given)
    if code == "category_unknown":
        args |= _expected_words(args)
    if code == "field_unknown":
        args |= _spelling(str(location[-1]), owner)
    return Problem.of(code, place_of(draft.places, pointer(*location), draft.file), "", **args)


def _both_ways(args: dict[str, object]) -> dict[str, object]:
    """The numbers of a message in French and English typography, with all their decimals."""
    shown: dict[str, object] = {}
    for name in ("found", "least", "most"):
        try:
            number = Fraction(parse_exact(args.get(name)))
        except NotExactError:
            continue
        shown[f"{name}_fr"] = format_number(number, "fr", places=20)
        shown[f"{name}_en"] = format_number(number, "en", places=20)
    return shown


_CODES = {
    "extra_forbidden": "field_unknown",
    "missing": "field_missing",
    "too_short": "list_too_short",
    "list_type": "list_expected",
    "dict_type": "object_expected",
    "model_type": "object_expected",
    "model_attributes_type": "object_expected",
    "programme_twice": "programme_twice",
}
_OWN = frozenset(
    {
        "number_expected",
        "whole_expected",
        "too_small",
        "too_great",
        "too_precise",
        "category_unknown",
        "yes_no_expected",
        "date_expected",
        "date_absurd",
        "text_expected",
        "text_too_long",
    }
)


def _code(kind: str, label: Label, given: object) -> str:
    if kind == "too_great" and label.unit == "%":
        return "rate_too_great"
    if kind == "text_expected" and isinstance(given, date):
        return "text_became_date"
    return _CODES.get(kind) or (kind if kind in _OWN else "value_refused")


def _expected_words(args: dict[str, object]) -> dict[str, object]:
    category = CATEGORIES[str(args.pop("category"))]
    found = str(args["found"])
    near = suggest(found, list(category.members)) or suggest(
        found, [*(fr for fr, _ in category.members.values()), *category.synonyms]
    )
    return {
        "expected_fr": ", ".join(fr for fr, _ in category.members.values()),
        "expected_en": ", ".join(f"{name} ({en})" for name, (_, en) in category.members.items()),
        **hint(near),
    }


def _spelling(key: str, owner: type[BaseModel] | None) -> dict[str, object]:
    known = list(owner.model_fields) if owner else []
    near = suggest(key, known)
    fields = in_each("hint", lambda lang: say("hint.fields", lang, fields=", ".join(known)))
    return {"key": key, **(hint(near) if near else fields)}


def described(location: Location) -> tuple[Label, type[BaseModel] | None]:
    """The label of the value at a place of the model, and the record that holds it."""
    owner: type[BaseModel] | None = Submission
    holder = owner
    label = Label(str(location[-1]), str(location[-1])) if location else Label("fichier", "file")
    for part in location:
        if isinstance(part, int) or owner is None:
            continue
        holder, info = owner, owner.model_fields.get(part)
        if info is None:
            break
        named = next((note for note in info.metadata if isinstance(note, Label)), None)
        label = named or label
        owner = _record_in(info.annotation)
    return _open_label(location) or label, holder


def _open_label(location: Location) -> Label | None:
    known: tuple[Entry, ...] = (*CLAIMS, *EVIDENCE)
    return next((entry.label for entry in known if entry.path == location[-2:]), None)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        record = _record_in(inner)
        if record is not None:
            return record
    return None
