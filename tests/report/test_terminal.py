"""What `check` shows in a terminal: the verdict first, figures in columns, within any width, in any encoding."""

import re
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
from mixrules.report.terminal import screen
from mixrules.report.terminal.document import render
from mixrules.report.terminal.figures import quantity
from mixrules.report.terminal.screen import Screen
from mixrules.report.terminal.sheet import cells

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 4, 20)
FILES = ["programme-mixte.xlsx", "quartier-exemple.json", "quartier-charte.json", "paris/2003749.json"]
COLOUR = re.compile("\x1b\\[[0-9;]*m")


def decided(submission: Submission) -> Decision:
    _, books = applicable(submission, [])
    return decide(submission, books, law_date(submission, None, TODAY))


@pytest.fixture(scope="module", params=FILES)
def decision(request: pytest.FixtureRequest) -> Decision:
    return decided(read(ROOT / "fixtures" / request.param).submission)


@pytest.fixture(scope="module")
def mixed() -> Decision:
    return decided(read(ROOT / "fixtures/programme-mixte.xlsx").submission)


def on(width: int, *, colour: bool = False, encoding: str = "utf-8") -> Screen:
    return Screen(width, colour, encoding)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(decision: Decision, lang: Any, width: int) -> None:
    for line in render(decision, lang, screen=on(width)).splitlines():
        assert cells(line) <= width, line
        assert line == line.rstrip()


def test_a_report_opens_on_the_verdict_and_the_worst(mixed: Decision) -> None:
    text = render(mixed, "fr")
    assert text.startswith("✗ NON CONFORME\n")
    binding = text[text.index("Règles opposables") : text.index("Avantages\n")]
    assert binding.index("NON RESPECTÉE") < binding.index("respectée\n")
    assert text.index("Règles opposables") < text.index("Charte et contrats")


def test_figures_stand_one_under_the_other(mixed: Decision) -> None:
    lines = render(mixed, "fr").replace("\u00a0", " ").splitlines()
    head = next(line for line in lines if line.split() == ["Constaté", "Exigé", "Écart"])
    short = next(line for line in lines if line.endswith("16 places   ≥ 18 places   −2 places"))
    assert head.index("Constaté") + len("Constaté") == short.index("16 places") + len("16 places")
    assert len(head) == len(short)


def test_a_narrow_screen_names_its_figures(mixed: Decision) -> None:
    text = " ".join(render(mixed, "fr", screen=on(50)).replace("\u00a0", " ").split())
    assert "constaté 16 places · exigé ≥ 18 places · écart −2 places" in text


def test_colours_only_repeat_what_signs_and_words_say(decision: Decision) -> None:
    painted = render(decision, "fr", screen=on(100, colour=True))
    assert "\x1b[" in painted
    assert COLOUR.sub("", painted) == render(decision, "fr", screen=on(100))


def test_no_colour_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not screen.here().colour
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert screen.here().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not screen.here().colour


@pytest.mark.parametrize(("columns", "width"), [("10", 40), ("72", 72), ("200", 120)])
def test_the_width_is_that_of_the_terminal_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert screen.here().width == width


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp850"])
def test_a_terminal_that_is_not_utf8_shows_what_it_can(decision: Decision, encoding: str) -> None:
    text = render(decision, "fr", screen=on(80, encoding=encoding))
    assert text.encode(encoding)
    assert "conforme".upper() in text or "IND" in text
    assert text.count("?") <= render(decision, "fr", screen=on(80)).count("?") + 2


def test_a_name_cannot_steer_the_terminal() -> None:
    name = "\x1b[31mCONFORME\x1b[0m\u202e"
    submission = Submission.model_validate(
        {"id": name, "programmes": [{"id": "p", "name": name, "dwellings": [{"count": 4}]}]}
    )
    text = render(decided(submission), "fr")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[U+001B][31mCONFORME" in text


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("2/4", "ratio", "50 %"),
        ("1272000.00", "€", "1 272 000 €"),
        ("3..5", "dwelling", "3 logements – 5 logements"),
        ("0.00..", "€", ""),
        ("4..", "dwelling", "≥ 4 logements"),
        ("unknown", "ratio", ""),
    ],
)
def test_exact_strings_as_cells(text: str, unit: str, shown: str) -> None:
    assert quantity(text, unit, "fr").replace("\u00a0", " ").replace("\u202f", " ") == shown


def test_the_readme_shows_what_check_prints(mixed: Decision) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("## What you see")[1].split("```")[1]
    printed = {_loose(line) for line in render(mixed, "fr").splitlines()}
    for line in shown.splitlines():
        assert not line.strip() or line.strip() == "…" or _loose(line) in printed, line


def _loose(line: str) -> str:
    """A line without the digests, which follow the evaluators' version and the rulebooks."""
    return re.sub(r"[0-9a-f]{8,12}", "#", re.sub(r"[\u00a0\u202f]", " ", line)).strip()
