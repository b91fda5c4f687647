"""The layout shared by the writer and the readers: sheets, rows and columns, derived from the model's labels.

A label, its unit and its list of words are written once, in the model; a header that a person reads in the
template and the header that a reader recognises cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_type_hints

from pydantic import BaseModel

from mixrules.message import LANGS, Lang
from mixrules.programme import model
from mixrules.programme.category import fold
from mixrules.programme.field import Holds, Label

Kind = Literal["number", "yes_no", "category", "text", "date"]

PROGRAMME_SHEET = "Programme"
NOTICE_SHEET = "Notice"
EXTRAS_SHEET = "Compléments"
LISTS_SHEET = "Listes"
LIVE_SHEETS = ("Conformité", "Calcul", "Calcul lots", "Calcul locaux", "Calcul parc", "Calcul lieux", "Mots")
"""The sheets of the live template that hold formulas, and nothing that is submitted."""
ENGLISH_SHEETS = {
    PROGRAMME_SHEET: "Programme",
    NOTICE_SHEET: "Instructions",
    EXTRAS_SHEET: "Additions",
    LISTS_SHEET: "Lists",
    "Lots": "Dwellings",
    "Locaux": "Premises",
    "Quartier": "District",
    "Lieux partagés": "Shared places",
    "Totaux déclarés": "Declared totals",
    "Conformité": "Compliance",
}
"""The sheets of the template in English, by the French names under which the layout knows them."""
ROW_HEADER = Label("Rubrique", "Item")
UNIT_HEADER = Label("Unité", "Unit")
EXTRA_HEADERS = (Label("clé", "key"), Label("valeur", "value"), Label("programme", "programme"))
FACT_HEADER = Label("fait : ", "fact: ")

UNIT_WORDS: dict[str, tuple[str, str]] = {
    "dwelling": ("", ""),
    "room": ("", ""),
    "place": ("", ""),
    "bed": ("", ""),
    "place/dwelling": ("places/logement", "places/dwelling"),
    "€/month": ("€/mois", "€/month"),
}
"""Units as a header shows them; things that are counted need none."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "lot": ("lot", "n° lot", "numéro de lot", "n° logement", "désignation des logements", "référence"),
    "count": ("nombre", "nb", "nb logements", "nb lgts", "nombre de lgts"),
    "building": ("bât", "bâtiments"),
    "stairwell": ("escalier", "montée", "cage d'escalier"),
    "floor": ("niveau",),
    "rooms": ("typologie", "type", "typo", "nb pièces", "type de logement"),
    "living_area": ("SHAB", "shab"),
    "floor_area": ("SDP", "sdp"),
    "tenure": ("financement", "produit", "nature de financement", "catégorie de logement"),
    "parking_places": ("parking", "stationnement"),
}
"""Headers seen in real tables of dwellings, beside the labels of the model."""

FACT_PREFIX = re.compile(r"\s*(?:facts?|faits?)\s*[.:]\s*", re.IGNORECASE)
"""A column « fait : clé », `fact: key` or `facts.key` holds a fact that a rulebook declares."""

_UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the layout: a row of the sheet Programme or a column of a table."""

    path: tuple[str, ...]
    label: Label
    kind: Kind
    category: str = ""

    def header(self, lang: Lang = "fr") -> str:
        """The header in a language, with its unit."""
        title, unit = self.label.of(lang), unit_words(self.label)[LANGS.index(lang)]
        return f"{title} ({unit})" if unit else title

    def header_near(self, word: str) -> str:
        """The header in the language of a folded word that means this field: French unless it is English alone."""
        english = {fold(self.label.en), fold(self.header("en"))}
        return self.header("en" if word in english - {fold(self.label.fr), fold(self.header())} else "fr")

    def titles(self) -> frozenset[str]:
        """The labels and the dotted path of this field, folded: what the title of a row may say."""
        words = {self.label.fr, self.label.en, *map(self.header, LANGS), ".".join(self.path)}
        return frozenset(fold(word) for word in words)

    def names(self) -> frozenset[str]:
        """Every header that means this field in a table, folded: titles, synonyms, with or without units."""
        units = unit_words(self.label)
        words = {self.label.fr, self.label.en, self.path[-1], *SYNONYMS.get(self.path[-1], ())}
        with_units = {f"{word} {unit}" for word in words for unit in units}
        return frozenset(fold(word) for word in words | with_units)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows of the sheet Programme; `whole_file` rows are the same for every programme."""

    title: Label
    entries: tuple[Entry, ...]
    whole_file: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one record a row: where its records go, and its columns."""

    sheet: str
    field: str
    columns: tuple[Entry, ...]
    per_programme: bool
    facts: bool = False


def clean(text: str) -> str:
    """A text without the invisible characters and line breaks that spreadsheets collect."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return re.sub(r"\s+", " ", _UNSEEN.sub("", text)).strip()


def sheet_title(sheet: str, lang: Lang) -> str:
    """The title of a sheet of the layout in a language."""
    return sheet if lang == "fr" else ENGLISH_SHEETS[sheet]


def unit_words(label: Label) -> tuple[str, str]:
    """The unit of a label in French and English, without what it measures; empty for counts."""
    unit = label.unit.split(" of ")[0]
    return UNIT_WORDS.get(unit, (unit, unit))


def entries_of(record: type[BaseModel], *prefix: str) -> tuple[Entry, ...]:
    """The labelled fields of a record, in the order of the model."""
    found = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        notes = getattr(hint, "__metadata__", ())
        label = next((note for note in notes if isinstance(note, Label)), None)
        holds = next((note for note in notes if isinstance(note, Holds)), None)
        if label is not None and holds is not None:
            found.append(Entry((*prefix, name), label, holds.kind, holds.category))
    return tuple(found)


CLAIMS: tuple[Entry, ...] = (
    Entry(
        ("claims", "volume_lls"),
        Label("majoration demandée, logement social", "claimed social bonus", "%"),
        "number",
    ),
    Entry(
        ("claims", "volume_lli"),
        Label("majoration demandée, logement intermédiaire", "claimed intermediate bonus", "%"),
        "number",
    ),
    Entry(
        ("claims", "volume_energy"),
        Label("dépassement demandé, énergie", "claimed energy bonus", "%"),
        "number",
    ),
    Entry(
        ("claims", "volume_housing"),
        Label("majoration demandée, habitation", "claimed housing bonus", "%"),
        "number",
    ),
    Entry(
        ("claims", "prefect_derogation"),
        Label("dérogation du préfet (art. L. 111-24)", "prefect's derogation (art. L. 111-24)"),
        "yes_no",
    ),
)
"""The claims that the template asks for; any other goes in the sheet Compléments as `claims.key`."""

EVIDENCE: tuple[Entry, ...] = (
    Entry(("evidence", "needs_survey"), Label("étude de besoins jointe", "needs survey attached"), "yes_no"),
    Entry(
        ("evidence", "specifications"), Label("cahier des charges joint", "specifications attached"), "yes_no"
    ),
)

PROGRAMME_COLUMN = Entry(("programme",), Label("programme", "programme"), "text")
"""Which programme a row belongs to; needed only when a file holds several."""


@cache
def sections() -> tuple[Section, ...]:
    """The rows of the sheet Programme."""
    root = entries_of(model.Submission)
    return (
        Section(Label("Dossier", "File"), root, whole_file=True),
        Section(Label("Dates", "Dates"), entries_of(model.Dates, "dates"), whole_file=True),
        Section(Label("Commune", "Commune"), entries_of(model.Commune, "commune"), whole_file=True),
        Section(Label("Quartier", "District"), entries_of(model.District, "district"), whole_file=True),
        Section(Label("Demandeur", "Applicant"), entries_of(model.Applicant, "applicant"), whole_file=True),
        Section(Label("Programme", "Programme"), entries_of(model.Programme)),
        Section(Label("Terrain", "Site"), entries_of(model.Site, "site")),
        Section(Label("Foncier", "Land"), entries_of(model.Land, "land")),
        Section(Label("Secteur", "Sector"), entries_of(model.Sector, "sector")),
        Section(Label("Stationnement", "Parking"), entries_of(model.Parking, "parking")),
        Section(Label("Avantages demandés", "Advantages claimed"), CLAIMS),
        Section(Label("Pièces jointes", "Documents attached"), EVIDENCE),
    )


@cache
def tables() -> tuple[Table, ...]:
    """The sheets that hold one record a row."""
    return (
        Table("Lots", "dwellings", entries_of(model.Dwelling), per_programme=True, facts=True),
        Table("Locaux", "premises", entries_of(model.Premise), per_programme=True),
        Table("Quartier", "existing", entries_of(model.Existing), per_programme=False),
        Table("Lieux partagés", "shared_places", entries_of(model.SharedPlace), per_programme=False),
        Table("Totaux déclarés", "declared", entries_of(model.Declared), per_programme=True),
    )


def numbered() -> Iterator[tuple[int, Section, Entry | None]]:
    """The rows of the sheet Programme under its header; a section's title stands above its entries."""
    row = 1
    for section in sections():
        for entry in (None, *section.entries):
            row += 1
            yield row, section, entry


def range_name(entry: Entry, programme: int = 0) -> str:
    """The name of a value's cell in the workbook: `prix_du_foncier`, then `prix_du_foncier_2`."""
    plain = re.sub(r"\(.*?\)", "", entry.label.fr)
    name = fold(plain).replace(" ", "_")[:100]
    return name if programme == 0 else f"{name}_{programme + 1}"


ROOMS = re.compile(r"(?:t|f|type)\s*(\d{1,2})(?:\s*(?:bis|'|duplex))?|(\d{1,2})\s*p(?:ieces?)?")


def adapt(entry: Entry, value: object) -> object:
    """What a cell means for a field where a spreadsheet and the model differ.

    « T3 » or « studio » in a column of rooms is a number; an INSEE code typed as a number lost its first zero.
    """
    if entry.path[-1] == "insee" and isinstance(value, int):
        return f"{value:05}"
    if entry.path[-1] != "rooms" or not isinstance(value, str):
        return value
    word = fold(value)
    if word == "studio":
        return 1
    match = ROOMS.fullmatch(word)
    return int(match[1] or match[2]) if match else value
