"""The database and the engine decide alike, for every rule of the national rulebooks, with and without gaps."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from generated import programmes, rulebooks, with_gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from rulings import book

from mixrules.authoring.example import submission_of
from mixrules.programme.model import Submission
from mixrules.rulebook.library import Library
from mixrules.territory import batch, corpus, source
from mixrules.territory.steps import Steps

DAY = date(2026, 3, 1)
NATIONAL = [
    name for name in Library([]).ids if not name.startswith(("fr.local", "fr.modele", "fr.vocabulary"))
]


def decided(folder, books, files, imposed=DAY):
    """What the database decides, by file, and how."""
    corpus.write(folder / "corpus.parquet", files)
    connection = source.connect(folder, "500MB", threads=1)
    source.load(connection, folder / "corpus.parquet", books)
    account = batch.decide(connection, books, imposed, DAY, folder / "decisions.parquet")
    connection.close()
    (folder / "territory.duckdb").unlink()
    return {row["file"]: row for row in pq.read_table(folder / "decisions.parquet").to_pylist()}, account


def agree(folder, books, files, imposed=DAY):
    """Every status and verdict is that of the engine."""
    books = sorted(books, key=lambda one: one.id)
    found, account = decided(folder, books, files, imposed)
    steps = Steps(books, imposed, DAY)
    for file, submission in files:
        wanted = steps.one(submission, None)
        key = lambda f: (f["rule"], f["scope"])  # noqa: E731
        assert sorted(found[file]["findings"], key=key) == sorted(wanted["findings"], key=key), file
        breached, open_ = wanted["breached"], wanted["open"]
        assert (found[file]["verdict"] == "non-compliant") is breached
        assert open_ <= (found[file]["verdict"] != "compliant")
    return account


def with_facts(draw, one, given):
    """Values for some of the inputs of a rulebook."""
    words = {"yes_no": ["oui", "non"], "date": ["2026-01-31", "2025-02-28", "sans objet"]}
    for name, asked in sorted(one.inputs.items()):
        if asked.group not in {"facts", "claims", "elections", "evidence"} or draw(st.booleans()):
            continue
        numbers = ["0 %", "12.5 %", "30 %"] if asked.percent else ["0", "1", "2", "12.5", "400", "sans objet"]
        choices = words.get(asked.type.kind) or [m for m, _ in asked.members] or numbers
        given.setdefault(asked.group, {})[name.partition(".")[2]] = draw(st.sampled_from(choices))
    return given


@st.composite
def files_for(draw, one, size=6):
    """Programmes with gaps, each with some of what a rulebook asks for."""
    files = []
    for index in range(size):
        plain = draw(with_gaps(draw(programmes())))
        plain = {name: value for name, value in plain.items() if name not in {"facts", "claims", "elections"}}
        files.append((f"f{index}", submission_of(with_facts(draw, one, plain))))
    return files


@pytest.mark.parametrize("name", NATIONAL)
def test_the_worked_examples_are_decided_alike(name, tmp_path):
    one = Library([]).get(name)
    files = [(f"e{i}", submission_of(json.loads(example.given))) for i, example in enumerate(one.examples)]
    if one.rules and files:
        agree(tmp_path, [one], files)


@pytest.mark.parametrize("name", NATIONAL)
@settings(max_examples=2)
@given(data=st.data())
def test_drawn_programmes_are_decided_alike(name, data, tmp_path_factory):
    one = Library([]).get(name)
    if one.rules:
        agree(tmp_path_factory.mktemp("b"), [one], data.draw(files_for(one)))


@pytest.mark.campaign
@pytest.mark.parametrize("name", NATIONAL)
@settings(max_examples=500)
@given(data=st.data())
def test_drawn_programmes_are_decided_alike_campaign(name, data, tmp_path_factory):
    one = Library([]).get(name)
    if one.rules:
        agree(tmp_path_factory.mktemp("b"), [one], data.draw(files_for(one, 20)))


@settings(max_examples=25)
@given(rulebooks(), st.data())
def test_any_rulebook_is_decided_alike(tmp_path_factory, parts, data):
    files = [(f"f{i}", submission_of(data.draw(with_gaps(data.draw(programmes()))))) for i in range(3)]
    agree(tmp_path_factory.mktemp("b"), [book(**parts)], files)


def test_each_file_is_decided_under_the_law_of_its_own_date(tmp_path):
    one = Library([]).get("fr.urb.L111-24")
    base = {
        "commune": {"carence": True, "unbuildable_exempt": False},
        "collective": True,
        "site": {"defence_land": True},
        "dwellings": [{"count": 20, "tenure": "libre", "residence": "ordinary"}],
    }
    days = ["2022-02-22", "2022-02-23", "2012-01-01"]
    files = [(day, submission_of({**base, "dates": {"decision": day}})) for day in days]
    agree(tmp_path, [one], files, imposed=None)
    found, _ = decided(tmp_path, [one], files, imposed=None)
    statuses = [{f["rule"]: f["status"] for f in found[day]["findings"]} for day in days]
    assert [s.get("fr.urb.L111-24/part-lls") for s in statuses] == ["unmet", "excepted", None]


def test_a_contradictory_file_goes_step_by_step_and_is_told(tmp_path):
    one = Library([]).get("fr.urb.L111-24")
    odd = Submission.model_validate(
        {"programme": {"declared": [{"count": 12}], "dwellings": [{"count": 10, "tenure": "PLUS"}]}}
    )
    account = agree(tmp_path, [one], [("a", odd), ("b", Submission.model_validate({"programme": {}}))])
    assert account.odd == 1


def test_binary_floats_are_refused_by_name(tmp_path):
    from mixrules.message import InvalidInputError

    connection = source.connect(tmp_path, "500MB", threads=1)
    path = tmp_path / "floats.parquet"
    connection.execute(f"""COPY (SELECT 'f' AS file, 0.1::DOUBLE AS "site.land_area") TO '{path}'""")
    with pytest.raises(InvalidInputError) as refused:
        source.load(connection, path)
    assert "site.land_area" in refused.value.problems[0].render("fr")


def test_a_csv_finer_than_its_column_is_refused_not_rounded(tmp_path):
    from mixrules.message import InvalidInputError

    path = tmp_path / "corpus.csv"
    path.write_text("file,site.land_area,dwellings\nf,12.345,\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as refused:
        source.load(source.connect(tmp_path, "500MB", threads=1), path)
    assert "12.345" in refused.value.problems[0].render("fr")


def test_a_rate_without_its_sign_is_refused_as_for_one_file(tmp_path):
    from mixrules.message import InvalidInputError

    one = book(
        inputs={"facts.part": {"unit": "%"}}, rules={"r": {"obligation": {"require": "facts.part >= 30 %"}}}
    )
    files = [("f", submission_of({"facts": {"part": 20}})), ("g", submission_of({"facts": {"part": "oui"}}))]
    with pytest.raises(InvalidInputError) as refused:
        decided(tmp_path, [one], files)
    assert {problem.code for problem in refused.value.problems} == {"fact_percent", "fact_wrong"}


def test_a_list_that_holds_nothing_in_any_row_is_as_absent_and_another_shape_is_refused_by_name(tmp_path):
    from mixrules.message import InvalidInputError

    connection = source.connect(tmp_path, "500MB", threads=1)
    empty, wrong = tmp_path / "empty.parquet", tmp_path / "wrong.parquet"
    connection.execute(f"COPY (SELECT 'f' AS file, NULL AS dwellings, NULL AS facts) TO '{empty}'")
    assert source.load(connection, empty) == 1
    pq.write_table(pa.table({"file": ["f"], "dwellings": pa.nulls(1)}), empty)
    assert source.load(connection, empty) == 1
    assert connection.execute("SELECT supposed FROM dwelling").fetchall() == [(True,)]
    connection.execute(f"COPY (SELECT 'f' AS file, [1, 2] AS dwellings, 3 AS facts) TO '{wrong}'")
    with pytest.raises(InvalidInputError) as refused:
        source.load(connection, wrong)
    assert [(one.code, one.where.pointer) for one in refused.value.problems] == [
        ("corpus_shape", "dwellings"),
        ("corpus_shape", "facts"),
    ]


def test_a_rule_that_is_not_in_sql_is_told_why_in_both_languages(tmp_path):
    within = "count(dwellings where floor_area > average(floor_area of dwellings)) >= 0"
    one = book(rules={"d": {"obligation": {"require": within}}})
    _, account = decided(tmp_path, [one], [("f", Submission.model_validate({"programme": {}}))])
    (refused,) = account.refused.values()
    assert refused.why.sentence("fr").startswith("une mesure, ou la conclusion d'une règle")
    assert refused.why.sentence("en").startswith("a measure, or what a rule concludes")
