"""The register itself: open it, append to it, read it."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from mixrules.message import InvalidInputError, Place, Problem
from mixrules.record import Record
from mixrules.register import storage
from mixrules.register.clock import now
from mixrules.register.content import DamagedContentError, address, raw, unpack
from mixrules.register.entry import ORIGIN, Entry, Link, chained

BATCH = 500
"""Rows read at once: memory stays flat however long the register is."""


class NotKeptError(Exception):
    """A decision that is not in the register; `doubtful` where the answer of the server was lost."""

    def __init__(self, why: str, doubtful: str = "") -> None:
        self.why, self.doubtful = why, doubtful
        super().__init__(why)


class Dossier(Record):
    """What is kept of a decision, ready to be appended: the entry and the contents that it names.

    `names` are sealed apart by their address, so that they can be erased.
    """

    entry: Entry
    contents: dict[str, bytes]
    names: dict[str, bytes]


Sign = Callable[[str], bytes]


class Register:
    """A register of decisions in a SQLite file or on a PostgreSQL server."""

    def __init__(self, location: str, engine: Engine) -> None:
        self.location, self.engine = location, engine

    @classmethod
    def open(cls, location: str) -> Register:
        """Open a register to read it.

        Raises:
            InvalidInputError: there is none, or it is of a version to come.
        """
        return cls._opened(location, writing=False)

    @classmethod
    def for_writing(cls, location: str) -> Register:
        """Open a register to append to it; an empty place becomes a new register.

        Raises:
            InvalidInputError: it cannot be opened or written.
        """
        return cls._opened(location, writing=True)

    @classmethod
    def _opened(cls, location: str, *, writing: bool) -> Register:
        place = Place(file=shown(location))
        if not storage.is_server(location) and not writing and not storage.file_of(location).is_file():
            raise InvalidInputError([Problem.of("register_missing", place)])
        try:
            engine = storage.connect(location, writing=writing)
            facts = _facts(engine)
            if not facts and writing:
                facts = _created(engine)
        except (SQLAlchemyError, sqlite3.Error, ImportError) as error:
            raise InvalidInputError([Problem.of("register_unusable", place, why=_why(error))]) from None
        if not facts:
            raise InvalidInputError([Problem.of("register_missing", place)])
        if facts.get("version") != storage.VERSION:
            raise InvalidInputError([Problem.of("register_version", place, found=facts.get("version", "?"))])
        return cls(location, engine)

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def facts(self) -> dict[str, str]:
        """What the register says of itself."""
        with self.engine.connect() as connection:
            return storage.facts(connection)

    def append(self, dossier: Dossier, sign: Sign | None = None) -> Link:
        """Append a decision; when this returns, it is on the disk.

        Raises:
            NotKeptError: it is not in the register.
        """
        link: Link | None = None
        try:
            with storage.appending(self.engine) as connection:
                link = _link(connection, dossier.entry.text(), sign)
                _put(connection, dossier, link)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            if link is not None and self._kept(link, error):
                return link
            raise NotKeptError(_why(error)) from None
        return link

    def _kept(self, link: Link, error: Exception) -> bool:
        """Whether an entry is there after all: a server may have kept it and lost its answer."""
        if isinstance(error, IntegrityError) or not storage.is_server(self.location):
            return False
        try:
            with self.engine.connect() as connection:
                found = connection.execute(
                    select(storage.entries.c.number).where(storage.entries.c.hash == link.hash)
                ).first()
        except (SQLAlchemyError, OSError):
            raise NotKeptError(_why(error), doubtful=link.hash) from None
        return found is not None

    def count(self) -> int:
        """How many entries there are."""
        with self.engine.connect() as connection:
            last = _last(connection)
            return last[0] if last else 0

    def links(self, where: Any = None) -> Iterator[Link]:
        """The entries in their order, a few at a time."""
        query = select(storage.entries)
        for row in self._stream(query if where is None else query.where(where)):
            yield Link(row.number, row.previous, row.hash, raw(row.text), _bytes(row.signature))

    def link(self, number: int) -> Link:
        """One entry.

        Raises:
            InvalidInputError: there is no such entry.
        """
        found = next(self.links(storage.entries.c.number == number), None)
        if found is None:
            place = Place(file=shown(self.location))
            raise InvalidInputError([Problem.of("entry_missing", place, found=number, last=self.count())])
        return found

    def thread(self, dossier: str) -> list[Link]:
        """The entries of one file reference, in their order."""
        return list(self.links(storage.entries.c.dossier == dossier))

    def of_district(self, district: str) -> list[Link]:
        """The entries of one district, in their order."""
        return list(self.links(storage.entries.c.district == district))

    def content(self, name: str) -> bytes:
        """A content by its address.

        Raises:
            InvalidInputError: it is missing or damaged; `verify` says more.
        """
        stored = self.stored(name)
        try:
            if stored is not None and address(stored) == name:
                return unpack(stored)
        except DamagedContentError:
            pass
        raise InvalidInputError([Problem.of("content_damaged", Place(file=shown(self.location)), found=name)])

    def stored(self, name: str) -> bytes | None:
        """A content as it is stored, whatever it holds, or None."""
        table = storage.contents
        with self.engine.connect() as connection:
            return _bytes(connection.execute(select(table.c.stored).where(table.c.address == name)).scalar())

    def name(self, sealed: str) -> bytes | None:
        """A name sealed apart, or None where it was erased or never kept."""
        with self.engine.connect() as connection:
            found = connection.execute(
                select(storage.names.c.sealed).where(storage.names.c.address == sealed)
            ).scalar()
        return _bytes(found)

    def names(self) -> Iterator[tuple[str, bytes]]:
        """Every name still sealed, with its address."""
        table, last = storage.names, ""
        while True:
            batch = select(table).where(table.c.address > last).order_by(table.c.address).limit(BATCH)
            with self.engine.connect() as connection:
                rows = connection.execute(batch).all()
            yield from ((row.address, raw(row.sealed)) for row in rows)
            if len(rows) < BATCH:
                return
            last = rows[-1].address

    def erase(self, sealed: str) -> bool:
        """Erase a name for good; the chain stays as it is, for it holds only the digest of the sealed name."""
        with storage.appending(self.engine) as connection:
            return (
                connection.execute(storage.names.delete().where(storage.names.c.address == sealed)).rowcount
                > 0
            )

    def rows(self) -> Iterator[Any]:
        """The entries as stored, each with its stored programme and decision: what `verify` reads."""
        programme, decision = storage.contents.alias("p"), storage.contents.alias("d")
        query = (
            select(storage.entries, programme.c.stored.label("kept"), decision.c.stored.label("decided"))
            .outerjoin(programme, programme.c.address == storage.entries.c.programme)
            .outerjoin(decision, decision.c.address == storage.entries.c.decision)
        )
        yield from self._stream(query)

    def _stream(self, query: Select[Any]) -> Iterator[Any]:
        """Rows in the order of their numbers; between two batches nothing is held that an officer waits for."""
        number = storage.entries.c.number
        batch = query.order_by(number).limit(BATCH)
        while True:
            with self.engine.connect() as connection:
                rows = connection.execute(batch).all()
            yield from rows
            if len(rows) < BATCH:
                return
            batch = query.where(number > rows[-1].number).order_by(number).limit(BATCH)


def _facts(engine: Engine) -> dict[str, str]:
    """What a register says of itself; nothing where there is none."""
    with engine.connect() as connection:
        return storage.facts(connection) if storage.exists(connection) else {}


def _created(engine: Engine) -> dict[str, str]:
    """Open a new register, unless somebody just did."""
    with storage.appending(engine) as connection:
        if not storage.exists(connection):
            identity = str(uuid.uuid4())
            storage.create(connection, {"version": storage.VERSION, "register": identity, "opened": now()})
        return storage.facts(connection)


def _link(connection: Connection, text: bytes, sign: Sign | None) -> Link:
    last = _last(connection)
    number, previous = (last[0] + 1, last[1]) if last else (1, ORIGIN)
    digest = chained(number, previous, text)
    return Link(number, previous, digest, text, sign(digest) if sign else None)


def _last(connection: Connection) -> tuple[int, str] | None:
    table = storage.entries
    row = connection.execute(
        select(table.c.number, table.c.hash).order_by(table.c.number.desc()).limit(1)
    ).first()
    return (row.number, row.hash) if row else None


def _put(connection: Connection, dossier: Dossier, link: Link) -> None:
    entry = dossier.entry
    for table, column, held in (
        (storage.contents, "stored", dossier.contents),
        (storage.names, "sealed", dossier.names),
    ):
        for name in _absent(connection, table, held):
            connection.execute(insert(table).values({"address": name, column: held[name]}))
    connection.execute(
        insert(storage.entries).values(
            number=link.number,
            previous=link.previous,
            hash=link.hash,
            text=link.text,
            signature=link.signature,
            programme=entry.programme,
            law=entry.law,
            decision=entry.decision,
            dossier=entry.dossier,
            district=entry.district,
        )
    )


def _absent(connection: Connection, table: Any, held: Mapping[str, bytes]) -> Iterable[str]:
    if not held:
        return ()
    query = select(table.c.address).where(table.c.address.in_(list(held)))
    present = set(connection.execute(query).scalars())
    return [name for name in held if name not in present]


def _bytes(value: Any) -> bytes | None:
    return None if value is None else raw(value)


def _why(error: Exception) -> str:
    """The first line of what the database said, without the statement that it was given."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]


def shown(location: str) -> str:
    """A register's place as it may be printed: a password never is."""
    from sqlalchemy.engine import make_url

    if storage.is_server(location):
        return make_url(storage.url_of(location)).render_as_string(hide_password=True)
    return str(storage.file_of(location))
