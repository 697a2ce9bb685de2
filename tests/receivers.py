"""A receiver of webhooks that does what it is told to: takes, refuses, hangs, trickles, talks rubbish, hangs up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
TAKEN = b'{"success": true, "message": "Data received and stored", "record_id": "record_uuid_123"}'


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    """The bytes of an answer."""
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


OK = answer(200, TAKEN)
HANG, SLOW, CLOSE = b"hang", b"slow", b"close"
GARBAGE = b"\x00\xffSSH-2.0-nonsense\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """What came. headers: lower-case names."""

    line: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def signed(self) -> bool:
        """Whether its signature is right, worked out as the standard says."""
        said, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        digest = hmac.new(key, f"{said}.{at}.".encode() + self.body, hashlib.sha256).digest()
        return self.headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


@dataclass
class Receiver:
    """script: how the next requests are answered, by path or "" for any; OK after that."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    script: dict[str, list[bytes]] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def connections(self) -> int:
        return len(self.sockets)

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.requests]

    def next(self, path: str) -> bytes:
        waiting = self.script.get(path) or self.script.get("") or []
        return waiting.pop(0) if waiting else OK


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 20.0

    def handle(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]  # how socketserver passes things on
        receiver.sockets.append(self.connection)
        connection = receiver.connections
        while line := self.rfile.readline().decode().strip():
            headers = {}
            while field_line := self.rfile.readline().decode().strip():
                name, _, value = field_line.partition(":")
                headers[name.lower()] = value.strip()
            body = self.rfile.read(int(headers.get("content-length", "0")))
            receiver.requests.append(Request(line, headers, body, connection))
            told = receiver.next(line.split()[1])
            if told == HANG:
                receiver.stopped.wait(20.0)
            elif told == SLOW:
                for byte in OK:
                    self.wfile.write(bytes([byte]))
                    if receiver.stopped.wait(0.05):
                        return
            elif told == CLOSE:
                return
            else:
                self.wfile.write(told)
            if told in (HANG, GARBAGE):
                return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some tests want."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """One that runs."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        here = Receiver(port=server.server_address[1])
        server.receiver = here  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield here
        finally:
            here.stopped.set()
            for talking in here.sockets:
                with suppress(OSError):
                    talking.shutdown(socket.SHUT_RDWR)
            server.shutdown()
            thread.join()


def wait_for(done: Any, seconds: float = 10.0) -> None:
    """Until `done()` is true; an AssertionError when it never is."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)
