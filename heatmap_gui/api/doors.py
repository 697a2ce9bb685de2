"""Who comes in: by which name the server was called, from which page, and whose token it is.

A token is looked up before anything else is read; what the answer to it is, `parts` says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heatmap_gui.api.problems import ProblemError, answer_to
from heatmap_gui.core.errors import ForbiddenError, HeatmapError, UnknownCallerError
from heatmap_gui.core.who import Role, Who
from heatmap_gui.services.accounts import Accounts

_PLAINLY: dict[int, str] = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "the body is too large: send less at once"}
_BY_PROXY = ("x-forwarded-for", "forwarded")  # who comes through a proxy may be anywhere
DEVELOPER = Who("development", Role.ADMIN)  # who asks without a token where that is allowed


class Refusing:
    """ASGI: what the parts inside refuse, by raising a HeatmapError or in plain words, becomes a problem object."""

    def __init__(self, app: ASGIApp) -> None:
        self._inner = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            try:
                await self._inner(scope, receive, send)
            except HeatmapError as error:
                await send({"type": "websocket.close", "code": 1008, "reason": error.message[:40]})
            return
        refused: list[int] = []

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= HTTPStatus.BAD_REQUEST:
                kind = Headers(raw=message["headers"]).get("content-type", "")
                refused.extend([message["status"]] if kind.startswith("text/plain") else [])
            if not refused:
                await send(message)

        try:
            await self._inner(scope, receive, watched)
            why: Exception | None = HTTPException(refused[0], _PLAINLY.get(refused[0])) if refused else None
        except HeatmapError as error:
            why = error
        if why is not None:
            await answer_to(why, scope["state"]["request_id"])(scope, receive, send)


class Doors:
    """ASGI. hosts: names by which it may be called; empty: any. open_house: who brings no token is DEVELOPER, and
    pages of other sites are refused.

    It leaves in scope["state"] `who` (None: nobody) and `refusal` (why a token is not taken).
    """

    def __init__(self, app: ASGIApp, accounts: Accounts, hosts: Sequence[str], *, open_house: bool) -> None:
        self._inner, self._accounts, self._open_house = app, accounts, open_house
        self._hosts = [host.strip("[]").lower() for host in hosts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        self._check_host(headers)
        state = scope.setdefault("state", {})
        open_house = self._open_house and not any(name in headers for name in _BY_PROXY)
        state |= {"who": DEVELOPER if open_house else None, "refusal": None}
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            state["who"] = None
            try:
                state["who"] = await run_sync(self._accounts.who, token.strip())
            except HeatmapError as error:
                state["refusal"] = error
        if state["who"] is not None:
            state["user"] = state["who"].name
        await self._inner(scope, receive, send)

    def _check_host(self, headers: Headers) -> None:
        host = headers.get("host", "")
        if self._hosts and not any(_is(_name(host), allowed) for allowed in self._hosts):
            raise ProblemError(HTTPStatus.MISDIRECTED_REQUEST, "this server is not called that: see TRUSTED_HOSTS")
        if not self._open_house:
            return
        origin = headers.get("origin")
        foreign = origin is not None and origin.partition("://")[2] != host
        if foreign or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            raise ForbiddenError("pages of other sites may not ask here")


def caller(state: Mapping[str, Any]) -> Who:
    """Who asks. Raises why a token is not taken, or UnknownCallerError where there is none."""
    if state["refusal"] is not None:
        raise state["refusal"]
    if state["who"] is None:
        said = "this needs a token: POST /auth/token gives one; send it as Authorization: Bearer TOKEN"
        raise UnknownCallerError(said)
    who: Who = state["who"]
    return who


def _name(host: str) -> str:
    """Of `name:port` or `[address]:port`."""
    return (host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]).lower()


def _is(name: str, allowed: str) -> bool:
    return allowed in ("*", name) or (allowed.startswith("*.") and name.endswith(allowed[1:]))
