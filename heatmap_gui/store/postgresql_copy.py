"""All tables of a PostgreSQL database as files of its own COPY text, out of one snapshot and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from heatmap_gui.store.tables import METADATA

_CHUNK = 1 << 20


def copy_out(engine: Engine, folder: Path) -> dict[str, list[str]]:
    """Writes a file a table -> its columns by table. Others go on writing meanwhile; the files show one state."""
    columns = {table.name: [column.name for column in table.columns] for table in METADATA.sorted_tables}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        for table, names in columns.items():
            statement = f"COPY {_columns(table, names)} TO STDOUT"
            with (folder / table).open("wb") as file, _cursor(connection) as cursor, cursor.copy(statement) as copy:
                for block in copy:
                    file.write(block)
    return columns


def copy_in(connection: Connection, folder: Path, columns: Mapping[str, Sequence[str]]) -> None:
    """Fills empty tables, those that others refer to first, within the caller's transaction."""
    for table, names in columns.items():
        statement = f"COPY {_columns(table, names)} FROM STDIN"
        with (folder / table).open("rb") as file, _cursor(connection) as cursor, cursor.copy(statement) as copy:
            while block := file.read(_CHUNK):
                copy.write(block)
        if "id" in names:  # numbers that were given out are not given out again
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table})
            if sequence:
                highest = f'SELECT setval(:sequence, coalesce(max(id), 0) + 1, false) FROM "{table}"'
                connection.execute(text(highest), {"sequence": sequence})


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _columns(table: str, names: Sequence[str]) -> str:
    return f'"{table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)})'
