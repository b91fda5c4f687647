"""A corpus simulated by queries says, byte for byte, what the same files say one by one."""

from dataclasses import replace
from datetime import date

import pytest

from mixrules.authoring.example import submission_of
from mixrules.programme.model import Submission
from mixrules.report import simulation
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory import corpus, source
from mixrules.territory.drawing.programme import draw
from mixrules.territory.simulation import sounding
from mixrules.territory.simulation.change import read_changes
from mixrules.territory.simulation.law import Rules
from mixrules.territory.simulation.simulation import Held, simulate
from mixrules.territory.simulation.survey import survey

TODAY = date(2026, 3, 1)
PLAIN = """
rulebook: essai.plan
title: Essai
force: plan
source: {ref: Essai}
inputs:
  facts.calm: {type: yes_no}
  claims.bonus: {unit: "%"}
  facts.ans: {unit: year}
parameters:
  part: {unit: "%", value: 30 %}
  taux: {unit: "%", value: 10 %}
  plafond: {unit: "€/m² of floor_area", value: 500 €/m² of floor_area}
rules:
  mixte:
    obligation:
      applies_when: count(dwellings) >= 5
      require: share(tenure in {PLAI, PLUS, PLS} of dwellings) >= part
  palier:
    obligation:
      at: landing
      require: count(dwellings) <= 3
  calme:
    condition:
      require: facts.calm
  croissance:
    condition:
      require: power(1 + taux, floor(facts.ans)) <= 3
  prix:
    ceiling:
      applies_when: land.price is given
      require: land.price <= plafond * programme.floor_area
  bonus:
    advantage:
      grants: floor_area
      when: share(tenure in {PLAI, PLUS, PLS} of dwellings) >= part
      rate: taux
      of: programme.floor_area
      claimed: claims.bonus
"""
ODD = """
rulebook: essai.rang
title: Essai
force: plan
source: {ref: Essai}
parameters: {taille: {unit: dwelling, value: 2 dwellings}}
rules:
  grands:
    obligation: {require: count(dwellings where floor_area > average(floor_area of dwellings)) >= taille}
"""


def flats(social, private, **more):
    lines = [
        {"count": n, "tenure": t, "floor_area": 60} for n, t in ((social, "PLUS"), (private, "libre")) if n
    ]
    area = {"floor_area": 60 * (social + private), "housing_floor_area": 60 * (social + private)}
    return {**area, "dwellings": lines, **more}


FILES = {
    "sans-date": flats(3, 7, land={"price": 200_000}),
    "nice": flats(2, 8, commune={"insee": "06088"}, dates={"decision": "2021-05-04"}, facts={"calm": True}),
    "nommee": flats(
        3, 6, commune={"name": "Ici"}, dates={"decision": "2021-05-04"}, claims={"bonus": "10 %"}
    ),
    "tiers": flats(1, 2, floor_area="100.10", housing_floor_area="100", dates={"decision": "none"}),
    "paliers": {
        "floor_area": 500,
        "dwellings": [
            {"count": n, "building": "A", "stairwell": "1", "floor": str(f), "landing": "p", "tenure": "PLUS"}
            for f, n in enumerate((2, 4, 5))
        ],
    },
    "inconnus": {"floor_area": 900, "land": {"price": 1_000_000}},
    "contradictoire": flats(3, 7, declared=[{"count": 99}]),
    "faux": flats(3, 7, claims={"bonus": "beaucoup"}),
    "trop-long": flats(3, 7, facts={"ans": 3000}),
    "personne": {"dwellings": [], "floor_area": 100},
}


def several():
    """A file of two programmes."""
    one = submission_of(flats(1, 9)).programmes[0]
    other = submission_of(flats(9, 1)).programmes[0]
    two = [one.model_copy(update={"id": "a"}), other.model_copy(update={"id": "b"})]
    return Submission.model_validate({"district": {"id": "d"}, "programmes": [p.model_dump() for p in two]})


def rules(library, *texts, asked=(), shelf=None):
    today = Rules("", library, tuple(asked), shelf or ReferenceShelf([]))
    scenarios = [change for text in texts for change in read_changes(text, library)]
    return [today, *(today.replace(name=change.text, changes=(change,)) for change in scenarios)]


def both(folder, files, asked, day=None):
    """The same files by queries, and one by one."""
    path = folder / "corpus.parquet"
    corpus.write(path, files)
    connection = source.connect(folder, "500MB")
    source.load(connection, path)
    told = []
    by_queries = survey(connection, asked, day, TODAY, told.append, cores=1)
    query = "SELECT DISTINCT file FROM filed WHERE f IN (SELECT f FROM away) ORDER BY file"
    away = [file for (file,) in connection.execute(query).fetchall()]
    connection.close()
    one_by_one = simulate((Held(*file, TODAY) for file in corpus.read(path)), asked, day, cores=1)
    assert simulation.as_json(by_queries, str) == simulation.as_json(one_by_one, str)
    assert told == sorted(told)
    return by_queries, away


def test_changes_of_one_rulebook(tmp_path):
    library = Library.of_texts({"essai.plan": PLAIN})
    files = [(name, submission_of(given)) for name, given in FILES.items()] + [("deux", several())]
    changes = (
        f"essai.plan/{text}"
        for text in ("part = 20 %, 35 %", "taux = 20 %", "plafond = 300 €/m² of floor_area")
    )
    found, away = both(tmp_path, files, rules(library, *changes))
    assert found.files == len(files) - 1
    assert [name for name, _ in found.left_out] == ["faux"]
    assert away == ["contradictoire", "deux", "faux", "tiers", "trop-long"]
    flipped = [effects.whole.flips for effects in found.effects]
    assert flipped[0]
    assert flipped[1]
    assert {s.what for effects in found.effects for s in effects.whole.shifts()} == {
        "missing",
        "granted",
        "ceilings",
    }
    assert {cell[0] for cell in found.effects[0].cells} == {"?", "06088", "Ici"}


def test_a_day_for_all_and_a_rulebook_that_no_query_holds(tmp_path):
    library = Library.of_texts({"essai.plan": PLAIN, "essai.rang": ODD})
    files = [(name, submission_of(given)) for name, given in FILES.items() if name != "faux"]
    found, away = both(tmp_path, files, rules(library, "essai.rang/taille = 5 dwellings"), date(2024, 1, 1))
    assert len(away) == len(files)
    assert found.files == len(files)


def test_a_second_folder_that_takes_away_changes_and_opens(tmp_path):
    """A rulebook that serves fewer communes, one that a claim opens, one that is new."""
    narrow = PLAIN.replace("force: plan", "force: plan\nterritory: ['06088']")
    shut = ODD.replace("force: plan", "force: plan\nopened_by: [claims.bonus]").replace(
        "floor_area > average(floor_area of dwellings)", "tenure = libre"
    )
    before = rules(Library.of_texts({"essai.plan": PLAIN}))
    after = rules(Library.of_texts({"essai.plan": narrow, "essai.rang": shut}))[0].replace(name="autre")
    files = [(name, submission_of(given)) for name, given in FILES.items()]
    found, _ = both(tmp_path, files, [*before, after])
    assert found.effects[0].whole.verdicts["non-compliant", "undetermined"]
    asked = [one.replace(asked=("essai.plan",)) for one in (*before, after)]
    assert both(tmp_path / "..", files, asked)[0].effects[0].whole.flips


@pytest.mark.parametrize("held", [500, 2_000_000])
def test_drawn_permits_under_the_shipped_rules(tmp_path, monkeypatch, held):
    monkeypatch.setattr(sounding, "SUMMED", replace(sounding.SUMMED, at_once=held))
    library, shelf = Library(), ReferenceShelf([shipped()])
    files = [(file.id, file) for file in draw(40, 3, ["13055", "06088", "38185"], collective=True)]
    texts = (
        "fr.local.13055.plui/part_lls = 0 %, 50 %",
        "fr.local.13055.plui/seuil_logements = 1 dwelling",
    )
    asked = ("fr.local.13055.plui", "fr.local.06088.charte", "fr.urb.L151-28")
    found, _ = both(tmp_path, files, rules(library, *texts, asked=asked, shelf=shelf))
    assert any(effects.whole.rules for effects in found.effects)
