"""`mixrules rules show ID --diff DATE1 DATE2`: what changed between two days, and nothing else."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from mixrules.cli import app

BOOK = """
rulebook: essai
title: {fr: Essai, en: Trial}
force: plan
source: {ref: "art. 1"}
inputs:
  claims.derogation: {type: yes_no, label: {fr: dérogation, en: derogation}}
  claims.port: {type: yes_no, label: {fr: port, en: harbour}}
definitions:
  SOCIAL: {label: {fr: logements sociaux, en: social dwellings}, values: {2010-01-01: "tenure in {PLAI, PLUS}", 2024-01-01: "tenure in {PLAI, PLUS, PLS}"}}
parameters:
  taux: {unit: "%", label: {fr: taux du secteur, en: sector rate}, values: {2010-01-01: 20 %, 2022-01-01: 25 %}}
  prix: {unit: "€/m²", by: tenure, values: {2010-01-01: {PLAI: 200 €/m², PLS: 300 €/m²}, 2022-01-01: {PLAI: 210 €/m², PLUS: 250 €/m²}}}
  fixe: {unit: "%", value: 10 %}
rules:
  part:
    title: {fr: Part, en: Share}
    versions:
      - until: 2020-01-01
        source: {ref: "art. 2"}
        obligation: {require: share(tenure = PLUS of dwellings) >= 20 %, rounding: none}
        exceptions: {port: {when: claims.port, then: not-applicable}}
      - from: 2020-01-01
        source: {ref: "art. 3", quote: "au moins un quart"}
        obligation: {applies_when: count(dwellings) > 10, require: share(tenure = PLUS of dwellings) > 25 %, rounding: ceil}
        exceptions: {derogation: {when: claims.derogation, then: not-applicable, label: {fr: dérogation, en: derogation}}}
  surface:
    title: {fr: Surface, en: Area}
    versions:
      - until: 2020-01-01
        obligation: {require: share(tenure = PLUS of dwellings) >= 30 %, rounding: none}
      - from: 2020-01-01
        obligation: {require: share(tenure = PLUS of floor_area) >= 30 %, rounding: none}
  ancien: {title: {fr: Ancien, en: Old}, until: 2020-01-01, obligation: {require: count(dwellings) >= 1}}
  nouveau: {title: {fr: Nouveau, en: New}, from: 2020-01-01, obligation: {require: count(dwellings) >= 2}}
  stable:
    title: {fr: Stable, en: Steady}
    obligation: {require: count(dwellings where floor_area > 20 m²) >= 1}
    examples:
      - {name: un logement, on: 2021-01-01, given: {dwellings: [1 PLUS T3 30 m²]}, expect: {stable: {status: met, required: 1}}}
  sociale: {title: {fr: Sociale, en: Social}, obligation: {require: count(SOCIAL) >= 1}}
  foncier: {title: {fr: Foncier, en: Land}, obligation: {require: "share(tenure = LLI of floor_area) >= taux", rounding: none}}
"""


@pytest.fixture
def said(tmp_path):
    path = tmp_path / "essai.yaml"
    path.write_text(BOOK, encoding="utf-8")

    def say(name: str, *arguments: str) -> str:
        result = CliRunner().invoke(app, ["rules", "show", name, "--rules", str(path), *arguments])
        assert result.exit_code == 0, result.output
        return " ".join(result.output.replace("\u00a0", " ").replace("\u202f", " ").split())

    return say


def test_what_changed_between_two_days_in_french(said):
    text = said("essai", "--diff", "2019-06-01", "2021-06-01")
    assert "Ne vaut plus (le 1er janvier 2020) : ancien – Ancien" in text
    assert (
        "Apparaît (le 1er janvier 2020) : nouveau – Nouveau Source : art. 1 Exige : nombre de logements : au moins 2"
        in text
    )
    assert (
        "exigence : part de logements tels que catégorie PLUS : « au moins 20 % » devient « plus de 25 % »"
        in text
    )
    assert "champ d'application : ajouté : nombre de logements : plus de 10 logements" in text
    assert "arrondi : « aucun » devient « par excès »" in text
    assert "exception « port » : supprimé : si port, la règle est écartée [art. 2]" in text
    assert (
        "exception « derogation » : ajouté : dérogation – si dérogation, la règle est écartée [art. 3]"
        in text
    )
    assert "source : « art. 2 » devient « art. 3 »" in text
    assert "citation : « au moins un quart »" in text
    assert "ce qui se mesure n'est plus « part de logements tels que catégorie PLUS », mais" in text
    assert "(en surface de plancher) » (au moins 30 %)" in text


def test_what_changed_is_said_in_english_too(said):
    text = said("essai", "--diff", "2019-06-01", "2021-06-01", "--lang", "en")
    assert "No longer holds (on 1 January 2020): ancien – Old" in text
    assert "requirement: share of dwellings such that" in text
    assert "“at least 20%” becomes “more than 25%”" in text
    assert "Unchanged: 3 rules, 3 parameters." in text


def test_unchanged_rules_are_counted_not_listed(said):
    text = said("essai", "--diff", "2019-06-01", "2021-06-01")
    assert "stable" not in text
    assert text.endswith("Inchangé : 3 règles, 3 paramètres.")


def test_values_of_parameters_are_compared_row_by_row(said):
    text = said("essai", "--diff", "2021-06-01", "2023-06-01")
    assert "Change le paramètre : taux, taux du secteur 20 % → 25 %" in text
    assert "PLAI : 200 €/m² → 210 €/m²" in text
    assert "PLUS : 250 €/m² (sans valeur auparavant)" in text
    assert "PLS : plus de valeur (300 €/m² auparavant)" in text
    # The rule that reads the rate does not ask the same any more.
    assert text.endswith("Inchangé : 5 règles, 1 paramètre.")


def test_a_dated_definition_names_its_readers(said):
    text = said("essai", "--diff", "2023-06-01", "2024-06-01")
    assert "Change la définition : SOCIAL, logements sociaux lue par : sociale" in text
    assert "« catégorie PLAI ou PLUS » devient « catégorie PLAI, PLUS ou PLS »" in text


def test_backwards_in_time_what_appeared_goes(said):
    text = said("essai", "--diff", "2021-06-01", "2019-06-01")
    assert "Apparaît" in text.split("ancien")[0]
    assert "« plus de 25 % » devient « au moins 20 % »" in text


def test_one_rule_alone(said):
    text = said("essai/foncier", "--diff", "2021-06-01", "2023-06-01")
    assert "essai/foncier" in text
    assert "taux du secteur 20 % → 25 %" in text
    assert "prix" not in text
    assert text.endswith("Inchangé : 0 règle, 0 paramètre.")


def test_a_day_that_is_none_is_refused(tmp_path):
    path = tmp_path / "essai.yaml"
    path.write_text(BOOK, encoding="utf-8")
    result = CliRunner().invoke(
        app, ["rules", "show", "essai", "--rules", str(path), "--diff", "2020", "2021-01-01"]
    )
    assert result.exit_code == 4
    assert "2026-03-01" in result.stderr


def test_a_rule_is_shown_with_what_stands_behind_it(said):
    rule = said("essai/stable")
    assert "Exemples un logement (au 1er janvier 2021, l. 40) stable : respecté, exigé 1" in rule
    assert "prix" not in rule
    assert "SOCIAL, logements sociaux depuis le 1er janvier 2010 : catégorie PLAI ou PLUS" in said(
        "essai/sociale"
    )
    assert "depuis le 1er janvier 2022 PLAI : 210 €/m²" in said("essai")
    assert "taux : taux du secteur depuis le 1er janvier 2010 jusqu'au 1er janvier 2022 (exclu) 20 %" in said(
        "essai/foncier"
    )
    english = said("essai/stable", "--lang", "en")
    assert "Examples un logement (on 1 January 2021" in english
