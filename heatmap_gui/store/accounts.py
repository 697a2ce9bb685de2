"""Who may ask: users, tokens of machines, sessions that were ended. Functions are part of the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, exists, select, update
from sqlalchemy.dialects.postgresql import Insert as InsertPostgresql
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import Insert as InsertSqlite
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.errors import ConflictError, NotFoundError
from heatmap_gui.core.who import Role, Scope
from heatmap_gui.store.tables import api_tokens, ended_sessions, users


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """password: its hash. stamp: another one after each change that ends what the user has open. Unix seconds."""

    name: str
    role: Role
    stores: frozenset[str] | None
    password: str
    stamp: str
    created_at: float
    changed_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """digest: SHA-256 of what the machine sends. Unix seconds."""

    name: str
    digest: str
    role: Role
    scopes: frozenset[Scope]
    stores: frozenset[str] | None
    made_by: str
    created_at: float
    expires_at: float


def list_users(connection: Connection, *, limit: int, after: str = "") -> list[User]:
    """By their names; after: the last one of the page before."""
    rows = select(users).where(users.c.name > after).order_by(users.c.name).limit(limit)
    return [_user(row) for row in connection.execute(rows)]


def find_user(connection: Connection, name: str) -> User | None:
    row = connection.execute(select(users).where(users.c.name == name)).first()
    return None if row is None else _user(row)


def get_user(connection: Connection, name: str) -> User:
    """Raises NotFoundError."""
    found = find_user(connection, name)
    if found is None:
        raise NotFoundError(f"there is no user {name}")
    return found


def user_of_session(connection: Connection, name: str, session: str) -> User | None:
    """The user of that name, unless there is none or the session was ended."""
    ended = exists().where(ended_sessions.c.session == session)
    row = connection.execute(select(users).where(users.c.name == name, ~ended)).first()
    return None if row is None else _user(row)


def admins(connection: Connection) -> list[str]:
    """Their names; nobody else changes them before this transaction ends."""
    return list(connection.scalars(select(users.c.name).where(users.c.role == Role.ADMIN).with_for_update()))


def add_user(connection: Connection, user: User) -> None:
    """Raises ConflictError where there is one of that name."""
    new = _insert(connection, users).values(_written(user)).on_conflict_do_nothing(index_elements=["name"])
    if connection.scalar(new.returning(users.c.name)) is None:
        raise ConflictError(f"there is a user {user.name} already: choose another name, or change that user")


def put_user(connection: Connection, user: User) -> None:
    """Replaces what is known of a user who is there."""
    connection.execute(update(users).where(users.c.name == user.name).values(_written(user)))


def remove_user(connection: Connection, name: str) -> None:
    connection.execute(delete(users).where(users.c.name == name))


def list_tokens(connection: Connection, *, limit: int, after: str = "") -> list[ApiToken]:
    """By their names; after: the last one of the page before."""
    rows = select(api_tokens).where(api_tokens.c.name > after).order_by(api_tokens.c.name).limit(limit)
    return [_token(row) for row in connection.execute(rows)]


def find_token(connection: Connection, digest: str) -> ApiToken | None:
    row = connection.execute(select(api_tokens).where(api_tokens.c.digest == digest)).first()
    return None if row is None else _token(row)


def add_token(connection: Connection, token: ApiToken) -> None:
    """Raises ConflictError where there is one of that name."""
    new = _insert(connection, api_tokens).values(_written(token)).on_conflict_do_nothing(index_elements=["name"])
    if connection.scalar(new.returning(api_tokens.c.name)) is None:
        raise ConflictError(f"there is a token {token.name} already: choose another name, or revoke that one")


def remove_token(connection: Connection, name: str) -> None:
    """Raises NotFoundError."""
    if not connection.execute(delete(api_tokens).where(api_tokens.c.name == name)).rowcount:
        raise NotFoundError(f"there is no token {name}")


def end_session(connection: Connection, session: str, until: float, now: float) -> None:
    """It is over; until: when it would have been anyway. Forgets those whose time has come."""
    connection.execute(delete(ended_sessions).where(ended_sessions.c.until < now))
    over = _insert(connection, ended_sessions).values(session=session, until=until)
    connection.execute(over.on_conflict_do_nothing(index_elements=["session"]))


def _insert(connection: Connection, table: Table) -> InsertSqlite | InsertPostgresql:
    return insert_sqlite(table) if connection.dialect.name == "sqlite" else insert_postgresql(table)


def _written(value: User | ApiToken) -> dict[str, Any]:
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {name: _listed(one) if name in ("stores", "scopes") else one for name, one in found.items()}


def _listed(names: Iterable[str] | None) -> str | None:
    return None if names is None else json.dumps(sorted(names))


def _names(written: str | None) -> frozenset[str] | None:
    return None if written is None else frozenset(json.loads(written))


def _user(row: Row[Any]) -> User:
    return User(**dict(row._mapping) | {"role": Role(row.role), "stores": _names(row.stores)})


def _token(row: Row[Any]) -> ApiToken:
    scopes = frozenset(Scope(name) for name in json.loads(row.scopes))
    return ApiToken(**dict(row._mapping) | {"role": Role(row.role), "scopes": scopes, "stores": _names(row.stores)})
