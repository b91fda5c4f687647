"""Names are sealed apart: they can be erased, and the chain holds without them."""

from datetime import date

import pytest

from mixrules.cli.selection import applicable
from mixrules.engine.decide import decide, digest
from mixrules.engine.law_date import law_date
from mixrules.programme.model import Applicant, Submission
from mixrules.register import name
from mixrules.register.dossier import Asked, dossier
from mixrules.register.ledger import Dossier, Register
from mixrules.register.replay import Replay
from mixrules.register.verification import verify

WHO = Applicant(name="SCI Les Tilleuls", address="1 rue du Port")


@pytest.fixture(scope="module")
def signed(submission: Submission) -> Dossier:
    asked = submission.model_copy(update={"applicant": WHO})
    found, books = applicable(asked, [])
    today = date(2026, 6, 1)
    decision = decide(asked, books, law_date(asked, None, today))
    return dossier(asked, found, books, decision, Asked(None, today), "Une instructrice")


def test_who_applies_does_not_change_the_decision(submission: Submission) -> None:
    assert digest(submission.model_copy(update={"applicant": WHO})) == digest(submission)


def test_no_name_stands_in_the_chain(location: str, signed: Dossier) -> None:
    with Register.for_writing(location) as register:
        link = register.append(signed)
        entry = link.entry()
        contents = [register.content(getattr(entry, part)) for part in ("programme", "decision", "law")]
    for text in (link.text, *contents):
        assert b"Tilleuls" not in text
        assert b"instructrice" not in text


def test_names_are_read_until_they_are_erased(location: str, signed: Dossier) -> None:
    with Register.for_writing(location) as register:
        entry = register.append(signed).entry()
        sealed = register.name(entry.applicant)
        assert sealed is not None
        assert name.opened(sealed)["name"] == "SCI Les Tilleuls"
        assert register.erase(entry.applicant)
        assert register.name(entry.applicant) is None
        assert name.opened(register.name(entry.officer)) == "Une instructrice"
        assert not register.erase(entry.applicant)
        assert verify(register).whole
        assert Replay(register).again(register.link(1)).outcome == "identical"


def test_the_same_name_seals_differently_each_time() -> None:
    first, again = name.seal("SCI Les Tilleuls"), name.seal("SCI Les Tilleuls")
    assert first[0] != again[0]
    assert b"Tilleuls" in first[1]


def test_a_changed_name_is_noticed(location: str, signed: Dossier) -> None:
    import sqlite3

    with Register.for_writing(location) as register:
        register.append(signed)
        with sqlite3.connect(location) as connection:
            connection.execute("DROP TRIGGER names_no_update")
            connection.execute("UPDATE names SET sealed = replace(sealed, 'Tilleuls', 'Chênes')")
        connection.close()
        assert {fault.code for fault in verify(register).faults} == {"name_changed"}
