"""Answers GET /health and GET /metrics on loopback, and tells systemd that all loops make progress."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.health import Health
from heatmap_gui.services.prometheus import CONTENT_TYPE
from heatmap_gui.services.systemd import Notifier

_TICK_S = 0.2
_REQUEST_S = 2.0  # for all of a request
_MOST_BYTES = 8192
_MOST_PEERS = 16
_log = logging.getLogger(__name__)


class HealthServer:
    """A loop; one thread serves all requests. port: 0 means any; what it got is in `port` afterwards."""

    def __init__(self, health: Health, port: int, notifier: Notifier) -> None:
        """Raises UnavailableError when the port is taken."""
        self._health, self._notifier = health, notifier
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind(("127.0.0.1", port))
            self._socket.listen()
        except OSError as error:
            self._socket.close()
            raise UnavailableError(f"127.0.0.1:{port}: {error.strerror}: choose another port for /health") from None
        self.port = int(self._socket.getsockname()[1])
        self._peers = asyncio.Semaphore(_MOST_PEERS)
        self._told_at = -float("inf")

    def __call__(self, stopping: threading.Event) -> None:
        asyncio.run(self._run(stopping))

    def step(self, now: float) -> None:
        """Feeds the watchdog, three times as often as it needs, unless a loop stands still. now: monotonic."""
        watchdog_s = self._notifier.watchdog_s
        if watchdog_s is not None and now - self._told_at >= watchdog_s / 3 and self._health.progressing():
            self._told_at = now
            self._notifier.alive()

    async def _run(self, stopping: threading.Event) -> None:
        server = await asyncio.start_server(self._serve, sock=self._socket, limit=_MOST_BYTES)
        async with server:
            while not stopping.is_set():
                self.step(asyncio.get_running_loop().time())
                await asyncio.sleep(_TICK_S)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not self._peers.locked():
                async with self._peers, asyncio.timeout(_REQUEST_S):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(self._answer(head))
                    await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            _log.debug("a request for health broke off: %s", error)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _answer(self, head: bytes) -> bytes:
        method, _, rest = head.partition(b" ")
        path = rest.partition(b" ")[0].partition(b"?")[0]
        if path == b"/health":
            document = self._health.document()
            status = "503 Service Unavailable" if document["status"] == "unhealthy" else "200 OK"
            kind, body = "application/json", json.dumps(document).encode()
        elif path == b"/metrics":
            status, kind, body = "200 OK", CONTENT_TYPE, self._health.metrics().encode()
        else:
            status, kind, body = "404 Not Found", "text/plain", b"/health, /metrics\n"
        if method != b"GET":
            status, kind, body = "405 Method Not Allowed", "text/plain", b"GET\n"
        said = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return said.encode() + body
