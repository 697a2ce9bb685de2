"""What every answer has, whoever made it: an id, a time, headers for browsers, a line in api.log, figures.

The outermost part: what goes wrong in any other becomes a problem here, so nobody is left without an answer.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from heatmap_gui.api import problems
from heatmap_gui.services.health import Health

ACCESS_LOG = "heatmap_gui.api.access"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CAREFUL = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_HSTS = "max-age=31536000; includeSubDomains"
_BROKEN_OFF = 499  # who asked was gone before the answer
_access = logging.getLogger(ACCESS_LOG)


class Answering:
    """ASGI around `inner`."""

    def __init__(self, app: ASGIApp, health: Health) -> None:
        self._inner, self._health = app, health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._inner(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _GIVEN.fullmatch(given) else str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(scope, send, request_id)
        try:
            await self._inner(scope, receive, answer.send)
        except Exception as error:
            if scope["type"] == "websocket":
                raise
            if not answer.began:  # else it was answered, and logged
                await problems.answer_to(error, request_id)(scope, receive, answer.send)
        finally:
            self._note(scope, answer)

    def _note(self, scope: Scope, answer: _Answer) -> None:
        took_s = time.perf_counter() - answer.begun
        endpoint, method, status = _endpoint(scope), scope.get("method", "WEBSOCKET"), answer.status
        health = self._health
        health.add("vehicle_api_requests_total", endpoint=endpoint, method=method, status=str(status))
        if scope["type"] == "http":
            health.observe("vehicle_api_request_duration_seconds", took_s, endpoint=endpoint)
        if status >= HTTPStatus.BAD_REQUEST:
            health.add("vehicle_api_errors_total", type=str(status))
        state = scope["state"]
        about = {"request_id": state["request_id"], "user": state.get("user", ""), "endpoint": endpoint}
        about |= {"duration_ms": round(took_s * 1000, 3), "fields": {"status": status, "client": _client(scope)}}
        _access.info("%s %s %d", method, scope["path"], status, extra=about)


class _Answer:
    """One answer on its way. began: whether anything of it was sent. status: what it began with."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._scope, self._send, self._request_id = scope, send, request_id
        self.begun = time.perf_counter()
        self.status = _BROKEN_OFF
        self.began = False

    async def send(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
            self.began = True
            self.status = message.get("status", HTTPStatus.SWITCHING_PROTOCOLS)
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in _CAREFUL.items():
                headers.setdefault(name, value)
            if self._scope.get("scheme") == "https":
                headers["strict-transport-security"] = _HSTS
            headers["x-request-id"] = self._request_id
            headers["x-process-time"] = f"{time.perf_counter() - self.begun:.6f}"
        elif message["type"] == "websocket.close" and not self.began:
            self.status = HTTPStatus.FORBIDDEN
        await self._send(message)


def _endpoint(scope: Scope) -> str:
    """Which route it was, and not which of its paths: there are as many figures as routes."""
    route: Any = scope.get("route")
    return getattr(route, "path", "none")


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""
