"""Any schema there was becomes today's; what is newer, damaged or not ours is refused in a line."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store import migrations
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.tables import METADATA

ROOT = Path(__file__).parents[2]


def schema(connection: Connection) -> dict[str, Any]:
    """All that the database says of its tables."""
    found = inspect(connection)
    return {
        table: [
            [{**column, "type": str(column["type"])} for column in found.get_columns(table)],
            found.get_pk_constraint(table),
            sorted(found.get_foreign_keys(table), key=str),
            sorted(map(_index, found.get_indexes(table)), key=str),
            sorted(found.get_unique_constraints(table), key=str),
        ]
        for table in sorted(found.get_table_names())
    }


def _index(found: Any) -> dict[str, Any]:
    """The condition of an index is an object of its own each time."""
    return {**found, "dialect_options": {name: str(said) for name, said in found.get("dialect_options", {}).items()}}


def test_migrations_and_tables_give_the_same_schema(database: Database) -> None:
    with database.write() as connection:
        made_at_once = schema(connection)
        METADATA.drop_all(connection)
        migrations.run(connection, migrations.REVISIONS)
        assert schema(connection) == made_at_once
        options = {"version_table": "another"}  # ours is one of the tables
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_an_older_schema_is_upgraded_with_a_copy_beside_it(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r0000_older'"))
        connection.execute(text("DROP TABLE cursors"))
    seen: list[tuple[str, ...]] = []

    def run(connection: Connection, revisions: tuple[str, ...]) -> None:
        seen.append(revisions)
        METADATA.create_all(connection)

    monkeypatch.setattr(migrations, "REVISIONS", ("r0000_older", *migrations.REVISIONS))
    monkeypatch.setattr(migrations, "run", run)
    url = database.engine.url.render_as_string(hide_password=False)
    again = open_database(url, tmp_path)
    with again.read() as connection:
        assert migrations.revision(connection) == migrations.HEAD
        assert inspect(connection).has_table("cursors")
    again.close()
    assert seen == [migrations.REVISIONS[1:]]
    if database.sqlite:
        with sqlite3.connect(tmp_path / f"heatmap.db.before-{migrations.HEAD}") as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("r0000_older",)]


def test_what_is_newer_or_not_ours_is_refused(database: Database, tmp_path: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999_future'"))
    with pytest.raises(InputError, match="r9999_future, newer"):
        open_database(url, tmp_path)
    with database.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(InputError, match="another program"):
        open_database(url, tmp_path)
    with database.write() as connection:
        METADATA.drop_all(connection)
    open_database(url, tmp_path).close()


OPEN = """
import pathlib, sys, time
from heatmap_gui.store.database import open_database
database = open_database(sys.argv[1], pathlib.Path(sys.argv[2]))
print(database.deployment, flush=True)
if len(sys.argv) == 3:
    database.close()
else:
    time.sleep(60)
"""


def opening(url: str, home: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN, url, str(home), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_two_processes_open_an_empty_database_at_once(database: Database, tmp_path: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    if database.sqlite:
        url = f"sqlite:///{tmp_path / 'new.db'}"
    else:
        with database.write() as connection:
            METADATA.drop_all(connection)
    children = [opening(url, tmp_path) for _ in range(3)]
    said = [child.communicate() for child in children]
    assert len({deployment for deployment, _ in said}) == 1, said


def test_damage_after_an_unclean_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heatmap.db"
    child = opening("", tmp_path, "and stay")
    with child:
        assert child.stdout is not None and child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
    open_database("", tmp_path).close()  # in order, as it turned out
    with sqlite3.connect(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs_by_due'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\x55" * size
    path.write_bytes(content)
    opened = open_database("", tmp_path)  # left in order: nobody looks
    with opened.write() as other:
        other.execute(text("UPDATE facts SET value = 'no' WHERE name = 'clean'"))
    open_database("", tmp_path).close()  # not alone: it is in use
    opened._usage, usage = None, opened._usage
    assert usage is not None
    usage.close()  # as a kill does
    opened.close()
    with pytest.raises(UnavailableError, match=r"damaged.*heatmap restore"):
        open_database("", tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "heatmap.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(UnavailableError, match=r"damaged.*heatmap restore"):
        open_database("", tmp_path)
