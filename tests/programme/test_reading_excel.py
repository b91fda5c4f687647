import re
import time
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from programme_book import PLAIN, Book, refused, said

from mixrules.programme.model import Submission
from mixrules.programme.reading import read


def test_reads_the_template_layout_with_its_cells(book: Book) -> None:
    reading = read(book.path)
    assert reading.submission == Submission.model_validate(PLAIN)
    column = book.column("Lots", "surface habitable")
    assert str(reading.provenance["/programmes/0/dwellings/1/living_area"]) == f"Lots!{column}3"
    assert str(reading.provenance["/programmes/0/land/price"]) == f"Programme!C{book.row('prix du foncier')}"
    assert reading.notes == ()


def test_a_missing_value_still_has_a_cell(book: Book) -> None:
    reading = read(book.path)
    assert reading.submission.programmes[0].sector.rate_lls is None
    row = book.row("majoration logement social du secteur (L. 151-28, 2°)")
    assert str(reading.place("/programmes/0/sector/rate_lls")) == f"Programme!C{row}"


def test_a_double_enters_as_the_decimal_that_was_typed(book: Book) -> None:
    book.put("Lots", f"{book.column('Lots', 'surface habitable')}2", 52.1)
    dwelling = read(book.path).submission.programmes[0].dwellings[0]
    assert dwelling.living_area == Fraction(521, 10)
    assert dwelling.rooms == 3
    assert isinstance(dwelling.rooms, int)


def test_every_error_is_told_at_once_with_its_cell(book: Book) -> None:
    living, tenure, rooms = (
        book.column("Lots", t) for t in ("surface habitable", "catégorie", "nombre de pièces")
    )
    book.put("Lots", f"{living}2", "abc")
    book.put("Lots", f"{living}3", -4)
    book.put("Lots", f"{tenure}3", "PLIA")
    book.put("Lots", f"{rooms}2", 2.5)
    row = book.row("dépôt")
    book.put("Programme", f"C{row}", "hier")
    problems = book.problems()
    assert sorted(said(problems)) == sorted(
        [
            (f"Lots!{living}2", "number_expected"),
            (f"Lots!{living}3", "too_small"),
            (f"Lots!{tenure}3", "category_unknown"),
            (f"Lots!{rooms}2", "whole_expected"),
            (f"Programme!C{row}", "date_expected"),
        ]
    )
    words = {problem.code: problem.render("fr") for problem in problems}
    assert (
        words["number_expected"]
        == f"Lots!{living}2: surface habitable «\u202fabc\u202f»\u00a0: un nombre (m²) est attendu"
    )
    assert words["too_small"] == f"Lots!{living}3: surface habitable -4\u00a0: 0,01 au moins est attendu"
    assert "PLAI (locatif très social)" in words["category_unknown"]
    assert "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}PL" in words["category_unknown"]


def test_an_absurd_area_and_a_percentage_without_its_sign(book: Book) -> None:
    living = book.column("Lots", "surface habitable")
    row = book.row("taux SRU")
    book.put("Lots", f"{living}2", 5210)
    book.put("Programme", f"C{row}", 17.4)
    assert said(book.problems()) == [
        (f"Programme!C{row}", "rate_too_great"),
        (f"Lots!{living}2", "too_great"),
    ]


def test_a_claim_is_checked_as_a_rate(book: Book) -> None:
    row = book.row("majoration demandée, logement social")
    book.put("Programme", f"C{row}", "beaucoup")
    problems = book.problems()
    assert said(problems) == [(f"Programme!C{row}", "number_expected")]
    assert "majoration demandée, logement social" in problems[0].render("fr")


def test_a_total_row_is_refused(book: Book) -> None:
    book.put("Lots", "A4", "TOTAL GÉNÉRAL")
    book.put("Lots", "B4", 2)
    assert said(book.problems()) == [("Lots!A4", "total_row")]


@pytest.mark.parametrize("title", ["total", "Sous-total bâtiment A", "Totaux"])
def test_other_words_for_a_total(book: Book, title: str) -> None:
    book.put("Lots", f"{book.column('Lots', 'bâtiment')}4", title)
    assert said(book.problems()) == [("Lots!A4", "total_row")]


def test_unknown_column_with_a_suggestion(book: Book) -> None:
    column = book.column("Lots", "surface habitable")
    book.put("Lots", f"{column}1", "surface habitble (m²)")
    problems = book.problems()
    assert said(problems) == [(f"Lots!{column}1", "header_unknown")]
    assert (
        "vouliez-vous dire «\N{NARROW NO-BREAK SPACE}surface habitable (m²)\N{NARROW NO-BREAK SPACE}»"
        in problems[0].render("fr")
    )


def test_headers_are_known_by_synonyms(book: Book) -> None:
    book.put("Lots", f"{book.column('Lots', 'surface habitable')}1", "SHAB\n(m²)")
    book.put("Lots", f"{book.column('Lots', 'nombre de pièces')}1", "Typologie")
    book.put("Lots", f"{book.column('Lots', 'Typologie')}2", "T4")
    book.put("Lots", f"{book.column('Lots', 'catégorie')}1", "\u200dFinancement ")
    dwelling = read(book.path).submission.programmes[0].dwellings[0]
    assert (dwelling.living_area, dwelling.rooms, dwelling.tenure) == (Fraction(521, 10), 4, {"PLUS"})


def test_duplicate_headers(book: Book) -> None:
    column = book.column("Lots", "surface de plancher")
    book.put("Lots", f"{column}1", "SHAB")
    assert (f"Lots!{column}1", "header_twice") in said(book.problems())


def test_a_value_under_no_header(book: Book) -> None:
    book.put("Lots", "Z3", "à vérifier")
    assert said(book.problems()) == [("Lots!Z3", "value_without_header")]


def test_merged_headers_and_cells(book: Book) -> None:
    book.edit(lambda b: b["Lots"].merge_cells("A1:B1"))
    book.edit(lambda b: b["Lots"].merge_cells("D2:D3"))
    assert {("Lots!A1", "cells_merged"), ("Lots!D2", "cells_merged")} <= set(said(book.problems()))


def test_a_title_above_the_headers_is_passed_over(book: Book) -> None:
    book.edit(lambda b: b["Lots"].insert_rows(1, 2))
    book.put("Lots", "A1", "Programme Les Paliers, version du 3 mars")
    reading = read(book.path)
    assert reading.submission == Submission.model_validate(PLAIN)
    assert str(reading.provenance["/programmes/0/dwellings/0/lot"]) == "Lots!A4"


def test_a_missing_sheet_and_a_misspelt_one(book: Book) -> None:
    book.edit(lambda b: setattr(b["Lots"], "title", "Lotz"))
    assert {code for _, code in said(book.problems())} == {"sheet_missing", "sheet_unknown"}


def test_a_foreign_sheet_is_only_noted(book: Book) -> None:
    book.edit(lambda b: b.create_sheet("Trésorerie prévisionnelle"))
    assert [note.code for note in read(book.path).notes] == ["sheet_ignored"]


def test_unknown_row_with_a_suggestion(book: Book) -> None:
    row = book.row("prix du foncier")
    book.put("Programme", f"A{row}", "prix du fonçier!")
    assert read(book.path).submission.programmes[0].land.price == Fraction(6900005, 10)
    book.put("Programme", f"A{row}", "prix du fonsier")
    problems = book.problems()
    assert said(problems) == [(f"Programme!A{row}", "row_unknown")]
    assert "prix du foncier (€)" in problems[0].render("fr")


def test_a_row_given_twice(book: Book) -> None:
    book.put("Programme", "A200", "prix du foncier")
    book.put("Programme", "C200", 1)
    assert said(book.problems()) == [("Programme!A200", "row_twice")]


def test_a_formula_never_computed_and_an_error_cell(book: Book) -> None:
    column = book.column("Lots", "surface habitable")
    book.put("Lots", f"{column}2", "=50+2.1")
    book.put("Lots", f"{column}3", "#DIV/0!")
    assert sorted(said(book.problems())) == [
        (f"Lots!{column}2", "formula_not_computed"),
        (f"Lots!{column}3", "cell_in_error"),
    ]


def test_a_computed_formula_is_read_even_when_it_gives_an_empty_text(book: Book) -> None:
    column = book.column("Lots", "surface habitable")
    book.put("Lots", f"{column}2", "=50+2.1")
    book.put("Lots", f"{column}3", "=IF(1,0,0)")

    def compute(name: str, content: bytes) -> bytes:
        # openpyxl writes an empty value in one way or another, with or without lxml.
        content = re.sub(rb"<v ?/>", b"<v></v>", content)
        content = content.replace(b"<f>50+2.1</f><v></v>", b"<f>50+2.1</f><v>52.1</v>")
        cell = f'<c r="{column}3"'.encode()
        if "sheet3" not in name:
            return content
        return content.replace(cell, cell + b' t="str"').replace(b"<f>IF(1,0,0)</f>", b"<f>X</f>")

    book.repack(compute)
    dwellings = read(book.path).submission.programmes[0].dwellings
    assert [d.living_area for d in dwellings] == [Fraction(521, 10), None]


def test_a_lot_number_that_became_a_date(book: Book) -> None:
    book.put("Lots", "A2", date(2026, 2, 1))
    problems = book.problems()
    assert said(problems) == [("Lots!A2", "text_became_date")]


def test_missing_zero_none_and_no_row_are_kept_apart(book: Book) -> None:
    price = book.row("prix du foncier")
    rate = book.row("majoration logement social du secteur (L. 151-28, 2°)")
    book.put("Programme", f"C{price}", 0)
    book.put("Programme", f"C{rate}", "sans objet")
    book.put("Locaux", "A2", "Néant")
    programme = read(book.path).submission.programmes[0]
    assert programme.land.price == 0
    assert programme.land.price is not None
    assert programme.land.market_value is None
    assert programme.sector.rate_lls == "none"
    assert programme.sector.rate_lli is None
    assert programme.premises == []
    assert read(book.path).submission.district.shared_places is None


def test_a_district_names_the_programme_of_each_row(book: Book) -> None:
    column = book.column("Lots", "programme")
    book.put("Programme", "D1", "Programme 2")
    book.put("Programme", f"D{book.row('identifiant du programme')}", "tour")
    book.put("Lots", f"{column}2", "Tour")
    assert said(book.problems()) == [(f"Lots!{column}3", "programme_needed")]
    book.put("Lots", f"{column}3", "tours")
    assert said(book.problems()) == [(f"Lots!{column}3", "programme_unknown")]
    book.put("Lots", f"{column}3", "programme 1")
    first, second = read(book.path).submission.programmes
    assert [d.lot for d in first.dwellings] == ["A02"]
    assert [d.lot for d in second.dwellings] == ["A01"]


def test_a_value_of_the_whole_file_cannot_differ_by_programme(book: Book) -> None:
    row = book.row("dépôt")
    book.put("Programme", "D1", "Programme 2")
    book.put("Programme", f"D{row}", date(2026, 1, 1))
    assert ("Programme!D%d" % row, "file_value_differs") in said(book.problems())  # noqa: UP031


def test_extras_go_where_their_key_says(book: Book) -> None:
    rows = [("facts.hauteur", 12.5), ("claims.stationnement", "oui"), ("district.facts.tram", "non"),
            ("facts.remise.PLAI", "50 %")]  # fmt: skip
    book.edit(lambda b: [b["Compléments"].append(row) for row in rows])
    submission = read(book.path).submission
    assert submission.programmes[0].facts == {"hauteur": "12.5", "remise": {"PLAI": "0.5"}}
    assert submission.programmes[0].claims == {"stationnement": True}
    assert submission.district.facts == {"tram": False}


def test_extras_that_go_nowhere(book: Book) -> None:
    rows = [("hauteur", 12), (None, 3), ("facts.a", 1), ("facts.a", 2), ("facts.a.b", 3)]
    book.edit(lambda b: [b["Compléments"].append(row) for row in rows])
    assert said(book.problems()) == [
        ("Compléments!A2", "extra_unknown"),
        ("Compléments!A3", "extra_without_key"),
        ("Compléments!A5", "extra_twice"),
        ("Compléments!A6", "extra_twice"),
    ]


def test_facts_of_a_dwelling_are_columns(book: Book) -> None:
    column = chr(ord(book.column("Lots", "programme")) + 1)
    book.put("Lots", f"{column}1", "fait : vue mer")
    book.put("Lots", f"{column}2", "oui")
    reading = read(book.path)
    assert [d.facts for d in reading.submission.programmes[0].dwellings] == [{"vue mer": True}, {}]
    assert str(reading.provenance["/programmes/0/dwellings/1/facts/vue mer"]) == f"Lots!{column}3"


def test_what_crosses_fields_is_told_at_its_cell(book: Book) -> None:
    book.put("Lots", "A3", "A01")
    book.put("Lots", f"{book.column('Lots', 'palier')}3", "2")
    problems = book.problems()
    assert said(problems) == [("Lots!A3", "dwelling_on_two_landings")]
    assert "Lots!A2" in problems[0].render("fr")


def test_an_insee_code_typed_as_a_number_gets_its_zero_back(book: Book) -> None:
    book.put("Programme", f"C{book.row('code INSEE')}", 6004)
    assert read(book.path).submission.commune.insee == "06004"


def test_a_lot_number_that_became_a_number_is_noted(book: Book) -> None:
    book.put("Lots", "A2", 1.10)
    book.put("Lots", "A3", 604)
    reading = read(book.path)
    assert [d.lot for d in reading.submission.programmes[0].dwellings] == ["1.1", "604"]
    assert [(str(note.where), note.code) for note in reading.notes] == [("Lots!A2", "text_became_number")]


def test_a_wrong_column_does_not_bury_the_reader(book: Book) -> None:
    column = book.column("Lots", "surface habitable")
    book.edit(lambda b: [b["Lots"].__setitem__(f"{column}{n}", "?") for n in range(2, 502)])
    problems = book.problems()
    assert len(problems) == 201
    assert problems[-1].render("fr").endswith("… et 300 autres problèmes")


class TestFilesThatAreNotWorkbooks:
    def code(self, path: Path) -> str:
        problems = refused(path)
        assert len(problems) == 1
        assert problems[0].where.file == path.name
        return problems[0].code

    def made(self, tmp_path: Path, content: bytes, name: str = "dossier.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    def test_missing_directory_empty(self, tmp_path: Path) -> None:
        assert self.code(tmp_path / "rien.xlsx") == "file_missing"
        assert self.code(tmp_path) == "file_is_directory"
        assert self.code(self.made(tmp_path, b"")) == "file_empty"

    def test_a_device_is_not_read(self) -> None:
        assert self.code(Path("/dev/zero")) == "file_unreadable"

    def test_wrong_types(self, tmp_path: Path) -> None:
        assert self.code(self.made(tmp_path, b"%PDF-1.7 ...")) == "workbook_expected"
        assert self.code(self.made(tmp_path, b"%PDF-1.7 ...", "plan.pdf")) == "file_type_unknown"
        assert self.code(self.made(tmp_path, b"lot;count\n", "lots.xlsx")) == "workbook_expected"

    def test_old_and_protected(self, tmp_path: Path) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        assert self.code(self.made(tmp_path, ole, "ancien.xls")) == "workbook_old"
        protected = ole + "EncryptedPackage".encode("utf-16-le")
        assert self.code(self.made(tmp_path, protected)) == "workbook_protected"

    def test_a_zip_that_is_no_workbook(self, tmp_path: Path) -> None:
        path = tmp_path / "dossier.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        assert self.code(path) == "workbook_expected"

    @pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
    def test_truncated(self, book: Book, kept: float) -> None:
        content = book.path.read_bytes()
        book.path.write_bytes(content[: int(len(content) * kept)])
        assert self.code(book.path) == "workbook_broken"

    def test_damaged_inside(self, book: Book) -> None:
        book.repack(lambda name, c: c[: len(c) // 2] if "sheet3" in name else c)
        assert self.code(book.path) == "workbook_broken"

    def test_parts_missing(self, book: Book) -> None:
        book.repack(lambda name, c: None if name.endswith("workbook.xml.rels") else c)
        assert refused(book.path)

    def test_bomb(self, book: Book) -> None:
        book.repack(lambda name, c: c + b" " * 30_000_000 if "theme" in name else c)
        assert self.code(book.path) == "workbook_bomb"

    def test_far_cell(self, book: Book) -> None:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        book.repack(lambda name, c: c.replace(b"</sheetData>", far) if "sheet3" in name else c)
        assert self.code(book.path) == "workbook_too_wide"

    def test_one_long_text_in_every_cell(self, book: Book) -> None:
        cells = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(10, 50_000)
        )
        text = b"<sst><si><t>" + bytes(range(65, 91)) * 1_200 + b"</t></si></sst>"

        def swell(name: str, content: bytes) -> bytes:
            if "sheet3" in name:
                return content.replace(b"</sheetData>", cells + b"</sheetData>")
            return text if "theme" in name else content

        book.repack(swell)
        assert self.code(book.path) == "workbook_bomb"

    def test_a_million_empty_rows_are_read_in_bounded_time(self, book: Book) -> None:
        rows = b"".join(b'<row r="%d"/>' % n for n in range(10, 1_000_010))
        book.repack(
            lambda name, c: c.replace(b"</sheetData>", rows + b"</sheetData>") if "sheet3" in name else c
        )
        start = time.monotonic()
        assert len(read(book.path).submission.programmes[0].dwellings) == 2
        assert time.monotonic() - start < 30
