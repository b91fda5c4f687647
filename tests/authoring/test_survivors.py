"""`survivors:`: why a change cannot be noticed, or an outcome reached; an explanation must stay true."""

from __future__ import annotations

import pytest
from holed_book import holed, load
from typer.testing import CliRunner

from mixrules.authoring.coverage import cover
from mixrules.authoring.mutation import campaign
from mixrules.cli import app
from mixrules.message import InvalidInputError

EXCUSE = "  - {in: part, change: removal, was: « dispense », because: {fr: Motif, en: Reason}}\n"


def told(folder, text: str, *explained: str):
    return campaign(load(folder, text + "survivors:\n" + "".join(explained)), "fr")


def test_an_explained_survivor_is_listed_apart(tmp_path):
    plain = campaign(load(tmp_path, holed(whole=False)), "fr")
    done = told(tmp_path, holed(whole=False), EXCUSE)
    assert done.explained == 1
    assert len(done.survivors) == len(plain.survivors) - 1
    assert done.unsound == ()


def test_the_words_may_be_those_of_either_language(tmp_path):
    english = EXCUSE.replace("« dispense »", "exception “dispense”")
    assert told(tmp_path, holed(whole=False), english).explained == 1


def test_a_class_of_changes_is_explained_at_once(tmp_path):
    done = told(tmp_path, holed(whole=False), "  - {in: part, change: threshold, because: tout}\n")
    assert not any(mutant.change == "threshold" for mutant in done.survivors)
    assert done.explained > 3
    assert done.unsound == ()


def test_a_class_with_a_change_that_is_noticed_is_too_wide(tmp_path):
    without = holed(whole=True).replace("1 LLI, ", "")
    done = told(tmp_path, without, "  - {in: part, change: set, because: tout}\n")
    [explanation] = done.unsound
    assert explanation.survivors[0].after.endswith("LLI")
    assert explanation.noticed > 0
    assert not done.passed


def test_one_of_several_texts_is_enough(tmp_path):
    line = "  - {in: part, change: operator, becomes: [plus de 25 %, au moins 4 logements], because: x}\n"
    assert told(tmp_path, holed(whole=False), line).explained == 2


def test_an_explanation_that_names_no_survivor_any_more_fails(tmp_path):
    done = told(tmp_path, holed(whole=True), EXCUSE.replace("« dispense »", "« autre »"))
    assert (done.survivors, len(done.unsound), done.passed) == ((), 1, False)


def test_an_explanation_of_a_change_that_is_noticed_fails(tmp_path):
    done = told(tmp_path, holed(whole=True), EXCUSE)
    assert [explanation.noticed for explanation in done.unsound] == [1]


def test_what_was_not_tried_may_still_survive(tmp_path):
    book = load(tmp_path, holed(whole=True) + "survivors:\n" + EXCUSE.replace("dispense", "autre"))
    done = campaign(book, "fr", deadline=0, clock=lambda: 1)
    assert done.untried > 0
    assert done.unsound == ()


def test_an_outcome_out_of_reach_is_explained(tmp_path):
    line = "survivors:\n  - {in: part, outcome: excepted, because: {fr: Motif}}\n"
    found = cover(load(tmp_path, holed(whole=False) + line))
    [part] = found.reached
    assert part.missing == ["unmet", "undetermined", "not-applicable"]
    assert part.unsound == []
    found = cover(load(tmp_path, holed(whole=True) + line))
    assert [given.outcome for given in found.reached[0].unsound] == ["excepted"]
    assert not found.passed


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{in: pert, change: set, because: x}", "survivor_unknown"),
        ("{in: part, because: x}", "survivor_shape"),
        ("{in: part, change: set, outcome: met, because: x}", "survivor_shape"),
        ("{in: part, change: sett, because: x}", "value_not_allowed"),
        ("{in: part, change: set}", "key_missing"),
    ],
)
def test_a_badly_written_explanation_is_refused_at_its_line(tmp_path, line, code):
    text = holed(whole=False) + "survivors:\n  - " + line + "\n"
    with pytest.raises(InvalidInputError) as caught:
        load(tmp_path, text)
    [problem] = caught.value.problems
    assert problem.code == code
    assert problem.where.line == len(text.splitlines())


def test_the_commands_show_the_reasons(tmp_path):
    path = tmp_path / "book.yaml"
    outcome = "  - {in: part, outcome: excepted, because: Jamais excepté}\n"
    path.write_text(holed(whole=False) + "survivors:\n" + EXCUSE + outcome, encoding="utf-8")
    french = CliRunner().invoke(app, ["rules", "test", "--mutate", "--coverage", "--rules", str(path)]).output
    assert "1 expliqué\N{NO-BREAK SPACE}: Motif" in french
    assert "excepté : Jamais excepté" in french
    english = (
        CliRunner()
        .invoke(app, ["rules", "test", "--mutate", "--coverage", "--lang", "en", "--rules", str(path)])
        .output
    )
    assert "1 explained: Reason" in english
