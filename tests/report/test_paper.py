"""What the PDF holds: the same as the page, tagged, whole whatever the size and the names."""

import re
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


def small(name: str, **site: Any) -> Submission:
    """Four dwellings on one landing."""
    lines = [
        {
            "lot": f"{name} {n}",
            "building": name,
            "floor": "R+1",
            "landing": name,
            "tenure": "libre",
            "rooms": 2,
        }
        for n in range(4)
    ]
    one = {"id": "p", "name": name, "collective": True, "dwellings": lines, **site}
    return Submission.model_validate({"id": name, "programmes": [one]})


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


def unfolded(content: bytes, tmp_path: Path) -> str:
    """The appendix, without the folds of its lines."""
    text = " ".join(" ".join(pages(content, tmp_path)).split())
    return text.split("Comment chaque constat est calculé")[1]


def test_every_finding_that_was_computed_is_unfolded_and_linked_both_ways(tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    decision = decided(submission)
    content = render(decision, submission, "fr")
    text = unfolded(content, tmp_path)
    computed = [f for f in decision.findings if f.status != "not-applicable" and f.checks]
    assert computed
    for finding in computed:
        assert finding.rule in text.replace("- ", "-").replace("/ ", "/")
    tags = told(content, tmp_path, "pdfinfo", "-struct-text", "FILE")
    assert tags.count('"calcul, page ') == tags.count('"constat, page ') >= len(computed)


def test_what_is_not_met_is_unfolded_down_to_the_dwellings_counted(tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    text = unfolded(render(decided(submission), submission, "fr"), tmp_path)
    parking = text.split("✗ NON RESPECTÉE")[1].split("✓ respectée")[0]
    for part in (
        "constaté : 16 places ; exigé : ≥ 18 places",
        "plafond des logements locatifs aidés ou intermédiaires décisif 6 places",
        "distance à la gare ou station la plus proche 420 m",
        "comptés : autres logements – 12 logements : A102, A103,",
    ):
        assert part in parking, part


def test_a_row_of_a_table_is_named_by_its_version(tmp_path: Path) -> None:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    assert "version du 1er janvier 2026" in unfolded(render(decided(submission), submission, "fr"), tmp_path)


def test_what_does_not_fit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mixrules.report.paper.workings.MOST_STEPS", 5)
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    text = unfolded(render(decided(submission), submission, "fr"), tmp_path)
    assert "plus de 5 étapes" in text
    assert "--why fr.urb.L151-34/places-des-logements" in text.replace("- ", "-").replace("/ ", "/")


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "#set page(width: 1cm)",
        "$x^2$ *gras* _it_ `code`",
        "= Titre @renvoi <etiquette>",
        "[crochets] {accolades} \\ //",
        '"guillemets" #include "/etc/passwd"',
    ],
)
def test_markup_in_names_is_text(name: str, tmp_path: Path) -> None:
    submission = small(name)
    text = " ".join(" ".join(pages(render(decided(submission), submission, "fr"), tmp_path)).split())
    assert text.count(name) >= 3


def test_marks_that_turn_the_text_are_shown(tmp_path: Path) -> None:
    submission = small("a\u202eb\u2066c")
    text = " ".join(pages(render(decided(submission), submission, "fr"), tmp_path))
    assert "a[U+202E]b[U+2066]c" in text
    assert "\u202e" not in text


def test_the_language_and_the_title_are_set(tmp_path: Path) -> None:
    submission = small("Les Halles")
    for lang in ("fr", "en"):
        content = render(decided(submission), submission, lang)
        assert re.search(rb"/Lang ?\(%s\)" % lang.encode(), content)
        assert "Title:           Les Halles" in told(content, tmp_path, "pdfinfo", "FILE")


def test_landings_where_a_rule_is_not_met_are_named_under_their_building(tmp_path: Path) -> None:
    lines = [
        {"lot": f"{n}", "building": "A", "stairwell": "1", "floor": f"R+{n // 4}", "landing": "1", **kind}
        for n, kind in enumerate([{"tenure": "PLUS", "rooms": 2}] * 4 + [{"tenure": "libre", "rooms": 4}] * 4)
    ]
    one = {"id": "p", "collective": True, "dwellings": lines}
    submission = Submission.model_validate({"id": "PC 1", "programmes": [one]})
    text = " ".join(" ".join(pages(render(decided(submission), submission, "fr"), tmp_path)).split())
    plan = text.split("Plan des paliers")[1].split("Du palier au quartier")[0]
    assert "✗ Pas de palier presque entièrement social : p/A/1/R+0·1" in plan
    assert "R+1·1" not in plan
