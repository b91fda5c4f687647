"""The live template: what a developer sees while typing is what the engine decides, or a word that says to check."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from generated import TENURES, dwellings, programmes, rulebooks, with_gaps
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from recalculated import agree, case, needs_soffice, recalculate
from rulings import book, requiring

from mixrules.authoring.example import submission_of
from mixrules.engine.decide import digest
from mixrules.message import LANGS, InvalidInputError
from mixrules.programme.reading import read
from mixrules.rulebook.library import Library
from mixrules.workbook.live.write import compose

DAY = date(2026, 3, 1)


def drawn(strategy, number):
    """Values of a strategy, the same at each run."""
    found = []

    @settings(max_examples=number, derandomize=True, database=None, phases=[Phase.generate])
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


def examples(book):
    """The worked examples of a rulebook, each with one programme, as cases."""
    for number, example in enumerate(book.examples):
        submission = submission_of(json.loads(example.given))
        if len(submission.programmes) > 1 or not book.at(example.on):
            continue
        try:
            yield case(f"{number} {example.name}", book, example.on, submission, LANGS[number % 2])
        except InvalidInputError:
            continue


@needs_soffice
@pytest.mark.parametrize(
    ("name", "every", "left_open"),
    [
        ("fr.urb.L111-24", 12, 4),
        ("fr.modele.du-palier-au-quartier", 40, 40),
        pytest.param("fr.urb.L111-24", 1, 4, marks=pytest.mark.campaign),
        pytest.param("fr.modele.du-palier-au-quartier", 1, 600, marks=pytest.mark.campaign),
    ],
)
def test_the_worked_examples_of_a_rulebook(name, every, left_open, tmp_path):
    cases = recalculate(list(examples(Library().get(name)))[::every], tmp_path)
    counted = agree(cases)
    assert sum(n for (kind, _), n in counted.items() if kind == "left open") <= left_open, counted
    assert counted["numbers", "observed"] > 0


@st.composite
def complete(draw):
    """A programme of which L. 111-24 has nothing to ask."""
    given = draw(programmes())
    given["dwellings"] = draw(st.lists(dwellings(), min_size=2, max_size=6))
    given["commune"]["carence"] = draw(st.integers(0, 4)) > 0
    given["commune"]["unbuildable_exempt"] = draw(st.integers(0, 4)) > 0
    given["site"]["defence_land"] = draw(st.booleans())
    given["collective"] = draw(st.integers(0, 5)) > 0
    given["facts"] |= {"brs_counts_as_lls": draw(st.booleans()), "care_home_is_hostel": False}
    for line in given["dwellings"]:
        line |= {
            "count": draw(st.integers(1, 9)),
            "tenure": draw(st.sampled_from([*TENURES, "libre", "libre"])),
        }
    lines = sum(Decimal(line["floor_area"]) * line["count"] for line in given["dwellings"])
    housing = lines + draw(st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(800), Decimal(801)]))
    given |= {"housing_floor_area": str(housing), "floor_area": str(housing + 100 * len(given["premises"]))}
    return given


few_or_many = pytest.mark.parametrize("number", [5, pytest.param(200, marks=pytest.mark.campaign)])


@needs_soffice
@few_or_many
def test_generated_programmes_under_the_law(number, tmp_path):
    law = Library().get("fr.urb.L111-24")
    whole = drawn(complete(), number)
    gapped = drawn(complete().flatmap(with_gaps), number)
    cases = [
        case(f"whole {n}", law, DAY, submission_of(given), LANGS[n % 2]) for n, given in enumerate(whole)
    ]
    holed = [
        case(f"gapped {n}", law, DAY, submission_of(given), LANGS[n % 2]) for n, given in enumerate(gapped)
    ]
    recalculate([*cases, *holed], tmp_path)
    counted = agree(cases)
    # Nothing is missing: the sheet answers wherever the engine does.
    assert not [kind for kind, _ in counted if kind == "left open"], counted
    assert counted["answered", "unmet"] >= number // 20, counted
    assert counted["answered", "met"] >= number // 20, counted
    agree(holed)


@needs_soffice
@few_or_many
def test_generated_programmes_under_generated_rulebooks(number, tmp_path):
    cases = []
    both = st.tuples(rulebooks(), programmes().flatmap(lambda p: st.one_of(st.just(p), with_gaps(p))))
    for name, (parts, programme) in enumerate(drawn(both, number)):
        with suppress(InvalidInputError):
            cases.append(case(str(name), book(**parts), DAY, submission_of(programme), LANGS[name % 2]))
    counted = agree(recalculate(cases, tmp_path))
    assert sum(n for (kind, _), n in counted.items() if kind == "answered") >= number // 10, counted


@needs_soffice
def test_a_programme_s_own_land_is_read_among_what_exists(tmp_path):
    rules = requiring("count(existing where site.heritage and tenure = PLUS) >= 5")
    stock = {"existing": [{"count": 5, "tenure": "PLUS"}, {"count": 7, "tenure": "libre"}]}
    lands = {"of heritage": {"heritage": True}, "of none": {"heritage": False}, "unsaid": {}}
    cases = [
        case(name, rules, DAY, submission_of({"site": land, "district": stock}))
        for name, land in lands.items()
    ]
    assert {found.decision.findings[0].status for found in cases} == {"met", "unmet", "undetermined"}
    counted = agree(recalculate(cases, tmp_path))
    assert (
        counted["answered", "met"]
        == counted["answered", "unmet"]
        == counted["open", "undetermined"] // 2
        == 1
    )


def test_a_construct_that_formulas_do_not_hold_is_refused_by_name():
    rules = requiring("site.buildable_floor_area <= unlimited")
    live = compose([rules], DAY)
    assert [refused.because.said["en"] for refused in live.refused] == ["“unlimited”"]
    (line,) = live.lines
    assert live.workbook["Conformité"][line.status].value == '="à vérifier avec mixrules"'


def test_an_english_live_workbook_is_english_where_it_is_read():
    rule = {"title": {"fr": "Règle", "en": "Rule"}, "obligation": {"require": "count(dwellings) >= 1"}}
    live = compose([book(rules={"r": rule})], DAY, lang="en")
    shown = [sheet for sheet in live.workbook if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in shown][:3] == ["Instructions", "Compliance", "Programme"]
    words = [str(cell.value) for sheet in shown for row in sheet for cell in row if cell.value is not None]
    assert [word for word in words if set(word) & set("éèêàçù«»")] == []
    areas = [
        str(area.value) for sheet in live.workbook for row in sheet for area in row if area.data_type == "f"
    ]
    assert not [formula for formula in areas if "Lots'!" in formula or "Locaux'!" in formula]


@pytest.mark.parametrize(
    ("lang", "scale", "unit"), [("fr", "cage d'escalier", "lit"), ("en", "stairwell", "bed")]
)
def test_scales_and_units_are_named_as_in_reports(lang, scale, unit):
    rules = {
        "r": {"obligation": {"at": "stairwell", "require": "count(dwellings) <= 4"}},
        "s": {"obligation": {"require": "parking.care_beds >= 3 beds"}},
    }
    live = compose([book(rules=rules)], DAY, lang=lang)
    assert not live.refused
    sheet = live.workbook["Conformité" if lang == "fr" else "Compliance"]
    written = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert scale in written
    assert any(f'"{unit}"' in one for one in written)


def test_texts_of_a_rulebook_never_become_formulas():
    rules = book(
        rules={"r": {"title": '=HYPERLINK("x")', "obligation": {"require": "count(dwellings) >= 1"}}}
    )
    sheet = compose([rules], DAY).workbook["Conformité"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert not any("HYPERLINK" in formula for formula in formulas)


def test_a_live_template_filled_in_is_read_like_any_other(tmp_path):
    submission = submission_of({"commune": {"carence": True}, "dwellings": ["3 PLUS T3 @ A/1/1"]})
    path = tmp_path / "live.xlsx"
    compose([Library().get("fr.urb.L111-24")], DAY, submission).save(path)
    reading = read(path)
    assert not reading.notes
    assert digest(reading.submission) == digest(submission)


def test_the_same_rulebooks_and_day_give_the_same_bytes(tmp_path):
    law = Library().get("fr.urb.L111-24")
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    compose([law], DAY).save(one)
    compose([law], DAY).save(other)
    assert one.read_bytes() == other.read_bytes()
