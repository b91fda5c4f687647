"""A rulebook from a stranger is data: nothing in it runs, nothing outside its folder is read, nothing in it explodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.rulebook.library import LARGEST, Library
from mixrules.rulebook.loader import load

HEAD = "rulebook: test.stranger\ntitle: {fr: Essai}\nforce: plan\nsource: {ref: art. 1}\n"


def refused(text: str) -> list[str]:
    with pytest.raises(InvalidInputError) as raised:
        load(HEAD + text, "stranger.yaml", lambda _: None)
    problems = raised.value.problems
    assert all(problem.where.line > 0 and problem.where.column > 0 for problem in problems)
    return [problem.code for problem in problems]


def requiring(expression: str) -> str:
    return f'rules: {{r: {{obligation: {{require: "{expression}"}}}}}}\n'


@pytest.mark.parametrize(
    "text",
    [
        "x: &a [1, 1]\ny: [*a, *a]\n",
        'rules: !!python/object/apply:os.system ["true"]\n',
        "title: !!str {fr: Essai}\n",
        "x: !include /etc/hostname\n",
    ],
    ids=["aliases that multiply", "a tag that runs", "any tag", "an include"],
)
def test_tricks_of_yaml_are_refused(text):
    assert refused(text) == ["yaml_trick"]


def test_merge_keys_mean_nothing():
    assert "key_unknown" in refused("<<: {title: x}\n")


def test_a_key_is_a_word():
    assert "key_expected" in refused("? [a, b]\n: c\n")


def test_nesting_is_bounded():
    assert refused(f"rules: {'[' * 5000}{']' * 5000}\n") == ["yaml_too_deep"]


@pytest.mark.parametrize(
    "expression",
    [
        "not " * 900 + "yes",
        "- " * 1900 + "1 > 0",
        "1 + " * 900 + "1 > 0",
        "if yes then yes else " * 180 + "no",
    ],
    ids=["negations", "signs", "terms", "choices"],
)
def test_an_expression_that_would_exhaust_the_stack_is_refused(expression):
    assert refused(requiring(expression)) == ["expression_too_large"]


def test_definitions_that_double_each_other_are_refused():
    chain = "".join(f"  D{i}: D{i - 1} and D{i - 1}\n" for i in range(1, 60))
    text = "definitions:\n  D0: count(dwellings) > 1\n" + chain + requiring("D59")
    assert set(refused(text)) == {"expression_too_large"}


def test_a_file_too_large_is_not_read(tmp_path):
    (tmp_path / "big.yaml").write_text(HEAD + "#" * LARGEST, encoding="utf-8")
    with pytest.raises(InvalidInputError) as raised:
        Library([tmp_path])
    assert [problem.code for problem in raised.value.problems] == ["rulebook_too_large"]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder given by a stranger, and a rulebook that stands outside it."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "own.yaml").write_text(HEAD, encoding="utf-8")
    outside = tmp_path / "outside.yaml"
    outside.write_text(HEAD.replace("test.stranger", "test.outside"), encoding="utf-8")
    return inside, outside


def test_links_out_of_the_folder_are_not_followed(folders):
    inside, outside = folders
    (inside / "link.yaml").symlink_to(outside)
    (inside / "up").symlink_to(outside.parent, target_is_directory=True)
    (inside / "round").symlink_to(inside, target_is_directory=True)
    names = Library([inside]).ids
    assert "test.stranger" in names
    assert "test.outside" not in names


@pytest.mark.parametrize("used", ["../outside", "/outside", "test.outside"])
def test_no_use_leads_out_of_the_folder(folders, used):
    inside, outside = folders
    used = used.replace("/outside", str(outside)) if used.startswith("/") else used
    (inside / "own.yaml").write_text(HEAD + f"uses: [{used}]\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as raised:
        Library([inside]).get("test.stranger")
    assert {problem.code for problem in raised.value.problems} <= {"shape_wrong", "rulebook_unknown"}


def test_a_key_out_of_place_says_where_it_is_written(tmp_path):
    """« at » is a key of an obligation, not of the rule around it: it is never suggested in its own place."""
    path = tmp_path / "r.yaml"
    path.write_text(
        "rulebook: a.b\ntitle: T\nforce: plan\nsource: {ref: R}\nrules:\n  r:\n    at: district\n"
        "    obligation: {require: 'count(dwellings) >= 1 dwelling'}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInputError) as caught:
        Library([path]).get("a.b")
    (problem,) = caught.value.problems
    assert problem.code == "key_misplaced"
    assert (problem.where.line, "obligation" in problem.render("fr")) == (7, True)
    assert "vouliez-vous" not in problem.render("fr")
