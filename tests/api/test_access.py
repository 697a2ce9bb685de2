"""Every route by role and token, from the routes themselves: who is let in is who is meant to be, and nobody else.

What is meant stands in each route's annotation (Viewer, Operator, Admin), and here for those that are for everybody.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from heatmap_gui.api import parts
from heatmap_gui.api.application import build
from heatmap_gui.api.parts import Needs
from heatmap_gui.app import App
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.services.tokens import Signing
from heatmap_gui.store import accounts
from heatmap_gui.store.accounts import User
from tests.api.conftest import home_with_demo
from tests.api.forgeries import forgeries

PUBLIC = {"GET /health", "GET /docs", "GET /openapi.json", "POST /auth/token"}
FIGURES = "GET /metrics"  # for admins, and for any machine whose token was made for it
PEOPLE = {  # a machine's token does not change accounts, whatever it was made for; bodies that would do
    "POST /api/v1/users": {"name": "new", "password": "four words are fine", "role": "viewer"},
    "PATCH /api/v1/users/{name}": {"role": "viewer"},
    "DELETE /api/v1/users/{name}": None,
    "POST /api/v1/tokens": {"name": "new", "scopes": ["read"]},
    "DELETE /api/v1/tokens/{name}": None,
    "POST /auth/password": {"current_password": "a guess", "new_password": "four words are fine"},
}
FORGED = ("another key under our kid", "alg 'none'", "alg RS256", "kid of another secret", "another deployment")
OURS, THEIRS = "demo", "elsewhere"
_NUMBERS = itertools.count()  # no two have one name
ROOT = Who("local:root", Role.ADMIN)


class Asked(NamedTuple):
    """A way in. needs: None for everybody. stored: what is asked for is a store's."""

    name: str
    method: str
    path: str
    needs: Needs | None
    stored: bool


class Caller(NamedTuple):
    """Who brings a token. who: None where it is nobody's any more, or never was."""

    name: str
    token: str | None
    who: Who | None


def dependencies(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from dependencies(inner)


def asked(api: FastAPI) -> Iterator[Asked]:
    """All that can be asked for over HTTP."""
    for route in iter_route_contexts(api.routes):
        template = route.path or ""
        calls = list(dependencies(route.dependant)) if hasattr(route, "dependant") else []
        found = list({call for call in calls if isinstance(call, Needs)})
        assert len(found) <= 1, f"{template} takes more than one of Viewer, Operator, Admin"
        stored = parts._store in calls or "{store_name}" in template
        path = re.sub(r"{[^}]*}", "1", template.replace("{store_name}", OURS))
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield Asked(f"{method} {template}", method, path, found[0] if found else None, stored)


class World:
    """The API, and people and machines of all kinds."""

    def __init__(self, app: App, client: TestClient) -> None:
        self.app, self.client = app, client
        self._signing = Signing(app.seal, app.database.deployment)

    def person(self, role: Role, *stores: str, at: float | None = None) -> Caller:
        """Somebody new who has logged in, half an hour ago at most unless `at` says so."""
        name, now, limits = f"{role}-{next(_NUMBERS)}", time.time(), frozenset(stores) or None
        user = User(
            name=name, role=role, stores=limits, password="-", stamp=name, created_at=now, changed_at=now
        )  # fmt: skip
        with self.app.database.write() as transaction:
            accounts.add_user(transaction, user)
        token = self._signing.sign(name, name, now if at is None else at, 1800)
        return Caller(f"{role} of {', '.join(stores) or 'all'}", token, Who(name, role, stores=limits))

    def machine(self, role: Role, scope: Scope) -> Caller:
        made, text = self.app.accounts.make_token(ROOT, f"m{next(_NUMBERS)}", role, [scope], 1)
        return Caller(f"{role}, a machine for {scope}", text, Who(f"token:{made.name}", role, made.scopes))

    def nobodies(self) -> Iterator[Caller]:
        """Tokens that are not taken, from everybody who might bring one."""
        made = self.app.accounts
        yield Caller("no token", None, None)
        for role in Role:
            for how in ("expired", "logged out", "removed", "role changed", "password changed"):
                late = time.time() - 1801 if how == "expired" else None
                _, token, who = self.person(role, at=late)
                assert who is not None
                if how == "logged out":
                    made.log_out(made.who(token or ""))
                elif how == "removed":
                    made.remove_user(ROOT, who.name)
                elif how == "role changed":
                    made.change_user(ROOT, who.name, role=role)
                elif how == "password changed":
                    made.change_user(ROOT, who.name, password="another one of words")
                yield Caller(f"{role}, {how}", token, None)
            _, text, who = self.machine(role, Scope.READ)
            assert who is not None
            made.revoke_token(ROOT, who.name.removeprefix("token:"))
            yield Caller(f"{role}, a machine, revoked", text, None)
            forged = self.forged(role)
            yield from (Caller(f"{role}, forged: {how}", forged[how], None) for how in FORGED)

    def forged(self, role: Role) -> dict[str, str]:
        """By how they are wrong."""
        return forgeries(self.person(role).token or "", self.app.seal, self.app.database.deployment)

    def connected(self, path: str, caller: Caller) -> WebSocketTestSession:
        headers = {"Authorization": f"Bearer {caller.token}"}
        return self.client.websocket_connect(f"{path}?store_name={OURS}", headers=headers)

    def status(self, way: Asked, token: str | None, /, **query: str) -> int:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        body: Any = PEOPLE.get(way.name)
        status: int = self.client.request(way.method, way.path, headers=headers, json=body, params=query).status_code
        return status


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    home = tmp_path_factory.mktemp("access")
    environ = {"HEATMAP_HOME": str(home / "home"), "RATE_LIMIT_PER_SECOND": "1000000"}
    with closing(App(home_with_demo(home), ("api",), "", environ)) as made:
        yield made


@pytest.fixture
def world(app: App) -> Iterator[World]:
    with TestClient(build(app), raise_server_exceptions=False) as client:
        yield World(app, client)


@pytest.fixture
def ways(app: App) -> list[Asked]:
    return list(asked(build(app)))


def test_only_these_are_for_everybody(ways: list[Asked]) -> None:
    assert {way.name for way in ways if way.needs is None} <= PUBLIC
    assert len(ways) > 20 and len({way.name for way in ways}) == len(ways)


def test_a_token_that_is_nobodys_opens_nothing(world: World, ways: list[Asked]) -> None:
    nobodies, wrong = list(world.nobodies()), []
    for way in (way for way in ways if way.needs is not None):
        for caller in nobodies:
            status = world.status(way, caller.token)
            if status != 401:
                wrong.append(f"{way.name} by {caller.name}: {status}")
    assert not wrong
    for how, token in world.forged(Role.ADMIN).items():
        assert (how, world.client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code) == (
            how,
            401,
        )


def let_in(way: Asked, who: Who) -> bool:
    assert way.needs is not None
    if way.name in PEOPLE and who.scopes is not None:
        return False
    if way.name == FIGURES and who.scopes is not None and Scope.METRICS in who.scopes:
        return True
    enough = list(Role).index(who.role) >= list(Role).index(way.needs.role)
    return enough and (who.scopes is None or way.needs.scope in who.scopes)


def test_who_is_known_may_what_the_route_says(world: World, ways: list[Asked]) -> None:
    """A new token for each: some routes end it."""
    wrong = []
    for way in (way for way in ways if way.needs is not None):
        people = [world.person(role) for role in Role]
        for caller in [*people, *(world.machine(role, scope) for role in Role for scope in Scope)]:
            assert caller.who is not None
            meant, status = let_in(way, caller.who), world.status(way, caller.token)
            refused = status == 403 and not meant
            own_password = way.name == "POST /auth/password" and status == 401  # the wrong one: the token was taken
            if not (refused or (meant and (status not in (401, 403, 500) or own_password))):
                wrong.append(f"{way.name} by {caller.name}: {status}, meant: {meant}")
    assert not wrong


def test_a_token_in_the_address_is_none(world: World, ways: list[Asked]) -> None:
    """Addresses are written down in too many places."""
    token = world.person(Role.ADMIN).token or ""
    for way in (way for way in ways if way.needs is not None):
        assert (way.name, world.status(way, None, token=token, access_token=token)) == (way.name, 401)


def test_what_is_asked_by_get_is_not_for_those_who_change(ways: list[Asked]) -> None:
    """Operators are those who may change what viewers may not: a GET that needed one would change something."""
    assert not [way.name for way in ways if way.method == "GET" and way.needs and way.needs.role == Role.OPERATOR]


def test_sockets_are_for_those_who_may_read_that_store_and_as_long_as_they_may(world: World, app: App) -> None:
    sockets = [route.path or "" for route in iter_route_contexts(build(app).routes) if route.methods is None]
    other, machine = world.person(Role.OPERATOR, THEIRS), world.machine(Role.ADMIN, Scope.INGEST)
    for path in sockets:
        for caller in [*(one for one in world.nobodies() if one.token), other, machine]:
            with world.connected(path, caller) as socket, pytest.raises(WebSocketDisconnect):
                socket.receive_json()
        viewer = world.person(Role.VIEWER, OURS)
        with world.connected(path, viewer) as socket:
            assert socket.receive_json()
            app.accounts.log_out(app.accounts.who(viewer.token or ""))
            with pytest.raises(WebSocketDisconnect):
                while True:
                    socket.receive_json()


def test_a_store_is_not_there_for_who_belongs_to_another(world: World, ways: list[Asked]) -> None:
    wrong = []
    for way in (way for way in ways if way.stored and way.needs is not None and way.needs.role != Role.ADMIN):
        assert way.needs is not None
        _, token, _ = world.person(way.needs.role, THEIRS)
        _, own, _ = world.person(way.needs.role, OURS)
        unread = (422,) if way.method != "GET" else ()  # a body that will not do is refused before it is looked for
        if (status := world.status(way, token, store_name=OURS)) not in (404, *unread):
            wrong.append(f"{way.name} of {OURS} by who belongs to {THEIRS}: {status}")
        if not 400 <= (status := world.status(way, token)) < 500:
            wrong.append(f"{way.name} of any by who belongs to {THEIRS}: {status}")
        if (status := world.status(way, own, store_name=OURS)) in (401, 403, 500):
            wrong.append(f"{way.name} of {OURS} by who belongs to it: {status}")
    assert not wrong
