import json

from mixrules.programme.schema import submission_schema


def test_the_schema_describes_every_field_in_french() -> None:
    schema = submission_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    dwelling = schema["$defs"]["Dwelling"]["properties"]
    assert dwelling["living_area"]["description"] == "surface habitable (m²)"
    assert dwelling["tenure"]["description"] == "catégorie"
    assert schema["properties"]["dates"]["$ref"] == "#/$defs/Dates"
    assert schema["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema
