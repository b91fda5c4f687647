"""A register shows whatever was changed, removed, inserted or moved in it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mixrules.register import checkpoint
from mixrules.register.content import pack
from mixrules.register.entry import chained
from mixrules.register.ledger import Dossier, Register
from mixrules.register.signature import checker, make, signer
from mixrules.register.verification import verify

Named = Callable[[str], Dossier]


def codes(register: Register, **options: object) -> list[tuple[str, str]]:
    return [(f.code, dict(f.args).get("number", "")) for f in verify(register, **options).faults]


def tampered(location: str, *statements: str | tuple[str, tuple[object, ...]]) -> Register:
    """Change the file as somebody with a SQLite shell would, guards removed."""
    with sqlite3.connect(location) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(*([statement] if isinstance(statement, str) else statement))
    connection.close()
    return Register.open(location)


def test_a_register_as_written_is_whole(register: Register) -> None:
    found = verify(register)
    assert found.whole
    assert found.entries == 5
    assert found.last == register.link(5).hash


@pytest.mark.parametrize("table", ["entries", "contents", "about"])
@pytest.mark.parametrize("verb", ["DELETE FROM {0}", "UPDATE {0} SET rowid = rowid"])
def test_the_database_itself_refuses_changes(
    register: Register, location: str, table: str, verb: str
) -> None:
    with sqlite3.connect(location) as connection, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(verb.format(table))
    connection.close()


def test_a_changed_entry_is_named(register: Register, location: str) -> None:
    text = register.link(3).text.replace(b"non-compliant", b"compliant")
    found = tampered(location, ("UPDATE entries SET text = ? WHERE number = 3", (text,)))
    assert codes(found) == [("entry_changed", "3")]


def test_an_entry_changed_with_its_hash_breaks_the_next(register: Register, location: str) -> None:
    link = register.link(3)
    text = link.text.replace(b"non-compliant", b"compliant")
    digest = chained(3, link.previous, text)
    found = tampered(location, ("UPDATE entries SET text = ?, hash = ? WHERE number = 3", (text, digest)))
    assert codes(found) == [("entry_misplaced", "4")]


def test_a_removed_entry_is_named(register: Register, location: str) -> None:
    assert codes(tampered(location, "DELETE FROM entries WHERE number = 2")) == [("entries_gone", "3")]


def test_a_removed_and_closed_up_entry_is_named(register: Register, location: str) -> None:
    found = tampered(
        location,
        "DELETE FROM entries WHERE number = 2",
        "UPDATE entries SET number = number - 1 WHERE number > 2",
    )
    assert ("entry_misplaced", "2") in codes(found)


def test_swapped_entries_are_named(register: Register, location: str) -> None:
    found = tampered(
        location,
        "UPDATE entries SET number = 99 WHERE number = 2",
        "UPDATE entries SET number = 2 WHERE number = 3",
        "UPDATE entries SET number = 3 WHERE number = 99",
    )
    assert {number for _, number in codes(found)} >= {"2", "3"}


def test_an_inserted_entry_is_named(register: Register, location: str) -> None:
    link = register.link(2)
    copied = "text, NULL, programme, law, decision, dossier, district FROM entries WHERE number = 2"
    found = tampered(
        location,
        *(f"UPDATE entries SET number = {n + 1} WHERE number = {n}" for n in (5, 4, 3)),
        (f"INSERT INTO entries SELECT 3, ?, ?, {copied}", ("0" * 63 + "1", chained(3, link.hash, link.text))),
    )
    assert ("entry_misplaced", "3") in codes(found)


def test_no_two_entries_follow_the_same_one(register: Register, location: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="previous"):
        tampered(
            location,
            "INSERT INTO entries SELECT 9, previous, 'x', text, NULL, programme, law, decision, dossier, "
            "district FROM entries WHERE number = 2",
        )


@pytest.mark.parametrize("column", ["dossier", "district"])
def test_a_changed_column_is_named(register: Register, location: str, column: str) -> None:
    found = tampered(location, f"UPDATE entries SET {column} = 'other' WHERE number = 4")
    assert codes(found) == [("column_changed", "4")]


@pytest.mark.parametrize("part", ["programme", "decision"])
def test_a_changed_content_is_named(register: Register, location: str, part: str) -> None:
    where = getattr(register.link(1).entry(), part)
    changed = ("UPDATE contents SET stored = ? WHERE address = ?", (pack(b"{}"), where))
    assert codes(tampered(location, changed)) == [("content_changed", str(n)) for n in range(1, 6)]


def test_a_changed_rulebook_is_named(register: Register, location: str) -> None:
    found = tampered(
        location,
        "UPDATE contents SET stored = x'00' WHERE address NOT IN "
        "(SELECT programme FROM entries UNION SELECT decision FROM entries UNION SELECT law FROM entries)",
    )
    assert {number for _, number in codes(found)} == {"1", "2", "3", "4", "5"}


def test_removed_contents_are_named(register: Register, location: str) -> None:
    found = tampered(location, "DELETE FROM contents")
    assert {code for code, _ in codes(found)} == {"content_gone", "content_changed"}


def test_a_cut_end_needs_a_checkpoint(register: Register, location: str) -> None:
    point = checkpoint.of(register)
    found = tampered(location, "DELETE FROM entries WHERE number > 3")
    assert codes(found) == []
    assert codes(found, checkpoints=[point]) == [("checkpoint_cut", "5")]


def test_a_register_written_anew_needs_a_checkpoint(register: Register, location: str, named: Named) -> None:
    point = checkpoint.of(register)
    identity = register.facts()["register"]
    Path(location).unlink()
    again = Register.for_writing(location)
    for number in range(1, 6):
        again.append(named(f"PC {number} changed"))
    found = tampered(location, ("UPDATE about SET value = ? WHERE key = 'register'", (identity,)))
    assert codes(found) == []
    assert codes(found, checkpoints=[point]) == [("checkpoint_missed", "5")]


def test_a_checkpoint_of_another_register_is_said(register: Register, whole: Dossier, tmp_path: Path) -> None:
    other = Register.for_writing(str(tmp_path / "other.db"))
    other.append(whole)
    assert codes(register, checkpoints=[checkpoint.of(other)])[0][0] == "checkpoint_stranger"


def test_signed_entries_hold_under_their_key_alone(
    location: str, whole: Dossier, named: Named, tmp_path: Path
) -> None:
    public = make(tmp_path / "town.pem")
    stranger = make(tmp_path / "stranger.pem")
    register = Register.for_writing(location)
    register.append(whole, signer(tmp_path / "town.pem"))
    assert codes(register, holds=checker(public)) == []
    assert codes(register, holds=checker(stranger)) == [("signature_false", "1")]
    register.append(named("PC unsigned"))
    assert codes(register, holds=checker(public)) == [("entry_unsigned", "2")]


def test_a_private_key_is_its_owners_alone(tmp_path: Path) -> None:
    make(tmp_path / "town.pem")
    assert (tmp_path / "town.pem").stat().st_mode & 0o777 == 0o600


def test_every_bit_counts(register: Register, location: str, tmp_path: Path) -> None:
    text = register.link(2).text
    for place in range(0, len(text), 37):
        changed = bytearray(text)
        changed[place] ^= 1
        copy = tmp_path / "copy.db"
        copy.write_bytes(Path(location).read_bytes())
        found = tampered(str(copy), ("UPDATE entries SET text = ? WHERE number = 2", (bytes(changed),)))
        assert ("entry_changed", "2") in codes(found)


@pytest.mark.parametrize("column", ["text", "hash", "previous", "signature", "programme", "law", "decision"])
@pytest.mark.parametrize("value", ["''", "'é'", "12", "1.5", "x'ff'"])
def test_nothing_that_is_put_in_a_column_stops_the_verification(
    register: Register, location: str, column: str, value: str, tmp_path: Path
) -> None:
    found = tampered(location, f"UPDATE entries SET {column} = {value} WHERE number = 2")
    public = make(tmp_path / "town.pem")
    assert any(number in {"2", "3"} for _, number in codes(found, holds=checker(public)))
