"""The JSON Schema of a submission, with the French label and unit of every field as its description."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from mixrules.programme import model
from mixrules.programme.layout import entries_of, unit_words

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def submission_schema() -> dict[str, Any]:
    """The schema that `mixrules schema programme` prints (draft 2020-12)."""
    schema = model.Submission.model_json_schema()
    definitions = schema.get("$defs", {})
    _describe(schema, model.Submission)
    for name, definition in definitions.items():
        _describe(definition, getattr(model, name))
    return {
        "$schema": DIALECT,
        "title": "Dossier soumis à mixrules",
        **{k: v for k, v in schema.items() if k != "title"},
    }


def _describe(schema: dict[str, Any], record: type[BaseModel]) -> None:
    properties = schema.get("properties", {})
    for entry in entries_of(record):
        unit = unit_words(entry.label)[0]
        described = properties[entry.path[-1]]
        described["description"] = f"{entry.label.fr} ({unit})" if unit else entry.label.fr
        described.pop("title", None)
