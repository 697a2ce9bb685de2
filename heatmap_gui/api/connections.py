"""Connections as uvicorn serves them, but for who opens too many, or does not say what they want."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from heatmap_gui.core.throttle import subscriber

_HEAD_S = 10.0  # for a request's head
_HEAD_BYTES = 64 << 10
_MOST_OF_ONE = 128  # connections of one address


class Connections:
    """Counts those that are open, by address; makes uvicorn's `http`."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()

    def __call__(self, *arguments: Any, **named: Any) -> Connection:
        return Connection(self, *arguments, **named)


class Connection(HttpToolsProtocol):
    """One connection: its head has to come within a time and a size."""

    def __init__(self, connections: Connections, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._connections = connections
        self._of = ""
        self._waits: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._of = subscriber(self.client[0]) if self.client else ""
        self._connections.open[self._of] += 1
        if self._connections.open[self._of] > _MOST_OF_ONE:
            transport.abort()
        else:
            self._waits = self.loop.call_later(_HEAD_S, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        self._connections.open[self._of] -= 1
        if not self._connections.open[self._of]:
            del self._connections.open[self._of]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._waits is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _HEAD_BYTES + len(data):
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._waits is None:
            self._head_bytes = 0
            self._waits = self.loop.call_later(_HEAD_S, self.transport.abort)

    def on_headers_complete(self) -> None:
        self._head_came()
        super().on_headers_complete()

    def _head_came(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None
