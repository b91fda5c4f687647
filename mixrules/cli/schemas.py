"""`mixrules schema`."""

from __future__ import annotations

import json
from typing import Any


def text(what: str) -> str:
    """A JSON Schema as indented text."""
    return json.dumps(_schema(what), indent=2, ensure_ascii=False)


def _schema(what: str) -> dict[str, Any]:
    if what == "programme":
        from mixrules.programme.schema import submission_schema

        return submission_schema()
    if what == "rulebook":
        from mixrules.rulebook.document import rulebook_schema

        return rulebook_schema()
    from mixrules.engine.contract import decision_schema

    return decision_schema()
