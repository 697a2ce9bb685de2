"""A server on loopback that hands out one file, well or badly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class WeightsServer(ThreadingHTTPServer):
    """content: the file. behaviour: whole, no_ranges, cut (breaks off halfway) or missing. ranges: as asked for."""

    daemon_threads = True

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.content, self.behaviour = content, "whole"
        self.ranges: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/weights.onnx"


class _Request(BaseHTTPRequestHandler):
    server: WeightsServer

    def do_GET(self) -> None:  # the standard library's name
        content, asked = self.server.content, self.headers.get("Range")
        self.server.ranges.append(asked)
        if self.server.behaviour == "missing":
            self.send_error(404)
            return
        start = 0
        if asked and self.server.behaviour != "no_ranges":
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        end = len(content) // 2 if self.server.behaviour == "cut" else len(content)
        self.wfile.write(content[start:end])

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def serving(content: bytes) -> Iterator[WeightsServer]:
    """The server, running."""
    server = WeightsServer(content)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
