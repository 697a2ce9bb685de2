"""The database: SQLite beside the program, or PostgreSQL for several hosts; transactions, and errors in words."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store.clean_end import Usage
from heatmap_gui.store.migrations import HEAD, refuse_newer, revision, upgrade
from heatmap_gui.store.sqlite_copy import copy_sqlite
from heatmap_gui.store.tables import facts

Transaction = Connection  # as the services call what they pass on
_BUSY_S = 10
_CACHE_KB = 2_048  # of each connection; its pages are in the system's cache as well
_PATIENCE = "-c idle_in_transaction_session_timeout=5s"  # who sleeps with rows locked lets go of them
_SLEPT = "25P03"  # what it is told when it wakes up
_CLEAN = "clean"  # the fact that says whether everybody left in order
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UPGRADE_LOCK = 4_821_907  # a number that nobody else locks in this database


class Database:
    """An open database. Any thread may use it, each its own transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.name = engine.url.render_as_string(hide_password=True)
        self._usage = _usage(engine)
        self._file: tuple[int, int] | None = None
        try:
            self.deployment = self._open()
            self._file = self._found()
        except BaseException:
            self._usage, usage = None, self._usage
            if usage is not None:
                usage.close()
            engine.dispose()
            raise

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is committed at the end, or nothing when anything goes wrong.

        Raises UnavailableError when the database is gone, busy for too long or its disk is full.
        """
        with self._spoken(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if self._file is not None and self._found() != self._file:
                raise UnavailableError(
                    f"database {self.name}: its file was removed: put it back, or stop and start the program, which"
                    " makes a new one; nothing was written"
                )
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one state. Raises UnavailableError."""
        with self._spoken(), self.engine.connect() as connection, connection.begin():
            yield connection

    @property
    def open_connections(self) -> int:
        """Of this process, at this moment in use."""
        pool: Any = self.engine.pool
        return int(pool.checkedout())

    def close(self) -> None:
        """The last one to close an SQLite file notes that it was left in order."""
        self._usage, usage = None, self._usage
        if usage is not None:
            if usage.last():
                with suppress(UnavailableError), self.write() as connection:
                    _mark(connection, clean=True)
            usage.close()
        self.engine.dispose()

    def _found(self) -> tuple[int, int] | None:
        """Which file stands where an SQLite's is: it would take what nobody could read any more."""
        path = Path(str(self.engine.url.database))
        try:
            stat = path.stat() if self.sqlite else None
        except OSError:
            return None
        return None if stat is None else (stat.st_dev, stat.st_ino)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
                raise _damaged(self.name, str(error.orig)) from error
            if not _lost(self.engine, error.orig):
                raise
            why = " ".join(str(error.orig).split())
            why += ": free some space" if getattr(error.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL else ""
            raise UnavailableError(f"database {self.name}: {why}: nothing was written; it is tried again") from error

    def _open(self) -> str:
        """Checks it, brings its schema here -> what this database calls itself since it was made."""
        with self.read() as connection:
            found = revision(connection)
            refuse_newer(found)
            if found is not None and self._usage is not None and self._usage.alone:
                self._check(connection)
        if found not in (None, HEAD) and self._usage is not None:
            copy_sqlite(self.engine, Path(f"{self.engine.url.database}.before-{HEAD}"))
        with self.write() as connection:
            if found != HEAD:
                if not self.sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
                upgrade(connection)
            if self._usage is not None:
                _mark(connection, clean=False)
            deployment = _fact(connection, "deployment")
            if deployment is None:
                deployment = uuid.uuid4().hex
                connection.execute(insert(facts).values(name="deployment", value=deployment))
        return deployment

    def _check(self, connection: Connection) -> None:
        """After an unclean end: is every page of the file as it should be?"""
        if _fact(connection, _CLEAN) == "no":
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if said != "ok":
                raise _damaged(self.name, str(said))


def open_database(url: str, home: Path) -> Database:
    """Opens it, and makes what is missing. An empty url means the SQLite file in `home`.

    Raises InputError on a url that is none, UnavailableError when nothing answers there.
    """
    engine = _engine(url, home)
    if engine.dialect.name == "sqlite":
        home.mkdir(parents=True, exist_ok=True)
    return Database(engine)


def look(url: str, home: Path) -> tuple[str | None, str | None]:
    """The schema of a database as it is, and what it calls itself; both None: it is empty. Nothing is changed.

    Raises InputError on a url that is none and on a schema that is not ours, UnavailableError when nothing answers.
    """
    engine = _engine(url, home)
    file = engine.url.database
    if engine.dialect.name == "sqlite" and not (file and Path(file).exists()):
        return None, None
    try:
        with engine.connect() as connection:
            found = revision(connection)
            refuse_newer(found)
            return found, None if found is None else _fact(connection, "deployment")
    except DBAPIError as error:
        name, why = engine.url.render_as_string(hide_password=True), " ".join(str(error.orig).split())
        raise UnavailableError(f"database {name}: {why}: check that it runs, and database_url") from None
    finally:
        engine.dispose()


def _engine(url: str, home: Path) -> Engine:
    try:
        address = make_url(url) if url else URL.create("sqlite", database=str(home / "heatmap.db"))
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() not in ("sqlite", "postgresql"):
            raise InputError("database_url: it must begin with sqlite:/// or postgresql://")
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address)
        else:
            engine = create_engine(address, pool_pre_ping=True, connect_args={"options": _PATIENCE})
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise InputError(
            "database_url: not an address: allowed: sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
    return engine


def _usage(engine: Engine) -> Usage | None:
    name = engine.url.database
    return Usage(Path(name)) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _fact(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(facts.c.value).where(facts.c.name == name))


def _mark(connection: Connection, *, clean: bool) -> None:
    said = insert_sqlite(facts).values(name=_CLEAN, value="yes" if clean else "no")
    connection.execute(said.on_conflict_do_update(index_elements=["name"], set_={"value": said.excluded.value}))


def _damaged(name: str, what: str) -> UnavailableError:
    return UnavailableError(
        f"database {name} is damaged ({what}): stop all services, move the file away, and run `heatmap restore` "
        "with the last backup"
    )


def _lost(engine: Engine, error: BaseException | None) -> bool:
    """Whether the driver's error says that the database cannot be had now, and not that a statement is wrong."""
    driver: Any = engine.dialect.dbapi
    wrong = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    if getattr(error, "sqlstate", None) == _SLEPT:
        return True
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
