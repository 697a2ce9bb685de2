"""A copy of an SQLite database while others write to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from heatmap_gui.core.errors import UnavailableError


def copy_sqlite(engine: Engine, target: Path) -> None:
    """One state of the database as a file; one that is there is replaced once the new one is whole.

    Raises UnavailableError on a full disk.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        # one step takes all pages: a writer waits for its turn, and cannot make the copy begin anew
        with engine.connect() as connection, closing(sqlite3.connect(part)) as copy:
            source: Any = connection.connection.driver_connection
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        part.replace(target)
    except (sqlite3.OperationalError, OSError) as error:
        raise UnavailableError(f"{target}: cannot be written: {error}: free some space and try again") from error
    finally:
        part.unlink(missing_ok=True)
