"""What is odd without being wrong names every value at stake."""

import json

from mixrules.programme.reading import read


def test_a_living_area_above_the_floor_area_names_both_places(tmp_path):
    path = tmp_path / "f.json"
    content = {"programme": {"dwellings": [{"living_area": "60.01", "floor_area": "60"}]}}
    path.write_text(json.dumps(content), encoding="utf-8")
    (note,) = read(path).notes
    assert "dwellings/0/living_area" in note.render("fr")
    assert "dwellings/0/floor_area" in note.render("fr")
    content["programme"]["dwellings"][0]["living_area"] = "60"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert not read(path).notes
