"""The words that a person may type for a category, on a hidden sheet, with the members that each may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from mixrules.programme.category import CATEGORIES, Category
from mixrules.programme.field import NO_WORDS, YES_WORDS
from mixrules.workbook.live.formula import NO, NONE_SPELLED, OPEN, YES

SHEET = "Mots"
FIRST = 2
ROOMS = 20

Cell = str | int | float


@dataclass
class Words:
    """The columns of the sheet: lists of words, and what each word means."""

    columns: list[tuple[str, list[Cell]]] = field(default_factory=list)
    ranges: dict[tuple[str, tuple[Cell, ...]], str] = field(default_factory=dict)

    def column(self, title: str, values: list[Cell]) -> str:
        """The range of a column of values."""
        key = (title, tuple(values))
        if key not in self.ranges:
            self.columns.append((title, values))
            letter = get_column_letter(len(self.columns))
            self.ranges[key] = f"{SHEET}!${letter}${FIRST}:${letter}${FIRST - 1 + max(1, len(values))}"
        return self.ranges[key]

    def spelled(self, category: str) -> str:
        """The words of a category."""
        return self.column(category, list(spellings(CATEGORIES[category])))

    def ranks(self, category: str) -> str:
        """The rank of the one member that each word means; zero when it may mean several."""
        members = list(CATEGORIES[category].members)
        meant = spellings(CATEGORIES[category]).values()
        return self.column(
            f"{category} : rang", [members.index(min(m)) + 1 if len(m) == 1 else 0 for m in meant]
        )

    def within(self, category: str, choices: frozenset[str]) -> str:
        """Whether each word surely, perhaps or surely not means one of some members."""
        meant = spellings(CATEGORIES[category]).values()
        truths: list[Cell] = [float(YES if m <= choices else OPEN if m & choices else NO) for m in meant]
        return self.column(f"{category} : {', '.join(sorted(choices))}", truths)

    def yes_no(self) -> tuple[str, str]:
        """The words for yes and no, and their truths."""
        said = dict.fromkeys((*sorted(YES_WORDS), "1"), 1)
        said |= dict.fromkeys((*sorted(NO_WORDS), "0", *NONE_SPELLED), 0)
        return self.column("oui ou non", list(said)), self.column("oui ou non : valeur", list(said.values()))

    def rooms(self) -> tuple[str, str]:
        """« T3 », « F3 », « studio », and their number of rooms."""
        said = {"studio": 1}
        for count in range(1, ROOMS + 1):
            said |= {f"{letter}{count}": count for letter in ("T", "F", "T ", "F ", "type ", "type")}
        return self.column("pièces", list(said)), self.column("pièces : nombre", list(said.values()))


def spellings(category: Category) -> dict[str, frozenset[str]]:
    """Every listed word of a category with the members that it means."""
    labels = [label for pair in category.members.values() for label in pair]
    written = [*category.members, *labels, *category.synonyms]
    found: dict[str, frozenset[str]] = {}
    for word in written:
        meant = category.read(word)
        if meant and word.casefold() not in {known.casefold() for known in found}:
            found[word] = meant
    return found


def rank_of(text: str, words: str) -> str:
    """A formula: where a text stands in a column of words, zero when it does not."""
    place = f"MATCH({text},{words},0)"
    # A match takes * and ? for wild cards: what it found must be the text itself.
    return f"IFERROR(IF(INDEX({words},{place})={text},{place},0),0)"
