"""`mixrules rules test --coverage`: outcomes and sides of thresholds that no example reaches."""

from __future__ import annotations

from holed_book import EDGES, holed, load
from typer.testing import CliRunner

from mixrules.authoring.coverage import cover
from mixrules.cli import app


def test_missing_outcomes_are_named(tmp_path):
    (part,) = cover(load(tmp_path, holed(whole=False))).reached
    assert part.missing == ["unmet", "undetermined", "not-applicable", "excepted"]


def test_nothing_is_missing_once_every_outcome_has_its_example(tmp_path):
    found = cover(load(tmp_path, holed(whole=True)))
    assert [rule.missing for rule in found.reached] == [[]]
    assert [boundary.visits.missing(boundary.node) for boundary in found.boundaries] == [[], []]


def test_what_a_rule_cannot_reach_is_not_asked(tmp_path):
    text = holed(whole=False).replace("      applies_when: count(dwellings) > 4\n", "")
    start, end = text.index("    exceptions:"), text.index("    examples:")
    (part,) = cover(load(tmp_path, text[:start] + text[end:])).reached
    assert part.wanted == ("met", "unmet", "undetermined")


def test_the_sides_of_a_threshold_tell_how_close_the_examples_come(tmp_path):
    scope, share = cover(load(tmp_path, holed(whole=False))).boundaries
    assert scope.visits.above == 6
    assert scope.visits.missing(scope.node) == ["below", "equal"]
    assert share.visits.missing(share.node) == ["below", "equal"]


def test_an_outcome_reached_but_never_expected_is_said(tmp_path):
    text = holed(whole=False) + EDGES.replace("OTHERS", "[1 libre]").replace(
        "expect: {part: excepted}", "expect: {verdict: compliant}"
    )
    (part,) = cover(load(tmp_path, text)).reached
    assert part.unsaid == ["excepted"]


def test_the_command_shows_a_table_in_both_languages(tmp_path):
    path = tmp_path / "book.yaml"
    path.write_text(holed(whole=False), encoding="utf-8")
    french = CliRunner().invoke(app, ["rules", "test", "--coverage", "--rules", str(path)])
    assert french.exit_code == 1
    assert "jamais atteint : non respecté, indéterminé, sans objet, excepté" in french.output
    english = CliRunner().invoke(app, ["rules", "test", "--coverage", "--lang", "en", "--rules", str(path)])
    assert "never reached: unmet, undetermined, not applicable, excepted" in english.output
