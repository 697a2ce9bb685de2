"""Nobody's requests wait for those of another: each client has its own rate, and its own few requests at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from heatmap_gui.core.errors import TooOftenError
from heatmap_gui.core.throttle import subscriber
from heatmap_gui.core.token_bucket import TokenBuckets

AT_ONCE = 4  # requests of one client that are worked on
_MOST_WAITING = 256
_MANY = 2 * AT_ONCE  # who has more than this under way rests after each: the processor is there for others as well
_REST, _LONGEST_REST_S = 8.0, 1.0  # in multiples of what the request took
_MOST_SOCKETS = 16
_BURST_S = 4.0
_FREE = ("/health",)  # who watches over a service must not be told to come later


class Fairness:
    """ASGI behind `Doors`. A client is who is known, or else an address. per_s: requests in the long run."""

    def __init__(self, app: ASGIApp, per_s: float) -> None:
        self._inner = app
        self._buckets = TokenBuckets(per_s, per_s * _BURST_S)
        self._lanes: dict[str, _Lane] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._inner(scope, receive, send)
            return
        client = _client(scope)
        wait_s = 0.0 if scope["path"] in _FREE else self._buckets.take(client, time.monotonic())
        if wait_s > 0:
            raise TooOftenError("too many requests: wait, and try again", retry_after_s=wait_s)
        async with self._lane(client, most=AT_ONCE if scope["type"] == "http" else _MOST_SOCKETS):
            await self._inner(scope, receive, send)

    @asynccontextmanager
    async def _lane(self, client: str, most: int) -> AsyncIterator[None]:
        key = f"{most} {client}"
        lane = self._lanes.setdefault(key, _Lane(most))
        if lane.users >= most + (_MOST_WAITING if most == AT_ONCE else 0):
            raise TooOftenError("too many requests at once: wait for the answers", retry_after_s=1.0)
        lane.users += 1
        try:
            async with lane.turns:
                begun = time.monotonic()
                yield
                if most == AT_ONCE and lane.users > _MANY:
                    await asyncio.sleep(min(_REST * (time.monotonic() - begun), _LONGEST_REST_S))
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[key]


class _Lane:
    """One client's. users: requests that are worked on, or wait."""

    def __init__(self, most: int) -> None:
        self.turns = asyncio.Semaphore(most)
        self.users = 0


def _client(scope: Scope) -> str:
    who = scope["state"]["who"]
    address = scope["client"][0] if scope.get("client") else ""
    return f"{who.name} {address}" if who is not None else subscriber(address)
