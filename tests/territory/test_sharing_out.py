"""What goes step by step: files that contradict themselves, and no other; each under the law of its own days."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rulings import book

from mixrules.engine.freeze import freezes
from mixrules.engine.law_date import law_date
from mixrules.programme.contradiction import reconcile
from mixrules.programme.model import Dates, Submission
from mixrules.territory import corpus, lots, source
from mixrules.territory.choice import Choice
from mixrules.territory.lots import PLAIN, share_out
from mixrules.territory.profile import Profile

DAY = date(2026, 3, 1)
TENURES = st.lists(st.sampled_from(["PLAI", "PLUS", "libre", "LLI"]), max_size=2).map("|".join)


@st.composite
def stated(draw):
    """A programme with totals that it may or may not contradict."""
    one = draw(st.sampled_from([1, 3, 10]))
    lines = [
        {"count": one, "tenure": draw(TENURES) or None, "floor_area": draw(st.sampled_from(["30", None]))}
        for _ in range(draw(st.integers(0, 3)))
    ]
    declared = [
        {
            "count": draw(st.sampled_from([None, 0, one, one * len(lines)])),
            "tenure": draw(TENURES) or None,
            "floor_area": draw(st.sampled_from([None, None, 30 * one * len(lines), 90, 300])),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    return {
        "dwellings": draw(st.sampled_from([None, lines])),
        "premises": draw(st.sampled_from([None, [], [{"floor_area": "60"}]])),
        "declared": declared,
        "floor_area": draw(st.sampled_from([None, "none", 90, 360])),
        "housing_floor_area": draw(st.sampled_from([None, None, 90, 300])),
    }


def shared_out(folder, files, books=(), imposed=DAY):
    """The programmes of files, once they are shared out."""
    corpus.write(folder / "corpus.parquet", files)
    connection = source.connect(folder, "500MB", threads=1)
    source.load(connection, folder / "corpus.parquet")
    spans = share_out(connection, Profile(connection), Choice(books), imposed, DAY)
    return connection, spans


TWICE = {
    "dwellings": [{"count": 1, "floor_area": 30}, {"count": 1, "tenure": "PLAI", "floor_area": 30}],
    "declared": [{"count": 2, "tenure": "libre"}, {"count": 2, "tenure": "libre"}],
}
"""The same total, stated twice."""


@settings(max_examples=40)
@example([TWICE])
@given(st.lists(stated(), min_size=1, max_size=8))
def test_a_programme_is_set_apart_exactly_where_its_totals_contradict_each_other(tmp_path_factory, drawn):
    files = [(f"f{i}", Submission.model_validate({"programme": one})) for i, one in enumerate(drawn)]
    connection, _ = shared_out(tmp_path_factory.mktemp("s"), files)
    odd = dict(connection.execute("SELECT file, odd FROM programme").fetchall())
    wanted = {file: bool(reconcile(one.programmes[0], file).contradictions) for file, one in files}
    assert odd == wanted


def test_what_is_found_is_written_beside_every_programme_some_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(lots, "AT_ONCE", 2)
    made = [{"programme": TWICE | {"declared": [{"count": 2 + i % 2}]}} for i in range(5)]
    files = [(f"f{i}", Submission.model_validate(one)) for i, one in enumerate(made)]
    connection, _ = shared_out(tmp_path, files)
    found = connection.execute(
        "SELECT file, odd, housing_least, law_date FROM programme ORDER BY r"
    ).fetchall()
    assert found == [(f"f{i}", bool(i % 2), 60_00, DAY) for i in range(5)]


@settings(max_examples=20)
@given(st.lists(st.dictionaries(
    st.sampled_from(list(Dates.model_fields)),
    st.sampled_from(["2018-11-25", "2022-02-22", "2022-02-23", "2024-06-30", "none"]), max_size=5,
), min_size=1, max_size=8))  # fmt: skip
def test_the_days_of_the_law_are_those_of_the_engine(tmp_path_factory, drawn):
    plan = book(force="plan", rules={"r": {"obligation": {"require": "count(dwellings) > 1"}}})
    tax = book(
        rulebook="fiscal",
        frozen_by=["certificate"],
        rules={"r": {"condition": {"require": "count(dwellings) > 1"}}},
    )
    deal = book(
        rulebook="contrat", force="contract", rules={"r": {"condition": {"require": "count(dwellings) > 1"}}}
    )
    books = [plan, tax, deal]
    files = [
        (f"f{i}", Submission.model_validate({"dates": dates, "programme": {}}))
        for i, dates in enumerate(drawn)
    ]
    connection, spans = shared_out(tmp_path_factory.mktemp("s"), files, books, imposed=None)
    columns = {span.book.id: span.column for span in spans}
    for file, submission in files:
        law = law_date(submission, None, DAY)
        listed = ", ".join(columns[one.id] for one in books)
        row = connection.execute(
            f"SELECT law_date, odd, {listed} FROM programme WHERE file = '{file}'"
        ).fetchone()
        assert row == (
            law.planning.day,
            any(law.questions(one) for one in books),
            *(law.of(one) for one in books),
        )


def test_the_dates_that_freeze_nothing_freeze_nothing():
    days = {path.removeprefix("dates."): date(2026, 1, 1) for path in PLAIN}
    assert freezes(Dates.model_validate(days), DAY) == []


def test_a_rulebook_is_compiled_once_for_the_days_between_two_changes(tmp_path):
    one = book(rules={"r": {"versions": [
        {"from": "2020-01-01", "until": "2022-01-01", "obligation": {"require": "count(dwellings) > 1"}},
        {"from": "2022-01-01", "obligation": {"require": "count(dwellings) > 2"}},
    ]}})  # fmt: skip
    days = ["2020-01-01", "2021-12-31", "2021-06-01", "2019-12-31"]
    files = [(day, Submission.model_validate({"dates": {"decision": day}, "programme": {}})) for day in days]
    _, spans = shared_out(tmp_path, files, [one], imposed=None)
    assert [(span.start, span.end) for span in spans] == [
        (date.min, date(2020, 1, 1)),
        (date(2020, 1, 1), date(2022, 1, 1)),
    ]
