"""What a request's body may cost: only who is known sends one, soon, and nested no deeper,
and of no more parts, than data is.

How large it may be, each router says (`max_body_size`).
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heatmap_gui.api.doors import caller
from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.json_depth import JsonDepth

SMALL_BYTES = 1 << 20  # of a body, where a router says nothing else
_GRACE_S, _LEAST_BYTES_S = 10.0, 16_384.0  # a body has to be there within this, and a second for so many bytes
_SEND_S = 30.0  # for whoever takes an answer, between two pieces of it
_DEEPEST = 64
_MOST_OPENED, _MOST_VALUES = 120_000, 600_000  # lists and objects, values: more than the largest batch has
_FOR_STRANGERS = ("/auth/token",)


class Reading:
    """ASGI behind `Doors`."""

    def __init__(self, app: ASGIApp) -> None:
        self._inner = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        await self._inner(scope, _Body(scope, receive).receive, _patient(send))


class _Body:
    """One request's, piece by piece. Raises HTTPException, which is what FastAPI lets through while it reads."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope, self._receive = scope, receive
        self._until = asyncio.get_running_loop().time() + _GRACE_S
        self._whole = False
        is_json = "json" in Headers(scope=scope).get("content-type", "")
        self._depth = JsonDepth() if is_json else None

    async def receive(self) -> Message:
        if self._whole:  # what comes now is that the client has gone
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            slow = "the body comes too slowly: send it at once"
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, slow, {"Connection": "close"}) from None
        self._whole = not message.get("more_body", False)
        if body := message.get("body"):
            self._check(body)
        return message

    def _check(self, body: bytes) -> None:
        self._until += len(body) / _LEAST_BYTES_S
        if self._scope["path"] not in _FOR_STRANGERS:
            try:
                caller(self._scope["state"])
            except HeatmapError as error:
                raise HTTPException(
                    HTTPStatus.UNAUTHORIZED, error.message, {"WWW-Authenticate": 'Bearer realm="heatmap"'}
                ) from None
        if self._depth is not None:
            self._depth.feed(body)
            if self._depth.deepest > _DEEPEST:
                raise _too_much(f"the body is nested deeper than {_DEEPEST} levels")
            if self._depth.opened > _MOST_OPENED or self._depth.commas > _MOST_VALUES:
                raise _too_much(f"the body has more than {_MOST_OPENED} lists and objects, or {_MOST_VALUES} values")


def _too_much(why: str) -> HTTPException:
    return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, why)


def _patient(send: Send) -> Send:
    """The same, for so long: who does not take an answer gives its place up."""

    async def patient(message: Message) -> None:
        async with asyncio.timeout(_SEND_S):
            await send(message)

    return patient
