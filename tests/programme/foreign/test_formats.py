"""The same grid as .xls, .ods and .csv, and real files: what they hold is read, what they do not is said."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from promoter_book import asked, codes, dwellings, submission, understood

from mixrules.message import InvalidInputError
from mixrules.programme.foreign.reading import understand

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_an_old_workbook_and_an_opendocument_say_as_much(suffix: str) -> None:
    """`grille.xls` and `grille.ods` are invented: one workbook, saved in both formats."""
    found = understood(DATA / f"grille.{suffix}")
    assert [(str(p.where), p.code) for p in found.draft.problems] == [("Bât A!D6", "cell_in_error")]
    assert asked(found) == {("sheets", "Bât A", "hidden"), ("sheets", "Ancien", "read")}
    assert ("Bât A!B2", "hidden_column_read") in codes(found)
    lots = found.draft.data["programmes"][0]["dwellings"]
    assert [(d["building"], d["lot"], d.get("living_area")) for d in lots] == [
        ("A", "101", "45.25"), ("A", "102", "61.5"), ("A", "103", "60"), ("A", "104", None),
    ]  # fmt: skip


def test_a_csv_with_a_byte_order_mark_and_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "lots.csv"
    text = "\ufeffN° lot;Typologie;SHAB (m²);Financement\r\n101;T2;45,20;PLUS\r\n102;T3;1 061,5;PLAI\r\n"
    path.write_text(text, encoding="utf-8")
    found = understood(path)
    assert str(found.draft.places["/programmes/0/dwellings/0/tenure"]) == "lots.csv:2:4"
    assert found.draft.data["programmes"][0]["dwellings"][1]["living_area"] == "1061.5"


def filled(tmp_path: Path, name: str, rows: Sequence[Sequence[Any]], first: int) -> Path:
    """A copy of a real template, filled from its first row of data."""
    path = tmp_path / name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(DATA / "apilos" / name)
    sheet = workbook.worksheets[0]
    for number, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            sheet.cell(first + number, column, value)
    workbook.save(path)
    return path


@pytest.mark.parametrize("name", ["logements.xlsx", "logements_sans_loyer.xlsx"])
def test_the_apilos_lists_of_dwellings(tmp_path: Path, name: str) -> None:
    rows = [
        ["604", "T2", "PLUS", 45.2, 6, 3, 48.2],
        ["Bâtiment B, étage 4, logement N°605", "T1bis", "PLAI", "62,45 m²", None, None, 62.45],
        ["101 (BRS)", "T6 et plus", "PLS", 101.5],
    ]
    path = filled(tmp_path, name, rows, 4)
    found = understood(path)
    assert asked(found) == {("words", "rooms", "T6 et plus")}
    lots = dwellings(understood(path, 'words:\n  rooms:\n    "T6 et plus": "?"\n'))
    assert [(d.lot, d.rooms, d.tenure) for d in lots] == [
        ("604", 2, {"PLUS"}),
        ("Bâtiment B, étage 4, logement N°605", 1, {"PLAI"}),
        ("101 (BRS)", None, {"PLS"}),
    ]
    assert [float(d.living_area) for d in lots] == [45.2, 62.45, 101.5]


@pytest.mark.parametrize(
    ("name", "row", "kind"),
    [
        ("annexes.xlsx", ["Jardin", "604", "PLUS", "T2", 10, 3, 3], "annexes"),
        ("cadastre.xlsx", ["AB", "12", "le bourg", "01 ha 02 a 03 ca"], "cadastre"),
        ("financement.xlsx", ["123", "PLUS", None, 40, 100_000, "Etat"], "prets"),
        ("locaux_collectifs.xlsx", ["Salle", 30, 1], "locaux"),
        ("stationnements.xlsx", ["Garage aérien", "PLUS", 3, 20], "stationnements"),
    ],
)
def test_the_other_apilos_templates_hold_no_dwelling_and_say_what_they_hold(
    tmp_path: Path, name: str, row: list[Any], kind: str
) -> None:
    path = filled(tmp_path, name, [row], 3)
    with pytest.raises(InvalidInputError) as caught:
        understand(name, path.read_bytes())
    first, *others = caught.value.problems
    assert first.code == "import_nothing_found"
    assert (others[0].code, dict(others[0].args)["kind"]) == ("table_of_others", kind)


@pytest.mark.parametrize(
    "path", [DATA / "240724_logement_OPAM_reluRM.ods", FIXTURES / "cnig" / "exemple_secteur.csv"]
)
def test_a_file_that_speaks_of_dwellings_without_any_gives_nothing(path: Path) -> None:
    with pytest.raises(InvalidInputError) as caught:
        understand(path.name, path.read_bytes())
    assert caught.value.problems[0].code == "import_nothing_found"


def test_the_cnig_rows_end_in_questions_and_their_totals_are_checked() -> None:
    programme = understood(FIXTURES / "cnig" / "exemple_programme.csv")
    assert ("words", "tenure", "locatif aide") in asked(programme)
    assert ("sheets", "csv", "columns", "nb_logt_specifique") in asked(programme)
    assert any(code == "total_differs" for _, code in codes(programme))
    operation = understood(FIXTURES / "cnig" / "exemple_operation-amenagement.csv")
    assert ("words", "tenure", "access aide") in asked(operation) or any(
        "aide" in p[-1] for p in asked(operation)
    )


def test_the_rennes_sheet_typed_in_a_workbook(tmp_path: Path) -> None:
    from promoter_book import book

    titles = ["Nature", "Étape", "Nbre total logts", "Accession libre", "Accession maîtrisée", "Accession aidé",
              "Locatif régulé privé", "Locatif régulé HLM", "Locatif aidé"]  # fmt: skip
    rows = [
        ["Nom du programme", "R"],
        ["Surface totale : 9 971 m² de SdP"],
        ["PROGRAMMATION LOGEMENT"],
        titles,
        ["ZAC", "En chantier", 108, 51, 0, 0, 17, 0, 40],
    ]
    path = book(tmp_path / "fiche.xlsx", {"Fiche": rows})
    found = understood(path)
    assert asked(found) == {
        ("labels", "Surface totale"),
        ("words", "tenure", "Locatif aidé"),
        ("words", "tenure", "Locatif régulé privé"),
    }
    known = (
        "labels:\n  Surface totale: programme.floor_area\n"
        "words:\n  tenure:\n    Locatif aidé: PLUS|PLAI\n    Locatif régulé privé: locatif_regule\n"
        "values:\n  phase: filing\n  commune.insee: '35238'\n  programme.land.price: '1000000'\n"
    )
    read = submission(understood(path, known))
    programme = read.programmes[0]
    assert (programme.name, programme.floor_area, programme.land.price) == ("R", 9971, 1_000_000)
    assert (read.phase, read.commune.insee) == ({"filing"}, "35238")
    assert [(d.count, d.tenure) for d in programme.dwellings or []] == [
        (51, {"libre"}),
        (17, {"locatif_regule"}),
        (40, {"PLUS", "PLAI"}),
    ]


def test_rows_of_counts_may_be_one_programme_each() -> None:
    path = FIXTURES / "paris" / "programme.csv"
    found = understood(path)
    assert [(d.count, d.tenure) for d in dwellings(found)] == [(25, {"PLAI"}), (31, {"PLUS"}), (25, {"PLS"})]


def test_rows_of_counts_that_nothing_tells_apart_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("adresse;nb_plai;nb_plus\na;1;2\nb;3;4\n", encoding="utf-8")
    found = understood(path)
    assert asked(found) == {("sheets", "csv", "rows")}
    apart = submission(understood(path, "sheets:\n  csv:\n    rows: apart\n"))
    assert [sum(d.count for d in p.dwellings or []) for p in apart.programmes] == [3, 7]
