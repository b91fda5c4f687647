"""Live workbooks recalculated by LibreOffice, many files at once, and set beside what the engine decides."""

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from mixrules.engine.decide import decide
from mixrules.engine.law_date import LawDate
from mixrules.workbook.live.write import compose

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice is absent: install Debian's libreoffice-calc-nogui to recalculate formulas",
)
STATUSES = {
    "respectée": "met",
    "non respectée": "unmet",
    "sans objet": "not-applicable",
    "écartée par exception": "excepted",
    "ouvert": "granted",
    "refusé": "refused",
    "indéterminé": "undetermined",
    "à vérifier avec mixrules": "to check",
    "CONFORME": "compliant",
    "NON CONFORME": "non-compliant",
    "INDÉTERMINÉ": "undetermined",
    "dépasse le plafond": "exceeds",
    "respecté": "within",
    "met": "met",
    "not met": "unmet",
    "not applicable": "not-applicable",
    "set aside by an exception": "excepted",
    "granted": "granted",
    "refused": "refused",
    "undetermined": "undetermined",
    "to be checked with mixrules": "to check",
    "COMPLIANT": "compliant",
    "NOT COMPLIANT": "non-compliant",
    "UNDETERMINED": "undetermined",
    "exceeds its ceiling": "exceeds",
    "within its ceiling": "within",
}
SHY = {"undetermined", "to check"}
WORST = ("unmet", "undetermined", "met", "excepted", "not-applicable")


@dataclass
class Case:
    """A programme under a rulebook: the decision, the live workbook, and once recalculated its sheets."""

    name: str
    live: object
    decision: object
    sheets: dict = field(default_factory=dict)

    def cell(self, sheet, coordinate):
        column, row = ord(coordinate[0]) - ord("A"), int(coordinate[1:])
        rows = self.sheets[sheet]
        return rows[row - 1][column] if row <= len(rows) and column < len(rows[row - 1]) else ""

    @property
    def board(self):
        """The title of the sheet that shows the verdict."""
        return self.live.workbook.active.title

    def statuses(self):
        """What the sheet says of each rule, and of the whole."""
        found = {
            line.ruled.rule.key: STATUSES[self.cell(self.board, line.status)] for line in self.live.lines
        }
        price = self.cell(self.board, "E2")
        found |= {"land price": STATUSES[price]} if price else {}
        return found | {"verdict": STATUSES[self.cell(self.board, "E1")]}

    def decided(self):
        """What the engine says: the worst of the elements of a rule, « not applicable » where it says nothing."""
        by_rule = {}
        for finding in self.decision.findings:
            by_rule.setdefault(finding.rule, []).append(finding.status)
        found = {key: min(held, key=WORST.index) for key, held in by_rule.items()}
        found |= {advantage.rule: advantage.status for advantage in self.decision.advantages}
        return found | {"verdict": self.decision.verdict, "land price": self.decision.land_price.status}

    def number(self, number):
        """An exact number of the sheet, or None."""
        num, den = self._read(number.num), self._read(str(number.den))
        return None if num is None or den is None else Fraction(int(num), int(den))

    def _read(self, reference):
        if reference.lstrip("-").isdigit():
            return int(reference)
        if not reference.startswith("Calcul!$B$"):
            return None
        value = self.cell("Calcul", "B" + reference.removeprefix("Calcul!$B$"))
        if isinstance(value, float):
            assert value.is_integer(), (self.name, reference, value)
            return int(value)
        return None


def rows_of(submission):
    """As many rows as the file needs, and one: the more formulas, the longer LibreOffice takes."""
    programme, district = submission.programmes[0], submission.district
    lists = {
        "dwelling": programme.dwellings,
        "premise": programme.premises,
        "existing": district.existing,
        "shared_place": district.shared_places,
    }
    return {item: len(held or ()) + 2 for item, held in lists.items()}


def case(name, book, day, submission, lang="fr"):
    """A programme decided and written in a live workbook of its own."""
    rows = rows_of(submission)
    decision = decide(submission, [book], LawDate(day, "date demandée", "date asked for"))
    return Case(name, compose([book], day, submission, rows, lang), decision)


def recalculate(cases, folder):
    """Recalculate every case in one run of LibreOffice, with a profile of its own."""
    source, target = Path(folder, "in"), Path(folder, "out")
    source.mkdir()
    for number, one in enumerate(cases):
        one.live.save(source / f"{number}.xlsx")
    files = sorted(source.iterdir())
    # One run of LibreOffice stops in silence after some 250 files.
    for start in range(0, len(files), 100):
        convert(files[start : start + 100], target, folder)
    for number, one in enumerate(cases):
        book = CalamineWorkbook.from_path(str(target / f"{number}.xlsx"))
        one.sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    return cases


def convert(files, target, folder):
    """Have LibreOffice open and write files again."""
    profile = f"-env:UserInstallation=file://{Path(folder).resolve()}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target)]
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == 0, done.stderr


def errors(one):
    """Cells in which a formula fails."""
    return [
        (name, row, column, value)
        for name, rows in one.sheets.items()
        for row, line in enumerate(rows, start=1)
        for column, value in enumerate(line)
        if isinstance(value, str) and value.startswith(("#", "Err:"))
    ]


def agree(cases):
    """Assert that a sheet which answers says what the engine says; count what is answered and what is not."""
    counted = Counter()
    for one in cases:
        assert not errors(one), (one.name, errors(one)[:3])
        decided = one.decided()
        for what, said in one.statuses().items():
            expected = decided.get(what, "not-applicable")
            if said in SHY:
                counted["open" if expected == "undetermined" else "left open", expected] += 1
                continue
            assert said == expected, (one.name, what, said, expected)
            counted["answered", said] += 1
        counted.update(numbers_agree(one))
    return counted


def numbers_agree(one):
    """Assert that what a determined finding observed, and what it is short of, are the engine's numbers."""
    findings = {finding.rule: finding for finding in one.decision.findings}
    counted = Counter()
    for line in one.live.lines:
        finding = findings.get(line.ruled.rule.key)
        if finding is None or not line.ruled.checks or finding.status not in {"met", "unmet"}:
            continue
        if STATUSES[one.cell(one.board, line.status)] in SHY:
            continue
        rank = one._read(line.ruled.answers["rank"])
        check = line.ruled.checks[rank - 1]
        said = one.number(check.observed)
        if said is None:
            continue
        if finding.unit != "date":
            assert said == Fraction(finding.observed), (one.name, finding.rule, said, finding.observed)
        if finding.shortfall is not None and check.distance is not None:
            missing = one.number(check.distance)
            assert missing == Fraction(finding.shortfall.value), (one.name, finding.rule, missing)
            counted["numbers", "shortfall"] += 1
        counted["numbers", "observed"] += 1
    return counted
