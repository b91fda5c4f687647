"""A rulebook whose only example leaves holes: nobody stands at the threshold, no exception is ever used."""

from __future__ import annotations

from pathlib import Path

from mixrules.rulebook.library import Library
from mixrules.rulebook.model import Rulebook

HOLED = """
rulebook: test.holed
title: {fr: Essai}
force: plan
source: {ref: "art. 1"}
tested_on: 2026-03-01
inputs:
  claims.excused: {type: yes_no}
rules:
  part:
    obligation:
      applies_when: count(dwellings) > 4
      require: share(tenure = PLUS of dwellings) >= 25 %
    exceptions:
      excuse: {when: claims.excused, then: not-applicable, source: {ref: "art. 2"}, label: {fr: dispense}}
    examples:
EXAMPLES
"""
FIRST = """
      - name: la moitié sur dix
        given: {dwellings: [5 PLUS, 5 libre]}
        expect: {part: met}
"""
EDGES = """
      - name: un quart sur huit
        given: {dwellings: [2 PLUS, 6 libre]}
        expect: {part: {status: met, required: 25 %}}
      - name: un de moins
        given: {claims: {excused: non}, dwellings: [1 PLUS, 7 libre]}
        expect: {part: {status: unmet, required: 25 %}}
      - name: dispensé
        given: {claims: {excused: oui}, dwellings: [1 PLUS, 7 libre]}
        expect: {part: excepted}
      - name: quatre logements, la règle ne joue pas
        given: {dwellings: [4 libre]}
        expect: {part: not-applicable}
      - name: trois logements non plus
        given: {dwellings: [3 libre]}
        expect: {part: not-applicable}
      - name: cinq logements, elle joue
        given: {claims: {excused: non}, dwellings: [5 libre]}
        expect: {part: unmet}
      - name: six logements
        given: {dwellings: [6 PLUS]}
        expect: {part: met}
      - name: catégories inconnues
        given: {claims: {excused: non}, dwellings: [8 ?]}
        expect: {part: {status: undetermined, missing: [tenure]}}
      - name: chaque autre catégorie
        given: {claims: {excused: non}, dwellings: OTHERS}
        expect: {part: {status: unmet, observed: 0}}
"""
OTHERS = "[1 PLAI, 1 PLS, 1 LLI, 1 PLI, 1 BRS, 1 PSLA, 1 accession_aidee, 1 prix_maitrise, 1 locatif_regule, 1 libre]"


def holed(*, whole: bool) -> str:
    """The rulebook with its one example, or with those of its edges too."""
    return HOLED.replace("EXAMPLES", FIRST + (EDGES.replace("OTHERS", OTHERS) if whole else ""))


def load(folder: Path, text: str) -> Rulebook:
    """A rulebook from a file of its own."""
    path = folder / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return Library([path]).get("test.holed")
