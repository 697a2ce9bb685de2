"""POST over a connection that is kept: HTTP/1.1 with bounds on time and on what is read, and never led elsewhere.

General clients spend several times longer on a request than a loopback endpoint does, and none of them bounds the whole
of one in time: an endpoint that sends a byte now and then would hold them for ever. (RFC 9110 and 9112.)
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from heatmap_gui.core.errors import TryLaterError

MOST_HEAD = 16 << 10
MOST_BODY = 64 << 10
_READ = 64 << 10
_BODY_S = 2.0  # an answer's text is for people: not worth more than that
_MOST_INTERIM = 8
_EXACT_S = 0.05
_MOST_CHUNK_LINE = 1 << 10
_END, _BLANK = b"\r\n", b"\r\n\r\n"
_STATUS = re.compile(rb"(HTTP/1\.[01]) ([1-5]\d\d)(?: |$)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint said. headers: lower-case names. body: at most MOST_BODY bytes of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class StaleError(Exception):
    """A kept connection was closed meanwhile: nothing of an answer had come."""


class Line:
    """A connection to an endpoint, one request at a time. usable: whether another one may follow."""

    def __init__(self, connection: socket.socket, name: str) -> None:
        self.usable = True
        self._fresh = True
        self._socket, self._name = connection, name
        self._come = b""
        self._patience_s = 0.0

    def post(self, request: bytes, until: float) -> Answer:
        """Send a request's bytes, and read the answer. until: by `time.monotonic`.

        Raises TryLaterError when there is no answer in time, or none that is HTTP; StaleError where it should go by a
        new connection.
        """
        self.usable = False
        try:
            self._wait_until(until)
            self._socket.sendall(request)
            status, version, headers = self._head(until)
        except TimeoutError:
            raise TryLaterError(f"{self._name} did not answer in time") from None
        except OSError as error:
            if not self._fresh and not self._come:
                raise StaleError from None
            raise TryLaterError(f"{self._name} broke off: {error.strerror or error}") from None
        except ValueError:
            raise TryLaterError(f"{self._name} answered something that is not HTTP") from None
        body, whole = self._body(status, headers, min(until, time.monotonic() + _BODY_S))
        closes = version != b"HTTP/1.1" or "close" in headers.get("connection", "").lower()
        self.usable, self._fresh = whole and not closes and not self._come, False
        return Answer(status, headers, body)

    def close(self) -> None:
        """Also ends, from another thread, a `post` that waits."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _head(self, until: float) -> tuple[int, bytes, dict[str, str]]:
        """Status, version and headers, after what was only for the meantime. Raises ValueError when it is not HTTP."""
        for _ in range(_MOST_INTERIM):
            first, *lines = self._until(_BLANK, MOST_HEAD, until).split(_END)
            found = _STATUS.match(first)
            if found is None:
                raise ValueError
            if found[2][:1] != b"1":
                pairs = (line.decode("latin-1").partition(":") for line in lines)
                return int(found[2]), found[1], {name.lower(): value.strip() for name, _, value in pairs}
        raise ValueError

    def _body(self, status: int, headers: Mapping[str, str], until: float) -> tuple[bytes, bool]:
        """What comes of the body in time and up to MOST_BODY, and whether that is all."""
        parts: list[bytes] = []
        try:
            if status in (204, 304):
                return b"", True
            if "transfer-encoding" in headers:
                return b"".join(self._chunks(parts, until)), True
            length = int(headers.get("content-length", MOST_BODY + 1))
            parts.append(self._exactly(min(length, MOST_BODY), until))
            return parts[0], length <= MOST_BODY
        except (OSError, ValueError):
            return (b"".join(parts) or self._come)[:MOST_BODY], False

    def _chunks(self, parts: list[bytes], until: float) -> list[bytes]:
        while size := int(self._until(_END, _MOST_CHUNK_LINE, until).partition(b";")[0], 16):
            if size < 0 or size + sum(map(len, parts)) > MOST_BODY:
                raise ValueError
            parts.append(self._exactly(size, until))
            self._until(_END, len(_END), until)
        while self._until(_END, MOST_HEAD, until):
            pass  # fields after the last chunk
        return parts

    def _until(self, mark: bytes, most: int, until: float) -> bytes:
        """What comes before a mark, which is taken as well. Raises ValueError when there is more than `most`."""
        while (end := self._come.find(mark)) < 0:
            if len(self._come) > most:
                raise ValueError
            self._read(until)
        taken, self._come = self._come[:end], self._come[end + len(mark) :]
        return taken

    def _exactly(self, size: int, until: float) -> bytes:
        while len(self._come) < size:
            self._read(until)
        taken, self._come = self._come[:size], self._come[size:]
        return taken

    def _read(self, until: float) -> None:
        self._wait_until(until)
        come = self._socket.recv(_READ)
        if not come:
            raise ConnectionResetError("it closed the connection")
        self._come += come

    def _wait_until(self, until: float) -> None:
        """What is done next ends by then, or hardly later: telling the system each time costs more than it is worth."""
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if abs(left - self._patience_s) > _EXACT_S:
            self._socket.settimeout(left)
            self._patience_s = left
