"""Invented workbooks, each laid out otherwise: the same care for every one."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from promoter_book import asked, book, codes, dwellings, submission, understood

HEAD = ["N°", "Type", "SHAB", "Financement"]


def test_titles_on_two_rows_with_merged_cells_and_a_note_beside(tmp_path: Path) -> None:
    rows = [
        ["PROGRAMME LES JARDINS"],
        ["Lot", "Typologie", "Surfaces (m²)", None, "Produit", None, "NB : provisoire"],
        [None, None, "SHAB", "SDP"],
        ["Col 1", "Col 2", "Col 3", "Col 4", "Col 5"],
        ["A01", "T2", 45.1, 50, "PLUS", None, "angle"],
        ["A02", "F3", 61.2, 66, "PLAI-A"],
        ["TOTAL", None, 106.3, 116],
    ]

    def dress(workbook: Any) -> None:
        for cells in ("A2:A3", "B2:B3", "C2:D2", "E2:E3"):
            workbook.active.merge_cells(cells)

    found = understood(book(tmp_path / "p.xlsx", {"Surfaces pro": rows}, dress))
    assert [(d.lot, d.rooms, d.living_area, d.floor_area, d.tenure) for d in dwellings(found)] == [
        ("A01", 2, Fraction(451, 10), 50, {"PLUS"}),
        ("A02", 3, Fraction(612, 10), 66, {"PLAI"}),
    ]
    assert ("Surfaces pro!G2", "beside_table") in codes(found) or (
        "Surfaces pro!G2",
        "column_not_read",
    ) in codes(found)


def test_a_value_merged_over_rows_holds_for_all_but_a_number_is_refused(tmp_path: Path) -> None:
    rows = [["Bâtiment", *HEAD], ["A", "1", "T2", 45, "PLUS"], [None, "2", "T3", None, "PLAI"]]
    places = understood(book(tmp_path / "p.xlsx", {"Lots": rows}, lambda w: w.active.merge_cells("A2:A3")))
    assert [d.building for d in dwellings(places)] == ["A", "A"]
    numbers = understood(book(tmp_path / "n.xlsx", {"Lots": rows}, lambda w: w.active.merge_cells("D2:D3")))
    assert [(str(p.where), p.code) for p in numbers.draft.problems] == [("Lots!D2", "value_for_several")]


def test_lines_for_several_dwellings_keep_what_their_area_means_open(tmp_path: Path) -> None:
    rows = [
        ["Bâtiment", "Nb lgts", "Type", "Financement", "SHAB moyenne", "SDP totale"],
        ["A", 8, "T2", "PLUS", 45, 400],
        ["A", 3, "T3", "PLAI", 62, 200],
        ["Sous-total A", 11, None, None, None, 600],
        ["B", 10, "T3", "Libre", 63.5, 700],
        ["TOTAL GENERAL", 21, None, None, None, 1300],
    ]
    path = book(tmp_path / "p.xlsx", {"Grille": rows})
    found = understood(path)
    assert asked(found) == {("sheets", "Grille", "areas", "SHAB moyenne")}
    assert ("Grille!F2", "areas_of_several") in codes(found)
    known = 'sheets:\n  Grille:\n    areas:\n      "SHAB moyenne": each\n      "SDP totale": shared\n'
    lines = dwellings(understood(path, known))
    assert [(d.count, d.living_area, d.floor_area) for d in lines] == [
        (8, 45, 50),
        (1, 62, Fraction(6666, 100)),
        (2, 62, Fraction(6667, 100)),
        (10, Fraction(635, 10), 70),
    ]
    assert sum(d.count * d.floor_area for d in lines) == 1300


def test_a_line_without_its_count_is_an_error_and_not_one_dwelling(tmp_path: Path) -> None:
    from mixrules.programme.checking import check

    rows = [["Type", "Produit", "Nb lgts"], ["T2", "PLUS", 4], ["T3", "PLAI", None]]
    found = understood(book(tmp_path / "p.xlsx", {"Lots": rows}))
    check(found.draft)
    assert [(str(p.where), p.code) for p in found.draft.problems] == [("Lots!C3", "number_expected")]


def test_a_matrix_of_buildings_and_levels(tmp_path: Path) -> None:
    rows = [
        ["Répartition par niveau"],
        [None, "Bât A", "Bât B"],
        ["R+1", "T3 62,45 (PLUS)", "T2 45 m² PLAI"],
        ["RDC", "101 T2 44,10 libre\n102 T4 81 libre", None],
        ["R+2", "2 T3", "studio 21 - PLS"],
    ]
    path = book(tmp_path / "p.xlsx", {"Plan": rows})
    assert asked(understood(path)) == {("sheets", "Plan", "cells")}
    lots = dwellings(understood(path, "sheets:\n  Plan:\n    cells: living_area\n"))
    assert [(d.building, d.floor, d.lot, d.count, d.rooms, d.living_area, d.tenure) for d in lots] == [
        ("A", "R+1", None, 1, 3, Fraction(6245, 100), {"PLUS"}),
        ("B", "R+1", None, 1, 2, 45, {"PLAI"}),
        ("A", "RDC", "101", 1, 2, Fraction(441, 10), {"libre"}),
        ("A", "RDC", "102", 1, 4, 81, {"libre"}),
        ("A", "R+2", None, 2, 3, None, None),
        ("B", "R+2", None, 1, 1, 21, {"PLS"}),
    ]
    found = understood(
        book(tmp_path / "q.xlsx", {"Plan": [*rows[:3], ["R+2", "T3 62 45 PLUS", "T2 vue mer"]]})
    )
    assert ("words", "tenure", "vue mer") in asked(found)
    assert [(str(p.where), p.code) for p in found.draft.problems] == [("Plan!B4", "cell_not_understood")]


def test_counts_by_type_and_tenure_with_totals_that_hold_or_not(tmp_path: Path) -> None:
    rows = [
        ["Typologie", "PLAI", "PLUS", "Libre", "Total"],
        ["T1", 1, 2, 3, 6],
        ["T2", 4, None, 10, 14],
        ["Total", 5, 2, 13, 20],
    ]
    lines = dwellings(understood(book(tmp_path / "p.xlsx", {"Typo": rows})))
    assert [(d.rooms, d.tenure, d.count) for d in lines] == [
        (1, {"PLAI"}, 1), (1, {"PLUS"}, 2), (1, {"libre"}, 3), (2, {"PLAI"}, 4), (2, {"libre"}, 10),
    ]  # fmt: skip
    rows[3][1] = 6
    wrong = submission(understood(book(tmp_path / "q.xlsx", {"Typo": rows})))
    assert [(d.count, d.tenure, d.source) for d in wrong.programmes[0].declared] == [(6, {"PLAI"}, "Typo!B4")]


def test_one_sheet_a_building_a_recapitulation_and_prices(tmp_path: Path) -> None:
    sheets = {
        "Récap": [["Financement", "Nb lgts"], ["PLUS", 1], ["PLS", 1], ["PLAI", 1], ["libre", 1]],
        "Bât A": [HEAD, ["101", "T2", 45, "PLUS"], ["102", "T3", 60, "PLS"]],
        "Bât B": [HEAD, ["101", "T2", 44, "PLAI"], ["102", "T3", 61, "libre"]],
        "Prix": [["Bâtiment", "N°", "Prix TTC"], ["B", "102", 190_000]],
    }
    found = understood(book(tmp_path / "p.xlsx", sheets))
    lots = dwellings(found)
    assert [(d.building, d.lot, d.price) for d in lots] == [
        ("A", "101", None), ("A", "102", None), ("B", "101", None), ("B", "102", 190_000),
    ]  # fmt: skip
    assert str(found.draft.places["/programmes/0/dwellings/3/price"]) == "Prix!C2"
    assert ("Bât A!A2", "dwellings_absent_from") in codes(found)
    assert [(d.count, d.source) for d in submission(found).programmes[0].declared] == [(4, "Récap!A1")]


def test_two_sheets_that_differ_are_told_with_both_cells_and_neither_wins(tmp_path: Path) -> None:
    sheets = {
        "Lots": [HEAD, ["1", "T2", 45, "PLUS"], ["2", "T3", 60, "PLS"]],
        "Surfaces": [["N°", "Type", "SHAB"], ["1", "T2", "45,00 m²"], ["2", "T3", 61]],
    }
    path = book(tmp_path / "p.xlsx", sheets)
    assert asked(understood(path)) == {("sheets", "Surfaces", "read")}
    found = understood(path, "sheets:\n  Surfaces:\n    read: checks\n")
    assert [d.living_area for d in dwellings(found)] == [45, None]
    note = next(n for n in found.draft.notes if n.code == "values_differ")
    assert (str(note.where), dict(note.args)["other"]) == ("Lots!C3", "Surfaces!C3")


def test_hidden_rows_sheets_and_columns_are_never_silent(tmp_path: Path) -> None:
    def dress(workbook: Any) -> None:
        workbook["Lots"].row_dimensions[3].hidden = True
        workbook["Lots"].column_dimensions["C"].hidden = True
        workbook["Ancien"].sheet_state = "hidden"

    lots = [HEAD, ["1", "T2", 45, "PLUS"], ["2", "T3", 60, "PLAI"], ["3", "T3", 61, "libre"]]
    path = book(tmp_path / "p.xlsx", {"Lots": lots, "Ancien": [HEAD, ["1", "T2", 45, "PLS"]]}, dress)
    found = understood(path)
    assert asked(found) == {("sheets", "Lots", "hidden"), ("sheets", "Ancien", "read")}
    assert ("Lots!C1", "hidden_column_read") in codes(found)
    known = "sheets:\n  Lots:\n    hidden: {}\n  Ancien:\n    read: ignore\n"
    assert [d.lot for d in dwellings(understood(path, known.format("skip")))] == ["1", "3"]
    assert [d.lot for d in dwellings(understood(path, known.format("read")))] == ["1", "2", "3"]


def test_formulas_count_by_their_saved_value_and_say_where_there_is_none(tmp_path: Path) -> None:
    rows = [[*HEAD, "Prix m²"], ["1", "T2", "=40+5", "PLUS", "=C2*3"], ["2", "T3", 60, "PLAI"]]
    found = understood(book(tmp_path / "p.xlsx", {"Lots": rows}))
    assert [(str(p.where), p.code) for p in found.draft.problems] == [("Lots!C2", "formula_not_computed")]


def test_sections_sub_totals_remarks_and_what_follows_the_table(tmp_path: Path) -> None:
    rows = [
        ["Lot", "Type", "Surface habitable", "Financement"],
        ["BATIMENT A"],
        ["A1", "T2", 45, "PLUS"],
        ["A2", "T2", 45, "PLUS"],
        ["Sous-total", None, 90],
        [],
        ["BATIMENT B"],
        ["B1", "T3", 60, "PLUS"],
        ["Sous-total", None, 60],
        ["VILLAS"],
        ["1", "T5", 100, "Libre"],
        ["TOTAL", None, 250],
        [],
        ["Nota : surfaces hors balcons"],
        ["Surface du terrain", "1 250 m²"],
        ["Nombre de logements", 5],
    ]
    path = book(tmp_path / "p.xlsx", {"Lots": rows})
    assert asked(understood(path)) == {("rows", "VILLAS")}
    found = understood(path, "rows:\n  villas: title\n")
    assert [(d.lot, d.building) for d in dwellings(found)] == [
        ("A1", "A"),
        ("A2", "A"),
        ("B1", "B"),
        ("1", None),
    ]
    programme = submission(found).programmes[0]
    assert programme.site.land_area == 1250
    assert [(d.count, d.source) for d in programme.declared] == [(5, "Lots!B16")]
    assert ("Lots!A15", "row_not_read") in codes(found)


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    head = ["Lot", "Type", "Produit"]
    rows = [
        ["Bâtiment A", None, None, None, "Bâtiment B"],
        [*head, None, *head],
        ["1", "T2", "PLUS", None, "1", "T3", "PLS"],
        ["2", "T3", "PLAI"],
    ]
    lots = dwellings(understood(book(tmp_path / "p.xlsx", {"Lots": rows})))
    assert [(d.building, d.lot, d.tenure) for d in lots] == [
        ("A", "1", {"PLUS"}), ("A", "2", {"PLAI"}), ("B", "1", {"PLS"}),
    ]  # fmt: skip


def test_doubtful_columns_are_asked_and_unknown_ones_named(tmp_path: Path) -> None:
    rows = [["Lot", "Type", "Surface", "SHAB avant travaux", "Gestionnaire", "Prix m²"],
            ["1", "T2", 45.5, 41, "Alpha", 4000], ["2", "T3", 61.2, 58, "Beta", 4100]]  # fmt: skip
    path = book(tmp_path / "p.xlsx", {"Lots": rows})
    found = understood(path)
    assert asked(found) == {
        ("sheets", "Lots", "columns", "Surface"),
        ("sheets", "Lots", "columns", "SHAB avant travaux"),
    }
    assert ("Lots!E1", "column_not_read") in codes(found)
    twice = understood(book(tmp_path / "q.xlsx", {"Lots": [["Lot", "Type", "Typologie"], ["1", "T2", "T3"]]}))
    assert asked(twice) == {("sheets", "Lots", "columns", "Type"), ("sheets", "Lots", "columns", "Typologie")}


def test_numbers_without_a_name_are_neither_a_dwelling_nor_dropped(tmp_path: Path) -> None:
    rows = [HEAD, ["1", "T2", 45, "PLUS"], ["2", "T3", 60, "PLUS"], [None, None, 105]]
    found = understood(book(tmp_path / "p.xlsx", {"Lots": rows}))
    assert [(str(p.where), p.code) for p in found.draft.problems] == [("Lots!C4", "row_unlabelled")]


def test_titles_repeated_without_their_doubtful_ones_are_those_of_the_first_page(tmp_path: Path) -> None:
    known = ["SDP", "Bâtiment", "Nom", "Financement", "Genre"]
    lines = [[60, "A", "101", "PLUS", "T2", "Sud"], [80, "A", "102", "PLS", "T3", "Nord"]]
    more = ["Orientation", "Cave", "Jardin", "Étiquette"]
    rows = [["Commune", "Cesson"], [*known, *more], *lines, known, *lines[:1], known]
    found = understood(book(tmp_path / "p.xlsx", {"Grille": rows}))
    assert [(table.header.top, table.last) for table in found.tables] == [(1, 5)]
    assert len(found.tables[0].records) == 3
    assert "table_empty" not in {code for _, code in codes(found)}


def test_a_file_of_which_only_labels_are_understood_says_that_its_dwellings_are_not(tmp_path: Path) -> None:
    rows = [["Commune", "Cesson"], ["Nom", "Corps", "Genre"], ["101", "A", "T2"], ["102", "A", "T3"]]
    found = understood(book(tmp_path / "p.xlsx", {"Grille": rows}))
    assert [code for _, code in codes(found)] == ["import_no_dwellings"]
    assert submission(found).programmes[0].dwellings is None


def test_known_columns_that_are_left_out_do_not_hide_the_titles(tmp_path: Path) -> None:
    rows = [
        ["Bâtiment", "Surface", "Type", "Montage", "Nom", "Prix m²", "Orientation", "Balcon", "Cave"],
        ["A", 40, "T2", "PLUS", "101", 3000, "Sud", 4.5, "oui"],
    ]
    found = understood(book(tmp_path / "p.xlsx", {"Grille": rows}))
    assert len(found.tables) == 1
    assert ("sheets", "Grille", "columns", "Surface") in asked(found)
