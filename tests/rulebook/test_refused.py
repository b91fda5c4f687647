"""Every fault of a rulebook is refused with its place and a sentence that says what to do.

Beside each faulty file stands what its author reads; `EXPECT=write` writes it anew, to be read again.
"""

import os
from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.message.sentences import sentence
from mixrules.rulebook.loader import load

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def problems(path):
    with pytest.raises(InvalidInputError) as raised:
        load(path.read_text(encoding="utf-8"), path.name, lambda _: None)
    return raised.value.problems


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_faulty_rulebook_is_refused_with_its_place_and_the_reason(path):
    said = "\n".join(problem.render("fr") for problem in problems(path)) + "\n"
    beside = path.with_suffix(".txt")
    if os.environ.get("EXPECT") == "write":
        beside.write_text(said, encoding="utf-8")
    assert said == beside.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_problem_has_a_line_and_a_sentence_in_both_languages(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    for problem in problems(path):
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= max(len(lines[problem.where.line - 1]), 1)
        for lang in ("fr", "en"):
            assert problem.code not in sentence(problem.code, lang, dict(problem.args))
