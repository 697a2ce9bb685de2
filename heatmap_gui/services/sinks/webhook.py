"""Posts to webhooks, signed, over kept connections.

target: `url`, and `token` where one is sent (both as references or sealed). Redirects are not followed, a proxy in the
environment is not used: what was checked is what is spoken to.
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import Lock
from typing import Any

from heatmap_gui.core.errors import GoneError, InputError, TryLaterError
from heatmap_gui.core.work import SEND_S, Delivery
from heatmap_gui.logs import mask
from heatmap_gui.services.addresses import connect
from heatmap_gui.services.endpoints import Endpoint, read_endpoint
from heatmap_gui.services.posting import Answer, Line, StaleError
from heatmap_gui.services.signing import signature, signing_key
from heatmap_gui.services.sinks import Reveal
from heatmap_gui.settings import Settings

_AGAIN = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)
_SAID = 200  # letters of an answer that are kept
_KNOWN_S = 10.0  # how long an address and a token are not looked up again
_IDLE_S = 20.0  # servers close what is quiet for longer
_MOST_IDLE = 64
_RECORD = re.compile(r"[\w.:/+=-]{1,200}")


def open_sink(settings: Settings, reveal: Reveal) -> Webhook:
    """Raises InputError when webhook_secret is none."""
    secret = reveal(settings.webhook_secret) if settings.webhook_secret else ""
    return Webhook(settings.webhook_allow_hosts, secret, reveal)


class Webhook:
    """The Sink. allow_hosts: those that may be this machine. secret: `whsec_...`; empty: nothing is signed."""

    def __init__(
        self,
        allow_hosts: tuple[str, ...],
        secret: str,
        reveal: Reveal,
        *,
        clock: Callable[[], float] = time.time,
        send_s: float = SEND_S,
    ) -> None:
        self._key = signing_key(secret) if secret else None
        self._secrets = (secret,) if secret else ()
        self._allow_hosts, self._reveal, self._clock, self._send_s = allow_hosts, reveal, clock, send_s
        self._tls = ssl.create_default_context()
        self._endpoints: dict[tuple[str, str], Endpoint] = {}
        self._lock = Lock()
        self._idle: dict[tuple[str, int, bool], tuple[Line, float]] = {}
        self._talking: set[Line] = set()
        self._closed = False

    def deliver(self, delivery: Delivery) -> str:
        """Posts the body -> the answer's record_id, or what it said."""
        until = time.monotonic() + self._send_s
        endpoint = self._endpoint(delivery.target["url"], delivery.target.get("token", ""))
        answer = self._post(endpoint, self._request(endpoint, delivery), until)
        said = _shortened(answer, (*endpoint.secrets, *self._secrets))
        if answer.status < 300:
            return said
        words = f"{endpoint.host} answered {said}"
        if answer.status in _AGAIN or answer.status >= 500:
            raise TryLaterError(words, retry_after_s=_retry_after(answer.headers.get("retry-after"), self._clock()))
        if answer.status == HTTPStatus.GONE:
            raise GoneError(words)
        if answer.status < 400:
            raise InputError(
                f"{words}: redirects are not followed: write the address that it moved to into webhook_url"
            )
        raise InputError(words)

    def close(self) -> None:
        """Ends what is under way."""
        with self._lock:
            self._closed = True
            lines = [*self._talking, *(line for line, _ in self._idle.values())]
            self._idle.clear()
        for line in lines:
            line.close()

    def _endpoint(self, url: str, token: str) -> Endpoint:
        known = self._endpoints.get((url, token))
        now = time.monotonic()
        if known is None or now - known.read_at > _KNOWN_S:
            known = read_endpoint(self._reveal(url), self._reveal(token) if token else "", now)
            self._endpoints[url, token] = known
        return known

    def _request(self, endpoint: Endpoint, delivery: Delivery) -> bytes:
        at = int(self._clock())
        head = f"{endpoint.head}webhook-id: {delivery.id}\r\nwebhook-timestamp: {at}\r\n"
        if self._key is not None:
            head += f"webhook-signature: {signature(self._key, delivery.id, at, delivery.body)}\r\n"
        return f"{head}Content-Length: {len(delivery.body)}\r\n\r\n".encode() + delivery.body

    def _post(self, endpoint: Endpoint, request: bytes, until: float) -> Answer:
        with self._lock:
            line, since = self._idle.pop(endpoint.origin, (None, 0.0))
        if line is not None:
            if time.monotonic() - since < _IDLE_S:
                try:
                    return self._talk(endpoint, line, request, until)
                except StaleError:
                    pass
            line.close()
        return self._talk(endpoint, self._open(endpoint, until), request, until)

    def _talk(self, endpoint: Endpoint, line: Line, request: bytes, until: float) -> Answer:
        with self._lock:
            self._talking.add(line)
            closed = self._closed
        try:
            if closed:
                raise TryLaterError("this program stops", answered=False)
            return line.post(request, until)
        finally:
            with self._lock:
                self._talking.discard(line)
                keep = line.usable and not self._closed and len(self._idle) < _MOST_IDLE
                previous = self._idle.pop(endpoint.origin, None) if keep else None
                if keep:
                    self._idle[endpoint.origin] = line, time.monotonic()
            if previous is not None:
                previous[0].close()
            if not keep:
                line.close()

    def _open(self, endpoint: Endpoint, until: float) -> Line:
        opened = connect(endpoint.host, endpoint.port, self._allow_hosts, until)
        if endpoint.tls:
            try:
                opened.settimeout(max(0.001, until - time.monotonic()))
                opened = self._tls.wrap_socket(opened, server_hostname=endpoint.host)
            except (OSError, ValueError) as error:
                opened.close()
                why = getattr(error, "verify_message", "") or getattr(error, "reason", "") or type(error).__name__
                raise TryLaterError(f"{endpoint.host}: no safe connection: {why}", answered=False) from None
        return Line(opened, endpoint.host)


def _shortened(answer: Answer, secrets: tuple[str, ...]) -> str:
    """The status with the record_id or the beginning of the text, without anything that was meant for it alone."""
    record = _record_id(answer.body)
    text = record or " ".join(answer.body[: 4 * _SAID].decode("utf-8", "replace").split())
    for secret in secrets:
        text = text.replace(secret, "***")
    return f"{answer.status} record_id {text}" if record else mask(f"{answer.status} {text[:_SAID]}".strip())


def _record_id(body: bytes) -> str:
    if not body.startswith(b"{"):
        return ""
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = str(document.get("record_id"))
    return found if found != "None" and _RECORD.fullmatch(found) else ""


def _retry_after(text: str | None, now: float) -> float | None:
    """Seconds from now that a Retry-After asks for; None when it asks for nothing that can be understood."""
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now)
