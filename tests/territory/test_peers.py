"""The versions written by hand of the benchmark's job say what mixrules says, so that their times compare."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
numpy = pytest.importorskip("numpy", reason="numpy is not installed (the extra `peers`)")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed (the extra `territory`)")

from benchmarks.peers import contender, corpus, decided, engines, floors, job  # noqa: E402


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "corpus.parquet"
    assert corpus.make(path, 300, drawn=150)[0] == 300
    return path


@pytest.fixture(scope="module")
def ours(given: Path) -> "numpy.ndarray":
    answer = given.with_name("decisions.parquet")
    contender.mixrules(given, answer, job.BOOKS, job.DAY)
    return decided.codes(answer)


def test_the_corpus_reaches_every_rule(ours: "numpy.ndarray") -> None:
    for column, (rule, choices) in enumerate(job.RULES.items()):
        reached = {job.STATUSES[code] for code in ours[:, column]}
        assert reached <= {status for status, _ in choices}, rule
        assert len(reached) >= min(2, len(choices)), rule


@pytest.mark.parametrize("decide", [floors.with_numpy, floors.with_duckdb])
def test_a_version_by_hand_says_the_same(decide, given: Path, ours: "numpy.ndarray") -> None:
    assert (decide(given) == ours).all()


def test_the_conditions_given_to_engines_say_the_same(given: Path, ours: "numpy.ndarray") -> None:
    assert (engines.with_python(given, 300) == ours).all()
