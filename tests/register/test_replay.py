"""Kept decisions are decided again to the same bytes; under other rules, what changes is said."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mixrules.cli.selection import library
from mixrules.programme.model import Submission
from mixrules.register import replay as replaying
from mixrules.register.content import address, pack
from mixrules.register.ledger import Dossier, Register
from mixrules.register.reconsideration import Reconsideration
from mixrules.register.replay import Replay, differences
from mixrules.rulebook.library import Library, shipped

Named = Callable[[str], Dossier]
L111 = "fr.urb.L111-24"


def test_every_decision_is_the_same_to_the_byte(register: Register) -> None:
    replay = Replay(register)
    assert [replay.again(link).outcome for link in register.links()] == ["identical"] * 5


def test_the_rules_of_today_do_not_matter(
    register: Register, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The shipped rulebooks may change or go: a kept decision carries its own."""
    monkeypatch.setattr("mixrules.rulebook.library.shipped", lambda: tmp_path)
    assert Library().ids == []
    assert Replay(register).again(register.link(1)).outcome == "identical"


def test_what_differs_is_said_with_what_may_explain_it(
    location: str, whole: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision that an older engine gave, and that this one does not give."""
    from mixrules.register.content import unpack

    old = json.loads(unpack(whole.contents[whole.entry.decision]))
    old["verdict"], old["digest"] = "compliant", "sha256:0"
    stored = pack(json.dumps(old).encode())
    entry = whole.entry.replace(decision=address(stored), digest="sha256:0", mixrules="0.0.1")
    with Register.for_writing(location) as register:
        link = register.append(
            whole.replace(entry=entry, contents={**whole.contents, address(stored): stored})
        )
        found = Replay(register).again(link)
    assert found.outcome == "different"
    assert [d.path for d in found.differences] == ["/digest", "/verdict"]
    assert found.differences[1].before == '"compliant"'
    assert ("mixrules", "0.0.1", replaying.__version__) in found.why


def test_other_evaluators_give_the_same_decision(location: str, whole: Dossier) -> None:
    from mixrules.register.content import unpack

    old = json.loads(unpack(whole.contents[whole.entry.decision]))
    old["evaluators"] = ["direct"]
    stored = pack(json.dumps(old).encode())
    entry = whole.entry.replace(decision=address(stored), evaluators=["direct"])
    with Register.for_writing(location) as register:
        link = register.append(
            whole.replace(entry=entry, contents={**whole.contents, address(stored): stored})
        )
        found = Replay(register).again(link)
    assert found.outcome == "same"
    assert [name for name, _, _ in found.why] == ["evaluators"]


def test_a_damaged_entry_is_impossible_to_replay(register: Register, location: str) -> None:
    import sqlite3

    with sqlite3.connect(location) as connection:
        connection.execute("DROP TRIGGER contents_no_update")
        connection.execute("UPDATE contents SET stored = x'00'")
    connection.close()
    found = Replay(register).again(register.link(1))
    assert found.outcome == "impossible"
    assert "verify" in found.error


def stricter(folder: Path) -> Path:
    """The shipped rulebook of L. 111-24 with a higher share."""
    text = next(p for p in shipped().rglob("L111-24.yaml")).read_text(encoding="utf-8")
    assert "30 %" in text
    folder.mkdir()
    path = folder / "L111-24.yaml"
    path.write_text(text.replace("30 %", "95 %"))
    return path


def test_other_rules_take_the_place_of_those_of_their_name(register: Register, tmp_path: Path) -> None:
    path = stricter(tmp_path / "other")
    others = Reconsideration(Replay(register), *library([str(path)]))
    found = others.again(register.link(1), None)
    assert not found.error
    assert {change.what for change in found.changes} <= {"verdict", "land_price", "advantage"}
    # The other rulebooks of the decision still apply: nothing of them is lost.
    assert not any("modele" in change.rule for change in found.changes)


def test_only_other_rules(register: Register) -> None:
    others = Reconsideration(Replay(register), *library([L111]), only=True)
    found = others.again(register.link(1), None)
    assert any(change.rule.startswith("fr.modele") and not change.after for change in found.changes)


def test_another_date(register: Register) -> None:
    """Before 2026 the law of L. 111-24 was not that of today: the change is in the table, or there is none."""
    others = Reconsideration(Replay(register), *library([L111]))
    same = others.again(register.link(1), None)
    assert same.changes == []
    assert same.verdict_before == same.verdict_after
    earlier = others.again(register.link(1), date(2014, 1, 1))
    assert earlier.verdict_before != earlier.verdict_after


def test_rules_of_another_commune_stay_away(register: Register, tmp_path: Path) -> None:
    found, _ = library([])
    others = Reconsideration(
        Replay(register), found, [n for n in found.ids if n.startswith("fr.local.38185")]
    )
    assert others.again(register.link(1), None).changes == []


@pytest.mark.parametrize(
    ("before", "after", "paths"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["/a"]),
        ({"a": 1}, {}, ["/a"]),
        ([1, 2], [1], ["/1"]),
        ({"a": [{"b": None}]}, {"a": [{"b": 0}]}, ["/a/0/b"]),
        ({"a": 1}, [1], [""]),
    ],
)
def test_differences_name_their_place(before: object, after: object, paths: list[str]) -> None:
    assert [d.path for d in differences(before, after)] == paths


def test_a_submission_is_kept_exactly(register: Register, submission: Submission) -> None:
    assert Replay(register).submission(register.link(1).entry()) == submission
