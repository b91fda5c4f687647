"""What is wrong with the shape of a document, in our words and at its place: keys, kinds of value, what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from mixrules.message import Problem, in_each, suggest, term
from mixrules.message.catalogue import FAMILIES
from mixrules.rulebook import document
from mixrules.rulebook.yaml_source import Path, SourceText


def structural(error: ValidationError, source: SourceText) -> Iterable[Problem]:
    """What pydantic found wrong with a document, in our words and at its place."""
    for item in error.errors(include_url=False):
        path = tuple(p for p in item["loc"] if not _is_branch(p))
        kind = item["type"]
        if kind == "extra_forbidden":
            yield _stray_key(str(path[-1]), path, source)
        elif kind == "missing":
            yield source.problem("key_missing", path[:-1], key=True, found=item["loc"][-1])
        elif kind in {"literal_error", "enum"}:
            yield source.problem(
                "value_not_allowed", path, found=item["input"], expected=item["ctx"]["expected"]
            )
        else:
            found = item["input"] if isinstance(item["input"], str) else type(item["input"]).__name__
            yield source.problem("shape_wrong", path, found=found, **_expected(kind))


def _expected(kind: str) -> dict[str, Any]:
    """What is expected in the place of a value, as the argument of a message in every language."""
    known = kind in FAMILIES["shape"]
    return in_each("expected", lambda lang: term("shape", kind, lang) if known else kind)


def _is_branch(step: int | str) -> bool:
    """Whether pydantic added a step of its own to a location (the branch of a union)."""
    return isinstance(step, str) and (
        step in {"str", "DefinitionPart", "TableColumnPart", "[key]"}
        or step.startswith(("dict[", "list[", "constrained-str", "function-"))
    )


def _stray_key(name: str, path: Path, source: SourceText) -> Problem:
    """A key that does not stand here: where it belongs, or what it looks like."""
    parts = [v for v in vars(document).values() if isinstance(v, type) and issubclass(v, document.Part)]
    homes = sorted({home for part in parts if name in _keys(part) for home in _homes(part, parts)})
    if homes:
        return source.problem("key_misplaced", path, key=True, found=name, homes=", ".join(homes))
    known = [key for part in parts for key in _keys(part)] if path else []
    return source.problem("key_unknown", path, key=True, found=name, near=suggest(name, known))


def _keys(part: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in part.model_fields.items()]


def _homes(part: type[BaseModel], parts: Iterable[type[BaseModel]]) -> Iterator[str]:
    """The keys under which a part of a rulebook stands."""
    for holder in parts:
        for name, field in holder.model_fields.items():
            if part in _classes(field.annotation):
                yield field.alias or name


def _classes(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in get_args(hint):
        yield from _classes(inner)
