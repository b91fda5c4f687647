"""The bars of bonus and land price: what each advantage adds, and every cap where it stands."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from mixrules.authoring.example import submission_of
from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import law_date
from mixrules.programme.reading import read
from mixrules.report.motivation.order import order
from mixrules.report.page.document import render as page
from mixrules.report.page.fall import bonuses, prices
from mixrules.report.paper.document import render as paper
from mixrules.rulebook.library import Library

TODAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]
CAPPED = """
rulebook: essai.bonus
title: Essai
force: plan
source: {ref: Essai}
rules:
  surface:
    advantage:
      grants: floor_area
      rate: 20 %
      of: site.buildable_floor_area
      cap: {marge: 150 m², loin: 40 %}
  remise:
    advantage:
      grants: land_discount
      rate: 10 %
      of: land.market_value
      cap: {somme: 50 000 €, tout: 900 000 €}
  autre:
    advantage:
      grants: floor_area
      rate: 5 %
      of: site.buildable_floor_area
  obligation:
    obligation: {require: count(dwellings) >= 5}
cumulation:
  ensemble: {over: [surface, autre], limit: 30 %}
"""


def capped() -> Decision:
    book = Library.of_texts({"essai.bonus": CAPPED}).get("essai.bonus")
    submission = submission_of(
        {"site": {"buildable_floor_area": 1000}, "land": {"market_value": 800_000}, "dwellings": ["4 libre"]}
    )
    return decide(submission, [book], law_date(submission, None, TODAY))


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_each_cap_stands_where_its_advantage_starts() -> None:
    (bonus,) = bonuses(capped(), "fr")
    shown = [(kind, int(start), int(end), spaced(told)) for kind, start, end, told in bonus.steps]
    assert ("limit", 1000, 1150, "Plafond « marge », limite le droit : 150 m²") in shown
    assert ("limit", 1000, 1400, "Plafond « loin » : 400 m²") in shown
    assert [(kind, end) for kind, _, end, _ in shown if kind in {"base", "add", "total"}] == [
        ("base", 1000),
        ("add", 1150),
        ("add", 1200),
        ("total", 1200),
    ]


def test_a_discount_is_held_by_its_cap() -> None:
    (discount,) = prices(capped(), "en")
    assert [(kind, end) for kind, _, end, _ in discount.steps] == [
        ("base", 800_000),
        ("less", 750_000),
        ("limit", 750_000),
        ("limit", 0),
        ("total", 750_000),
    ]
    assert "−€50,000" in discount.steps[1][3]


def test_a_limit_on_several_is_a_line_across() -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    _, books = applicable(submission, [])
    decision = decide(submission, books, law_date(submission, None, TODAY))
    (bonus,) = bonuses(decision, "fr")
    assert bonus.cap == Fraction(6750)
    assert "50 % au plus : 6 750 m³" in spaced(bonus.steps[-1][3])


def test_a_rule_without_a_title_is_shown_by_its_name() -> None:
    decision = capped()
    assert "essai.bonus/obligation" in page(decision, None, "fr")
    assert paper(decision, None, "en").startswith(b"%PDF")
    told = " ".join(paragraph.text for paragraph in order(decision).paragraphs)
    assert "« essai.bonus/obligation »" in spaced(told)
