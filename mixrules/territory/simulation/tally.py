"""Effects added up: by scenario, by commune and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from mixrules.record import Record
from mixrules.territory.simulation.gauge import Gauge

Cell = tuple[str, str]
"""A commune and a year; « ? » where the file does not say."""


class Shift(Record):
    """Something counted before and after: `what` is missing, granted or ceiling."""

    what: str
    rule: str
    unit: str
    before: Fraction
    after: Fraction


class Tally:
    """What a scenario does to some files."""

    def __init__(self) -> None:
        self.files = 0
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.land_prices: Counter[tuple[str, str]] = Counter()
        self.rules: Counter[tuple[str, str, str]] = Counter()
        self._sums: dict[tuple[str, str, str], list[Fraction]] = {}

    def add(self, before: Gauge, after: Gauge) -> None:
        """Count one file."""
        self.count_files((before.verdict, after.verdict), (before.land_price, after.land_price), 1)
        for rule in sorted(before.rules.keys() | after.rules.keys()):
            pair = before.rules.get(rule, "not-applicable"), after.rules.get(rule, "not-applicable")
            if pair[0] != pair[1]:
                self.rules[rule, *pair] += 1
        for what in ("missing", "granted", "ceilings"):
            for (rule, unit), amount in getattr(before, what).items():
                self.sum((what, rule, unit), amount, after=False)
            for (rule, unit), amount in getattr(after, what).items():
                self.sum((what, rule, unit), amount, after=True)

    def count_files(self, verdicts: tuple[str, str], land_prices: tuple[str, str], count: int) -> None:
        """Count files that are judged so before and after."""
        self.files += count
        self.verdicts[verdicts] += count
        self.land_prices[land_prices] += count

    def sum(self, key: tuple[str, str, str], amount: Fraction, *, after: bool) -> None:
        """Add up an amount of a kind, a rule and a unit."""
        self._sums.setdefault(key, [Fraction(0), Fraction(0)])[after] += amount

    @property
    def flips(self) -> int:
        """Files whose verdict changes."""
        return sum(count for (before, after), count in self.verdicts.items() if before != after)

    def count(self, verdict: str, *, after: bool) -> int:
        """Files of a verdict, before or after."""
        return sum(count for pair, count in self.verdicts.items() if pair[after] == verdict)

    def shifts(self) -> Iterator[Shift]:
        """What is added up, in a fixed order."""
        for (what, rule, unit), (before, after) in sorted(self._sums.items()):
            yield Shift(what, rule, unit, before, after)


class Effects:
    """The tallies of one scenario: of the whole territory, and of each commune and year."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.whole = Tally()
        self.cells: dict[Cell, Tally] = {}

    def add(self, cell: Cell, before: Gauge, after: Gauge) -> None:
        """Count one file."""
        for tally in self.tallies(cell):
            tally.add(before, after)

    def tallies(self, cell: Cell) -> tuple[Tally, Tally]:
        """Where the files of a commune and year are counted."""
        return self.whole, self.cells.setdefault(cell, Tally())
