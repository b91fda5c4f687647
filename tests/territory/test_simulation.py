import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from mixrules.message import InvalidInputError
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.report import chart, simulation
from mixrules.rulebook.library import Library, shipped
from mixrules.rulebook.reference.shelf import ReferenceShelf
from mixrules.territory.simulation.change import read_changes
from mixrules.territory.simulation.law import Rules
from mixrules.territory.simulation.simulation import Held, simulate
from mixrules.territory.simulation.tenure import counted

TODAY = date(2026, 1, 1)
MARSEILLE = "fr.local.13055.plui"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def programme(social: int, total: int = 100, insee: str = "13055", year: int = 2020) -> Submission:
    lines = [(social, "PLUS"), (total - social, "libre")]
    return Submission.model_validate(
        {
            "id": f"{insee}-{year}-{social}",
            "dates": {"decision": date(year, 2, 1)},
            "commune": {"insee": insee},
            "programme": {
                "id": "p",
                "collective": True,
                "housing_floor_area": 60 * total,
                "site": {"defence_land": False},
                "dwellings": [{"count": n, "tenure": tenure, "floor_area": 60} for n, tenure in lines if n],
            },
        }
    )


def held(*files: Submission) -> list[Held]:
    return [Held(file.id, file, TODAY) for file in files]


def rules(library: Library, *texts: str, asked: tuple[str, ...] = (MARSEILLE,)) -> list[Rules]:
    shelf = ReferenceShelf([shipped()])
    today = Rules("", library, asked, shelf)
    scenarios = [change for text in texts for change in read_changes(text, library)]
    return [today, *(today.replace(name=change.text, changes=(change,)) for change in scenarios)]


def test_a_changed_share_flips_the_verdicts_that_it_flips_and_no_other(library: Library) -> None:
    files = held(programme(20), programme(30), programme(34), programme(50), programme(0, insee="31555"))
    found = simulate(files, rules(library, f"{MARSEILLE}/part_lls = 20 %, 35 %"), cores=1)
    less, more = (effects.whole for effects in found.effects)
    assert less.verdicts == {
        ("non-compliant", "compliant"): 1,
        ("compliant", "compliant"): 3,
        ("undetermined", "undetermined"): 1,
    }
    assert more.verdicts["compliant", "non-compliant"] == 2
    assert less.flips == 1
    assert [(s.rule, s.unit, s.before, s.after) for s in more.shifts()] == [
        (f"{MARSEILLE}/part-lls", "dwelling", Fraction(10), Fraction(15 + 5 + 1))
    ]


def test_effects_are_told_by_commune_and_year(library: Library) -> None:
    files = held(programme(30, year=2021), programme(31, year=2022), programme(99, year=2022))
    (effects,) = simulate(files, rules(library, f"{MARSEILLE}/part_lls = 40 %"), cores=1).effects
    assert {cell: tally.flips for cell, tally in effects.cells.items()} == {
        ("13055", "2021"): 1,
        ("13055", "2022"): 1,
    }


def test_the_law_stays_that_of_the_day_of_each_file(library: Library) -> None:
    before_2019 = held(programme(0, year=2018, total=100))
    found = simulate(before_2019, rules(library, f"{MARSEILLE}/part_lls = 90 %"), cores=1)
    assert found.effects[0].whole.flips == 0


def test_several_processes_say_what_one_says(library: Library) -> None:
    files = held(*(programme(n % 60, year=2020 + n % 4) for n in range(120)))
    asked = rules(library, f"{MARSEILLE}/part_lls = 25 %, 45 %")
    one, two = simulate(files, asked, cores=1), simulate(files, asked, cores=2)
    assert simulation.as_json(one, str) == simulation.as_json(two, str)
    assert one.effects[1].whole.flips > 0


def test_a_threshold_in_dwellings_and_a_change_of_a_borrowed_parameter(library: Library) -> None:
    (change,) = read_changes("fr.local.13055.parametres/seuil_logements = 200 dwellings", library)
    changed = change.made(library.get(MARSEILLE))
    assert changed.digest != library.get(MARSEILLE).digest
    other = library.get("fr.urb.L111-24")
    assert change.made(other) is other
    today, scenario = rules(library, "fr.local.13055.parametres/seuil_logements = 200 dwellings")
    found = simulate(held(programme(0)), [today, scenario], cores=1)
    assert found.effects[0].whole.verdicts == {("non-compliant", "compliant"): 1}


def test_a_row_of_a_table_is_changed_and_the_others_kept(library: Library) -> None:
    (change,) = read_changes("fr.local.38185.secteurs/secteurs[LS10.20.30].locatif = 45 %", library)
    before, after = (
        {row.keys: row.values for row in p.versions[0].rows} for p in (change.before, change.after)
    )
    assert after[("LS10.20.30",)][1] == Fraction(45, 100)
    assert {k: v for k, v in before.items() if k != ("LS10.20.30",)} == {
        k: v for k, v in after.items() if k != ("LS10.20.30",)
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("part_lls = 30 %", ["change_shape"]),
        ("fr.local.13055.plui/part_lls", ["change_shape"]),
        ("fr.local.13055.pluy/part_lls = 30 %", ["rulebook_missing"]),
        ("fr.local.13055.plui/part_lsl = 30 %", ["change_parameter"]),
        ("fr.urb.L111-24/part = 30 %", ["change_no_parameter"]),
        ("fr.local.13055.plui/part_lls = 30", ["change_percent"]),
        ("fr.local.13055.plui/part_lls = 30 m²", ["change_value", "unit_differs"]),
        ("fr.local.13055.plui/part_lls = beaucoup", ["change_value", "quantity_expected"]),
        ("fr.local.06088.charte/plafond_foncier = 300 €", ["change_value", "unit_differs"]),
        ("fr.local.38185.secteurs/secteurs = 30 %", ["change_column"]),
        ("fr.local.38185.secteurs/secteurs[LS1].locatif = 30 %", ["change_key"]),
        ("fr.local.38185.secteurs/secteurs[LS10.20.30].social_ = 30 %", ["change_column"]),
        ("fr.local.38185.secteurs/seuil_surface = 300 m²", ["change_keys"]),
        ("fr.cg3p.L3211-7/plafond_par_m2 = 300 €/m²", ["change_bands"]),
    ],
)
def test_a_change_that_means_nothing_is_refused(library: Library, text: str, codes: list[str]) -> None:
    with pytest.raises(InvalidInputError) as error:
        read_changes(text, library)
    assert [problem.code for problem in error.value.problems] == codes
    assert all(problem.render("fr") and problem.render("en") for problem in error.value.problems)


def test_the_nearest_parameter_is_suggested(library: Library) -> None:
    with pytest.raises(InvalidInputError) as error:
        read_changes(f"{MARSEILLE}/part_lsl = 30 %", library)
    assert (
        "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}part_lls\N{NARROW NO-BREAK SPACE}»"
        in error.value.problems[0].render("fr")
    )


def test_tenures_are_those_that_the_rule_counts(library: Library) -> None:
    names = {key: counted(rule) for rule in library.get("fr.urb.L111-24").rules for key in [rule.id]}
    assert names["part-lls"] == frozenset({"PLAI", "PLUS"})


def test_csv_json_and_picture_hold_the_same_effects(library: Library) -> None:
    files = held(programme(20), programme(30))
    found = simulate(files, rules(library, f"{MARSEILLE}/part_lls = 35 %"), cores=1)
    listed = list(csv.DictReader(io.StringIO(simulation.table(found, str))))
    told = json.loads(simulation.as_json(found, str))
    assert len(listed) == len(told["effects"])
    whole = [row for row in listed if not row["commune"] and row["what"] == "verdict"]
    assert [(row["before"], row["after"], row["files"]) for row in whole] == [
        ("compliant", "non-compliant", "1"),
        ("non-compliant", "non-compliant", "1"),
    ]
    picture = ET.fromstring(chart.svg(found, "fr"))
    bars = [node for node in picture.iter() if node.tag.endswith("rect")]
    assert len(bars) == 2 * 3 + 3


def test_a_lower_land_cap_makes_the_price_exceed_it(library: Library) -> None:
    file = read(Path(__file__).parents[2] / "fixtures" / "programme-mixte.json").submission
    asked = rules(
        library,
        "fr.modele.parametres/plafond_foncier[libre] = 100 €/m² of floor_area",
        asked=("fr.modele.du-palier-au-quartier",),
    )
    (effects,) = simulate(held(file), asked, cores=1).effects
    assert effects.whole.land_prices == {("within", "exceeds"): 1}
    lost = {shift.what: shift for shift in effects.whole.shifts()}
    assert lost["ceilings"].after < lost["ceilings"].before == Fraction(719431)
    assert (lost["granted"].before, lost["granted"].after) == (123_000, 0)


def test_a_file_that_cannot_be_decided_is_named(library: Library) -> None:
    wrong = programme(10).model_copy(deep=True)
    wrong.programmes[0].claims["overall_development"] = "peut-être"
    asked = rules(
        library, "fr.local.38185.secteurs/plus_petit_seuil = 5 dwellings", asked=("fr.local.38185.plui-3-3",)
    )
    wrong = wrong.model_copy(update={"commune": wrong.commune.model_copy(update={"insee": "38185"})})
    found = simulate(held(wrong, programme(3)), asked, cores=1)
    assert found.files == 1
    assert found.left_out[0][0] == wrong.id
