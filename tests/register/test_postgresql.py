"""The same register on a PostgreSQL server: appended, guarded, verified, and what a lost connection does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mixrules.message import InvalidInputError
from mixrules.register.entry import chained
from mixrules.register.ledger import Dossier, NotKeptError, Register, shown
from mixrules.register.replay import Replay
from mixrules.register.verification import verify

Named = Callable[[str], Dossier]


@pytest.fixture
def on_server(server: Any) -> Register:
    return Register.for_writing(server())


def test_what_is_kept_is_verified_and_replayed(on_server: Register, named: Named) -> None:
    for number in range(3):
        on_server.append(named(f"PC {number}"))
    again = Register.open(on_server.location)
    assert verify(again).whole
    replay = Replay(again)
    assert {replay.again(link).outcome for link in again.links()} == {"identical"}


def test_the_same_entries_have_the_same_hashes_in_a_file(
    on_server: Register, location: str, named: Named
) -> None:
    embedded = Register.for_writing(location)
    for number in range(3):
        dossier = named(f"PC {number}")
        assert on_server.append(dossier) == embedded.append(dossier)


def test_officers_at_once(on_server: Register, named: Named) -> None:
    with ThreadPoolExecutor(6) as pool:
        links = list(pool.map(lambda number: on_server.append(named(f"PC {number}")), range(48)))
    assert sorted(link.number for link in links) == list(range(1, 49))
    assert verify(on_server).whole


@pytest.mark.parametrize(
    "statement", ["UPDATE entries SET dossier = 'x'", "DELETE FROM entries", "TRUNCATE contents"]
)
def test_the_server_refuses_changes(on_server: Register, named: Named, statement: str) -> None:
    on_server.append(named("PC 1"))
    with pytest.raises(DBAPIError, match="only grows"), on_server.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_change_by_the_owner_of_the_server_is_named(on_server: Register, named: Named) -> None:
    for number in range(3):
        on_server.append(named(f"PC {number}"))
    with on_server.engine.begin() as connection:
        connection.execute(text("ALTER TABLE entries DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE entries SET dossier = 'PC 9' WHERE number = 2"))
    assert [fault.code for fault in verify(on_server).faults] == ["column_changed"]


def test_a_server_that_is_away(named: Named) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Register.for_writing("postgresql://mixrules:secret@127.0.0.1:1/register")
    assert caught.value.problems[0].code == "register_unusable"
    assert "secret" not in caught.value.problems[0].render("en")
    assert "secret" not in shown("postgresql://mixrules:secret@127.0.0.1:1/register")


def test_a_connection_cut_before_the_commit(on_server: Register, named: Named) -> None:
    """An administrator ends the session while the entry is being written: not kept, and said so."""
    on_server.append(named("PC 1"))

    def cut(_: str) -> bytes:
        with on_server.engine.connect() as other:
            query = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
            other.execute(text(query))
        return b"signature"

    with pytest.raises(NotKeptError) as caught:
        on_server.append(named("PC 2"), cut)
    assert not caught.value.doubtful
    assert on_server.count() == 1
    assert on_server.append(named("PC 3")).number == 2
    assert verify(on_server).whole


def test_a_server_that_stops_in_the_middle(server: Any, named: Named) -> None:
    """The server goes down for good while the entry is written: nobody can say, and the hash is given."""
    register = Register.for_writing(server())
    register.append(named("PC 1"))

    def stop(_: str) -> bytes:
        server.restart("-m", "immediate", "stop")
        return b"signature"

    try:
        with pytest.raises(NotKeptError) as caught:
            register.append(named("PC 2"), stop)
    finally:
        server.restart("-o", server.options, "start")
    link = register.link(1)
    assert caught.value.doubtful == chained(2, link.hash, named("PC 2").entry.text())
    assert register.count() == 1
    assert verify(register).whole


def test_a_lost_answer_to_a_kept_entry(
    on_server: Register, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit reached the server and its answer did not come back: the entry is found, not doubled."""
    from contextlib import contextmanager

    from sqlalchemy.exc import OperationalError

    from mixrules.register import storage

    whole = storage.appending

    @contextmanager
    def losing(engine: Any) -> Any:
        with whole(engine) as connection:
            yield connection
        raise OperationalError("COMMIT", None, Exception("server closed the connection unexpectedly"))

    monkeypatch.setattr(storage, "appending", losing)
    link = on_server.append(named("PC 1"))
    assert link.number == 1
    assert on_server.count() == 1
