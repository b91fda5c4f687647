"""The public contract of a decision as a pydantic model: its JSON Schema, and the check of a stored decision."""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from mixrules.engine.decision import Decision, Part

_MODELS: dict[str, type[BaseModel]] = {}


def model_of(part: type[Part]) -> type[BaseModel]:
    """The pydantic model with the fields of a part of a decision."""
    if part.__name__ not in _MODELS:
        _MODELS[part.__name__] = _made(part)
    return _MODELS[part.__name__]


def _made(part: type[Part]) -> type[BaseModel]:
    hints = get_type_hints(part)
    fields: dict[str, Any] = {name: (_translated(hints[name]), ...) for name in part.fields_}
    return create_model(
        part.__name__, __config__=ConfigDict(extra="forbid", strict=True), __doc__=part.__doc__, **fields
    )


def _translated(hint: Any) -> Any:
    """A type hint with records replaced by their models."""
    if isinstance(hint, type) and issubclass(hint, Part):
        return model_of(hint)
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return list[_translated(arguments[0])]  # type: ignore[misc]
    if type(None) in arguments:
        return _translated(arguments[0]) | None
    return hint


def read(content: bytes) -> Decision:
    """A decision from its JSON, checked against the contract.

    Raises:
        ValueError: it is not JSON, or not a decision of this version.
    """
    checked = model_of(Decision).model_validate_json(content, strict=True)
    return _record(Decision, checked.model_dump())  # type: ignore[no-any-return]


def _record(hint: Any, value: Any) -> Any:
    """The value of a hint, with its records made again."""
    if isinstance(hint, type) and issubclass(hint, Part):
        hints = get_type_hints(hint)
        return hint(**{name: _record(hints[name], value[name]) for name in hint.fields_})
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return [_record(arguments[0], item) for item in value]
    if type(None) in arguments and value is not None:
        return _record(next(one for one in arguments if one is not type(None)), value)
    return value


def decision_schema() -> dict[str, Any]:
    """The JSON Schema of a decision."""
    schema = model_of(Decision).model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "mixrules decision"}
