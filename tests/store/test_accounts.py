"""Users, tokens of machines and ended sessions, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from heatmap_gui.core.errors import ConflictError, NotFoundError
from heatmap_gui.core.who import Role, Scope
from heatmap_gui.store import accounts
from heatmap_gui.store.accounts import ApiToken, User
from heatmap_gui.store.database import Database

NOW = 1_766_325_600.0


def user(name: str, **more: Any) -> User:
    values = {"role": Role.VIEWER, "stores": None, "password": "hash", "stamp": "1", "changed_at": NOW} | more
    return User(name=name, created_at=NOW, **values)


def token(name: str, **more: Any) -> ApiToken:
    values = {"digest": name * 8, "role": Role.OPERATOR, "scopes": frozenset(Scope), "stores": None} | more
    return ApiToken(name=name, made_by="alice", created_at=NOW, expires_at=NOW + 1, **values)


def test_users_come_back_as_they_were_written(database: Database) -> None:
    alice = user("alice", role=Role.ADMIN)
    bob = user("bob", stores=frozenset({"shop", "café"}))
    with database.write() as connection:
        accounts.add_user(connection, bob)
        accounts.add_user(connection, alice)
        with pytest.raises(ConflictError, match="a user bob already"):
            accounts.add_user(connection, user("bob"))
        assert accounts.list_users(connection, limit=9) == [alice, bob]
        assert accounts.list_users(connection, limit=1, after="alice") == [bob]
        assert accounts.admins(connection) == ["alice"]
        accounts.put_user(connection, user("bob", stamp="2", stores=frozenset()))
        assert accounts.get_user(connection, "bob") == user("bob", stamp="2", stores=frozenset())
        accounts.remove_user(connection, "bob")
        assert accounts.find_user(connection, "bob") is None
        with pytest.raises(NotFoundError, match="no user bob"):
            accounts.get_user(connection, "bob")


def test_an_ended_session_has_no_user_until_it_would_have_ended(database: Database) -> None:
    with database.write() as connection:
        accounts.add_user(connection, user("alice"))
        accounts.end_session(connection, "s1", NOW + 10, NOW)
        accounts.end_session(connection, "s1", NOW + 10, NOW)
        assert accounts.user_of_session(connection, "alice", "s1") is None
        assert accounts.user_of_session(connection, "alice", "s2") == user("alice")
        assert accounts.user_of_session(connection, "nobody", "s2") is None
        accounts.end_session(connection, "s3", NOW + 30, NOW + 20)
        assert accounts.user_of_session(connection, "alice", "s1") == user("alice")  # whose token has expired by then


def test_tokens_are_found_by_their_digest_alone(database: Database) -> None:
    till, door = token("till", stores=frozenset({"shop"})), token("door", scopes=frozenset({Scope.READ}))
    with database.write() as connection:
        accounts.add_token(connection, till)
        accounts.add_token(connection, door)
        with pytest.raises(ConflictError, match="a token till already"):
            accounts.add_token(connection, token("till", digest="another"))
        assert accounts.list_tokens(connection, limit=9) == [door, till]
        assert accounts.list_tokens(connection, limit=1) == [door]
        assert accounts.find_token(connection, till.digest) == till
        assert accounts.find_token(connection, "till") is None
        accounts.remove_token(connection, "till")
        assert accounts.find_token(connection, till.digest) is None
        with pytest.raises(NotFoundError, match="no token till"):
            accounts.remove_token(connection, "till")
