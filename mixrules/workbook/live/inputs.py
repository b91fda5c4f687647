"""Reading the cells that a person fills: fields of the sheets, facts, claims, elections and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from mixrules.message import Lang
from mixrules.programme.category import CATEGORIES
from mixrules.programme.layout import (
    EVIDENCE,
    EXTRAS_SHEET,
    PROGRAMME_SHEET,
    Entry,
    numbered,
    sheet_title,
    tables,
)
from mixrules.programme.template import FIRST_VALUE_COLUMN, Asked
from mixrules.programme.vocabulary import FieldName
from mixrules.rulebook.model import Input
from mixrules.rulebook.tree import Type
from mixrules.workbook.live.formula import (
    ABSENT,
    MOST,
    OPEN,
    ROW,
    UNKNOWN,
    Choice,
    NotHeldError,
    Number,
    Text,
    Truth,
    Value,
    cleaned,
    quoted,
    says_none,
)
from mixrules.workbook.live.ledger import Sheet
from mixrules.workbook.live.words import Words, rank_of

PLACES = {"%": 6, "ratio": 6, "dwelling": 0, "room": 0, "place": 0, "bed": 0}
"""Decimals that a number may have by its unit; areas, money and the rest have two, what has more is not read."""
HUNDREDTHS = ("m²", "m³", "m", "€")
VALUE = get_column_letter(FIRST_VALUE_COLUMN)


class Inputs:
    """Where each value is typed, and the formula that reads it."""

    def __init__(self, words: Words, asked: Asked, lang: Lang = "fr") -> None:
        self.words = words
        self.lang = lang
        self.entries: dict[tuple[str, tuple[str, ...]], tuple[int, Entry]] = {
            (section.title.fr, entry.path): (row, entry)
            for row, section, entry in numbered()
            if entry is not None
        }
        self.columns = {
            table.field: {entry.path[-1]: index for index, entry in enumerate(table.columns, start=1)}
            for table in tables()
        }
        self.extras = {key: row for row, (key, _) in enumerate(asked.extras, start=2)}
        self.facts = {key: number for number, key in enumerate(asked.facts)}

    def sheet(self, name: str) -> str:
        """A sheet of the layout as a formula names it."""
        return f"'{sheet_title(name, self.lang)}'"

    def typed(self, path: str) -> str:
        """The cell of a field of the file."""
        parts = tuple(path.split("."))
        for title, key in (("Programme", parts[1:]), ("Dossier", parts)):
            if parts[0] in {"programme", "phase"} and (title, key) in self.entries:
                return f"{self.sheet(PROGRAMME_SHEET)}!${VALUE}${self.entries[title, key][0]}"
        row = next((row for (_, key), (row, _) in self.entries.items() if key == parts), None)
        if row is None:
            return self._extra(path)
        return f"{self.sheet(PROGRAMME_SHEET)}!${VALUE}${row}"

    def _extra(self, key: str) -> str:
        if key not in self.extras:
            raise NotHeldError("live.no_cell", key=key)
        return f"{self.sheet(EXTRAS_SHEET)}!$B${self.extras[key]}"

    def in_row(self, table: str, field: str) -> str:
        """The cell of a field in the row of a table."""
        sheet = self.sheet(next(t.sheet for t in tables() if t.field == table))
        return f"{sheet}!${get_column_letter(self.columns[table][field])}{ROW}"

    def fact_in_row(self, key: str) -> str:
        """The cell of a fact in the row of a dwelling."""
        table = tables()[0]
        if key not in self.facts:
            raise NotHeldError("live.no_cell", key=key)
        column = len(table.columns) + 2 + self.facts[key]
        return f"{self.sheet(table.sheet)}!${get_column_letter(column)}{ROW}"

    # -- values ----------------------------------------------------------------------------------------

    def field(self, sheet: Sheet, cell: str, declared: FieldName) -> Value:
        """A field of the vocabulary, read from its cell."""
        if declared.kind == "number":
            return self._number(sheet, cell, declared.unit, declared.path.rpartition(".")[2] == "rooms")
        if declared.kind == "yes_no":
            return self.yes_no(sheet, cell)
        if declared.kind == "category":
            return self._category(sheet, cell, declared.category)
        if declared.kind == "date":
            return self._date(sheet, cell)
        return Text(sheet.cell(declared.label.fr, cleaned(cell)))

    def fact(self, sheet: Sheet, cell: str, kind: Type, given: Input | None, closed: bool) -> Value:
        """A fact, a claim or an election in its declared type; what is not claimed is « sans objet »."""
        if kind.kind == "number":
            unit = "%" if kind.unit.is_ratio else str(kind.unit)
            return self._number(sheet, cell, unit, rooms=False, blank=ABSENT if closed else UNKNOWN)
        if kind.kind == "yes_no":
            return self.yes_no(sheet, cell, blank="0" if closed else OPEN)
        if kind.kind == "date":
            return self._date(sheet, cell, blank=ABSENT if closed else UNKNOWN)
        if kind.kind == "category" and kind.category in CATEGORIES:
            return self._category(sheet, cell, kind.category, blank="-1" if closed else "0")
        if kind.kind == "category" and given is not None:
            return _member(sheet, cell, [name for name, _ in given.members], blank="-1" if closed else "0")
        if closed:
            raise NotHeldError("live.claimed_text")
        return Text(sheet.cell("texte", cleaned(cell)))

    def _number(self, sheet: Sheet, cell: str, unit: str, rooms: bool, blank: str = UNKNOWN) -> Number:
        plain = unit.split(" of ", maxsplit=1)[0].split("/", maxsplit=1)[0]
        places = PLACES.get(plain, 2 if plain in HUNDREDTHS else 4)
        scale = 10**places
        rate = places == PLACES["%"]
        wrong = f'IF({says_none(cell)},"{ABSENT}","{UNKNOWN}")'
        if rooms:
            spelled, counts = self.words.rooms()
            place = rank_of(f"TRIM({cell})", spelled)
            wrong = f"IF({place}>0,INDEX({counts},{place}),{wrong})"
        most = f",{cell}<=1" if rate else ""
        within = f"AND({cell}>=0{most},{cell}=ROUND({cell},{places}),{cell}<{MOST // scale})"
        whole = f"ROUND({cell}*{scale},0)" if scale > 1 else cell
        empty = f'IF(TRIM({cell}&"")="","{blank}",{wrong})'
        num = sheet.cell("nombre", f'IF(ISNUMBER({cell}),IF({within},{whole},"{UNKNOWN}"),{empty})')
        if not rate:
            return Number(num, scale)
        # A rate such as 20 % is 1/5: small integers stay far from the largest that a cell holds.
        common = f"GCD({num},{scale})"
        den = sheet.cell("taux : diviseur", f"IF(ISNUMBER({num}),{scale}/{common},1)")
        return Number(sheet.cell("taux", f"IF(ISNUMBER({num}),{num}/{common},{num})"), den)

    def yes_no(self, sheet: Sheet, cell: str, blank: str = OPEN) -> Truth:
        """Yes, no, or unknown: blank, or a word that means neither."""
        words, truths = self.words.yes_no()
        word = f'IF(ISLOGICAL({cell}),IF({cell},"oui","non"),TRIM({cell}&""))'
        place = rank_of(word, words)
        return Truth(
            sheet.cell(
                "oui ou non", f'IF(TRIM({cell}&"")="",{blank},IF({place}>0,INDEX({truths},{place}),{OPEN}))'
            )
        )

    def _category(self, sheet: Sheet, cell: str, category: str, blank: str = "0") -> Choice:
        place = sheet.cell(category, rank_of(f'TRIM({cell}&"")', self.words.spelled(category)))
        found = f"IF({place}>0,INDEX({self.words.ranks(category)},{place}),0)"
        if blank != "0":
            found = f'IF(TRIM({cell}&"")="",{blank},{found})'
        return Worded(
            sheet.cell(f"{category} : rang", found), tuple(CATEGORIES[category].members), category, place
        )

    @staticmethod
    def _date(sheet: Sheet, cell: str, blank: str = UNKNOWN) -> Number:
        wrong = f'IF(TRIM({cell}&"")="","{blank}",IF({says_none(cell)},"{ABSENT}","{UNKNOWN}"))'
        day = f'IF(AND({cell}>=61,{cell}<109000),INT({cell}),"{UNKNOWN}")'
        return Number(sheet.cell("date", f"IF(ISNUMBER({cell}),{day},{wrong})"), 1)

    def evidence(self, sheet: Sheet, name: str) -> Truth:
        """Whether a piece of evidence is there."""
        key = f"evidence.{name}"
        laid_out = any(entry.path == ("evidence", name) for entry in EVIDENCE)
        return self.yes_no(sheet, self.typed(key) if laid_out else self._extra(key))


class Worded(Choice):
    """A category typed in words, which may mean one member or several."""

    def __init__(self, code: str, members: tuple[str, ...], category: str, place: str) -> None:
        super().__init__(code, members)
        object.__setattr__(self, "category", category)
        object.__setattr__(self, "place", place)

    category: str
    place: str


def _member(sheet: Sheet, cell: str, members: Sequence[str], blank: str) -> Choice:
    text = f'TRIM({cell}&"")'
    found = "0"
    for rank, member in reversed(list(enumerate(members, start=1))):
        found = f"IF(EXACT({text},{quoted(member)}),{rank},{found})"
    none = f"IF({says_none(cell)},-1,{found})"
    return Choice(sheet.cell("choix", f'IF({text}="",{blank},{none})'), tuple(members))
