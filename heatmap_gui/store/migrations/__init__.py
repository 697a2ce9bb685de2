"""Every schema there was, one module a revision: its `upgrade(op)` brings the one before it here, by Alembic's words.

A new revision: a module here, its name at the end of REVISIONS, and the same change in `tables.py`; a test tells when
the two differ.
"""

from __future__ import annotations

import importlib

from sqlalchemy import Connection, insert, inspect, select, update

from heatmap_gui.core.errors import InputError
from heatmap_gui.store.tables import METADATA, alembic_version

REVISIONS = ("r0001_first", "r0002_sums", "r0003_accounts", "r0004_traffic", "r0005_retail", "r0006_inference")
HEAD = REVISIONS[-1]


def revision(connection: Connection) -> str | None:
    """The schema that the database has; None when it is empty. Raises InputError when it is nothing of ours."""
    tables = set(inspect(connection).get_table_names())
    if alembic_version.name in tables:
        return connection.scalar(select(alembic_version.c.version_num))
    if tables & METADATA.tables.keys():
        raise InputError("the database holds tables of another program: name an empty one in database_url")
    return None


def refuse_newer(found: str | None) -> None:
    """Raises InputError on a schema that this program does not know."""
    if found not in (None, *REVISIONS):
        raise InputError(
            f"the database has the schema {found}, newer than this program's {HEAD}: "
            "update the program, or restore a backup into an empty database"
        )


def upgrade(connection: Connection) -> None:
    """Brings the database to HEAD, within the caller's transaction. Raises InputError when it is newer, or not ours."""
    found = revision(connection)
    refuse_newer(found)
    if found is None:
        METADATA.create_all(connection)
        connection.execute(insert(alembic_version).values(version_num=HEAD))
    elif found != HEAD:
        run(connection, REVISIONS[REVISIONS.index(found) + 1 :])
        connection.execute(update(alembic_version).values(version_num=HEAD))


def run(connection: Connection, revisions: tuple[str, ...]) -> None:
    """Applies revisions one after the other."""
    from alembic.operations import Operations  # slow to import, and seldom needed
    from alembic.runtime.migration import MigrationContext

    operations = Operations(MigrationContext.configure(connection))
    for name in revisions:
        importlib.import_module(f"{__name__}.{name}").upgrade(operations)
