"""A backup put back: verified before anything is touched, never over what is there unless told so."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store import migrations
from heatmap_gui.store.backup import DATABASE, FORMAT, MANIFEST, sha256
from heatmap_gui.store.clean_end import Usage
from heatmap_gui.store.database import open_database
from heatmap_gui.store.postgresql_copy import copy_in
from heatmap_gui.store.tables import METADATA

_MOST_MANIFEST_BYTES = 16 << 20


class Opened(NamedTuple):
    """A verified archive, unpacked. folder: with the files that its manifest names."""

    manifest: dict[str, Any]
    folder: Path


@contextmanager
def verified(archive: Path) -> Iterator[Opened]:
    """Unpacks a backup beside it for a while, once every file in it is what its manifest says.

    Raises InputError on anything else, and on one of a newer program.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="heatmap-restore-") as name:
            yield Opened(_unpack(archive, Path(name)), Path(name))
    except (tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise InputError(f"{archive}: not a whole backup ({error}): take another one") from error
    except OSError as error:
        raise InputError(f"{archive}: {error.strerror or error}") from error


def restore(archive: Path, url: str, home: Path, *, force: bool) -> dict[str, Any]:
    """Puts the database back, and files into `home` -> the manifest.

    url: as for open_database. Raises InputError, with nothing touched, where something is there already and `force` is
    not given, where the database is of another kind, and where services still use it.
    """
    with verified(archive) as (manifest, folder):
        if not _backend(url).startswith(manifest["kind"][:6]):
            raise InputError(f"{archive}: a backup of {manifest['kind']}: database_url names another kind")
        files = [name for name in manifest["files"] if not name.startswith(f"{DATABASE}/")]
        there = [name for name in files if (home / name).exists()]
        if there and not force:
            raise InputError(f"{home / there[0]} is there already: choose an empty HEATMAP_HOME, or say --force")
        home.mkdir(parents=True, exist_ok=True)
        if manifest["kind"] == "sqlite":
            _restore_sqlite(folder / DATABASE / "heatmap.db", url, home, force=force)
        else:
            _restore_postgresql(folder / DATABASE, manifest, url, force=force)
        for name in files:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, home / name)
    open_database(url, home).close()  # brings an older schema here
    return manifest


def _backend(url: str) -> str:
    try:
        return make_url(url).get_backend_name() if url else "sqlite"
    except ArgumentError:
        raise InputError(
            "database_url: not an address: allowed: sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None


def _unpack(archive: Path, folder: Path) -> dict[str, Any]:
    with tarfile.open(archive, "r:gz") as members:
        head = members.next()
        content = members.extractfile(head) if head is not None and head.name == MANIFEST else None
        if content is None:
            raise InputError(f"{archive}: no backup of this program: it has no manifest")
        manifest: dict[str, Any] = json.loads(content.read(_MOST_MANIFEST_BYTES))
        if manifest["format"] > FORMAT:
            raise InputError(f"{archive}: a backup of a newer version of this program: update it")
        migrations.refuse_newer(manifest["schema"])
        left = dict(manifest["files"])
        for member in members:
            if member.name == MANIFEST:
                continue
            path = PurePosixPath(member.name)
            if member.name not in left or not member.isfile() or path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{member.name} does not belong in it")
            members.extract(member, folder, filter="data")
            if sha256(folder / path) != left.pop(member.name):
                raise ValueError(f"{member.name} is damaged")
        if left:
            raise ValueError(f"{next(iter(left))} is missing")
        return manifest


def _restore_sqlite(copy: Path, url: str, home: Path, *, force: bool) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise ValueError(f"its database is damaged: {said}")
    target = Path(make_url(url).database or "") if url else home / "heatmap.db"
    if target.exists() and not force:
        raise InputError(f"{target} is there already: choose an empty HEATMAP_HOME, or say --force")
    usage = Usage(target)
    try:
        if not usage.alone:
            raise InputError(f"{target} is in use: stop all services first")
        part = target.with_name(target.name + ".part")
        shutil.copyfile(copy, part)
        for rest in ("-wal", "-shm"):  # of the database that is replaced
            target.with_name(target.name + rest).unlink(missing_ok=True)
        part.replace(target)
    finally:
        usage.close()


def _restore_postgresql(folder: Path, manifest: dict[str, Any], url: str, *, force: bool) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            if set(inspect(connection).get_table_names()) & METADATA.tables.keys():
                if not force:
                    raise InputError("the database is not empty: name another one in database_url, or say --force")
                METADATA.drop_all(connection)
            known = migrations.REVISIONS
            migrations.run(connection, known[: known.index(manifest["schema"]) + 1])
            copy_in(connection, folder, manifest["columns"])
    except OperationalError as error:
        why = " ".join(str(error.orig).split())
        raise UnavailableError(f"the database cannot be had: {why}: nothing was restored") from error
    finally:
        engine.dispose()
