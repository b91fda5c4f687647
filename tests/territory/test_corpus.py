"""A corpus gives back what was put in."""

from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from generated import programmes, with_gaps
from hypothesis import given
from hypothesis import strategies as st

from mixrules.authoring.example import submission_of
from mixrules.engine.decide import digest
from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.territory import corpus


@given(st.data())
def test_a_file_comes_back_the_same(data):
    whole = data.draw(programmes())
    submission = submission_of(data.draw(with_gaps(whole)))
    rows = corpus.table(list(corpus.rows_of("f", submission))).to_pylist(maps_as_pydicts="strict")
    [(name, read)] = corpus.submissions(rows)
    assert (name, read) == ("f", submission)
    assert digest(read) == digest(submission)


def test_without_object_and_unlimited_are_no_gaps(tmp_path):
    given = Submission.model_validate(
        {
            "programme": {
                "site": {"buildable_floor_area": "unlimited", "land_area": "sans objet"},
                "dwellings": [
                    {"count": 3, "rent": "none", "tenure": "PLAI|PLUS", "facts": {"bande": "30 %"}}
                ],
                "facts": {"a": True, "b": 12, "c": "12"},
            }
        }
    )
    path = tmp_path / "corpus.parquet"
    assert corpus.write(path, [("f", given)]) == 1
    assert list(corpus.read(path)) == [("f", given)]
    assert pq.read_table(path)["absent"].to_pylist() == [["site.land_area"]]


def test_programmes_of_one_file_stay_together(tmp_path):
    two = Submission.model_validate({"id": "D1", "programmes": [{"id": "b", "dwellings": []}, {"id": "a"}]})
    one = Submission.model_validate({"id": "D2", "programme": {"id": "c"}})
    path = tmp_path / "corpus.parquet"
    corpus.write(path, [("1", two), ("2", one)])
    assert list(corpus.read(path)) == [("1", two), ("2", one)]


def test_a_number_too_precise_for_its_column_is_refused_not_rounded():
    given = Submission.model_validate({"commune": {"sru_rate": "1/3"}, "programme": {}})
    with pytest.raises(InvalidInputError) as refused:
        list(corpus.rows_of("f", given))
    assert "commune.sru_rate" in refused.value.problems[0].render("fr")
    fine = Submission.model_validate({"commune": {"sru_rate": "33.333 %"}, "programme": {}})
    assert next(corpus.rows_of("f", fine))["commune.sru_rate"] == Decimal("0.33333")
