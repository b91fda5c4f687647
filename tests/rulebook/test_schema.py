"""The JSON Schema that editors read: it accepts the shipped rulebooks' shape, and every key says what it means."""

from __future__ import annotations

from mixrules.rulebook.document import rulebook_schema


def test_every_key_says_what_it_means():
    schema = rulebook_schema()
    parts = {"rulebook": schema, **schema["$defs"]}
    silent = [
        f"{part}.{name}"
        for part, held in parts.items()
        for name, field in held.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


def test_an_unknown_key_is_refused_by_the_schema_too():
    schema = rulebook_schema()
    assert schema["additionalProperties"] is False
    assert all(
        part["additionalProperties"] is False
        for name, part in schema["$defs"].items()
        if "properties" in part
    )


def test_survivors_are_completed():
    survivor = rulebook_schema()["$defs"]["SurvivorPart"]
    assert "in" in survivor["properties"]
    assert "because" in survivor["required"]


def test_a_number_stands_for_a_text():
    territory = rulebook_schema()["properties"]["territory"]
    assert "number" in territory["items"]["type"]
