import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from mixrules.message import LANGS, InvalidInputError, Lang
from mixrules.programme import layout, model
from mixrules.programme.category import CATEGORIES, fold
from mixrules.programme.location import Locator
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.programme.scope import build
from mixrules.programme.template import write_submission, write_template

TEXTS = st.sampled_from(["A", "604", "1.10", "=1+1", "îlot n° 3", "R+2", "#N/A", "12e", "true"])
NUMBERS: dict[str, Any] = {
    "whole": st.integers(1, 20),
    "ratio": st.fractions(0, 1, max_denominator=36),
    "area": st.integers(100, 99_999).map(lambda cents: Fraction(cents, 100)),
}


def values(entry: layout.Entry) -> st.SearchStrategy[Any]:
    """Any value that a field may hold, and none, and « sans objet »."""
    if entry.kind == "category":
        members = sorted(CATEGORIES[entry.category].members)
        return st.none() | st.sets(st.sampled_from(members), min_size=1, max_size=len(members) - 1).map(
            "|".join
        )
    if entry.kind == "yes_no":
        return st.none() | st.booleans()
    if entry.kind == "text":
        return st.none() | TEXTS
    if entry.kind == "date":
        return st.none() | st.just("none") | st.just(date(2026, 3, 2))
    if entry.label.unit == "%":
        return st.none() | st.just("none") | NUMBERS["ratio"]
    if entry.label.unit.startswith(("m", "€")):
        return st.none() | st.just("none") | NUMBERS["area"]
    return st.none() | NUMBERS["whole"]


def records(record: type[BaseModel], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {entry.path[-1]: values(entry) for entry in layout.entries_of(record)}
    return st.fixed_dictionaries(fields | more).map(lambda d: {k: v for k, v in d.items() if v is not None})


FACTS = st.dictionaries(
    st.sampled_from(["a", "vue_mer", "accès"]),
    st.booleans() | st.integers(0, 10**15 - 1) | st.sampled_from(["0.1", "R+2"]),
)


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    dwelling = records(model.Dwelling, facts=FACTS)
    data = draw(records(Submission, commune=records(model.Commune), facts=st.none()))
    data["district"] = draw(records(model.District, facts=FACTS)) | {
        "existing": draw(
            st.none() | st.lists(records(model.Existing, count=st.integers(0, 500)), max_size=2)
        ),
        "shared_places": draw(st.none() | st.lists(records(model.SharedPlace), max_size=2)),
    }
    data["programmes"] = [
        draw(records(model.Programme, site=records(model.Site), sector=records(model.Sector)))
        | {
            "id": f"p{number}" if draw(st.booleans()) else None,
            "facts": draw(FACTS),
            "claims": draw(
                st.fixed_dictionaries({}, optional={"volume_lls": st.sampled_from(["0.2", 0]), "b": FACTS})
            ),
            "dwellings": draw(st.none() | st.lists(dwelling, max_size=3)),
            "premises": draw(st.none() | st.lists(records(model.Premise), max_size=2)),
            "declared": draw(st.lists(records(model.Declared), max_size=2)),
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    for programme in data["programmes"]:
        # Twice the same lot is refused: what is tested here is the layout.
        for number, line in enumerate(programme["dwellings"] or ()):
            line["lot"] = f"{line.get('lot', '')}/{number}"
            line.pop("block", None)
        programme["claims"] = {k: v for k, v in programme["claims"].items() if v != {}}
    return Submission.model_validate(data)


# Writing a workbook takes a tenth of a second: shrinking a failure would take minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=40, deadline=None, phases=UNSHRUNK, suppress_health_check=[HealthCheck.too_slow])
@given(submissions(), st.sampled_from(LANGS))
def test_a_submission_written_in_the_template_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, submission: Submission, lang: Lang
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.xlsx"
    write_submission(submission, path, lang)
    assert read(path).submission == submission


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(submissions())
def test_a_submission_written_in_json_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, submission: Submission
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.json"
    path.write_text(json.dumps(submission.model_dump(mode="json")), encoding="utf-8")
    assert read(path).submission == submission


@pytest.mark.parametrize("rate", ["7/36", "0.3", "1/3", "0.123456789012345678"])
def test_a_rate_that_a_double_cannot_hold_is_kept(tmp_path: Path, rate: str) -> None:
    submission = Submission.model_validate({"programmes": [{"sector": {"rate_lls": rate}}]})
    path = tmp_path / "rate.xlsx"
    write_submission(submission, path)
    assert read(path).submission.programmes[0].sector.rate_lls == Fraction(rate)


def test_the_empty_template_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "modèle.xlsx"
    write_template(path)
    reading = read(path)
    assert reading.submission == Submission.model_validate({"programmes": [{}]})
    assert reading.submission.programmes[0].dwellings is None
    assert reading.notes == ()


def test_the_template_has_sheets_names_units_and_drop_downs(tmp_path: Path) -> None:
    path = tmp_path / "modèle.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Notice", "Programme", "Lots", "Locaux", "Quartier", "Lieux partagés",
                               "Totaux déclarés", "Compléments", "Listes"]  # fmt: skip
    (target,) = book.defined_names["prix_du_foncier"].destinations
    sheet, cell = target[0], target[1].replace("$", "")
    assert book[sheet][f"A{cell[1:]}"].value == "prix du foncier"
    assert book[sheet][f"B{cell[1:]}"].value == "€"
    headers = [c.value for c in book["Lots"][1]]
    assert "surface habitable (m²)" in headers
    tenure = book["Lots"].cell(2, headers.index("catégorie") + 1)
    lists = [v.formula1 for v in book["Lots"].data_validations.dataValidation if tenure.coordinate in v.cells]
    assert len(lists) == 1
    first, last = lists[0].split("!")[1].replace("$", "").split(":")
    words = [row[0].value for row in book["Listes"][f"{first}:{last}"]]
    assert words == [fr for fr, _ in CATEGORIES["tenure"].members.values()]
    assert [CATEGORIES["tenure"].read(word) for word in words] == [{m} for m in CATEGORIES["tenure"].members]


def test_the_english_template_is_english_throughout_and_empty(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, "en")
    reading = read(path)
    assert reading.submission == Submission.model_validate({"programmes": [{}]})
    assert reading.notes == ()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Instructions", "Programme", "Dwellings", "Premises", "District", "Shared places",
                               "Declared totals", "Additions", "Lists"]  # fmt: skip
    (target,) = book.defined_names["prix_du_foncier"].destinations
    assert book[target[0]][f"A{target[1].split('$')[2]}"].value == "land price"
    headers = [c.value for c in book["Dwellings"][1]]
    assert {"living area (m²)", "tenure"} <= set(headers)
    tenure = book["Dwellings"].cell(2, headers.index("tenure") + 1)
    (words,) = [
        v.formula1 for v in book["Dwellings"].data_validations.dataValidation if tenure.coordinate in v.cells
    ]
    first, last = words.split("!")[1].replace("$", "").split(":")
    assert [row[0].value for row in book["Lists"][f"{first}:{last}"]] == [
        en for _, en in CATEGORIES["tenure"].members.values()
    ]
    shown = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert [words for words in shown if set(words) & set("éèêàçù«»")] == []


def test_each_place_of_an_english_workbook_bears_its_title(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    write_submission(
        Submission.model_validate({"programmes": [{"dwellings": [{"lot": "1"}, {"lot": "2"}]}]}), path, "en"
    )
    book = openpyxl.load_workbook(path)
    book["Dwellings"]["A3"] = "total"
    book["Programme"]["A400"], book["Programme"]["C400"] = "land pricee", "1"
    book["Additions"]["A2"], book["Additions"]["B2"] = "fact.x", "1"
    book.save(path)
    with pytest.raises(InvalidInputError) as caught:
        read(path)
    told = {str(problem.where): problem for problem in caught.value.problems}
    assert set(told) == {"Dwellings!A3", "Programme!A400", "Additions!A2"}
    assert "land price (€)" in told["Programme!A400"].render("en")
    whole = tmp_path / "whole.xlsx"
    write_submission(Submission.model_validate({"programmes": [{}]}), whole, "en")
    locator = Locator(read(whole))
    (programme,) = (element.path for element in build(locator.reading.submission).elements("programme"))
    assert locator.cells("dwellings", [programme]) == ["Dwellings"]
    assert locator.cells("facts.x", [programme]) == ["Additions!facts.x"]
    assert locator.cells("evidence.survey_of_noise", [programme]) == ["Additions!evidence.survey_of_noise"]
    assert locator.cells("evidence.needs_survey", [programme])[0].startswith("Programme!C")


def test_every_label_of_a_category_means_its_member() -> None:
    for category in CATEGORIES.values():
        for member, labels in category.members.items():
            for label in labels:
                assert category.read(label) == {member}, label


def test_a_sheet_given_in_both_languages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Dwellings").append(["lot"])
    book.save(path)
    with pytest.raises(InvalidInputError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert problem.code == "sheet_twice"
    assert {"Lots", "Dwellings"} <= set(re.findall(r"\w+", problem.render("fr")))


def test_no_two_rows_nor_columns_share_a_title() -> None:
    for lang in LANGS:
        told = [fold(entry.label.of(lang)) for section in layout.sections() for entry in section.entries]
        assert len(told) == len(set(told)), lang
    rows = [fold(entry.label.fr) for section in layout.sections() for entry in section.entries]
    names = [layout.range_name(entry) for section in layout.sections() for entry in section.entries]
    assert len(rows) == len(set(rows))
    assert len(names) == len(set(names))
    for table in layout.tables():
        titles = [name for entry in table.columns for name in entry.names()]
        assert len(titles) == len(set(titles)), table.sheet


def test_every_labelled_field_of_the_model_has_its_place_in_the_layout() -> None:
    placed = {e.path for s in layout.sections() for e in s.entries} | {
        (table.field, *e.path) for table in layout.tables() for e in table.columns
    }
    parts = {
        (): model.Submission, ("dates",): model.Dates, ("commune",): model.Commune,
        ("district",): model.District,
        ("site",): model.Site, ("land",): model.Land, ("sector",): model.Sector, ("parking",): model.Parking,
        ("dwellings",): model.Dwelling, ("premises",): model.Premise, ("existing",): model.Existing,
        ("shared_places",): model.SharedPlace, ("declared",): model.Declared,
    }  # fmt: skip
    wanted = {(*at, *e.path) for at, record in parts.items() for e in layout.entries_of(record)}
    assert wanted <= placed
    assert {e.path for e in layout.entries_of(model.Programme)} <= placed
