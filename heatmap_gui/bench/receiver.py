"""An endpoint for webhooks that costs next to nothing, in a process of its own; what is posted to /hang hangs.

`python -m heatmap_gui.bench.receiver` prints its port and serves loopback until its standard input ends.
"""

from __future__ import annotations

import re
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_BODY = b'{"success": true, "message": "Data received and stored", "record_id": "record_uuid_123"}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


@contextmanager
def receiver() -> Iterator[str]:
    """One that runs -> its address."""
    command = [sys.executable, "-m", "heatmap_gui.bench.receiver"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.stdin.close()


def serve(listening: socket.socket) -> None:
    """Answers all that is posted there; ends with standard input."""
    come: dict[socket.socket, bytes] = {}
    waiting = selectors.DefaultSelector()
    waiting.register(listening, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            talking = key.fileobj
            if not isinstance(talking, socket.socket):
                return
            if talking is listening:
                talking, _ = listening.accept()
                talking.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                waiting.register(talking, selectors.EVENT_READ)
                come[talking] = b""
                continue
            try:
                read = talking.recv(1 << 16)
                come[talking] = _answered(talking, come[talking] + read)
            except OSError:
                read = b""
            if not read:
                waiting.unregister(talking)
                del come[talking]
                talking.close()


def _answered(talking: socket.socket, come: bytes) -> bytes:
    """Answers each whole request -> what is left."""
    while (end := come.find(_HEAD_END)) >= 0:
        length = _LENGTH.search(come, 0, end)
        whole = end + len(_HEAD_END) + (int(length[1]) if length else 0)
        if len(come) < whole:
            break
        if not come.startswith(b"POST /hang "):
            talking.sendall(_ANSWER)
        come = come[whole:]
    return come


def main() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        serve(listening)


if __name__ == "__main__":
    main()
