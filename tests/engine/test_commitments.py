"""A commitment says when it falls due and, once due, which of its pieces lack."""

from __future__ import annotations

import pytest

from mixrules.authoring.example import run
from mixrules.rulebook.library import Library

BOOK = "fr.modele.du-palier-au-quartier"
SURVEY, SPECIFICATIONS = "enquête sur les besoins des habitants", "cahier des charges reprenant ces besoins"


@pytest.fixture(scope="module")
def said():
    decisions = {trial.example.name: trial.decision for trial in run(Library().get(BOOK))}

    def tell(example):
        found = [f for f in decisions[example].findings if f.rule == f"{BOOK}/cahier-des-charges"]
        return found[0].explanation["fr"]

    return tell


@pytest.mark.parametrize(
    ("example", "end"),
    [
        ("Au dépôt, enquête et cahier des charges joints", "Toutes produites."),
        ("Enquête non faite", f"Absentes : {SURVEY}."),
        ("Pièce non renseignée", f"Le dossier ne dit rien de : {SPECIFICATIONS}."),
    ],
)
def test_a_commitment_that_is_due_says_what_lacks(said, example, end):
    assert said(example).endswith(end)


def test_a_commitment_that_is_not_due_says_so_and_what_will_be(said):
    text = said("En pré-vérification, rien n'est encore dû")
    assert text.startswith("Pas encore échu.")
    assert SURVEY in text
