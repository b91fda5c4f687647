"""The page and the paper: self-contained, safe whatever the names, drawn landing by landing."""

import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine import contract
from mixrules.engine.decide import decide
from mixrules.engine.decision import Decision
from mixrules.engine.law_date import law_date
from mixrules.message.catalogue import FAMILIES
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.programme.scope import build
from mixrules.report.comparison import render as compared
from mixrules.report.page.document import render
from mixrules.report.page.look import LOOKS, UNSURE
from mixrules.report.page.stack import rank, stacks
from mixrules.report.paper.document import render as paper

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 1)
EVIL = "<script>alert(1)</script>\u202e&\"'#set page(width: 1cm) $x$ *b* \\ @ref [c] {{ d }}"


def decided(submission: Submission) -> Decision:
    _, books = applicable(submission, [])
    return decide(submission, books, law_date(submission, None, TODAY))


@pytest.fixture(scope="module")
def worked() -> tuple[Submission, Decision]:
    submission = read(ROOT / "fixtures/programme-mixte.xlsx").submission
    return submission, decided(submission)


def named(name: str) -> Submission:
    lines: list[dict[str, Any]] = [
        {
            "lot": name,
            "building": name,
            "stairwell": name,
            "floor": "R+1",
            "landing": name,
            "tenure": "PLUS",
            "rooms": 3,
        },
        {"lot": "2", "tenure": "libre", "count": 4},
    ]
    return Submission.model_validate(
        {"id": name, "programmes": [{"id": name, "name": name, "collective": True, "dwellings": lines}]}
    )


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_asks_nothing_of_the_network(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    for tag, attributes in parsed(render(decision, submission, "fr")).tags:
        assert tag not in {"link", "iframe", "img", "object", "embed", "base", "form"}
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)


def test_the_page_opens_on_the_verdict(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    text = "".join(parsed(render(decision, submission, "fr")).text)
    assert text.index("NON CONFORME") < text.index("Plan des paliers") < text.index("Du palier au quartier")
    assert decision.digest in text


def test_every_dwelling_is_drawn_once(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    units = [a for tag, a in parsed(render(decision, submission, "fr")).tags if a.get("class") == "unit"]
    lots = re.findall(r"Lot (\w+)", " ".join(str(a["data-told"]) for a in units))
    assert sorted(lots) == sorted(str(d.lot) for d in submission.programmes[0].dwellings or [])
    assert all(a["tabindex"] == "0" and a["role"] == "button" for a in units)


def test_a_failing_landing_is_outlined_and_named() -> None:
    submission = read(ROOT / "fixtures/programme-mixte.json").submission
    programme = submission.programmes[0]
    lines = [d.model_copy(update={"tenure": frozenset({"PLUS"})}) for d in programme.dwellings or []]
    changed = submission.model_copy(
        update={"programmes": [programme.model_copy(update={"dwellings": lines})]}
    )
    decision = decided(changed)
    failing = [f for f in decision.findings if f.at == "landing" and f.status == "unmet"]
    assert failing
    drawn = stacks(build(changed), decision)
    held = [
        one for s in drawn for b in s.buildings for w in b.stairwells for f in w.floors.values() for one in f
    ]
    assert {one.path for one in held if one.fails} == {f.scope for f in failing}
    page = render(decision, changed, "fr")
    assert page.count('<g class="landing fails" ') == len({f.scope for f in failing})
    assert "✗" in page


def test_lines_without_a_landing_are_listed_not_drawn() -> None:
    submission = named("Bâtiment")
    stack = stacks(build(submission), decided(submission))[0]
    assert [unit.count for unit in stack.loose] == [4]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_names_are_text_on_the_page(lang: Any) -> None:
    submission = named(EVIL)
    page = render(decided(submission), submission, lang)
    reader = parsed(page)
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert "alert(1)</script>" not in page
    assert any("<script>alert(1)</script>[U+202E]&" in text for text in reader.text)
    assert any("@ref [c] {{ d }}" in text for text in reader.text)


def test_names_are_text_on_paper(tmp_path: Path) -> None:
    submission = named(EVIL)
    content = paper(decided(submission), submission, "fr")
    assert content.startswith(b"%PDF-")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here (Debian: poppler-utils)")
    path = tmp_path / "p.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "<script>alert(1)</script>" in text
    assert "#set page(width: 1cm)" in text


def test_paper_is_tagged_and_the_same_each_time(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    content = paper(decision, submission, "fr")
    assert content == paper(decision, submission, "fr")
    assert b"/StructTreeRoot" in content
    assert b"/Lang" in content


def test_the_digest_stands_on_every_page(worked: tuple[Submission, Decision], tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here (Debian: poppler-utils)")
    submission, decision = worked
    path = tmp_path / "p.pdf"
    path.write_bytes(paper(decision, submission, "en"))
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 1
    assert all(decision.digest in page.replace("\n", "") for page in pages)


def test_without_its_programme_a_decision_is_shown_all_the_same(worked: tuple[Submission, Decision]) -> None:
    _, decision = worked
    assert "n'est pas joint" in "".join(parsed(render(decision, None, "fr")).text)
    assert paper(decision, None, "en").startswith(b"%PDF-")


def test_an_empty_programme_is_shown() -> None:
    submission = Submission.model_validate({"programmes": [{"dwellings": []}]})
    decision = decided(submission)
    assert render(decision, submission, "fr")
    assert paper(decision, submission, "fr")


@pytest.mark.parametrize(
    "floors",
    [
        ["R-1", "RDC", "R+1", "R+2", "R+10", "Attique"],
        ["-1", "0", "1", "9", "10"],
        ["sous-sol 1", "rez-de-chaussée", "étage 1"],
    ],
)
def test_floors_stand_in_their_order(floors: list[str]) -> None:
    assert sorted(floors, key=rank) == floors


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", [*LOOKS, "?"])
def test_text_on_a_dwelling_has_the_contrast_of_wcag_aa(name: str) -> None:
    seen = LOOKS.get(name, UNSURE)
    light, dark = sorted((_luminance(seen.fill), _luminance(seen.ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_tenures_differ_without_colour() -> None:
    assert len({look.short for look in LOOKS.values()}) == len(LOOKS)


def test_every_word_of_the_page_is_used() -> None:
    folder = ROOT / "mixrules/report"
    written = "".join(
        p.read_text(encoding="utf-8")
        for name in ("page", "paper")
        for p in (folder / name).iterdir()
        if p.is_file()
    )
    for key, (french, english) in FAMILIES["page"].items():
        assert french
        assert english
        assert re.search(rf"[\"'.]{key}\b", written) or key in {
            "landing",
            "block",
            "programme",
            "district",
        }, key


def test_two_decisions_compared(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    assert "Rien n'a changé" in compared(decision, decision, "fr")
    programme = submission.programmes[0]
    parking = programme.parking.model_copy(update={"places": 18})
    changed = submission.model_copy(
        update={"programmes": [programme.model_copy(update={"parking": parking})]}
    )
    text = compared(decision, decided(changed), "fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert "Verdict : NON CONFORME → CONFORME" in text
    assert "NON RESPECTÉE → respectée" in text
    assert "16 places" in text
    assert "18 places" in text
    assert "constaté : 16 places → 18 places" in text
    assert "Programme : modifié" in text
    english = compared(decision, decided(changed), "en").replace("\u00a0", " ")
    assert "NOT COMPLIANT → COMPLIANT" in english
    assert "observed: 16 places → 18 places" in english


def test_the_same_file_under_another_day_says_that_the_law_moved(
    worked: tuple[Submission, Decision],
) -> None:
    submission, decision = worked
    _, books = applicable(submission, [])
    then = decide(submission, books, law_date(submission, date(2015, 6, 1), TODAY))
    text = compared(then, decision, "fr").replace("\u00a0", " ")
    assert "Programme : le même, à la lettre près." in text
    assert "Droit applicable : 1er juin 2015 → 12 janvier 2026" in text


def test_it_looks_like_a_page(worked: tuple[Submission, Decision], tmp_path: Path) -> None:
    """Chromium renders it without a word on its console, and something is drawn."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed here (Debian: chromium)")
    submission, decision = worked
    path, shot = tmp_path / "p.html", tmp_path / "p.png"
    path.write_text(render(decision, submission, "fr"), encoding="utf-8")
    quiet = (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    )
    done = subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            *quiet,
            f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=400,1200",
            f"--screenshot={shot}",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert shot.stat().st_size > 10_000
    assert "CONSOLE" not in done.stderr


def test_a_finding_unfolds_down_to_the_dwellings_counted(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    reader = parsed(render(decision, submission, "fr"))
    boxes = {a["id"] for tag, a in reader.tags if tag == "g" and a.get("class") == "unit"}
    links = {
        str(a["href"])[1:] for tag, a in reader.tags if tag == "a" and str(a.get("href")).startswith("#")
    }
    assert {link for link in links if link.startswith("dwellings-")} <= boxes
    counted = [a for _, a in reader.tags if a.get("class") == "who"]
    assert counted
    assert all(a["tabindex"] == "0" for a in counted)
    text = " ".join("".join(reader.text).split())
    assert "comptés : logements locatifs aidés ou intermédiaires12 logements" in text.replace("\u00a0", " ")


def test_the_page_without_its_programme_still_unfolds(worked: tuple[Submission, Decision]) -> None:
    _, decision = worked
    page = render(decision, None, "en")
    assert 'class="step"' in page
    assert 'href="#dwellings' not in page
    assert "<bdi>A101</bdi>" in page


def test_a_page_made_from_the_json_of_its_decision_is_the_same(worked: tuple[Submission, Decision]) -> None:
    submission, decision = worked
    again = Submission.model_validate_json(submission.model_dump_json())
    assert render(contract.read(decision.canonical()), again, "fr") == render(decision, submission, "fr")
