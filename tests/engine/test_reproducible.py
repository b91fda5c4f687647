"""The same inputs give the same bytes: in any process, locale, cache, order of keys."""

import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rulings import book, decide

from mixrules.authoring.example import submission_of
from mixrules.engine.decide import decide as decide_all
from mixrules.engine.law_date import LawDate
from mixrules.rulebook.library import Library

HERE = Path(__file__).parent
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from rulings import decide, book
if len(sys.argv) > 2:
    import locale
    locale.setlocale(locale.LC_ALL, sys.argv[2])
rules = book(
    parameters={"t": {"by": "tenure", "unit": "%", "rows": {"PLAI, PLUS": "10.5 %", "PLS": "20 %"}}},
    rules={
        "r": {"obligation": {"require": "share(tenure in {PLAI, PLUS} of dwellings) >= 33.3 %"}},
        "s": {"obligation": {"at": "landing", "require": "distinct(tenure of dwellings) >= 2"}},
        "a": {"advantage": {"grants": "floor_area", "rate": "if any(dwellings, t[tenure] > 10 %) then 1.5 % else 2 %"}},
    },
)
given = {"dwellings": ["3 PLUS @ A/1/R1", "2 libre @ A", "PLAI|PLUS|PLS", {"tenure": "PLS", "floor_area": "52,10"}]}
sys.stdout.buffer.write(decide(rules, given).canonical())
"""


def run(*arguments, **environment):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(HERE), *arguments],
        capture_output=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    return ran.stdout


def test_the_bytes_do_not_depend_on_the_hash_seed():
    assert len({run(PYTHONHASHSEED=seed) for seed in ("0", "1", "424242")}) == 1


def test_the_bytes_do_not_depend_on_a_decimal_comma():
    before = locale.setlocale(locale.LC_ALL)
    for name in ("fr_FR.UTF-8", "de_DE.UTF-8", "fr_FR.utf8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_ALL, before)
        assert run(name) == run()
        return
    pytest.skip("no locale with a decimal comma here")


SHIPPED = "fr.urb.L111-24"
FILE = {"commune": {"carence": "oui"}, "collective": "oui", "dwellings": ["5 PLUS", "15 libre"]}


def decided():
    from datetime import date

    law = LawDate(date(2026, 3, 1), "x", "x")
    return decide_all(submission_of(FILE), [Library().get(SHIPPED)], law).canonical()


def test_the_cache_changes_nothing(own_cache, monkeypatch):
    fresh = decided()
    kept = list(own_cache.iterdir())
    assert kept
    assert decided() == fresh
    for entry in kept:
        whole = entry.read_bytes()
        for damaged in (
            b"",
            b"null",
            b"[]",
            b'["Rulebook"]',
            b'["nobody"]',
            whole[: len(whole) // 2],
            b"\xff\xfe",
        ):
            entry.write_bytes(damaged)
            assert decided() == fresh
    monkeypatch.setenv("MIXRULES_CACHE", "")
    assert decided() == fresh
    (own_cache / "file").write_text("")
    monkeypatch.setenv("MIXRULES_CACHE", str(own_cache / "file"))
    assert decided() == fresh


RULES = book(inputs={"facts.x": {"type": "yes_no"}, "point": {"at": "dwelling", "unit": "point"}, "autre": {"at": "dwelling"}},
             rules={"r": {"obligation": {"require": "sum(point of dwellings) >= 2"}}})  # fmt: skip


def test_the_order_of_keys_changes_no_byte():
    one = {"dwellings": [{"facts": {"point": 1, "autre": "oui"}, "tenure": "PLUS"}, {"tenure": "PLUS"}]}
    other = {"dwellings": [{"tenure": "PLUS"}, {"tenure": "PLUS", "facts": {"autre": "oui", "point": 1}}]}
    assert decide(RULES, one).canonical() == decide(RULES, other).canonical()


def test_two_programmes_of_one_name_keep_theirs_whatever_the_order_of_their_rows():
    def listed(*programmes):
        return decide(
            RULES, {"programmes": [{"name": "P", "dwellings": list(lines)} for lines in programmes]}
        )

    a, b = ({"tenure": t, "facts": {"point": p}} for t, p in (("PLAI", 1), ("PLUS", 3)))
    c = {"tenure": "libre", "facts": {"point": 0}}
    assert (
        listed([a, c], [b]).canonical() == listed([b], [c, a]).canonical() == listed([c, a], [b]).canonical()
    )
