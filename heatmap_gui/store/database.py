"""The database: SQLite beside the program, or PostgreSQL for several hosts; transactions, and errors in words."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store.tables import METADATA, facts

Transaction = Connection  # as the services call what they pass on
_BUSY_S = 10
_CACHE_KB = 16_384


class Database:
    """An open database. Any thread may use it, each its own transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.name = engine.url.render_as_string(hide_password=True)
        with self.write() as connection:
            METADATA.create_all(connection)
        self.deployment = self._deployment()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is committed at the end, or nothing when anything goes wrong.

        Raises UnavailableError when the database is gone, busy for too long or its disk is full.
        """
        with self._spoken(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one state. Raises UnavailableError."""
        with self._spoken(), self.engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if not _lost(self.engine, error.orig):
                raise
            why = " ".join(str(error.orig).split())
            raise UnavailableError(f"database {self.name}: {why}: nothing was written; it is tried again") from error

    def _deployment(self) -> str:
        """What this database calls itself since it was made."""
        with self.write() as connection:
            found = connection.scalar(select(facts.c.value).where(facts.c.name == "deployment"))
            if found is None:
                found = uuid.uuid4().hex
                connection.execute(insert(facts).values(name="deployment", value=found))
        return str(found)


def open_database(url: str, home: Path) -> Database:
    """Opens it, and makes what is missing. An empty url means the SQLite file in `home`.

    Raises InputError on a url that is none, UnavailableError when nothing answers there.
    """
    try:
        address = make_url(url) if url else URL.create("sqlite", database=str(home / "heatmap.db"))
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() not in ("sqlite", "postgresql"):
            raise InputError("database_url: it must begin with sqlite:/// or postgresql://")
        engine = create_engine(address, pool_pre_ping=address.get_backend_name() == "postgresql")
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise InputError(
            "database_url: not an address: allowed: sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    if engine.dialect.name == "sqlite":
        home.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
    return Database(engine)


def _lost(engine: Engine, error: BaseException | None) -> bool:
    """Whether the driver's error says that the database cannot be had now, and not that a statement is wrong."""
    driver: Any = engine.dialect.dbapi
    wrong = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return isinstance(error, driver.OperationalError | driver.InterfaceError) and not wrong


def _tune(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in (
        f"busy_timeout = {_BUSY_S * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",  # a committed transaction outlives a power cut
        "foreign_keys = ON",
        f"cache_size = -{_CACHE_KB}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then writes would be refused at once while another one writes: take turns.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
