from fractions import Fraction
from pathlib import Path

from promoter_book import asked, book, codes, dwellings, submission, understood

HEADER = [
    "N° lot",
    "Bâtiment",
    "Étage",
    "Typologie",
    "SHAB (m²)",
    "SDP",
    "Financement",
    "Prix TTC",
    "Observations",
]
LOTS = [
    ["A101", "A", "RDC", "T2", "45,45 m²", 50.5, "PLAI", None, None],
    ["A102", "A", "R+1", "T3 bis", "62,10", 68, "PLUS-CD", None, "angle"],
    ["A103", "A", "R+1", "studio", 21.3, 24, "libre", "198\u202f000 €", None],
]


def test_a_plain_list_is_read_with_its_cells(tmp_path: Path) -> None:
    rows = [
        ["Résidence des Tilleuls"],
        ["Commune : Cesson"],
        [],
        HEADER,
        *LOTS,
        ["TOTAL", None, None, None, 128.85, 142.5],
    ]
    found = understood(book(tmp_path / "p.xlsx", {"Grille": rows}))
    lots = dwellings(found)
    assert [(d.lot, d.floor, d.rooms, d.living_area, d.tenure) for d in lots] == [
        ("A101", "RDC", 2, Fraction(4545, 100), {"PLAI"}),
        ("A102", "R+1", 3, Fraction(621, 10), {"PLUS"}),
        ("A103", "R+1", 1, Fraction(213, 10), {"libre"}),
    ]
    assert lots[2].price == 198_000
    assert submission(found).commune.name == "Cesson"
    assert str(found.draft.places["/programmes/0/dwellings/1/tenure"]) == "Grille!G6"
    assert str(found.draft.places["/programmes/0/dwellings/0/price"]) == "Grille!H5"


def test_a_word_that_depends_on_the_place_is_asked_and_never_guessed(tmp_path: Path) -> None:
    lots = [["1", "T2", "aidé"], ["2", "T3", "libre"], ["3", "T4", "PLS"], ["4", "T5 et plus", "Duflot"]]
    path = book(tmp_path / "p.xlsx", {"Lots": [["N° lot", "Type", "Financement"], *lots]})
    found = understood(path)
    assert asked(found) == {
        ("words", "tenure", "aidé"),
        ("words", "tenure", "Duflot"),
        ("words", "rooms", "T5 et plus"),
    }
    known = 'words:\n  tenure:\n    AIDE: PLUS|PLAI\n    Duflot: "?"\n  rooms:\n    t5 et plus: 5\n'
    lots_read = dwellings(understood(path, known))
    assert [d.tenure for d in lots_read] == [{"PLUS", "PLAI"}, {"libre"}, {"PLS"}, None]
    assert lots_read[3].rooms == 5


def test_a_total_that_is_not_the_sum_is_told_with_both_cells(tmp_path: Path) -> None:
    header = ["Lot", "Nb lgts", "Type", "SHAB"]
    rows = [header, ["A", 1, "T2", 45], ["B", 1, "T3", 60], ["Total", 3, None, 106]]
    path = book(tmp_path / "p.xlsx", {"Lots": rows})
    found = understood(path)
    assert codes(found) == [("Lots!B4", "total_differs")]
    assert asked(found) == {("totals", "SHAB")}
    question = found.findings.questions["totals", "SHAB"].problem
    assert str(question.where) == "Lots!D4"
    assert dict(question.args)["parts"] == "Lots!D2:D3"
    settled = submission(understood(path, "totals:\n  SHAB: lines\n"))
    declared = settled.programmes[0].declared
    assert [(d.count, d.source) for d in declared] == [(3, "Lots!B4")]
