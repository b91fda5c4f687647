"""The page for everybody: axe-core finds nothing to reproach, and the keyboard reaches and works everything.

Skipped where Chromium is not installed (Debian: chromium); axe-core travels in the wheel of axe-playwright-python.
"""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Submission
from mixrules.programme.reading import read
from mixrules.report.page.document import render

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ASKED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
REACHED = 'a[href], summary, button, input, select, [tabindex="0"]'

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here")


def page_of(submission: Submission, lang: Any) -> str:
    _, books = applicable(submission, [])
    return render(decide(submission, books, law_date(submission, None, date(2026, 4, 20))), submission, lang)


def small(**site: Any) -> Submission:
    """Six dwellings on two landings, and a line that stands nowhere."""
    lines = [
        {
            "lot": str(n),
            "building": "A",
            "stairwell": "1",
            "floor": f"R+{n // 3}",
            "landing": "1",
            "tenure": ["PLUS", "libre", "BRS"][n % 3],
            "rooms": 3,
            "floor_area": "60.00",
        }
        for n in range(6)
    ]
    lines.append({"tenure": "libre", "count": 2})
    one = {"id": "p", "name": "Les Halles", "collective": True, "dwellings": lines, **site}
    return Submission.model_validate({"id": "PC 1", "programmes": [one]})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


def opened(browser: Any, tmp_path: Path, page: str, size: dict[str, int], **how: Any) -> Any:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    # The page refuses foreign scripts: the checker comes in beside its policy.
    shown = browser.new_context(viewport=size, bypass_csp=True, **how).new_page()
    shown.goto(path.as_uri())
    return shown


def violations(shown: Any) -> list[str]:
    import axe_playwright_python

    shown.evaluate(Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    found = shown.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", ASKED)
    assert found["testEngine"]["name"] == "axe-core"
    return [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"][:3]]


@pytest.mark.parametrize(
    ("name", "lang", "size"),
    [
        ("programme-mixte.xlsx", "fr", PHONE),
        ("quartier-exemple.json", "en", DESK),
        ("sitadel/0315552503438.json", "fr", DESK),
    ],
)
def test_axe_finds_nothing(browser: Any, tmp_path: Path, name: str, lang: Any, size: dict[str, int]) -> None:
    page = page_of(read(ROOT / "fixtures" / name).submission, lang)
    shown = opened(browser, tmp_path, page, size)
    # What is folded is looked at too, but for the steps inside the steps.
    shown.evaluate("document.querySelectorAll('details:not(.step)').forEach(d => d.open = true)")
    assert violations(shown) == []


def compliant() -> Submission:
    """Six dwellings outside a commune in default, with the places that the plan asks for."""
    lines = [{"tenure": "libre", "residence": "ordinary", "lot": str(n)} for n in range(6)]
    one = {
        "name": "Les Halles",
        "collective": True,
        "housing_floor_area": "480",
        "parking": {"places": 6},
        "sector": {"parking_ratio": "1"},
        "site": {"station_distance": "900", "transit_quality": False},
        "dwellings": lines,
    }
    return Submission.model_validate({"commune": {"carence": False}, "programmes": [one]})


@pytest.mark.parametrize(("lang", "size"), [("fr", PHONE), ("en", DESK)])
def test_axe_finds_nothing_where_all_is_compliant(browser: Any, tmp_path: Path, lang: Any, size: Any) -> None:
    page = page_of(compliant(), lang)
    shown = opened(browser, tmp_path, page, size)
    assert {"fr": "CONFORME", "en": "COMPLIANT"}[lang] in shown.locator("body").inner_text().upper()[:200]
    shown.evaluate("document.querySelectorAll('details:not(.step)').forEach(d => d.open = true)")
    assert violations(shown) == []


def test_axe_would_find_something(browser: Any, tmp_path: Path) -> None:
    page = page_of(small(), "fr").replace('<html lang="fr">', "<html>").replace("--soft:#555", "--soft:#bbb")
    found = violations(opened(browser, tmp_path, page, DESK))
    assert {line.split(":")[0] for line in found} >= {"html-has-lang", "color-contrast"}


def test_nothing_is_wider_than_a_phone(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, page_of(small(), "fr"), {"width": 320, "height": 600})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, page_of(small(), "fr"), DESK)
    wanted = shown.evaluate(
        "q => [...document.querySelectorAll(q)].filter(e => e.checkVisibility())"
        ".map((e, n) => { e.dataset.tried = n; return n })",
        REACHED,
    )
    reached, bare = [], []
    for _ in wanted:
        shown.keyboard.press("Tab")
        place, outlined = shown.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.dataset.tried, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0] })()"
        )
        reached.append(int(place) if place else -1)
        if not outlined:
            bare.append(place)
    assert reached == wanted
    assert bare == []


def test_enter_and_space_describe_a_dwelling_and_open_a_finding(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, page_of(small(), "fr"), DESK)
    for number, key in enumerate(("Enter", " ")):
        unit = shown.locator(".unit").nth(number)
        unit.focus()
        shown.keyboard.press(key)
        assert shown.locator("#told").inner_text() == unit.get_attribute("data-told")
    folded = shown.locator("details:not([open]) > summary").first
    folded.evaluate("e => e.dataset.tried = 'yes'")
    folded.focus()
    shown.keyboard.press("Enter")
    assert shown.locator("[data-tried]").evaluate("e => e.parentElement.open")


def test_nothing_moves_and_everything_is_printed(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, page_of(small(), "fr"), DESK, reduced_motion="reduce")
    assert shown.evaluate("document.getAnimations().length") == 0
    shown.emulate_media(media="print")
    told = shown.locator("details:not(.step) > p").first
    assert told.evaluate("e => e.getBoundingClientRect().height > 0")
    assert not shown.locator("#told").is_visible()
