"""Obligations that cannot all hold are proved so; those that can are never accused."""

from __future__ import annotations

from math import inf

import pytest
from typer.testing import CliRunner

from mixrules.authoring import proof
from mixrules.authoring.checks import conflicts, exceptions, reach
from mixrules.authoring.clock import Clock
from mixrules.authoring.lint import Linter
from mixrules.cli import app
from mixrules.rulebook.library import Library

pytest.importorskip("z3")

from mixrules.authoring.proof.prover import Prover
from mixrules.authoring.proof.witness import meeting

EXTRA = """\
inputs:
  facts.dense: {type: yes_no}
  facts.target: {unit: "%"}
definitions:
  SOCIAL: {values: {2010-01-01: "tenure in {PLUS, PLAI}", 2022-01-01: "tenure in {PLUS, PLAI, PLS}"}}
parameters:
  taux: {unit: "%", values: {2010-01-01: 20 %, 2020-01-01: 40 %}}
  secteurs: {by: text, unit: "%", rows: {S1: 20 %, S2: 40 %}}
"""
SOCIAL = "share(tenure in {PLUS, PLAI} of dwellings) >= 30 %"
FEW = "share(tenure in {PLUS, PLAI} of dwellings) <= 20 %"


def rule(name: str, require: str, more: str = "", **fields: str) -> str:
    lines = "".join(f"      {key}: {value!r}\n" for key, value in fields.items())
    return f"  {name}:\n{more}    obligation:\n{lines}      require: {require!r}\n      rounding: none\n"


def rules(*texts: str) -> str:
    return EXTRA + "rules:\n" + "".join(texts)


@pytest.fixture
def told(written):
    """The conflicts that the linter tells of a rulebook: level, and the rules named."""

    def tell(*texts: str):
        manuscript = written(rules(*texts))
        found = conflicts.check([manuscript], Prover([manuscript.book]))
        named = [(r.level, dict(r.problem.args).get("rules", r.problem.code)) for r in found]
        return [
            (level, [word for word in text.replace(",", "").split() if "(" not in word])
            for level, text in named
        ]

    return tell


# -- conflicts ------------------------------------------------------------------------------------------


def test_parts_that_cannot_make_up_the_whole(told):
    maxima = (
        rule("plus", "share(tenure = PLUS of dwellings) <= 25 %"),
        rule("plai", "share(tenure = PLAI of dwellings) <= 4 %"),
    )
    assert told(rule("social", SOCIAL), *maxima) == [("error", ["social", "plus", "plai"])]
    wider = SOCIAL.replace("PLAI}", "PLAI, PLS}")
    assert told(rule("social", wider), *maxima) == []


def test_exactly_at_the_threshold_both_hold(told):
    plus = rule("plus", "share(tenure = PLUS of dwellings) <= 25 %")
    assert told(rule("social", SOCIAL), plus, rule("plai", "share(tenure = PLAI of dwellings) <= 5 %")) == []
    strict = rule("plai", "share(tenure = PLAI of dwellings) < 5 %")
    assert told(rule("social", SOCIAL), plus, strict) == [("error", ["social", "plus", "plai"])]


def test_a_share_by_number_does_not_contradict_one_by_area(told):
    assert told(rule("nombre", SOCIAL), rule("surface", FEW.replace("dwellings", "floor_area"))) == []
    assert told(rule("nombre", SOCIAL), rule("autre", FEW)) == [("error", ["nombre", "autre"])]


def test_areas_are_bound_together_too(told):
    least = "share(tenure in {PLUS, PLAI} of floor_area) >= 30 %"
    most = "sum(floor_area where tenure in {PLUS, PLAI, PLS}) <= 10 % * sum(floor_area of dwellings)"
    assert told(rule("part", least), rule("somme", most)) == [("error", ["part", "somme"])]


def test_conditions_that_exclude_each_other(told):
    carence, other = rule("a", SOCIAL, applies_when="commune.carence"), "not commune.carence"
    assert told(carence, rule("b", FEW, applies_when=other)) == []
    assert told(carence, rule("b", FEW, applies_when="count(dwellings) > 12")) == [("error", ["a", "b"])]
    small = rule("a", SOCIAL, applies_when="count(dwellings) <= 12")
    assert told(small, rule("b", FEW, applies_when="count(dwellings) > 12")) == []


def test_a_programme_of_no_dwelling_is_no_way_out(told):
    one = rule("a", "count(tenure = PLUS) >= 1")
    assert told(one, rule("b", "count(tenure = PLUS) <= 0")) == [("error", ["a", "b"])]
    # Every dwelling is of one and only one tenure: without any, both of these would hold.
    none = rule("b", "all(dwellings, tenure = PLAI)")
    assert told(rule("a", "all(dwellings, tenure = PLUS)"), none) == [("error", ["a", "b"])]


def test_another_mix_may_escape_a_condition_on_the_mix(told):
    if_any = rule("a", "share(tenure = PLS of dwellings) >= 20 %", applies_when="count(tenure = PLS) > 0")
    assert told(if_any, rule("b", "share(tenure = PLS of dwellings) <= 10 %")) == []


def test_a_limit_on_the_size_does_not_contradict_what_larger_ones_owe(told):
    large = rule("a", "count(tenure = PLS) >= 1", applies_when="count(dwellings) > 10")
    assert told(large, rule("b", "count(dwellings) <= 5")) == []


def test_a_base_that_may_be_empty_hides_nothing(told):
    base = "of dwellings where residence = ordinary"
    least = rule("a", f"share(tenure = PLUS {base}) >= 30 %", when_empty="not-applicable")
    most = rule("b", f"share(tenure = PLUS {base}) <= 20 %", when_empty="met")
    assert told(least, most) == [("error", ["a", "b"])]
    assert told(least, rule("b", "share(tenure = PLUS of dwellings) <= 20 %")) == []


def test_a_rate_that_the_file_gives_is_not_known(told):
    assert told(rule("a", "share(tenure = PLUS of dwellings) >= facts.target"), rule("b", FEW)) == []


def test_what_is_counted_on_a_narrower_base_counts_on_the_wider(told):
    narrow = rule("a", "count(tenure = PLUS and rooms >= 3) >= 4")
    wide = rule("b", "count(tenure in {PLUS, PLAI} and rooms >= 2) <= 3")
    assert told(narrow, wide) == [("error", ["a", "b"])]
    assert told(narrow, rule("b", "count(tenure in {PLUS, PLAI} and rooms >= 4) <= 3")) == []


def test_versions_are_looked_at_stretch_by_stretch(told):
    old = rule("a", SOCIAL, more="    until: 2020-01-01\n")
    new = rule("b", FEW, more="    from: 2020-01-01\n")
    assert told(old, new) == []
    assert told(old.replace("2020", "2021"), new) == [("error", ["a", "b"])]


def test_a_parameter_means_what_it_holds_that_day(told):
    most = rule("b", "share(tenure in {PLUS, PLAI} of dwellings) <= 30 %")
    part = "share(tenure in {PLUS, PLAI} of dwellings) >= taux"
    assert told(rule("a", part), most) == [("error", ["a", "b"])]
    assert told(rule("a", part, more="    until: 2020-01-01\n"), most) == []


def test_a_definition_means_what_it_says_that_day(told):
    plus = rule("b", "share(tenure in {PLUS, PLAI} of dwellings) <= 20 %")
    social = rule("a", "share(SOCIAL of dwellings) >= 30 %")
    assert told(social, plus) == [("error", ["a", "b"])]
    assert told(rule("a", "share(SOCIAL of dwellings) >= 30 %", more="    from: 2022-01-01\n"), plus) == []


def test_one_row_of_a_table_is_enough(told):
    part = rule(
        "a",
        "share(tenure in {PLUS, PLAI} of dwellings) >= secteurs[sector.code]",
        applies_when="sector.code in secteurs",
    )
    assert told(part, rule("b", "share(tenure in {PLUS, PLAI} of dwellings) <= 30 %")) == [
        ("error", ["a", "b"])
    ]
    assert told(part, rule("b", "share(tenure in {PLUS, PLAI} of dwellings) <= 40 %")) == []


def test_an_exception_sets_the_scene(told):
    excused = rule("a", SOCIAL, more="    exceptions: {dense: {when: facts.dense, then: not-applicable}}\n")
    assert told(excused, rule("b", FEW, applies_when="facts.dense")) == []
    assert told(excused, rule("b", FEW)) == [("error", ["a", "b"])]


def test_roundings_extremes_and_choices_are_understood(told):
    rounded = rule("a", "count(tenure = PLUS) >= ceil(30 % * count(dwellings))")
    assert told(rounded, rule("b", "share(tenure = PLUS of dwellings) < 30 %")) == [("error", ["a", "b"])]
    assert (
        told(
            rule("a", "count(tenure = PLUS) >= floor(30 % * count(dwellings))"),
            rule("b", "share(tenure = PLUS of dwellings) < 30 %"),
        )
        == []
    )
    least = rule("a", "count(tenure = PLUS) >= min(2, count(dwellings))")
    assert told(least, rule("b", "count(tenure = PLUS) < 1")) == [("error", ["a", "b"])]
    choice = rule("a", "count(tenure = PLUS) >= (if facts.dense then 5 else 3)")
    assert told(choice, rule("b", "count(tenure = PLUS) <= 4")) == [("error", ["a", "b"])]
    assert told(choice, rule("b", "count(tenure = PLUS) <= 5")) == []


def test_a_mean_lies_between_its_extremes(told):
    mean = rule("a", "average(floor_area of dwellings) >= 60 m²")
    assert told(mean, rule("b", "max(floor_area of dwellings) <= 50 m²")) == [("error", ["a", "b"])]
    assert told(mean, rule("b", "min(floor_area of dwellings) <= 50 m²")) == []


def test_what_no_example_confirms_is_only_a_warning(told):
    at = "    obligation:\n      at: landing\n"
    landing = [
        rule(name, require).replace("    obligation:\n", at)
        for name, require in (("a", "count(dwellings) >= 4"), ("b", "count(dwellings) <= 3"))
    ]
    assert told(*landing) == [("error", ["a", "b"])]
    large = "count(landings) >= 2"
    assert told(rule("a", SOCIAL, applies_when=large), rule("b", FEW)) == [("warning", ["a", "b"])]


def test_scales_are_not_confused(told):
    at = "    obligation:\n      at: building\n"
    building = rule("b", FEW).replace("    obligation:\n", at)
    assert told(rule("a", SOCIAL), building) == []


def test_the_message_names_the_lines_and_a_file(written):
    manuscript = written(rules(rule("social", SOCIAL, applies_when="commune.carence"), rule("peu", FEW)))
    [remark] = conflicts.check([manuscript], Prover([manuscript.book]))
    said = remark.problem.render("fr")
    text = manuscript.draft.source.lines
    lines = [i + 1 for i, line in enumerate(text) if "require" in line]
    assert f"essai.yaml:{lines[0]}:" in said
    assert all(f"essai.yaml:{line}" in said for line in lines)
    assert "commune.carence: oui" in said
    assert "require:" in said.splitlines()[1]
    assert "no programme can meet them all" in remark.problem.render("en")


# -- one rule -------------------------------------------------------------------------------------------


def codes(remarks):
    return [(r.level, r.problem.code) for r in remarks]


def test_an_obligation_that_nothing_meets(written):
    manuscript = written(
        rules(
            rule("a", "share(tenure = PLUS of floor_area) > 100 %"),
            rule("b", "share(tenure = PLUS of floor_area) >= 100 %"),
        )
    )
    assert codes(conflicts.check([manuscript], Prover([manuscript.book]))) == [
        ("error", "obligation_never_met")
    ]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("count(dwellings) > 10 and count(tenure = PLUS) > 20 and count(dwellings) < 15", True),
        ("count(dwellings) > 10 and count(tenure = PLUS) > 13 and count(dwellings) < 15", False),
        ("taux > 50 %", True),
        ("taux > 30 %", False),
        ("sector.code in secteurs and secteurs[sector.code] > 50 %", True),
    ],
)
def test_a_rule_out_of_reach(written, condition, found):
    manuscript = written(rules(rule("a", SOCIAL, applies_when=condition)))
    assert ("error", "rule_never_applies") in codes(
        reach.check(manuscript, Prover([manuscript.book]))
    ) or not found
    assert found or codes(reach.check(manuscript, Prover([manuscript.book]))) == []


@pytest.mark.parametrize(
    ("other", "level"), [("count(dwellings) < 15", None), ("count(dwellings) < 25", "error")]
)
def test_exceptions_that_cannot_meet_need_no_order(written, other, level):
    pair = (
        "    exceptions:\n"
        "      un: {when: count(tenure = PLUS) > 20, then: not-applicable}\n"
        f"      deux: {{when: {other}, require: count(dwellings) > 1}}\n"
    )
    manuscript = written(rules(rule("a", SOCIAL, more=pair)))
    found = codes(exceptions.check(manuscript, Prover([manuscript.book])))
    assert found == ([("error", "exceptions_unordered")] if level else [])


# -- several rulebooks, time, commands ------------------------------------------------------------------


def test_rulebooks_applied_together(tmp_path):
    head = "rulebook: {}\ntitle: {{fr: Essai}}\nforce: plan\nsource: {{ref: art. 1}}\n{}"
    for name, require, place in (
        ("un", SOCIAL, ""),
        ("deux", FEW, "territory: ['38185']\n"),
        ("trois", FEW, "territory: ['99999']\n"),
    ):
        text = head.format(f"test.{name}", place) + "rules:\n" + rule(name, require)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    linter = Linter(Library([tmp_path]))
    linter.clock = Clock(inf, inf)
    assert [r.problem.code for r in linter.rulebook("test.un")].count("obligations_conflict") == 0
    [remark] = linter.together(["test.deux"])
    assert remark.problem.code == "obligations_conflict"
    rules_named = dict(remark.problem.args)["rules"]
    assert "un (un.yaml:" in rules_named
    assert "deux (deux.yaml:" in rules_named


def test_a_search_out_of_time_says_so(written):
    manuscript = written(rules(rule("a", SOCIAL), rule("b", FEW)))
    found = conflicts.check([manuscript], Prover([manuscript.book], Clock(0.0)))
    assert codes(found) == [("note", "proof_hurried")]


def test_without_the_solver_the_lint_says_what_it_leaves(tmp_path, monkeypatch):
    monkeypatch.setattr(proof, "find_spec", lambda name: None)
    (tmp_path / "a.yaml").write_text(
        "rulebook: test.a\ntitle: {fr: Essai}\nforce: charter\nsource: {ref: art. 1}\nrules:\n"
        + rule("a", SOCIAL)
        + rule("b", FEW),
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["rules", "lint", "--rules", str(tmp_path)])
    assert result.exit_code == 0
    assert "mixrules[lint]" in result.output
    assert CliRunner().invoke(app, ["rules", "lint", "--witness", "test.a"]).exit_code == 4


def test_a_witness_is_what_the_rules_themselves_find_met():
    for name in ("fr.urb.L111-24", "fr.local.38185.plui-3-3"):
        book = Library().get(name)
        shown = list(meeting(book))
        assert shown
        for one in shown:
            assert one.witness is not None
            assert {one.witness.statuses[rule.key] for rule in one.rules} == {"met"}


def test_the_command_shows_a_witness():
    result = CliRunner().invoke(app, ["rules", "lint", "--witness", "fr.urb.L111-24"])
    assert result.exit_code == 0
    assert "part-lls\u00a0: respecté" in result.output
    assert (
        "together: part-lls"
        in CliRunner().invoke(app, ["rules", "lint", "--lang", "en", "--witness", "fr.urb.L111-24"]).output
    )
