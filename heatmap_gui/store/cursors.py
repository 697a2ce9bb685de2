"""How far a loop has come in what it goes through once. Every function is part of the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.store.tables import cursors


def read(connection: Connection, prefix: str) -> dict[str, float]:
    """Where the cursors are (Unix seconds) whose names begin with `prefix`."""
    found = select(cursors.c.name, cursors.c.at).where(cursors.c.name.startswith(prefix, autoescape=True))
    return {row.name: row.at for row in connection.execute(found)}


def move(connection: Connection, at: Mapping[str, float]) -> None:
    """Puts cursors where they belong now, new ones too."""
    if not at:
        return
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    put = insert(cursors)
    put = put.on_conflict_do_update(index_elements=["name"], set_={"at": put.excluded.at})
    connection.execute(put, [{"name": name, "at": when} for name, when in at.items()])


def forget(connection: Connection, names: Collection[str]) -> None:
    """Drops cursors: whoever comes under their names again begins anew."""
    if names:
        connection.execute(delete(cursors).where(cursors.c.name.in_(names)))
