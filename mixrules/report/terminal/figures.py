"""What is observed, required and short, as cells of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from mixrules.engine.decision import CheckPart, Distance, Finding
from mixrules.message import Lang, format_quantity
from mixrules.quantity import NotExactError, parse_exact
from mixrules.report.terminal.sheet import Sheet, cells

SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "=": "=", "<": "<", ">": ">"}
COLUMNS = ("observed", "required", "gap")
Row = tuple[str, str, str]


def rows(finding: Finding, sheet: Sheet) -> list[Row]:
    """One row a comparison: what is observed, what is required, how far it is."""
    return [_row(check, sheet) for check in finding.checks]


def _row(check: CheckPart, sheet: Sheet) -> Row:
    required = quantity(check.required, check.unit, sheet.lang)
    sign = f"{SIGNS.get(check.operator, check.operator)}\u00a0" if required else ""
    return (
        quantity(check.observed, check.unit, sheet.lang) or sheet.say("unknown"),
        sign + (required or sheet.say("unknown")),
        _gap(check.shortfall, sheet.lang),
    )


def _gap(short: Distance | None, lang: Lang) -> str:
    if short is None:
        return ""
    sign = "−" if short.direction == "missing" else "+"
    return sign + quantity(short.value, short.unit, lang)


def quantity(text: str, unit: str, lang: Lang) -> str:
    """An exact string of a decision as a cell: `2/4` is « 50 % », `3..5` is « 3 – 5 »; empty where nothing is known."""
    low, dots, high = text.partition("..")
    if not dots:
        return _number(text, unit, lang)
    least, most = _number(low, unit, lang), _number(high, unit, lang)
    if least and most:
        return f"{least}\u00a0–\u00a0{most}"
    if most:
        return f"≤\u00a0{most}"
    return f"≥\u00a0{least}" if least and _exact(low) else ""


def _number(text: str, unit: str, lang: Lang) -> str:
    value = _exact(text)
    if value is None:
        return "" if text in {"unknown", "none"} else text
    return format_quantity(value, unit, lang)


def _exact(text: str) -> Fraction | None:
    try:
        return Fraction(parse_exact(text))
    except NotExactError:
        return None


class Table:
    """Rows under one heading whose columns stand one under the other, at the right of the screen."""

    def __init__(self, sheet: Sheet, held: Iterable[Row]) -> None:
        self.sheet = sheet
        self.heads = [sheet.say(name) for name in COLUMNS]
        body = list(held)
        self.widths = [
            max([cells(head), *(cells(row[at]) for row in body)]) for at, head in enumerate(self.heads)
        ]
        self.span = sum(self.widths) + 3 * len(self.widths)
        self.beside = bool(body) and sheet.width - self.span >= max(24, sheet.width // 3)
        """Whether places and figures stand side by side."""

    def head(self) -> Iterator[str]:
        """The names of the columns."""
        if self.beside:
            yield from self.sheet.soft([" " * (self.sheet.width - self.span) + self._cells(self.heads)])

    def row(self, label: str, row: Row) -> Iterator[str]:
        """A label and its figures: on one line where it fits, else the label first; named where it is narrow."""
        if not self.beside:
            yield from self.sheet.wrapped(label, 5, "   ") if label else ()
            named = zip(self.heads, row, strict=True)
            told = " · ".join(f"{head.lower()}\u00a0{cell}" for head, cell in named if cell)
            yield from self.sheet.wrapped(told, 7)
            return
        room = self.sheet.width - self.span - 3
        text = self.sheet.set(label)
        if cells(text) > room:
            yield from self.sheet.wrapped(label, 5, "   ")
            text = ""
        yield f"   {text}{' ' * (room - cells(text))}{self._cells(row)}".rstrip()

    def _cells(self, row: Sequence[str]) -> str:
        return "".join(
            f"   {' ' * (width - cells(cell))}{cell}" for width, cell in zip(self.widths, row, strict=True)
        )
