"""Whatever the dress, the same programme or a question: never another programme.

A programme is known; its table is written with other words, columns in another order, decoration above, inside,
beside and below. What is read must be that programme, unless something is asked or refused.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mixrules.message import InvalidInputError
from mixrules.programme.checking import check
from mixrules.programme.foreign.grid import Grid
from mixrules.programme.foreign.reading import Understanding, understand

TITLES = {
    "lot": ["N° lot", "Lot", "N°", "Numéro de lot", "Désignation des logements", "Réf.", "Repère", "Appt", "Nom"],
    "building": ["Bâtiment", "Bât.", "BAT", "Plot", "Immeuble", "Corps"],
    "rooms": ["Type", "Typologie", "Typo.", "Nb pièces", "Type de logement", "Genre"],
    "living_area": ["SHAB", "Shab (m²)", "Surface habitable", "Surface habitable\n(article R.156-1)", "Surface",
                    "SHAB avant travaux", "Surf. hab.", "m²"],
    "floor_area": ["SDP", "Surface de plancher", "SdP (m²)", "Surface plancher", "Surface 2"],
    "tenure": ["Financement", "Produit", "Nature de financement", "Statut", "Destination", "Montage"],
    "price": ["Prix", "Prix TTC", "Prix de vente (€)", "Prix m²", "Valeur"],
}  # fmt: skip
TENURES = {
    "PLAI": ["PLAI", "PLAI-A", "PLAI adapté", "plai"],
    "PLUS": ["PLUS", "PLUS-CD", "Plus"],
    "PLS": ["PLS"],
    "BRS": ["BRS", "bail réel solidaire"],
    "libre": ["Libre", "accession libre", "LIBRE"],
}
CONFUSING = ["aidé", "social", "intermédiaire", "Duflot", "acces_std", "premium"]
ABOVE = [
    ["Résidence Les Lilas"],
    ["Indice B du 12/03/2026"],
    [],
    ["Maître d'ouvrage", "SCI Les Lilas"],
    ["Commune", "Cesson"],
]
BELOW = [[], ["Nota : surfaces données à titre indicatif, hors balcons"], ["Surface du terrain", "1 250 m²"],
         ["* sous réserve"], ["Date", "12/03/2026"]]  # fmt: skip
BESIDE = ["Orientation", "Balcon", "Observations", "Cave", "Gestionnaire", "Prix parking", "SU"]


@st.composite
def programmes(draw: Any) -> list[dict[str, Any]]:
    """Dwellings named by building and lot, each with a type, a tenure and its areas."""
    count = draw(st.integers(2, 7))
    return [
        {
            "lot": f"{number + 101}",
            "building": draw(st.sampled_from(["A", "B"])),
            "rooms": draw(st.integers(1, 5)),
            "tenure": draw(st.sampled_from(sorted(TENURES))),
            "living_area": draw(st.integers(2000, 12000)) / 100,
            "floor_area": draw(st.integers(12001, 15000)) / 100,
            "price": draw(st.integers(90_000, 400_000)),
        }
        for number in range(count)
    ]


def _typology(draw: Any, rooms: int) -> object:
    return draw(
        st.sampled_from([f"T{rooms}", f"F{rooms}", rooms, f"T{rooms} bis", f"{rooms}P", f"{rooms} pièces"])
    )


def _number(draw: Any, value: float) -> object:
    comma = f"{value:.2f}".replace(".", ",")
    return draw(st.sampled_from([value, comma, f"{comma} m²", f"{comma}\u00a0m2"]))


def _price(draw: Any, value: int) -> object:
    grouped = f"{value:,}".replace(",", "\u202f")
    return draw(st.sampled_from([value, f"{grouped} €", str(value)]))


def _cell(draw: Any, field: str, dwelling: dict[str, Any], sure: bool) -> object:
    value = dwelling[field]
    if field == "rooms":
        return _typology(draw, value)
    if field == "tenure":
        confusing = not sure and draw(st.integers(0, 30)) == 0
        return draw(st.sampled_from(CONFUSING if confusing else TENURES[value]))
    if field in {"living_area", "floor_area"}:
        return _number(draw, value)
    return _price(draw, value) if field == "price" else value


@st.composite
def dressed(draw: Any, sure: bool = False) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """A programme, and the rows of a sheet that say it."""
    programme = draw(programmes())
    fields = draw(st.permutations(["lot", "building", "rooms", "tenure", "living_area", *draw(
        st.sampled_from([[], ["floor_area"], ["price"], ["floor_area", "price"]])
    )]))  # fmt: skip
    titles = [draw(st.sampled_from(TITLES[field][: 2 if sure else None])) for field in fields]
    others = draw(st.lists(st.sampled_from(BESIDE), max_size=2, unique=True))
    margin = [None] * draw(st.integers(0, 2))
    body = []
    for number, dwelling in enumerate(programme):
        if draw(st.integers(0, 12)) == 0:
            body.append([])
        extra = [draw(st.sampled_from([None, "Sud", 4.5])) for _ in others]
        body.append([*margin, *(_cell(draw, field, dwelling, sure) for field in fields), *extra])
        if draw(st.integers(0, 12)) == 0 and number:
            body.append([*margin, *titles, *(others if sure else [])])
    if draw(st.booleans()):
        body.append([*margin, *_total(draw, programme, fields)])
    above = draw(st.lists(st.sampled_from(ABOVE), max_size=3))
    below = draw(st.lists(st.sampled_from(BELOW[:4] if sure else BELOW), max_size=3))
    return programme, [*above, [*margin, *titles, *others], *body, *below]


def _total(draw: Any, programme: list[dict[str, Any]], fields: list[str]) -> list[Any]:
    summed = {"living_area", "floor_area", "price"}
    row: list[Any] = [
        float(sum(Fraction(str(d[field])) for d in programme)) if field in summed else None
        for field in fields
    ]
    place = next((n for n, field in enumerate(fields) if field not in summed), 0)
    row[place] = draw(st.sampled_from(["TOTAL", "Total général", "Sous-total"]))
    return row


def told(programme: list[dict[str, Any]], fields: set[str]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            d["building"], d["lot"], d["rooms"], d["tenure"], Fraction(str(d["living_area"])),
            Fraction(str(d["floor_area"])) if "floor_area" in fields else None,
            d["price"] if "price" in fields else None,
        )
        for d in programme
    )  # fmt: skip


def read(found: Understanding) -> list[tuple[Any, ...]]:
    submission = check(found.draft)
    if submission is None or found.draft.problems:
        return []
    return sorted(
        (
            d.building, d.lot, d.rooms, next(iter(d.tenure)) if d.tenure else None, d.living_area,
            d.floor_area, d.price,
        )
        for d in submission.programmes[0].dwellings or []
    )  # fmt: skip


def agrees(found: Understanding, programme: list[dict[str, Any]]) -> bool:
    """The same programme, except for columns left out that the notes name; or a question, or an error."""
    if found.findings.questions or found.draft.problems:
        return True
    if not found.tables:
        return any(note.code == "import_no_dwellings" for note in found.draft.notes)
    lots = read(found)
    if found.draft.problems:
        return True
    known = {s.target for table in found.tables for s in table.columns}
    unread = any(note.code == "column_not_read" for note in found.draft.notes)
    wanted = told(programme, known)
    if lots == wanted:
        return True
    missing = {"building", "lot", "rooms", "tenure", "living_area"} - known
    return bool(missing) and unread and len(lots) == len(wanted)


@settings(max_examples=300, deadline=None)
@given(dressed())
def test_the_same_programme_or_a_question(case: tuple[list[dict[str, Any]], list[list[Any]]]) -> None:
    programme, rows = case
    found = _understand_rows(rows)
    assert found is None or agrees(found, programme), "\n".join(map(str, rows))


@settings(max_examples=100, deadline=None)
@given(dressed(sure=True))
def test_plain_words_are_read_without_a_question(case: tuple[list[dict[str, Any]], list[list[Any]]]) -> None:
    programme, rows = case
    found = _understand_rows(rows)
    assert found is not None
    assert list(found.findings.questions) == []
    fields = {s.target for table in found.tables for s in table.columns}
    assert read(found) == told(programme, fields), "\n".join(map(str, rows))


@settings(max_examples=60, deadline=None)
@given(dressed())
def test_a_csv_says_the_same(case: tuple[list[dict[str, Any]], list[list[Any]]]) -> None:
    programme, rows = case
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["" if v is None else v for v in row] for row in rows])
    try:
        found = understand("p.csv", ("\ufeff" + out.getvalue()).encode())
    except InvalidInputError:
        return
    assert agrees(found, programme), out.getvalue()


def _understand_rows(rows: list[list[Any]]) -> Understanding | None:
    """Understand rows as a sheet, without the cost of writing a workbook."""
    from unittest.mock import patch

    grid = Grid("p.xlsx", "Grille", [list(row) for row in rows])
    with patch("mixrules.programme.foreign.reading.open_sheets", return_value=[grid]):
        try:
            return understand("p.xlsx", b"")
        except InvalidInputError:
            return None
