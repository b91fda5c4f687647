"""Worked examples: a programme in a few words, and what the rules must say of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from mixrules.engine.decide import Decider
from mixrules.engine.decision import Advantage, Decision, Finding
from mixrules.engine.law_date import LawDate
from mixrules.message import InvalidInputError, Lang, Place, Problem, say
from mixrules.programme.model import Programme, Submission
from mixrules.rulebook.literal import read_quantity
from mixrules.rulebook.model import Example, Rulebook
from mixrules.rulebook.syntax import ExpressionError

_LINE = re.compile(
    r"(?:(?P<count>\d+)\s+)?(?P<tenure>[^\s@]+)(?:\s+T(?P<rooms>\d))?(?:\s+(?P<area>\d[\d.]*)\s*m²)?"
    r"(?:\s+(?P<public>[a-z_|]+))?(?:\s*@\s*(?P<place>\S+))?"
)
_PLACES = ("building", "stairwell", "landing")
_WORST = ("unmet", "undetermined", "met", "excepted", "not-applicable")
_WORST_AWARD = ("refused", "undetermined", "granted", "not-applicable")


@dataclass(frozen=True, slots=True)
class Failure:
    """What an example expected and what was found."""

    what: str
    expected: str
    found: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One example, run."""

    book: Rulebook
    example: Example
    failures: tuple[Failure, ...]
    decision: Decision | None
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the rules say what the example expects."""
        return not self.failures and not self.problems


def run(book: Rulebook) -> Iterator[Trial]:
    """Run every example of a rulebook."""
    decider = Decider([book])
    for example in book.examples:
        yield _try(decider, book, example)


def _try(decider: Decider, book: Rulebook, example: Example) -> Trial:
    place = Place(book.file, line=example.line)
    try:
        submission = submission_of(json.loads(example.given))
        decision = decider.decide(submission, LawDate(example.on, "exemple", "example"))
    except ValidationError as error:
        items = error.errors(include_url=False)
        text = "; ".join(f"{'.'.join(map(str, i['loc']))} ({i['type']}: {i['input']})" for i in items)
        return Trial(book, example, (), None, (Problem.of("example_given", place, found=text),))
    except InvalidInputError as error:
        return Trial(book, example, (), None, tuple(error.problems))
    return Trial(book, example, tuple(differences(book, example, decision)), decision)


def differences(book: Rulebook, example: Example, decision: Decision) -> Iterator[Failure]:
    """What a decision says otherwise than an example expects, in the order of its expectations."""
    for key, text in example.expect:
        yield from _compare(book, decision, key, json.loads(text))


def submission_of(given: dict[str, Any]) -> Submission:
    """A submission from its short form: the keys of a programme may stand at the top.

    `dwellings` may be written in words (`5 PLUS T3 62.10 m² senior @ A/1/R+2`), and `each` holds what is
    true of every one of them.
    """
    return Submission.model_validate(written_out(given))


def written_out(given: dict[str, Any]) -> dict[str, Any]:
    """The data of a submission in its full form, not checked yet."""
    data = dict(given)
    each = data.pop("each", {})
    own = {name: data.pop(name) for name in list(data) if name in _PROGRAMME}
    if own:
        data["programmes"] = [own]
    elif "programmes" not in data:
        data["programmes"] = [{}]
    data["programmes"] = [_programme(p, each) for p in data["programmes"]]
    return data


_PROGRAMME = frozenset(Programme.model_fields) - {"id"}


def _programme(data: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    if data.get("dwellings") is None:
        return data
    return {**data, "dwellings": [{**each, **_dwelling(line)} for line in data["dwellings"]]}


def _dwelling(line: Any) -> dict[str, Any]:
    if isinstance(line, dict):
        return line
    match = _LINE.fullmatch(str(line).strip())
    if not match:
        raise InvalidInputError([Problem.of("example_dwelling", found=line)])
    found: dict[str, Any] = {"count": match["count"] or "1"}
    if match["tenure"] != "?":
        found["tenure"] = match["tenure"]
    for group, name in (("rooms", "rooms"), ("area", "floor_area"), ("public", "public")):
        if match[group]:
            found[name] = match[group]
    if match["place"]:
        found.update(zip(_PLACES, match["place"].split("/"), strict=False))
    return found


def _compare(book: Rulebook, decision: Decision, key: str, expected: Any) -> Iterator[Failure]:
    if key == "verdict":
        yield from _differs(key, expected, decision.verdict)
        return
    if key == "land_price":
        yield from _differs(key, expected, decision.land_price.status)
        return
    if key == "contradictions":
        yield from _differs(key, expected, str(len(decision.contradictions)))
        return
    wanted = expected if isinstance(expected, dict) else {"status": expected}
    scope = wanted.pop("scope", None)
    name = f"{book.id}/{key}"
    every: list[Finding | Advantage] = [*decision.findings, *decision.advantages]
    found = [f for f in every if f.rule == name]
    found = [f for f in found if scope is None or f.scope == scope]
    limits = [c for c in decision.cumulations if c.rule == name]
    if not found and not limits:
        known = key in {*(rule.id for rule in book.rules), *(limit.id for limit in book.cumulations)}
        status = "not-applicable" if known else "—"
        yield from _differs(key, wanted.get("status"), status)
        return
    part: Any = limits[0] if limits else _worst(found)
    for attribute, value in wanted.items():
        actual = _attribute(part, attribute)
        if not _same(value, actual):
            yield Failure(f"{key}.{attribute}", str(value), actual, part.explanation.get("fr", ""))


def _worst(found: list[Finding | Advantage]) -> Finding | Advantage:
    order = _WORST_AWARD if isinstance(found[0], Advantage) else _WORST
    return min(found, key=lambda f: order.index(f.status))


def _differs(what: str, expected: Any, found: str) -> Iterator[Failure]:
    if str(expected) != found:
        yield Failure(what, str(expected), found)


def _attribute(part: Any, name: str) -> str:
    value: Any = getattr(part, name, "—")
    if name == "missing":
        return ", ".join(sorted({m.field for m in value}))
    if value is None:
        return "none"
    if name == "next_step":
        return str(value.name)
    if hasattr(value, "unit"):
        return f"{value.value} {value.unit}"
    return str(value)


def _same(expected: Any, actual: str) -> bool:
    if isinstance(expected, list):
        return sorted(map(str, expected)) == sorted(actual.split(", "))
    text = str(expected)
    if text == actual:
        return True
    try:
        wanted, unit, written = read_quantity(text)
        number, _, rest = actual.partition(" ")
        same_unit = not rest or not written or str(unit) == rest
        return Fraction(wanted) == Fraction(number) and same_unit
    except (ExpressionError, ValueError, ZeroDivisionError):
        return False


def describe(failure: Failure, lang: Lang) -> str:
    """A failure as a line that a jurist reads."""
    text = say("example.failure", lang, what=failure.what, expected=failure.expected, found=failure.found)
    return f"{text}\n      {failure.said}" if failure.said else text
