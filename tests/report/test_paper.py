"""What the PDF holds: the same as the page, tagged, whole whatever the size and the names."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.report.paper.document import render

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 4, 20)
TENURES = ["PLAI", "PLUS", "PLS", "LLI", "BRS", "libre"]

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed here (Debian: poppler-utils)"
)


def decided(submission: Submission) -> Decision:
    _, books = applicable(submission, [])
    return decide(submission, books, law_date(submission, None, TODAY))


def large(name: str) -> Submission:
    """Two hundred dwellings on forty landings, and a line that stands nowhere."""
    lines: list[dict[str, Any]] = [
        {
            "lot": str(n),
            "building": "ABCD"[n // 50],
            "stairwell": str(1 + n // 25 % 2),
            "floor": f"R+{n // 5 % 5}",
            "landing": "1",
            "tenure": TENURES[n % 6],
            "rooms": 3,
        }
        for n in range(200)
    ]
    lines.append({"lot": "sans palier", "tenure": "libre", "count": 4})
    return Submission.model_validate(
        {"id": name, "programmes": [{"id": "p", "name": name, "collective": True, "dwellings": lines}]}
    )


def told(content: bytes, tmp_path: Path, *command: str) -> str:
    path = tmp_path / "p.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        [word.replace("FILE", str(path)) for word in command], capture_output=True, check=True
    )
    return done.stdout.decode(errors="replace").replace("\u00a0", " ").replace("\u202f", " ")


def pages(content: bytes, tmp_path: Path) -> list[str]:
    text = told(content, tmp_path, "pdftotext", "-layout", "FILE", "-")
    return text.rstrip("\f").split("\f")


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        (
            "fr",
            ["Plan des paliers", "Du palier au quartier", "base : 4 500 m³", ": +900 m³", "total : 5 400 m³"],
        ),
        ("en", ["Stack plan", "From the landing to the district", "base: 4,500 m³", "total: 5,400 m³"]),
    ],
)
def test_it_holds_what_the_page_holds(lang: Any, parts: list[str], tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    text = " ".join("\n".join(pages(render(decided(submission), submission, lang), tmp_path)).split())
    for part in parts:
        assert part in text
    cap = {"fr": ["prix : 690 000 €", "plafond : 719 431 €"], "en": ["price: €690,000", "cap: €719,431"]}
    assert all(part in text for part in cap[lang])


def test_a_large_programme_with_a_long_name_stays_on_its_pages(tmp_path: Path) -> None:
    name = "Résidence-des-Anciennes-Manufactures-de-la-Confluence " * 4 + "X" * 300
    submission = large(name)
    decision = decided(submission)
    content = render(decision, submission, "fr")
    held = pages(content, tmp_path)
    assert all(decision.digest in page for page in held)
    assert all(f"{number}/{len(held)}" in page for number, page in enumerate(held, 1))
    boxes = told(content, tmp_path, "pdftotext", "-bbox", "FILE", "-")
    right = [float(part.split('"')[0]) for part in boxes.split('xMax="')[1:]]
    assert max(right) <= 596
    text = " ".join(held)
    assert "Lot sans palier · 4 logements" in " ".join(text.split())
    assert sum("Où" in page for page in held) > 1  # the table of the mix repeats its heading


def test_what_is_missing_is_listed(tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/quartier-exemple.json").submission
    text = " ".join(pages(render(decided(submission), submission, "fr"), tmp_path))
    assert "INDÉTERMINÉ" in text
    assert "prix du foncier" in text.split("Ce qui manque pour conclure")[1]


def test_headings_lists_and_tables_are_tagged(tmp_path: Path) -> None:
    submission = large("PC 1")
    tags = told(render(decided(submission), submission, "fr"), tmp_path, "pdfinfo", "-struct", "FILE")
    for tag in ("H1", "H2", "H3", "Table", "THead", "TH ", "LI ", "Figure"):
        assert tag in tags, tag
