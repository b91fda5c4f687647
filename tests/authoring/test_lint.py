"""Each check of the linter lets the right rulebook through and names the fault of the wrong one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from law_texts import article
from typer.testing import CliRunner

from mixrules.authoring.article import Shelf
from mixrules.authoring.checks import dates, examples, exceptions, reach, rounding, sourcing, tables, unused
from mixrules.authoring.lint import Linter
from mixrules.cli import app
from mixrules.message import Problem
from mixrules.message.sentences import CATALOGUE, linting
from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Bounds, Period, Row

SOURCE = 'source: {ref: "C. urb., art. L. 1-1", quote: "au moins 30 %", date: "2020-01-01"}'
TEXT = article(
    ("as read in the consolidation of 2020-01-01, the last one read", "Il faut au moins 30 % de PLUS.")
)
SHARE = "require: share(tenure = PLUS of dwellings) >= 30 %, rounding: none"


def rule(body: str, name: str = "part", extra: str = "") -> str:
    return f"rules:\n  {name}:\n    title: {{fr: Part, en: Share}}\n    {SOURCE}\n{extra}    {body}\n"


def versions(*periods: str) -> str:
    body = "".join(f"      - {p}\n        obligation: {{{SHARE}}}\n" for p in periods)
    return f"rules:\n  part:\n    title: {{fr: Part, en: Share}}\n    {SOURCE}\n    versions:\n{body}"


def codes(remarks):
    return [(r.level, r.problem.code) for r in remarks]


# -- sources --------------------------------------------------------------------------------------------


@pytest.fixture
def sourced(written, shelve, tmp_path):
    shelve(TEXT)
    return lambda body, **head: list(sourcing.check(written(body, **head), Shelf([tmp_path])))


def test_a_rule_of_law_quotes_its_article(sourced):
    assert sourced(rule(f"obligation: {{{SHARE}}}")) == []
    bare = rule(f"obligation: {{{SHARE}}}").replace(', quote: "au moins 30 %"', "")
    assert codes(sourced(bare)) == [("error", "quote_missing")]
    assert codes(sourced(bare.replace("L. 1-1", "L. 9-9"))) == [("warning", "quote_missing_unheld")]
    assert codes(sourced(bare.replace("C. urb., art. L. 1-1", ""))) == [("error", "source_ref_missing")]
    assert codes(sourced(bare.replace(f"    {SOURCE}", "").replace(SOURCE, ""))) == [
        ("error", "quote_missing")
    ]


def test_a_charter_needs_no_quote(sourced):
    bare = rule(f"obligation: {{{SHARE}}}", extra="    force: charter\n").replace(
        ', quote: "au moins 30 %"', ""
    )
    assert sourced(bare) == []
    assert codes(sourced(bare.replace("charter", "plan"))) == [("error", "quote_missing")]


def test_a_rule_that_ended_before_the_text_was_read_cannot_quote_it(sourced):
    bare = rule(f"obligation: {{{SHARE}}}", extra="    until: 2020-01-01\n").replace(
        ', quote: "au moins 30 %"', ""
    )
    assert codes(sourced(bare)) == [("warning", "quote_missing_unheld")]
    assert codes(sourced(bare.replace("2020-01-01\n", "2020-01-02\n"))) == [("error", "quote_missing")]


def test_an_exception_has_its_own_source(sourced):
    extra = "    exceptions:\n      defense: {when: site.defence_land, then: not-applicable}\n"
    assert codes(sourced(rule(f"obligation: {{{SHARE}}}", extra=extra))) == [
        ("note", "exception_source_missing")
    ]
    assert (
        sourced(
            rule(f"obligation: {{{SHARE}}}", extra=extra.replace("applicable}", f"applicable, {SOURCE}}}"))
        )
        == []
    )


# -- dates ----------------------------------------------------------------------------------------------


def dated(written, body):
    return codes(dates.check(written(body)))


def test_versions_follow_each_other(written):
    assert dated(written, versions("until: 2016-01-01", "from: 2016-01-01")) == []
    assert dated(written, versions("from: 2016-01-01", "until: 2016-01-01")) == []


@pytest.mark.parametrize("start", ["2016-01-02", "2017-06-15"])
def test_a_gap_between_versions_is_an_error_even_of_one_day(written, start):
    [remark] = dates.check(written(versions("until: 2016-01-01", f"from: {start}")))
    assert (remark.level, remark.problem.code) == ("error", "version_gap")
    said = remark.problem.render("fr")
    assert "2016-01-01" in said
    assert f"- from: {start}" in said


def test_an_overlap_does_not_load(written):
    from mixrules.message import InvalidInputError

    with pytest.raises(InvalidInputError) as caught:
        written(versions("until: 2016-01-02", "from: 2016-01-01"))
    assert [p.code for p in caught.value.problems] == ["versions_overlap"]


def test_the_sweep_finds_days_with_none_or_two(written):
    rules = list(written(versions("until: 2016-01-01", "from: 2016-01-01")).book.rules)
    assert dates.sweep(rules) == []
    gap = [rules[0], rules[1].replace(period=Period(date(2016, 3, 15)))]
    assert dates.sweep(gap) == [dates.Miscount("part", date(2016, 1, 1), 0, 3)]
    twice = [rules[0], rules[1].replace(period=Period(date(2015, 12, 1)))]
    assert dates.sweep(twice) == [dates.Miscount("part", date(2015, 12, 1), 2, 1)]
    assert dates.sweep(rules[:1]) == []


def test_the_sweep_looks_at_each_first_of_the_month():
    assert len(dates.SWEPT) == 15 * 12
    assert (dates.SWEPT[0], dates.SWEPT[-1]) == (date(2013, 1, 1), date(2027, 12, 1))


def test_a_version_outside_all_dates(written):
    assert dated(written, versions("until: 2012-12-01", "from: 2012-12-01")) == [
        ("warning", "version_out_of_time")
    ]
    assert dated(written, rule(f"obligation: {{{SHARE}}}", extra="    from: 2028-01-01\n")) == [
        ("warning", "version_out_of_time")
    ]
    assert dated(written, rule(f"obligation: {{{SHARE}}}", extra="    from: 2027-12-31\n")) == []


TAUX = "parameters:\n  taux: {{unit: '%', values: {{{values}}}{until}}}\n"
READS = "obligation: {require: share(tenure = PLUS of dwellings) >= taux, rounding: none}"


@pytest.mark.parametrize(
    ("values", "until", "period", "found"),
    [
        ("2020-01-01: 30 %", "", "from: 2020-01-01", []),
        ("2020-01-02: 30 %", "", "from: 2020-01-01", [("error", "parameter_gap")]),
        ("2020-01-01: 30 %", "", "until: 2021-01-01", [("error", "parameter_gap")]),
        ("2020-01-01: 30 %", ", until: 2022-01-01", "from: 2020-01-01", [("note", "parameter_ends")]),
        ("2020-01-01: 30 %", ", until: 2022-01-01", "from: 2020-01-01\n    until: 2022-01-01", []),
        ("2020-01-01: 30 %, 2021-01-01: 25 %", "", "from: 2020-01-01", []),
        (
            "2020-01-01: 30 %, 2021-01-01: null, 2022-01-01: 25 %",
            "",
            "from: 2020-01-01",
            [("error", "parameter_gap"), ("error", "parameter_hole")],
        ),
        (
            "2020-01-01: 30 %, 2021-01-01: null, 2022-01-01: 25 %",
            "",
            "from: 2022-01-01",
            [("error", "parameter_hole")],
        ),
    ],
)
def test_every_day_of_a_rule_finds_its_parameters(written, values, until, period, found):
    text = TAUX.format(values=values, until=until) + rule(READS, extra=f"    {period}\n")
    assert dated(written, text) == found


def test_a_parameter_that_ends_before_it_starts(written):
    values = TAUX.format(values="2020-01-01: 30 %, 2022-01-01: 25 %", until=", until: 2021-01-01")
    text = values + rule(READS, extra="    from: 2020-01-01\n    until: 2021-06-01\n")
    assert dated(written, text) == [("error", "period_reversed")]


def test_a_definition_that_starts_after_the_rule(written):
    definition = "definitions:\n  S: {values: {2020-01-01: tenure = PLUS, 2022-01-01: tenure = PLAI}}\n"
    body = "obligation: {require: share(S of dwellings) >= 30 %, rounding: none}"
    assert dated(written, definition + rule(body, extra="    from: 2020-01-01\n")) == []
    assert dated(written, definition + rule(body, extra="    from: 2019-12-31\n")) == [
        ("error", "definition_gap")
    ]


# -- tables ---------------------------------------------------------------------------------------------


def band(low, high, *, low_open=False, high_open=False):
    return Row((Bounds(low, high, low_open, high_open),), (Fraction(1),))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([band(None, 10), band(10, None, low_open=True)], []),
        ([band(0, 10, high_open=True), band(10, 20)], []),
        ([band(10, None, low_open=True), band(0, 10)], []),
        ([band(0, 10), band(11, 20)], ["gap"]),
        ([band(0, 10, high_open=True), band(10, 20, low_open=True)], ["gap"]),
        ([band(0, 10), band(10, 20)], ["overlap"]),
        ([band(0, 10), band(9, 20)], ["overlap"]),
        ([band(0, None), band(9, 20)], ["overlap"]),
        ([band(None, 10), band(None, 20)], ["overlap"]),
        ([band(20, 10)], ["reversed"]),
        ([band(10, 10, low_open=True)], ["reversed"]),
        ([band(10, 10)], []),
    ],
)
def test_bands_touch_without_overlapping(rows, found):
    assert [fault.what for fault in tables.faults(tuple(rows))] == found


def banded(second: str) -> str:
    return (
        "parameters:\n  prix:\n    by: m²\n    unit: €/m²\n    bands:\n"
        "      - {from: 0 m², up_to: 1000 m², value: 300 €/m²}\n"
        f"      - {{{second}, value: 200 €/m²}}\n"
    )


def test_a_gap_between_bands_names_its_line(written):
    assert list(tables.check(written(banded("above: 1000 m²")))) == []
    [remark] = tables.check(written(banded("above: 1001 m²")))
    assert (remark.level, remark.problem.code) == ("error", "band_gap")
    assert "1000 – 1001" in remark.problem.render()
    assert "above: 1001 m²" in remark.problem.line_text


def test_a_member_without_a_row_is_a_note(written):
    table = "parameters:\n  prix:\n    by: [zone_abc, tenure]\n    unit: €\n    rows:\n"
    every = ", ".join(sorted(_tenures()))
    zones = "".join(f'      {z}: {{"{every}": 1 €}}\n' for z in _zones())
    assert list(tables.check(written(table + zones))) == []
    fewer = zones.replace("PLUS, ", "", 1)
    [remark] = tables.check(written(table + fewer))
    assert (remark.level, remark.problem.code) == ("note", "table_member_missing")
    assert dict(remark.problem.args)["found"] == "PLUS"
    [remark] = tables.check(written(table + zones.partition("\n")[2]))
    assert dict(remark.problem.args)["found"] == _zones()[0]


def _tenures():
    from mixrules.programme.category import CATEGORIES

    return CATEGORIES["tenure"].everything


def _zones():
    from mixrules.programme.category import CATEGORIES

    return sorted(CATEGORIES["zone_abc"].everything)


# -- exceptions -----------------------------------------------------------------------------------------

OTHER = "require: share(tenure = PLUS of dwellings) >= 20 %"


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        (
            "when: site.defence_land, then: not-applicable",
            f"when: site.heritage, {OTHER}",
            [("error", "exceptions_unordered")],
        ),
        ("when: site.defence_land, then: not-applicable, before: [b]", f"when: site.heritage, {OTHER}", []),
        ("when: site.defence_land, then: not-applicable", f"when: site.heritage, {OTHER}, before: [a]", []),
        (
            "when: site.defence_land, then: not-applicable",
            "when: site.heritage, then: not-applicable",
            [("warning", "exceptions_alike")],
        ),
        ("when: site.heritage, then: not-applicable", f"when: not site.heritage, {OTHER}", []),
        ("when: count(dwellings) > 20, then: not-applicable", f"when: count(dwellings) <= 20, {OTHER}", []),
        (
            "when: count(dwellings) >= 20, then: not-applicable",
            f"when: count(dwellings) <= 20, {OTHER}",
            [("error", "exceptions_unordered")],
        ),
        (
            "when: no, then: not-applicable",
            "when: site.heritage, then: not-applicable",
            [("error", "exception_never")],
        ),
    ],
)
def test_two_exceptions_that_may_both_apply_have_an_order(written, one, two, found):
    extra = f"    exceptions:\n      a: {{{one}}}\n      b: {{{two}}}\n"
    remarks = list(exceptions.check(written(rule(f"obligation: {{{SHARE}}}", extra=extra))))
    assert codes(remarks) == found


def test_both_lines_of_the_exceptions_are_named(written):
    extra = f"    exceptions:\n      a: {{when: site.defence_land, then: not-applicable}}\n      b: {{when: site.heritage, {OTHER}}}\n"
    [remark] = exceptions.check(written(rule(f"obligation: {{{SHARE}}}", extra=extra)))
    assert dict(remark.problem.args)["line"] == "10"
    assert remark.problem.where.line == 11


def test_an_order_may_pass_through_a_third_exception(written):
    extra = (
        "    exceptions:\n      a: {when: site.defence_land, then: not-applicable, before: [b]}\n"
        f"      b: {{when: site.heritage, {OTHER}, before: [c]}}\n"
        "      c: {when: site.noise_zone, then: not-applicable}\n"
    )
    assert list(exceptions.check(written(rule(f"obligation: {{{SHARE}}}", extra=extra)))) == []


# -- reach ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "reached"),
    [
        ("count(dwellings) > 12", True),
        ("no", False),
        ("site.heritage and no", False),
        ("site.heritage or no", True),
        ("site.heritage and not site.heritage", False),
        ("1 > 2", False),
        ("count(dwellings) > 12 and count(dwellings) < 5", False),
        ("count(dwellings) > 12 and count(dwellings) < 50", True),
        ("count(dwellings) >= 12 and count(dwellings) <= 12", True),
        ("count(dwellings) > 12 and count(dwellings) <= 12", False),
        ("12 < count(dwellings) and 5 > count(dwellings)", False),
        ("JAMAIS", False),
        ("not JAMAIS", True),
        ("if site.heritage then no else no", False),
    ],
)
def test_a_rule_that_never_applies_is_an_error(written, condition, reached):
    text = "definitions:\n  JAMAIS: no\n" + rule(f"obligation: {{applies_when: {condition}, {SHARE}}}")
    expected = [] if reached else [("error", "rule_never_applies")]
    assert codes(reach.check(written(text))) == expected


BONUS = """\
  bonus:
    title: {fr: Bonus, en: Bonus}
    advantage: {grants: volume, when: WHEN, rate: 10 %, of: site.buildable_volume}
"""


def test_an_advantage_that_is_never_granted(written):
    assert codes(reach.check(written("rules:\n" + BONUS.replace("WHEN", "no")))) == [
        ("error", "advantage_never_granted")
    ]
    assert codes(reach.check(written("rules:\n" + BONUS.replace("WHEN", "site.heritage")))) == []


def test_a_condition_that_no_advantage_reads_is_a_note(written):
    condition = rule(f"condition: {{{SHARE}}}")
    assert codes(reach.check(written(condition + BONUS.replace("WHEN", "met(part)")))) == []
    assert codes(reach.check(written(condition + BONUS.replace("WHEN", "site.heritage")))) == [
        ("note", "condition_unread")
    ]
    assert codes(reach.check(written(rule(f"obligation: {{{SHARE}}}")))) == []


# -- rounding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requirement", "found"),
    [
        ("share(tenure = PLUS of dwellings) >= 30 %", True),
        ("30 % <= share(tenure = PLUS of dwellings)", True),
        ("count(tenure = PLUS) >= 30 % * count(dwellings)", True),
        ("count(tenure = PLUS) >= ceil(30 % * count(dwellings))", True),
        ("PART >= 30 %", True),
        ("share(tenure = PLUS of dwellings) between 20 % and 30 %", True),
        ("share(tenure = PLUS of floor_area) >= 30 %", False),
        ("count(tenure = PLUS) >= 3", False),
        ("site.heritage", False),
    ],
)
def test_a_share_of_dwellings_says_how_it_rounds(written, requirement, found):
    text = "definitions:\n  PART: share(tenure = PLUS of dwellings)\n"
    silent = written(text + rule(f'obligation: {{require: "{requirement}"}}'))
    assert codes(rounding.check(silent)) == ([("error", "rounding_unsaid")] if found else [])
    said = written(text + rule(f'obligation: {{require: "{requirement}", rounding: stated}}'))
    assert list(rounding.check(said)) == []


def test_a_condition_is_only_warned(written):
    silent = written(rule("condition: {require: share(tenure = PLUS of dwellings) >= 30 %}"))
    assert codes(rounding.check(silent)) == [("warning", "rounding_unsaid")]


# -- names and examples ---------------------------------------------------------------------------------

NAMES = """\
inputs:
  facts.vu: {type: yes_no}
  facts.perdu: {type: yes_no}
definitions:
  EN_LISTE: tenure in {PLUS, PLAI}
  PAR_UNE_AUTRE: tenure = PLS
  LUE: PAR_UNE_AUTRE or tenure = BRS
  SEULE: PERDUE
  PERDUE: tenure = BRS
parameters:
  taux: {unit: "%", value: 30 %}
  oublie: {unit: "%", value: 30 %}
"""
USES = """obligation:
      let: {n: count(LUE), m: "n + 1 dwelling", o: count(dwellings)}
      require: facts.vu and m > 2 and share(EN_LISTE of dwellings) >= taux
      rounding: none"""


def test_names_that_no_rule_reads_are_notes(written):
    remarks = list(unused.check(written(NAMES + rule(USES)), []))
    assert {dict(r.problem.args)["what"] for r in remarks} == {
        "facts.perdu",
        "SEULE",
        "PERDUE",
        "oublie",
        "o",
    }
    assert {r.level for r in remarks} == {"note"}


def test_a_rulebook_of_words_is_read_by_those_that_use_it(tmp_path):
    head = "title: {fr: T}\nforce: charter\nsource: {ref: Charte}\n"
    (tmp_path / "mots.yaml").write_text(
        f"rulebook: mots\n{head}definitions:\n  LU: tenure = PLUS\n  PERDU: tenure = PLS\n", encoding="utf-8"
    )
    (tmp_path / "usage.yaml").write_text(
        f"rulebook: usage\n{head}uses: [mots]\nrules:\n  r: {{obligation: {{require: count(LU) > 1}}}}\n",
        encoding="utf-8",
    )
    remarks = Linter(Library([tmp_path])).rulebook("mots")
    assert [dict(r.problem.args)["what"] for r in remarks if r.problem.code == "unused_definitions"] == [
        "PERDU"
    ]


def test_a_rule_without_example_is_a_note(written):
    text = rule(f"obligation: {{{SHARE}}}")
    assert codes(examples.check(written(text))) == [("note", "rule_without_example")]
    named = text + "examples:\n  - {name: Un, given: {dwellings: [1 PLUS]}, expect: {part: met}}\n"
    assert list(examples.check(written(named))) == []


# -- the whole ------------------------------------------------------------------------------------------


def run(*arguments: object):
    return CliRunner().invoke(app, ["rules", "lint", *map(str, arguments)])


@pytest.fixture
def file(tmp_path, shelve, written):
    shelve(TEXT)

    def write(body: str):
        written(body)
        return tmp_path / "essai.yaml"

    return write


GOOD = rule(f"obligation: {{{SHARE}}}", extra="    from: 2020-01-01\n") + (
    "examples:\n  - {name: Un, given: {dwellings: [1 PLUS]}, expect: {part: met}}\n"
)


def test_a_clean_rulebook_is_zero(file):
    result = run("--rules", file(GOOD))
    assert result.exit_code == 0, result.output
    assert result.output.startswith(
        "✓ essai\n1 recueil\N{NO-BREAK SPACE}: 0 erreur, 0 avertissement, 0 note\n"
    )


def test_one_letter_of_a_quote_is_one(file):
    result = run("--rules", file(GOOD.replace("au moins 30 %", "au moins 31 %")), "--lang", "en")
    assert result.exit_code == 1
    assert "✗ error essai.yaml:8:" in result.output
    assert '"30" instead of "31"' in result.output


def test_warnings_and_notes_are_zero(file):
    silent = GOOD.replace("obligation", "condition").replace(", rounding: none", "")
    result = run("--rules", file(silent))
    assert result.exit_code == 0
    assert "1 avertissement, 1 note" in result.output


def test_a_text_altered_is_one(file, shelve):
    path = file(GOOD)
    shelve(TEXT.replace("PLUS", "PLAI"))
    result = run("--rules", path.parent)
    assert result.exit_code == 1
    assert "sources/code-urbanisme/L1-1.md:3:1" in result.output


def test_a_broken_rulebook_is_four_and_the_others_are_linted(file):
    path = file(GOOD)
    (path.parent / "casse.yaml").write_text("rulebook: casse\ntitle: {fr: T}\n", encoding="utf-8")
    result = run("--rules", path.parent)
    assert result.exit_code == 4
    assert "casse.yaml:1:1" in result.stderr
    assert "✓ essai" in result.stdout


def test_what_does_not_exist_is_four(tmp_path):
    assert run("--rules", "fr.inconnu").exit_code == 4
    assert run("--rules", tmp_path / "rien.yaml").exit_code == 4
    (tmp_path / "vide").mkdir()
    assert run("--rules", tmp_path / "vide").exit_code == 4


def test_the_shipped_rulebooks_have_no_error():
    linter = Linter(Library())
    found = [*linter.texts(), *(r for name in linter.desk.library.ids for r in linter.rulebook(name))]
    assert [r.problem.render("en") for r in found if r.level == "error"] == []


@pytest.mark.parametrize("code", linting.SENTENCES)
def test_every_sentence_is_said_in_both_languages(code):
    names = (
        "what found expected day passage wrong right count days first last one two line stated rules witness"
    )
    problem = Problem.of(code, **dict.fromkeys(names.split(), "X"))
    assert "{" not in problem.render("fr") + problem.render("en")
    assert CATALOGUE[code][0] != CATALOGUE[code][1]
