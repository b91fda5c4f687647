"""One error or warning as a value: a stable code, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mixrules.message.lang import Lang


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was read: a file, then a sheet and cell, a JSON pointer, or a line and column."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    pointer: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.cell:
            return f"{self.sheet}!{self.cell}"
        if self.sheet:
            return self.sheet
        if self.pointer:
            return self.pointer
        if self.line:
            position = f"{self.line}:{self.column}" if self.column else str(self.line)
            return f"{self.file}:{position}" if self.file else position
        return self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """A message with its arguments; the sentence comes from the catalogue of `sentences`."""

    code: str
    where: Place = field(default_factory=Place)
    args: tuple[tuple[str, str], ...] = ()
    line_text: str = ""

    @classmethod
    def of(cls, code: str, where: Place | None = None, line_text: str = "", **args: object) -> Problem:
        """Make a problem; every argument is kept as text."""
        return cls(code, where or Place(), tuple((k, str(v)) for k, v in args.items()), line_text)

    def sentence(self, lang: Lang = "fr") -> str:
        """The message without its place."""
        from mixrules.message.sentences import sentence

        return sentence(self.code, lang, dict(self.args))

    def render(self, lang: Lang = "fr") -> str:
        """The whole message in one language: place, sentence, faulty line with a caret, mend."""
        head = f"{self.where}: " if str(self.where) else ""
        text = head + self.sentence(lang)
        if self.line_text:
            text += f"\n    {self.line_text}"
            if self.where.column:
                text += "\n    " + " " * (self.where.column - 1) + "^"
        return text


class InvalidInputError(Exception):
    """What was submitted cannot be read; it carries every problem found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__("\n".join(p.render("en") for p in self.problems))


def suggest(word: str, known: Sequence[str], likeness: float = 0.6) -> str:
    """The known word nearest to a misspelt one, or an empty string where none is like enough."""
    import difflib

    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=likeness)
    return folded[close[0]] if close else ""
