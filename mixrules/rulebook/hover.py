"""What each key of a rulebook means, as editors show it: completed where the schema itself says nothing."""

from __future__ import annotations

from typing import Any

KEYS: dict[str, str] = {
    "rulebook": "Identifier of the rulebook, e.g. fr.local.38185.charte",
    "title": "Title, in French and English: {fr: …, en: …}",
    "force": "What backs the rules: law and plan bind a permit, contract and charter never do",
    "source": "Article or document from which it comes",
    "url": "Address of the text",
    "uses": "Rulebooks whose definitions, parameters and inputs are borrowed",
    "tested_on": "Law date of the examples that give none",
    "inputs": "Further facts, claims, elections and evidence that the rules ask of the file",
    "definitions": "Named expressions, used by the rules under their name",
    "parameters": "Dated values and tables, apart from the rules that read them",
    "rules": "The rules, by name",
    "cumulation": "Limits across advantages",
    "examples": "Worked examples: a programme in short, and what the rules must say of it",
    "at": "Scale at which it is looked at, or item that it describes",
    "let": "Local names for expressions of this rule",
    "applies_when": "Condition under which the rule applies; not applicable otherwise",
    "when": "Condition",
    "require": "What must hold, as an expression",
    "rounding": "What the text says of rounding; the rounding itself is written in the expression",
    "when_empty": "What a measure over nothing makes of the rule",
    "then": "Effect of the exception: the rule does not apply",
    "exceptions": "Exceptions by name: each excuses, or asks for something else",
    "questions": "Points that the text leaves open: the finding is undetermined and asks",
    "ask": "The question to settle, in French and English",
    "grants": "What is given: volume, floor_area, land_discount, parking, height, tax, procedure, label…",
    "rate": "Rate of the advantage, of the base under `of`",
    "amount": "Amount of the advantage, with its unit",
    "best_of": "Steps: the best one surely earned counts",
    "options": "Options by name, of which the applicant elects one",
    "elected": "Where the file says which option is elected, e.g. elections.option",
    "of": "Base to which the rate applies",
    "cap": "Named limits, on the rate or on the amount by their unit",
    "claimed": "What the applicant claims: tested against what is earned, never solved for",
    "kept_while": "What must stay true for the advantage to be kept",
    "evidence": "Names of the pieces of evidence that prove the commitment",
    "due": "Phase from which the evidence is due",
    "followed_at": "Later phases at which it is looked at again",
    "obligation": "A rule that counts for compliance",
    "condition": "A rule that only unlocks advantages",
    "ceiling": "A limit on a price",
    "advantage": "What a programme receives, on which conditions",
    "commitment": "A promise that evidence proves",
    "versions": "Dated versions of the rule, each with its dates, source and body",
    "from": "First day, or lowest key reached",
    "until": "First day on which it no longer holds",
    "above": "Lowest key, not reached",
    "up_to": "Highest key, reached",
    "below": "Highest key, not reached",
    "value": "The value, with its unit",
    "rows": "Values by key",
    "bands": "Values by interval of a number",
    "members": "The words that it may take",
    "unit": "Unit of the number, e.g. %, m² of floor_area, €/m²",
    "type": "Kind of value, where it is no number",
    "is": "The expression",
    "label": "How reports call it, in French and English",
    "name": "Name",
    "on": "Law date of the example",
    "given": "The programme, in the words of a file",
    "expect": "What each rule must say: a status, or status, observed, required, shortfall, missing",
    "over": "Advantages whose sum is limited",
    "limit": "The limit: a rate, or an amount by its unit",
    "either": "Advantages that exclude those under `or`",
    "or": "Advantages excluded by those under `either`",
}


def explain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema in which every key says what it means."""
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, held in part.get("properties", {}).items():
            if "description" not in held and name in KEYS:
                held["description"] = KEYS[name]
    return schema


def as_text(schema: Any) -> Any:
    """A schema that takes any scalar for a text: a rulebook reads 38185 or 3 as words, an editor as numbers."""
    if isinstance(schema, list):
        return [as_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: as_text(value) for key, value in schema.items()}
    if made.get("type") == "string" and not made.keys() & {"enum", "const"}:
        made["type"] = ["string", "number", "boolean"]
    return made
