"""The tables of a register, the same in SQLite and PostgreSQL, and the connection to them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    text,
)
from sqlalchemy.pool import QueuePool

VERSION = "1"
"""The version of these tables; a newer mixrules brings an older register up to its own."""
WAIT = 30
"""Seconds to wait for another officer who is writing."""

metadata = MetaData()
about = Table("about", metadata, Column("key", String, primary_key=True), Column("value", String))
contents = Table(
    "contents",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("stored", LargeBinary, nullable=False),
)
entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("text", LargeBinary, nullable=False),
    Column("signature", LargeBinary),
    # What the text says too, to find entries by: `verify` compares them.
    Column("programme", String(64), nullable=False),
    Column("law", String(64), nullable=False),
    Column("decision", String(64), nullable=False),
    Column("dossier", String, nullable=False),
    Column("district", String, nullable=False),
)
Index("entries_by_dossier", entries.c.dossier)
Index("entries_by_district", entries.c.district)
names = Table(
    "names",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

_KEPT = ("about", "contents", "entries")
"""Tables that only grow; names may be erased, never changed."""


def url_of(location: str) -> str:
    """The address of a register for the database library: a file is SQLite, `postgresql://` a server."""
    if re.match(r"postgres(ql)?(\+psycopg)?://", location):
        return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", location)
    return "sqlite:///" + str(file_of(location))


def file_of(location: str) -> Path:
    """The file of an embedded register."""
    return Path(re.sub(r"^sqlite:(///)?", "", location))


def is_server(location: str) -> bool:
    """Whether a register is held by a database server."""
    return url_of(location).startswith("postgresql")


def connect(location: str, *, writing: bool) -> Engine:
    """An engine for a register; nothing is opened until it is used."""
    if is_server(location):
        return create_engine(
            url_of(location),
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={WAIT * 1000}"},
        )
    path = file_of(location)

    def opened() -> sqlite3.Connection:
        # A reader too may have to mend what a killed writer left; a write-protected file opens all the same.
        place = f"{path.resolve().as_uri()}?mode={'rwc' if writing else 'rw'}"
        connection = sqlite3.connect(
            place, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
        )
        # A decision that the command says is kept is on the disk, power cut or not.
        connection.execute("PRAGMA synchronous = FULL")
        if not writing:
            connection.execute("PRAGMA query_only = ON")
        return connection

    # Contents are read while entries stream by: one connection would not do.
    engine = create_engine("sqlite://", creator=opened, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Whoever appends locks before reading the last entry: two officers never write the same number.
        appending = connection.get_execution_options().get("appending", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if appending else "BEGIN")

    return engine


def create(connection: Connection, facts: dict[str, str]) -> None:
    """Make the tables of an empty register, and the guards that refuse changes."""
    metadata.create_all(connection)
    connection.execute(about.insert(), [{"key": k, "value": v} for k, v in facts.items()])
    guards = _sqlite_guards if connection.dialect.name == "sqlite" else _postgresql_guards
    for statement in guards():
        connection.execute(text(statement))


@contextmanager
def appending(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else appends; what was done in it is kept wholly or not at all."""
    with engine.connect().execution_options(appending=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7263109)"))
        yield connection


def facts(connection: Connection) -> dict[str, str]:
    """What the register says of itself: its version, its identifier, when it was opened."""
    return {row.key: row.value for row in connection.execute(about.select())}


def exists(connection: Connection) -> bool:
    """Whether the tables of a register stand here."""
    return bool(connection.dialect.has_table(connection, "about")) and bool(
        connection.dialect.has_table(connection, "entries")
    )


def _sqlite_guards() -> list[str]:
    refused = "SELECT RAISE(ABORT, 'a register only grows')"
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refused}; END"
        for table in (*_KEPT, "names")
        for verb in ("UPDATE", "DELETE")
        if (table, verb) != ("names", "DELETE")
    ]


def _postgresql_guards() -> list[str]:
    guard = (
        "CREATE OR REPLACE FUNCTION mixrules_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a register only grows'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION mixrules_only_grows()"
        for table in _KEPT
    ]
    names_too = (
        "CREATE TRIGGER names_only_go BEFORE UPDATE ON names "
        "FOR EACH STATEMENT EXECUTE FUNCTION mixrules_only_grows()"
    )
    return [guard, *triggers, names_too]
