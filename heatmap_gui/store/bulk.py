"""Many rows at once, as part of the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Connection, Double, Integer, LargeBinary, Table, Text, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_FEW = 20
_POSTGRESQL: dict[type[TypeEngine[Any]], str] = {
    BigInteger: "int8", Integer: "int4", Double: "float8", Text: "text", LargeBinary: "bytea", Boolean: "bool",
    JSON: "jsonb",
}  # fmt: skip


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all name the same columns; into PostgreSQL by binary COPY when there are many."""
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) < _FEW:
        connection.execute(insert(table), [dict(row) for row in rows])
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{table.name}" ({columns}) FROM STDIN (FORMAT BINARY)'
    driver: Any = connection.connection.driver_connection
    error: Any = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types([_POSTGRESQL[type(table.c[name].type)] for name in names])
            for row in rows:
                copy.write_row([row[name] for name in names])
    except error as wrong:  # as SQLAlchemy says it of every other statement
        raise DBAPIError.instance(statement, None, wrong, error, dialect=connection.dialect) from wrong
